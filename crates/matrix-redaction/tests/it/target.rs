use matrix_identifiers::UserId;
use matrix_redaction::{Error, Redactor, may_apply, target, targets};
use matrix_roomversion::RoomVersion;

use super::{list_rules, object, rules};

const BOTH: &str = r#"{"type":"m.room.redaction","redacts":"$old","content":{"redacts":"$new"}}"#;

#[test]
fn msc2174_target_is_read_where_the_version_has_it() {
    for version in RoomVersion::ALL {
        let expected = if version >= RoomVersion::V11 { "$new" } else { "$old" };
        let event = object(BOTH);
        assert_eq!(target(&event, rules(version.as_str())).unwrap().unwrap().as_str(), expected);
    }
}

#[test]
fn redaction_without_target_names_nothing() {
    for version in RoomVersion::ALL {
        let (here, other) = match version >= RoomVersion::V11 {
            true => (
                r#"{"type":"m.room.redaction","content":{}}"#,
                r#"{"type":"m.room.redaction","redacts":"$a","content":{}}"#,
            ),
            false => (
                r#"{"type":"m.room.redaction","content":{}}"#,
                r#"{"type":"m.room.redaction","content":{"redacts":"$a"}}"#,
            ),
        };
        for event in
            [here, other, r#"{"type":"m.room.redaction"}"#, r#"{"type":"m.room.redaction","content":1}"#]
        {
            assert_eq!(target(&object(event), rules(version.as_str())), Ok(None));
        }
    }
}

#[test]
fn other_events_name_nothing() {
    let event = object(r#"{"type":"m.room.message","redacts":"$a","content":{"redacts":"$a"}}"#);
    assert_eq!(target(&event, rules("1")), Ok(None));
    assert_eq!(target(&event, rules("12")), Ok(None));
}

#[test]
fn malformed_targets_are_errors() {
    let kind = |json: &str, version: &str| {
        target(&object(json), rules(version)).map_err(|error| error.kind()).unwrap_err()
    };
    assert_eq!(kind(r#"{"type":"m.room.redaction","redacts":1}"#, "1"), "invalid_field");
    assert_eq!(kind(r#"{"type":"m.room.redaction","content":{"redacts":["$a"]}}"#, "11"), "invalid_field");
    let event = object(r#"{"type":"m.room.redaction","content":{"redacts":"@a:b"}}"#);
    assert_eq!(target(&event, rules("12")), Err(Error::InvalidTarget("@a:b".to_owned())));
}

#[test]
fn msc2244_list_is_read_with_rules_of_its_own_alone() {
    let event = object(r#"{"type":"m.room.redaction","content":{"redacts":["$b","$a",1,"nonsense","$b"]}}"#);
    let ids: Vec<_> = targets(&event, &list_rules()).unwrap().into_iter().map(|id| id.as_str()).collect();
    assert_eq!(ids, ["$b", "$a"], "in order, once each, event IDs only");
    assert!(targets(&event, rules("12")).is_err());
    let single = object(r#"{"type":"m.room.redaction","content":{"redacts":"$b"}}"#);
    assert!(targets(&single, &list_rules()).is_err());
}

#[test]
fn redaction_applies_by_level_or_server_from_room_3_on() {
    let alice = UserId::parse("@alice:a.example").unwrap();
    let cases = [
        // sender, level, redact level, applies
        ("@bob:b.example", 49, 50, false),
        ("@bob:b.example", 50, 50, true),
        ("@bob:b.example", i64::MAX, i64::MAX, true),
        ("@bob:b.example", -1, -1, true),
        ("@bob:a.example", -100, 50, true),
        ("@bob:a.example:8448", 0, 50, false),
        ("@bob:A.example", 0, 50, false),
    ];
    for (sender, power_level, redact_level, applies) in cases {
        let redactor = Redactor { sender: UserId::parse(sender).unwrap(), power_level, redact_level };
        for version in RoomVersion::ALL {
            let by_rule = version < RoomVersion::V3;
            assert_eq!(
                may_apply(&redactor, alice, rules(version.as_str())),
                by_rule || applies,
                "{sender} {version}"
            );
        }
    }
}
