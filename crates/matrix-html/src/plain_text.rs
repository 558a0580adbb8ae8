use std::borrow::Cow;

use crate::{Attribute, Clean, Element, Event, Spoiler, Tag, spoiler::content_of, spoiler_fallback};

impl Clean<'_> {
    /// Writes the HTML as plain text, for a `body`.
    ///
    /// Paragraphs, headings, tables and blocks of code have empty lines between them; quotations begin with `> `,
    /// list items with `- ` or their number; cells of a table are separated by tabs; images are their `alt`; links
    /// have their target after them in brackets, if it says more than their text; spoilers are
    /// [`spoiler_fallback`] without a link.
    ///
    /// ```
    /// let clean = matrix_html::Sanitizer::new().clean("<p>a<br>b</p><ol start=\"3\"><li>c</li></ol>");
    /// assert_eq!(clean.to_plain_text(), "a\nb\n\n3. c");
    /// ```
    pub fn to_plain_text(&self) -> String {
        self.to_plain_text_with(|spoiler| spoiler_fallback(spoiler.reason(), None))
    }

    /// Writes the HTML as plain text as [`to_plain_text`](Self::to_plain_text) does, with text of the caller's
    /// choice in the place of spoilers: a link to where their content was uploaded, or that content.
    pub fn to_plain_text_with(&self, mut spoiler: impl FnMut(&Spoiler<'_>) -> String) -> String {
        let mut writer = Writer::default();
        let mut events = self.events();
        while let Some(event) = events.next() {
            match event {
                Event::Text(text) => writer.text(&text),
                Event::End(tag) => writer.end(tag),
                Event::Start(element) => match element.attribute(Attribute::DataMxSpoiler) {
                    None => writer.start(element),
                    Some(reason) => {
                        let hidden = Spoiler::new(content_of(&mut events)).with_reason(reason);
                        writer.words(&spoiler(&hidden));
                    }
                },
            }
        }
        writer.out
    }
}

/// What is open and shows at the beginning of each line.
#[derive(Clone, Copy)]
enum Margin {
    Quotation,
    /// A list item, by the width of its mark.
    Item(usize),
}

/// A list that is open: the number of the next item, if they are numbered.
type List = Option<i64>;

#[derive(Default)]
struct Writer<'a> {
    out: String,
    margins: Vec<Margin>,
    lists: Vec<List>,
    /// The links that are open: where their text begins, and their target.
    links: Vec<(usize, Cow<'a, str>)>,
    /// How many `pre` are open.
    preformatted: usize,
    /// The row has a cell already.
    after_cell: bool,
    /// A space has been read and not written.
    space: bool,
    /// How many lines have ended that are not written, and how many margins go through all of them.
    breaks: usize,
    through: usize,
    /// Something stands on the line.
    has_words: bool,
}

impl<'a> Writer<'a> {
    fn start(&mut self, element: Element<'a>) {
        let tag = element.tag();
        match tag {
            Tag::Br => self.break_line(),
            Tag::Hr => {
                self.separate(1);
                self.words("---");
                self.separate(1);
            }
            Tag::Img => {
                let alt = element.attribute(Attribute::Alt).filter(|alt| !alt.is_empty());
                if let Some(alt) = alt.or_else(|| element.attribute(Attribute::Title)) {
                    self.words(&alt);
                }
            }
            Tag::A => {
                let target = element.attribute(Attribute::Href).unwrap_or_default();
                self.links.push((self.out.len(), target));
            }
            Tag::Td | Tag::Th => {
                if std::mem::replace(&mut self.after_cell, true) {
                    self.begin_words();
                    self.out.push('\t');
                    self.has_words = true;
                }
            }
            _ => self.start_block(element),
        }
    }

