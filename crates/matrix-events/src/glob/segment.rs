use memchr::memmem::Finder;

use super::long::{MAX_COMPARED, Places};

/// What stands between two `*` of a pattern: literal text in which `?` is any one character.
///
/// Texts and segments are UTF-8 and positions are those between characters, so that bytes can be compared.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    text: Box<str>,
    /// The prepared search, where there is something to search for and no `?` in it.
    finder: Option<Finder<'static>>,
}

impl Segment {
    /// Reads text without `*`. A segment that is only ever compared in one place needs no prepared search.
    pub(super) fn new(text: &str, searched: bool) -> Self {
        let literal = searched && !text.is_empty() && !text.contains('?');
        Self { text: text.into(), finder: literal.then(|| Finder::new(text).into_owned()) }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns where the segment ends when it stands at `start`.
    pub(super) fn end_at(&self, text: &[u8], start: usize) -> Option<usize> {
        let mut at = start;
        for &byte in self.text.as_bytes() {
            let found = *text.get(at)?;
            at += match byte {
                b'?' => character_bytes(found),
                _ if found == byte => 1,
                _ => return None,
            };
        }
        Some(at)
    }

    /// Returns where the segment starts when it ends at the end of `text`.
    pub(super) fn start_of_end(&self, text: &[u8]) -> Option<usize> {
        let mut at = text.len();
        for &byte in self.text.as_bytes().iter().rev() {
            at = at.checked_sub(1)?;
            let mut found = *text.get(at)?;
            if byte == b'?' {
                while is_continuation(found) {
                    at = at.checked_sub(1)?;
                    found = *text.get(at)?;
                }
            } else if found != byte {
                return None;
            }
        }
        Some(at)
    }

    /// Returns where the first occurrence from `from` on starts and ends.
    pub(super) fn find(&self, text: &[u8], from: usize) -> Option<(usize, usize)> {
        if let Some(finder) = &self.finder {
            let start = from + finder.find(text.get(from..)?)?;
            return Some((start, start + self.text.len()));
        }
        if self.is_long() {
            return self.places(text, from).next();
        }
        let mut start = from;
        loop {
            if let Some(end) = self.end_at(text, start) {
                return Some((start, end));
            }
            start = next(text, start)?;
        }
    }

    /// Goes through the occurrences from `from` on, those that overlap too: where each starts and ends.
    pub(super) fn occurrences<'a>(
        &'a self,
        text: &'a [u8],
        from: usize,
    ) -> impl Iterator<Item = (usize, usize)> + 'a {
        let mut places = self.is_long().then(|| self.places(text, from));
        let mut from = Some(from);
        std::iter::from_fn(move || {
            if let Some(places) = &mut places {
                return places.next();
            }
            let found = self.find(text, from?)?;
            from = next(text, found.0);
            Some(found)
        })
    }

    fn is_long(&self) -> bool {
        self.text.len() > MAX_COMPARED
    }

    fn places<'a>(&self, text: &'a [u8], from: usize) -> Places<'a> {
        Places::new(&self.text, Some('?'), text, from)
    }
}

/// Returns the position after the character at `at`, or none at the end.
pub(super) fn next(text: &[u8], at: usize) -> Option<usize> {
    Some(at + character_bytes(*text.get(at)?))
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// Returns the length of the character that starts with this byte.
fn character_bytes(first: u8) -> usize {
    match first {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    }
}
