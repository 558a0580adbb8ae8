use std::borrow::Cow;

use crate::{Clean, List, parse::parse, rewrite::rewrite, write::write};

/// Takes everything out of the HTML of a message that the specification does not list.
///
/// The HTML is read as a browser reads the content of a `div`. Tags that are not on the list go, their content
/// stays; scripts, styles, templates, frames, SVG, MathML and `mx-reply` go with their content, as comments do.
/// Attributes go that are not on the list for their tag, or whose value may not stand there. Elements that are more
/// than [`MAX_DEPTH`](crate::MAX_DEPTH) deep go, their content stays.
///
/// What comes out is read by a parser exactly as it is meant: sanitising it again changes nothing.
///
/// Source: [m.room.message msgtypes](https://spec.matrix.org/v1.19/client-server-api/#mroommessage-msgtypes).
pub fn sanitize(html: &str) -> Cow<'_, str> {
    Sanitizer::new().clean(html).into_cow()
}

/// Sanitises HTML as [`sanitize`] does, with a choice of lists and of what goes beyond them.
///
/// ```
/// use matrix_html::{List, Sanitizer};
///
/// let html = r#"<font color="red">stop</font>"#;
/// assert_eq!(Sanitizer::new().clean(html).as_str(), r##"<span data-mx-color="#ff0000">stop</span>"##);
/// assert_eq!(Sanitizer::new().with_list(List::V1_9).clean(html).as_str(), html);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sanitizer {
    list: List,
    matrix_links: bool,
    noopener: bool,
}

impl Sanitizer {
    /// Makes one that keeps to today's list.
    pub const fn new() -> Self {
        Self { list: List::Today, matrix_links: false, noopener: false }
    }

    /// Chooses the list.
    #[must_use]
    pub const fn with_list(self, list: List) -> Self {
        Self { list, ..self }
    }

    /// Permits links with the scheme `matrix` (MSC2312), which the list does not have.
    #[must_use]
    pub const fn with_matrix_links(self, permit: bool) -> Self {
        Self { matrix_links: permit, ..self }
    }

    /// Gives every link `rel="noopener"`, as web clients should, so that the page that it leads to does not get
    /// hold of the client's window.
    #[must_use]
    pub const fn with_noopener(self, add: bool) -> Self {
        Self { noopener: add, ..self }
    }

    /// Returns the list that this keeps to.
    pub const fn list(self) -> List {
        self.list
    }

    /// Tells whether links with the scheme `matrix` are permitted.
    pub const fn permits_matrix_links(self) -> bool {
        self.matrix_links
    }

    /// Tells whether links are given `rel="noopener"`.
    pub const fn adds_noopener(self) -> bool {
        self.noopener
    }

    /// Makes one for what sanitised parts have been put together to: of what those had it leaves links alone.
    pub(crate) const fn for_parts() -> Self {
        Self { list: List::Today, matrix_links: true, noopener: false }
    }

    /// Sanitises HTML. What comes out borrows from what goes in when nothing has to change.
    pub fn clean(self, html: &str) -> Clean<'_> {
        let clean = rewrite(html, self).unwrap_or_else(|| Cow::Owned(self.clean_by_tree(html)));
        Clean::from_sanitized(clean)
    }

    fn clean_by_tree(self, html: &str) -> String {
        write(&parse(html, self), html.len(), self)
    }
}
