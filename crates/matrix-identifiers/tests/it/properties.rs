//! What holds for every string.

use matrix_identifiers::{
    ClientSecret, DeviceId, DeviceKeyId, Error, EventId, LetterCase, MxcUri, NamespacedId, OpaqueId,
    OwnedDeviceKeyId, OwnedEventId, OwnedMxcUri, OwnedUserId, RoomAliasId, RoomId, RoomVersionId, ServerName,
    ServerSigningKeyId, SpaceOrder, UserId, map_localpart,
};
use proptest::prelude::*;

/// Reads `text` as every type; what is read is the text again, and all parts can be asked for.
fn read_as_everything(text: &str) {
    if let Ok(id) = ServerName::parse(text) {
        let port = id.as_str().strip_prefix(id.host()).unwrap();
        assert_eq!(port.is_empty(), id.port().is_none());
        assert_eq!(id.is_ip_literal(), id.ip_address().is_some());
    }
    if let Ok(id) = UserId::parse(text) {
        assert_eq!(format!("@{}:{}", id.localpart(), id.server_name()), text);
        assert!(ServerName::parse(id.server_name().as_str()).is_ok());
        assert!(!id.is_strict() || id.is_compliant());
    }
    if let Ok(id) = RoomAliasId::parse(text) {
        assert_eq!(format!("#{}:{}", id.localpart(), id.server_name()), text);
    }
    if let Ok(id) = RoomId::parse(text) {
        assert!(!(id.is_domain_form() && id.is_domainless()));
        let back = id.create_event_id().and_then(|event| RoomId::from_create_event_id(&event));
        assert!(back.is_none_or(|back| back == *id));
    }
    if let Ok(id) = EventId::parse(text) {
        assert!(!(id.is_v1() && (id.is_v3() || id.is_v4())));
        assert!(id.as_str().get(1..).unwrap().starts_with(id.localpart()));
    }
    if let Ok(id) = ServerSigningKeyId::parse(text) {
        assert_eq!(format!("{}:{}", id.algorithm(), id.version()), text);
        assert!(DeviceKeyId::parse(text).is_ok());
    }
    if let Ok(id) = DeviceKeyId::parse(text) {
        assert_eq!(OwnedDeviceKeyId::new(id.algorithm(), id.device_id()).unwrap(), text);
    }
    if let Ok(uri) = MxcUri::parse(text) {
        assert_eq!(OwnedMxcUri::new(uri.server_name(), uri.media_id()).unwrap(), text);
    }
    if let Ok(id) = NamespacedId::parse(text) {
        assert!(OpaqueId::parse(text).is_ok() && (!id.is_reserved() || text.contains('.')));
    }
}

/// For each type: reading gives the text back, and an error points into the text.
fn round_trip(text: &str) {
    fn check<'a, T: AsRef<str> + ?Sized + 'a>(text: &'a str, read: Result<&'a T, Error>) {
        match read {
            Ok(id) => assert_eq!(id.as_ref(), text),
            Err(Error::InvalidCharacter { offset, character }) => {
                assert!(text.get(offset..).is_some_and(|rest| rest.starts_with(character)));
            }
            Err(error) => assert!(error.offset().is_none_or(|offset| text.is_char_boundary(offset))),
        }
    }
    check(text, ServerName::parse(text));
    check(text, UserId::parse(text));
    check(text, UserId::parse_strict(text));
    check(text, RoomAliasId::parse(text));
    check(text, RoomId::parse(text));
    check(text, EventId::parse(text));
    check(text, DeviceId::parse(text));
    check(text, ServerSigningKeyId::parse(text));
    check(text, DeviceKeyId::parse(text));
    check(text, MxcUri::parse(text));
    check(text, RoomVersionId::parse(text));
    check(text, NamespacedId::parse(text));
    check(text, OpaqueId::parse(text));
    check(text, ClientSecret::parse(text));
    check(text, SpaceOrder::parse(text));
}

