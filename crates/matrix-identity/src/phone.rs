//! Phone numbers.

use crate::Error;

/// The most digits that a phone number has (E.164).
pub const MAX_PHONE_DIGITS: usize = 15;

/// Reads an international phone number as people write it, and returns its digits (an MSISDN): `+44 20 7946 0958` is
/// `442079460958`.
///
/// A `+` may stand in front; spaces, hyphens and dashes, dots, slashes and parentheses may stand between digits. A
/// number that begins with 0 is none: it lacks its country's code, or has a prefix for calls abroad, and which country
/// that is from is not known here.
///
/// Source: [phone numbers](https://spec.matrix.org/v1.19/appendices/#pstn-phone-numbers); E.164.
///
/// # Errors
///
/// [`Error::InvalidPhoneNumber`] for any other character, a leading 0, no digit, or more than 15.
pub fn msisdn(number: &str) -> Result<String, Error> {
    let number = number.trim();
    let number = number.strip_prefix('+').unwrap_or(number);
    let mut digits = String::new();
    for character in number.chars() {
        match character {
            '0'..='9' if digits.len() == MAX_PHONE_DIGITS => return invalid("more than 15 digits"),
            '0' if digits.is_empty() => return invalid("a leading 0 instead of a country code"),
            '0'..='9' => digits.push(character),
            ' ' | '\u{A0}' | '\u{202F}' | '-' | '\u{2010}'..='\u{2015}' | '.' | '/' | '(' | ')' => {}
            _ => return invalid("a character that is neither digit nor separator"),
        }
    }
    if digits.is_empty() { invalid("no digits") } else { Ok(digits) }
}

fn invalid(reason: &'static str) -> Result<String, Error> {
    Err(Error::InvalidPhoneNumber(reason))
}
