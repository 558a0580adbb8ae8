//! What values may stand in a message.

use crate::checker::sanitized;

#[track_caller]
fn link(target: &str) -> bool {
    let clean = sanitized(&format!("<a href=\"{target}\">x</a>"));
    if clean == "<a>x</a>" {
        return false;
    }
    assert_eq!(clean, format!("<a href=\"{target}\">x</a>"));
    true
}

#[test]
fn links_are_absolute_and_of_a_scheme_of_the_list_in_any_case() {
    for target in [
        "https://a.org",
        "http://a.org/b?c&amp;d#e",
        "ftp://a.org/",
        "mailto:a@b.org",
        "magnet:?xt=urn:btih:x",
        "HTTPS://A.ORG",
        "hTTp://a.org",
        "MailTo:a@b",
        "MAGNET:?x",
        "https://[::1]:80/",
        "https://é.org/",
    ] {
        assert!(link(target), "{target}");
    }
}

#[test]
fn links_of_other_schemes_and_relative_ones_go() {
    for target in [
        "",
        "https",
        "https:",
        "https:/",
        "https://",
        "https:a.org",
        "https:/a.org",
        "https:///a.org",
        "https:\\\\a.org",
        "https://\\a.org",
        "//a.org",
        "/a",
        "a",
        "?a",
        "#a",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "javascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A&#x61vascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "blob:https://a",
        "file:///etc/passwd",
        "tel:1",
        "xmpp:a@b",
        "ssh://a",
        "matrix:u/a:b",
        "mxc://a/b",
        "about:blank",
        "mailto:",
        "httpss://a.org",
        "xhttps://a.org",
        " https://a.org",
        "ht\ntps://a.org",
        "https ://a.org",
        "view-source:https://a.org",
        "https&#0;://a.org",
        "jar:https://a.org",
        "feed:https://a.org",
    ] {
        assert!(!link(target), "{target}");
    }
}

#[test]
fn a_reference_in_a_scheme_is_read_before_it_is_checked() {
    assert_eq!(sanitized(r#"<a href="&#104;ttps://a.org">x</a>"#), r#"<a href="https://a.org">x</a>"#);
}

#[test]
fn images_are_matrix_content_alone() {
    let image = |source: &str| sanitized(&format!("<img src=\"{source}\">")).contains("src");
    for source in ["mxc://a.org/Ab-_9", "mxc://a:80/b", "mxc://[::1]:80/b", "MXC://a/b"] {
        assert!(image(source), "{source}");
    }
    for source in [
        "https://a.org/x.png",
        "x.png",
        "",
        "mxc:",
        "mxc://",
        "mxc://a",
        "mxc://a/",
        "mxc:///b",
        "mxc://a/b/c",
        "mxc://a/b?c",
        "mxc://a/b#c",
        "mxc://a/..",
        "mxc://a b/c",
        "javascript:x",
        "data:image/png;base64,x",
        " mxc://a/b",
        "mxc:\\\\a/b",
        "cid:x",
        "mxc://a/é",
    ] {
        assert!(!image(source), "{source}");
    }
    assert_eq!(sanitized("<img alt=\"z\" src=\"https://evil.example/t.png\">"), "<img alt=\"z\">");
}

#[test]
fn every_attribute_of_every_element_is_checked_in_whatever_order() {
    for other in
        ["class=\"z\"", "id=a", "title='z'", "zzz", "data-x=\"\"", "onclick=\"x\"", "target=\"_blank\""]
    {
        for html in [
            format!("<a {other} href=\"javascript:x\">x</a>"),
            format!("<a href=\"javascript:x\" {other}>x</a>"),
            format!("<a {other} href=\"javascript:x\" {other}>x</a>"),
        ] {
            let clean = sanitized(&html);
            assert!(matches!(&*clean, "<a>x</a>" | "<a target=\"_blank\">x</a>"), "{html} → {clean}");
        }
    }
}

#[test]
fn of_an_attribute_given_twice_the_first_counts_and_the_second_goes() {
    assert_eq!(
        sanitized(r#"<img src="mxc://a/b" src="https://evil.example/x">"#),
        r#"<img src="mxc://a/b">"#
    );
    assert_eq!(sanitized(r#"<img src="https://evil.example/x" SRC="mxc://a/b">"#), "<img>");
    assert_eq!(sanitized(r#"<a href="javascript:x" href="https://a.org">x</a>"#), "<a>x</a>");
    assert_eq!(sanitized(r#"<img alt="a" alt="b" title="c" alt="d">"#), r#"<img alt="a" title="c">"#);
}

#[test]
fn classes_of_code_are_languages() {
    let code = |class: &str| sanitized(&format!("<code class=\"{class}\">x</code>"));
    assert_eq!(code("language-rust"), "<code class=\"language-rust\">x</code>");
    assert_eq!(code("a language-rust  language-c\tb"), "<code class=\"language-rust language-c\">x</code>");
    assert_eq!(code("xlanguage-rust Language-rust"), "<code>x</code>");
    assert_eq!(code(""), "<code>x</code>");
    assert_eq!(sanitized("<pre class=\"language-rust\">x</pre>"), "<pre>x</pre>");
}

#[test]
fn numbers_are_numbers() {
    assert_eq!(sanitized("<ol start=\"-3\"></ol>"), "<ol start=\"-3\"></ol>");
    for start in ["", "x", "3x", "--3", "-", "+3", "3.5", " 3"] {
        assert_eq!(sanitized(&format!("<ol start=\"{start}\"></ol>")), "<ol></ol>", "{start:?}");
    }
    assert_eq!(sanitized("<ul start=\"3\"></ul>"), "<ul></ul>");
    assert_eq!(sanitized("<img width=\"32\" height=\"1e9\">"), "<img width=\"32\">");
    assert_eq!(sanitized("<img width=\"-1\" height=\"100%\">"), "<img>");
}

#[test]
fn colors_have_six_digits() {
    let color = |value: &str| sanitized(&format!("<span data-mx-color=\"{value}\">x</span>"));
    assert_eq!(color("#AbCdEf"), "<span data-mx-color=\"#AbCdEf\">x</span>");
    assert_eq!(color("#abc"), "<span data-mx-color=\"#aabbcc\">x</span>");
    for value in [
        "",
        "#",
        "#12345",
        "#1234567",
        "#gggggg",
        "123456",
        "#ff0000;background:url(x)",
        "rgb(1,2,3)",
        "#é12",
    ] {
        assert_eq!(color(value), "<span>x</span>", "{value}");
    }
}

#[test]
fn values_are_escaped() {
    assert_eq!(
        sanitized("<img alt='\"><script>x</script>&quot;&amp;&lt;'>"),
        "<img alt=\"&quot;&gt;&lt;script&gt;x&lt;/script&gt;&quot;&amp;&lt;\">"
    );
    assert_eq!(sanitized("<img alt=a&b title=`x>"), "<img alt=\"a&amp;b\" title=\"`x\">");
    assert_eq!(
        sanitized("<a href=\"https://a.org/?a=1&b=2\">x</a>"),
        "<a href=\"https://a.org/?a=1&amp;b=2\">x</a>"
    );
}
