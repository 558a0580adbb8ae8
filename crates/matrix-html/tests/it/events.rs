//! Reading what has been sanitised, piece by piece.

use matrix_html::{Attribute, Event, Sanitizer, Tag};

#[test]
fn attributes_are_read_as_they_were_meant() {
    let html = "<img src=mxc://a/b alt=\"a &quot;b&quot; &amp; c\"><span data-mx-spoiler data-mx-color='#fff'>x</span>";
    let clean = Sanitizer::new().clean(html);
    let elements: Vec<_> = clean
        .events()
        .filter_map(|event| match event {
            Event::Start(element) => Some(element),
            _ => None,
        })
        .collect();
    let [image, span] = elements[..] else { panic!("{elements:?}") };
    assert_eq!(image.attribute(Attribute::Src).as_deref(), Some("mxc://a/b"));
    assert_eq!(image.attribute(Attribute::Alt).as_deref(), Some("a \"b\" & c"));
    assert_eq!(image.attribute(Attribute::Title), None);
    assert_eq!(span.tag(), Tag::Span);
    let attributes: Vec<_> =
        span.attributes().map(|(name, value)| (name.name(), value.into_owned())).collect();
    assert_eq!(attributes, [("data-mx-spoiler", String::new()), ("data-mx-color", "#ffffff".to_owned())]);
}

#[test]
fn text_is_read_as_a_parser_reads_it() {
    let clean = Sanitizer::new().clean("<pre>\n\na &lt; b</pre>&amp;amp;");
    let texts: Vec<_> = clean
        .events()
        .filter_map(|event| match event {
            Event::Text(text) => Some(text.into_owned()),
            _ => None,
        })
        .collect();
    assert_eq!(texts, ["\na < b", "&amp;"]);
}

#[test]
fn every_end_tag_is_that_of_the_innermost_element() {
    let clean = Sanitizer::new().clean("<ul><li>a<br>b<li><i>c</ul>");
    let mut open = Vec::new();
    for event in clean.events() {
        match event {
            Event::Start(element) if !element.tag().is_void() => open.push(element.tag()),
            Event::End(tag) => assert_eq!(open.pop(), Some(tag)),
            _ => {}
        }
    }
    assert!(open.is_empty());
}
