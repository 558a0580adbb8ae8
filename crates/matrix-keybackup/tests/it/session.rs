use matrix_keybackup::{BackedUpSession, Error, MEGOLM};

use super::{key, object, session};

fn read(json: &str) -> Result<BackedUpSession, Error> {
    BackedUpSession::from_json(json.as_bytes())
}

const FULL: &str = r#"{"algorithm":"m.megolm.v1.aes-sha2","forwarding_curve25519_key_chain":["one","two"],"room_id":"!r:example.org","sender_claimed_keys":{"ed25519":"e"},"sender_key":"c","session_key":"AQ","org.x":[1]}"#;

#[test]
fn msc1219_all_fields_are_read_and_written() {
    let session = read(FULL).unwrap();
    assert_eq!((session.sender_key.as_str(), session.session_key()), ("c", "AQ"));
    assert_eq!(session.sender_claimed_keys["ed25519"], "e");
    assert_eq!(session.forwarding_curve25519_key_chain, ["one", "two"]);
    assert_eq!(session.other.keys().collect::<Vec<_>>(), ["org.x", "room_id"]);
    assert_eq!(session.to_json().as_bytes(), object(FULL).to_canonical());
    assert_eq!(MEGOLM, "m.megolm.v1.aes-sha2");
}

#[test]
fn malformed_sessions_are_refused() {
    for (from, to, kind) in [
        (r#""sender_key":"c","#, "", "missing_field"),
        (r#","session_key":"AQ""#, "", "missing_field"),
        (r#""sender_claimed_keys":{"ed25519":"e"},"#, "", "missing_field"),
        (r#""forwarding_curve25519_key_chain":["one","two"],"#, "", "missing_field"),
        (r#""algorithm":"m.megolm.v1.aes-sha2","#, "", "missing_field"),
        (r#""AQ""#, "7", "invalid_field"),
        (r#"["one","two"]"#, "[1]", "invalid_field"),
        (r#"["one","two"]"#, "{}", "invalid_field"),
        (r#"{"ed25519":"e"}"#, r#"{"ed25519":7}"#, "invalid_field"),
        ("m.megolm.v1", "m.megolm.v2", "unsupported_algorithm"),
    ] {
        let json = FULL.replace(from, to);
        assert_ne!(json, FULL);
        assert_eq!(read(&json).unwrap_err().kind(), kind, "{json}");
    }
    for json in ["", "[]", "7", "{", "\u{feff}{}"] {
        assert_eq!(read(json).unwrap_err(), Error::NotJson, "{json:?}");
    }
}

#[test]
fn what_does_not_hold_a_session_is_found_when_it_is_decrypted() {
    let encrypted = key(1).public_key().encrypt_with_ephemeral(b"hello", &[2; 32]).unwrap();
    assert_eq!(key(1).decrypt(&encrypted).unwrap_err(), Error::NotJson);
}

/// 1, the index, four parts of the ratchet, the public key.
fn export(version: u8, index: u32) -> String {
    let mut bytes = vec![version];
    bytes.extend(index.to_be_bytes());
    bytes.extend([7; 128]);
    bytes.extend([0; 32]);
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |group: &[u8]| -> Vec<u8> {
        let number = group.iter().fold(0, |number, byte| number << 8 | usize::from(*byte));
        [18, 12, 6, 0].map(|shift| digits[number >> shift & 63]).to_vec()
    };
    String::from_utf8(bytes.chunks(3).flat_map(group).collect()).unwrap()
}

#[test]
fn a_session_key_says_its_index_and_its_session() {
    let exported = session(&export(1, 0x01020304));
    assert_eq!(exported.first_message_index(), Ok(0x01020304));
    assert_eq!(exported.session_id().unwrap(), "A".repeat(43));
    assert_eq!(session(&export(2, 0)).first_message_index().unwrap_err().kind(), "invalid_field");
    assert_eq!(session("AQ").first_message_index().unwrap_err().kind(), "invalid_length");
    assert_eq!(session("*").session_id().unwrap_err().kind(), "invalid_base64");
}
