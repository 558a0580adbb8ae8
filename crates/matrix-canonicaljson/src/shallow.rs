//! Reading JSON text one level at a time, its values left as the text that they are.
//!
//! For those who need little of a text and decide about each value when they come to it: numbers of any size, and
//! what is a number at all, are for the reader to judge. What is read several levels deep, or in the order of
//! canonical JSON, is better read as an [`Outline`](crate::Outline) or a [`Document`](crate::Document).
//!
//! ```
//! use matrix_canonicaljson::shallow;
//!
//! let mut names = Vec::new();
//! shallow::object(r#"{"users": ["@a:x", "@b:x"], "ban": 1e999}"#, |key, value| {
//!     if key == "users" {
//!         names.extend(shallow::items(value).filter_map(shallow::string));
//!     }
//! })?;
//! assert_eq!(names, ["@a:x", "@b:x"]);
//! # Ok::<(), matrix_canonicaljson::Error>(())
//! ```

use alloc::borrow::Cow;

use crate::lex::{self, NumberClass};
use crate::scan::{self, Flow, Frames, Key, Sink, Stop};
use crate::special::special;
use crate::{Error, ErrorKind, Mode};

/// Checks the text of an object and calls `each` with every member: the decoded key, and the value as it stands in
/// the text. Members come in the order in which they stand, those with the same key each.
///
/// # Errors
///
/// When the text is no JSON, or [`ErrorKind::NotAnObject`]. `each` may have been called before.
pub fn object<'a>(text: &'a str, each: impl FnMut(Cow<'a, str>, &'a str)) -> Result<(), Error> {
    scan::check_length(text.as_bytes())?;
    if !lex::is_object(text.as_bytes()) {
        return Err(Error::new(ErrorKind::NotAnObject));
    }
    let mut sink = Level { text, each, depth: 0, member: None };
    match scan::run(text, Mode::Lenient.into(), &mut Frames::default(), &mut sink) {
        Ok(()) | Err(Stop::Enough) => Ok(()),
        Err(Stop::Error(error)) => Err(error),
    }
}

/// Goes through the items of an array, each as it stands in the text, which has to have been checked: as a value
/// that [`object`] found has been. There are none where the text is no array.
pub fn items(text: &str) -> Items<'_> {
    let inner = text.trim_ascii().strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    Items { rest: inner.unwrap_or_default() }
}

/// Returns whether text that was checked is an array.
#[must_use]
pub fn is_array(text: &str) -> bool {
    text.trim_ascii_start().starts_with('[')
}

/// Decodes the text of a string that was checked; `None` where it is none.
#[must_use]
pub fn string(text: &str) -> Option<Cow<'_, str>> {
    text.trim_ascii().strip_prefix('"')?.strip_suffix('"').map(lex::unescape)
}

/// The sink that reports the members of the outermost object.
struct Level<'a, F> {
    text: &'a str,
    each: F,
    depth: usize,
    /// The key of the member that is being read, and where its value begins.
    member: Option<(Key, usize)>,
}

impl<'a, F: FnMut(Cow<'a, str>, &'a str)> Sink for Level<'a, F> {
    #[inline]
    fn gap(&mut self, _from: usize, _to: usize) -> Flow {
        Ok(())
    }

    #[inline]
    fn open(&mut self, _at: usize, _is_object: bool) {
        self.depth += 1;
    }

    #[inline]
    fn key(&mut self, key: Key, value: usize, _in_order: bool) -> Flow {
        if self.depth == 1 {
            self.member = Some((key, value));
        }
        Ok(())
    }

    #[inline]
    fn escape(&mut self, _from: usize, _to: usize, _char: char) -> Flow {
        Ok(())
    }

    #[inline]
    fn number(&mut self, _start: usize, _end: usize, _class: NumberClass) -> Flow {
        Ok(())
    }

    #[inline]
    fn member_end(&mut self, at: usize) {
        if self.depth == 1
            && let Some((key, value)) = self.member.take()
        {
            (self.each)(key.decoded(self.text.as_bytes()), self.text.get(value..at).unwrap_or_default());
        }
    }

    #[inline]
    fn close(&mut self, _at: usize, _is_object: bool) -> Flow {
        self.depth -= 1;
        Ok(())
    }
}

/// The texts of the items of an array: what [`items`] returns.
#[derive(Clone, Debug)]
pub struct Items<'a> {
    /// What follows the opening bracket or the last comma.
    rest: &'a str,
}

impl<'a> Iterator for Items<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let end = item_end(self.rest.as_bytes());
        let item = self.rest.get(..end).unwrap_or_default().trim_ascii();
        self.rest = self.rest.get(end + 1..).unwrap_or_default();
        (!item.is_empty()).then_some(item)
    }
}

/// Returns the offset of the comma that ends the first item, or the length.
fn item_end(text: &[u8]) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => at = string_end(text, at + 1),
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// Returns the offset of the quote that ends a string, or the length.
fn string_end(text: &[u8], mut at: usize) -> usize {
    loop {
        at = special(text, at);
        match text.get(at) {
            Some(b'\\') => at += 2,
            Some(b'"') | None => return at,
            Some(_) => at += 1,
        }
    }
}
