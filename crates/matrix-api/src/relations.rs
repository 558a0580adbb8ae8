//! Going through the events that relate to one, page by page.

use serde::{Deserialize, Serialize};

/// How many pages are asked for: a server whose pages never end is not asked for ever.
pub const MAX_RELATION_PAGES: u32 = 10_000;

/// Where a server's page ends, in the response of `/relations` and of others like it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageEnd {
    /// Where to go on; when it is missing, there is nothing more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_batch: Option<String>,
    /// Where to go back to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prev_batch: Option<String>,
}

/// The way through the events that relate to one.
///
/// Tokens of `/sync` and `/messages` may be the beginning or the end (MSC2675).
///
/// Source: MSC2675;
/// [`/relations`](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidrelationseventid).
///
/// ```
/// use matrix_api::{PageEnd, RelationPages};
///
/// let mut next = RelationPages::new(None, None);
/// let mut answers = [Some("page2"), Some("page3"), None].into_iter();
/// let mut asked = Vec::new();
/// while let RelationPages::Ask(page) = next {
///     asked.push(page.from().map(str::to_owned));
///     let next_batch = answers.next().flatten().map(str::to_owned);
///     next = page.answer(&PageEnd { next_batch, prev_batch: None });
/// }
/// assert_eq!(asked, [None, Some("page2".to_owned()), Some("page3".to_owned())]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RelationPages {
    /// Ask for this page.
    Ask(RelationPage),
    /// There is nothing more.
    Done,
    /// The server's pages lead to themselves, or are too many. What came so far is not all.
    Endless,
}

/// The next page to ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationPage {
    from: Option<String>,
    to: Option<String>,
    asked: u32,
}

impl RelationPages {
    /// Begins: from a token, or the newest event, to another token, or the oldest event.
    #[must_use]
    pub fn new(from: Option<String>, to: Option<String>) -> Self {
        Self::Ask(RelationPage { from, to, asked: 0 })
    }
}

impl RelationPage {
    /// Returns the parameter `from`.
    #[must_use]
    pub fn from(&self) -> Option<&str> {
        self.from.as_deref()
    }

    /// Returns the parameter `to`.
    #[must_use]
    pub fn to(&self) -> Option<&str> {
        self.to.as_deref()
    }

    /// Takes where the page ends. A page without events is no end: only the missing token is.
    #[must_use]
    pub fn answer(self, end: &PageEnd) -> RelationPages {
        let asked = self.asked.saturating_add(1);
        match &end.next_batch {
            None => RelationPages::Done,
            Some(next) if self.from.as_ref() == Some(next) || asked >= MAX_RELATION_PAGES => {
                RelationPages::Endless
            }
            Some(next) if self.to.as_ref() == Some(next) => RelationPages::Done,
            Some(next) => RelationPages::Ask(Self { from: Some(next.clone()), to: self.to, asked }),
        }
    }
}
