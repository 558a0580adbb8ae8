//! Secrets are shown by nothing.

use matrix_events::content::*;
use matrix_events::{Secret, Wire};

const HIDDEN: &str = "aGlkZGVu";

#[test]
fn debug_shows_no_secret() {
    let contents: [(&str, &str); 4] = [
        ("m.room_key", r#"{"algorithm":"a","room_id":"!r:a.org","session_id":"s","session_key":"aGlkZGVu"}"#),
        (
            "m.forwarded_room_key",
            r#"{"algorithm":"a","forwarding_curve25519_key_chain":[],"room_id":"!r:a.org","sender_claimed_ed25519_key":"e","sender_key":"k","session_id":"s","session_key":"aGlkZGVu"}"#,
        ),
        ("m.secret.send", r#"{"request_id":"1","secret":"aGlkZGVu"}"#),
        (
            "m.key.verification.start",
            r#"{"from_device":"D","method":"m.reciprocate.v1","secret":"aGlkZGVu","transaction_id":"t"}"#,
        ),
    ];
    for (event_type, json) in contents {
        let content = ToDeviceContent::read_strict(event_type, json.as_bytes()).unwrap();
        let shown = format!("{content:?}");
        assert!(shown.contains("Secret(..)") && !shown.contains(HIDDEN), "{shown}");
        assert!(String::from_utf8(content.to_canonical()).unwrap().contains(HIDDEN));
    }
    let key =
        JsonWebKey::read_strict(br#"{"alg":"A256CTR","ext":true,"k":"aGlkZGVu","key_ops":[],"kty":"oct"}"#);
    assert!(!format!("{key:?}").contains(HIDDEN));
}

#[test]
fn errors_name_no_secret() {
    let error = SecretSend::read_strict(br#"{"request_id":"1","secret":["aGlkZGVu"]}"#).unwrap_err();
    assert_eq!(error.path(), Some("secret"));
    assert!(!format!("{error} {error:?}").contains(HIDDEN));
}

#[test]
fn secrets_are_compared_by_what_they_are() {
    assert_eq!(Secret::from("a"), Secret::from("a".to_owned()));
    assert_ne!(Secret::from("a"), Secret::from("b"));
    assert_ne!(Secret::from("a"), Secret::from("aa"));
}
