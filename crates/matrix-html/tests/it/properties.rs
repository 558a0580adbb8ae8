//! What holds for all HTML, over generated trees and over generated tatters.

use proptest::prelude::*;

use crate::checker::sanitized;

const NAMES: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "del",
    "details",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "hr",
    "i",
    "img",
    "li",
    "mx-reply",
    "ol",
    "p",
    "pre",
    "s",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "section",
    "button",
    "script",
    "style",
    "svg",
    "math",
    "mtext",
    "foreignObject",
    "template",
    "select",
    "option",
    "textarea",
    "title",
    "form",
    "colgroup",
    "object",
    "marquee",
    "nobr",
    "body",
    "html",
    "noscript",
    "rt",
    "dd",
    "applet",
    "center",
    "col",
    "input",
    "annotation-xml",
];

const ATTRIBUTES: &[&str] = &[
    "",
    " href=\"https://a.org/?b&amp;c\"",
    " href=javascript:x",
    " src='mxc://a/b'",
    " src=\"https://x/y\"",
    " class=\"language-a b\"",
    " data-mx-spoiler",
    " data-mx-spoiler=\"w\"",
    " color=red",
    " data-mx-color=\"#123456\"",
    " onclick=x",
    " start=\"3\"",
    " alt=\"<b>&quot;\"",
    " title='\"'",
    " class=x class=language-y",
    " width=1",
    " x=y /",
    " href=\"ftp://a\" href=\"http://b\"",
    " data-mx-maths=\"\\frac\"",
    "\nhref=\"https://a\"\ttarget=\"_blank\" ",
    " encoding=text/html",
    " type=hidden",
];

const TEXTS: &[&str] = &[
    "x",
    "word and word",
    " ",
    "\n",
    "\n\n",
    "&amp;",
    "&lt;b&gt;",
    "&quot;",
    "&nbsp;",
    "<",
    ">",
    "&",
    "&#13;",
    "\r\n",
    "\0",
    "é",
    "<!-- c -->",
    "<![CDATA[y]]>",
    "]]>",
    "-->",
    "--",
    "&#0;",
    "a < b",
    "</",
    "<!",
    "&notanentity;",
    "&copy",
];

#[derive(Clone, Debug)]
enum Node {
    Text(&'static str),
    Element(&'static str, &'static str, Vec<Node>),
}

fn write(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element(name, attributes, children) => {
                *out += &format!("<{name}{attributes}>");
                write(children, out);
                *out += &format!("</{name}>");
            }
        }
    }
}

fn trees() -> impl Strategy<Value = Vec<Node>> {
    let text = proptest::sample::select(TEXTS).prop_map(Node::Text);
    let names = || proptest::sample::select(NAMES);
    let attributes = || proptest::sample::select(ATTRIBUTES);
    let node = text.prop_recursive(7, 60, 6, move |inner| {
        (names(), attributes(), proptest::collection::vec(inner, 0..6))
            .prop_map(|(name, attributes, children)| Node::Element(name, attributes, children))
    });
    proptest::collection::vec(node, 1..5)
}

/// Start tags, end tags and text in any order.
fn tatters() -> impl Strategy<Value = String> {
    let names = || proptest::sample::select(NAMES);
    let piece = prop_oneof![
        3 => (names(), proptest::sample::select(ATTRIBUTES)).prop_map(|(name, rest)| format!("<{name}{rest}>")),
        2 => names().prop_map(|name| format!("</{name}>")),
        2 => proptest::sample::select(TEXTS).prop_map(ToOwned::to_owned),
    ];
    proptest::collection::vec(piece, 1..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn trees_come_out_on_the_list_and_stay_as_they_are(nodes in trees()) {
        let mut html = String::new();
        write(&nodes, &mut html);
        sanitized(&html);
    }

    #[test]
    fn tatters_come_out_on_the_list_and_stay_as_they_are(html in tatters()) {
        sanitized(&html);
    }

    #[test]
    fn any_text_comes_out_on_the_list_and_stays_as_it_is(
        html in "([<>&/=\"' a-z#;!\\-\\[\\]0-9]|<[bip]>|</[bip]>|[\\x00-\\x1f]|é|\u{feff}|\\PC){0,60}"
    ) {
        sanitized(&html);
    }

    #[test]
    fn plain_text_becomes_html_and_text_again(
        lines in proptest::collection::vec("[!-~é&&[^ ]]{1,9}( [!-~]{1,9}){0,4}", 0..6)
    ) {
        let text = lines.join("\n");
        let html = matrix_html::from_plain_text(&text);
        prop_assert_eq!(sanitized(html.as_str()), html.as_str());
        prop_assert_eq!(html.to_plain_text(), text.as_str());
        let linked = matrix_html::from_plain_text_with_links(&text);
        prop_assert_eq!(sanitized(linked.as_str()), linked.as_str());
        prop_assert_eq!(linked.to_plain_text(), text);
    }

    #[test]
    fn whatever_has_been_sanitised_can_be_read(html in tatters()) {
        let clean = matrix_html::Sanitizer::new().clean(&html);
        let mut depth = 0;
        for event in clean.events() {
            match event {
                matrix_html::Event::Start(element) if !element.tag().is_void() => depth += 1,
                matrix_html::Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        prop_assert_eq!(depth, 0);
        clean.to_plain_text();
        for spoiler in clean.spoilers() {
            prop_assert_eq!(sanitized(spoiler.content().as_str()), spoiler.content().as_str());
        }
        for details in clean.details() {
            prop_assert_eq!(sanitized(details.content().as_str()), details.content().as_str());
            prop_assert_eq!(sanitized(details.summary().as_str()), details.summary().as_str());
            sanitized(details.to_html().as_str());
        }
    }
}
