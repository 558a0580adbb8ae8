//! Reading events as servers send them.

use std::{rc::Rc, sync::Arc};

use matrix_authrules::{Error, Event, Pdu};
use matrix_identifiers::EventId;
use matrix_roomversion::RoomVersion;
use serde_json::{Value, json};

fn event() -> Value {
    json!({
        "event_id": "$own:a.example",
        "room_id": "!r:a.example",
        "sender": "@alice:a.example",
        "type": "m.room.topic",
        "state_key": "",
        "content": {"topic": "x"},
        "origin_server_ts": 1_600_000_000_000_i64,
        "depth": 12,
        "prev_events": ["$p"],
        "auth_events": ["$a", "$b"],
        "redacts": "$r",
        "hashes": {},
        "signatures": {},
    })
}

fn given() -> &'static EventId {
    EventId::parse("$given").unwrap()
}

fn parse(event: &Value) -> Result<Pdu, Error> {
    Pdu::parse(&event.to_string(), Some(given()), RoomVersion::V11.rules())
}

fn with(field: &str, value: Value) -> Result<Pdu, Error> {
    let mut event = event();
    event[field] = value;
    parse(&event)
}

fn without(field: &str) -> Result<Pdu, Error> {
    let mut event = event();
    event.as_object_mut().unwrap().remove(field);
    parse(&event)
}

fn ids<'a>(ids: impl Iterator<Item = &'a EventId>) -> Vec<&'a str> {
    ids.map(EventId::as_str).collect()
}

/// Reads all there is, through whatever pointer.
fn seen<E: Event>(event: E) -> String {
    format!(
        "{} {:?} {} {} {:?} {} {} {} {:?} {:?} {:?}",
        event.event_id(),
        event.room_id(),
        event.sender(),
        event.event_type(),
        event.state_key(),
        event.content(),
        event.origin_server_ts(),
        event.depth(),
        ids(event.prev_events()),
        ids(event.auth_events()),
        event.redacts(),
    )
}

#[test]
fn every_field_is_read() {
    let pdu = parse(&event()).unwrap();
    let expected = r#"$given Some("!r:a.example") @alice:a.example m.room.topic Some("") {"topic":"x"} 1600000000000 12 ["$p"] ["$a", "$b"] Some("$r")"#;
    assert_eq!(seen(&pdu), expected);
    assert_eq!(seen(Box::new(pdu.clone())), expected);
    assert_eq!(seen(Rc::new(pdu.clone())), expected);
    assert_eq!(seen(Arc::new(pdu.clone())), expected);
    assert_eq!(seen(pdu), expected);
}

#[test]
fn rooms_1_and_2_refer_by_pairs_and_name_themselves() {
    let mut event = event();
    event["prev_events"] = json!([["$p:x", {"sha256": "h"}]]);
    event["auth_events"] = json!([["$a:x", {}], ["$b:x"]]);
    let text = event.to_string();
    for version in [RoomVersion::V1, RoomVersion::V2] {
        let pdu = Pdu::parse(&text, None, version.rules()).unwrap();
        assert_eq!(pdu.event_id().as_str(), "$own:a.example");
        assert_eq!((ids(pdu.prev_events()), ids(pdu.auth_events())), (vec!["$p:x"], vec!["$a:x", "$b:x"]));
        let pdu = Pdu::parse(&text, Some(given()), version.rules()).unwrap();
        assert_eq!(pdu.event_id(), given());
    }
    for references in [json!(["$p"]), json!([[]]), json!([[5]]), json!([{}]), json!("$p"), json!(null)] {
        event["prev_events"] = references.clone();
        let error = Pdu::parse(&event.to_string(), None, RoomVersion::V1.rules()).unwrap_err();
        assert_eq!(error.kind(), "invalid_field", "{references}");
    }
}

