//! Character references, out and in.

use std::borrow::Cow;

/// Appends text as the content of an element.
pub(crate) fn push_text(out: &mut String, text: &str) {
    push(out, text, |unit| match unit {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'\r' => Some("\n"),
        b'\0' => Some("\u{fffd}"),
        _ => None,
    });
}

/// Appends text as the value of an attribute, in double quotes.
pub(crate) fn push_value(out: &mut String, value: &str) {
    push(out, value, |unit| match unit {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\r' => Some("\n"),
        b'\0' => Some("\u{fffd}"),
        _ => None,
    });
}

fn push(out: &mut String, text: &str, replacement: impl Fn(u8) -> Option<&'static str>) {
    let mut copied = 0;
    for (at, unit) in text.bytes().enumerate() {
        if let Some(replacement) = replacement(unit) {
            out.push_str(text.get(copied..at).unwrap_or_default());
            out.push_str(replacement);
            copied = at + 1;
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
}

/// The references that sanitised HTML is written with.
const REFERENCES: [(&str, char); 4] = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"')];

/// Finds which of the references that sanitised HTML is written with `text` begins with.
pub(crate) fn reference(text: &str) -> Option<(&'static str, char)> {
    REFERENCES.into_iter().find(|(reference, _)| text.starts_with(reference))
}

/// Reads text or a value of sanitised HTML.
pub(crate) fn unescape(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) =
        memchr::memchr(b'&', rest.as_bytes()).and_then(|at| rest.split_at_checked(at))
    {
        out.push_str(before);
        let (taken, unit) = reference(from).map_or((1, '&'), |(reference, unit)| (reference.len(), unit));
        out.push(unit);
        rest = from.get(taken..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}
