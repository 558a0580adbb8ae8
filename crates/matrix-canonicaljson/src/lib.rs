#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![no_std]

extern crate alloc;

mod canonicalize;
mod depth;
mod document;
mod error;
mod integer;
mod lanes;
mod lex;
mod mode;
mod name;
mod number;
mod object;
mod object_writer;
mod outline;
mod path;
mod repr;
mod scan;
#[cfg(feature = "serde")]
mod ser;
#[cfg(feature = "serde")]
mod serde_impls;
pub mod shallow;
mod special;
mod value;
mod write;

pub use self::canonicalize::{Canonicalizer, canonicalize, canonicalize_with, is_canonical};
pub use self::depth::MAX_DEPTH;
pub use self::document::{Document, Member, Members};
pub use self::error::{Error, ErrorKind};
pub use self::integer::Integer;
pub use self::mode::{Duplicates, Mode, Options};
pub use self::name::{Name, Names, Place};
pub use self::number::Number;
pub use self::object::{Iter, Object};
pub use self::object_writer::ObjectWriter;
pub use self::outline::{Field, Fields, Outline, OutlineReader};
#[cfg(feature = "serde")]
pub use self::ser::{to_value, to_vec};
pub use self::value::Value;
