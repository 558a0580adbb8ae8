//! Looking for words, whatever the case of their letters.

use matrix_events::{Case, glob::contains_word};
use memchr::memchr2_iter;

/// Tells whether `word` stands in `text` from one word boundary to another. Nothing in it is a wildcard.
///
/// Source: [Conditions](https://spec.matrix.org/v1.19/client-server-api/#conditions-1).
pub(crate) fn contains(text: &str, word: &str) -> bool {
    match word.is_ascii() {
        true => contains_ascii(text, word),
        false => contains_word(text, word, Case::Unicode),
    }
}

/// The longest word, in bytes, that is compared at place after place. A long one takes a search that is made for it.
const MAX_COMPARED: usize = 256;

/// The same for words of ASCII letters; allocates nothing unless the word is very long.
pub(crate) fn contains_ascii(text: &str, word: &str) -> bool {
    if word.len() > MAX_COMPARED {
        return contains_word(text, word, Case::Ascii);
    }
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let (Some(first), Some(last)) = (word.first(), word.last()) else { return false };
    let is_boundary = |inner: &u8, outer: Option<&u8>| !(is_word(inner) && outer.is_some_and(is_word));
    memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text).any(|start| {
        let end = start + word.len();
        text.get(start..end).is_some_and(|part| part.eq_ignore_ascii_case(word))
            && is_boundary(first, start.checked_sub(1).and_then(|at| text.get(at)))
            && is_boundary(last, text.get(end))
    })
}

fn is_word(unit: &u8) -> bool {
    unit.is_ascii_alphanumeric() || *unit == b'_'
}
