//! The signature of a third-party invite.

use matrix_authrules::verify_signed;
use serde_json::Value;

fn data() -> Value {
    serde_json::from_str(include_str!("../data/third_party_invite.json")).unwrap()
}

fn signed() -> Value {
    data()["answer"]["event"]["content"]["third_party_invite"]["signed"].clone()
}

fn key() -> String {
    data()["invite"]["event"]["content"]["public_key"].as_str().unwrap().to_owned()
}

fn verify(signed: &Value, keys: &[&str]) -> bool {
    let keys: Vec<Box<str>> = keys.iter().map(|key| Box::from(*key)).collect();
    verify_signed(&signed.to_string(), &keys)
}

/// Moves the one signature elsewhere.
fn signed_as(entity: &str, key_id: &str) -> Value {
    let mut signed = signed();
    let signature = signed["signatures"]["identity.example"]["ed25519:0"].clone();
    signed["signatures"] = serde_json::json!({ entity: { key_id: signature } });
    signed
}

#[test]
fn synapse_made_a_good_signature() {
    assert!(verify(&signed(), &[&key()]));
}

#[test]
fn any_of_the_keys_will_do() {
    let other = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assert!(verify(&signed(), &[other, "garbage", "", &key(), other]));
    assert!(!verify(&signed(), &[other, "garbage"]));
    assert!(!verify(&signed(), &[]));
}

#[test]
fn keys_are_base64_of_either_alphabet_padded_or_not() {
    let url_safe = key().replace('+', "-").replace('/', "_");
    assert_ne!(url_safe, key());
    for key in [key() + "=", url_safe.clone(), url_safe + "="] {
        assert!(verify(&signed(), &[&key]), "{key}");
    }
    assert!(!verify(&signed(), &[&(key() + "==")]));
}

#[test]
fn entity_and_key_id_do_not_matter_but_the_algorithm_does() {
    assert!(verify(&signed_as("somebody else", "ed25519:other"), &[&key()]));
    assert!(verify(&signed_as("", "ed25519:"), &[&key()]));
    assert!(!verify(&signed_as("identity.example", "ed25519"), &[&key()]));
    assert!(!verify(&signed_as("identity.example", "curve25519:0"), &[&key()]));
}

#[test]
fn one_good_signature_among_bad_ones_is_enough() {
    let mut signed = signed();
    signed["signatures"]["a"] = serde_json::json!({"ed25519:1": "AAAA", "ed25519:2": 5, "x:y": "z"});
    signed["signatures"]["b"] = serde_json::json!("nothing");
    assert!(verify(&signed, &[&key()]));
}

#[test]
fn what_is_signed_is_all_but_signatures_and_unsigned() {
    let mut signed = signed();
    signed["unsigned"] = serde_json::json!({"age": 5});
    assert!(verify(&signed, &[&key()]));
    for field in ["mxid", "token", "sender"] {
        let mut other = self::signed();
        other[field] = Value::from("@else:where");
        assert!(!verify(&other, &[&key()]), "{field}");
    }
    signed["more"] = Value::from(1);
    assert!(!verify(&signed, &[&key()]));
}

#[test]
fn what_is_no_signed_object_has_no_signature() {
    let keys = [Box::from(key())];
    for text in
        ["", "5", "[]", "{}", "{", r#"{"signatures": 5}"#, r#"{"signatures": {"a": {"ed25519:1": ""}}}"#]
    {
        assert!(!verify_signed(text, &keys), "{text}");
    }
}
