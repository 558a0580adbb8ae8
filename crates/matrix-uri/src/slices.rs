//! Cutting a text into slices of itself, and finding out where they were.

/// Splits at the first delimiter, which is ASCII. Where there is none, the second half is the empty end of `text`.
pub(crate) fn cut(text: &str, delimiter: u8) -> (&str, &str) {
    let found = if contains(text, delimiter) { split(text, delimiter) } else { None };
    found.unwrap_or_else(|| text.split_at(text.len()))
}

/// Splits at the first delimiter, which is ASCII.
pub(crate) fn split(text: &str, delimiter: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == delimiter)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// Splits at every delimiter, which is ASCII, as `str::split` does, but is quicker where the pieces are short.
pub(crate) fn pieces(text: &str, delimiter: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    core::iter::from_fn(move || {
        let text = rest?;
        let (piece, after) =
            split(text, delimiter).map_or((text, None), |(piece, after)| (piece, Some(after)));
        rest = after;
        Some(piece)
    })
}

/// Tells whether an ASCII byte occurs. Most parts are a few dozen bytes, in which a loop that looks at all of them is
/// quicker than one that stops.
pub(crate) fn contains(text: &str, byte: u8) -> bool {
    text.bytes().fold(false, |found, other| found | (other == byte))
}

/// Returns where `part`, which is a slice of `whole`, starts in it.
pub(crate) fn offset(whole: &str, part: &str) -> usize {
    part.as_ptr().addr().wrapping_sub(whole.as_ptr().addr())
}
