//! Behaviour through the public API.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod allocations;
mod attributes;
mod checker;
mod details;
mod events;
mod fast_path;
mod limits;
#[cfg(feature = "uri")]
mod links;
mod lists;
mod nesting;
mod plain_text;
mod properties;
mod spoilers;
mod text;
mod vectors;
mod xss;