/// Strings made of the characters that the grammars care about.
fn near_misses() -> impl Strategy<Value = String> {
    prop_oneof![
        "[@!#$]?[a-zA-F0-9.:\\[\\]_/+%é \\x00-]{0,24}",
        "[@!#$][a-z]{0,3}:[0-9a-f:.\\[\\]]{0,20}",
        "(mxc://)?[a-z.]{0,6}(:[0-9]{0,6})?/[a-zA-Z0-9_/.-]{0,8}",
        "(ed25519|curve25519)?:[A-Za-z0-9_:é+]{0,12}",
        "[!$][A-Za-z0-9_+/-]{42,44}",
        "[@!#$a]?[aé]{120,260}(:hs)?",
    ]
}

fn server_names() -> impl Strategy<Value = (String, Option<u16>)> {
    let hosts = prop_oneof![
        "[a-zA-Z0-9.-]{1,60}",
        any::<std::net::Ipv4Addr>().prop_map(|address| address.to_string()),
        any::<std::net::Ipv6Addr>().prop_map(|address| format!("[{address}]")),
    ];
    (hosts, any::<Option<u16>>())
}

proptest! {
    #[test]
    fn no_string_makes_a_parser_panic(text in any::<String>()) {
        round_trip(&text);
        read_as_everything(&text);
    }

    #[test]
    fn near_misses_round_trip_or_are_refused(text in near_misses()) {
        round_trip(&text);
        read_as_everything(&text);
    }

    #[test]
    fn server_names_keep_host_and_port((host, port) in server_names()) {
        let text = port.map_or(host.clone(), |port| format!("{host}:{port}"));
        let name = ServerName::parse(&text).unwrap();
        prop_assert_eq!((name.host(), name.port()), (host.as_str(), port));
    }

    #[test]
    fn ip_literals_are_read_as_the_standard_library_prints_them(address in any::<std::net::IpAddr>()) {
        let text = if address.is_ipv6() { format!("[{address}]") } else { address.to_string() };
        prop_assert_eq!(ServerName::parse(&text).unwrap().ip_address(), Some(address));
    }

    #[test]
    fn bracketed_text_is_an_address_where_the_standard_library_says_so(text in "[0-9a-fA-F:]{0,24}") {
        let name = format!("[{text}]");
        let ours = ServerName::parse(&name).ok().and_then(ServerName::ip_address);
        prop_assert_eq!(ours, text.parse().ok().map(std::net::IpAddr::V6));
    }

    #[test]
    fn strict_user_ids_are_accepted_by_every_reader(localpart in "[a-z0-9._=/+-]{1,40}", (host, port) in server_names()) {
        let server = port.map_or(host.clone(), |port| format!("{host}:{port}"));
        let made = OwnedUserId::new(&localpart, ServerName::parse(&server).unwrap()).unwrap();
        let read = UserId::parse(made.as_str()).unwrap();
        prop_assert!(UserId::parse_strict(made.as_str()).is_ok());
        prop_assert!(read.is_strict() && read.is_compliant() && !read.is_historical());
        prop_assert_eq!((read.localpart(), read.server_name().as_str()), (localpart.as_str(), server.as_str()));
    }

    #[test]
    fn historical_user_ids_are_accepted(localpart in "[^:\\x00]{0,40}") {
        let text = format!("@{localpart}:hs");
        prop_assert_eq!(UserId::parse(&text).unwrap().localpart(), localpart);
    }

    #[test]
    fn msc1884_event_ids_of_hashes_have_their_form(hash in any::<[u8; 32]>()) {
        let (v3, v4) = (OwnedEventId::from_hash_v3(&hash), OwnedEventId::from_hash_v4(&hash));
        prop_assert!(v3.is_v3() && v4.is_v4());
        prop_assert_eq!(v3.as_str().replace('+', "-").replace('/', "_"), v4.as_str());
        let room = RoomId::from_create_event_id(&v4).unwrap();
        prop_assert!(room.is_domainless() && room.is_created_by(&v4));
    }

    #[test]
    fn mapped_localparts_are_strict_and_keep_texts_apart(one in ".{1,12}", two in "[A_a=é]{1,6}", three in "[A_a=é]{1,6}") {
        let mapped = map_localpart(&one, LetterCase::Fold);
        prop_assert!(OwnedUserId::new(&mapped, ServerName::parse("hs").unwrap()).is_ok());
        prop_assert_eq!(
            two == three,
            map_localpart(&two, LetterCase::Keep) == map_localpart(&three, LetterCase::Keep)
        );
    }
}
