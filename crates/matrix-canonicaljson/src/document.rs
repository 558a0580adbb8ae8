use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::ops;

use crate::lex;
use crate::scan::{self, Tape};

/// JSON text that was checked, with the places of its members: what [`Canonicalizer::scan`] returns.
///
/// ```
/// use matrix_canonicaljson::{Canonicalizer, Mode};
///
/// let json = br#"{"type":"m.room.topic","content":{"topic":"\u0041"}}"#;
/// let mut canonicalizer = Canonicalizer::new();
/// let event = canonicalizer.scan(json, Mode::Strict, 2)?;
/// let content = event.get("content").and_then(|content| content.members()).unwrap();
/// assert_eq!(content.get("topic").and_then(|topic| topic.as_str()).as_deref(), Some("A"));
/// assert!(!event.is_canonical());
/// # Ok::<(), matrix_canonicaljson::Error>(())
/// ```
///
/// [`Canonicalizer::scan`]: crate::Canonicalizer::scan
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    text: &'a str,
    tape: &'a Tape,
}

impl<'a> Document<'a> {
    pub(crate) fn new(text: &'a str, tape: &'a Tape) -> Self {
        Self { text, tape }
    }

    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Returns whether the text is its own canonical form.
    #[must_use]
    pub fn is_canonical(&self) -> bool {
        self.tape.is_canonical()
    }

    /// Appends the canonical form to `out`.
    pub fn write_canonical(&self, out: &mut Vec<u8>) {
        self.tape.gather_whole(self.text, out);
    }

    /// Returns the members, when the text is an object and they were asked for.
    #[must_use]
    pub fn members(&self) -> Option<Members<'a>> {
        let list = self.tape.root?.of(&self.tape.members);
        Some(Members { document: *self, list })
    }

    /// Returns the member with that key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Member<'a>> {
        self.members()?.get(key)
    }
}

/// The members of an object in the order of canonical JSON. Of members with the same key only the last is among them.
#[derive(Clone, Debug)]
pub struct Members<'a> {
    document: Document<'a>,
    list: &'a [scan::Member],
}

impl<'a> Members<'a> {
    /// Returns the member with that key, of those still ahead.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Member<'a>> {
        let bytes = self.document.text.as_bytes();
        let index = self.list.binary_search_by(|member| member.key.compare_str(key, bytes)).ok()?;
        Some(Member { document: self.document, member: self.list.get(index)? })
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = Member<'a>;

    fn next(&mut self) -> Option<Member<'a>> {
        let (member, rest) = self.list.split_first()?;
        self.list = rest;
        Some(Member { document: self.document, member })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.list.len(), Some(self.list.len()))
    }
}

impl ExactSizeIterator for Members<'_> {}

/// A member of an object: a key and a value that are decoded when asked for.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    document: Document<'a>,
    member: &'a scan::Member,
}

impl<'a> Member<'a> {
    /// Returns the decoded key.
    #[must_use]
    pub fn key(&self) -> Cow<'a, str> {
        self.member.key.decoded(self.document.text.as_bytes())
    }

    /// Compares the decoded key with another, without decoding it to memory.
    #[must_use]
    pub fn compare_key(&self, key: &str) -> Ordering {
        self.member.key.compare_str(key, self.document.text.as_bytes())
    }

    /// Returns where in the text the value stands.
    #[must_use]
    pub fn value_range(&self) -> ops::Range<usize> {
        self.member.value.into()
    }

    /// Returns where in the text key, colon and value stand.
    #[must_use]
    pub fn range(&self) -> ops::Range<usize> {
        self.member.whole().into()
    }

    /// Returns the value as it stands in the text.
    #[must_use]
    pub fn raw(&self) -> &'a str {
        self.document.text.get(self.value_range()).unwrap_or_default()
    }

    /// Returns whether key, colon and value stand in the text as canonical JSON writes them.
    #[must_use]
    pub fn is_canonical(&self) -> bool {
        self.member.is_canonical()
    }

    /// Returns whether the value stands in the text as canonical JSON writes it.
    #[must_use]
    pub fn value_is_canonical(&self) -> bool {
        self.member.pieces.is_empty()
    }

    /// Returns the members of the value, when it is an object and they were asked for.
    #[must_use]
    pub fn members(&self) -> Option<Members<'a>> {
        let list = self.member.members?.of(&self.document.tape.members);
        Some(Members { document: self.document, list })
    }

    /// Returns the decoded string, when the value is one.
    #[must_use]
    pub fn as_str(&self) -> Option<Cow<'a, str>> {
        let raw = self.raw().strip_prefix('"')?.strip_suffix('"')?;
        Some(lex::unescape(raw))
    }

    /// Returns the integer, when the value is one within the range of an `i64`.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        // An integer of JSON is one of Rust, and nothing else is.
        self.raw().parse().ok()
    }

    /// Appends the canonical form of the value to `out`.
    pub fn write_value(&self, out: &mut Vec<u8>) {
        self.document.tape.gather_value(self.member, self.document.text, out);
    }

    /// Appends the canonical form of the member to `out`: key, colon and value.
    pub fn write_canonical(&self, out: &mut Vec<u8>) {
        self.document.tape.gather_member(self.member, self.document.text, out);
    }
}
