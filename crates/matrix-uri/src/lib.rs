#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod encoding;
mod error;
mod matrix_scheme;
mod matrix_to;
mod query;
mod routing;
mod slices;
mod target;
mod uri;

pub use error::Error;
pub use matrix_to::MatrixTo;
pub use query::{Action, CustomItem};
pub use routing::{MAX_VIA_SERVERS, MIN_POWER_LEVEL, pick_via_servers};
pub use target::{RoomOrAlias, Target};
pub use uri::{MatrixUri, UriForm};
