//! Integers as Python's `int()` reads them out of strings: what rooms 1 to 9 take for power levels.

/// Reads an integer as Python's `int(text)` does: white space around it, a sign, decimal digits with single
/// underscores between them, leading zeros. Digits and white space of all scripts count, as they do there.
///
/// What lies beyond `i64` becomes the end of that range. (Python 3.11 and later refuse more than 4,300 digits;
/// this does not.)
pub(crate) fn parse(text: &str) -> Option<i64> {
    let text = text.trim_matches(is_space);
    let (negative, digits) = match text.strip_prefix(['+', '-']) {
        Some(digits) => (text.starts_with('-'), digits),
        None => (false, text),
    };
    let mut level = 0_i64;
    let mut after_digit = false;
    for character in digits.chars() {
        if character == '_' && after_digit {
            after_digit = false;
            continue;
        }
        let digit = decimal(character)?;
        level = level.saturating_mul(10).saturating_add(if negative { -digit } else { digit });
        after_digit = true;
    }
    after_digit.then_some(level)
}

/// Tells whether `int()` strips the character. U+001C to U+001F, which `str.isspace()` counts, are not.
fn is_space(character: char) -> bool {
    matches!(
        character,
        '\t'..='\r' | ' ' | '\u{85}' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{2028}' | '\u{2029}'
            | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
}

/// Returns the value of a decimal digit.
fn decimal(character: char) -> Option<i64> {
    if character.is_ascii() {
        return character.to_digit(10).map(i64::from);
    }
    let after = ZEROS.partition_point(|zero| *zero <= character);
    let zero = ZEROS.get(after.checked_sub(1)?)?;
    let value = u32::from(character) - u32::from(*zero);
    (value < 10).then_some(i64::from(value))
}

/// The zero of each script that has decimal digits (general category `Nd`), beside that of ASCII. The other nine
/// follow it. Unicode 14.0.0, that of Python 3.11.
#[rustfmt::skip]
const ZEROS: [char; 65] = [
    '\u{660}', '\u{6F0}', '\u{7C0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{B66}',
    '\u{BE6}', '\u{C66}', '\u{CE6}', '\u{D66}', '\u{DE6}', '\u{E50}', '\u{ED0}', '\u{F20}',
    '\u{1040}', '\u{1090}', '\u{17E0}', '\u{1810}', '\u{1946}', '\u{19D0}', '\u{1A80}', '\u{1A90}',
    '\u{1B50}', '\u{1BB0}', '\u{1C40}', '\u{1C50}', '\u{A620}', '\u{A8D0}', '\u{A900}', '\u{A9D0}',
    '\u{A9F0}', '\u{AA50}', '\u{ABF0}', '\u{FF10}', '\u{104A0}', '\u{10D30}', '\u{11066}',
    '\u{110F0}', '\u{11136}', '\u{111D0}', '\u{112F0}', '\u{11450}', '\u{114D0}', '\u{11650}',
    '\u{116C0}', '\u{11730}', '\u{118E0}', '\u{11950}', '\u{11C50}', '\u{11D50}', '\u{11DA0}',
    '\u{16A60}', '\u{16AC0}', '\u{16B50}', '\u{1D7CE}', '\u{1D7D8}', '\u{1D7E2}', '\u{1D7EC}',
    '\u{1D7F6}', '\u{1E140}', '\u{1E2F0}', '\u{1E950}', '\u{1FBF0}',
];
