//! The client-server API: one module for each area, and in it one for each endpoint.
//!
//! Source: [client-server API](https://spec.matrix.org/v1.19/client-server-api/).

mod foreign;
pub mod knock;
mod room_id_or_alias;
pub mod session;

pub use self::room_id_or_alias::RoomIdOrAlias;

pub(crate) const AREAS: &[&[crate::Registered]] = &[knock::ENDPOINTS, session::ENDPOINTS];
