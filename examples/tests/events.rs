//! JSON and events through the conformance example: every published case, and the format check at its limits.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]

mod program;

use serde_json::{Map, Value, json};

use program::conformance;

const CANONICAL: &str = include_str!("../../crates/matrix-canonicaljson/tests/data/canonical.json");
const INVALID: &str = include_str!("../../crates/matrix-canonicaljson/tests/data/invalid.json");
const NUMBERS: &str = include_str!("../../crates/matrix-canonicaljson/tests/data/numbers.json");
const GENERATED: &str = include_str!("../../crates/matrix-signatures/tests/data/diff_visible.json");
const EVENT_IDS: &str = include_str!("../../crates/matrix-signatures/tests/data/event_ids.json");
const SIGNING: &str = include_str!("../../crates/matrix-signatures/tests/data/signing.json");
const VERIFY: &str = include_str!("../../crates/matrix-signatures/tests/data/verify_events.json");
const REDACTION: &str = include_str!("../../crates/matrix-redaction/tests/data/redaction_table.json");

/// The cases of a list of a file, each with the answer to the request that `request` makes of it.
fn answered(file: &str, list: &str, request: impl Fn(&Value) -> Value) -> Vec<(Value, Value)> {
    let mut file: Value = serde_json::from_str(file).unwrap();
    let cases: Vec<Value> = serde_json::from_value(file[list].take()).unwrap();
    assert!(!cases.is_empty());
    let answers = conformance(&cases.iter().map(request).collect::<Vec<_>>());
    cases.into_iter().zip(answers).collect()
}

#[test]
fn canonical_forms_are_those_of_the_vectors() {
    let text = |case: &Value| json!({"op": "canonicaljson.canonicalize", "json": case["input"]});
    for (case, answer) in answered(CANONICAL, "cases", text) {
        assert_eq!(answer["ok"]["canonical"], case["canonical"], "{case}");
    }
    for (case, answer) in answered(INVALID, "cases", text) {
        assert_eq!(answer["ok"]["canonical"], case["synapse_result"], "{case}");
    }
    let canonicalize = |mode: Value| json!({"op": "canonicaljson.canonicalize", "json": "1.5", "mode": mode});
    let answers = conformance(&["lenient".into(), Value::Null, "lax".into(), 5.into()].map(canonicalize));
    let kinds = answers.iter().map(|answer| answer["error"]["kind"].as_str().unwrap_or_default());
    assert_eq!(kinds.collect::<Vec<_>>(), ["", "not_an_integer", "bad_input", "bad_input"]);
    for mode in ["strict", "lenient"] {
        let number =
            |case: &Value| json!({"op": "canonicaljson.canonicalize", "json": case["token"], "mode": mode});
        for (case, answer) in answered(NUMBERS, "cases", number) {
            if mode == "strict" {
                assert_eq!(answer["ok"].is_object(), case["strict_v6_integer_ok"], "{case}");
            } else {
                assert_eq!(answer["ok"]["canonical"], case["synapse_lenient_v1_v5"], "{case}");
            }
        }
    }
}

#[test]
fn hashes_ids_and_redactions_are_those_of_the_vectors() {
    for (op, answered_as, expected) in [
        ("redaction.redact", "event", "redacted"),
        ("hash.content", "sha256", "content_hash"),
        ("hash.reference", "sha256", "reference_hash"),
        ("event.id", "event_id", "event_id"),
    ] {
        let request =
            |case: &Value| json!({"op": op, "event": case["input"], "room_version": case["room_version"]});
        for (case, answer) in answered(GENERATED, "events", request) {
            assert_eq!(answer["ok"][answered_as], case[expected], "{op} {}: {answer}", case["id"]);
        }
    }
    let request = |case: &Value| json!({"op": "event.id", "event": case["event"], "room_version": case["room_version"]});
    for (case, answer) in answered(EVENT_IDS, "cases", request) {
        assert_eq!(answer["ok"]["event_id"], case["event_id"], "{case}");
    }
    let request = |case: &Value| json!({"op": "redaction.redact", "event": case["input"], "room_version": case["room_version"]});
    for (case, answer) in answered(REDACTION, "cases", request) {
        let redacted: Map<String, Value> =
            serde_json::from_str(answer["ok"]["event"].as_str().unwrap()).unwrap();
        assert_eq!(redacted["content"], case["redacted_content"], "{case}");
        let mut keys: Vec<&String> = redacted.keys().collect();
        keys.sort();
        assert_eq!(json!(keys), case["redacted_top_keys"], "{case}");
    }
}

