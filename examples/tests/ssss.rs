//! The vectors of recovery keys, secret storage and key backup through the line protocol.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used, clippy::panic)]

mod program;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use matrix_signatures::SigningKey;
use serde_json::{Value, json};

use program::conformance;

fn vectors(path: &str) -> Vec<Value> {
    program::vectors(path)["vectors"].as_array().unwrap().clone()
}

/// Asks one thing after the other, each with what its answer is to be: under `ok`, or the `kind` of an error.
fn expect(asked: Vec<(Value, Result<Value, &str>)>) {
    let requests: Vec<Value> = asked.iter().map(|(request, _)| request.clone()).collect();
    for ((request, expected), response) in asked.iter().zip(conformance(&requests)) {
        match expected {
            Ok(fields) => assert_eq!(&response["ok"], fields, "{request} {response}"),
            Err(kind) => assert_eq!(response["error"]["kind"].as_str(), Some(*kind), "{request} {response}"),
        }
    }
}

#[test]
fn recovery_keys() {
    let mut asked = Vec::new();
    for vector in vectors("matrix-ssss/tests/data/recovery_key.json") {
        let decode = json!({"op": "recovery_key.decode", "encoded": vector["encoded"]});
        let kinds = ["empty", "alphabet", "length", "prefix", "parity"];
        match kinds.iter().find(|kind| vector["error"].as_str().is_some_and(|error| error.starts_with(*kind)))
        {
            Some(&"empty") => asked.push((decode, Err("recovery_key_empty"))),
            Some(&"alphabet") => asked.push((decode, Err("recovery_key_alphabet"))),
            Some(&"length") => asked.push((decode, Err("recovery_key_length"))),
            Some(&"prefix") => asked.push((decode, Err("recovery_key_prefix"))),
            Some(_) => asked.push((decode, Err("recovery_key_parity"))),
            None => {
                let (key, canonical) = (&vector["key_hex"], &vector["canonical"]);
                asked.push((decode, Ok(json!({"key_hex": key, "canonical": canonical}))));
                let encode = json!({"op": "recovery_key.encode", "key_hex": key});
                asked.push((encode, Ok(json!({"encoded": canonical}))));
            }
        }
    }
    asked.push((json!({"op": "recovery_key.encode", "key_hex": "00"}), Err("key_size")));
    asked.push((json!({"op": "recovery_key.encode", "key_hex": "0"}), Err("bad_input")));
    asked.push((json!({"op": "recovery_key.decode"}), Err("bad_input")));
    expect(asked);
}

#[test]
fn secret_storage() {
    let mut asked = Vec::new();
    for vector in vectors("matrix-ssss/tests/data/ssss.json") {
        let (key, name) = (&vector["key_hex"], &vector["name"]);
        let decrypt =
            json!({"op": "ssss.decrypt", "key_hex": key, "name": name, "encrypted": vector["encrypted"]});
        let check = json!({"op": "ssss.check_key", "key_hex": key, "iv": vector["iv"], "mac": vector["mac"]});
        let (passphrase, info) = (&vector["passphrase"], &vector["info"]);
        let derive = json!({"op": "ssss.key_from_passphrase", "passphrase": passphrase, "info": info});
        match vector["kind"].as_str().unwrap() {
            "key_check" => {
                let result = if vector["ok"] == true { "match" } else { "mismatch" };
                asked.push((check, Ok(json!({"result": result}))));
                asked.push((
                    json!({"op": "ssss.check_key", "key_hex": key}),
                    Ok(json!({"result": "unknown"})),
                ));
                let empty = json!({"op": "ssss.check_key", "key_hex": key, "iv": vector["iv"], "mac": ""});
                asked.push((empty, Ok(json!({"result": "unknown"}))));
            }
            "secret" => {
                asked.push((decrypt, Ok(json!({"plaintext": vector["plaintext"]}))));
                is_private_half(&vector["plaintext"], &vector["ed25519_public"]);
            }
            "secret_error" => asked.push((decrypt, Err("mac_mismatch"))),
            "passphrase" => {
                asked.push((derive, Ok(json!({"key_hex": key}))));
                asked.push((check, Ok(json!({"result": "match"}))));
            }
            "passphrase_bits" => asked.push((derive, Ok(json!({"key_hex": key})))),
            "encrypt_fixed_iv" => {
                let encrypt = json!({"op": "ssss.encrypt", "key_hex": key, "name": name,
                    "plaintext": vector["plaintext"], "iv_b64": vector["iv"]});
                let (iv, ciphertext, mac) = (&vector["iv"], &vector["ciphertext"], &vector["mac"]);
                asked.push((encrypt, Ok(json!({"iv": iv, "ciphertext": ciphertext, "mac": mac}))));
            }
            // These have no op of their own: the crate's tests know them.
            "pbkdf2_raw" | "iv_clamp" => {}
            other => panic!("{other}"),
        }
    }
    let info = |iterations: i64, bits: i64| {
        let info = json!({"algorithm": "m.pbkdf2", "salt": "a", "iterations": iterations, "bits": bits});
        json!({"op": "ssss.key_from_passphrase", "passphrase": "a", "info": info})
    };
    asked.push((info(0, 256), Err("iterations_out_of_range")));
    asked.push((info(1 << 40, 256), Err("iterations_out_of_range")));
    asked.push((info(1, 7), Err("bits_out_of_range")));
    asked.push((info(1, 1 << 40), Err("bits_out_of_range")));
    let unknown =
        json!({"op": "ssss.key_from_passphrase", "passphrase": "a", "info": {"algorithm": "m.argon2"}});
    asked.push((unknown, Err("unsupported_passphrase_algorithm")));
    expect(asked);
}

