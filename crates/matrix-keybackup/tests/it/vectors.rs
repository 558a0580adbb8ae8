use matrix_keybackup::{BackupDecryptionKey, BackupPublicKey, EncryptedSession};
use serde_json::{Value, json};

use super::object;

fn vectors() -> Vec<Value> {
    let path = format!("{}/tests/data/key_backup.json", env!("CARGO_MANIFEST_DIR"));
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let vectors = file["vectors"].as_array().unwrap().clone();
    assert_eq!(vectors.len(), 4);
    vectors
}

fn text<'a>(vector: &'a Value, field: &str) -> &'a str {
    vector[field].as_str().unwrap_or_else(|| panic!("{field} of {vector}"))
}

fn session(value: &Value) -> EncryptedSession {
    EncryptedSession::from_object(&object(&value.to_string())).unwrap()
}

#[test]
fn msc1219_sessions_of_other_implementations_are_decrypted() {
    for vector in vectors() {
        let key = BackupDecryptionKey::from_base64(text(&vector, "private_key")).unwrap();
        if let Some(public) = vector["public_key"].as_str() {
            assert_eq!(key.public_key().to_base64(), public);
        }
        let decrypted = key.decrypt_bytes(&session(&vector["session_data"])).unwrap();
        assert_eq!(decrypted.as_bytes(), text(&vector, "plaintext").as_bytes());
    }
}

#[test]
fn msc1219_both_macs_are_read_and_no_other() {
    for vector in vectors().into_iter().filter(|vector| vector["mac_over_empty"].is_string()) {
        let key = BackupDecryptionKey::from_base64(text(&vector, "private_key")).unwrap();
        let with = |mac: &Value| {
            let mut data = vector["session_data"].clone();
            data["mac"] = mac.clone();
            key.decrypt_bytes(&session(&data)).map_err(|error| error.kind()).map(|_| ())
        };
        assert_eq!(with(&vector["mac_over_empty"]), Ok(()));
        assert_eq!(with(&vector["mac_if_over_ciphertext"]), Ok(()));
        assert_eq!(with(&json!("AAAAAAAAAAA")), Err("mac_mismatch"));
    }
}

#[test]
fn msc1219_sessions_of_other_implementations_are_read_and_written() {
    for vector in vectors().into_iter().filter(|vector| vector["kind"].is_null()) {
        let key = BackupDecryptionKey::from_base64(text(&vector, "private_key")).unwrap();
        let read = key.decrypt(&session(&vector["session_data"])).unwrap();
        let wanted: Value = serde_json::from_str(text(&vector, "plaintext")).unwrap();
        assert_eq!(read.session_key(), text(&wanted, "session_key"));
        assert_eq!(serde_json::from_slice::<Value>(read.to_json().as_bytes()).unwrap(), wanted);
        assert_eq!(read.first_message_index(), Ok(0));
        if let Some(session_id) = wanted["session_id"].as_str() {
            assert_eq!(read.session_id().unwrap(), session_id);
        }
    }
}

#[test]
fn msc1219_a_given_ephemeral_key_gives_the_computed_session() {
    let vector = vectors().into_iter().find(|vector| vector["kind"] == "encrypt_fixed_ephemeral").unwrap();
    let key = BackupDecryptionKey::from_base64(text(&vector, "private_key")).unwrap();
    let ephemeral: [u8; 32] = core::array::from_fn(|at| u8::try_from(at + 1).unwrap());
    let public = BackupPublicKey::from_base64(&key.public_key().to_base64()).unwrap();
    let encrypted = public.encrypt_with_ephemeral(text(&vector, "plaintext").as_bytes(), &ephemeral).unwrap();
    let wanted = object(&vector["session_data"].to_string());
    assert_eq!(encrypted.to_object(), wanted);
}
