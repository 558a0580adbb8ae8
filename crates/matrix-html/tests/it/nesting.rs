//! Structures that a parser would read differently the second time.

use crate::checker::sanitized;

#[test]
fn what_is_left_out_does_not_let_elements_meet_that_close_one_another() {
    for (html, wanted) in [
        ("<p><button><p>x</p></button></p>", "<p>x</p>"),
        ("<p><button><div>x</div></button>y</p>", "<p>xy</p>"),
        ("<p><object><table><tr><td>x</td></tr></table></object></p>", "<p>x</p>"),
        ("<h1><section><h2>x</h2></section></h1>", "<h1>x</h1>"),
        ("<ul><li><section><li>x</section></ul>", "<ul><li>x</li></ul>"),
        (
            "<a href=\"https://a\"><object><a href=\"https://b\">x</a></object></a>",
            "<a href=\"https://a\">x</a>",
        ),
        ("<p><marquee><hr></marquee></p>", "<p></p>"),
        ("<table><colgroup><col><template>x</template></colgroup></table>", "<table></table>"),
        ("<td>x</td><tr>y</tr><caption>z</caption>", "xyz"),
    ] {
        assert_eq!(sanitized(html), wanted, "{html}");
    }
}

#[test]
fn misnested_markup_comes_out_well_nested() {
    for (html, wanted) in [
        ("<b><i>x</b>y</i>", "<b><i>x</i></b><i>y</i>"),
        ("<b>1<p>2</b>3</p>", "<b>1</b><p><b>2</b>3</p>"),
        ("<p>1<p>2", "<p>1</p><p>2</p>"),
        ("<ul><li>1<li>2</ul>", "<ul><li>1</li><li>2</li></ul>"),
        ("</b></p>x</div>", "<p></p>x"),
        (
            "<a href=https://a>1<a href=https://b>2</a></a>",
            "<a href=\"https://a\">1</a><a href=\"https://b\">2</a>",
        ),
        ("<table>x<b>y</b><tr><td>z", "x<b>y</b><table><tbody><tr><td>z</td></tr></tbody></table>"),
        (
            "<TABLE><TD>1<TD>2<TR><TH>3",
            "<table><tbody><tr><td>1</td><td>2</td></tr><tr><th>3</th></tr></tbody></table>",
        ),
        ("<div/>x</div>", "<div>x</div>"),
        ("<br></br>x</br>", "<br><br>x<br>"),
        ("<image src=mxc://a/b>", "<img src=\"mxc://a/b\">"),
        ("<b", ""),
        ("a<", "a&lt;"),
        ("a<3 b</ c", "a&lt;3 b"),
    ] {
        assert_eq!(sanitized(html), wanted, "{html}");
    }
}

#[test]
fn a_line_feed_at_the_start_of_pre_is_kept_if_a_parser_keeps_it() {
    for (html, wanted) in [
        ("<pre>\nx</pre>", "<pre>x</pre>"),
        ("<pre>\n\nx</pre>", "<pre>\n\nx</pre>"),
        ("<pre>\n\n\nx</pre>", "<pre>\n\n\nx</pre>"),
        ("<pre>\r\n\r\nx</pre>", "<pre>\n\nx</pre>"),
        ("<pre><!---->\nx</pre>", "<pre>\n\nx</pre>"),
        ("<pre><code>\nx</code></pre>", "<pre><code>\nx</code></pre>"),
        ("<pre>&#10;x</pre>", "<pre>x</pre>"),
        ("<pre>&#13;x</pre>", "<pre>\n\nx</pre>"),
        ("<pre><section>\nx</section></pre>", "<pre>\n\nx</pre>"),
        ("<pre>\n</pre>", "<pre></pre>"),
    ] {
        assert_eq!(sanitized(html), wanted, "{html:?}");
    }
}

#[test]
fn characters_that_a_parser_changes_are_changed_once() {
    for (html, wanted) in [
        ("a\rb\r\nc", "a\nb\nc"),
        ("a\0b", "ab"),
        ("<i title=\"a\0b\">x</i>\0", "<i>x</i>"),
        ("<img alt=\"a\0b\rc&#13;d\">", "<img alt=\"a\u{fffd}b\nc\nd\">"),
        ("&#0;&#x80;&#xD800;&#13;", "\u{fffd}\u{20ac}\u{fffd}\n"),
        ("\u{feff}\u{feff}x", "\u{feff}\u{feff}x"),
        ("&notit; &amp &lt", "¬it; &amp; &lt;"),
        ("&amp;amp; &amp;#39;", "&amp;amp; &amp;#39;"),
        ("\u{1}\u{85}\u{fffe}", "\u{1}\u{85}\u{fffe}"),
    ] {
        assert_eq!(sanitized(html), wanted, "{html:?}");
    }
}
