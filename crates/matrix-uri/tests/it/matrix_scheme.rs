use matrix_identifiers::Error as IdError;
use matrix_uri::{Action, Error, MatrixUri, UriForm};

use crate::{error, ids};

fn custom(text: &str) -> Vec<(String, String)> {
    let uri = MatrixUri::parse(text).unwrap();
    uri.custom().iter().map(|item| (item.name().to_owned(), item.value().to_owned())).collect()
}

fn via(text: &str) -> Vec<String> {
    MatrixUri::parse(text).unwrap().via().iter().map(|server| server.to_string()).collect()
}

fn action(text: &str) -> Option<Action> {
    MatrixUri::parse(text).unwrap().action()
}

#[test]
fn msc2312_each_type_has_its_sigil() {
    assert_eq!(ids("matrix:u/a:hs"), "@a:hs");
    assert_eq!(ids("matrix:r/a:hs"), "#a:hs");
    assert_eq!(ids("matrix:roomid/a:hs"), "!a:hs");
    assert_eq!(ids("matrix:roomid/a:hs/e/b"), "!a:hs $b");
}

#[test]
fn msc2312_event_under_alias_is_read() {
    assert_eq!(ids("matrix:r/a:hs/e/b"), "#a:hs $b");
}

#[test]
fn msc2312_identifiers_need_no_server() {
    let hash = "31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM";
    assert_eq!(ids(&format!("matrix:roomid/{hash}/e/{hash}")), format!("!{hash} ${hash}"));
}

#[test]
fn msc2312_old_type_words_are_read_and_never_written() {
    for (old, new) in [
        ("matrix:user/a:hs", "matrix:u/a:hs"),
        ("matrix:room/a:hs", "matrix:r/a:hs"),
        ("matrix:room/a:hs/event/b", "matrix:r/a:hs/e/b"),
        ("matrix:roomid/a:hs/event/b", "matrix:roomid/a:hs/e/b"),
    ] {
        assert_eq!(MatrixUri::parse(old).unwrap().to_string(), new);
    }
}

#[test]
fn msc2312_words_are_compared_without_regard_to_case() {
    assert_eq!(ids("MaTriX:U/A:hs"), "@A:hs");
    assert_eq!(ids("matrix:RoomID/a:hs/E/b"), "!a:hs $b");
    assert_eq!(ids("matrix:Room/a:hs/EVENT/b"), "#a:hs $b");
    assert_eq!(via("matrix:roomid/a:hs?VIA=x.org"), ["x.org"]);
    assert_eq!(action("matrix:r/a:hs?Action=JOIN"), Some(Action::Join));
}

#[test]
fn msc2312_encoded_letters_are_the_letters() {
    assert_eq!(ids("matrix:%75/a:hs"), "@a:hs");
    assert_eq!(ids("matrix:roomid/a:hs/%65/b"), "!a:hs $b");
    assert_eq!(via("matrix:roomid/a:hs?%76ia=x.org"), ["x.org"]);
    assert_eq!(action("matrix:r/a:hs?action=%6Aoin"), Some(Action::Join));
    assert_eq!(error("matrix:%zz/a:hs"), Error::UnknownType { offset: 7 });
}

#[test]
fn msc2312_a_path_has_two_or_four_segments() {
    for (text, found) in [
        ("matrix:r", 1),
        ("matrix:r/a:hs/", 3),
        ("matrix:roomid/a:hs/e", 3),
        ("matrix:roomid/a:hs/e/b/", 5),
        ("matrix:roomid/a:hs/e/b/e/c", 6),
        ("matrix:u//a:hs", 3),
    ] {
        assert_eq!(error(text), Error::SegmentCount { found }, "{text}");
    }
}

#[test]
fn msc2312_only_known_types_stand_in_their_places() {
    for text in [
        "matrix:",
        "matrix:/",
        "matrix:/u/a:hs",
        "matrix:e/a",
        "matrix:event/a",
        "matrix:x/a:hs",
        "matrix:rooms/a:hs",
    ] {
        assert_eq!(error(text), Error::UnknownType { offset: 7 }, "{text}");
    }
    for text in ["matrix:roomid/a:hs//b", "matrix:roomid/a:hs/u/b:hs", "matrix:roomid/a:hs/r/b:hs"] {
        assert_eq!(error(text), Error::NotAnEvent { offset: 19 }, "{text}");
    }
    assert_eq!(error("matrix:u/a:hs/e/b"), Error::NotAnEvent { offset: 14 });
}

