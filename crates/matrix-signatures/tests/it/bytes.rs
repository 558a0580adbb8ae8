//! The path over bytes gives what the path over trees gives.

use matrix_canonicaljson::{Mode, Object, Value};
use matrix_redaction::{RedactedBytes, redact};
use matrix_roomversion::RoomVersionRules;
use matrix_signatures::bytes::{self, EventReader, Scratch};
use matrix_signatures::{
    KeyRing, Verdict, content_hash, content_hash_matches, event_id, event_signing_bytes, reference_hash,
    room_id_of_create, verify_event,
};
use proptest::prelude::*;

use super::properties::{any_rules, event, signed, value};
use super::{NOW_MS, data, object, rules};

/// Does everything both ways and compares answers and errors.
pub(crate) fn compare(text: &str, keys: &KeyRing, now_ms: i64, rules: &RoomVersionRules) {
    let (mut reader, mut room) = (EventReader::new(), Scratch::new());
    let event = reader.read(text.as_bytes(), Mode::Lenient).unwrap();
    let tree = object(text);
    assert_eq!(bytes::content_hash(&event, &mut room), content_hash(&tree), "{text}");
    assert_eq!(bytes::reference_hash(&event, rules, &mut room), reference_hash(&tree, rules), "{text}");
    let both = reference_hash(&tree, rules).map(|reference| (content_hash(&tree), reference));
    assert_eq!(bytes::hashes(&event, rules, &mut room), both, "{text}");
    let signed = bytes::event_signing_bytes(&event, rules, &mut room).map(<[u8]>::to_vec);
    assert_eq!(signed, event_signing_bytes(&tree, rules), "{text}");
    let id = event_id(&tree, rules);
    assert_eq!(bytes::event_id(&event, rules, &mut room), id, "{text}");
    let both = id.map(|id| (content_hash(&tree), id));
    assert_eq!(bytes::content_hash_and_id(&event, rules, &mut room), both, "{text}");
    assert_eq!(bytes::room_id_of_create(&event, rules, &mut room), room_id_of_create(&tree, rules), "{text}");
    assert_eq!(bytes::content_hash_matches(&event, &mut room), content_hash_matches(&tree), "{text}");
    assert_eq!(
        bytes::verify_event(&event, keys, now_ms, rules, &mut room),
        verify_event(&tree, keys, now_ms, rules),
        "{text}"
    );
    let redacted = RedactedBytes::new(&event, &rules.redaction).map(|redacted| {
        let mut out = Vec::new();
        redacted.write_canonical(&mut room.redaction, &mut out);
        out
    });
    assert_eq!(redacted, redact(&tree, &rules.redaction).map(|tree| tree.to_canonical()), "{text}");
}

/// Writes a value as unlike canonical JSON as the seed wants: keys out of order and repeated, spaces, escapes.
pub(crate) fn loose(value: &Value, seed: &mut u64) -> String {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let roll = *seed >> 33;
    let space = if roll.is_multiple_of(5) { " " } else { "" };
    match value {
        Value::Object(members) => {
            let mut texts: Vec<String> = members
                .iter()
                .map(|(key, value)| {
                    let key = loose(&Value::from(key), seed);
                    format!("{key}{space}:{}", loose(value, seed))
                })
                .collect();
            if roll.is_multiple_of(2) {
                texts.reverse();
            }
            if let Some(first) = texts.first().cloned().filter(|_| roll.is_multiple_of(3)) {
                let mut keys = members.iter().map(|(key, _)| Value::from(key).to_string());
                let key = if roll.is_multiple_of(2) { keys.next_back() } else { keys.next() };
                texts.insert(0, format!("{}:[1,{{\"b\":2,\"a\":3}}]", key.unwrap_or_default()));
                texts.push(first);
                texts.remove(1);
            }
            format!("{{{space}{}}}", texts.join(&format!(",{space}")))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| loose(item, seed)).collect();
            format!("[{}{space}]", items.join(","))
        }
        Value::String(text) if roll.is_multiple_of(7) => {
            let escaped: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            format!("\"{escaped}\"")
        }
        other => other.to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test]
    fn bytes_give_what_trees_give(event in event(), rules in any_rules(), mut seed in any::<u64>()) {
        let (event, keys) = signed(event, rules);
        compare(&event.to_string(), &keys, NOW_MS, rules);
        compare(&loose(&Value::Object(event), &mut seed), &keys, NOW_MS, rules);
    }

    #[test]
    fn bytes_fail_as_trees_fail(
        event in event(), rules in any_rules(), mut seed in any::<u64>(), new in prop::option::of(value()),
        field in prop::sample::select(vec![
            "type", "content", "sender", "event_id", "origin_server_ts", "signatures", "hashes", "room_id", "state_key",
        ]),
    ) {
        let (mut event, keys) = signed(event, rules);
        match new {
            Some(new) => drop(event.insert(field, new)),
            None => drop(event.remove(field)),
        }
        compare(&loose(&Value::Object(event), &mut seed), &keys, NOW_MS, rules);
    }
}

