//! Integers as Python's `int()` reads them, which is how the levels of rooms 1 to 9 have always been read.

/// How many digits Python's `int()` takes; longer text is no integer to it.
const MAX_DIGITS: usize = 4_300;

/// The zeros of Unicode's decimal digits beyond ASCII: each begins a run of ten.
#[rustfmt::skip]
const ZEROS: [u32; 65] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
    0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50,
    0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0,
    0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50,
    0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140,
    0x1e2f0, 0x1e950, 0x1fbf0,
];

/// Reads an integer as Python's `int()` does: white space around it, one sign, decimal digits of any script,
/// single underscores between digits. One that is larger than an `i64` stands at its end of the range.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let text = text.trim_matches(char::is_whitespace);
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mut level, mut count, mut after_digit) = (0i64, 0usize, false);
    for character in digits.chars() {
        if character == '_' && after_digit {
            after_digit = false;
            continue;
        }
        let digit = digit(character)?;
        level = level.saturating_mul(10);
        level = if negative { level.saturating_sub(digit) } else { level.saturating_add(digit) };
        count += 1;
        after_digit = true;
    }
    (after_digit && count <= MAX_DIGITS).then_some(level)
}

fn digit(character: char) -> Option<i64> {
    if let Some(digit) = character.to_digit(10) {
        return Some(i64::from(digit));
    }
    let code = u32::from(character);
    let before = ZEROS.partition_point(|zero| *zero <= code);
    let zero = ZEROS.get(before.checked_sub(1)?)?;
    Some(i64::from(code - zero)).filter(|digit| *digit < 10)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn reads_what_python_reads() {
        // Each answer is that of CPython 3.11.
        for (text, expected) in [
            ("5", Some(5)),
            (" \t\n\u{b}\u{c}\r5", Some(5)),
            ("\u{85}5", Some(5)),
            ("\u{a0}5", Some(5)),
            ("\u{2028}5 ", Some(5)),
            ("\u{1c}5", None),
            ("5\u{1f}", None),
            ("\u{1c}٣", None),
            ("\u{180e}5", None),
            ("\u{200b}5", None),
            ("٣", Some(3)),
            ("१२", Some(12)),
            ("1_0", Some(10)),
            ("1_0_0", Some(100)),
            ("_1", None),
            ("1_", None),
            ("1__0", None),
            ("+5", Some(5)),
            ("+ 5", None),
            ("++5", None),
            ("-0", Some(0)),
            ("-00100", Some(-100)),
            ("−5", None),
            ("", None),
            (" ", None),
            ("-", None),
            ("5.0", None),
            ("1e3", None),
            ("0x10", None),
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", Some(i64::MAX)),
            ("-9223372036854775809", Some(i64::MIN)),
        ] {
            assert_eq!(parse(text), expected, "{text:?}");
        }
        assert_eq!(parse(&"9".repeat(4_300)), Some(i64::MAX));
        assert_eq!(parse(&"9".repeat(4_301)), None);
    }
}