#[test]
fn msc2312_identifiers_are_not_empty() {
    assert_eq!(error("matrix:u/"), Error::MissingIdentifier { offset: 9 });
    assert_eq!(error("matrix:roomid/a:hs/e/"), Error::MissingIdentifier { offset: 21 });
    assert_eq!(error("matrix:r//e/b"), Error::MissingIdentifier { offset: 9 });
}

#[test]
fn msc2312_authority_and_fragment_are_passed_over() {
    assert_eq!(ids("matrix://example.org:80/u/a:hs#x"), "@a:hs");
    assert_eq!(ids("matrix://[::1]/roomid/a:hs/e/b?via=c#/?via=d"), "!a:hs $b");
    assert_eq!(ids("matrix:///u/a:hs#"), "@a:hs");
    assert_eq!(ids("matrix://user@x/u/a:hs"), "@a:hs");
    assert_eq!(via("matrix:r/a:hs#?via=b"), [""; 0]);
    // What looks like a type is the authority.
    assert_eq!(error("matrix://u/a:hs"), Error::UnknownType { offset: 11 });
    assert_eq!(error("matrix://x"), Error::UnknownType { offset: 10 });
    assert_eq!(error("matrix://"), Error::UnknownType { offset: 9 });
}

#[test]
fn msc2312_bare_characters_are_those_of_a_uri_or_iri() {
    for character in
        [' ', '\t', '\n', '"', '<', '>', '\\', '^', '`', '{', '|', '}', '\u{7f}', '\u{85}', '\u{fffe}']
    {
        for (offset, text) in [
            (11, format!("matrix:r/a_{character}:hs")),
            (14, format!("matrix:r/a:hs?{character}")),
            (14, format!("matrix:r/a:hs#{character}")),
            (9, format!("matrix://{character}/r/a:hs")),
        ] {
            assert_eq!(error(&text), Error::InvalidCharacter { offset, character }, "{text:?}");
        }
    }
    for text in ["matrix:r/é日\u{10000}😀:hs", "matrix:r/a'()*+,;=!$&-._~@:hs"] {
        assert_eq!(ids(text), text.replace("matrix:r/", "#"));
    }
    for bracket in ['[', ']'] {
        assert_eq!(
            error(&format!("matrix:r/é{bracket}:hs")),
            Error::InvalidCharacter { offset: 11, character: bracket }
        );
    }
    // Two of a kind are no better than one, and one of each kind no better than any.
    for (text, offset) in
        [("matrix:r/a<>:hs", 10), ("matrix:r/a:hs?<>", 14), ("matrix:r/é<[:hs", 11), ("matrix:r/a:hs?é<", 16)]
    {
        assert_eq!(error(text).offset(), Some(offset), "{text:?}");
    }
    assert_eq!(
        error("matrix:u/%").kind(),
        error("matrix:u/%a").kind(),
        "of no other character than that sought"
    );
    // The last two of every plane are no characters.
    assert_eq!(error("matrix:r/\u{1fffe}:hs").offset(), Some(9));
    assert_eq!(ids("matrix:r/\u{1fffd}:hs"), "#\u{1fffd}:hs");
    assert_eq!(error("matrix:r/a:hs?\u{ffffe}").offset(), Some(14));
    // Private use belongs in queries only.
    assert_eq!(error("matrix:r/\u{e000}:hs").offset(), Some(9));
    assert_eq!(error("matrix:r/\u{f0000}:hs").offset(), Some(9));
    assert_eq!(custom("matrix:r/a:hs?x=\u{e000}\u{10fffd}"), [("x".into(), "\u{e000}\u{10fffd}".into())]);
    assert_eq!(error("matrix:r/a:hs?\u{10ffff}").offset(), Some(14));
}

