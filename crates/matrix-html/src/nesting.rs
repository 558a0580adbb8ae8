use crate::Tag;

/// How deep elements may stand within one another.
///
/// Source: [m.room.message msgtypes](https://spec.matrix.org/v1.19/client-server-api/#mroommessage-msgtypes).
pub const MAX_DEPTH: usize = 100;

/// The elements that are open in HTML every element of which has its end tag.
///
/// A parser of HTML takes such text as it stands only while no start tag closes anything by itself and nothing is
/// moved out of a table. What [`admits`](Self::admits) lets pass is read back as the tree that it was written from;
/// that is what makes sanitised HTML safe from being read differently the next time.
#[derive(Debug)]
pub(crate) struct Nesting {
    open: [Tag; MAX_DEPTH],
    depth: usize,
}

impl Nesting {
    pub(crate) const fn new() -> Self {
        Self { open: [Tag::Div; MAX_DEPTH], depth: 0 }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.depth == 0
    }

    /// The elements that are open, the outermost first.
    fn open(&self) -> &[Tag] {
        self.open.get(..self.depth).unwrap_or_default()
    }

    /// The innermost element that is open.
    pub(crate) fn innermost(&self) -> Option<Tag> {
        self.open().last().copied()
    }

    /// Tells whether a parser puts an element of this name where its start tag stands now.
    pub(crate) fn admits(&self, tag: Tag) -> bool {
        let innermost = self.innermost();
        let in_place = match innermost {
            Some(Tag::Table) => matches!(tag, Tag::Caption | Tag::Thead | Tag::Tbody),
            Some(Tag::Thead | Tag::Tbody) => tag == Tag::Tr,
            Some(Tag::Tr) => matches!(tag, Tag::Td | Tag::Th),
            _ => !tag.is_table_part(),
        };
        in_place
            && self.depth < MAX_DEPTH
            && !(tag.closes_p() && self.has_paragraph_in_scope())
            && !(tag.heading().is_some() && innermost.is_some_and(|open| open.heading().is_some()))
            && !(tag == Tag::Li && self.has_item_to_close())
            && !(tag == Tag::A && self.has_link_in_scope())
    }

    /// Tells whether text other than white space stays where it stands now.
    pub(crate) fn admits_words(&self) -> bool {
        !self.innermost().is_some_and(Tag::holds_table_parts)
    }

    /// Opens an element that [`admits`](Self::admits) has let pass.
    pub(crate) fn push(&mut self, tag: Tag) {
        if let Some(place) = self.open.get_mut(self.depth) {
            *place = tag;
            self.depth += 1;
        }
    }

    /// Closes the innermost element.
    pub(crate) fn pop(&mut self) -> Option<Tag> {
        let tag = self.innermost()?;
        self.depth -= 1;
        Some(tag)
    }

    /// "Has a `p` element in button scope", with the boundaries that a message may hold.
    fn has_paragraph_in_scope(&self) -> bool {
        self.open()
            .iter()
            .rev()
            .take_while(|open| !matches!(open, Tag::Table | Tag::Caption | Tag::Td | Tag::Th))
            .any(|open| *open == Tag::P)
    }

    /// The loop of a start tag `li` that looks for an `li` to close.
    fn has_item_to_close(&self) -> bool {
        let reached = self.open().iter().rev().find(|open| !open.is_transparent_to_li());
        reached == Some(&Tag::Li)
    }

    /// "The list of active formatting elements contains an `a`" after its last marker.
    fn has_link_in_scope(&self) -> bool {
        self.open()
            .iter()
            .rev()
            .take_while(|open| !matches!(open, Tag::Caption | Tag::Td | Tag::Th))
            .any(|open| *open == Tag::A)
    }
}
