//! The tokens of JSON: strings, escapes, numbers, words. Offsets in errors are those of the text passed in.

use alloc::borrow::Cow;

use crate::special::special;
use crate::{Error, ErrorKind, Integer};

/// Reads a string whose content starts at `at`, after the opening quote, and returns the offset after the closing one.
pub(crate) fn string(bytes: &[u8], mut at: usize) -> Result<usize, Error> {
    loop {
        at = special(bytes, at);
        match bytes.get(at) {
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => at = escape(bytes, at)?.end,
            Some(_) => return Err(Error::at(ErrorKind::ControlCharacter, at)),
            None => return Err(Error::at(ErrorKind::UnexpectedEnd, at)),
        }
    }
}

/// An escape that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Escape {
    /// The character it stands for.
    pub(crate) char: char,
    /// The offset after it.
    pub(crate) end: usize,
}

/// Reads the escape whose backslash stands at `at`, both halves of a surrogate pair together.
pub(crate) fn escape(bytes: &[u8], at: usize) -> Result<Escape, Error> {
    let char = match bytes.get(at + 1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode_escape(bytes, at),
        Some(_) => return Err(Error::at(ErrorKind::InvalidEscape, at)),
        None => return Err(Error::at(ErrorKind::UnexpectedEnd, at + 1)),
    };
    Ok(Escape { char, end: at + 2 })
}

fn unicode_escape(bytes: &[u8], at: usize) -> Result<Escape, Error> {
    let unit = code_unit(bytes, at)?;
    if let Some(char) = char::from_u32(unit) {
        return Ok(Escape { char, end: at + 6 });
    }
    let lone = || Error::at(ErrorKind::LoneSurrogate, at);
    if unit >= 0xdc00 || bytes.get(at + 6..at + 8) != Some(b"\\u".as_slice()) {
        return Err(lone());
    }
    let low = code_unit(bytes, at + 6)?;
    if !(0xdc00..0xe000).contains(&low) {
        return Err(lone());
    }
    let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    let char = char::from_u32(code).ok_or_else(lone)?;
    Ok(Escape { char, end: at + 12 })
}

/// Reads the four digits of the `\u` escape whose backslash stands at `at`.
fn code_unit(bytes: &[u8], at: usize) -> Result<u32, Error> {
    let mut unit = 0;
    for offset in at + 2..at + 6 {
        let Some(byte) = bytes.get(offset) else {
            return Err(Error::at(ErrorKind::UnexpectedEnd, offset));
        };
        let digit = char::from(*byte).to_digit(16).ok_or_else(|| Error::at(ErrorKind::InvalidEscape, at))?;
        unit = unit * 16 + digit;
    }
    Ok(unit)
}

/// What kind of number a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberClass {
    /// An integer within the range of canonical JSON, other than `-0`.
    Integer,
    /// `-0`.
    NegativeZero,
    /// An integer beyond the range.
    BigInteger,
    /// A number with a fraction or an exponent.
    Float,
}

/// A number that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NumberToken {
    /// The offset after it.
    pub(crate) end: usize,
    /// What kind of number it is.
    pub(crate) class: NumberClass,
}

/// The number of digits that every integer of so many is within the range of canonical JSON: that of 2^53, less one.
const SAFE_DIGITS: usize = 15;

/// Reads the number that starts at `start` with a digit or a minus sign.
#[inline]
pub(crate) fn number(bytes: &[u8], start: usize) -> Result<NumberToken, Error> {
    let end = digits(bytes, start);
    let plain = match end - start {
        1 => true,
        2..=SAFE_DIGITS => bytes.get(start) != Some(&b'0'),
        _ => false,
    };
    if plain && !matches!(bytes.get(end), Some(b'.' | b'e' | b'E')) {
        return Ok(NumberToken { end, class: NumberClass::Integer });
    }
    other_number(bytes, start)
}

/// Reads a number that is not just a few digits.
fn other_number(bytes: &[u8], start: usize) -> Result<NumberToken, Error> {
    let negative = bytes.get(start) == Some(&b'-');
    let first = start + usize::from(negative);
    let end = digits(bytes, first);
    match bytes.get(first) {
        Some(b'0'..=b'9') => {}
        Some(b'I') if bytes.get(first..).is_some_and(|rest| rest.starts_with(b"Infinity")) => {
            return Err(Error::at(ErrorKind::NotFinite, start).detail("-Infinity"));
        }
        Some(_) => return Err(Error::at(ErrorKind::InvalidNumber, start)),
        None => return Err(Error::at(ErrorKind::UnexpectedEnd, first)),
    }
    if end - first > 1 && bytes.get(first) == Some(&b'0') {
        return Err(Error::at(ErrorKind::InvalidNumber, start));
    }
    if matches!(bytes.get(end), Some(b'.' | b'e' | b'E')) {
        let end = fraction(bytes, start, end)?;
        return Ok(NumberToken { end, class: NumberClass::Float });
    }
    let class = match integer(bytes.get(start..end).unwrap_or_default()) {
        Some(zero) if negative && zero.get() == 0 => NumberClass::NegativeZero,
        Some(_) => NumberClass::Integer,
        None => NumberClass::BigInteger,
    };
    Ok(NumberToken { end, class })
}

