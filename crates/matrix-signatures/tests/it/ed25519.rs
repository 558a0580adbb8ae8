use matrix_signatures::{PublicKey, Sha256Hash, Signature};

use super::data;

#[test]
fn crafted_signatures_are_judged_as_by_libsodium() {
    let edges = data("ed25519_edges.json");
    let message = edges["message"].as_str().unwrap().as_bytes();
    let cases = edges["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 29);
    for case in cases {
        let signature = Signature::from_base64(case["signature"].as_str().unwrap()).unwrap();
        let key = PublicKey::from_base64(case["public_key"].as_str().unwrap());
        let valid = key.is_ok_and(|key| key.verify(message, &signature));
        assert_eq!(valid, case["valid"].as_bool().unwrap(), "{}", case["name"]);
    }
}

#[test]
fn crafted_signatures_are_judged_as_by_verify_strict() {
    let edges = data("ed25519_edges.json");
    let message = edges["message"].as_str().unwrap().as_bytes();
    for case in edges["cases"].as_array().unwrap() {
        let signature = Signature::from_base64(case["signature"].as_str().unwrap()).unwrap();
        let Ok(key) = PublicKey::from_base64(case["public_key"].as_str().unwrap()) else { continue };
        let dalek = ed25519_dalek::VerifyingKey::from_bytes(key.as_bytes()).unwrap();
        let strict =
            dalek.verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature.as_bytes()));
        assert_eq!(key.verify(message, &signature), strict.is_ok(), "{}", case["name"]);
    }
}

#[test]
fn unusable_keys_are_refused_when_read() {
    let edges = data("ed25519_edges.json");
    let kind = |name: &str| {
        let case = edges["cases"].as_array().unwrap().iter().find(|case| case["name"] == name).unwrap();
        PublicKey::from_base64(case["public_key"].as_str().unwrap()).unwrap_err().kind()
    };
    assert_eq!(kind("key of small order, 3/8"), "invalid_public_key");
    assert_eq!(kind("key encoded as p + 3"), "invalid_public_key");
    let no_point = [2; 32];
    assert_eq!(PublicKey::from_bytes(&no_point).unwrap_err().kind(), "invalid_public_key");
    assert_eq!(PublicKey::from_base64("AAAA").unwrap_err().kind(), "invalid_length");
    assert_eq!(PublicKey::from_base64("not base64!").unwrap_err().kind(), "invalid_base64");
}

#[test]
fn keys_and_signatures_are_read_with_and_without_padding() {
    let key = "XGX0JRS2Af3be3knz2fBiRbApjm2Dh61gXDJA8kcJNI";
    let padded = PublicKey::from_base64(&format!("{key}=")).unwrap();
    assert_eq!(padded, PublicKey::from_base64(key).unwrap());
    assert_eq!(padded.to_string(), key);
    assert_eq!(format!("{padded:?}"), format!("PublicKey({key:?})"));
    let signature = Signature::from_bytes([7; 64]);
    assert_eq!(Signature::from_base64(&format!("{signature}==")), Ok(signature));
    assert_eq!(signature.to_base64().len(), 86);
    assert_eq!(Signature::from_base64("AAAA").unwrap_err().kind(), "invalid_length");
}

#[test]
fn hashes_and_signatures_are_shown_as_base64() {
    let hash = Sha256Hash::from_bytes([1; 32]);
    assert_eq!((hash.to_string(), hash.to_base64()), (hash.to_base64(), "AQEB".repeat(10) + "AQE"));
    assert_eq!(format!("{hash:?}"), format!("Sha256Hash(\"{hash}\")"));
    let signature = Signature::from_base64(&("AQEB".repeat(21) + "AQ")).unwrap();
    assert_eq!(signature.to_string(), signature.to_base64());
    assert_eq!(format!("{signature:?}"), format!("Signature(\"{signature}\")"));
}
