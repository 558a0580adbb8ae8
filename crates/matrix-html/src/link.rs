use std::borrow::Cow;

use matrix_uri::MatrixUri;

use crate::{Attribute, Event, Sanitizer, Tag, spoiler::content_of};

/// A link in a message to a user, a room or an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    uri: MatrixUri,
    text: String,
}

impl Link {
    /// Returns where it leads.
    pub const fn uri(&self) -> &MatrixUri {
        &self.uri
    }

    /// Returns the text that is shown for it, such as the name of a user who is mentioned.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Finds the links of a message to users, rooms and events: matrix.to links (MSC1704) and `matrix:` URIs (MSC2312),
/// in their order.
///
/// It takes the HTML as it came, since `matrix:` links are gone once it has been sanitised to the list.
///
/// Source: [URIs](https://spec.matrix.org/v1.19/appendices/#uris).
///
/// ```
/// let html = r#"<a href="https://matrix.to/#/@alice:example.org">Alice</a>, see
///     <a href="matrix:r/chat:example.org">the room</a> and <a href="https://example.org/">this</a>"#;
/// let links = matrix_html::links(html);
/// let found: Vec<_> = links.iter().map(|link| (link.text(), link.uri().to_string())).collect();
/// let wanted = [("Alice", "matrix:u/alice:example.org"), ("the room", "matrix:r/chat:example.org")];
/// assert_eq!(found, wanted.map(|(text, uri)| (text, uri.to_owned())));
/// ```
pub fn links(html: &str) -> Vec<Link> {
    let clean = Sanitizer::new().with_matrix_links(true).clean(html);
    let mut events = clean.events();
    let mut links = Vec::new();
    while let Some(event) = events.next() {
        let Event::Start(element) = event else { continue };
        let target = element.attribute(Attribute::Href).unwrap_or(Cow::Borrowed(""));
        if element.tag() != Tag::A || target.is_empty() {
            continue;
        }
        if let Ok(uri) = MatrixUri::parse(&target) {
            // Not past the end of the link: there may be another one in it, in a table.
            let text = content_of(&mut events.clone()).to_plain_text();
            links.push(Link { uri, text });
        }
    }
    links
}
