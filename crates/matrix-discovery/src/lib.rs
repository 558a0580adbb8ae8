#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod cache;
mod client_well_known;
mod discover;
mod error;
mod feature;
mod fetch;
mod http_url;
mod integrations;
mod json;
mod matrix_version;
mod resolve;
mod route;
mod server_well_known;
mod srv;
mod versions;

pub use cache::{
    CacheHeaders, DEFAULT_TTL_S, MAX_FAILURE_TTL_S, MAX_TTL_S, MIN_FAILURE_TTL_S, failure_ttl_s,
    keeps_result, result_ttl_s,
};
pub use client_well_known::{BaseUrl, ClientWellKnown, MAX_LOGIN_RESPONSE_BYTES};
pub use discover::{
    Action, ClientWellKnownQuery, Discover, Discovered, HomeserverCheck, IdentityServerCheck, Parameter,
};
pub use error::Error;
pub use feature::{HomeserverFeature, IdentityFeature};
pub use fetch::{HttpResponse, MAX_REDIRECTS};
pub use http_url::{HttpUrl, MAX_URL_BYTES};
pub use integrations::{
    DomainManager, FindManager, INTEGRATION_MANAGER_WIDGET, INTEGRATIONS_REFRESH_MS, IntegrationManager,
    IntegrationsQuery, MAX_INTEGRATION_MANAGERS, ManagerSource, preferred_managers,
    read_integrations_well_known,
};
pub use matrix_version::{MAX_VERSION_BYTES, MatrixVersion};
pub use resolve::{AddressQuery, MAX_ADDRESSES, Resolve, SrvQuery, WellKnownQuery};
pub use route::{CertificateName, Connect, DEFAULT_PORT, Destination, Route, Step};
pub use server_well_known::{MAX_WELL_KNOWN_BYTES, read_server_well_known};
pub use srv::{MAX_SRV_RECORDS, SrvRecord, SrvTarget, weighted_choice};
pub use versions::{EndpointVersion, HomeserverVersions, IdentityVersions, MAX_VERSIONS_BYTES};
