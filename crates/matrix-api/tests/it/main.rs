//! Behaviour of errors, machines, widgets and endpoints through the public names of the crate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod capabilities;
mod core;
mod error;
mod examples;
mod federation;
mod federation_fallback;
mod identity;
mod integrations;
mod metadata;
mod metadata_servers;
mod properties;
mod properties_servers;
mod proposals;
mod relations;
mod sso;
mod tokens;
mod tolerance;
mod uiaa;
mod widget;
