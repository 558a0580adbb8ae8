//! The text of a double as Python's `repr` writes it, which is what `json.dumps` uses.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Appends a finite double as Python writes it.
///
/// The layout is positional with at least one decimal from 1e-4 up to 1e16, and otherwise has an exponent with its
/// sign and at least two digits.
pub(crate) fn write_float(value: f64, out: &mut Vec<u8>) {
    let scientific = shortest(value);
    let (sign, unsigned) = match scientific.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", scientific.as_str()),
    };
    let (mantissa, exponent) = unsigned.split_once('e').unwrap_or((unsigned, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (first, rest) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    out.extend_from_slice(sign.as_bytes());
    match usize::try_from(exponent) {
        Ok(shift) if shift < 16 => positional(first, rest, shift, out),
        Err(_) if exponent >= -4 => small(first, rest, exponent, out),
        _ => {
            out.extend_from_slice(first.as_bytes());
            if !rest.is_empty() {
                out.push(b'.');
                out.extend_from_slice(rest.as_bytes());
            }
            let sign = if exponent < 0 { '-' } else { '+' };
            out.extend_from_slice(format!("e{sign}{:02}", exponent.unsigned_abs()).as_bytes());
        }
    }
}

/// Returns the shortest digits that read back as the same double, and among those the nearest to it, as
/// `-1.2345e-7` or `1e22`.
///
/// When two are equally near, Python takes the one with an even last digit, as rounding to that many digits does, and
/// Rust's shortest form may be the other one. Near a power of two the rounded digits may not read back; then the
/// shortest ones stand.
fn shortest(value: f64) -> String {
    let shortest = format!("{value:e}");
    let digits = shortest.split('e').next().unwrap_or_default().bytes().filter(u8::is_ascii_digit).count();
    let rounded = format!("{value:.*e}", digits.saturating_sub(1));
    if rounded.parse() == Ok(value) { rounded } else { shortest }
}

/// Moves the point of `first.rest` to the right by `shift` digits.
fn positional(first: &str, rest: &str, shift: usize, out: &mut Vec<u8>) {
    let (whole, fraction) = rest.split_at_checked(shift).unwrap_or((rest, ""));
    out.extend_from_slice(first.as_bytes());
    out.extend_from_slice(whole.as_bytes());
    out.extend(core::iter::repeat_n(b'0', shift - whole.len()));
    out.push(b'.');
    out.extend_from_slice(if fraction.is_empty() { b"0" } else { fraction.as_bytes() });
}

/// Writes `first.rest` times ten to the power of -1 to -4.
fn small(first: &str, rest: &str, exponent: i32, out: &mut Vec<u8>) {
    out.extend_from_slice(b"0.");
    out.extend((1..exponent.unsigned_abs()).map(|_| b'0'));
    out.extend_from_slice(first.as_bytes());
    out.extend_from_slice(rest.as_bytes());
}

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use alloc::vec::Vec;

    fn repr(text: &str) -> String {
        let mut out = Vec::new();
        super::write_float(text.parse().unwrap(), &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn layout_follows_python() {
        for (text, expected) in [
            ("0", "0.0"),
            ("-0.0", "-0.0"),
            ("1", "1.0"),
            ("1e2", "100.0"),
            ("123.456", "123.456"),
            ("1e15", "1000000000000000.0"),
            ("1234567890123456.7", "1234567890123456.8"),
            ("1e16", "1e+16"),
            ("1.5e300", "1.5e+300"),
            ("0.1", "0.1"),
            ("0.00012", "0.00012"),
            ("0.000012", "1.2e-05"),
            ("1e-7", "1e-07"),
            ("5e-324", "5e-324"),
            ("-2.5", "-2.5"),
        ] {
            assert_eq!(repr(text), expected);
        }
    }

    #[test]
    fn of_two_equally_near_forms_the_even_one_is_taken() {
        assert_eq!(repr("907988436156256.25"), "907988436156256.2");
        assert_eq!(repr("907988436156256.75"), "907988436156256.8");
        assert_eq!(repr("9007199254740993.0"), "9007199254740992.0");
        assert_eq!(repr("5.684341886080802e-14"), "5.684341886080802e-14");
    }
}
