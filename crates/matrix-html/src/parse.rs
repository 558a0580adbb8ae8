use html5ever::{
    QualName, TokenizerResult,
    buffer_queue::BufferQueue,
    local_name, ns,
    tokenizer::{Tokenizer, TokenizerOpts},
    tree_builder::{TreeBuilder, TreeBuilderOpts, create_element},
};

use crate::{
    guard::Guard,
    sanitizer::Sanitizer,
    tree::{Node, Tree},
};

/// Reads HTML as a browser reads the content of a `div`.
pub(crate) fn parse(html: &str, sanitizer: Sanitizer) -> Vec<Node> {
    let tree = Tree::new(sanitizer);
    let context = create_element(&tree, QualName::new(None, ns!(html), local_name!("div")), Vec::new());
    let builder = TreeBuilder::new_for_fragment(tree, context, None, TreeBuilderOpts::default());
    let guard = Guard::new(builder, html.len());
    // A byte order mark is text like any other here: what begins with one has it after sanitising, too.
    let options = TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() };
    let tokenizer = Tokenizer::new(guard, options);
    let input = BufferQueue::default();
    for chunk in chunks(html) {
        input.push_back(chunk.into());
        // It stops at the end of a script, to let it run; there is nothing to run it.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        if tokenizer.sink.is_lost_after(chunk) {
            break;
        }
    }
    tokenizer.end();
    tokenizer.sink.builder.sink.into_nodes()
}

/// How many bytes are read at a time, or up to three more.
const CHUNK: usize = 8 * 1024;

fn chunks(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let end = (CHUNK..CHUNK + 4).find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
        let (chunk, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        rest = after;
        (!chunk.is_empty()).then_some(chunk)
    })
}
