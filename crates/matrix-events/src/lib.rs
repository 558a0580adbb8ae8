#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

#[macro_use]
mod wire;

pub mod content;
mod envelope;
mod error;

pub use envelope::*;
pub use error::{Error, Misfit, Problem};
pub use wire::{Lossy, Reader, Secret, Wire};
