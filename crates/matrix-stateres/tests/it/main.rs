//! Behaviour of graph, resolution and replay through the public names.
#![allow(
    clippy::disallowed_types,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    unreachable_pub
)]

mod auth_difference;
mod builder;
mod compact;
mod delta;
mod delta_chains;
mod foreign;
mod graph;
mod limits;
mod memory;
mod msc1442;
mod msc4297;
mod random;
mod reference;
mod replay;
mod rooms;
mod synapse;
mod trace;
mod vectors;
