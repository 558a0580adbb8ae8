//! What all endpoints have in common.
#![cfg_attr(
    not(feature = "client"),
    allow(dead_code, unused_imports, unused_macros, reason = "no other API needs all of it")
)]

mod authentication;
mod body;
mod declare;
mod history;
mod parameter;
mod path;
mod query;
mod registry;
mod request;
mod response;

pub use self::authentication::{Authentication, Credentials, bearer_token};
pub use self::body::{MAX_REQUEST_BYTES, MAX_RESPONSE_BYTES};
pub use self::history::{Availability, VersionedPath, select_path};
pub use self::parameter::PathParameter;
pub use self::path::MAX_PATH_BYTES;
pub use self::registry::{Metadata, Registered};
pub use self::request::{Endpoint, RequestParts};
pub use self::response::EndpointResponse;

pub(crate) use self::body::{read, write};
pub(crate) use self::declare::endpoint;
pub(crate) use self::history::{always, r0, stable, unannounced, unstable};
pub(crate) use self::query::{read as read_query, write as write_query};
pub(crate) use self::registry::{registered, registry};
pub(crate) use self::response::json;

/// Tells whether a field may be left out because it has the value that its absence means.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
