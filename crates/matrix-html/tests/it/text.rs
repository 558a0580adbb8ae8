//! Plain text as HTML.

use matrix_html::{from_plain_text, from_plain_text_with_links};

use crate::checker::sanitized;

#[test]
fn text_is_escaped_and_broken_into_lines() {
    for (text, html) in [
        ("a", "a"),
        ("<b> & \"c\" 'd'", "&lt;b&gt; &amp; \"c\" 'd'"),
        ("a\nb\r\nc\rd\n\n", "a<br>b<br>c<br>d<br><br>"),
        ("&amp;", "&amp;amp;"),
        ("a\0", "a\u{fffd}"),
    ] {
        assert_eq!(from_plain_text(text).as_str(), html);
        assert_eq!(sanitized(html), html);
    }
}

#[track_caller]
fn links(text: &str, urls: &[&str]) {
    let html = from_plain_text_with_links(text);
    assert_eq!(sanitized(html.as_str()), html.as_str());
    let found: Vec<String> = html
        .events()
        .filter_map(|event| match event {
            matrix_html::Event::Start(element) => {
                element.attribute(matrix_html::Attribute::Href).map(std::borrow::Cow::into_owned)
            }
            _ => None,
        })
        .collect();
    assert_eq!(found, urls, "{text}");
    assert_eq!(html.to_plain_text(), text);
}

#[test]
fn urls_become_links_where_that_is_asked_for() {
    links("https://a.org", &["https://a.org"]);
    links("(see https://a.org/b_(c), HTTP://b.org/?x&y.)", &["https://a.org/b_(c)", "HTTP://b.org/?x&y"]);
    links(
        "https://a.org/é?\"x\" <https://b.org>, 'https://c.org/;'",
        &["https://a.org/é", "https://b.org", "https://c.org/"],
    );
    links("xhttps://a.org https:// https:/a javascript://x ftp://y http://!", &[]);
    links("a https://a.org/?q=[1]&r={2}... b", &["https://a.org/?q=[1]&r={2}"]);
    links("https://a.org/(x).)] http:///http://b.org/[y]]),)", &["https://a.org/(x)", "http://b.org/[y]"]);
    assert!(from_plain_text_with_links("no link").is_unchanged());
    assert!(!from_plain_text("https://a.org & b").as_str().contains("href"));
}
