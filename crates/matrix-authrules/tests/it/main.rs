//! Behaviour through the public API.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod allocations;
mod auth_types;
mod cases;
mod conventions;
mod pdu;
mod power_levels;
mod properties;
mod python_int;
mod reading;
mod remembered;
mod rules;
mod scene;
mod vectors;
#[cfg(feature = "third-party-invite")]
mod verify_signed;
