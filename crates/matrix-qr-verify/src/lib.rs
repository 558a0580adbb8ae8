#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod code;
#[cfg(feature = "draw")]
mod draw;
mod error;
mod mode;
mod scan;
mod secret;
mod show;

pub use code::{CODE_VERSION, MAX_CODE_BYTES, MAX_FLOW_ID_BYTES, QrCode};
#[cfg(feature = "draw")]
pub use draw::{ErrorCorrection, QUIET_ZONE, Shades, Symbol};
pub use error::Error;
pub use mode::{MasterKeyTrust, Mode};
pub use scan::{NotScanned, scan};
pub use secret::{DEFAULT_SECRET_BYTES, Secret};
pub use show::{Reciprocated, ShownCode, WrongSecret};
