use matrix_identifiers::{EventId, NamespacedId, OwnedRoomId, RoomAliasId, RoomId, ServerName, UserId};
use matrix_uri::{Action, CustomItem, Error, MatrixUri, RoomOrAlias, Target};

fn user(text: &str) -> MatrixUri {
    MatrixUri::new(UserId::parse(text).unwrap())
}

#[test]
fn msc2312_all_but_path_characters_are_encoded() {
    let visible: String = (' '..='~').filter(|character| *character != ':').collect();
    let room: OwnedRoomId = format!("!{visible}:\u{7f}é").parse().unwrap();
    let uri = MatrixUri::new(room.clone());
    assert_eq!(
        uri.to_string(),
        "matrix:roomid/%20!%22%23$%25&'()*+,-.%2F0123456789;%3C=%3E%3F@ABCDEFGHIJKLMNOPQRSTUVWXYZ%5B%5C%5D%5E_\
         %60abcdefghijklmnopqrstuvwxyz%7B%7C%7D~:%7F%C3%A9"
    );
    assert_eq!(
        uri.matrix_to().to_string(),
        uri.to_string().replace("matrix:roomid/", "https://matrix.to/#/!")
    );
    assert_eq!(*MatrixUri::parse(&uri.to_string()).unwrap().target(), Target::Room(room));
}

#[test]
fn sigils_are_encoded_where_they_have_to_be() {
    let forms = |uri: MatrixUri| (uri.to_string(), uri.matrix_to().to_string());
    let alias = RoomAliasId::parse("##a:hs").unwrap();
    assert_eq!(
        forms(MatrixUri::new(alias)),
        ("matrix:r/%23a:hs".into(), "https://matrix.to/#/%23%23a:hs".into())
    );
    assert_eq!(forms(user("@@a:hs")), ("matrix:u/@a:hs".into(), "https://matrix.to/#/@@a:hs".into()));
    let event = (alias, EventId::parse("$$a").unwrap());
    assert_eq!(
        forms(MatrixUri::new(event)),
        ("matrix:r/%23a:hs/e/$a".into(), "https://matrix.to/#/%23%23a:hs/$$a".into())
    );
}

#[test]
fn msc1704_matrix_to_has_servers_and_nothing_else_for_arguments() {
    let item = CustomItem::new(NamespacedId::parse("a.b").unwrap(), "c").unwrap();
    let uri = user("@a:hs")
        .with_via([ServerName::parse("[::1]:80").unwrap(), ServerName::parse("x.org").unwrap()])
        .with_custom(item)
        .with_action(Action::Chat)
        .unwrap();
    assert_eq!(uri.to_string(), "matrix:u/a:hs?via=%5B::1%5D:80&via=x.org&action=chat&a.b=c");
    assert_eq!(uri.matrix_to().to_string(), "https://matrix.to/#/@a:hs?via=%5B::1%5D:80&via=x.org");
}

#[test]
fn msc2312_actions_are_made_only_where_they_apply() {
    let room = RoomId::parse("!a").unwrap();
    let alias = RoomAliasId::parse("#a:hs").unwrap();
    let event = Target::from((room, EventId::parse("$b").unwrap()));
    let take = |target: Target, action| MatrixUri::new(target).with_action(action).map(|uri| uri.to_string());
    assert_eq!(take(room.into(), Action::Join).unwrap(), "matrix:roomid/a?action=join");
    assert_eq!(take(alias.into(), Action::Join).unwrap(), "matrix:r/a:hs?action=join");
    for (target, action) in [
        (Target::from(room), Action::Chat),
        (alias.into(), Action::Chat),
        (event.clone(), Action::Join),
        (event, Action::Chat),
        (UserId::parse("@a:hs").unwrap().into(), Action::Join),
    ] {
        assert_eq!(take(target, action), Err(Error::InapplicableAction { action }));
    }
}

#[test]
fn msc2312_custom_items_have_names_of_their_own() {
    let make = |name| CustomItem::new(NamespacedId::parse(name).unwrap(), "v");
    for name in ["via", "action", "m.x"] {
        assert_eq!(make(name), Err(Error::ReservedName), "{name}");
    }
    assert!(make("org.example.via").is_ok());
}

#[test]
fn msc2312_custom_values_are_encoded() {
    let name = NamespacedId::parse("a.b").unwrap();
    let value = "&=+%#?/ é[]:@\"\u{10ffff}";
    let uri = user("@a:hs").with_custom(CustomItem::new(name, value).unwrap());
    assert_eq!(uri.to_string(), "matrix:u/a:hs?a.b=%26%3D%2B%25%23%3F%2F%20%C3%A9%5B%5D:@%22%F4%8F%BF%BF");
    assert_eq!(MatrixUri::parse(&uri.to_string()).unwrap().custom()[0].value(), value);
}

#[test]
fn names_that_need_it_are_encoded_when_written_again() {
    let text = "matrix:u/a:hs?%3D%26=x&Y";
    assert_eq!(MatrixUri::parse(text).unwrap().to_string(), "matrix:u/a:hs?%3D%26=x&Y=");
}

#[test]
fn targets_tell_what_they_hold() {
    let (alias, event) = (RoomAliasId::parse("#a:hs").unwrap(), EventId::parse("$b").unwrap());
    let target = Target::from((alias, event));
    assert_eq!((target.alias(), target.event_id()), (Some(alias), Some(event)));
    assert_eq!((target.user_id(), target.room_id()), (None, None));
    assert_eq!(Target::from(RoomOrAlias::from(alias)), Target::Alias(alias.to_owned()));
    assert_eq!(MatrixUri::new(target.clone()).into_target(), target);
}

#[test]
fn errors_have_a_kind_and_a_text() {
    let source = matrix_identifiers::Error::Empty;
    let errors = [
        (Error::NotMatrix, "not_matrix"),
        (Error::InvalidCharacter { offset: 1, character: ' ' }, "invalid_character"),
        (Error::InvalidPercentEncoding { offset: 1 }, "invalid_percent_encoding"),
        (Error::InvalidUtf8 { offset: 1 }, "invalid_utf8"),
        (Error::SegmentCount { found: 3 }, "segment_count"),
        (Error::UnknownType { offset: 1 }, "unknown_type"),
        (Error::NotAnEvent { offset: 1 }, "not_an_event"),
        (Error::MissingIdentifier { offset: 1 }, "missing_identifier"),
        (Error::UnknownSigil { offset: 1 }, "unknown_sigil"),
        (Error::EventWithoutRoom { offset: 1 }, "event_without_room"),
        (Error::Group { offset: 1 }, "group"),
        (Error::InvalidIdentifier { offset: 1, source }, "invalid_identifier"),
        (Error::InapplicableAction { action: Action::Join }, "inapplicable_action"),
        (Error::ReservedName, "reserved_name"),
    ];
    for (error, kind) in errors {
        assert_eq!(error.kind(), kind);
        let text = error.to_string();
        assert!(!text.is_empty() && !text.starts_with(char::is_uppercase));
        assert_eq!(error.offset().is_some(), text.contains("byte 1"), "{text}");
    }
}
