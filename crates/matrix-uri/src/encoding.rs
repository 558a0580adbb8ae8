//! Which characters a URI holds bare, and percent-encoding both ways.
//!
//! Source: [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986), section 2 and appendix A, and
//! [RFC 3987](https://www.rfc-editor.org/rfc/rfc3987), section 2.2, which MSC2312 builds on.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::Error;
use crate::slices::{contains, offset};

/// All but the characters of a path segment (`pchar`): unreserved ones, sub-delimiters, `:` and `@`.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// What is also encoded within a query item: its delimiters, and `+`, which is literal in Matrix but a space
/// to readers of HTML forms.
const ITEM: &AsciiSet = &SEGMENT.add(b'&').add(b'=').add(b'+');

/// Writes an identifier, or a part of one, as a path segment.
pub(crate) fn write_segment(out: &mut impl fmt::Write, text: &str) -> fmt::Result {
    utf8_percent_encode(text, SEGMENT).try_for_each(|part| out.write_str(part))
}

/// Writes the name or the value of a query item.
pub(crate) fn write_item(out: &mut impl fmt::Write, text: &str) -> fmt::Result {
    utf8_percent_encode(text, ITEM).try_for_each(|part| out.write_str(part))
}

/// A place where bare characters stand, by what it may hold.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Place {
    /// Path segments and the slashes between them.
    Path,
    /// Authority, query and fragment. Brackets, which the grammar has in authorities only, are read in all of them,
    /// for the sake of `via=[::1]`; private-use characters are those of an IRI's query.
    Other,
}

/// Refuses the first character of `part` that a URI or IRI cannot hold bare in this place.
pub(crate) fn check(whole: &str, part: &str, place: Place) -> Result<(), Error> {
    // Without a look at where it is: nearly always there is none.
    let found = part.bytes().fold(0, |found, byte| found | class(byte));
    let refused = match place {
        Place::Path => NEVER | BRACKET,
        Place::Other => NEVER,
    };
    if found & (refused | BEYOND_ASCII) == 0 { Ok(()) } else { check_each(whole, part, place, refused) }
}

#[cold]
fn check_each(whole: &str, part: &str, place: Place, refused: u8) -> Result<(), Error> {
    let wrong = part.char_indices().find(|(_, character)| match u8::try_from(*character) {
        Ok(byte) if byte.is_ascii() => class(byte) & refused != 0,
        _ => !in_iri(*character, place),
    });
    match wrong {
        None => Ok(()),
        Some((at, character)) => Err(Error::InvalidCharacter { offset: offset(whole, part) + at, character }),
    }
}

/// Characters that are encoded everywhere.
const NEVER: u8 = 1;
const BRACKET: u8 = 2;
const BEYOND_ASCII: u8 = 4;

fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(BEYOND_ASCII)
}

/// The class of each byte; 0 for what paths and queries may hold, `%` and the delimiters included.
static CLASSES: [u8; 256] = classes();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time, where a bad index is a build error")]
const fn classes() -> [u8; 256] {
    let mut table = [BEYOND_ASCII; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = if byte.is_ascii_alphanumeric() { 0 } else { NEVER };
        byte += 1;
    }
    let others = b"-._~!$&'()*+,;=:@/?#%";
    let mut at = 0;
    while at < others.len() {
        table[others[at] as usize] = 0;
        at += 1;
    }
    table[b'[' as usize] = BRACKET;
    table[b']' as usize] = BRACKET;
    table
}

/// Tells whether an IRI may hold the character, which is beyond ASCII: `ucschar`, and `iprivate` in a query.
fn in_iri(character: char, place: Place) -> bool {
    let code = u32::from(character);
    match code {
        0xA0..=0xD7FF | 0xF900..=0xFDCF | 0xFDF0..=0xFFEF => true,
        // The last two of each plane are no characters.
        0x1_0000..=0xD_FFFF | 0xE_1000..=0xE_FFFF => code & 0xFFFF < 0xFFFE,
        0xE000..=0xF8FF => place == Place::Other,
        0xF_0000.. => place == Place::Other && code & 0xFFFF < 0xFFFE,
        _ => false,
    }
}

/// Decodes a part of `whole` that may be percent-encoded. `+` stands for itself.
pub(crate) fn decode<'a>(whole: &str, part: &'a str) -> Result<Cow<'a, str>, Error> {
    if !contains(part, b'%') {
        return Ok(Cow::Borrowed(part));
    }
    let bytes = part.as_bytes();
    let is_code =
        |at| bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    if let Some(at) = (0..bytes.len()).find(|at| bytes.get(*at) == Some(&b'%') && !is_code(*at)) {
        return Err(Error::InvalidPercentEncoding { offset: offset(whole, part) + at });
    }
    percent_decode_str(part).decode_utf8().map_err(|_| Error::InvalidUtf8 { offset: offset(whole, part) })
}

/// Decodes an identifier whose sigil the URI leaves out.
pub(crate) fn decode_after(sigil: char, whole: &str, part: &str) -> Result<String, Error> {
    if part.is_empty() {
        return Err(Error::MissingIdentifier { offset: offset(whole, part) });
    }
    let decoded = decode(whole, part)?;
    let mut identifier = String::with_capacity(decoded.len() + 1);
    identifier.push(sigil);
    identifier.push_str(&decoded);
    Ok(identifier)
}

/// Reads a decoded identifier; `part` is where it came from.
pub(crate) fn read<T>(whole: &str, part: &str, identifier: String) -> Result<T, Error>
where
    T: TryFrom<String, Error = matrix_identifiers::Error>,
{
    T::try_from(identifier).map_err(|source| Error::InvalidIdentifier { offset: offset(whole, part), source })
}
