//! What needs no tree, and what then does not even need a copy.

use std::borrow::Cow;

use matrix_html::sanitize;

use crate::checker::sanitized;

#[test]
fn clean_bodies_are_borrowed() {
    for html in [
        "",
        "hello",
        "plain text, of some length: 1 + 1 = 2 — ¾ 日本語 🎉",
        "a &amp; b &lt; c &gt; d",
        "a<br>b",
        "<p>a <strong>b</strong> <em>c</em></p>",
        "<a href=\"https://a.org/?b=1&amp;c=2\">x</a>",
        "<a href=\"https://matrix.to/#/@alice:example.org\">Alice</a>: hi",
        "<span data-mx-spoiler>x</span><span data-mx-spoiler=\"why\">y</span>",
        "<pre><code class=\"language-rust\">fn main() {}\n</code></pre>\n",
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n",
        "<ol start=\"3\"><li><p>x</p></li></ol>",
        "<details><summary>a</summary>b</details>",
        "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>",
        "<img src=\"mxc://a/b\" alt=\":x:\" title=\"\" height=\"32\">",
        "<b><b><b><b><b>x</b></b></b></b></b>",
        "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>",
        "<span data-mx-color=\"#ff0000\">r</span>",
    ] {
        assert!(matches!(sanitize(html), Cow::Borrowed(_)), "{html}");
        assert_eq!(sanitized(html), html);
    }
}

#[test]
fn small_changes_come_out_as_by_a_tree() {
    for (html, wanted) in [
        ("a & b", "a &amp; b"),
        ("a > b <3", "a &gt; b &lt;3"),
        ("&quot;x&quot; &#39;y&#x27; &apos;&nbsp;", "\"x\" 'y' '\u{a0}"),
        ("a<br />b<br/>c<hr   >", "a<br>b<br>c<hr>"),
        ("<p class=\"x\">a</p>", "<p>a</p>"),
        (
            "<a  href=\"https://a.org\"\ttarget='_blank' >x</a>",
            "<a href=\"https://a.org\" target=\"_blank\">x</a>",
        ),
        ("<font color=\"#00ff00\">r</font>", "<span data-mx-color=\"#00ff00\">r</span>"),
        ("<img alt src=\"mxc://a/b\" />", "<img alt=\"\" src=\"mxc://a/b\">"),
        ("<span data-mx-spoiler=\"\" onclick=\"x()\">x</span>", "<span data-mx-spoiler>x</span>"),
        ("<strike>x</strike>", "<s>x</s>"),
        ("<span  data-mx-spoiler = \"x\">y</span>", "<span data-mx-spoiler=\"x\">y</span>"),
    ] {
        assert_eq!(sanitized(html), wanted);
    }
}
