use matrix_canonicaljson::Object;
use matrix_roomversion::RoomVersion;
use matrix_signatures::{
    Error, KeyRing, Verdict, VerifyKey, event_signing_bytes, required_signers, sign_event, verify_event,
};

use super::{NOW_MS, data, key, object, ring, rules, server};

const EVENT: &str = r#"{"type":"m.room.message","content":{"body":"hi"},"sender":"@u:a.example","room_id":"!r:a.example","depth":7,"origin_server_ts":1749913600000,"prev_events":[],"auth_events":[],"event_id":"$e:a.example"}"#;
const SENT_MS: i64 = 1_749_913_600_000;

fn signed(version: &str) -> Object {
    let mut event = object(EVENT);
    sign_event(&mut event, server("a.example"), &key("1", 1), rules(version)).unwrap();
    event
}

fn signature(event: &Object, fill: u8, version: &str) -> String {
    key("x", fill).sign(&event_signing_bytes(event, rules(version)).unwrap()).to_base64()
}

/// Sets `signatures` to those of a.example alone.
fn set_signatures(event: &mut Object, signatures: &[(&str, String)]) {
    let own: Object = signatures.iter().map(|(key_id, signature)| (*key_id, signature.as_str())).collect();
    event.insert("signatures", Object::from([("a.example", own)]));
}

fn kind(event: &Object, ring: &KeyRing, version: &str) -> Result<Verdict, &'static str> {
    verify_event(event, ring, NOW_MS, rules(version)).map_err(|error| error.kind())
}

