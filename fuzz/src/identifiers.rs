//! Every type of identifier.

use matrix_identifiers::{
    ClientSecret, DeviceId, DeviceKeyId, Error, EventId, LetterCase, MxcUri, NamespacedId, OpaqueId,
    OwnedClientSecret, OwnedDeviceId, OwnedDeviceKeyId, OwnedEventId, OwnedMxcUri, OwnedNamespacedId,
    OwnedOpaqueId, OwnedRoomAliasId, OwnedRoomId, OwnedRoomVersionId, OwnedServerName,
    OwnedServerSigningKeyId, OwnedSpaceOrder, OwnedUserId, RoomAliasId, RoomId, RoomVersionId, ServerName,
    ServerSigningKeyId, SpaceOrder, UserId, map_localpart,
};

/// Checks that text which is accepted comes back as it was, from every way in and out, that an error lies within the
/// text, and that an identifier is the sum of its parts.
pub fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    macro_rules! round_trip {
        ($($borrowed:ident, $owned:ident;)*) => {$(
            match $borrowed::parse(text) {
                Ok(id) => {
                    assert_eq!((id.as_str(), id.as_bytes()), (text, data));
                    let owned: $owned = text.parse().expect("the owned form refuses what the borrowed form takes");
                    assert_eq!(&*owned, id);
                    assert_eq!($owned::try_from(text.to_owned()).as_ref(), Ok(&owned));
                    assert_eq!((String::from(owned.clone()), String::from(id.to_owned())), (text.to_owned(), text.to_owned()));
                    assert!(!format!("{id:?}").is_empty());
                    let json = serde_json::to_string(id).expect("an identifier is no JSON");
                    assert_eq!(serde_json::from_str::<$owned>(&json).ok(), Some(owned));
                }
                Err(error) => {
                    check_error(&error, text);
                    assert_eq!($owned::try_from(text.to_owned()), Err(error.clone()));
                    assert_eq!(text.parse::<$owned>(), Err(error));
                    let json = serde_json::to_string(text).expect("a string is no JSON");
                    assert!(serde_json::from_str::<$owned>(&json).is_err());
                }
            }
        )*};
    }
    round_trip! {
        ClientSecret, OwnedClientSecret;
        DeviceId, OwnedDeviceId;
        DeviceKeyId, OwnedDeviceKeyId;
        EventId, OwnedEventId;
        MxcUri, OwnedMxcUri;
        NamespacedId, OwnedNamespacedId;
        OpaqueId, OwnedOpaqueId;
        RoomAliasId, OwnedRoomAliasId;
        RoomId, OwnedRoomId;
        RoomVersionId, OwnedRoomVersionId;
        ServerName, OwnedServerName;
        ServerSigningKeyId, OwnedServerSigningKeyId;
        SpaceOrder, OwnedSpaceOrder;
        UserId, OwnedUserId;
    }
    check_server(text);
    check_user(text);
    check_room_and_event(text);
    check_others(text);
    check_map(text);
}

fn check_error(error: &Error, text: &str) {
    assert!(error.offset().is_none_or(|offset| text.is_char_boundary(offset)), "{error} is outside {text:?}");
    assert!(!error.to_string().is_empty() && !error.kind().is_empty());
}

fn check_server(text: &str) {
    let Ok(server) = ServerName::parse(text) else { return };
    assert_eq!(server.is_ip_literal(), server.ip_address().is_some());
    assert_eq!(ServerName::parse(server.host()).map(ServerName::port), Ok(None));
    let port = text.strip_prefix(server.host()).expect("the host does not begin the name");
    match (server.port(), port.strip_prefix(':')) {
        (None, None) => assert_eq!(port, ""),
        (Some(port), Some(text)) => assert_eq!(text.parse(), Ok(port)),
        _ => panic!("{text:?} has the port {:?}", server.port()),
    }
}

