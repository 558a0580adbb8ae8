use alloc::string::String;

use crate::grammar::Class;

/// Says what becomes of upper-case letters in [`map_localpart`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterCase {
    /// `A` and `a` both become `a`.
    Fold,
    /// `A` becomes `_a`, and `_` becomes `__`, so that no two texts meet.
    Keep,
}

/// Maps any text to the characters of today's user ID localparts, as bridges do and servers at
/// registration.
///
/// Letters `A` to `Z` are lowered; bytes outside the grammar, and `=`, become `=` and two hexadecimal
/// digits. The result is empty only for an empty text.
///
/// Source: [mapping from other character sets](https://spec.matrix.org/v1.19/appendices/#mapping-from-other-character-sets).
///
/// ```
/// use matrix_identifiers::{LetterCase, map_localpart};
///
/// assert_eq!(map_localpart("Ren\u{e9}#1", LetterCase::Fold), "ren=c3=a9=231");
/// assert_eq!(map_localpart("A_b", LetterCase::Keep), "_a__b");
/// ```
#[must_use]
pub fn map_localpart(text: &str, case: LetterCase) -> String {
    let mut mapped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if case == LetterCase::Keep && (byte.is_ascii_uppercase() || byte == b'_') {
            mapped.push('_');
        }
        let lower = byte.to_ascii_lowercase();
        if lower != b'=' && Class::USER.contains(lower) {
            mapped.push(char::from(lower));
        } else {
            mapped.extend(['=', hex_digit(lower >> 4), hex_digit(lower & 0xF)]);
        }
    }
    mapped
}

/// The lower-case hexadecimal digit of a value below 16.
fn hex_digit(value: u8) -> char {
    char::from_digit(u32::from(value), 16).unwrap_or('0')
}
