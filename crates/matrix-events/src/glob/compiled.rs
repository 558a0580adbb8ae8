use std::fmt;

use super::segment::Segment;
use super::{Case, word};

/// A compiled pattern of `*`, `?` and literal characters.
///
/// ```
/// use matrix_events::{Case, Glob};
///
/// let servers = Glob::new("*.evil.example", Case::Ascii);
/// assert!(servers.is_match("A.EVIL.example") && !servers.is_match("evil.example"));
///
/// let word = Glob::new("ex*ple", Case::Unicode);
/// assert!(word.is_word_match("An EXAMPLE event.") && !word.is_word_match("an examples"));
/// ```
#[derive(Clone)]
pub struct Glob {
    case: Case,
    /// What precedes the first `*`: the whole pattern when there is none.
    head: Segment,
    /// What stands between the `*`, leaving out what is empty.
    middle: Box<[Segment]>,
    /// What follows the last `*`, if there is one.
    tail: Option<Segment>,
}

impl Glob {
    /// Compiles a pattern; every string is one.
    #[must_use]
    pub fn new(pattern: &str, case: Case) -> Self {
        Self::compile(pattern, case, true)
    }

    /// Compiles a pattern. One that no words are matched with is compiled in less time and space: its ends need no search.
    pub(super) fn compile(pattern: &str, case: Case, for_words: bool) -> Self {
        let pattern = case.fold(pattern);
        let (head, rest) = match pattern.split_once('*') {
            Some((head, rest)) => (head, Some(rest)),
            None => (&*pattern, None),
        };
        let (middle, tail) = match rest.map(|rest| rest.rsplit_once('*').unwrap_or(("", rest))) {
            Some((middle, tail)) => (middle, Some(Segment::new(tail, for_words))),
            None => ("", None),
        };
        let middle = middle.split('*').filter(|part| !part.is_empty()).map(|part| Segment::new(part, true));
        Self { case, middle: middle.collect(), head: Segment::new(head, for_words), tail }
    }

    /// Returns whether the whole of `text` matches.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.is_match_folded(&self.case.fold(text))
    }

    /// Returns whether a part of `text` matches that starts and ends at a word boundary.
    ///
    /// A boundary is the start or the end of the text and any place next to a character that is not of `A-Z`, `a-z`,
    /// `0-9` and `_`; so `@room` is found in `hi@room`. Push rules match `content.body` so.
    ///
    /// Source: [`event_match`](https://spec.matrix.org/v1.19/client-server-api/#push-rules).
    #[must_use]
    pub fn is_word_match(&self, text: &str) -> bool {
        self.is_word_match_folded(&self.case.fold(text))
    }

    /// Returns what [`Glob::is_match`] does for a text that [`Case::fold`] has folded as the pattern asks.
    ///
    /// Many patterns held against one text need it folded once.
    #[must_use]
    pub fn is_match_folded(&self, text: &str) -> bool {
        let text = text.as_bytes();
        let Some(tail) = &self.tail else { return self.head.end_at(text, 0) == Some(text.len()) };
        let ends = || Some((self.head.end_at(text, 0)?, tail.start_of_end(text)?));
        let Some((start, end)) = ends() else { return false };
        start <= end && text.get(..end).is_some_and(|text| self.middle_end(text, start).is_some())
    }

    /// Returns what [`Glob::is_word_match`] does for a text that [`Case::fold`] has folded as the pattern asks.
    #[must_use]
    pub fn is_word_match_folded(&self, text: &str) -> bool {
        let text = text.as_bytes();
        let Some(tail) = &self.tail else {
            return word::find(&self.head, text, 0, |start, end| {
                word::is_boundary(text, start) && word::is_boundary(text, end)
            })
            .is_some();
        };
        // The earliest place for each segment leaves the most to those that follow. What an empty tail ends is the text.
        let found = || {
            let start = word::find(&self.head, text, 0, |start, _| word::is_boundary(text, start))?;
            let start = self.middle_end(text, start)?;
            if tail.as_str().is_empty() {
                Some(text.len())
            } else {
                word::find(tail, text, start, |_, end| word::is_boundary(text, end))
            }
        };
        found().is_some()
    }

    /// Returns how the pattern treats upper and lower case.
    #[must_use]
    pub fn case(&self) -> Case {
        self.case
    }

    /// Returns the folded pattern when it has neither `*` nor `?`: it matches nothing else.
    #[must_use]
    pub fn as_literal(&self) -> Option<&str> {
        let head = self.head.as_str();
        (self.tail.is_none() && !head.contains('?')).then_some(head)
    }

    /// Returns the literal text with which every match starts; often empty.
    #[must_use]
    pub fn literal_prefix(&self) -> &str {
        let head = self.head.as_str();
        head.split_once('?').map_or(head, |(literal, _)| literal)
    }

    /// Returns the literal text with which every match ends; often empty.
    #[must_use]
    pub fn literal_suffix(&self) -> &str {
        let tail = self.tail.as_ref().unwrap_or(&self.head).as_str();
        tail.rsplit_once('?').map_or(tail, |(_, literal)| literal)
    }

    /// Returns where the last of the middle segments ends when they are laid out from `start` on.
    fn middle_end(&self, text: &[u8], start: usize) -> Option<usize> {
        self.middle.iter().try_fold(start, |at, segment| Some(segment.find(text, at)?.1))
    }
}

impl fmt::Display for Glob {
    /// Writes the folded pattern, `*` that follow one another as one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.head.as_str())?;
        for segment in self.middle.iter().chain(&self.tail) {
            write!(f, "*{}", segment.as_str())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Glob({:?}, {:?})", self.to_string(), self.case)
    }
}
