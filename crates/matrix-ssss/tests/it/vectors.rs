use matrix_ssss::{
    EncryptedSecret, Iv, KeyCheck, KeyCheckResult, Limits, PassphraseInfo, RecoveryKey, SecretStorageKey,
};
use serde_json::Value;

use super::{bytes, data, object};

fn text<'a>(vector: &'a Value, field: &str) -> &'a str {
    vector[field].as_str().unwrap_or_else(|| panic!("{field} of {vector}"))
}

fn storage_key(vector: &Value) -> SecretStorageKey {
    SecretStorageKey::from_bytes(&bytes(text(vector, "key_hex"))).unwrap()
}

fn check(key: &SecretStorageKey, vector: &Value) -> KeyCheckResult {
    let check = KeyCheck::from_object(&object(&vector.to_string())).unwrap();
    key.check(check.as_ref()).unwrap()
}

#[test]
fn recovery_keys_are_those_of_other_implementations() {
    let file = data("recovery_key.json");
    let vectors = file["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 11);
    for vector in vectors {
        let encoded = text(vector, "encoded");
        let result = RecoveryKey::parse(encoded);
        match vector["error"].as_str() {
            None => {
                let key = result.unwrap();
                assert_eq!(key.as_bytes(), bytes(text(vector, "key_hex")).as_slice());
                assert_eq!(key.encode().as_str(), text(vector, "canonical"));
            }
            Some(error) => {
                let fault = error.split(' ').next().unwrap();
                assert_eq!(result.unwrap_err().kind(), format!("recovery_key_{fault}"), "{encoded}");
            }
        }
    }
}

#[test]
fn secret_storage_is_that_of_other_implementations() {
    let file = data("ssss.json");
    let vectors = file["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 11);
    for vector in vectors {
        match text(vector, "kind") {
            "key_check" => {
                let ok = vector["ok"].as_bool().unwrap();
                let expected = if ok { KeyCheckResult::Match } else { KeyCheckResult::Mismatch };
                assert_eq!(check(&storage_key(vector), vector), expected);
            }
            "secret" => {
                let encrypted = encrypted(vector);
                let secret = storage_key(vector).decrypt(text(vector, "name"), &encrypted).unwrap();
                assert_eq!(secret.as_str(), text(vector, "plaintext"));
                let again =
                    storage_key(vector).encrypt_with_iv(text(vector, "name"), secret.as_str(), encrypted.iv);
                assert_eq!(again.unwrap(), encrypted);
            }
            "secret_error" => {
                let error =
                    storage_key(vector).decrypt(text(vector, "name"), &encrypted(vector)).unwrap_err();
                assert_eq!(error.kind(), "mac_mismatch");
            }
            "passphrase" => {
                let key = passphrase(vector);
                assert_eq!(key, storage_key(vector));
                assert_eq!(key.to_recovery_key().unwrap().encode().as_str(), text(vector, "recovery_key"));
                assert_eq!(check(&key, vector), KeyCheckResult::Match);
            }
            "passphrase_bits" => assert_eq!(passphrase(vector), storage_key(vector)),
            "pbkdf2_raw" => pbkdf2(vector),
            "encrypt_fixed_iv" => {
                let iv = Iv::from_base64(text(vector, "iv")).unwrap();
                let (name, plaintext) = (text(vector, "name"), text(vector, "plaintext"));
                let encrypted = storage_key(vector).encrypt_with_iv(name, plaintext, iv).unwrap().to_object();
                for field in ["iv", "ciphertext", "mac"] {
                    assert_eq!(encrypted.get_str(field), vector[field].as_str(), "{field}");
                }
            }
            "iv_clamp" => {
                let random = bytes(text(vector, "iv_random_hex")).try_into().unwrap();
                assert_eq!(
                    Iv::from_random(random).as_bytes(),
                    bytes(text(vector, "iv_clamped_hex")).as_slice()
                );
            }
            other => panic!("{other}"),
        }
    }
}

fn encrypted(vector: &Value) -> EncryptedSecret {
    EncryptedSecret::from_object(&object(&vector["encrypted"].to_string())).unwrap()
}

fn passphrase(vector: &Value) -> SecretStorageKey {
    let info = PassphraseInfo::from_object(&object(&vector["info"].to_string())).unwrap();
    info.derive(text(vector, "passphrase"), &Limits::default()).unwrap()
}

fn pbkdf2(vector: &Value) {
    let info = PassphraseInfo {
        salt: String::from_utf8(bytes(text(vector, "salt_hex"))).unwrap(),
        iterations: vector["iterations"].as_i64().unwrap(),
        bits: vector["bits"].as_i64(),
    };
    let key = info.derive(text(vector, "passphrase"), &Limits::default()).unwrap();
    // Base64 of 32 bytes is read as a MAC is.
    let wanted = object(&serde_json::json!({"iv": "A".repeat(22), "mac": vector["out_b64"]}).to_string());
    assert_eq!(key.as_bytes(), KeyCheck::from_object(&wanted).unwrap().unwrap().mac);
}
