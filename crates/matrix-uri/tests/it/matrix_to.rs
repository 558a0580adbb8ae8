use matrix_identifiers::Error as IdError;
use matrix_uri::{Error, MatrixUri};

use crate::{error, ids};

fn id(path: &str) -> String {
    ids(&format!("https://matrix.to/#/{path}"))
}

/// The error, with offsets from the start of the path.
fn refused(path: &str) -> (&'static str, Option<usize>) {
    let error = error(&format!("https://matrix.to/#/{path}"));
    (error.kind(), error.offset().map(|offset| offset - 20))
}

#[test]
fn msc1704_identifiers_are_read_encoded_or_not() {
    for alias in ["%23a:hs", "%23a%3Ahs", "#a:hs", "#a%3ahs"] {
        assert_eq!(id(alias), "#a:hs");
    }
    assert_eq!(id("@a:hs"), "@a:hs");
    assert_eq!(id("%40a%3Ahs"), "@a:hs");
    assert_eq!(id("%21a%3Ahs"), "!a:hs");
    assert_eq!(id("#café 日:hs"), "#café 日:hs");
    assert_eq!(id("@a+b:hs"), "@a+b:hs");
    assert_eq!(id("!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM").len(), 44);
}

#[test]
fn msc1704_events_stand_in_rooms() {
    assert_eq!(id("!a:hs/$b:hs"), "!a:hs $b:hs");
    assert_eq!(id("%21a%3Ahs/%24b%3Ahs"), "!a:hs $b:hs");
    assert_eq!(id("!a/$b:hs"), "!a $b:hs");
    assert_eq!(id("#a:hs/$b"), "#a:hs $b");
    assert_eq!(id("%23a%3Ahs/$b"), "#a:hs $b");
}

#[test]
fn msc1704_bare_slashes_of_room_3_event_ids_are_read() {
    assert_eq!(id("!a:hs/$b/c+d//e/"), "!a:hs $b/c+d//e/");
    assert_eq!(id("!a:hs/$b%2Fc/d"), "!a:hs $b/c/d");
    assert_eq!(id("#a:hs/$b/c:d"), "#a:hs $b/c:d");
}

#[test]
fn bare_slashes_and_number_signs_are_read_where_they_can_be() {
    assert_eq!(id("@a/b:hs"), "@a/b:hs");
    assert_eq!(id("#a/b#:hs/$c"), "#a/b#:hs $c");
    assert_eq!(id("#a/b%3Ahs/$c"), "#a/b:hs $c");
    assert_eq!(id("!a:hs/$b#c"), "!a:hs $b#c");
    // Not before a `$`, which begins an event ID.
    assert_eq!(refused("#a/$b:hs"), ("invalid_identifier", Some(0)));
    assert_eq!(refused("@a/$b:hs"), ("invalid_identifier", Some(0)));
    assert_eq!(refused("@a:hs/$b"), ("not_an_event", Some(6)));
}

#[test]
fn what_follows_a_room_is_one_event() {
    for path in
        ["!a:hs/", "!a:hs//", "!a:hs///", "!a:hs/@b:hs", "!a:hs/foo", "!a:hs/%2524b", "!a:hs//$b", "#a:hs/"]
    {
        assert_eq!(refused(path), ("not_an_event", Some(6)), "{path}");
    }
    assert_eq!(
        error("https://matrix.to/#/!a:hs/$"),
        Error::InvalidIdentifier { offset: 26, source: IdError::MissingOpaqueId }
    );
}

#[test]
fn what_is_no_identifier_says_why() {
    assert_eq!(refused(""), ("missing_identifier", Some(0)));
    assert_eq!(refused("?via=x"), ("missing_identifier", Some(0)));
    assert_eq!(refused("a"), ("unknown_sigil", Some(0)));
    assert_eq!(refused("/@a:hs"), ("unknown_sigil", Some(0)));
    assert_eq!(refused("%2540a:hs"), ("unknown_sigil", Some(0)));
    assert_eq!(refused("é"), ("unknown_sigil", Some(0)));
    assert_eq!(refused("%"), ("unknown_sigil", Some(0)));
    assert_eq!(refused("+a:hs"), ("group", Some(0)));
    assert_eq!(refused("%2Ba%3Ahs"), ("group", Some(0)));
    assert_eq!(refused("$a:hs/!b:hs"), ("event_without_room", Some(0)));
    assert_eq!(refused("%24a"), ("event_without_room", Some(0)));
    assert_eq!(refused("@"), ("invalid_identifier", Some(0)));
    assert_eq!(refused("!a/$%00"), ("invalid_identifier", Some(3)));
    assert_eq!(refused("@a%zz:hs"), ("invalid_percent_encoding", Some(2)));
    assert_eq!(refused("!a/$é%ff"), ("invalid_utf8", Some(3)));
}

#[test]
fn msc1704_the_prefix_is_compared_to_the_letter() {
    for prefix in [
        "http://matrix.to/#/",
        "HTTPS://matrix.to/#/",
        "https://Matrix.to/#/",
        "https://www.matrix.to/#/",
        "https://matrix.to.evil.org/#/",
        "https://matrix.to:443/#/",
        "https://matrix.to//#/",
        "https://matrix.to/#",
        "https://matrix.to/%23/",
        "matrix.to/#/",
    ] {
        assert_eq!(error(&format!("{prefix}@a:hs")), Error::NotMatrix, "{prefix}");
    }
}

#[test]
fn msc1704_only_via_is_an_argument() {
    let uri = MatrixUri::parse("https://matrix.to/#/#a:hs?via=b&foo=bar&&VIA=%5B::1%5D&action=join&via=%zz")
        .unwrap();
    assert_eq!(uri.via(), ["b", "[::1]"]);
    assert_eq!((uri.action(), uri.custom()), (None, [].as_slice()));
    // A question mark in an identifier has to be encoded.
    assert_eq!(id("!a%3Fb?c"), "!a?b");
}
