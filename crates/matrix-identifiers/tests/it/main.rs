//! Behaviour through the public API.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod event_id;
mod key_ids;
mod mxc_uri;
mod pairs;
mod properties;
mod room_id;
#[cfg(feature = "serde")]
mod serde;
mod server_name;
mod small_grammars;
mod user_id;
mod vectors;
