//! The ops about verification on all vectors, and the two examples as a user runs them.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]

mod program;

use serde_json::{Value, json};

use program::{conformance, run, text};

fn vectors(path: &str) -> Vec<Value> {
    program::vectors(path)["vectors"].as_array().unwrap().clone()
}

/// The unpadded form of base64.
fn unpadded(value: &Value) -> Value {
    value.as_str().unwrap().trim_end_matches('=').into()
}

#[test]
fn conformance_qr_both_ways() {
    for vector in vectors("matrix-qr-verify/tests/data/qr_verification.json") {
        let decode = json!({"op": "qr.decode", "id": 1, "raw_b64": vector["raw_b64"], "repeat": 3});
        let response = &conformance(&[decode])[0];
        if !vector["error"].is_null() {
            assert!(response["error"]["kind"].is_string());
            continue;
        }
        let ok = &response["ok"];
        let parts = json!({
            "version": vector["version"], "mode": vector["mode"], "flow_id": vector["id"],
            "key1_b64": vector["key1"], "key2_b64": vector["key2"], "secret_b64": vector["secret"],
        });
        assert_eq!(ok, &parts);
        assert!(response["ns"]["min"].is_u64());
        let mut encode = parts.clone();
        encode["op"] = json!("qr.encode");
        encode["id"] = json!([2]);
        let response = &conformance(&[encode])[0];
        assert_eq!(
            (&response["ok"]["raw_b64"], &response["id"]),
            (&unpadded(&vector["raw_b64"]), &json!([2]))
        );
    }
    let bad = |field: &str, value: Value| {
        let mut request = json!({"op": "qr.encode", "id": 1, "mode": 0, "flow_id": "x", "version": 2,
            "key1_b64": "A".repeat(43), "key2_b64": "A".repeat(43), "secret_b64": "AAAA"});
        request[field] = value;
        conformance(&[request])[0]["error"]["kind"].clone()
    };
    assert_eq!(bad("mode", json!(3)), "unknown_mode");
    assert_eq!(bad("mode", json!(300)), "bad_input");
    assert_eq!(bad("version", json!(1)), "unknown_version");
    assert_eq!(bad("secret_b64", json!("")), "secret_too_short");
    assert_eq!(bad("key1_b64", json!("AAAA")), "bad_input");
    assert_eq!(bad("flow_id", json!(7)), "bad_input");
}

#[test]
fn conformance_sas_and_tie_break() {
    for vector in vectors("matrix-verification/tests/data/sas.json") {
        match vector["kind"].as_str().unwrap() {
            "commitment" => {
                let request = json!({"op": "sas.commitment", "id": 1, "public_key_b64": vector["public_key"],
                    "start_content": vector["start_content"]});
                assert_eq!(conformance(&[request])[0]["ok"]["commitment"], vector["commitment"]);
            }
            "sas_bytes" => {
                let request = json!({"op": "sas.from_bytes", "id": 1, "bytes_hex": vector["bytes_hex"]});
                let response = &conformance(&[request])[0]["ok"];
                assert_eq!(
                    (&response["emoji"], &response["decimal"]),
                    (&vector["emoji"], &vector["decimal"])
                );
            }
            "sas_session" => session(&vector),
            "tie_break" => {
                let request =
                    json!({"op": "verification.tie_break", "id": 1, "a": vector["a"], "b": vector["b"]});
                assert_eq!(conformance(&[request])[0]["ok"], json!({"winner": vector["winner"]}));
                let mut other = vector["b"].clone();
                other["method"] = json!("m.reciprocate.v1");
                let request = json!({"op": "verification.tie_break", "id": 1, "a": vector["a"], "b": other});
                assert_eq!(conformance(&[request])[0]["ok"], json!({"cancel": "m.unexpected_message"}));
            }
            _ => {}
        }
    }
    let request = json!({"op": "sas.from_bytes", "id": 1, "bytes_hex": "00é0"});
    assert_eq!(conformance(&[request])[0]["error"]["kind"], "bad_input");
}

