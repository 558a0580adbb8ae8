use matrix_canonicaljson::{Integer, Object, Value};
use matrix_redaction::{Redacted, redact, redact_in_place};
use matrix_roomversion::{RedactionRules, RoomVersion};
use proptest::prelude::*;

use super::list_rules;

const TYPES: [&str; 9] = [
    "m.room.aliases",
    "m.room.create",
    "m.room.history_visibility",
    "m.room.join_rules",
    "m.room.member",
    "m.room.message",
    "m.room.power_levels",
    "m.room.redaction",
    "é\"\n",
];

const CONTENT_KEYS: [&str; 16] = [
    "aliases",
    "allow",
    "ban",
    "creator",
    "events",
    "history_visibility",
    "invite",
    "join_authorised_via_users_server",
    "join_rule",
    "membership",
    "redact",
    "redacts",
    "room_version",
    "third_party_invite",
    "users",
    "\u{1}é",
];

const TOP_KEYS: [&str; 20] = [
    "auth_events",
    "depth",
    "event_id",
    "hashes",
    "membership",
    "origin",
    "origin_server_ts",
    "prev_content",
    "prev_events",
    "prev_state",
    "redacts",
    "replaces_state",
    "room_id",
    "sender",
    "signatures",
    "state_key",
    "typ",
    "types",
    "unsigned",
    "\"",
];

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i32>().prop_map(|number| Value::from(Integer::from(number))),
        any::<String>().prop_map(Value::String),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let key = prop_oneof![Just("signed".to_owned()), "[a-z]{0,3}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::vec((key, inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn members(keys: &'static [&'static str]) -> impl Strategy<Value = Object> {
    prop::collection::vec((prop::sample::select(keys), value()), 0..8)
        .prop_map(|members| members.into_iter().collect())
}

fn event() -> impl Strategy<Value = Object> {
    let content = prop_oneof![6 => members(&CONTENT_KEYS).prop_map(Value::Object), 1 => value()];
    (members(&TOP_KEYS), prop::sample::select(&TYPES[..]), content).prop_map(
        |(mut event, event_type, content)| {
            event.insert("type", event_type);
            event.insert("content", content);
            event
        },
    )
}

fn any_rules() -> impl Strategy<Value = RedactionRules> {
    let mut all: Vec<_> = RoomVersion::ALL.iter().map(|version| version.rules().redaction).collect();
    all.push(list_rules());
    prop::sample::select(all)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn redaction_is_idempotent(event in event(), rules in any_rules()) {
        let once = redact(&event, &rules).unwrap();
        prop_assert_eq!(redact(&once, &rules).unwrap(), once);
    }

    #[test]
    fn all_ways_of_redacting_agree(event in event(), rules in any_rules()) {
        let redacted = redact(&event, &rules).unwrap();
        let mut in_place = event.clone();
        redact_in_place(&mut in_place, &rules).unwrap();
        prop_assert_eq!(&in_place, &redacted);
        let mut bytes = b"before".to_vec();
        Redacted::new(&event, &rules).unwrap().write_canonical(&mut bytes);
        prop_assert_eq!(&bytes[6..], redacted.to_canonical());
        let mut unsigned = redacted;
        unsigned.remove("signatures");
        bytes.clear();
        Redacted::new(&event, &rules).unwrap().write_signing_bytes(&mut bytes);
        prop_assert_eq!(bytes, unsigned.to_canonical());
    }

    #[test]
    fn redaction_only_ever_takes_away(event in event(), rules in any_rules()) {
        for (key, value) in &redact(&event, &rules).unwrap() {
            if key != "content" {
                prop_assert_eq!(event.get(key), Some(value));
            }
        }
    }
}
