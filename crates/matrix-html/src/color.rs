//! Colours: `#rrggbb` in Matrix, and the other spellings of them that `<font color>` knows.

use std::borrow::Cow;

/// The colours that HTML 4 has names for.
const NAMES: [(&str, &str); 16] = [
    ("aqua", "#00ffff"),
    ("black", "#000000"),
    ("blue", "#0000ff"),
    ("fuchsia", "#ff00ff"),
    ("gray", "#808080"),
    ("green", "#008000"),
    ("lime", "#00ff00"),
    ("maroon", "#800000"),
    ("navy", "#000080"),
    ("olive", "#808000"),
    ("purple", "#800080"),
    ("red", "#ff0000"),
    ("silver", "#c0c0c0"),
    ("teal", "#008080"),
    ("white", "#ffffff"),
    ("yellow", "#ffff00"),
];

/// Returns a colour as `#rrggbb`; `None` where it is none.
pub(crate) fn to_hex(value: &str) -> Option<Cow<'_, str>> {
    match value.strip_prefix('#') {
        Some(digits) if is_hex(digits, 6) => Some(Cow::Borrowed(value)),
        Some(digits) if is_hex(digits, 3) => {
            let doubled = digits.chars().flat_map(|digit| [digit, digit]);
            Some(Cow::Owned(std::iter::once('#').chain(doubled).collect()))
        }
        Some(_) => None,
        None => NAMES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(value))
            .map(|(_, hex)| Cow::Borrowed(*hex)),
    }
}

/// Tells whether a value has the form of a colour: `#` and three or six digits, or a name.
pub(crate) fn is_color(value: &str) -> bool {
    match value.strip_prefix('#') {
        Some(digits) => is_hex(digits, 3) || is_hex(digits, 6),
        None => !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphabetic()),
    }
}

fn is_hex(digits: &str, count: usize) -> bool {
    digits.len() == count && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}
