use matrix_canonicaljson::{Integer, Object, Value};
use matrix_redaction::{keeps_top_level, redact};
use matrix_roomversion::{RoomVersion, RoomVersionRules};
use matrix_signatures::{
    KeyRing, Verdict, content_hash, event_id, event_signing_bytes, reference_hash, sign_event, sign_json,
    signing_bytes, verify_event, verify_json,
};
use proptest::prelude::*;

use super::{NOW_MS, key, ring, server};

const TYPES: [&str; 6] = [
    "m.room.member",
    "m.room.create",
    "m.room.power_levels",
    "m.room.message",
    "m.room.redaction",
    "m.room.aliases",
];
const KEYS: [&str; 10] =
    ["membership", "creator", "users", "redacts", "aliases", "body", "third_party_invite", "x", "é", "\""];

pub(crate) fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<i32>().prop_map(|number| Value::from(Integer::from(number))),
        ".{0,8}".prop_map(Value::String),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::Array),
            prop::collection::vec((".{0,3}", inner), 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn object() -> impl Strategy<Value = Object> {
    prop::collection::vec((prop::sample::select(&KEYS[..]), value()), 0..6)
        .prop_map(|members| members.into_iter().collect())
}

/// An event by @u:a.example that needs the signature of a.example alone.
pub(crate) fn event() -> impl Strategy<Value = Object> {
    (object(), prop::sample::select(&TYPES[..]), object()).prop_map(|(mut event, event_type, mut content)| {
        content.remove("third_party_invite");
        event.insert("type", event_type);
        event.insert("content", content);
        event.insert("sender", "@u:a.example");
        event.insert("event_id", "$e:a.example");
        event.insert("origin_server_ts", Integer::try_from(NOW_MS).unwrap());
        event.insert("depth", 7);
        event
    })
}

pub(crate) fn any_rules() -> impl Strategy<Value = &'static RoomVersionRules> {
    prop::sample::select(&RoomVersion::ALL[..]).prop_map(RoomVersion::rules)
}

pub(crate) fn signed(mut event: Object, rules: &RoomVersionRules) -> (Object, KeyRing) {
    let key = key("1", 1);
    sign_event(&mut event, server("a.example"), &key, rules).unwrap();
    (event, ring(&[("a.example", &key)]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn event_id_survives_unsigned_signatures_and_redaction(event in event(), rules in any_rules(), unsigned in value()) {
        let (mut event, _) = signed(event, rules);
        let id = event_id(&event, rules).unwrap();
        event.insert("unsigned", unsigned);
        prop_assert_eq!(&event_id(&event, rules).unwrap(), &id);
        event.insert("signatures", Object::new());
        prop_assert_eq!(&event_id(&event, rules).unwrap(), &id);
        prop_assert_eq!(&event_id(&redact(&event, &rules.redaction).unwrap(), rules).unwrap(), &id);
    }

    #[test]
    fn what_is_signed_verifies(event in event(), rules in any_rules(), unsigned in value()) {
        let (mut event, keys) = signed(event, rules);
        prop_assert_eq!(verify_event(&event, &keys, NOW_MS, rules), Ok(Verdict::Valid));
        event.insert("unsigned", unsigned);
        prop_assert_eq!(verify_event(&event, &keys, NOW_MS, rules), Ok(Verdict::Valid));
    }

    #[test]
    fn tampering_with_a_kept_field_fails_and_with_a_dropped_one_redacts(
        event in event(),
        rules in any_rules(),
        field in prop::sample::select(vec!["depth", "state_key", "room_id", "membership", "origin", "redacts", "x", "prev_content"]),
        new in value(),
    ) {
        let (mut event, keys) = signed(event, rules);
        prop_assume!(event.get(field) != Some(&new));
        event.insert(field, new);
        let kept = keeps_top_level(event.get_str("type").unwrap(), field, &rules.redaction);
        match verify_event(&event, &keys, NOW_MS, rules) {
            Ok(Verdict::Redact) => prop_assert!(!kept),
            Ok(Verdict::Valid) => prop_assert!(false, "tampering went unnoticed"),
            Err(error) => {
                prop_assert!(kept);
                prop_assert_eq!(error.kind(), "invalid_signature");
            }
        }
    }

    #[test]
    fn tampering_with_the_content_never_goes_unnoticed(event in event(), rules in any_rules(), key in ".{0,3}", new in value()) {
        let (mut event, keys) = signed(event, rules);
        let content = event.get_object_mut("content").unwrap();
        prop_assume!(content.get(&key) != Some(&new));
        content.insert(key, new);
        prop_assert_ne!(verify_event(&event, &keys, NOW_MS, rules), Ok(Verdict::Valid));
    }

    #[test]
    fn signing_bytes_of_an_event_are_those_of_its_redacted_form(event in event(), rules in any_rules()) {
        let redacted = redact(&event, &rules.redaction).unwrap();
        let bytes = event_signing_bytes(&event, rules).unwrap();
        prop_assert_eq!(&bytes, &signing_bytes(&redacted));
        prop_assert_eq!(reference_hash(&event, rules).unwrap(), reference_hash(&redacted, rules).unwrap());
    }

    #[test]
    fn content_hash_is_that_of_the_canonical_rest(event in object()) {
        let mut rest = event.clone();
        rest.retain(|key, _| !["hashes", "signatures", "unsigned"].contains(&key));
        prop_assert_eq!(content_hash(&event), matrix_signatures::Sha256Hash::of(&rest.to_canonical()));
    }

    #[test]
    fn signed_json_verifies(mut json in object(), unsigned in value()) {
        let key = key("1", 1);
        sign_json(&mut json, "a", &key).unwrap();
        json.insert("unsigned", unsigned);
        prop_assert_eq!(verify_json(&json, "a", "ed25519:1", &key.public_key()), Ok(()));
        json.insert("new", 1);
        prop_assert!(verify_json(&json, "a", "ed25519:1", &key.public_key()).is_err());
    }
}
