//! Byte classes and the few scans that the grammars share. All allowed characters of the strict
//! grammars are ASCII, so a byte loop decides about a string and a fault starts at a character boundary.

use crate::{Error, scan};

/// The longest user ID, room ID, room alias or event ID, in bytes, sigil and domain included.
pub(crate) const MAX_ID_BYTES: usize = 255;

/// One bit for each set of characters that a grammar names.
#[derive(Clone, Copy)]
pub(crate) struct Class(u16);

impl Class {
    /// `user_id_char`: digits, lower-case letters and `-.=_/+`.
    pub(crate) const USER: Self = Self(1 << 1);
    /// Common namespaced identifiers: digits, lower-case letters and `-_.`.
    pub(crate) const NAMESPACED: Self = Self(1 << 2);
    /// Opaque identifiers: digits, letters and `-._~`.
    pub(crate) const OPAQUE: Self = Self(1 << 3);
    /// Versions of signing keys: digits, letters and `_`.
    pub(crate) const KEY_VERSION: Self = Self(1 << 4);
    /// Media IDs and URL-safe base64: digits, letters, `_` and `-`.
    pub(crate) const URL_SAFE: Self = Self(1 << 5);
    /// Client secrets: digits, letters and `.=_-`.
    pub(crate) const SECRET: Self = Self(1 << 6);
    /// `room_version_char`: digits, lower-case letters, `-` and `.`.
    pub(crate) const ROOM_VERSION: Self = Self(1 << 7);
    /// Standard base64: digits, letters, `+` and `/`.
    pub(crate) const BASE64: Self = Self(1 << 8);
    /// Digits and letters.
    pub(crate) const ALPHANUMERIC: Self = Self(1 << 9);
    /// Printable ASCII, `0x20` to `0x7E`.
    pub(crate) const PRINTABLE: Self = Self(1 << 10);
    /// What a user ID's localpart holds without being non-compliant: `0x21` to `0x7E`.
    pub(crate) const VISIBLE: Self = Self(1 << 11);

    /// Tells whether `byte` belongs to the class.
    #[inline]
    pub(crate) fn contains(self, byte: u8) -> bool {
        CLASSES.get(usize::from(byte)).is_some_and(|classes| classes & self.0 != 0)
    }

    /// Tells whether every byte of `bytes` belongs to the class; true for none.
    #[inline]
    pub(crate) fn contains_all(self, bytes: &[u8]) -> bool {
        bytes.iter().all(|&byte| self.contains(byte))
    }

    /// Refuses the first character of `text`, from byte `start` on, outside the class.
    #[inline]
    pub(crate) fn check(self, text: &str, start: usize) -> Result<(), Error> {
        let rest = text.as_bytes().get(start..).unwrap_or_default();
        match rest.iter().position(|&byte| !self.contains(byte)) {
            None => Ok(()),
            Some(at) => Err(Error::character_at(text, start + at)),
        }
    }
}

/// The classes of each byte.
static CLASSES: [u16; 256] = classes();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time, where a bad index is a build error")]
const fn classes() -> [u16; 256] {
    let mut table = [0; 256];
    let mut byte = 0_u8;
    while byte < 0x7F {
        let lower = byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let alphanumeric = byte.is_ascii_alphanumeric();
        let printable = byte >= 0x20;
        table[byte as usize] =
            bit(Class::USER, lower || matches!(byte, b'-' | b'.' | b'=' | b'_' | b'/' | b'+'))
                | bit(Class::NAMESPACED, lower || matches!(byte, b'-' | b'_' | b'.'))
                | bit(Class::OPAQUE, alphanumeric || matches!(byte, b'-' | b'.' | b'_' | b'~'))
                | bit(Class::KEY_VERSION, alphanumeric || byte == b'_')
                | bit(Class::URL_SAFE, alphanumeric || matches!(byte, b'-' | b'_'))
                | bit(Class::SECRET, alphanumeric || matches!(byte, b'.' | b'=' | b'_' | b'-'))
                | bit(Class::ROOM_VERSION, lower || matches!(byte, b'-' | b'.'))
                | bit(Class::BASE64, alphanumeric || matches!(byte, b'+' | b'/'))
                | bit(Class::ALPHANUMERIC, alphanumeric)
                | bit(Class::PRINTABLE, printable)
                | bit(Class::VISIBLE, printable && byte != b' ');
        byte += 1;
    }
    table
}