#[test]
fn signatures_are_those_of_the_vectors() {
    let file: Value = serde_json::from_str(SIGNING).unwrap();
    let (server, key_id) = (file["server"].as_str().unwrap(), file["key_id"].as_str().unwrap());
    for case in file["cases"].as_array().unwrap() {
        let sign = match case["kind"].as_str() {
            Some("json") => json!({"op": "json.sign", "object": case["input"], "entity": server}),
            // An event without content cannot be redacted, and so not be signed: the peers differ there.
            _ if case["input"].get("content").is_none() => continue,
            _ => json!({
                "op": "event.sign", "event": case["input"], "server_name": server, "room_version": case["room_version"],
            }),
        };
        let mut sign = sign;
        (sign["key_id"], sign["seed_b64"]) = (json!(key_id), file["signing_key_seed"].clone());
        let answer = &conformance(&[sign])[0]["ok"];
        let signed = answer.get("event").or(answer.get("object")).and_then(Value::as_str).unwrap();
        let signed: Value = serde_json::from_str(signed).unwrap();
        assert_eq!(signed["signatures"][server][key_id], case["signature"], "{case}");
        if case["kind"] == "json" {
            assert_eq!(answer["signature"], case["signature"]);
            let verify = |entity: &str| {
                json!({
                    "op": "json.verify", "object": signed, "entity": entity, "key_id": key_id,
                    "public_key_b64": file["public_key"],
                })
            };
            let answers = conformance(&[verify(server), verify("other.example")]);
            assert_eq!((&answers[0]["ok"], answers[1]["ok"].is_null()), (&json!({"valid": true}), true));
        } else {
            assert_eq!(signed["hashes"]["sha256"], case["content_hash"], "{case}");
        }
    }
}

#[test]
fn events_are_verified_as_the_vectors_say() {
    let request = |case: &Value| {
        let mut request = case.clone();
        request["op"] = json!("event.verify");
        request
    };
    for (case, answer) in answered(VERIFY, "cases", request) {
        let verdict = match case["verdict"].as_str().unwrap() {
            "valid" => json!("valid"),
            "valid_but_redact" => json!("redact"),
            _ => Value::Null,
        };
        assert_eq!(answer["ok"]["verdict"], verdict, "{case}: {answer}");
        assert_eq!(answer["error"].is_object(), verdict.is_null(), "{case}: {answer}");
    }
}

/// An event of a version that passes the format check, with members of it changed, and removed where they are null.
fn event(version: &str, changes: Value) -> Value {
    let mut event = json!({
        "type": "m.room.message", "sender": "@a:b", "room_id": "!r:b", "content": {"body": "x"}, "depth": 5,
        "origin_server_ts": 1, "hashes": {"sha256": "A"}, "signatures": {}, "auth_events": [], "prev_events": [],
    });
    if ["1", "2"].contains(&version) {
        event["event_id"] = json!("$e:b");
    }
    for (key, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => _ = event.as_object_mut().unwrap().remove(key),
            value => event[key] = value.clone(),
        }
    }
    event
}

