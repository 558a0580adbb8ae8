#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod bind;
mod email;
mod error;
mod hash;
mod identity_server;
mod json;
mod lookup;
mod phone;
mod response;
mod service;
mod session;
mod terms;
mod threepid;
mod unbind;

pub use bind::{
    AccountEndpoint, Purpose, add_body, bind_body, legacy_body, may_add_or_bind, read_add_body,
    read_bind_body, read_legacy_body, request_token_path,
};
pub use email::fold_email;
pub use error::Error;
pub use hash::{Algorithm, HashDetails, MAX_PEPPER_BYTES, Pepper, lookup_value};
pub use identity_server::{
    IdentityServerChoice, IdentityServerSetting, IdentityServerUrl, identity_server_to_use,
};
pub use lookup::{ConsentQuery, Found, HashDetailsQuery, Lookup, LookupQuery, MAX_LOOKUP_ADDRESSES};
pub use phone::{MAX_PHONE_DIGITS, msisdn};
pub use response::{MAX_RESPONSE_BYTES, Response};
pub use service::{
    AskUser, Authentication, Register, SendAccepted, Service, StoreAccepted, TermsQuery, UseService,
};
pub use session::{
    IdAccessToken, IdentityServerAccess, RequestTokenRefusal, RequestTokenResponse, Submission,
    ValidationSession, requires_identity_server,
};
pub use terms::{AcceptedTerms, Document, Policy, Terms};
pub use threepid::{MAX_ADDRESS_BYTES, Medium, ThirdPartyId};
pub use unbind::{UnbindOutcome, UnbindResult, delete_body, unbind_body, unbind_from, unbind_outcome};