#[test]
fn every_verification_vector() {
    let vectors = data("verify_events.json");
    let cases = vectors["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 116);
    for case in cases {
        let id = format!("{} {} in room {}", case["id"], case["name"], case["room_version"]);
        let event = object(case["event"].as_str().unwrap());
        let keys = KeyRing::from_object(&object(&case["keys"].to_string())).unwrap();
        let rules = rules(case["room_version"].as_str().unwrap());
        let servers: Vec<_> =
            required_signers(&event, rules).unwrap().into_iter().map(|name| name.as_str()).collect();
        assert_eq!(serde_json::json!(servers), case["required_servers"], "{id}");
        let verdict = match verify_event(&event, &keys, case["now_ms"].as_i64().unwrap(), rules) {
            Ok(Verdict::Valid) => "valid",
            Ok(Verdict::Redact) => "valid_but_redact",
            Err(_) => "invalid",
        };
        assert_eq!(verdict, case["verdict"], "{id}");
    }
}

#[test]
fn errors_name_the_server_and_the_key() {
    let mut event = signed("12");
    let stranger = ring(&[("b.example", &key("1", 1))]);
    let error = |event: &Object, ring: &KeyRing| verify_event(event, ring, NOW_MS, rules("12")).unwrap_err();
    let entity = "a.example".to_owned();
    assert_eq!(error(&event, &stranger), Error::UnknownKey { entity: entity.clone() });
    let own = ring(&[("a.example", &key("1", 1))]);
    event.insert("depth", 8);
    assert_eq!(
        error(&event, &own),
        Error::InvalidSignature { entity: entity.clone(), key_id: "ed25519:1".to_owned() }
    );
    event.insert("signatures", object(r#"{"b.example":{"ed25519:1":"x"}}"#));
    assert_eq!(error(&event, &own), Error::MissingSignature { entity: entity.clone() });
    event.insert("signatures", object(r#"{"a.example":{}}"#));
    assert_eq!(error(&event, &own), Error::MissingSignature { entity });
}

#[test]
fn bad_signature_by_a_known_key_spoils_a_good_one() {
    let (one, two) = (key("1", 1), key("2", 2));
    let both = ring(&[("a.example", &one), ("a.example", &two)]);
    let mut event = signed("12");
    let (good_1, good_2) = (signature(&event, 1, "12"), signature(&event, 2, "12"));
    set_signatures(&mut event, &[("ed25519:1", good_1.clone()), ("ed25519:2", good_2)]);
    assert_eq!(kind(&event, &both, "12"), Ok(Verdict::Valid));
    set_signatures(&mut event, &[("ed25519:1", good_1.clone()), ("ed25519:2", good_1.clone())]);
    assert_eq!(kind(&event, &both, "12"), Err("invalid_signature"));
    set_signatures(&mut event, &[("ed25519:1", good_1.clone()), ("ed25519:2", "garbage".to_owned())]);
    assert_eq!(kind(&event, &both, "12"), Err("malformed_signature"));
    // The same beside keys that are not known or of no known algorithm is passed over.
    set_signatures(
        &mut event,
        &[
            ("ed25519:1", good_1),
            ("ed25519:3", "garbage".to_owned()),
            ("rsa:2", "garbage".to_owned()),
            ("x", String::new()),
        ],
    );
    assert_eq!(kind(&event, &both, "12"), Ok(Verdict::Valid));
}

#[test]
fn msc2076_bad_signature_by_an_expired_key_is_passed_over() {
    let (one, old) = (key("1", 1), key("old", 2));
    let mut keys = ring(&[("a.example", &one)]);
    let expired = VerifyKey { key: old.public_key(), valid_until_ts: None, expired_ts: Some(SENT_MS - 1) };
    keys.insert(server("a.example"), "ed25519:old", expired);
    let mut event = signed("12");
    let good = signature(&event, 1, "12");
    set_signatures(&mut event, &[("ed25519:1", good.clone()), ("ed25519:old", good)]);
    assert_eq!(kind(&event, &keys, "12"), Ok(Verdict::Valid));
    // Rooms 1 to 4 know no expiry, so there the signature counts, and spoils the event.
    assert_eq!(kind(&event, &keys, "4"), Err("invalid_signature"));
}

#[test]
fn msc2076_validity_is_enforced_from_room_5_on() {
    let one = key("1", 1);
    let week = 7 * 24 * 3_600_000;
    // valid_until_ts, expired_ts, now, valid when sent
    let cases = [
        (Some(SENT_MS), None, NOW_MS, true),
        (Some(SENT_MS - 1), None, NOW_MS, false),
        (None, Some(SENT_MS), NOW_MS, true),
        (None, Some(SENT_MS - 1), NOW_MS, false),
        (Some(i64::MAX), None, SENT_MS - week, true),
        (Some(i64::MAX), None, SENT_MS - week - 1, false),
        (None, None, NOW_MS, true),
        (None, None, SENT_MS - week - 1, false),
        (None, None, i64::MAX, true),
        (Some(i64::MIN), None, i64::MIN, false),
    ];
    for version in RoomVersion::ALL {
        let event = signed(version.as_str());
        for (valid_until_ts, expired_ts, now_ms, valid) in cases {
            let mut keys = KeyRing::new();
            let entry = VerifyKey { key: one.public_key(), valid_until_ts, expired_ts };
            keys.insert(server("a.example"), "ed25519:1", entry);
            let result = verify_event(&event, &keys, now_ms, version.rules());
            if valid || version < RoomVersion::V5 {
                assert_eq!(result, Ok(Verdict::Valid));
            } else {
                assert_eq!(result.unwrap_err().kind(), "expired_key");
            }
        }
    }
}

#[test]
fn msc2077_origin_server_ts_has_to_be_readable_from_room_5_on() {
    let keys = ring(&[("a.example", &key("1", 1))]);
    for (version, expected) in [("4", Ok(Verdict::Valid)), ("5", Err("missing_field"))] {
        let mut event = object(EVENT);
        event.remove("origin_server_ts");
        sign_event(&mut event, server("a.example"), &key("1", 1), rules(version)).unwrap();
        assert_eq!(kind(&event, &keys, version), expected);
    }
    let mut event = object(EVENT);
    event.insert("origin_server_ts", "1");
    sign_event(&mut event, server("a.example"), &key("1", 1), rules("6")).unwrap();
    assert_eq!(kind(&event, &keys, "6"), Err("invalid_field"));
}

#[test]
fn signatures_are_checked_before_the_content_hash() {
    let keys = ring(&[("a.example", &key("1", 1))]);
    let mut event = signed("12");
    event.insert("content", object(r#"{"body":"bye"}"#));
    assert_eq!(kind(&event, &keys, "12"), Ok(Verdict::Redact));
    event.insert("sender", "@v:a.example");
    assert_eq!(kind(&event, &keys, "12"), Err("invalid_signature"));
    let redacted = matrix_redaction::redact(&signed("12"), &rules("12").redaction).unwrap();
    assert_eq!(kind(&redacted, &keys, "12"), Ok(Verdict::Redact), "a redacted copy verifies");
}

#[test]
fn events_without_signatures_or_hashes_are_errors() {
    let keys = ring(&[("a.example", &key("1", 1))]);
    let mut event = signed("12");
    event.remove("signatures");
    assert_eq!(kind(&event, &keys, "12"), Err("missing_field"));
    event.insert("signatures", 1);
    assert_eq!(kind(&event, &keys, "12"), Err("invalid_field"));
    // An event whose signature covers that it names no hash.
    let mut event = object(EVENT);
    let signature = signature(&event, 1, "12");
    set_signatures(&mut event, &[("ed25519:1", signature)]);
    assert_eq!(kind(&event, &keys, "12"), Err("missing_field"));
}
