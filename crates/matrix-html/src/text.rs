use std::borrow::Cow;

use crate::{Clean, Tag, escape, url, write::push_end_tag};

/// Makes HTML of plain text, such as a `body`: markup is escaped, lines end with `<br>`.
///
/// ```
/// use matrix_html::from_plain_text;
///
/// assert_eq!(from_plain_text("1 < 2\nis true").as_str(), "1 &lt; 2<br>is true");
/// assert!(from_plain_text("nothing to do").is_unchanged());
/// ```
pub fn from_plain_text(text: &str) -> Clean<'_> {
    if !text.bytes().any(|unit| matches!(unit, b'&' | b'<' | b'>' | b'\n' | b'\r' | b'\0')) {
        return Clean::from_sanitized(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    push_lines(&mut out, text);
    Clean::from_sanitized(Cow::Owned(out))
}

/// Makes HTML of plain text as [`from_plain_text`] does, and links of the `http` and `https` URLs in it.
///
/// A URL goes on to the next white space, quotation mark or angle bracket; punctuation at its end, and a bracket
/// that was opened before it, are not part of it.
///
/// ```
/// use matrix_html::from_plain_text_with_links;
///
/// let html = from_plain_text_with_links("see https://a.org/?a&b.");
/// let link = r#"<a href="https://a.org/?a&amp;b">https://a.org/?a&amp;b</a>"#;
/// assert_eq!(html.as_str(), format!("see {link}."));
/// ```
pub fn from_plain_text_with_links(text: &str) -> Clean<'_> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, url, after)) = split_at_url(rest) {
        push_lines(&mut out, before);
        out.push_str("<a href=\"");
        escape::push_value(&mut out, url);
        out.push_str("\">");
        escape::push_text(&mut out, url);
        push_end_tag(&mut out, Tag::A);
        rest = after;
    }
    if out.is_empty() {
        return from_plain_text(text);
    }
    push_lines(&mut out, rest);
    Clean::from_sanitized(Cow::Owned(out))
}

fn push_lines(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(end) = rest.find(['\n', '\r']) {
        let (line, from) = rest.split_at_checked(end).unwrap_or((rest, ""));
        escape::push_text(out, line);
        out.push_str("<br>");
        let taken = if from.starts_with("\r\n") { 2 } else { 1 };
        rest = from.get(taken..).unwrap_or_default();
    }
    escape::push_text(out, rest);
}

/// Finds the first URL; returns what is before it, the URL, and what is after it.
fn split_at_url(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(at) = text.get(from..)?.find("://").map(|at| from + at) {
        let (head, tail) = text.split_at_checked(at)?;
        let scheme = head.len() - head.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        let name = head.get(scheme..)?;
        let is_web = name.eq_ignore_ascii_case("http") || name.eq_ignore_ascii_case("https");
        // What has no host is not read to its end: there may be another such thing right after it.
        if is_web && url::is_permitted_link(text.get(scheme..)?, false) {
            let ends =
                |unit: char| unit.is_whitespace() || unit.is_control() || matches!(unit, '<' | '>' | '"');
            let length = tail.find(ends).unwrap_or(tail.len());
            let url = without_punctuation(text.get(scheme..at + length)?);
            if url::is_permitted_link(url, false) {
                let end = scheme + url.len();
                return Some((text.get(..scheme)?, url, text.get(end..)?));
            }
        }
        from = at + "://".len();
    }
    None
}

fn without_punctuation(url: &str) -> &str {
    const BRACKETS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];
    let count = |wanted: char| url.chars().filter(|unit| *unit == wanted).count();
    // How many brackets of each kind are closed and were not opened. None of what is cut off opens one.
    let mut unopened = BRACKETS.map(|(opening, closing)| count(closing).saturating_sub(count(opening)));
    url.trim_end_matches(|last: char| match BRACKETS.iter().position(|(_, closing)| *closing == last) {
        None => matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_'),
        Some(kind) => unopened.get_mut(kind).is_some_and(|unopened| {
            let is_unopened = *unopened > 0;
            *unopened -= usize::from(is_unopened);
            is_unopened
        }),
    })
}
