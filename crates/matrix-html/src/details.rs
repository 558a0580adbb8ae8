use std::borrow::Cow;

use crate::{
    Clean, Event, Tag,
    spoiler::{content_of, owned},
};

/// A part of a message that folds up to its summary (MSC2184).
///
/// ```
/// use matrix_html::{Clean, Details};
///
/// let details = Details::new(Clean::from_text("log"), Clean::from_text("line 1"));
/// let html = details.to_html();
/// assert_eq!(html.as_str(), "<details><summary>log</summary>line 1</details>");
/// assert_eq!(html.details(), [details]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details<'a> {
    summary: Clean<'a>,
    content: Clean<'a>,
}

impl<'a> Details<'a> {
    /// Puts a summary and what it sums up together.
    pub const fn new(summary: Clean<'a>, content: Clean<'a>) -> Self {
        Self { summary, content }
    }

    /// Returns the summary, empty if there is none.
    pub const fn summary(&self) -> &Clean<'a> {
        &self.summary
    }

    /// Returns what it sums up.
    pub const fn content(&self) -> &Clean<'a> {
        &self.content
    }

    /// Writes both for a `formatted_body`.
    pub fn to_html(&self) -> Clean<'static> {
        let (summary, content) = (&self.summary, &self.content);
        owned(format!("<details><summary>{summary}</summary>{content}</details>"))
    }
}

impl Clean<'_> {
    /// Finds the parts that fold up. One within another is part of the outer one's content.
    pub fn details(&self) -> Vec<Details<'_>> {
        let (mut found, mut events) = (Vec::new(), self.events());
        while let Some(event) = events.next() {
            if matches!(event, Event::Start(element) if element.tag() == Tag::Details) {
                found.push(split(content_of(&mut events)));
            }
        }
        found
    }
}

/// Takes the summary out of what `details` holds: the first one that stands directly in it.
fn split(inner: Clean<'_>) -> Details<'_> {
    let Cow::Borrowed(html) = inner.into_cow() else {
        return Details::new(Clean::default(), Clean::default());
    };
    let inner = Clean::from_sanitized(Cow::Borrowed(html));
    let (mut depth, mut start) = (0_usize, 0);
    let mut events = crate::Events::new(html);
    while let Some(event) = events.next() {
        match event {
            Event::Start(element) if depth == 0 && element.tag() == Tag::Summary => {
                let summary = content_of(&mut events);
                let (before, after) = (html.get(..start), html.get(events.at()..));
                let content = match (before.unwrap_or_default(), after.unwrap_or_default()) {
                    ("", after) => Cow::Borrowed(after),
                    (before, after) => Cow::Owned([before, after].concat()),
                };
                return Details::new(summary, Clean::from_sanitized(content));
            }
            Event::Start(element) if !element.tag().is_void() => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        start = events.at();
    }
    Details::new(Clean::default(), inner)
}
