use matrix_identifiers::{Error, EventId, OwnedRoomId, RoomId, ServerName};

const HASH: &str = "31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM";

#[test]
fn room_ids_are_opaque() {
    for text in ["!a", "!:", "!:hs", "!a b", "!a:bad_domain", "!a:b:c", "!!"] {
        assert_eq!(RoomId::parse(text).unwrap(), text);
    }
    assert_eq!(RoomId::parse("!"), Err(Error::MissingOpaqueId));
    assert_eq!(RoomId::parse(""), Err(Error::Empty));
    assert_eq!(RoomId::parse("a"), Err(Error::MissingSigil { sigil: '!' }));
    assert_eq!(RoomId::parse("!é\0"), Err(Error::InvalidCharacter { offset: 3, character: '\0' }));
    let long = format!("!{}", "a".repeat(255));
    assert_eq!(RoomId::parse(&long), Err(Error::TooLong { length: 256, max: 255 }));
}

#[test]
fn the_domain_is_what_follows_the_first_colon_if_it_is_a_server_name() {
    let parts = |text| {
        let id = RoomId::parse(text).unwrap();
        assert_eq!(id.is_domain_form(), id.server_name().is_some());
        (id.localpart(), id.server_name().map(ServerName::as_str))
    };
    assert_eq!(parts("!a:hs:8448"), ("a", Some("hs:8448")));
    assert_eq!(parts("!:hs"), ("", Some("hs")));
    assert_eq!(parts("!a:bad_domain"), ("a", None));
    assert_eq!(parts("!a:"), ("a", None));
    assert_eq!(parts("!opaque"), ("opaque", None));
}

#[test]
fn room_12_ids_and_create_event_ids_swap_the_sigil() {
    let (room, event) = (format!("!{HASH}"), format!("${HASH}"));
    let (room, event) = (RoomId::parse(&room).unwrap(), EventId::parse(&event).unwrap());
    assert!(room.is_domainless());
    assert_eq!(room.create_event_id().as_deref(), Some(event));
    assert_eq!(RoomId::from_create_event_id(event).as_deref(), Some(room));
    assert!(room.is_created_by(event));
    assert!(!room.is_created_by(EventId::parse("$other").unwrap()));
}

#[test]
fn only_a_url_safe_hash_is_a_room_12_id() {
    let with_domain = format!("!{HASH}:hs");
    let standard = format!("!{}", HASH.replace('_', "/"));
    let short = format!("!{}", HASH.strip_suffix('M').unwrap());
    let bad_last = format!("{short}N");
    for text in [&with_domain, &standard, &bad_last, &short] {
        let room = RoomId::parse(text).unwrap();
        assert!(!room.is_domainless(), "{text}");
        assert_eq!(room.create_event_id(), None);
        let event = text.replace('!', "$");
        let event = EventId::parse(&event).unwrap();
        assert_eq!(RoomId::from_create_event_id(event), None);
        assert!(!room.is_created_by(event));
    }
}

#[test]
fn making_a_room_id_asks_for_letters_and_digits() {
    let server = ServerName::parse("hs").unwrap();
    assert_eq!(OwnedRoomId::new_v1("aZ9", server).unwrap(), "!aZ9:hs");
    assert_eq!(OwnedRoomId::new_v1("", server), Err(Error::EmptyLocalpart));
    assert_eq!(
        OwnedRoomId::new_v1("a-b", server),
        Err(Error::InvalidCharacter { offset: 2, character: '-' })
    );
    assert!(OwnedRoomId::new_v1(&"a".repeat(252), server).is_err());
}