fn session(vector: &Value) {
    let side = |name: &str, private: bool| {
        let side = &vector[name];
        let mut side = json!({"user": side["user"], "device": side["device"], "public_b64": side["public"]});
        if private {
            side["private_hex"] = vector[name]["private_hex"].clone();
        }
        side
    };
    for (private, agreement, expected) in [
        (true, "curve25519-hkdf-sha256", vector),
        (false, "curve25519-hkdf-sha256", vector),
        (true, "curve25519", &vector["legacy_curve25519"]),
    ] {
        let session = json!({"op": "sas.session", "id": 1, "starter": side("starter", private),
            "accepter": side("accepter", !private), "transaction_id": vector["transaction_id"],
            "key_agreement_protocol": agreement});
        let response = &conformance(std::slice::from_ref(&session))[0]["ok"];
        for field in ["sas_bytes_hex", "emoji", "decimal"] {
            assert_eq!(response[field], expected[field]);
        }
        assert_eq!(response["shared_secret_hex"], vector["shared_secret_hex"]);
        for (method, field) in
            [("hkdf-hmac-sha256.v2", "hkdf_hmac_sha256_v2"), ("hkdf-hmac-sha256", "hkdf_hmac_sha256_libolm")]
        {
            let given = &vector["mac_from_starter"];
            let request = json!({"op": "sas.mac", "id": 1, "session": session, "method": method,
                "sender": "starter", "keys": given["keys"]});
            let mut expected = given[field].as_object().unwrap().clone();
            let keys_mac = expected.remove("KEY_IDS").unwrap();
            assert_eq!(conformance(&[request])[0]["ok"], json!({"keys_mac": keys_mac, "mac": expected}));
        }
    }
    let neither = json!({"op": "sas.session", "id": 1, "starter": side("starter", false),
        "accepter": side("accepter", false), "transaction_id": "x", "key_agreement_protocol": "curve25519"});
    assert_eq!(conformance(&[neither])[0]["error"]["kind"], "bad_input");
}

#[test]
fn conformance_checks_signatures() {
    for vector in vectors("matrix-crosssigning/tests/data/signed_json_cross_signing.json") {
        let request = |object: &Value| {
            json!({"op": "crosssigning.check", "id": 1, "object": object, "signer": vector["signer"],
                "key_id": vector["key_id"], "public_key_b64": vector["public_key"]})
        };
        let mut tampered = vector["object"].clone();
        tampered["more"] = json!(1);
        let text = json!(vector["object"].to_string());
        let mut unsigned = vector["object"].clone();
        unsigned.as_object_mut().unwrap().remove("signatures");
        let objects = [&vector["object"], &text, &tampered, &unsigned];
        let responses = conformance(&objects.map(request));
        assert_eq!(responses[0]["ok"], json!({"valid": true}));
        assert_eq!(responses[1]["ok"], json!({"valid": true}));
        assert_eq!(responses[2]["error"]["kind"], "invalid_signature");
        assert_eq!(responses[3]["error"]["kind"], "missing_signature");
        // Also of the seed as the specification has it, with its spare bits.
        for seed in ["seed_b64", "seed_as_published"].iter().filter_map(|field| vector[field].as_str()) {
            let sign = json!({"op": "json.sign", "id": 1, "object": unsigned, "entity": vector["signer"],
                "key_id": vector["key_id"], "seed_b64": seed});
            assert_eq!(conformance(&[sign])[0]["ok"]["signature"], vector["signature"]);
        }
    }
}

#[test]
fn verify_by_emoji_ends_with_trust_on_both_sides() {
    let output = run("verify_by_emoji", &[], "");
    let printed = text(&output.stdout);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let seen: Vec<&str> =
        printed.lines().filter_map(|line| line.split_once(" sees  ")).map(|(_, emoji)| emoji).collect();
    assert!(seen.len() == 2 && seen[0] == seen[1], "{printed}");
    assert!(printed.contains("@alice:example.org trusts @bob:example.net LAPTOP: CrossSigned"), "{printed}");
    assert!(printed.contains("@bob:example.net trusts @alice:example.org PHONE: CrossSigned"), "{printed}");
}

#[cfg(feature = "qr")]
#[test]
fn verify_by_qr_scans_the_picture_that_it_has_written() {
    let file = std::env::temp_dir().join(format!("verify-by-qr-{}.png", std::process::id()));
    let output = run("verify_by_qr", &[file.to_str().unwrap()], "");
    let printed = text(&output.stdout);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(printed.contains("both are done"), "{printed}");
    let svg = std::fs::read_to_string(file.with_extension("svg")).unwrap();
    assert!(svg.starts_with("<svg ") && std::fs::read(&file).unwrap().starts_with(b"\x89PNG"));
    for file in [file.with_extension("svg"), file] {
        std::fs::remove_file(file).unwrap();
    }
}
