use crate::{
    Attribute, Tag, escape,
    nesting::Nesting,
    sanitizer::Sanitizer,
    tree::{Data, Index, NOWHERE, Node, Tree},
};

/// Writes what is permitted of a tree.
pub(crate) fn write(nodes: &[Node], length: usize, sanitizer: Sanitizer) -> String {
    let mut writer =
        Writer { out: String::with_capacity(length + length / 8), nesting: Nesting::new(), sanitizer };
    // The nodes whose children are being written, each with whether it was written itself.
    let mut above: Vec<(Index, bool)> = Vec::new();
    let mut at = Tree::ROOT;
    loop {
        let Some(node) = nodes.get(at) else {
            let Some((parent, written)) = above.pop() else { return writer.out };
            if written {
                writer.end();
            }
            at = nodes.get(parent).map_or(NOWHERE, |node| node.next);
            continue;
        };
        match writer.node(&node.data) {
            Then::Children { written } => {
                above.push((at, written));
                at = node.first_child;
            }
            Then::Next => at = node.next,
        }
    }
}

/// Where to go from a node.
enum Then {
    Children { written: bool },
    Next,
}

struct Writer {
    out: String,
    nesting: Nesting,
    sanitizer: Sanitizer,
}

impl Writer {
    fn node(&mut self, data: &Data) -> Then {
        match data {
            Data::Removed => Then::Next,
            Data::Wrapper => Then::Children { written: false },
            Data::Text(text) => {
                self.text(text);
                Then::Next
            }
            Data::Element(tag, attributes) if self.nesting.admits(*tag) => {
                let attributes = attributes.iter().map(|(attribute, value)| (*attribute, &**value));
                push_start_tag(&mut self.out, *tag, attributes, Quote::Text, self.sanitizer);
                if tag.is_void() {
                    return Then::Next;
                }
                self.nesting.push(*tag);
                Then::Children { written: true }
            }
            // What a parser would not leave where it stands gives way to its content.
            Data::Element(tag, _) if tag.is_void() => Then::Next,
            Data::Element(..) => Then::Children { written: false },
        }
    }

    fn text(&mut self, text: &str) {
        if !self.nesting.admits_words() && !is_white_space(text) {
            return;
        }
        // A parser drops one line feed after this tag.
        if text.starts_with(['\n', '\r']) && self.out.ends_with("<pre>") {
            self.out.push('\n');
        }
        escape::push_text(&mut self.out, text);
    }

    fn end(&mut self) {
        if let Some(tag) = self.nesting.pop() {
            push_end_tag(&mut self.out, tag);
        }
    }
}

/// Tells whether text is nothing but what HTML takes for white space.
pub(crate) fn is_white_space(text: &str) -> bool {
    text.bytes().all(|unit| unit.is_ascii_whitespace())
}

/// How values are given.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quote {
    /// As text.
    Text,
    /// As they stand between double quotes.
    Markup,
}

/// Appends a start tag in the form in which sanitised HTML has it.
pub(crate) fn push_start_tag<'a>(
    out: &mut String,
    tag: Tag,
    attributes: impl Iterator<Item = (Attribute, &'a str)>,
    quote: Quote,
    sanitizer: Sanitizer,
) {
    out.push('<');
    out.push_str(tag.name());
    for (attribute, value) in attributes {
        out.push(' ');
        out.push_str(attribute.name());
        // The usual way to write a spoiler without a reason.
        if value.is_empty() && attribute == Attribute::DataMxSpoiler {
            continue;
        }
        out.push_str("=\"");
        match quote {
            Quote::Text => escape::push_value(out, value),
            Quote::Markup => out.push_str(value),
        }
        out.push('"');
    }
    if tag == Tag::A && sanitizer.adds_noopener() {
        out.push_str(" rel=\"noopener\"");
    }
    out.push('>');
}

pub(crate) fn push_end_tag(out: &mut String, tag: Tag) {
    out.push_str("</");
    out.push_str(tag.name());
    out.push('>');
}
