use matrix_signatures::{
    content_hash, hash_event, sign_event, sign_json, signing_bytes, verify_json, verify_json_by_server,
};

use super::{NOW_MS, data, key, object, ring, rules, server, spec_key};

#[test]
fn every_case_of_the_specifications_signing_vectors() {
    let vectors = data("signing.json");
    let key = spec_key();
    assert_eq!(key.public_key().to_base64(), vectors["public_key"]);
    assert_eq!(key.key_id(), vectors["key_id"]);
    let entity = vectors["server"].as_str().unwrap();
    let mut done = 0;
    for case in vectors["cases"].as_array().unwrap() {
        let id = &case["id"];
        let mut input = object(&case["input"].to_string());
        done += 1;
        if case["kind"] == "json" {
            assert_eq!(sign_json(&mut input, entity, &key).unwrap().to_base64(), case["signature"], "{id}");
            verify_json(&input, entity, key.key_id(), &key.public_key()).unwrap();
            continue;
        }
        let rules = rules(case["room_version"].as_str().unwrap());
        assert_eq!(content_hash(&input).to_base64(), case["content_hash"], "{id}");
        if !input.contains_key("content") {
            // A peer signs an event without content as if it had an empty one; here it can't be redacted.
            assert_eq!(
                sign_event(&mut input, server(entity), &key, rules).unwrap_err().kind(),
                "unredactable"
            );
            hash_event(&mut input);
            input.insert("content", object("{}"));
            let mut redacted = matrix_redaction::redact(&input, &rules.redaction).unwrap();
            assert_eq!(
                sign_json(&mut redacted, entity, &key).unwrap().to_base64(),
                case["signature"],
                "{id}"
            );
            continue;
        }
        let signature = sign_event(&mut input, server(entity), &key, rules).unwrap();
        assert_eq!(signature.to_base64(), case["signature"], "{id}");
        let stored = input.get_object("signatures").unwrap().get_object(entity).unwrap().get_str("ed25519:1");
        assert_eq!(stored, case["signature"].as_str());
    }
    assert_eq!(done, 4);
}

