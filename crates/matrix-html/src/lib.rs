#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod attribute;
mod clean;
mod color;
mod details;
mod escape;
mod events;
mod guard;
#[cfg(feature = "uri")]
mod link;
mod list;
mod nesting;
mod parse;
mod plain_text;
mod rewrite;
mod sanitizer;
mod spoiler;
mod tag;
mod text;
mod tree;
mod url;
mod write;

pub use attribute::Attribute;
pub use clean::Clean;
pub use details::Details;
pub use events::{Attributes, Element, Event, Events};
#[cfg(feature = "uri")]
pub use link::{Link, links};
pub use list::List;
pub use nesting::MAX_DEPTH;
pub use sanitizer::{Sanitizer, sanitize};
pub use spoiler::{Spoiler, spoiler_fallback};
pub use tag::Tag;
pub use text::{from_plain_text, from_plain_text_with_links};
