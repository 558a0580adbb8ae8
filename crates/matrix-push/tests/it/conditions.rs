//! Each kind of condition.

use matrix_authrules::{AuthContent, PowerLevels, RoomLevels};
use matrix_canonicaljson::{Mode, Object};
use matrix_identifiers::RoomId;
use matrix_push::{Comparison, Condition, Context, Error, MemberCount, Ruleset};
use matrix_roomversion::RoomVersion;

use crate::{applies, me, value};

fn matches(key: &str, pattern: &str, event: &str) -> bool {
    let condition = format!(r#"{{"kind": "event_match", "key": {key:?}, "pattern": {pattern:?}}}"#);
    applies(&condition, event, &Context::new(me()))
}

#[test]
fn event_match_is_of_the_whole_value_and_of_any_case() {
    let topic = |topic: &str| format!(r#"{{"content": {{"topic": {topic}}}}}"#);
    for (text, wanted) in [
        (r#""Lunch plans""#, true),
        (r#""LUNCH""#, true),
        (r#"" lunch""#, false),
        (r#""lunc""#, false),
        ("null", false),
        ("5", false),
        (r#"["lunch"]"#, false),
    ] {
        assert_eq!(matches("content.topic", "lunc?*", &topic(text)), wanted, "{text}");
    }
    assert!(matches("content.topic", "ÄRGER", &topic(r#""ärger""#)));
    assert!(!matches("content.topic", "plans", &topic(r#""lunch plans""#)));
    assert!(matches("content.topic", "", &topic(r#""""#)));
    assert!(!matches("content.topic", "*", r#"{"content": {}}"#));
}

#[test]
fn event_match_of_content_body_is_of_words() {
    let body = |pattern: &str, text: &str| {
        matches("content.body", pattern, &format!(r#"{{"content": {{"body": {text:?}}}}}"#))
    };
    for (pattern, text, wanted) in [
        ("ex*ple", "An example event.", true),
        ("ex*ple", "exple", true),
        ("ex*ple", "An exciting triple-whammy", true),
        ("cake", "Cakes", false),
        ("cake", "a_cake", false),
        ("cake", "the cake!", true),
        ("CAKE", "cake cakes", true),
        ("cakes", "cake cakes", true),
        ("a cake", "eat a  cake", false),
        ("@room", "hi@room", true),
        ("café", "Un CAFÉ.", true),
        ("caf", "café", true),
        ("k", "\u{212a}", false),
        ("ba?", "foo bar", true),
        ("", "anything", true),
        ("...", "a...b", true),
    ] {
        assert_eq!(body(pattern, text), wanted, "{pattern} {text}");
    }
    // Only the property, and only under that path.
    assert!(!matches("content.formatted_body", "cake", r#"{"content": {"formatted_body": "a cake"}}"#));
    assert!(!matches(r"content\\.body", "cake", r#"{"content.body": "a cake"}"#));
}

#[test]
fn event_property_is_compares_type_and_value() {
    let event =
        r#"{"content": {"t": true, "f": false, "n": null, "i": 1, "s": "true", "d": 1.5, "a": [], "o": {}}}"#;
    let is = |name: &str, value: &str| {
        let condition =
            format!(r#"{{"kind": "event_property_is", "key": "content.{name}", "value": {value}}}"#);
        applies(&condition, event, &Context::new(me()))
    };
    for (name, value) in [("t", "true"), ("f", "false"), ("n", "null"), ("i", "1"), ("s", "\"true\"")] {
        assert!(is(name, value), "{name}");
        for other in ["true", "false", "null", "1", "\"true\"", "\"TRUE\"", "0", "-1", "1.5", "[]", "{}"] {
            assert_eq!(is(name, other), other == value, "{name} {other}");
        }
    }
    for (name, value) in [("d", "1.5"), ("a", "[]"), ("o", "{}"), ("x", "null"), ("s", "\"*\"")] {
        assert!(!is(name, value), "{name}");
    }
}

#[test]
fn event_property_contains_compares_what_is_in_an_array() {
    let event =
        r##"{"content": {"l": ["a", 1, true, null, {"x": 1}, ["b"]], "s": "a"}, "alt_aliases": ["#a:b"]}"##;
    let contains = |key: &str, value: &str| {
        let condition = format!(r#"{{"kind": "event_property_contains", "key": "{key}", "value": {value}}}"#);
        applies(&condition, event, &Context::new(me()))
    };
    for value in ["\"a\"", "1", "true", "null"] {
        assert!(contains("content.l", value), "{value}");
    }
    for value in ["\"A\"", "\"1\"", "false", "\"b\"", "{\"x\":1}", "[\"b\"]", "2"] {
        assert!(!contains("content.l", value), "{value}");
    }
    assert!(!contains("content.s", "\"a\"") && !contains("content.x", "null"));
    assert!(contains("alt_aliases", "\"#a:b\"") && !contains("alt_aliases", "\":b\""));
}

#[test]
fn contains_display_name_takes_the_name_as_it_is() {
    let named = |name: &str, body: &str| {
        let event = format!(r#"{{"content": {{"body": {body:?}}}}}"#);
        applies(r#"{"kind": "contains_display_name"}"#, &event, &Context::new(me()).with_display_name(name))
    };
    for (name, body, wanted) in [
        ("Me", "hello Me!", true),
        ("me", "ME", true),
        ("Me", "some", false),
        ("a.b*c", "hi axbxxc", false),
        ("a.b*c", "hi A.B*C!", true),
        ("?", "x", false),
        ("*", "a * b", true),
        ("Zoë", "ZOË, hi", true),
        ("Zoë", "Zoe", false),
        ("", "anything", false),
        ("Anna Maria", "hi anna maria", true),
        ("ß", "STRASSE", false),
    ] {
        assert_eq!(named(name, body), wanted, "{name} {body}");
    }
    let unnamed = Context::new(me());
    assert!(!applies(r#"{"kind": "contains_display_name"}"#, r#"{"content": {"body": "null"}}"#, &unnamed));
}

#[test]
fn room_member_count_compares_numbers() {
    let counts = |is: &str, members: u64| {
        let condition = format!(r#"{{"kind": "room_member_count", "is": {is:?}}}"#);
        applies(&condition, "{}", &Context::new(me()).with_member_count(members))
    };
    for (is, less, equal, greater) in [
        ("2", false, true, false),
        ("==2", false, true, false),
        ("<2", true, false, false),
        (">2", false, false, true),
        ("<=2", true, true, false),
        (">=2", false, true, true),
        ("02", false, true, false),
    ] {
        assert_eq!((counts(is, 1), counts(is, 2), counts(is, 3)), (less, equal, greater), "{is}");
    }
    for is in
        ["", "==", "+2", "-2", "=2", "!=2", " 2", "2 ", "2.0", "two", "<>2", "===2", "99999999999999999999"]
    {
        assert_eq!(is.parse::<MemberCount>(), Err(Error::InvalidMemberCount(is.to_owned())));
        assert!(!counts(is, 2), "{is}");
    }
    assert!(!applies(r#"{"kind": "room_member_count", "is": "<9"}"#, "{}", &Context::new(me())));
    assert_eq!(MemberCount::new(Comparison::GreaterOrEqual, 3).to_string(), ">=3");
}

#[test]
fn sender_notification_permission_asks_for_the_level_of_the_sender() {
    let rules = &RoomVersion::V11.rules().authorization;
    let permitted = |content: &str, sender: &str, key: &str| {
        let levels = PowerLevels::parse(content, rules);
        let context = Context::new(me()).with_levels(RoomLevels::new(rules, None, Some(&levels)));
        let condition = format!(r#"{{"kind": "sender_notification_permission", "key": {key:?}}}"#);
        applies(&condition, &format!(r#"{{"sender": {sender:?}}}"#), &context)
    };
    let levels =
        r#"{"users": {"@a:b": 50, "@c:d": 49}, "users_default": 10, "notifications": {"x": 10, "y": 100}}"#;
    for (sender, key, wanted) in [
        ("@a:b", "room", true),
        ("@c:d", "room", false),
        ("@e:f", "room", false),
        ("@e:f", "x", true),
        ("@a:b", "y", false),
        ("nobody", "x", false),
    ] {
        assert_eq!(permitted(levels, sender, key), wanted, "{sender} {key}");
    }
    assert!(permitted(r#"{"users": {"@a:b": 20}, "notifications": {"room": 20}}"#, "@a:b", "room"));
    let condition = r#"{"kind": "sender_notification_permission", "key": "room"}"#;
    assert!(!applies(condition, r#"{"sender": "@a:b"}"#, &Context::new(me())));
}

#[test]
fn sender_notification_permission_knows_creators_and_rooms_without_power_levels() {
    let condition = r#"{"kind": "sender_notification_permission", "key": "room"}"#;
    for (version, with_levels) in [(RoomVersion::V12, true), (RoomVersion::V11, false)] {
        let rules = version.rules();
        let json = r#"{"type": "m.room.create", "state_key": "", "sender": "@a:b", "content": {}, "prev_events": [],
            "auth_events": []}"#;
        let json = if version == RoomVersion::V12 {
            json.to_owned()
        } else {
            json.replace("\"sender\"", "\"room_id\": \"!a:b\", \"sender\"")
        };
        let pdu = matrix_authrules::Pdu::parse(
            &json,
            Some(matrix_identifiers::EventId::parse("$a").unwrap()),
            rules,
        )
        .unwrap();
        let AuthContent::Create(create) = AuthContent::parse(&pdu, &rules.authorization) else { panic!() };
        let levels = PowerLevels::parse(r#"{"notifications": {"room": 99}}"#, &rules.authorization);
        let levels = RoomLevels::new(&rules.authorization, Some(&create), with_levels.then_some(&levels));
        let context = Context::new(me()).with_levels(levels);
        assert!(applies(condition, r#"{"sender": "@a:b"}"#, &context), "{version:?}");
        assert!(!applies(condition, r#"{"sender": "@c:d"}"#, &context), "{version:?}");
    }
}

#[test]
fn what_is_not_known_or_lacks_a_part_never_holds() {
    let event = r#"{"type": "m.room.message", "sender": "@a:b", "content": {"body": "x", "n": null}}"#;
    let context = Context::new(me()).with_member_count(2).with_display_name("x");
    for condition in [
        r#"{"kind": "org.example.always"}"#,
        r#"{"kind": "event_match", "key": "type"}"#,
        r#"{"kind": "event_match", "pattern": "*"}"#,
        r#"{"kind": "event_match", "key": "type", "pattern": 5}"#,
        r#"{"kind": "event_match", "key": ["type"], "pattern": "*"}"#,
        r#"{"kind": "event_property_is", "key": "content.n"}"#,
        r#"{"kind": "event_property_is", "key": "content.n", "value": {}}"#,
        r#"{"kind": "event_property_contains", "key": "content.n", "value": []}"#,
        r#"{"kind": "room_member_count"}"#,
        r#"{"kind": "room_member_count", "is": 2}"#,
        r#"{"kind": "sender_notification_permission"}"#,
        r#"{"kind": "Event_Match", "key": "type", "pattern": "*"}"#,
        r#"{"kind": null}"#,
        "{}",
        "[]",
        "true",
        "\"contains_display_name\"",
    ] {
        let read = Condition::from_value(&value(condition));
        assert!(matches!(read, Condition::Unknown(_)), "{condition}");
        assert_eq!(read.to_value(), value(condition));
        assert!(!applies(condition, event, &context), "{condition}");
    }
}

#[test]
fn the_room_is_that_of_the_event_or_else_of_the_context() {
    let condition = r#"{"kind": "event_match", "key": "room_id", "pattern": "!a:*"}"#;
    let context = Context::new(me()).with_room_id(RoomId::parse("!a:b").unwrap());
    assert!(applies(condition, "{}", &context));
    assert!(!applies(condition, r#"{"room_id": "!c:d"}"#, &context));
    assert!(!applies(condition, r#"{"room_id": null}"#, &context));
    assert!(!applies(condition, "{}", &Context::new(me())));
}

#[test]
fn the_type_of_the_room_is_carried_and_changes_no_match() {
    let context = Context::new(me()).with_member_count(2);
    let space = context.with_room_type("m.space");
    assert_eq!((context.room_type(), space.room_type()), (None, Some("m.space")));
    assert_eq!((space.user_id(), space.member_count()), (me(), Some(2)));

    let rules = Ruleset::predefined(me()).compile();
    for event in [
        r#"{"type": "m.room.message", "sender": "@a:x", "content": {"body": "hello"}}"#,
        r#"{"type": "m.room.tombstone", "sender": "@a:x", "state_key": "", "content": {}}"#,
        r#"{"type": "m.space.child", "sender": "@a:x", "state_key": "!r:x", "content": {}}"#,
    ] {
        let event = Object::parse(event.as_bytes(), Mode::Strict).expect("an event");
        assert_eq!(rules.evaluate(&event, &context), rules.evaluate(&event, &space), "{event:?}");
    }
}
