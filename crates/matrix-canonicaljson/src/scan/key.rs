//! Where a key stands, and the order of keys: by code point of the decoded key.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::special::{near_quote, special, special_noting};
use crate::{Error, ErrorKind, lex, write};

/// The place of a key in the text, with its first bytes for quick comparison. Two words, so that it travels in
/// registers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    /// The first eight bytes of the decoded key as a big-endian number, filled up with zeros.
    prefix: u64,
    /// From the high bits down: 32 of the start, 30 of the end (quotes excluded), `REWRITE`, `ESCAPED`.
    place: u64,
}

/// What keeps the first bytes of a big-endian number, none to all eight.
const HEADS: [u64; 9] = [
    0,
    0xff << 56,
    0xffff << 48,
    0xff_ffff << 40,
    0xffff_ffff << 32,
    0xff_ffff_ffff << 24,
    0xffff_ffff_ffff << 16,
    0xff_ffff_ffff_ffff << 8,
    u64::MAX,
];

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

    /// Reads the key that starts at `start`, after the opening quote, and returns the offset of the closing one with it.
    #[inline]
    pub(crate) fn read(bytes: &[u8], start: usize, ascii: &mut usize) -> Result<(Self, usize), Error> {
        if let Some((end, first)) = near_quote(bytes, start, ascii) {
            return Ok((Self::known(Self::prefix_of(first, end - start), start, end), end));
        }
        Self::read_far(bytes, start, ascii).map(|key| (key, key.end()))
    }

    /// As [`read`](Self::read), for a key that is long, near the end of the text, or has escapes.
    #[inline(never)]
    fn read_far(bytes: &[u8], start: usize, ascii: &mut usize) -> Result<Self, Error> {
        let end = special_noting(bytes, start, ascii);
        if bytes.get(end) == Some(&b'"') {
            return Ok(Self::plain(bytes, start, end));
        }
        *ascii = start.min(*ascii);
        Self::escaped(bytes, start, end)
    }

    /// A key without escapes between two offsets, whose first bytes are known.
    #[inline]
    pub(crate) fn known(prefix: u64, start: usize, end: usize) -> Self {
        Self::new(prefix, start, end, 0)
    }

    /// The first bytes of a key, of so many bytes, as they are compared.
    #[inline]
    pub(crate) fn prefix_of(first: [u8; 8], length: usize) -> u64 {
        u64::from_be_bytes(first) & HEADS.get(length.min(8)).unwrap_or(&u64::MAX)
    }

    /// The first bytes of a text, as those of keys are compared.
    #[inline]
    pub(crate) fn prefix_of_text(text: &[u8]) -> u64 {
        match text.first_chunk() {
            Some(first) => u64::from_be_bytes(*first),
            None => prefix(text.iter().copied()),
        }
    }

    /// A key without escapes between two offsets, quotes excluded.
    pub(crate) fn plain(bytes: &[u8], start: usize, end: usize) -> Self {
        Self::new(Self::prefix_of_text(bytes.get(start..end).unwrap_or_default()), start, end, 0)
    }

    /// Reads a key that starts at `start` and has something other than plain content at `at`.
    #[cold]
    pub(crate) fn escaped(bytes: &[u8], start: usize, mut at: usize) -> Result<Self, Error> {
        let mut flags = ESCAPED;
        loop {
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    let escape = lex::escape(bytes, at)?;
                    if !lex::is_canonical_escape(bytes.get(at..escape.end).unwrap_or_default()) {
                        flags |= REWRITE;
                    }
                    at = special(bytes, escape.end);
                }
                Some(_) => return Err(Error::at(ErrorKind::ControlCharacter, at)),
                None => return Err(Error::at(ErrorKind::UnexpectedEnd, at)),
            }
        }
        Ok(Self::new(prefix(lex::decode_bytes(text(bytes, start, at))), start, at, flags))
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

    /// Whether canonical JSON writes the key otherwise than the text does.
    #[inline]
    pub(crate) fn needs_rewriting(&self) -> bool {
        self.place & REWRITE != 0
    }

    /// Whether escapes occur in the key.
    #[inline]
    pub(crate) fn is_escaped(&self) -> bool {
        self.place & ESCAPED != 0
    }

    /// Appends the key with its quotes, in canonical form.
    pub(crate) fn write(&self, bytes: &[u8], out: &mut Vec<u8>) {
        let quoted = bytes.get(self.start() - 1..self.end() + 1).unwrap_or_default();
        if self.needs_rewriting() {
            write::rewritten(quoted, out);
        } else {
            out.extend_from_slice(quoted);
        }
    }

    /// The key as it stands in the text, quotes excluded.
    fn raw_bytes<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        bytes.get(self.start()..self.end()).unwrap_or_default()
    }

    /// The decoded key.
    pub(crate) fn decoded<'a>(&self, bytes: &'a [u8]) -> Cow<'a, str> {
        let raw = text(bytes, self.start(), self.end());
        if self.is_escaped() { Cow::Owned(lex::decode(raw).collect()) } else { Cow::Borrowed(raw) }
    }

    /// Whether the key is less than one that follows it, as none is that is not there.
    #[inline]
    pub(crate) fn is_before(self, next: Self, bytes: &[u8]) -> bool {
        // Whether unsorted keys are in order is not to be foreseen: where the first bytes decide, nothing should jump.
        if self.prefix == next.prefix {
            self.is_before_similar(next, bytes)
        } else {
            self.prefix < next.prefix
        }
    }

    #[inline(never)]
    fn is_before_similar(self, next: Self, bytes: &[u8]) -> bool {
        self.place == 0 || self.compare_whole(&next, bytes) == Ordering::Less
    }

    /// The first bytes of the key: where they differ, they decide which key is less.
    #[inline]
    pub(crate) fn prefix(&self) -> u64 {
        self.prefix
    }

    /// Compares two keys of the same text.
    #[inline]
    pub(crate) fn compare(&self, other: &Self, bytes: &[u8]) -> Ordering {
        match self.prefix.cmp(&other.prefix) {
            Ordering::Equal => self.compare_whole(other, bytes),
            decided => decided,
        }
    }

    fn compare_whole(&self, other: &Self, bytes: &[u8]) -> Ordering {
        if (self.place | other.place) & ESCAPED == 0 {
            return self.raw_bytes(bytes).cmp(other.raw_bytes(bytes));
        }
        let [ours, theirs] = [self, other].map(|key| lex::decode(text(bytes, key.start(), key.end())));
        ours.cmp(theirs)
    }

    /// Compares the key with a decoded one.
    pub(crate) fn compare_str(&self, other: &str, bytes: &[u8]) -> Ordering {
        if !self.is_escaped() {
            return self.raw_bytes(bytes).cmp(other.as_bytes());
        }
        lex::decode(text(bytes, self.start(), self.end())).cmp(other.chars())
    }

    #[cold]
    pub(crate) fn duplicate(&self, bytes: &[u8]) -> Error {
        Error::at(ErrorKind::DuplicateKey, self.start() - 1).detail(&self.decoded(bytes))
    }
}

/// A part of bytes that were checked to be text.
fn text(bytes: &[u8], start: usize, end: usize) -> &str {
    bytes.get(start..end).and_then(|raw| core::str::from_utf8(raw).ok()).unwrap_or_default()
}

fn prefix(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.chain(core::iter::repeat(0)).take(8).fold(0, |prefix, byte| (prefix << 8) | u64::from(byte))
}