/// Returns the value of the token of an integer, if it is within the range of canonical JSON.
pub(crate) fn integer(token: &[u8]) -> Option<Integer> {
    Integer::new(core::str::from_utf8(token).ok()?.parse().ok()?)
}

/// Returns the offset after the digits that begin at an offset.
#[inline]
fn digits(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const LOW: u64 = ONES * 0x7f;
    while let Some((word, _)) = bytes.get(at..).and_then(|rest| rest.split_first_chunk::<8>()) {
        // A digit less '0' is at most nine, and nothing else is. No sum leaves its byte.
        let less = u64::from_le_bytes(*word) ^ (ONES * u64::from(b'0'));
        let others = (((less & LOW) + ONES * (0x7f - 9)) | less) & !LOW;
        if others != 0 {
            return at + (others.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

/// Reads the fraction and the exponent, at least one of which is there.
fn fraction(bytes: &[u8], start: usize, mut at: usize) -> Result<usize, Error> {
    let some_digits = |from: usize| match digits(bytes, from) {
        end if end > from => Ok(end),
        end if end == bytes.len() => Err(Error::at(ErrorKind::UnexpectedEnd, end)),
        _ => Err(Error::at(ErrorKind::InvalidNumber, start)),
    };
    if bytes.get(at) == Some(&b'.') {
        at = some_digits(at + 1)?;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        at = some_digits(at + 1 + sign)?;
    }
    Ok(at)
}

/// Checks that `word` stands at `at` and returns the offset after it.
pub(crate) fn word(bytes: &[u8], at: usize, word: &[u8]) -> Result<usize, Error> {
    for (offset, expected) in (at..).zip(word) {
        match bytes.get(offset) {
            Some(byte) if byte == expected => {}
            Some(_) => return Err(Error::at(ErrorKind::UnexpectedCharacter, offset)),
            None => return Err(Error::at(ErrorKind::UnexpectedEnd, offset)),
        }
    }
    Ok(at + word.len())
}

/// Whether the value of a text that was checked is an object.
pub(crate) fn is_object(bytes: &[u8]) -> bool {
    bytes.get(white_space(bytes, 0)) == Some(&b'{')
}

/// Returns the offset of the first byte from `at` on that is no white space.
#[inline]
pub(crate) fn white_space(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

/// Says what is wrong with the byte at `at`, where a value or a key should begin or an object or array go on.
#[cold]
pub(crate) fn unexpected(bytes: &[u8], at: usize) -> Error {
    let rest = bytes.get(at..).unwrap_or_default();
    let Some(byte) = rest.first() else {
        return Error::at(ErrorKind::UnexpectedEnd, at);
    };
    let not_finite = ["NaN", "Infinity"].into_iter().find(|token| rest.starts_with(token.as_bytes()));
    match not_finite {
        Some(token) => Error::at(ErrorKind::NotFinite, at).detail(token),
        None if byte.is_ascii_graphic() => {
            Error::at(ErrorKind::UnexpectedCharacter, at).detail(char::from(*byte).encode_utf8(&mut [0; 4]))
        }
        None => Error::at(ErrorKind::UnexpectedCharacter, at),
    }
}

/// Decodes string content that was checked.
pub(crate) fn unescape(raw: &str) -> Cow<'_, str> {
    if raw.contains('\\') { Cow::Owned(decode(raw).collect()) } else { Cow::Borrowed(raw) }
}

/// Decodes the escapes of string content that was checked, character by character.
pub(crate) fn decode(raw: &str) -> impl Iterator<Item = char> {
    let mut chars = raw.chars();
    core::iter::from_fn(move || {
        let rest = chars.as_str();
        let char = chars.next()?;
        if char != '\\' {
            return Some(char);
        }
        let escape = escape(rest.as_bytes(), 0).ok()?;
        chars = rest.get(escape.end..)?.chars();
        Some(escape.char)
    })
}

/// The UTF-8 bytes of what [`decode`] returns.
pub(crate) fn decode_bytes(raw: &str) -> impl Iterator<Item = u8> {
    decode(raw).flat_map(|char| {
        let mut bytes = [0; 4];
        let length = char.encode_utf8(&mut bytes).len();
        bytes.into_iter().take(length)
    })
}

/// Whether an escape that was read is the way in which canonical JSON writes its character.
pub(crate) fn is_canonical_escape(raw: &[u8]) -> bool {
    match raw {
        [b'\\', b'u', b'0', b'0', b'0', low] => matches!(low, b'0'..=b'7' | b'b' | b'e' | b'f'),
        [b'\\', b'u', b'0', b'0', b'1', low] => matches!(low, b'0'..=b'9' | b'a'..=b'f'),
        [b'\\', short] => *short != b'/',
        _ => false,
    }
}

/// Reads a number with a fraction or an exponent that stands at `start`.
pub(crate) fn float(text: &str, start: usize) -> Result<f64, Error> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err(Error::at(ErrorKind::NotFinite, start).detail(text)),
    }
}
