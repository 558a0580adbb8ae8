use matrix_identifiers::{Error, EventId, OwnedEventId, ServerName};

fn forms(text: &str) -> (bool, bool, bool) {
    let id = EventId::parse(text).unwrap();
    (id.is_v1(), id.is_v3(), id.is_v4())
}

#[test]
fn event_ids_are_opaque() {
    for text in ["$a", "$a/b", "$:", "$a:b:c", "$ é"] {
        assert_eq!(EventId::parse(text).unwrap(), text);
    }
    assert_eq!(EventId::parse("$"), Err(Error::MissingOpaqueId));
    assert_eq!(EventId::parse(""), Err(Error::Empty));
    assert_eq!(EventId::parse(" $a"), Err(Error::MissingSigil { sigil: '$' }));
    assert_eq!(EventId::parse("$\0").unwrap_err().offset(), Some(1));
    let long = format!("${}", "a".repeat(255));
    assert_eq!(EventId::parse(&long), Err(Error::TooLong { length: 256, max: 255 }));
}

#[test]
fn first_event_ids_have_a_localpart_and_a_server() {
    let id = EventId::parse("$143273582443PhrSn:example.org:80").unwrap();
    assert_eq!(id.localpart(), "143273582443PhrSn");
    assert_eq!(id.server_name().map(ServerName::as_str), Some("example.org:80"));
    let opaque = EventId::parse("$abc").unwrap();
    assert_eq!((opaque.localpart(), opaque.server_name()), ("abc", None));

    let server = ServerName::parse("hs").unwrap();
    assert_eq!(OwnedEventId::new_v1("a1", server).unwrap(), "$a1:hs");
    assert_eq!(OwnedEventId::new_v1("a_", server).unwrap_err().offset(), Some(2));
}

#[test]
fn msc1884_tells_event_id_forms_apart() {
    assert_eq!(forms("$acR1l0raoZnm60CBwAVgqbZqoO/mYU81xysh1u7XcJk"), (false, true, false));
    assert_eq!(forms("$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg"), (false, false, true));
    assert_eq!(forms("$CD66HAED5npg6074c6pDtLKalHjVfYb2q4Q3LZgrW6o"), (false, true, true));
    assert_eq!(forms("$randomstring:example.org"), (true, false, false));
    // A 43rd character that encodes more than four bits; padding; both alphabets at once.
    assert_eq!(forms("$CD66HAED5npg6074c6pDtLKalHjVfYb2q4Q3LZgrW6p"), (false, false, false));
    assert_eq!(forms("$CD66HAED5npg6074c6pDtLKalHjVfYb2q4Q3LZgrW6o="), (false, false, false));
    assert_eq!(forms("$acR1l0raoZnm60CBwAVgqbZqoO/mYU81xysh1u7Xc-k"), (false, false, false));
}

#[test]
fn msc1884_the_last_character_of_a_hash_encodes_four_bits() {
    let last: String = (' '..='~')
        .filter(|last| EventId::parse(&format!("${}{last}", "A".repeat(42))).unwrap().is_v4())
        .collect();
    assert_eq!(last, "048AEIMQUYcgkosw");
}

#[test]
fn msc1884_hashes_are_encoded_for_each_room_version() {
    // The second hash is the alphabet itself, as far as 32 bytes reach.
    let mut hash = [0xFB; 32];
    assert_eq!(OwnedEventId::from_hash_v3(&hash), "$+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/s");
    assert_eq!(OwnedEventId::from_hash_v4(&hash), "$-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s");
    hash.copy_from_slice(&[
        0x00, 0x10, 0x83, 0x10, 0x51, 0x87, 0x20, 0x92, 0x8B, 0x30, 0xD3, 0x8F, 0x41, 0x14, 0x93, 0x51, 0x55,
        0x97, 0x61, 0x96, 0x9B, 0x71, 0xD7, 0x9F, 0x82, 0x18, 0xA3, 0x92, 0x59, 0xA7, 0xA2, 0x9A,
    ]);
    assert_eq!(OwnedEventId::from_hash_v4(&hash), "$ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopo");
    assert_eq!(OwnedEventId::from_hash_v4(&[0; 32]), format!("${}", "A".repeat(43)));
}
