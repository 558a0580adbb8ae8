//! Where a key stands, and the order of keys: by code point of the decoded key.

use alloc::borrow::Cow;
use alloc::string::String;
use core::cmp::Ordering;

use crate::lex;
use crate::{Error, ErrorKind};

/// The place of a key in the text, with its first bytes for quick comparison. Two words, so that it travels in
/// registers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    /// The first eight bytes of the decoded key as a big-endian number, filled up with zeros.
    prefix: u64,
    /// From the high bits down: 32 of the start, 30 of the end (quotes excluded), `REWRITE`, `ESCAPED`.
    place: u64,
}

/// Escapes occur in the key.
const ESCAPED: u64 = 1;
/// Canonical JSON writes the key otherwise than the text does.
const REWRITE: u64 = 2;

impl Key {
    /// The place of no key.
    pub(crate) const NONE: Self = Self { prefix: 0, place: 0 };

    fn new(prefix: u64, start: usize, end: usize, flags: u64) -> Self {
        Self { prefix, place: (start as u64) << 32 | (end as u64) << 2 | flags }
    }

    /// A key without escapes between two offsets, quotes excluded.
    #[inline]
    pub(crate) fn plain(bytes: &[u8], start: usize, end: usize) -> Self {
        let keep = match end - start {
            length @ 0..8 => !(u64::MAX >> (8 * length)),
            _ => u64::MAX,
        };
        let prefix = match bytes.get(start..).and_then(|rest| rest.first_chunk::<8>()) {
            Some(first) => u64::from_be_bytes(*first) & keep,
            None => prefix(bytes.get(start..end).unwrap_or_default()),
        };
        Self::new(prefix, start, end, 0)
    }

    /// Reads a key that starts at `start` and has something other than plain content at `at`.
    #[cold]
    pub(crate) fn escaped(text: &str, start: usize, mut at: usize) -> Result<Self, Error> {
        let bytes = text.as_bytes();
        let mut rewrite = false;
        loop {
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    let escape = lex::escape(bytes, at)?;
                    rewrite |= !lex::is_canonical_escape(bytes.get(at..escape.end).unwrap_or_default());
                    at = lex::special(bytes, escape.end);
                }
                Some(_) => return Err(Error::at(ErrorKind::ControlCharacter, at)),
                None => return Err(Error::at(ErrorKind::UnexpectedEnd, at)),
            }
        }
        let mut decoded = String::new();
        decoded.extend(lex::decode(text.get(start..at).unwrap_or_default()).take(8));
        let prefix = prefix(decoded.as_bytes());
        Ok(Self::new(prefix, start, at, if rewrite { ESCAPED | REWRITE } else { ESCAPED }))
    }

    /// The offset of the first byte after the opening quote.
    #[inline]
    pub(crate) fn start(&self) -> usize {
        (self.place >> 32) as usize
    }

    /// The offset of the closing quote.
    #[inline]
    pub(crate) fn end(&self) -> usize {
        (self.place as u32 >> 2) as usize
    }

    #[inline]
    pub(crate) fn is_none(&self) -> bool {
        self.place == 0
    }

    /// Whether canonical JSON writes the key otherwise than the text does.
    #[inline]
    pub(crate) fn needs_rewriting(&self) -> bool {
        self.place & REWRITE != 0
    }

    fn is_escaped(&self) -> bool {
        self.place & ESCAPED != 0
    }

    /// The key as it stands in the text, quotes excluded.
    pub(crate) fn raw<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start()..self.end()).unwrap_or_default()
    }

    /// The decoded key.
    pub(crate) fn decoded<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let raw = self.raw(text);
        if self.is_escaped() { Cow::Owned(lex::decode(raw).collect()) } else { Cow::Borrowed(raw) }
    }

    /// Compares two keys of the same text.
    #[inline]
    pub(crate) fn compare(&self, other: &Self, text: &str) -> Ordering {
        match self.prefix.cmp(&other.prefix) {
            Ordering::Equal => self.compare_whole(other, text),
            decided => decided,
        }
    }

    fn compare_whole(&self, other: &Self, text: &str) -> Ordering {
        if (self.place | other.place) & ESCAPED != 0 {
            lex::decode(self.raw(text)).cmp(lex::decode(other.raw(text)))
        } else {
            self.raw(text).cmp(other.raw(text))
        }
    }

    /// Compares the key with a decoded one.
    pub(crate) fn compare_str(&self, other: &str, text: &str) -> Ordering {
        if self.is_escaped() { lex::decode(self.raw(text)).cmp(other.chars()) } else { self.raw(text).cmp(other) }
    }

    #[cold]
    pub(crate) fn duplicate(&self, text: &str) -> Error {
        Error::at(ErrorKind::DuplicateKey, self.start() - 1).detail(&self.decoded(text))
    }
}

fn prefix(bytes: &[u8]) -> u64 {
    (0..8).fold(0, |prefix, index| (prefix << 8) | u64::from(bytes.get(index).copied().unwrap_or(0)))
}
