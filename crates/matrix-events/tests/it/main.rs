//! Behaviour through the public API.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod contents;
mod envelopes;
mod lenient;
mod properties;
mod samples;
mod secrets;
mod strict;
