//! Which tags and attributes are permitted, today and before.

use matrix_html::{Attribute, List, Sanitizer, Tag};

use crate::checker::{by_tree, sanitized};

fn before(html: &str) -> String {
    let sanitizer = Sanitizer::new().with_list(List::V1_9);
    let clean = sanitizer.clean(html).into_string();
    assert_eq!(sanitizer.clean(&format!("<!---->{html}")).as_str(), clean);
    assert!(sanitizer.clean(&clean).is_unchanged(), "{clean}");
    clean
}

/// Where an element can stand.
fn place(tag: Tag, content: &str) -> String {
    let name = tag.name();
    match tag {
        Tag::Caption | Tag::Thead | Tag::Tbody if content.is_empty() => {
            format!("<table><{name}></{name}></table>")
        }
        Tag::Thead | Tag::Tbody => format!("<table><{name}><tr><td>{content}</td></tr></{name}></table>"),
        Tag::Caption => format!("<table><caption>{content}</caption></table>"),
        Tag::Tr => format!("<table><tbody><tr><td>{content}</td></tr></tbody></table>"),
        Tag::Td | Tag::Th => format!("<table><tbody><tr><{name}>{content}</{name}></tr></tbody></table>"),
        Tag::Table => "<table></table>".to_owned(),
        _ if tag.is_void() => format!("<{name}>"),
        _ => format!("<{name}>{content}</{name}>"),
    }
}

#[test]
fn every_tag_of_the_list_stays_as_it_is() {
    for tag in Tag::ALL.iter().filter(|tag| List::Today.has_tag(**tag)) {
        let html = place(*tag, "x");
        assert_eq!(sanitized(&html), html);
        assert_eq!(before(&html), html);
    }
    assert_eq!(Tag::ALL.iter().filter(|tag| List::Today.has_tag(**tag)).count(), 37);
}

#[test]
fn every_attribute_of_the_list_stays_and_no_other_does() {
    let mut count = 0;
    for tag in Tag::ALL {
        for attribute in Attribute::ALL {
            let value = match attribute {
                Attribute::Href => "https://example.org/",
                Attribute::Src => "mxc://example.org/abc",
                Attribute::Class => "language-rust",
                Attribute::Start | Attribute::Width | Attribute::Height => "7",
                Attribute::Color | Attribute::DataMxColor | Attribute::DataMxBgColor => "#12aBcd",
                _ => "x",
            };
            let html = place(*tag, "x").replacen(
                &format!("<{tag}>"),
                &format!("<{tag} {attribute}=\"{value}\">"),
                1,
            );
            for list in [List::Today, List::V1_9].into_iter().filter(|list| list.has_tag(*tag)) {
                let clean = Sanitizer::new().with_list(list).clean(&html).into_string();
                assert_eq!(clean == html, list.has_attribute(*tag, *attribute), "{list:?}: {html} → {clean}");
                assert!(clean == html || clean == place(*tag, "x"), "{list:?}: {html} → {clean}");
                count += usize::from(list.has_attribute(*tag, *attribute));
            }
        }
    }
    // 14 of today; 16 of version 1.9: no formulas, but `name` and the three of `font`.
    assert_eq!(count, 14 + 16);
}

