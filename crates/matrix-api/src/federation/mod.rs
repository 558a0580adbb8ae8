//! The server-server API: its endpoints that proposals touch, and what to do with servers that know only older ones.
//!
//! Source: [server-server API](https://spec.matrix.org/v1.19/server-server-api/).

pub mod directory;
mod fallback;
pub mod keys;
pub mod membership;
pub mod openid;
mod v1_tuple;

pub use fallback::{should_retry_invite_with_v1, should_retry_public_rooms_with_get, should_retry_with_v1};
pub use v1_tuple::V1Tuple;

/// A PDU as it came, or without its signatures as somebody is to complete it: its format is that of the room's version.
pub type RawPdu = crate::Raw<matrix_canonicaljson::Object>;

pub(crate) const AREAS: &[&[crate::Registered]] = &[
    directory::ENDPOINTS,
    keys::ENDPOINTS,
    membership::invite::ENDPOINTS,
    membership::join::ENDPOINTS,
    membership::knock::ENDPOINTS,
    membership::leave::ENDPOINTS,
    openid::ENDPOINTS,
];
