#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![no_std]

extern crate alloc;

mod canonicalize;
mod depth;
mod error;
mod integer;
mod lex;
mod mode;
mod number;
mod object;
mod parse;
mod path;
mod repr;
mod value;
mod write;

pub use self::canonicalize::{canonicalize, canonicalize_with};
pub use self::depth::MAX_DEPTH;
pub use self::error::{Error, ErrorKind};
pub use self::integer::Integer;
pub use self::mode::{Duplicates, Mode, Options};
pub use self::number::Number;
pub use self::object::{Iter, Object};
pub use self::value::Value;
