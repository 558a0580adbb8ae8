//! Glob-style matching: `*` is any number of characters, `?` is exactly one, everything else is itself.
//!
//! There is no escape, no class and no alternative; a character is a code point, and `*` crosses line ends. A
//! compiled [`Glob`] matches a whole value ([`Glob::is_match`]) or a part between word boundaries
//! ([`Glob::is_word_match`]). Nothing recurses and nothing is tried twice: a stretch between two `*` is searched for
//! once, from where the one before it ended, and a long one without comparing it at each place.
//!
//! Source: [glob-style matching](https://spec.matrix.org/v1.19/appendices/#glob-style-matching).

mod case;
mod compiled;
mod long;
mod segment;
mod set;
mod word;

pub use case::Case;
pub use compiled::Glob;
pub use set::GlobSet;
pub use word::contains_word;
