//! The server-server API, and what to do with servers that know only older endpoints of it.
//!
//! Source: [server-server API](https://spec.matrix.org/v1.19/server-server-api/).

mod fallback;
mod v1_tuple;

pub use fallback::{should_retry_invite_with_v1, should_retry_public_rooms_with_get, should_retry_with_v1};
pub use v1_tuple::V1Tuple;
