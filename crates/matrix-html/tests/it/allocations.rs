//! The simplest bodies cost no allocation.

use matrix_html::sanitize;

#[test]
fn what_does_not_change_is_not_allocated() {
    let long = "a word, ".repeat(1_000);
    let deep = format!("{}{}", "<div>".repeat(100), "</div>".repeat(100));
    for html in [
        "hello",
        &long,
        &deep,
        "<p>a <b>b</b> &amp; <a href=\"https://a.org/\">c</a></p>",
        "<img src=\"mxc://a/b\" alt=\"x\" title=\"y\" width=\"1\" height=\"2\">",
        "<ul><li><p>a</p></li></ul><table><tbody><tr><td>b</td></tr></tbody></table>",
    ] {
        let counted = allocation_counter::measure(|| assert_eq!(sanitize(html), html));
        assert_eq!(counted.count_total, 0, "{html}");
    }
}

#[test]
fn what_changes_a_little_is_allocated_once() {
    for html in ["a & b", "a<br/>b &quot;c&quot;", "<font color=\"#ff0000\">x</font>"] {
        let counted = allocation_counter::measure(|| assert_ne!(sanitize(html), html));
        assert_eq!(counted.count_total, 1, "{html}");
    }
}
