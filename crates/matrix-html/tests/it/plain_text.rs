//! HTML as plain text.

use matrix_html::Sanitizer;

#[track_caller]
fn becomes(html: &str, text: &str) {
    assert_eq!(Sanitizer::new().clean(html).to_plain_text(), text, "{html}");
}

#[test]
fn white_space_is_that_of_html() {
    becomes("  a \n\t b  ", "a b");
    becomes("a <b> b </b> c", "a b c");
    becomes("<p> a </p> <p> b </p>", "a\n\nb");
    becomes("a&nbsp; b", "a\u{a0} b");
    becomes("<pre>a  b\n\n  c\n</pre>d", "a  b\n\n  c\n\nd");
}

#[test]
fn blocks_have_lines_of_their_own() {
    becomes("a<p>b</p>c", "a\n\nb\n\nc");
    becomes("<h1>a</h1><div>b</div><div>c</div>", "a\n\nb\nc");
    becomes("a<br>b<br><br>c<br>", "a\nb\n\nc");
    becomes("a<hr>b", "a\n---\nb");
    becomes("<details><summary>a</summary>b</details>c", "a\nb\nc");
}

#[test]
fn quotations_are_marked_on_every_line() {
    becomes("<blockquote><p>a</p><p>b<br>c</p></blockquote>d", "> a\n>\n> b\n> c\n\nd");
    becomes("<blockquote>a<blockquote>b</blockquote>c</blockquote>", "> a\n>\n> > b\n>\n> c");
    becomes("<blockquote>a</blockquote><blockquote>b</blockquote>", "> a\n\n> b");
}

#[test]
fn items_are_marked_and_numbered() {
    becomes("<ul><li>a</li><li>b<br>c</li></ul>", "- a\n- b\n  c");
    becomes("x<ol start=\"9\"><li>a</li><li>b</li></ol>y", "x\n\n9. a\n10. b\n\ny");
    becomes("<ol><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>", "1. a\n   - b\n   - c\n2. d");
    becomes("<ol start=\"-1\"><li>a</li><li>b</li></ol>", "-1. a\n0. b");
    becomes("<li>a</li>", "- a");
    becomes("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b");
    becomes("<blockquote><ul><li>a</li></ul></blockquote>", "> - a");
}

#[test]
fn cells_are_separated_by_tabs() {
    becomes(
        "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td></td><td>c</td></tr></tbody></table>",
        "a\tb\n\tc",
    );
}

#[test]
fn links_tell_where_they_lead_if_their_text_does_not() {
    becomes("<a href=\"https://a.org/\">here</a>.", "here (https://a.org/).");
    becomes("<a href=\"https://a.org/\">https://a.org/</a>", "https://a.org/");
    becomes("<a href=\"mailto:a@b.org\">a@b.org</a>", "a@b.org");
    becomes("<a href=\"https://matrix.to/#/@alice:example.org\">Alice</a>: hi", "Alice: hi");
    becomes("<a href=\"javascript:x\">x</a>", "x");
}

#[test]
fn images_are_their_text() {
    becomes(
        "a <img src=\"mxc://a/b\" alt=\":smile:\" title=\"t\"> b <img title=\"t\"><img>",
        "a :smile: b t",
    );
}