/// What the format check finds wrong with each event; empty where it passes.
fn misfits(events: &[(&str, Value)]) -> Vec<String> {
    let requests: Vec<Value> = events
        .iter()
        .map(|(version, event)| json!({"op": "event.check_format", "room_version": version, "event": event}))
        .collect();
    let kind = |answer: &Value| answer["error"]["kind"].as_str().unwrap_or_default().to_owned();
    conformance(&requests).iter().map(kind).collect()
}

#[test]
fn the_format_check_knows_its_limits() {
    let of_size = |bytes: usize| {
        let length = event("11", json!({"content": {"body": ""}})).to_string().len();
        event("11", json!({"content": {"body": "x".repeat(bytes - length)}}))
    };
    assert_eq!(misfits(&[("11", of_size(65_536)), ("11", of_size(65_537))]), ["", "event_too_large"]);
    for (text, old, new) in [
        ("a".repeat(255), "", ""),
        ("a".repeat(256), "field_too_long", "field_too_long"),
        ("é".repeat(127) + "a", "", ""),
        ("é".repeat(128), "", "field_too_long"),
        ("é".repeat(256), "field_too_long", "field_too_long"),
    ] {
        for changes in [json!({"type": text}), json!({"state_key": text})] {
            let events = ["10", "11"].map(|version| (version, event(version, changes.clone())));
            assert_eq!(misfits(&events), [old, new], "{changes}");
        }
    }
    let depths = |version, depths: &[i64]| -> Vec<(_, Value)> {
        depths.iter().map(|depth| (version, event(version, json!({"depth": depth})))).collect()
    };
    let most = (1 << 53) - 1;
    assert_eq!(misfits(&depths("5", &[0, i64::MAX, -1])), ["", "", "depth_out_of_range"]);
    assert_eq!(
        misfits(&depths("6", &[0, most, most + 1, -1])),
        ["", "", "not_canonical_json", "depth_out_of_range"]
    );
    for (key, most) in [("auth_events", 10), ("prev_events", 20)] {
        let of = |count: usize| {
            let ids: Vec<String> = (0..count).map(|number| format!("${number}")).collect();
            ("11", event("11", json!({key: ids})))
        };
        assert_eq!(misfits(&[of(most), of(most + 1)]), ["", "too_many_events"]);
    }
}

#[test]
fn the_format_check_asks_for_what_the_version_has() {
    for field in ["type", "sender", "room_id", "content", "depth", "hashes", "auth_events", "event_id"] {
        let events = ["1", "3", "12"].map(|version| (version, event(version, json!({field: null}))));
        let missing = "missing_field";
        let wanted = if field == "event_id" { [missing, "", ""] } else { [missing; 3] };
        assert_eq!(misfits(&events), wanted, "{field}");
    }
    let create = |version, room_id: Value| {
        let changes = json!({"type": "m.room.create", "state_key": "", "room_id": room_id});
        (version, event(version, changes))
    };
    let events = [
        create("11", json!("!r:b")),
        create("12", json!("!r:b")),
        create("11", json!(null)),
        create("12", json!(null)),
    ];
    assert_eq!(misfits(&events), ["", "unexpected_field", "missing_field", ""]);
    let pair = json!({"prev_events": [["$a:b", {"sha256": "A"}]]});
    let plain = json!({"prev_events": ["$a:b"]});
    let events = [("2", &pair), ("2", &plain), ("3", &pair), ("3", &plain)];
    let events = events.map(|(version, changes)| (version, event(version, changes.clone())));
    assert_eq!(misfits(&events), ["", "invalid_field", "invalid_field", ""]);
}

#[test]
fn msc2540_the_format_check_is_strict_from_room_6_on() {
    for number in ["1.0", "1e3", "9007199254740992", "-0"] {
        let text = |version| {
            let text = event(version, json!({"content": {"number": 7}})).to_string();
            (version, json!(text.replace('7', number)))
        };
        assert_eq!(
            misfits(&[text("5"), text("6"), text("12")]),
            ["", "not_canonical_json", "not_canonical_json"],
            "{number}"
        );
    }
}
