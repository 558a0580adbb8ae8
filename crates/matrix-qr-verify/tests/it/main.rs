//! Behaviour of codes and of verification with them through the public names of the crate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod checks;
#[cfg(feature = "draw")]
mod draw;
mod flow;
mod format;
mod scene;