    fn start_block(&mut self, element: Element<'a>) {
        let tag = element.tag();
        self.separate(self.distance(tag));
        match tag {
            Tag::Blockquote => self.margins.push(Margin::Quotation),
            Tag::Pre => self.preformatted += 1,
            Tag::Tr => self.after_cell = false,
            Tag::Ul => self.lists.push(None),
            Tag::Ol => {
                let start = element.attribute(Attribute::Start).and_then(|start| start.parse().ok());
                self.lists.push(Some(start.unwrap_or(1)));
            }
            Tag::Li => {
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let mark = format!("{number}. ");
                        *number = number.saturating_add(1);
                        mark
                    }
                    _ => "- ".to_owned(),
                };
                self.begin_words();
                self.out.push_str(&mark);
                self.margins.push(Margin::Item(mark.len()));
                self.has_words = false;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: Tag) {
        match tag {
            Tag::A => return self.end_link(),
            Tag::Pre => self.preformatted -= 1,
            Tag::Ul | Tag::Ol => _ = self.lists.pop(),
            Tag::Li => {
                // An item with nothing in it has its line all the same.
                self.has_words = true;
                self.separate(1);
                self.margins.pop();
            }
            Tag::Blockquote => _ = self.margins.pop(),
            _ => {}
        }
        self.separate(self.distance(tag));
    }

    fn end_link(&mut self) {
        let Some((start, target)) = self.links.pop() else { return };
        let text = self.out.get(start..).unwrap_or_default().trim();
        let says_more = !target.is_empty()
            && !target.starts_with("https://matrix.to/")
            && !target.starts_with("matrix:")
            && !text.contains(target.strip_prefix("mailto:").unwrap_or(&target));
        if says_more {
            self.words(&format!(" ({target})"));
        }
    }

    /// How many lines end before and after an element.
    fn distance(&self, tag: Tag) -> usize {
        match tag {
            Tag::Ul | Tag::Ol if self.lists.is_empty() => 2,
            Tag::Blockquote | Tag::P | Tag::Pre | Tag::Table => 2,
            _ if tag.heading().is_some() => 2,
            _ if tag.is_block() => 1,
            _ => 0,
        }
    }

    fn text(&mut self, text: &str) {
        if self.preformatted > 0 {
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    self.break_line();
                }
                if !line.is_empty() {
                    self.begin_words();
                    self.out.push_str(line);
                    self.has_words = true;
                }
            }
            return;
        }
        for (number, word) in text.split(|unit: char| unit.is_ascii_whitespace()).enumerate() {
            self.space |= number > 0;
            if !word.is_empty() {
                self.begin_words();
                self.out.push_str(word);
                self.has_words = true;
            }
        }
    }

    /// Text of which white space stays.
    fn words(&mut self, text: &str) {
        self.begin_words();
        self.out.push_str(text);
        self.has_words = true;
    }

    fn break_line(&mut self) {
        if self.breaks == 0 {
            self.through = self.margins.len();
        }
        self.breaks += 1;
        self.has_words = true;
    }

    /// Ends the line, if anything stands on it, and leaves empty lines.
    fn separate(&mut self, lines: usize) {
        if lines == 0 || !self.has_words {
            return;
        }
        self.through =
            if self.breaks == 0 { self.margins.len() } else { self.through.min(self.margins.len()) };
        self.breaks = self.breaks.max(lines);
    }

    /// Writes what has to stand before a word.
    fn begin_words(&mut self) {
        let space = std::mem::take(&mut self.space);
        let breaks = std::mem::take(&mut self.breaks);
        if self.out.is_empty() {
            self.margin(self.margins.len());
        } else if breaks > 0 {
            let through = self.through.min(self.margins.len());
            for _ in 1..breaks {
                self.out.push('\n');
                self.margin(through);
                let length = self.out.trim_end_matches(' ').len();
                self.out.truncate(length);
            }
            self.out.push('\n');
            self.margin(self.margins.len());
        } else if space && self.has_words {
            self.out.push(' ');
        }
    }

    fn margin(&mut self, count: usize) {
        for margin in self.margins.iter().take(count) {
            match margin {
                Margin::Quotation => self.out.push_str("> "),
                Margin::Item(width) => self.out.extend(std::iter::repeat_n(' ', *width)),
            }
        }
    }
}
