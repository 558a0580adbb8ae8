use std::{borrow::Cow, fmt};

use crate::{Events, escape};

/// HTML that has been sanitised: nothing in it is off the list, every element has its end tag, and every parser
/// reads it alike.
///
/// ```
/// let clean = matrix_html::Sanitizer::new().clean("1 <i>&lt;</i> 2<script>x()</script>");
/// assert_eq!(clean.as_str(), "1 <i>&lt;</i> 2");
/// assert_eq!(clean.to_plain_text(), "1 < 2");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clean<'a>(Cow<'a, str>);

impl<'a> Clean<'a> {
    pub(crate) const fn from_sanitized(html: Cow<'a, str>) -> Self {
        Self(html)
    }

    /// Makes HTML of text that is to be shown on one line.
    ///
    /// For line breaks and links see [`from_plain_text`](crate::from_plain_text).
    pub fn from_text(text: &str) -> Clean<'static> {
        let mut out = String::with_capacity(text.len());
        escape::push_text(&mut out, text);
        Clean(Cow::Owned(out))
    }

    /// Returns the HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Tells whether this is what was sanitised, unchanged.
    pub const fn is_unchanged(&self) -> bool {
        matches!(self.0, Cow::Borrowed(_))
    }

    /// Returns the HTML, borrowed if nothing had to change.
    pub fn into_cow(self) -> Cow<'a, str> {
        self.0
    }

    /// Returns the HTML, copied if nothing had to change.
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }

    /// Goes through the HTML from start to end: start tags, text, end tags.
    pub fn events(&self) -> Events<'_> {
        Events::new(&self.0)
    }
}

impl fmt::Display for Clean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Clean<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}