const fn bit(class: Class, member: bool) -> u16 {
    if member { class.0 } else { 0 }
}

/// Checks a string that consists of one class only, of one to `max` bytes.
pub(crate) fn check_simple(text: &str, class: Class, max: usize) -> Result<(), Error> {
    if text.is_empty() {
        return Err(Error::Empty);
    }
    class.check(text, 0)?;
    check_length(text, max)
}

/// Refuses an empty label among those of `text`, which have dots between them.
pub(crate) fn check_labels(text: &str) -> Result<(), Error> {
    let mut offset = 0;
    for label in text.split('.') {
        if label.is_empty() {
            return Err(Error::EmptyLabel { offset });
        }
        offset += label.len() + 1;
    }
    Ok(())
}

/// Refuses more than `max` bytes.
#[inline]
pub(crate) fn check_length(text: &str, max: usize) -> Result<(), Error> {
    if text.len() > max { Err(Error::TooLong { length: text.len(), max }) } else { Ok(()) }
}

/// Checks the sigil and the length that user, room and event IDs and aliases have in common.
#[inline]
pub(crate) fn check_sigil(text: &str, sigil: u8) -> Result<(), Error> {
    match text.as_bytes().first() {
        None => Err(Error::Empty),
        Some(&first) if first != sigil => Err(Error::MissingSigil { sigil: char::from(sigil) }),
        Some(_) => check_length(text, MAX_ID_BYTES),
    }
}

/// Finds the colon that ends the localpart of `text`, whose byte 0 is a sigil. The first colon ends it;
/// before that every character but NUL may stand.
#[inline]
pub(crate) fn localpart_end(text: &str) -> Result<usize, Error> {
    // No sigil is a colon or NUL, so the search may begin with it.
    match scan::colon_or_nul(text.as_bytes()) {
        Some(at) if text.as_bytes().get(at) == Some(&b':') => Ok(at),
        Some(at) => Err(Error::character_at(text, at)),
        None => Err(Error::MissingColon),
    }
}

/// Splits at the first colon; everything is before it when there is none.
#[inline]
pub(crate) fn split_colon(text: &str) -> (&str, Option<&str>) {
    let Some(colon) = scan::colon(text.as_bytes()) else { return (text, None) };
    (text.get(..colon).unwrap_or_default(), text.get(colon + 1..))
}

/// Returns what follows the one-byte sigil.
#[inline]
pub(crate) fn after_sigil(text: &str) -> &str {
    text.get(1..).unwrap_or_default()
}

/// Tells whether `text` is 32 bytes in unpadded base64 of the given alphabet: 43 characters, of which the
/// last encodes four bits followed by two zero bits.
#[inline]
pub(crate) fn is_hash(text: &str, alphabet: Class) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 43
        && bytes.last().is_some_and(|last| b"AEIMQUYcgkosw048".contains(last))
        && alphabet.contains_all(bytes)
}

/// Checks a room or event ID as the opaque string it is: the sigil, then one or more characters but NUL.
#[inline]
pub(crate) fn check_opaque(text: &str, sigil: u8) -> Result<(), Error> {
    check_sigil(text, sigil)?;
    if text.len() == 1 {
        return Err(Error::MissingOpaqueId);
    }
    match scan::nul(text.as_bytes()) {
        None => Ok(()),
        Some(at) => Err(Error::character_at(text, at)),
    }
}
