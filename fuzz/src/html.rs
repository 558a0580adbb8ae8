//! HTML in messages.

use std::borrow::Cow;

use html5ever::{
    Attribute, LocalName, ParseOpts, QualName, local_name, ns, parse_fragment,
    serialize::{SerializeOpts, serialize},
    tendril::TendrilSink as _,
    tokenizer::TokenizerOpts,
};
use markup5ever_rcdom::{Handle, NodeData, RcDom, SerializableHandle};
use matrix_html::{Event, List, Sanitizer, from_plain_text, from_plain_text_with_links, links, sanitize};

const TAGS: &str = "del h1 h2 h3 h4 h5 h6 blockquote p a ul ol sup sub li b i u strong em s code hr br div table \
                    thead tbody tr th td caption pre span img details summary";

/// Checks that what comes out is on the list, is read as it was written, and does not change again.
pub fn run(data: &[u8]) {
    let Ok(html) = str::from_utf8(data) else { return };
    let clean = sanitize(html);
    check_tree(&clean);
    assert!(matches!(sanitize(&clean), Cow::Borrowed(_)), "{clean:?} changes again");
    assert_eq!(by_tree(&clean), clean, "{clean:?} depends on the way");
    // How much misnesting may multiply depends on the length, so of long input the comment changes the output.
    if html.len() < 200 {
        assert_eq!(by_tree(html), clean, "{html:?} depends on the way");
    }
    let old = Sanitizer::new().with_list(List::V1_9).with_noopener(true).with_matrix_links(true);
    let once = old.clean(html).into_string();
    assert!(old.clean(&once).is_unchanged(), "{once:?} changes again");
    read(html);
    links(html);
    for made in [from_plain_text(html), from_plain_text_with_links(html)] {
        assert!(matches!(sanitize(made.as_str()), Cow::Borrowed(_)), "{made:?} is not clean");
    }
}

/// Sanitises with a comment in front, which only the parser knows what to do with.
fn by_tree(html: &str) -> String {
    sanitize(&format!("<!---->{html}")).into_owned()
}

/// Goes through the pieces, and checks that the parts that are found are clean, too.
fn read(html: &str) {
    let clean = Sanitizer::new().clean(html);
    let mut open = Vec::new();
    for event in clean.events() {
        match event {
            Event::Start(element) if !element.tag().is_void() => open.push(element.tag()),
            Event::End(tag) => assert_eq!(open.pop(), Some(tag)),
            _ => {}
        }
    }
    assert!(open.is_empty());
    clean.to_plain_text();
    let is_clean = |html: &str| matches!(sanitize(html), Cow::Borrowed(_));
    for spoiler in clean.spoilers() {
        assert!(is_clean(spoiler.content().as_str()) && is_clean(spoiler.to_html().as_str()));
    }
    for details in clean.details() {
        assert!(is_clean(details.content().as_str()) && is_clean(details.summary().as_str()));
        assert!(is_clean(details.to_html().as_str()));
    }
}

/// Reads HTML into a tree that is not the crate's, checks each node, and writes it again.
fn check_tree(html: &str) {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let options = ParseOpts {
        tokenizer: TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() },
        ..ParseOpts::default()
    };
    let dom = parse_fragment(RcDom::default(), options, context, Vec::new(), true).one(html);
    let document = dom.document.children.borrow();
    let root = document.first().expect("a root");
    let mut nodes: Vec<(Handle, usize)> =
        root.children.borrow().iter().map(|child| (child.clone(), 1)).collect();
    while let Some((node, depth)) = nodes.pop() {
        match &node.data {
            NodeData::Text { .. } => {}
            NodeData::Element { name, attrs, .. } => {
                assert!(depth <= 100, "{html:?} is too deep");
                check_element(name, &attrs.borrow(), html);
            }
            _ => panic!("{html:?} has more than elements and text"),
        }
        nodes.extend(node.children.borrow().iter().map(|child| (child.clone(), depth + 1)));
    }
    let mut written = Vec::new();
    serialize(&mut written, &SerializableHandle::from(root.clone()), SerializeOpts::default())
        .expect("a vector");
    let written = String::from_utf8(written).expect("text");
    let spelled = |text: &str| {
        let text = text.replace("&nbsp;", "\u{a0}").replace(" data-mx-spoiler=\"\"", " data-mx-spoiler");
        text.replace("<pre>\n", "<pre>")
    };
    assert_eq!(
        spelled(&written),
        spelled(&html.replace("<pre>\n", "<pre>")),
        "another tree than was written"
    );
}

fn check_element(name: &QualName, attributes: &[Attribute], html: &str) {
    assert_eq!(name.ns, ns!(html));
    assert!(TAGS.split_whitespace().any(|tag| *tag == *name.local), "{} in {html:?}", name.local);
    for Attribute { name: attribute, value } in attributes {
        assert!(
            is_permitted(&name.local, &attribute.local, value),
            "{} {value:?} in {html:?}",
            attribute.local
        );
    }
}

fn is_permitted(tag: &LocalName, attribute: &LocalName, value: &str) -> bool {
    let is_number = |value: &str| !value.is_empty() && value.bytes().all(|digit| digit.is_ascii_digit());
    match (&**tag, &**attribute) {
        ("span", "data-mx-color" | "data-mx-bg-color") => value
            .strip_prefix('#')
            .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())),
        ("span", "data-mx-spoiler" | "data-mx-maths") | ("div", "data-mx-maths") | ("a", "target") => true,
        ("a", "href") => {
            let schemes = ["https://", "http://", "ftp://", "mailto:", "magnet:"];
            schemes.iter().any(|scheme| value.to_ascii_lowercase().starts_with(scheme))
        }
        ("img", "src") => value.to_ascii_lowercase().starts_with("mxc://"),
        ("img", "width" | "height") => is_number(value),
        ("img", "alt" | "title") => true,
        ("ol", "start") => is_number(value.strip_prefix('-').unwrap_or(value)),
        ("code", "class") => value.split(' ').all(|class| class.starts_with("language-")),
        _ => false,
    }
}
