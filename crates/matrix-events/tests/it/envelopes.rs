//! What stands around contents.

use matrix_canonicaljson::canonicalize;
use matrix_events::content::*;
use matrix_events::{
    AccountDataEvent, ClientEvent, Edu, EphemeralEvent, Pdu, StrippedState, SyncEvent, ToDeviceEvent, Wire,
};
use matrix_identifiers::{EventId, RoomId};
use matrix_roomversion::RoomVersion;

/// Reads an event and checks that it is written as it was read.
fn round_trip<T: Wire + PartialEq + std::fmt::Debug>(json: &str) -> T {
    let event = T::read_strict(json.as_bytes()).unwrap_or_else(|error| panic!("{json}: {error}"));
    assert_eq!(event.to_canonical(), *canonicalize(json.as_bytes()).unwrap());
    assert_eq!(T::from_object(&event.to_object()).unwrap(), event);
    let lenient = T::read_lenient(json.as_bytes()).unwrap();
    assert!(lenient.is_lossless());
    assert_eq!(lenient.value, event);
    event
}

const UNSIGNED: &str = r#"{"age":5,"m.relations":{"m.annotation":{"chunk":[{"count":2,"key":"👍","type":"m.reaction"}]},
    "m.reference":{"chunk":[{"event_id":"$r"}]},"m.replace":{"content":{"body":"* b","m.new_content":{"body":"b",
    "msgtype":"m.text"},"m.relates_to":{"event_id":"$e","rel_type":"m.replace"},"msgtype":"m.text"},"event_id":"$edit",
    "origin_server_ts":2,"sender":"@a:a.org","type":"m.room.message"},"m.thread":{"count":1,
    "current_user_participated":true,"latest_event":{"content":{"body":"t","msgtype":"m.text"},"event_id":"$t",
    "origin_server_ts":3,"sender":"@b:b.org","type":"m.room.message"}}},"membership":"join","org.x":1,
    "prev_content":{"membership":"invite"},"transaction_id":"m1"}"#;

#[test]
fn client_events_have_all_of_unsigned() {
    let json = format!(
        r#"{{"content":{{"membership":"join"}},"event_id":"$e","org.x":{{"y":[]}},"origin_server_ts":1,"room_id":"!r:a.org","sender":"@a:a.org","state_key":"@a:a.org","type":"m.room.member","unsigned":{UNSIGNED}}}"#
    );
    let event: ClientEvent = round_trip(&json);
    let prev = event.prev_content().unwrap().unwrap().value;
    assert!(matches!(prev, RoomContent::Member(prev) if prev.membership == Membership::Invite));
    let unsigned = event.unsigned.clone().unwrap();
    assert_eq!((unsigned.age.unwrap(), unsigned.transaction_id.as_deref()), (5.into(), Some("m1")));
    assert_eq!(unsigned.membership, Some(Membership::Join));
    let relations = unsigned.relations.unwrap();
    assert_eq!(relations.replacement().unwrap().unwrap().value.event_id, "$edit");
    assert_eq!(relations.thread.as_ref().unwrap().latest().unwrap().value.event_id, "$t");
    assert_eq!(relations.reference.unwrap().chunk[0].event_id, "$r");
    assert_eq!(relations.annotation.unwrap().chunk[0].key, "👍");

    let (room, sync) = event.clone().into_sync();
    assert_eq!(room, "!r:a.org");
    assert!(!sync.to_object().contains_key("room_id"));
    assert_eq!(sync.into_client(room), event);
}

