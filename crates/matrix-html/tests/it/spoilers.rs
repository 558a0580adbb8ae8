//! MSC2010 and MSC2557.

use matrix_html::{Clean, Sanitizer, Spoiler, spoiler_fallback};

use crate::checker::sanitized;

#[test]
fn msc2010_spoilers_are_found_with_and_without_reason() {
    let clean = Sanitizer::new().clean(
        "Hey <span data-mx-spoiler=\"movie\">the <b>movie</b> was awesome</span> <span data-mx-spoiler>x</span>\
         <span data-mx-spoiler=''>y</span><span>z</span>",
    );
    let spoilers = clean.spoilers();
    let found: Vec<_> =
        spoilers.iter().map(|spoiler| (spoiler.reason(), spoiler.content().as_str())).collect();
    assert_eq!(found, [(Some("movie"), "the <b>movie</b> was awesome"), (None, "x"), (None, "y")]);
}

#[test]
fn msc2010_a_spoiler_is_one_on_span_alone() {
    for tag in ["div", "p", "b", "font", "details"] {
        assert!(!sanitized(&format!("<{tag} data-mx-spoiler>x</{tag}>")).contains("spoiler"), "{tag}");
    }
}

#[test]
fn msc2010_the_inner_of_two_spoilers_is_content() {
    let clean = Sanitizer::new().clean("<span data-mx-spoiler>a<span data-mx-spoiler>b</span></span>");
    let spoilers = clean.spoilers();
    assert_eq!(spoilers.len(), 1);
    assert_eq!(spoilers[0].content().spoilers()[0].content().as_str(), "b");
}

#[test]
fn msc2010_the_reason_is_escaped() {
    let reason = "\"><script>alert(1)</script>&amp;";
    let spoiler = Spoiler::new(Clean::from_text("x")).with_reason(reason);
    let html = spoiler.to_html();
    assert_eq!(sanitized(html.as_str()), html.as_str());
    assert_eq!(html.spoilers()[0].reason(), Some(reason));
    assert_eq!(Spoiler::new(Clean::from_text("x")).to_html().as_str(), "<span data-mx-spoiler>x</span>");
}

#[test]
fn msc2010_a_spoiler_of_the_greatest_depth_is_still_within_the_limit() {
    let html = format!("{}x{}", "<i>".repeat(100), "</i>".repeat(100));
    let spoiler = Spoiler::new(Sanitizer::new().clean(&html)).to_html();
    assert_eq!(sanitized(spoiler.as_str()), spoiler.as_str());
    assert!(spoiler.as_str().starts_with("<span data-mx-spoiler>"));
}

#[test]
fn msc2557_the_fallback_is_a_link_if_there_is_something_to_link() {
    let uri = Some("mxc://someserver/somefile");
    assert_eq!(spoiler_fallback(None, uri), "[Spoiler](mxc://someserver/somefile)");
    assert_eq!(spoiler_fallback(Some("movie"), uri), "[Spoiler for movie](mxc://someserver/somefile)");
    assert_eq!(spoiler_fallback(Some(""), None), "[Spoiler]");
}

#[test]
fn msc2557_plain_text_does_not_tell_what_is_hidden() {
    let clean =
        Sanitizer::new().clean("Alice <span data-mx-spoiler=\"a &amp; b\">lived <i>on</i></span> there.");
    assert_eq!(clean.to_plain_text(), "Alice [Spoiler for a & b] there.");
    let linked = clean.to_plain_text_with(|spoiler| spoiler_fallback(spoiler.reason(), Some("mxc://a/b")));
    assert_eq!(linked, "Alice [Spoiler for a & b](mxc://a/b) there.");
    let told = clean.to_plain_text_with(|spoiler| spoiler.content().to_plain_text());
    assert_eq!(told, "Alice lived on there.");
}
