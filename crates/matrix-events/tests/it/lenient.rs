//! Lenient reading: what is dropped, what that costs, and what is said of it (MSC2801).

use matrix_events::content::*;
use matrix_events::{ClientEvent, Lossy, SyncEvent, Wire};

fn lenient(event_type: &str, json: &str) -> (RoomContent, Vec<String>) {
    let Lossy { value, dropped } = RoomContent::read_lenient(event_type, json.as_bytes()).unwrap();
    (value, dropped.iter().map(|misfit| misfit.path().to_owned()).collect())
}

fn event(event_type: &str, content: &str) -> String {
    format!(
        r#"{{"type":"{event_type}","content":{content},"sender":"@a:b","event_id":"$e","room_id":"!r:b","origin_server_ts":1}}"#
    )
}

#[test]
fn msc2801_a_field_that_does_not_fit_is_absent_and_reported() {
    let (content, dropped) =
        lenient("m.room.member", r#"{"avatar_url":"?","displayname":[],"membership":"join","reason":"x"}"#);
    let RoomContent::Member(member) = content else { panic!("{content:?}") };
    assert_eq!(member, RoomMember { reason: Some("x".to_owned()), ..RoomMember::new(Membership::Join) });
    assert_eq!(dropped, ["avatar_url", "displayname"]);
}

#[test]
fn msc2801_an_entry_that_does_not_fit_costs_no_other() {
    let (content, dropped) = lenient("m.room.server_acl", r#"{"allow":["*",7,"a.org"],"deny":{}}"#);
    let RoomContent::ServerAcl(acl) = content else { panic!("{content:?}") };
    assert_eq!((acl.allow.unwrap().len(), acl.deny), (2, None));
    assert_eq!(dropped, ["allow[1]", "deny"]);
    let (content, dropped) =
        lenient("m.room.power_levels", r#"{"users":{"@a:a.org":50,"bob":1,"@c:c.org":{}}}"#);
    let RoomContent::PowerLevels(levels) = content else { panic!("{content:?}") };
    assert_eq!(levels.users.unwrap().len(), 1);
    assert_eq!(dropped, [r#"users."@c:c.org""#, "users.bob"]);
}

#[test]
fn msc2801_a_field_that_has_to_be_there_is_filled_in_where_something_can_be() {
    let (content, dropped) =
        lenient("m.room.message", r#"{"body":5,"msgtype":"m.image","url":"mxc://a.org/i"}"#);
    let RoomContent::Message(message) = content else { panic!("{content:?}") };
    assert_eq!((message.body(), dropped.as_slice()), ("", ["body".to_owned()].as_slice()));
    let (content, dropped) = lenient("m.room.name", "{}");
    assert!(matches!(content, RoomContent::Name(name) if name.name.is_empty()));
    assert_eq!(dropped, ["name"]);
}

#[test]
fn msc2801_what_lacks_what_it_needs_is_kept_as_it_is() {
    let json = r#"{"displayname":"Ann","membership":7}"#;
    let (content, dropped) = lenient("m.room.member", json);
    let RoomContent::Unreadable(raw) = &content else { panic!("{content:?}") };
    assert_eq!(raw.content.to_string(), json);
    assert_eq!(content.event_type(), "m.room.member");
    assert_eq!(dropped, ["membership"]);
}

#[test]
fn msc2801_one_bad_field_never_loses_the_event() {
    for content in ["{}", "[]", "7", "null", r#"{"body":{},"msgtype":{}}"#] {
        let read = ClientEvent::read_lenient(event("m.room.message", content).as_bytes()).unwrap();
        assert_eq!((read.value.sender.as_str(), read.value.content.event_type()), ("@a:b", "m.room.message"));
        assert!(!read.is_lossless());
    }
    let bad = event("m.room.name", r#"{"name":"x"}"#)
        .replace(r#""origin_server_ts":1"#, r#""origin_server_ts":{},"unsigned":5,"state_key":5"#);
    let read = ClientEvent::read_lenient(bad.as_bytes()).unwrap();
    assert!(matches!(read.value.content, RoomContent::Name(_)));
    assert!(read.paths().eq(["origin_server_ts", "state_key", "unsigned"]));
}

#[test]
fn msc2801_paths_lead_into_events() {
    let json = event("m.room.power_levels", r#"{"users":{"@a:b":[]},"ban":50}"#);
    let read = ClientEvent::read_lenient(json.as_bytes()).unwrap();
    assert!(read.paths().eq([r#"content.users."@a:b""#]));
}

#[test]
fn msc2313_a_rule_without_one_of_its_fields_does_not_exist() {
    let rule = r#"{"entity":"*","reason":"r","recommendation":"m.ban"}"#;
    assert!(PolicyRule::read_lenient(rule.as_bytes()).unwrap().is_lossless());
    for key in ["entity", "reason", "recommendation"] {
        for misfit in [
            rule.replace(&format!(r#""{key}":""#), r#""x":""#),
            rule.replace(&format!(r#""{key}":"#), &format!(r#""{key}":7,"x":"#)),
        ] {
            assert_eq!(
                PolicyRule::read_lenient(misfit.as_bytes()).unwrap_err().path(),
                Some(key),
                "{misfit}"
            );
            assert!(matches!(lenient("m.policy.rule.user", &misfit).0, RoomContent::Unreadable(_)));
        }
    }
}

#[test]
fn msc1772_a_child_without_a_list_of_servers_is_no_child() {
    for json in ["{}", r#"{"via":"a.org"}"#, r#"{"via":null}"#, r#"{"via":{}}"#] {
        assert!(SpaceChild::read_lenient(json.as_bytes()).is_err(), "{json}");
        assert!(SpaceParent::read_lenient(json.as_bytes()).is_err(), "{json}");
    }
    assert!(SpaceChild::read_lenient(br#"{"via":[]}"#).unwrap().value.via.is_empty());
    let child = SpaceChild::read_lenient("{\"order\":\"\u{7f}\",\"via\":[\"a.org\",1]}".as_bytes()).unwrap();
    assert!(child.paths().eq(["order", "via[1]"]));
    assert_eq!((child.value.order, child.value.via.len()), (None, 1));
}

#[test]
fn msc2674_an_annotation_without_a_key_is_none() {
    let (content, dropped) =
        lenient("m.reaction", r#"{"m.relates_to":{"event_id":"$a","rel_type":"m.annotation","key":1}}"#);
    assert!(matches!(content, RoomContent::Unreadable(_)));
    assert_eq!(dropped, [r#""m.relates_to".key"#]);
}

#[test]
fn what_a_redaction_has_left_is_read_where_it_is_enough_and_kept_otherwise() {
    let redacted = |event_type: &str, content: &str| {
        let json = event(event_type, content).replace(
            r#""origin_server_ts":1"#,
            r#""origin_server_ts":1,"unsigned":{"redacted_because":{"type":"m.room.redaction","content":{},"sender":"@m:b","event_id":"$x","redacts":"$e","origin_server_ts":2}}"#,
        );
        let strict = SyncEvent::read_strict(json.as_bytes()).unwrap();
        let lenient = SyncEvent::read_lenient(json.as_bytes()).unwrap();
        assert!(lenient.is_lossless() && lenient.value == strict && strict.is_redacted());
        strict
    };
    let message = redacted("m.room.message", "{}");
    assert!(matches!(message.content, RoomContent::Redacted(_)));
    assert_eq!(message.content.event_type(), "m.room.message");
    let because = message.unsigned.unwrap().redacted_because_event().unwrap().unwrap().value;
    assert_eq!((because.sender.as_str(), because.redacted()), ("@m:b", ["$e".parse().unwrap()].as_slice()));
    assert!(matches!(redacted("m.room.name", "{}").content, RoomContent::Redacted(_)));
    let member = redacted("m.room.member", r#"{"membership":"ban"}"#);
    assert!(matches!(member.content, RoomContent::Member(member) if member.membership == Membership::Ban));
}