#[test]
fn the_other_envelopes_are_written_as_they_were_read() {
    let event: SyncEvent = round_trip(
        r#"{"content":{"any":1},"event_id":"$e","origin_server_ts":1,"sender":"@a:a.org","type":"org.example.x"}"#,
    );
    assert!(matches!(event.content, RoomContent::Custom(_)));
    let state: StrippedState = round_trip(
        r#"{"content":{"name":"n"},"origin_server_ts":5,"sender":"@a:a.org","state_key":"","type":"m.room.name"}"#,
    );
    assert!(state.other.contains_key("origin_server_ts"));
    round_trip::<ToDeviceEvent>(r#"{"content":{},"sender":"@a:a.org","type":"m.dummy"}"#);
    let key: AccountDataEvent = round_trip(
        r#"{"content":{"algorithm":"m.secret_storage.v1.aes-hmac-sha2"},"type":"m.secret_storage.key.abc"}"#,
    );
    assert_eq!(key.content.event_type(), "m.secret_storage.key.abc");
    round_trip::<EphemeralEvent>(r#"{"content":{"user_ids":[]},"room_id":"!r:a.org","type":"m.typing"}"#);
    round_trip::<EphemeralEvent>(
        r#"{"content":{"presence":"online"},"sender":"@a:a.org","type":"m.presence"}"#,
    );
    round_trip::<Edu>(
        r#"{"content":{"room_id":"!r:a.org","typing":true,"user_id":"@a:a.org"},"edu_type":"m.typing"}"#,
    );
    round_trip::<Edu>(r#"{"content":{"x":1},"edu_type":"org.example.x"}"#);
}

fn pdu(references: &str, more: &str, event_type: &str, content: &str) -> String {
    format!(
        r#"{{"auth_events":[{references}],"content":{content},"depth":7,"hashes":{{"sha256":"aA"}},"origin":"a.org","origin_server_ts":1,"prev_events":[{references}],"sender":"@a:a.org","signatures":{{"a.org":{{"ed25519:1":"c2ln"}}}},"type":"{event_type}"{more}}}"#
    )
}

const V1_REFERENCE: &str = r#"["$p:a.org",{"sha256":"aGFzaA"}]"#;
const ROOM: &str = r#","room_id":"!r:a.org""#;

#[test]
fn pdus_are_held_to_the_format_of_their_room_version() {
    let v1 =
        pdu(V1_REFERENCE, r#","event_id":"$e:a.org","room_id":"!r:a.org""#, "m.room.name", r#"{"name":"n"}"#);
    let v3 = pdu(r#""$p""#, ROOM, "m.room.name", r#"{"name":"n"}"#);
    let create12 = pdu("", r#","state_key":"""#, "m.room.create", r#"{"room_version":"12"}"#);
    let create11 = pdu("", &format!(r#"{ROOM},"state_key":"""#), "m.room.create", r#"{"room_version":"11"}"#);
    for json in [&v1, &v3, &create12, &create11] {
        round_trip::<Pdu>(json);
    }
    let read = |json: &str, version: RoomVersion| {
        Pdu::read(json.as_bytes(), version.rules()).map(drop).map_err(|error| error.path().map(str::to_owned))
    };
    let at = |path: &str| Err(Some(path.to_owned()));
    assert_eq!(read(&v1, RoomVersion::V2), Ok(()));
    assert_eq!(read(&v1, RoomVersion::V3), at("auth_events[0]"));
    assert_eq!(read(&v3, RoomVersion::V3), Ok(()));
    assert_eq!(read(&v3, RoomVersion::V12), Ok(()));
    assert_eq!(read(&v3, RoomVersion::V1), at("event_id"));
    assert_eq!(read(&create12, RoomVersion::V12), Ok(()));
    assert_eq!(read(&create12, RoomVersion::V11), at("room_id"));
    assert_eq!(read(&create11, RoomVersion::V11), Ok(()));
    assert_eq!(read(&create11, RoomVersion::V12), at("room_id"));
    let broken = pdu(r#"["$p:a.org"]"#, ROOM, "m.room.name", r#"{"name":"n"}"#);
    assert_eq!(read(&broken, RoomVersion::V1), at("auth_events[0]"));
}

#[test]
fn msc1659_servers_add_the_event_id_for_clients_and_keep_what_is_theirs() {
    let json = pdu(
        r#""$p""#,
        r#","room_id":"!r:a.org","unsigned":{"age":3}"#,
        "m.room.message",
        r#"{"body":"b","msgtype":"m.text"}"#,
    );
    let rules = RoomVersion::V11.rules();
    let event = Pdu::read(json.as_bytes(), rules)
        .unwrap()
        .to_client(EventId::parse("$e").unwrap(), RoomId::parse("!r:a.org").unwrap(), rules)
        .unwrap();
    assert_eq!(
        String::from_utf8(event.to_canonical()).unwrap(),
        r#"{"content":{"body":"b","msgtype":"m.text"},"event_id":"$e","origin_server_ts":1,"room_id":"!r:a.org","sender":"@a:a.org","type":"m.room.message","unsigned":{"age":3}}"#
    );
}

#[test]
fn msc2174_clients_find_redacts_in_both_places() {
    let serve = |json: &str, version: RoomVersion| {
        let rules = version.rules();
        let pdu = Pdu::read(json.as_bytes(), rules).unwrap();
        let event =
            pdu.to_client(EventId::parse("$e").unwrap(), RoomId::parse("!r:a.org").unwrap(), rules).unwrap();
        assert_eq!(event.redacted(), ["$t"]);
        let object = event.to_object();
        assert_eq!(object.get_str("redacts"), Some("$t"));
        assert_eq!(object.get_object("content").unwrap().get_str("redacts"), Some("$t"));
    };
    serve(
        &pdu(r#""$p""#, r#","redacts":"$t","room_id":"!r:a.org""#, "m.room.redaction", "{}"),
        RoomVersion::V10,
    );
    serve(&pdu(r#""$p""#, ROOM, "m.room.redaction", r#"{"redacts":"$t"}"#), RoomVersion::V11);
}

#[test]
fn stripped_state_is_made_of_state_alone() {
    let state: Pdu =
        round_trip(&pdu("", &format!(r#"{ROOM},"state_key":"""#), "m.room.name", r#"{"name":"n"}"#));
    assert_eq!(
        String::from_utf8(state.to_stripped().unwrap().to_canonical()).unwrap(),
        r#"{"content":{"name":"n"},"sender":"@a:a.org","state_key":"","type":"m.room.name"}"#
    );
    let message: Pdu = round_trip(&pdu("", ROOM, "m.room.message", r#"{"body":"b","msgtype":"m.text"}"#));
    assert_eq!(message.to_stripped(), None);
}

#[test]
fn an_event_without_what_makes_it_one_is_none() {
    for json in [
        r#"{"content":{},"event_id":"$e","origin_server_ts":1,"sender":"@a:a.org"}"#,
        r#"{"content":{},"event_id":"$e","origin_server_ts":1,"sender":"@a:a.org","type":7}"#,
        r#"{"content":{},"event_id":"$e","origin_server_ts":1,"sender":"a","type":"x"}"#,
        r#"{"content":{},"event_id":7,"origin_server_ts":1,"sender":"@a:a.org","type":"x"}"#,
        "[]",
    ] {
        assert!(SyncEvent::read_lenient(json.as_bytes()).is_err(), "{json}");
    }
}

#[cfg(feature = "serde")]
#[test]
fn events_are_serialized_and_deserialized_by_serde() {
    let json = serde_json::json!({"type": "m.dummy", "content": {}, "sender": "@a:a.org"});
    let event: ToDeviceEvent = serde_json::from_value(json.clone()).unwrap();
    assert!(matches!(event.content, ToDeviceContent::Dummy(_)));
    assert_eq!(serde_json::to_value(&event).unwrap(), json);
}

#[test]
fn msc1772_stripped_state_tells_spaces_and_is_handed_on_pruned() {
    assert_eq!(StrippedState::TYPES[0], "m.room.create");
    assert!(StrippedState::TYPES.iter().all(|event_type| RoomContent::TYPES.contains(event_type)));
    let json = br#"{"content":{"type":"m.space"},"depth":1,"event_id":"$e","hashes":{},"sender":"@a:a.org",
        "signatures":{},"state_key":"","type":"m.room.create","unsigned":{"age":5}}"#;
    let state = StrippedState::read_strict(json).unwrap().pruned();
    assert!(matches!(&state.content, RoomContent::Create(create) if create.is_space()));
    assert_eq!(
        String::from_utf8(state.to_canonical()).unwrap(),
        r#"{"content":{"type":"m.space"},"sender":"@a:a.org","state_key":"","type":"m.room.create"}"#
    );
}
