//! Rooms, events and adapters for the benchmarks and for the tests against ruma.

pub mod client_events;
pub mod differential;
pub mod html;
pub mod names;
pub mod pdus;
pub mod peer;
pub mod peer_events;
pub mod rng;
pub mod rooms;
pub mod table;
pub mod work;
