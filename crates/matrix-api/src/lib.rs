#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

#[cfg(feature = "appservice")]
pub mod appservice;
mod capabilities;
#[cfg(feature = "client")]
pub mod client;
mod endpoint;
mod endpoints;
mod error;
#[cfg(feature = "federation")]
pub mod federation;
mod fields;
#[cfg(feature = "identity")]
pub mod identity;
#[cfg(feature = "integrations")]
pub mod integrations;
mod openid;
mod percent;
#[cfg(feature = "client")]
mod raw;
mod relations;
mod secret;
#[cfg(any(feature = "identity", feature = "integrations"))]
mod services;
pub mod session;
#[cfg(any(feature = "client", feature = "identity"))]
mod tolerant;
pub mod uiaa;
#[cfg(feature = "widget")]
pub mod widget;

pub use capabilities::Capabilities;
pub use endpoint::{
    Authentication, Availability, Credentials, Endpoint, EndpointResponse, MAX_PATH_BYTES, MAX_REQUEST_BYTES,
    MAX_RESPONSE_BYTES, Metadata, PathParameter, Registered, RequestParts, VersionedPath, bearer_token,
    select_path,
};
pub use endpoints::endpoints;
pub use error::{
    Errcode, Error, MAX_ERROR_BYTES, MAX_ERROR_TEXT, MatrixError, NewPepper, RetryAfter, UnknownErrcode,
    invite_error_for_client, join_error_for_client,
};
pub use openid::{BEARER, OpenIdToken};
#[cfg(feature = "client")]
pub use raw::Raw;
pub use relations::{MAX_RELATION_PAGES, PageEnd, RelationPage, RelationPages};
pub use secret::{AccessToken, InvitePrivateKey, LoginToken, Password, RefreshToken, ValidationToken};