#[test]
fn msc2422_color_of_font_is_a_color_of_span() {
    let red = r##"<span data-mx-color="#ff0000">x</span>"##;
    assert_eq!(sanitized(r##"<font color="#ff0000">x</font>"##), red);
    assert_eq!(sanitized("<font color=red>x</font>"), red);
    assert_eq!(sanitized(r#"<font color="Red">x</font>"#), red);
    assert_eq!(sanitized(r##"<font color="#f00">x</font>"##), red);
    assert_eq!(sanitized(r#"<font color="url(x)">x</font>"#), "<span>x</span>");
    assert_eq!(sanitized(r#"<font face="x" size="7">x</font>"#), "<span>x</span>");
    assert_eq!(
        sanitized(r##"<font data-mx-bg-color="#0000ff" color="#ff0000">x</font>"##),
        r##"<span data-mx-bg-color="#0000ff" data-mx-color="#ff0000">x</span>"##
    );
}

#[test]
fn msc2422_of_two_colors_there_is_one() {
    let green = r##"<span data-mx-color="#00ff00">x</span>"##;
    assert_eq!(sanitized(r##"<font color="#ff0000" data-mx-color="#00ff00">x</font>"##), green);
    assert_eq!(sanitized(r##"<font data-mx-color="#00ff00" color="#ff0000">x</font>"##), green);
    assert_eq!(sanitized(r##"<font data-mx-color="green?" color="lime">x</font>"##), green);
}

#[test]
fn color_is_no_attribute_of_span() {
    assert_eq!(sanitized(r##"<span color="#ff0000">x</span>"##), "<span>x</span>");
}

#[test]
fn the_old_list_keeps_font_and_strike_and_names_of_links() {
    for html in [
        r#"<font color="red">x</font>"#,
        r##"<font color="#ff0000" data-mx-color="#00ff00">x</font>"##,
        "<strike>x</strike>",
        r#"<a name="top">x</a>"#,
    ] {
        assert_eq!(before(html), html);
        assert_ne!(sanitized(html), html);
    }
    assert_eq!(before(r#"<font color="expression(x)">x</font>"#), "<font>x</font>");
    assert_eq!(before(r#"<div data-mx-maths="x">x</div>"#), "<div>x</div>");
}

#[test]
fn strike_is_s_today() {
    assert_eq!(sanitized("<strike>x</strike>"), "<s>x</s>");
    assert_eq!(sanitized("<b><strike>x</b></strike>"), "<b><s>x</s></b>");
}

#[test]
fn what_is_not_on_the_list_gives_way_to_its_content() {
    for name in
        ["section", "marquee", "dialog", "mark", "button", "form", "object", "center", "big", "x-y", "html"]
    {
        assert_eq!(sanitized(&format!("a<{name} onclick=x>b<i>c</i></{name}>d")), "ab<i>c</i>d", "{name}");
    }
    for name in ["input", "link", "meta", "base", "embed", "source", "wbr"] {
        assert_eq!(sanitized(&format!("a<{name} src=x>d")), "ad", "{name}");
    }
}

#[test]
fn what_is_never_shown_as_text_goes_with_its_content() {
    for name in ["script", "style", "template", "title", "iframe", "noembed", "noframes", "noscript"] {
        assert_eq!(sanitized(&format!("a<{name}>b<i>c</i></{name}>d")), "ad", "{name}");
    }
    assert_eq!(sanitized("a<svg>b<text>c</text></svg>d<math><mi>e</mi></math>f"), "adf");
    // A parser takes this for the end of the drawing.
    assert_eq!(sanitized("a<svg>b<i>c</i></svg>d"), "a<i>c</i>d");
    assert_eq!(sanitized("a<!-- b --><!DOCTYPE html><?php c ?><![CDATA[d]]>e"), "ae");
}

#[test]
fn a_reply_goes_with_its_quotation() {
    let html = "<mx-reply><blockquote><a href=\"https://matrix.to/#/!a:b/$c\">In reply to</a><br>old</blockquote>\
                </mx-reply>new";
    assert_eq!(sanitized(html), "new");
    assert_eq!(sanitized("<p>a</p><MX-REPLY><p>b</p></mx-reply><p>c</p>"), "<p>a</p><p>c</p>");
    assert_eq!(sanitized("<mx-reply>never closed"), "");
    assert_eq!(before(html), "new");
}

#[test]
fn the_foot_of_a_table_is_a_body() {
    assert_eq!(
        by_tree("<table><tfoot><tr><td>x</td></tr></tfoot></table>"),
        "<table><tbody><tr><td>x</td></tr></tbody></table>"
    );
}

#[test]
fn noopener_is_added_to_every_link_if_asked_for_and_once() {
    let sanitizer = Sanitizer::new().with_noopener(true);
    let wanted = r#"<a href="https://a.org/" rel="noopener">x</a>"#;
    for html in [
        r#"<a href="https://a.org/">x</a>"#,
        r#"<a rel="noopener" href="https://a.org/">x</a>"#,
        r#"<a href="https://a.org/" rel="opener">x</a>"#,
        r#"<a href="https://a.org/" rel='noopener'>x</a>"#,
        r#"<a href="https://a.org/" rel="noopener" rel="opener">x</a>"#,
        r#"<a href=https://a.org/ rel=noopener>x</a>"#,
        wanted,
    ] {
        assert_eq!(sanitizer.clean(html).as_str(), wanted, "{html}");
        assert_eq!(sanitizer.clean(&format!("<!---->{html}")).as_str(), wanted, "{html}");
    }
    assert!(sanitizer.clean(wanted).is_unchanged());
    assert_eq!(sanitizer.clean("<b rel=\"noopener\">x</b>").as_str(), "<b>x</b>");
    assert_eq!(sanitized(wanted), r#"<a href="https://a.org/">x</a>"#);
}

#[test]
fn msc2312_links_are_permitted_if_asked_for() {
    let html = r#"<a href="matrix:u/alice:example.org">x</a>"#;
    assert_eq!(sanitized(html), "<a>x</a>");
    let sanitizer = Sanitizer::new().with_matrix_links(true);
    assert!(sanitizer.clean(html).is_unchanged());
    assert_eq!(sanitizer.clean(&format!("<!---->{html}")).as_str(), html);
}
