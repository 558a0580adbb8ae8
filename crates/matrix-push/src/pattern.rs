use matrix_events::{Case, Glob};

use crate::words;

/// A compiled pattern of `event_match` or of a content rule. Plain ones allocate nothing when they are matched.
#[derive(Clone, Debug)]
pub(crate) enum Pattern {
    /// ASCII without wildcards.
    Plain(Box<str>),
    /// Anything else, out of the way of the plain ones.
    Glob(Box<Glob>),
}

impl Pattern {
    pub(crate) fn new(pattern: &str) -> Self {
        if pattern.is_ascii() && !pattern.contains(['*', '?']) {
            return Self::Plain(pattern.into());
        }
        Self::Glob(Box::new(Glob::new(pattern, Case::Unicode)))
    }

    /// Tells whether the whole of a text matches.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Plain(plain) => text.eq_ignore_ascii_case(plain),
            Self::Glob(glob) => glob.is_match(text),
        }
    }

    /// Tells whether a part of a text matches that starts and ends at a word boundary; `folded` gives the text as
    /// [`Case::Unicode`] folds it.
    pub(crate) fn is_word_match<'f>(&self, text: &str, folded: impl FnOnce() -> &'f str) -> bool {
        match self {
            // An empty pattern is in every text.
            Self::Plain(plain) => plain.is_empty() || words::contains_ascii(text, plain),
            Self::Glob(glob) => glob.is_word_match_folded(folded()),
        }
    }

    pub(crate) const fn is_plain(&self) -> bool {
        matches!(self, Self::Plain(_))
    }
}
