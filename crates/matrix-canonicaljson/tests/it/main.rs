//! Behaviour of the crate through its public interface.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod depth;
mod document;
mod errors;
mod generate;
mod outline;
mod properties;
#[cfg(feature = "serde")]
mod serde_impls;
#[cfg(feature = "serde")]
mod serialize;
mod shallow;
mod values;
mod vectors;