/// <https://spec.matrix.org/v1.19/appendices/#json-signing> and the event after it.
#[test]
fn remaining_vectors_of_the_specification() {
    let key = spec_key();
    let mut json = object(r#"{"one":1,"two":"Two"}"#);
    let signature = sign_json(&mut json, "domain", &key).unwrap();
    assert_eq!(
        signature.to_base64(),
        "KqmLSbO39/Bzb0QIYE82zqLwsA+PDzYIpIRA2sRQ4sL53+sN6/fpNSoqE7BP7vBZhG6kYdD13EIMJpvhJI+6Bw",
    );
    let mut event = object(
        r#"{"content":{"body":"Here is the message content"},"event_id":"$0:domain","origin":"domain","origin_server_ts":1000000,"type":"m.room.message","room_id":"!r:domain","sender":"@u:domain","signatures":{},"unsigned":{"age_ts":1000000}}"#,
    );
    let signature = sign_event(&mut event, server("domain"), &key, rules("1")).unwrap();
    let hashes = event.get_object("hashes").unwrap();
    assert_eq!(hashes.get_str("sha256"), Some("onLKD1bGljeBWQhWZ1kaP9SorVmRQNdN5aM2JYU2n/g"));
    assert_eq!(
        signature.to_base64(),
        "Wm+VzmOUOz08Ds+0NTWb1d4CZrVsJSikkeRxh6aCcUwu6pNC78FunoD7KNWzqFn241eYHYMGCA5McEiVPdhzBA",
    );
}

#[test]
fn signatures_and_unsigned_are_not_covered_and_stay() {
    let key = spec_key();
    let mut json = object(r#"{"b":2,"a":1,"signatures":{"other":{"ed25519:x":"s"}},"unsigned":{"age":1}}"#);
    assert_eq!(signing_bytes(&json), br#"{"a":1,"b":2}"#);
    sign_json(&mut json, "domain", &key).unwrap();
    let signatures = json.get_object("signatures").unwrap();
    assert_eq!(signatures.keys().collect::<Vec<_>>(), ["domain", "other"]);
    assert!(json.contains_key("unsigned"));
    json.remove("unsigned");
    sign_json(&mut json, "domain", &super::key("2", 1)).unwrap();
    assert_eq!(json.get_object("signatures").unwrap().get_object("domain").unwrap().len(), 2);
    verify_json(&json, "domain", "ed25519:1", &key.public_key()).unwrap();
    json.insert("a", 3);
    let error = verify_json(&json, "domain", "ed25519:1", &key.public_key()).unwrap_err();
    assert_eq!(error.kind(), "invalid_signature");
    assert_eq!(error.to_string(), "the signature of domain with ed25519:1 does not verify");
}

#[test]
fn keys_that_need_escapes_are_signed_in_canonical_form() {
    let json = object(r#"{"é":1,"\"":2,"\n":3,"a-b":4,"":5}"#);
    assert_eq!(signing_bytes(&json), json.to_canonical());
}

#[test]
fn missing_and_malformed_signatures_are_told_apart() {
    let key = spec_key().public_key();
    let kind = |json: &str, entity: &str, key_id: &str| {
        verify_json(&object(json), entity, key_id, &key).unwrap_err().kind()
    };
    assert_eq!(kind("{}", "a", "ed25519:1"), "missing_signature");
    assert_eq!(kind(r#"{"signatures":{}}"#, "a", "ed25519:1"), "missing_signature");
    assert_eq!(kind(r#"{"signatures":{"a":{"ed25519:2":"x"}}}"#, "a", "ed25519:1"), "missing_signature");
    assert_eq!(kind(r#"{"signatures":{"a":{"ed25519:1":"x!"}}}"#, "a", "ed25519:1"), "malformed_signature");
    assert_eq!(kind(r#"{"signatures":{"a":{"ed25519:1":"AAAA"}}}"#, "a", "ed25519:1"), "malformed_signature");
    assert_eq!(kind(r#"{"signatures":{"a":{"ed25519:1":7}}}"#, "a", "ed25519:1"), "malformed_signature");
    assert_eq!(kind(r#"{"signatures":{"a":7}}"#, "a", "ed25519:1"), "invalid_field");
    assert_eq!(kind(r#"{"signatures":[]}"#, "a", "ed25519:1"), "invalid_field");
    assert_eq!(kind(r#"{"signatures":{"a":{"rsa:1":"x"}}}"#, "a", "rsa:1"), "unsupported_algorithm");
    assert_eq!(kind("{}", "a", "ed25519"), "unsupported_algorithm");
}

#[test]
fn objects_whose_signatures_are_malformed_are_not_signed() {
    for json in [r#"{"signatures":1}"#, r#"{"signatures":{"domain":[]}}"#] {
        let mut signed = object(json);
        assert_eq!(sign_json(&mut signed, "domain", &spec_key()).unwrap_err().kind(), "invalid_field");
        assert_eq!(signed, object(json));
    }
}

#[test]
fn requests_are_verified_by_any_valid_key_of_the_server() {
    let (one, two) = (key("1", 1), key("2", 2));
    let ring = ring(&[("a.example", &one), ("a.example", &two)]);
    let mut request = object(r#"{"method":"GET","uri":"/x","origin":"a.example","destination":"b.example"}"#);
    let verify = |request: &_, at| verify_json_by_server(request, server("a.example"), &ring, at, NOW_MS);
    assert_eq!(verify(&request, None).unwrap_err().kind(), "missing_signature");
    sign_json(&mut request, "a.example", &two).unwrap();
    assert_eq!(verify(&request, None), Ok(()));
    assert_eq!(verify(&request, Some(NOW_MS)), Ok(()));
    assert_eq!(verify(&request, Some(NOW_MS + 3_600_001)).unwrap_err().kind(), "expired_key");
    request.insert("signatures", "none");
    assert_eq!(verify(&request, None).unwrap_err().kind(), "invalid_field");
}
