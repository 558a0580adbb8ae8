//! Between JSON text and types: one pass over the text, one table for each type.

#[cfg(feature = "serde")]
mod serde_impls;
#[macro_use]
mod contents;
#[macro_use]
mod map;
#[macro_use]
mod names;
#[macro_use]
mod object;

mod fields;
mod lossy;
mod node;
mod reader;
mod secret;
mod write;

pub(crate) use self::fields::{Field, KeyField};
pub use self::lossy::Lossy;
pub(crate) use self::node::Node;
pub use self::reader::{Reader, Wire};
pub(crate) use self::reader::{State, keep_other, rescan};
pub use self::secret::Secret;
#[cfg(feature = "serde")]
pub(crate) use self::serde_impls::{deserialize, serde_impls, serialize};
pub(crate) use self::write::{ObjectWriter, in_order, write_string};
