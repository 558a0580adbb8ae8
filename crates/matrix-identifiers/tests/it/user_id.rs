use matrix_identifiers::{
    Error, LetterCase, OwnedRoomAliasId, OwnedUserId, RoomAliasId, ServerName, UserId, map_localpart,
};

fn server() -> &'static ServerName {
    ServerName::parse("hs").unwrap()
}

#[test]
fn the_localpart_ends_at_the_first_colon() {
    let id = UserId::parse("@a:hs:8448").unwrap();
    assert_eq!((id.localpart(), id.server_name().as_str()), ("a", "hs:8448"));
    // Not the last: what follows the first must be a server name.
    assert_eq!(UserId::parse("@a:b:c"), Err(Error::InvalidPort { offset: 5 }));
}

#[test]
fn historical_localparts_hold_anything_but_colon_and_nul() {
    for localpart in ["", " ", "A", "é", "\u{7f}", "\n", "\u{fdd0}", "@", "a/b"] {
        let text = format!("@{localpart}:hs");
        let id = UserId::parse(&text).unwrap();
        assert_eq!(id.localpart(), localpart);
        assert_eq!(id.is_historical(), localpart != "a/b");
    }
    assert_eq!(UserId::parse("@a\0:hs"), Err(Error::InvalidCharacter { offset: 2, character: '\0' }));
}

#[test]
fn strict_historical_and_compliant_are_told_apart() {
    let told = |text| {
        let id = UserId::parse(text).unwrap();
        (id.is_strict(), id.is_historical(), id.is_compliant())
    };
    assert_eq!(told("@a:hs"), (true, false, true));
    assert_eq!(told("@A~!:hs"), (false, true, true));
    assert_eq!(told("@a b:hs"), (false, true, false));
    assert_eq!(told("@\u{7f}:hs"), (false, true, false));
    assert_eq!(told("@:hs"), (false, true, false));
}

#[test]
fn what_is_no_user_id_says_why() {
    assert_eq!(UserId::parse(""), Err(Error::Empty));
    assert_eq!(UserId::parse("alice"), Err(Error::MissingSigil { sigil: '@' }));
    assert_eq!(UserId::parse("＠alice:hs"), Err(Error::MissingSigil { sigil: '@' }));
    assert_eq!(UserId::parse("@"), Err(Error::MissingColon));
    assert_eq!(UserId::parse("@alice"), Err(Error::MissingColon));
    assert_eq!(UserId::parse("@a:"), Err(Error::MissingHost { offset: 3 }));
    let long = format!("@{}:hs", "é".repeat(126));
    assert_eq!(UserId::parse(&long), Err(Error::TooLong { length: 256, max: 255 }));
    assert!(UserId::parse(&long.replacen('é', "e", 1)).is_ok());
}

#[test]
fn strict_parsing_refuses_historical_user_ids() {
    assert_eq!(UserId::parse_strict("@:hs"), Err(Error::EmptyLocalpart));
    assert_eq!(UserId::parse_strict("@aB:hs"), Err(Error::InvalidCharacter { offset: 2, character: 'B' }));
    assert_eq!(UserId::parse_strict("@a:hs").unwrap(), "@a:hs");
}

#[test]
fn making_a_user_id_is_strict() {
    assert_eq!(OwnedUserId::new("a.b", server()).unwrap(), "@a.b:hs");
    assert_eq!(OwnedUserId::new("", server()), Err(Error::EmptyLocalpart));
    for localpart in [":", "A", "é", "\0"] {
        let error = OwnedUserId::new(localpart, server()).unwrap_err();
        assert_eq!(error.offset(), Some(1), "{localpart:?}");
    }
    assert_eq!(OwnedUserId::new(&"a".repeat(252), server()), Err(Error::TooLong { length: 256, max: 255 }));
}

#[test]
fn aliases_hold_anything_but_colon_and_nul() {
    let alias = RoomAliasId::parse("#日本 #:hs:1").unwrap();
    assert_eq!((alias.localpart(), alias.server_name().as_str()), ("日本 #", "hs:1"));
    assert_eq!(RoomAliasId::parse("#a"), Err(Error::MissingColon));
    assert_eq!(RoomAliasId::parse("@a:hs"), Err(Error::MissingSigil { sigil: '#' }));

    assert_eq!(OwnedRoomAliasId::new("é", server()).unwrap(), "#é:hs");
    assert_eq!(OwnedRoomAliasId::new("", server()), Err(Error::EmptyLocalpart));
    assert_eq!(OwnedRoomAliasId::new("éa:", server()).unwrap_err().offset(), Some(4));
    assert_eq!(OwnedRoomAliasId::new("\0", server()).unwrap_err().offset(), Some(1));
    assert!(OwnedRoomAliasId::new(&"a".repeat(252), server()).is_err());
}

#[test]
fn any_text_maps_to_a_strict_localpart() {
    assert_eq!(map_localpart("#", LetterCase::Fold), "=23");
    assert_eq!(map_localpart("á", LetterCase::Fold), "=c3=a1");
    assert_eq!(map_localpart("A=_:", LetterCase::Fold), "a=3d_=3a");
    assert_eq!(map_localpart("A=_:", LetterCase::Keep), "_a=3d__=3a");
    assert_eq!(map_localpart("", LetterCase::Keep), "");
}
