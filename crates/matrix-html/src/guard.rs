//! What stands between the tokenizer and the tree builder: it keeps the work of the latter linear.

use std::cell::{Cell, RefCell};

use html5ever::{
    LocalName, local_name,
    tokenizer::{EndTag, StartTag, Tag, Token, TokenSink, TokenSinkResult},
    tree_builder::{Tracer, TreeBuilder},
};

use crate::tree::{Handle, Tree};

/// How many elements the tree builder may have open or be ready to open again, before start tags are passed over.
///
/// For every tag it walks over all of them, so without a limit its time grows with the square of the depth. What
/// comes out is limited to [`MAX_DEPTH`](crate::MAX_DEPTH); the rest is for elements that are not on the list.
const MAX_OPEN: usize = 256;

/// How many places a tag may have at which an attribute can begin, not counting the piece of the text in which it
/// starts. One with more is never finished, as if the text ended in it.
///
/// For every attribute, the tokenizer compares its name with all those before it.
const MAX_PLACES: usize = 2_000;

pub(crate) struct Guard {
    pub(crate) builder: TreeBuilder<Handle, Tree>,
    /// How many elements are open at most, as far as start tags tell.
    open: Cell<usize>,
    /// Start tags that were passed over and whose end tags are to be.
    skipped: RefCell<Vec<LocalName>>,
    max_weight: usize,
    /// Whether the piece of the text that is being read has had a token, and how many places for attributes the pieces
    /// since then have.
    has_token: Cell<bool>,
    places: Cell<usize>,
}

impl Guard {
    /// `length` is that of the text to be read.
    pub(crate) fn new(builder: TreeBuilder<Handle, Tree>, length: usize) -> Self {
        let max_weight = length.saturating_mul(2).saturating_add(1024);
        Self {
            builder,
            open: Cell::new(0),
            skipped: RefCell::default(),
            max_weight,
            has_token: Cell::new(false),
            places: Cell::new(0),
        }
    }

    /// Takes note of a piece of the text that has been read; tells whether it is in a tag that is too long.
    pub(crate) fn is_lost_after(&self, piece: &str) -> bool {
        if self.has_token.replace(false) {
            self.places.set(0);
        } else {
            let places = piece
                .bytes()
                .filter(|unit| unit.is_ascii_whitespace() || matches!(unit, b'/' | b'"' | b'\''));
            self.places.set(self.places.get() + places.count());
        }
        self.places.get() > MAX_PLACES
    }

    /// Tells whether more elements were made than the text has: misnested formatting is opened again and again.
    fn is_overweight(&self) -> bool {
        self.builder.sink.weight() > self.max_weight
    }

    /// Tells whether one more element is too much.
    fn is_full(&self) -> bool {
        if self.open.get() >= MAX_OPEN {
            let counter = Counter::default();
            self.builder.trace_handles(&counter);
            self.open.set(counter.0.get());
        }
        self.open.set(self.open.get() + 1);
        self.open.get() > MAX_OPEN || self.is_overweight()
    }

    fn skips_start(&self, tag: &Tag) -> bool {
        // These are open for the length of one text, and the tokenizer has to learn of them.
        let holds_text = matches!(
            tag.name,
            local_name!("script")
                | local_name!("style")
                | local_name!("title")
                | local_name!("textarea")
                | local_name!("xmp")
                | local_name!("iframe")
                | local_name!("noembed")
                | local_name!("noframes")
                | local_name!("noscript")
                | local_name!("plaintext")
        );
        if holds_text || !self.is_full() {
            return false;
        }
        if !matches!(tag.name, local_name!("br") | local_name!("hr") | local_name!("img")) {
            self.skipped.borrow_mut().push(tag.name.clone());
        }
        true
    }

    fn skips_end(&self, tag: &Tag) -> bool {
        let mut skipped = self.skipped.borrow_mut();
        if skipped.last() == Some(&tag.name) {
            skipped.pop();
            return true;
        }
        skipped.clear();
        self.is_overweight()
    }
}

impl TokenSink for Guard {
    type Handle = Handle;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<Handle> {
        let skips = match &token {
            Token::TagToken(tag) => match tag.kind {
                StartTag => self.skips_start(tag),
                EndTag => self.skips_end(tag),
            },
            Token::ParseError(_) => true,
            _ => false,
        };
        if !matches!(token, Token::ParseError(_)) {
            self.has_token.set(true);
        }
        if skips { TokenSinkResult::Continue } else { self.builder.process_token(token, line_number) }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Counts the elements that the tree builder holds on to.
#[derive(Default)]
struct Counter(Cell<usize>);

impl Tracer for Counter {
    type Handle = Handle;

    fn trace_handle(&self, _node: &Handle) {
        self.0.set(self.0.get() + 1);
    }
}