#[test]
fn every_verification_vector_over_bytes() {
    let file = data("verify_events.json");
    for case in file["cases"].as_array().unwrap() {
        let keys = KeyRing::from_object(&object(&case["keys"].to_string()));
        let Ok(keys) = keys else { continue };
        let text = case["event"].as_str().map_or_else(|| case["event"].to_string(), ToOwned::to_owned);
        let version = case["room_version"].as_str().unwrap();
        for now_ms in [NOW_MS, case["now_ms"].as_i64().unwrap_or(NOW_MS)] {
            compare(&text, &keys, now_ms, rules(version));
        }
    }
}

#[test]
fn numbers_beyond_the_range_are_hashed() {
    for text in [
        r#"{"type":"x","content":{"a":1e10,"b":-0},"depth":9007199254741000,"origin_server_ts":1.5}"#,
        r#"{"type":"m.room.power_levels","content":{"users":{"b":1E2,"a":0.10},"ban":123456789012345678901234567890}}"#,
        r#"{"type":"m.room.create","content":{"z":[{"b":1,"a":[1.0]}],"creator":"é"},"room_id":5}"#,
    ] {
        for version in ["1", "5", "6", "11", "12"] {
            compare(text, &KeyRing::new(), NOW_MS, rules(version));
        }
    }
}

#[test]
fn errors_say_what_and_where() {
    let error = EventReader::new()
        .read(br#"{"content":{"users":{"@a:b":50.5}},"type":"x"}"#, Mode::Strict)
        .unwrap_err();
    assert_eq!((error.kind(), error.offset()), ("not_an_integer", Some(28)));
    assert_eq!(error.path(), Some(r#"content.users."@a:b""#));
    for (text, kind) in
        [("[]", "not_an_object"), ("{\"a\":\"\u{1}\"}", "control_character"), ("{", "unexpected_end")]
    {
        assert_eq!(EventReader::new().read(text.as_bytes(), Mode::Lenient).unwrap_err().kind(), kind);
    }
    let error = EventReader::new().read(b"{\"a\":\"\xff", Mode::Lenient).unwrap_err();
    assert_eq!((error.kind(), error.offset()), ("invalid_utf8", Some(6)));
}

#[test]
fn the_steady_state_allocates_nothing() {
    let rules = rules("11");
    let event: Object = object(
        r#"{"type":"m.room.power_levels","content":{"users":{"@b:a.example":1,"@a:a.example":50},"ban":50},
            "sender":"@u:a.example","state_key":"","origin_server_ts":1,"auth_events":[],"prev_events":["$a"]}"#,
    );
    let (event, keys) = signed(event, rules);
    let (mut reader, mut room) = (EventReader::new(), Scratch::new());
    let value = Value::Object(event);
    let without_escapes = (0..).map(|mut seed| loose(&value, &mut seed)).filter(|text| !text.contains('\\'));
    let texts: Vec<String> = without_escapes.take(9).chain([value.to_string()]).collect();
    let mut run = || {
        for text in &texts {
            let event = reader.read(text.as_bytes(), Mode::Lenient).unwrap();
            bytes::hashes(&event, rules, &mut room).unwrap();
            assert_eq!(bytes::verify_event(&event, &keys, NOW_MS, rules, &mut room), Ok(Verdict::Valid));
        }
    };
    run();
    assert_eq!(allocation_counter::measure(run).count_total, 0);
}