#[test]
fn msc2312_identifiers_are_decoded_once() {
    assert_eq!(ids("matrix:u/%61%3ahs"), "@a:hs");
    assert_eq!(ids("matrix:r/%E2%9C%93:hs"), "#✓:hs");
    assert_eq!(ids("matrix:u/a%2525b:hs"), "@a%25b:hs");
    assert_eq!(ids("matrix:u/a+b:hs"), "@a+b:hs");
    assert_eq!(ids("matrix:roomid/%2F%23%3F%5B"), "!/#?[");
    for text in ["matrix:r/é%:hs", "matrix:r/é%4:hs", "matrix:r/é%4g:hs", "matrix:r/é%+4:hs"] {
        assert_eq!(error(text), Error::InvalidPercentEncoding { offset: 11 }, "{text}");
    }
    assert_eq!(error("matrix:r/a%2"), Error::InvalidPercentEncoding { offset: 10 });
    assert_eq!(error("matrix:roomid/a/e/a%FF"), Error::InvalidUtf8 { offset: 18 });
}

#[test]
fn what_decodes_to_no_identifier_says_why() {
    assert_eq!(
        error("matrix:u/a:h_s"),
        Error::InvalidIdentifier {
            offset: 9,
            source: IdError::InvalidCharacter { offset: 4, character: '_' }
        }
    );
    assert_eq!(
        error("matrix:roomid/a/e/%00"),
        Error::InvalidIdentifier {
            offset: 18,
            source: IdError::InvalidCharacter { offset: 1, character: '\0' }
        }
    );
    let long = format!("matrix:r/{}:hs", "%61".repeat(252));
    assert_eq!(
        error(&long),
        Error::InvalidIdentifier { offset: 9, source: IdError::TooLong { length: 256, max: 255 } }
    );
}

#[test]
fn msc2312_the_last_action_counts_where_it_applies() {
    assert_eq!(action("matrix:r/a:hs?action=join"), Some(Action::Join));
    assert_eq!(action("matrix:roomid/a:hs?action=chat&action=join"), Some(Action::Join));
    assert_eq!(action("matrix:u/a:hs?action=chat"), Some(Action::Chat));
    for text in [
        "matrix:u/a:hs?action=join",
        "matrix:r/a:hs?action=chat",
        "matrix:roomid/a:hs/e/b?action=join",
        "matrix:r/a:hs?action=join&action=leave",
        "matrix:r/a:hs?action=join&action=chat",
        "matrix:r/a:hs?action=join&action=%zz",
        "matrix:r/a:hs?action=join&action",
        "matrix:r/a:hs?action=joins",
        "matrix:r/a:hs?actions=join",
    ] {
        assert_eq!(action(text), None, "{text}");
    }
}

#[test]
fn msc2312_via_is_a_server_name_and_what_is_none_is_skipped() {
    assert_eq!(
        via("matrix:roomid/a?via=b.org&via=%5B::1%5D:8448&via=[::2]&via=b.org&via=c%3A80"),
        ["b.org", "[::1]:8448", "[::2]", "b.org", "c:80"]
    );
    assert_eq!(via("matrix:roomid/a?via=&via&via=a+b&via=%zz&via=%ff&via=a%20b&via=x&viax=y"), ["x"]);
    assert_eq!(via("matrix:u/a:hs?via=b"), ["b"]);
}

#[test]
fn msc2312_custom_items_are_kept_and_never_fail() {
    let item = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        custom("matrix:r/a:hs?io.element.action=foo&&com.github.quaternion.action=a+b%26c&action=join"),
        [item("io.element.action", "foo"), item("com.github.quaternion.action", "a+b&c")]
    );
    assert_eq!(
        custom("matrix:r/a:hs?flag&UPPER=1=2&/?=%C3%A9&=nameless&x=%zz&y=%ff&%zz=1"),
        [item("flag", ""), item("UPPER", "1=2"), item("/?", "é")]
    );
    assert!(custom("matrix:r/a:hs?").is_empty());
}

#[test]
fn msc2312_the_scheme_is_needed() {
    for text in [
        "",
        "matrix",
        "r/a:hs",
        "//u/a:hs",
        "web+matrix:u/a:hs",
        "matrixx:u/a:hs",
        "matrix :u/a:hs",
        " matrix:u/a:hs",
        "mätrix:u/a:hs",
    ] {
        assert_eq!(error(text), Error::NotMatrix, "{text}");
        assert_eq!(UriForm::of(text), None);
    }
    assert_eq!(UriForm::of("Matrix:x"), Some(UriForm::Matrix));
    assert_eq!(UriForm::of("https://matrix.to/#/x"), Some(UriForm::MatrixTo));
}
