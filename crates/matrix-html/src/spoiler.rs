use std::borrow::Cow;

use crate::{Attribute, Clean, Event, Events, Sanitizer, Tag, escape, write::push_end_tag};

/// A part of a message that is hidden until the reader asks for it (MSC2010, MSC2557).
///
/// Source: [Spoiler messages](https://spec.matrix.org/v1.19/client-server-api/#spoiler-messages).
///
/// ```
/// use matrix_html::{Clean, Sanitizer, Spoiler, spoiler_fallback};
///
/// let spoiler = Spoiler::new(Clean::from_text("She <lives>")).with_reason("the end");
/// let html = spoiler.to_html();
/// assert_eq!(html.as_str(), r#"<span data-mx-spoiler="the end">She &lt;lives&gt;</span>"#);
/// assert_eq!(html.spoilers(), [spoiler]);
///
/// // The `body`, with the text uploaded, and without:
/// let uploaded = spoiler_fallback(Some("the end"), Some("mxc://example.org/abc"));
/// assert_eq!(uploaded, "[Spoiler for the end](mxc://example.org/abc)");
/// assert_eq!(html.to_plain_text(), "[Spoiler for the end]");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoiler<'a> {
    reason: Option<Cow<'a, str>>,
    content: Clean<'a>,
}

impl<'a> Spoiler<'a> {
    /// Hides a content, without a reason.
    pub const fn new(content: Clean<'a>) -> Self {
        Self { reason: None, content }
    }

    /// Says why it is hidden. An empty reason is none.
    #[must_use]
    pub fn with_reason(self, reason: impl Into<Cow<'a, str>>) -> Self {
        Self { reason: Some(reason.into()).filter(|reason| !reason.is_empty()), ..self }
    }

    /// Returns why the content is hidden, as text: to be escaped where it becomes part of HTML.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// Returns what is hidden.
    pub const fn content(&self) -> &Clean<'a> {
        &self.content
    }

    /// Writes the spoiler for a `formatted_body`.
    pub fn to_html(&self) -> Clean<'static> {
        let mut html = String::from("<span data-mx-spoiler");
        if let Some(reason) = &self.reason {
            html.push_str("=\"");
            escape::push_value(&mut html, reason);
            html.push('"');
        }
        html.push('>');
        html.push_str(self.content.as_str());
        push_end_tag(&mut html, Tag::Span);
        owned(html)
    }
}

/// Writes what the recommended `body` has in the place of a spoiler: a link to the text in the media repository.
///
/// Without a link there is only the reason: the `body` is shown in notifications, so the text is not for it.
///
/// Source: [Spoiler messages](https://spec.matrix.org/v1.19/client-server-api/#spoiler-messages), MSC2557.
pub fn spoiler_fallback(reason: Option<&str>, uploaded: Option<&str>) -> String {
    let mut fallback = String::from("[Spoiler");
    if let Some(reason) = reason.filter(|reason| !reason.is_empty()) {
        fallback.push_str(" for ");
        fallback.push_str(reason);
    }
    fallback.push(']');
    if let Some(uri) = uploaded {
        fallback.push('(');
        fallback.push_str(uri);
        fallback.push(')');
    }
    fallback
}

impl Clean<'_> {
    /// Finds the spoilers. One within another is part of the outer one's content.
    pub fn spoilers(&self) -> Vec<Spoiler<'_>> {
        let (mut found, mut events) = (Vec::new(), self.events());
        while let Some(event) = events.next() {
            let Event::Start(element) = event else { continue };
            if let Some(reason) = element.attribute(Attribute::DataMxSpoiler) {
                let content = content_of(&mut events);
                found.push(Spoiler::new(content).with_reason(reason));
            }
        }
        found
    }
}

/// Goes to the end of the element that has just been opened, and returns what is in it.
pub(crate) fn content_of<'a>(events: &mut Events<'a>) -> Clean<'a> {
    let (start, mut depth, mut end) = (events.at(), 1_usize, events.at());
    while let Some(event) = events.next() {
        match event {
            Event::Start(element) if !element.tag().is_void() => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        end = events.at();
    }
    Clean::from_sanitized(Cow::Borrowed(events.source(start..end)))
}

/// What was put together out of sanitised parts, which may be too deep now or not fit into one another.
pub(crate) fn owned(html: String) -> Clean<'static> {
    let clean = Sanitizer::for_parts().clean(&html).into_cow();
    Clean::from_sanitized(Cow::Owned(clean.into_owned()))
}
