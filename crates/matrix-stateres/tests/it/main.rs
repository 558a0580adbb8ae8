//! Behaviour of graph, resolution and replay through the public names.
#![allow(
    clippy::disallowed_types,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod rooms;
mod synapse;
mod vectors;