/// Checks that a secret is the seed of a public key, where that is known: what a client would take it for.
fn is_private_half(secret: &Value, public: &Value) {
    let Some(public) = public.as_str() else { return };
    let seed = STANDARD.decode(secret.as_str().unwrap()).unwrap().try_into().unwrap();
    assert_eq!(SigningKey::from_seed("1", &seed).unwrap().public_key().to_base64(), public);
}

/// Bit 63 is cleared for the caller.
#[test]
fn secret_storage_clears_bit_63() {
    let key = "00".repeat(32);
    let encrypt = json!({"op": "ssss.encrypt", "key_hex": key, "name": "a", "plaintext": "b",
        "iv_b64": "/////////////////////w==", "repeat": 3});
    let response = &conformance(&[encrypt])[0];
    assert_eq!(response["ok"]["iv"], "//////////9//////////w");
    assert!(response["ns"]["min"].as_u64().unwrap() > 0);
}

#[test]
fn key_backup() {
    let mut asked = Vec::new();
    for vector in vectors("matrix-keybackup/tests/data/key_backup.json") {
        let private = &vector["private_key"];
        let decrypt = json!({"op": "keybackup.decrypt", "private_key_b64": private, "session_data": vector["session_data"]});
        if vector["kind"] == "encrypt_fixed_ephemeral" {
            let encrypt = json!({"op": "keybackup.encrypt",
                "public_key_b64": "QeTvLLbpkE4iel5+VxNYWmgi1JVvaUSjX+fS02T0LWk",
                "ephemeral_private_hex": vector["ephemeral_private_hex"], "plaintext": vector["plaintext"]});
            asked.push((encrypt, Ok(json!({"session_data": vector["session_data"]}))));
            continue;
        }
        let plain = json!({"plaintext": vector["plaintext"], "public_key_b64": vector["public_key"]});
        asked.push((decrypt.clone(), Ok(plain.clone())));
        let mut proposal = decrypt.clone();
        proposal["session_data"]["mac"] = vector["mac_if_over_ciphertext"].clone();
        asked.push((proposal, Ok(plain)));
        let mut short = decrypt.clone();
        short["session_data"]["mac"] = json!("Og");
        asked.push((short, Err("invalid_length")));
        let mut zero = decrypt;
        zero["session_data"]["ephemeral"] = json!("A".repeat(43));
        asked.push((zero, Err("non_contributory")));
    }
    let key = |index: u8, forwarded: u8, verified: bool| json!({"first_message_index": index, "forwarded_count": forwarded, "is_verified": verified});
    for (existing, candidate, keep) in [
        (key(0, 0, false), key(9, 9, true), "candidate"),
        (key(9, 9, true), key(0, 0, false), "existing"),
        (key(5, 0, true), key(4, 9, true), "candidate"),
        (key(5, 2, true), key(5, 1, true), "candidate"),
        (key(5, 1, true), key(5, 1, true), "existing"),
    ] {
        let better = json!({"op": "keybackup.better", "existing": existing, "candidate": candidate});
        asked.push((better, Ok(json!({"keep": keep}))));
    }
    expect(asked);
}
