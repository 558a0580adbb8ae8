//! Behaviour of errors, machines, widgets and endpoints through the public names of the crate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod core;
mod error;
mod examples;
mod metadata;
mod properties;
mod sso;
mod tokens;
mod uiaa;