#[test]
fn later_rooms_refer_by_plain_ids_and_are_told_their_own() {
    for version in RoomVersion::ALL.into_iter().filter(|version| *version >= RoomVersion::V3) {
        let error = Pdu::parse(&event().to_string(), None, version.rules()).unwrap_err();
        assert_eq!(error, Error::MissingField("event_id"));
    }
    for references in [json!([["$p", {}]]), json!([5]), json!({}), json!("$p"), json!(null)] {
        let error = with("auth_events", references.clone()).unwrap_err();
        assert_eq!(error.kind(), "invalid_field", "{references}");
        assert!(error.to_string().contains("auth_events"), "{error}");
    }
    assert_eq!(with("auth_events", json!(["p"])).unwrap_err().kind(), "invalid_identifier");
    assert_eq!(with("prev_events", json!(["$p", "p", "$q"])).unwrap_err().kind(), "invalid_identifier");
}

#[test]
fn fields_that_may_be_absent() {
    for field in
        ["room_id", "state_key", "redacts", "prev_events", "auth_events", "depth", "origin_server_ts"]
    {
        assert!(without(field).is_ok(), "{field}");
    }
    let mut bare = json!({"sender": "@a:x", "type": "t", "content": {}});
    let pdu = parse(&bare).unwrap();
    assert_eq!(seen(&pdu), r#"$given None @a:x t None {} 0 0 [] [] None"#);
    bare["content"] = json!([]);
    assert!(parse(&bare).is_err());
}

#[test]
fn fields_that_must_be_there() {
    for field in ["sender", "type", "content"] {
        assert_eq!(without(field).unwrap_err(), Error::MissingField(field));
    }
}

#[test]
fn fields_of_another_type() {
    for (field, value, kind) in [
        ("sender", json!(5), "invalid_field"),
        ("sender", json!("alice"), "invalid_identifier"),
        ("type", json!(null), "invalid_field"),
        ("state_key", json!(null), "invalid_field"),
        ("room_id", json!("r"), "invalid_identifier"),
        ("content", json!("{}"), "invalid_field"),
        ("content", json!(null), "invalid_field"),
        ("depth", json!("5"), "invalid_field"),
        ("depth", json!(5.5), "invalid_field"),
        ("origin_server_ts", json!(null), "invalid_field"),
    ] {
        let error = with(field, value.clone()).unwrap_err();
        assert_eq!(error.kind(), kind, "{field}: {value}");
        assert!(error.to_string().contains(field), "{error}");
    }
    for redacts in [json!(5), json!("r"), json!(null), json!(["$a"])] {
        assert_eq!(with("redacts", redacts).unwrap().redacts(), None);
    }
}

#[test]
fn what_is_no_object_is_no_event() {
    for text in ["", "5", "[]", "{", r#"{"type": "t"} {}"#, "\u{feff}{}"] {
        let error = Pdu::parse(text, Some(given()), RoomVersion::V11.rules()).unwrap_err();
        assert_eq!((&error, error.kind()), (&Error::NotAnObject, "not_an_object"), "{text}");
    }
}

#[test]
fn integers_of_any_size_are_read() {
    let text = event()
        .to_string()
        .replace("1600000000000", "99999999999999999999")
        .replace("12", "-99999999999999999999");
    let pdu = Pdu::parse(&text, Some(given()), RoomVersion::V1.rules());
    assert!(pdu.is_err(), "references are pairs there");
    let pdu = Pdu::parse(&text, Some(given()), RoomVersion::V3.rules()).unwrap();
    assert_eq!((pdu.origin_server_ts(), pdu.depth()), (i64::MAX, i64::MIN));
}

#[test]
fn content_stays_the_text_that_it_is() {
    let text = r#"{"sender": "@a:x", "type": "t", "content":  {"b" : 1.0e0, "a": "\u0061", "b":2 } }"#;
    let pdu = Pdu::parse(text, Some(given()), RoomVersion::V11.rules()).unwrap();
    assert_eq!(pdu.content(), r#"{"b" : 1.0e0, "a": "\u0061", "b":2 }"#);
}
