use memchr::memmem;

use super::Case;
use super::long::{MAX_COMPARED, Places};
use super::segment::Segment;

/// Returns whether `text` has `word` in it between word boundaries, `*` and `?` standing for themselves: a display name,
/// which no pattern should be made of. An empty word is nowhere.
///
/// Boundaries are those of [`Glob::is_word_match`](super::Glob::is_word_match).
#[must_use]
pub fn contains_word(text: &str, word: &str, case: Case) -> bool {
    let (text, word) = (case.fold(text), case.fold(word));
    let text = text.as_bytes();
    if word.len() > MAX_COMPARED {
        let mut places = Places::new(&word, None, text, 0);
        return places.any(|(start, end)| is_boundary(text, start) && is_boundary(text, end));
    }
    let word = word.as_bytes();
    let mut from = 0;
    while let Some(at) =
        text.get(from..).filter(|_| !word.is_empty()).and_then(|rest| memmem::find(rest, word))
    {
        let start = from + at;
        if is_boundary(text, start) && is_boundary(text, start + word.len()) {
            return true;
        }
        from = start + 1;
    }
    false
}

/// Returns whether a word may start or end at this place: not between two characters of words.
///
/// Characters of words are ASCII, so the bytes on both sides decide.
pub(super) fn is_boundary(text: &[u8], at: usize) -> bool {
    let is_word = |at: Option<usize>| {
        at.and_then(|at| text.get(at)).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
    };
    !(is_word(at.checked_sub(1)) && is_word(Some(at)))
}

/// Returns where the first occurrence ends, from `from` on, whose start and end are accepted.
pub(super) fn find(
    segment: &Segment,
    text: &[u8],
    from: usize,
    accept: impl Fn(usize, usize) -> bool,
) -> Option<usize> {
    segment.occurrences(text, from).find(|(start, end)| accept(*start, *end)).map(|(_, end)| end)
}
