use std::{borrow::Cow, ops::Range};

use crate::{Attribute, Tag, escape::unescape};

/// A piece of sanitised HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A start tag. If the element is [void](Tag::is_void), no end tag follows.
    Start(Element<'a>),
    /// Text, its character references resolved.
    Text(Cow<'a, str>),
    /// The end tag of the innermost element that is open.
    End(Tag),
}

/// The start tag of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    tag: Tag,
    attributes: &'a str,
}

impl<'a> Element<'a> {
    /// Returns the name of the element.
    pub const fn tag(self) -> Tag {
        self.tag
    }

    /// Returns the value of an attribute, empty if it has none.
    pub fn attribute(self, attribute: Attribute) -> Option<Cow<'a, str>> {
        self.attributes().find(|(name, _)| *name == attribute).map(|(_, value)| value)
    }

    /// Goes through the attributes.
    pub const fn attributes(self) -> Attributes<'a> {
        Attributes(self.attributes)
    }
}

/// Goes through the attributes of an element, each with its value.
#[derive(Clone, Debug)]
pub struct Attributes<'a>(&'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = (Attribute, Cow<'a, str>);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.trim_start();
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let (name, rest) = rest.split_at_checked(end)?;
        let (value, rest) = match rest.strip_prefix("=\"") {
            Some(value) => value.split_once('"')?,
            None => ("", rest),
        };
        self.0 = rest;
        Some((Attribute::from_name(name)?, unescape(value)))
    }
}

/// Goes through sanitised HTML from start to end.
///
/// Start and end tags come in pairs, properly nested, no more than [`MAX_DEPTH`](crate::MAX_DEPTH) deep: whoever
/// renders them may recurse.
///
/// ```
/// use matrix_html::{Event, Sanitizer, Tag};
///
/// let clean = Sanitizer::new().clean("a <b>&amp;</b>");
/// let events: Vec<Event<'_>> = clean.events().collect();
/// let [Event::Text(a), Event::Start(b), Event::Text(and), Event::End(Tag::B)] = &events[..] else { panic!() };
/// assert_eq!((&**a, b.tag(), &**and), ("a ", Tag::B, "&"));
/// ```
#[derive(Clone, Debug)]
pub struct Events<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Events<'a> {
    pub(crate) const fn new(html: &'a str) -> Self {
        Self { html, at: 0 }
    }

    /// Where in the HTML the next piece begins.
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    /// A part of the HTML.
    pub(crate) fn source(&self, range: Range<usize>) -> &'a str {
        self.html.get(range).unwrap_or_default()
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        let rest = self.html.get(self.at..).filter(|rest| !rest.is_empty())?;
        let Some(tag) = rest.strip_prefix('<') else {
            let end = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            self.at += end;
            let text = rest.get(..end)?;
            // A parser does not read the first line feed in `pre`.
            let text = match text.strip_prefix('\n') {
                Some(after) if self.html.get(..self.at - end)?.ends_with("<pre>") => after,
                _ => text,
            };
            return Some(Event::Text(unescape(text)));
        };
        // `>` is written as a reference everywhere else.
        let (tag, _) = tag.split_once('>')?;
        self.at += tag.len() + "<>".len();
        if let Some(name) = tag.strip_prefix('/') {
            return Tag::from_name(name).map(Event::End);
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        Some(Event::Start(Element { tag: Tag::from_name(name)?, attributes }))
    }
}
