//! Links to users, rooms and events.

use matrix_html::links;

fn found(html: &str) -> Vec<(String, String)> {
    links(html).iter().map(|link| (link.uri().to_string(), link.text().to_owned())).collect()
}

fn pair(uri: &str, text: &str) -> (String, String) {
    (uri.to_owned(), text.to_owned())
}

#[test]
fn msc1704_and_msc2312_links_are_found_in_their_order() {
    let html = "<p>Hi <a href=\"https://matrix.to/#/@alice:example.org\">Al<b>ice</b></a>,</p>\
                <a href=\"matrix:r/chat:example.org?via=example.net\">#chat</a>\
                <a href='https://matrix.to/#/!a:example.org/$b?via=c.org&amp;via=d.org'>event</a>";
    assert_eq!(
        found(html),
        [
            pair("matrix:u/alice:example.org", "Alice"),
            pair("matrix:r/chat:example.org?via=example.net", "#chat"),
            pair("matrix:roomid/a:example.org/e/b?via=c.org&via=d.org", "event"),
        ]
    );
}

#[test]
fn other_links_and_broken_ones_are_passed_over() {
    let html = "<a href=\"https://example.org/#/@a:b.org\">x</a><a href=\"matrix:u/alice\">y</a><a>z</a>\
                <a href=\"https://matrix.to/#/nothing\">w</a><img src=\"mxc://a/b\">@alice:example.org";
    assert_eq!(found(html), []);
}

#[test]
fn what_is_taken_out_has_no_links() {
    let html = "<mx-reply><a href=\"https://matrix.to/#/@alice:example.org\">x</a></mx-reply>\
                <script><a href=\"https://matrix.to/#/@bob:example.org\">y</a></script>";
    assert_eq!(found(html), []);
}

#[test]
fn a_link_in_a_table_in_a_link_is_found() {
    let html = "<a href=\"matrix:u/a:b.org\"><table><tr><td><a href=\"matrix:u/c:d.org\">x</a></td></tr></table></a>";
    assert_eq!(found(html), [pair("matrix:u/a:b.org", "x"), pair("matrix:u/c:d.org", "x")]);
}
