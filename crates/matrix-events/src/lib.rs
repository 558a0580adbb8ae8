#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod glob;

pub use glob::{Case, Glob};