fn check_user(text: &str) {
    let Ok(user) = UserId::parse(text) else {
        check_error(&UserId::parse_strict(text).expect_err("strict parsing takes more"), text);
        return;
    };
    assert_eq!(format!("@{}:{}", user.localpart(), user.server_name()), text);
    assert!(ServerName::parse(user.server_name().as_str()).is_ok());
    assert_eq!(user.is_strict(), !user.is_historical());
    assert!(user.is_compliant() || !user.is_strict());
    match UserId::parse_strict(text) {
        Ok(strict) => assert!(strict == user && user.is_strict()),
        Err(error) => {
            check_error(&error, text);
            assert!(user.is_historical());
        }
    }
    let made = OwnedUserId::new(user.localpart(), user.server_name());
    assert_eq!(made.is_ok(), user.is_strict());
    assert!(made.is_ok_and(|made| made == *user) || user.is_historical());
}

fn check_room_and_event(text: &str) {
    if let Ok(room) = RoomId::parse(text) {
        assert!(room.server_name().is_none_or(|server| text == format!("!{}:{server}", room.localpart())));
        assert_eq!(room.is_domain_form(), room.server_name().is_some());
        let create = room.create_event_id();
        assert_eq!(create.is_some(), room.is_domainless());
        if let Some(create) = create {
            assert!(create.is_v4() && room.is_created_by(&create));
            assert_eq!(RoomId::from_create_event_id(&create).as_deref(), Some(room));
            assert_eq!(EventId::parse(create.as_str()), Ok(&*create));
        }
    }
    if let Ok(event) = EventId::parse(text) {
        assert!(event.server_name().is_none_or(|server| text == format!("${}:{server}", event.localpart())));
        assert_eq!(event.is_v1(), event.server_name().is_some());
        assert!(!event.is_v1() || !(event.is_v3() || event.is_v4()));
        let room = RoomId::from_create_event_id(event);
        assert_eq!(room.is_some(), event.is_v4());
        assert!(room.is_none_or(|room| RoomId::parse(room.as_str()).is_ok() && room.is_created_by(event)));
    }
}

fn check_others(text: &str) {
    if let Ok(alias) = RoomAliasId::parse(text) {
        assert_eq!(format!("#{}:{}", alias.localpart(), alias.server_name()), text);
        assert!(ServerName::parse(alias.server_name().as_str()).is_ok());
        // An empty localpart is read and not made.
        let made = OwnedRoomAliasId::new(alias.localpart(), alias.server_name());
        assert!(made.is_ok_and(|made| made == *alias) || alias.localpart().is_empty());
    }
    if let Ok(uri) = MxcUri::parse(text) {
        assert_eq!(format!("mxc://{}/{}", uri.server_name(), uri.media_id()), text);
        assert!(ServerName::parse(uri.server_name().as_str()).is_ok());
        assert_eq!(OwnedMxcUri::new(uri.server_name(), uri.media_id()).as_deref(), Ok(uri));
    }
    if let Ok(key) = ServerSigningKeyId::parse(text) {
        assert_eq!(format!("{}:{}", key.algorithm(), key.version()), text);
        assert_eq!(OwnedServerSigningKeyId::new(key.algorithm(), key.version()).as_deref(), Ok(key));
    }
    if let Ok(key) = DeviceKeyId::parse(text) {
        assert_eq!(format!("{}:{}", key.algorithm(), key.device_id()), text);
        assert!(DeviceId::parse(key.device_id().as_str()).is_ok());
        assert_eq!(OwnedDeviceKeyId::new(key.algorithm(), key.device_id()).as_deref(), Ok(key));
    }
}

fn check_map(text: &str) {
    for case in [LetterCase::Fold, LetterCase::Keep] {
        let mapped = map_localpart(text, case);
        assert_eq!(mapped.is_empty(), text.is_empty());
        let id = format!("@{mapped}:a");
        if id.len() <= 255 && !mapped.is_empty() {
            assert!(UserId::parse_strict(&id).is_ok(), "{text:?} becomes {mapped:?}");
        }
    }
}
