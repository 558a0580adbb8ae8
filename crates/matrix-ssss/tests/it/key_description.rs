use matrix_ssss::{EncryptedSecret, Error, Iv, KeyCheckResult, KeyDescription, SecretStorageKey};

use super::{iv, key, object};

const ALGORITHM: &str = r#""algorithm":"m.secret_storage.v1.aes-hmac-sha2""#;

fn describe(members: &str) -> Result<KeyDescription, Error> {
    KeyDescription::from_object(&object(&format!("{{{ALGORITHM}{members}}}")))
}

#[test]
fn a_key_check_has_three_answers() {
    let description = KeyDescription::new(&key(1), iv(2)).unwrap();
    assert_eq!(description.check(&key(1)).unwrap(), KeyCheckResult::Match);
    assert_eq!(description.check(&key(2)).unwrap(), KeyCheckResult::Mismatch);
    assert_eq!(describe("").unwrap().check(&key(1)).unwrap(), KeyCheckResult::Unknown);
    let names = [KeyCheckResult::Match, KeyCheckResult::Mismatch, KeyCheckResult::Unknown]
        .map(KeyCheckResult::as_str);
    assert_eq!(names, ["match", "mismatch", "unknown"]);
}

#[test]
fn a_check_that_is_absent_or_empty_answers_unknown() {
    let (iv, mac) = ("A".repeat(22), "A".repeat(43));
    for members in [
        format!(r#","iv":"{iv}""#),
        format!(r#","mac":"{mac}""#),
        format!(r#","iv":"{iv}","mac":"""#),
        format!(r#","iv":"","mac":"{mac}""#),
        r#","iv":"","mac":"""#.to_owned(),
        r#","iv":null,"mac":null"#.to_owned(),
    ] {
        let description = describe(&members).unwrap();
        assert_eq!(description.check(&key(1)).unwrap(), KeyCheckResult::Unknown, "{members}");
        assert!(description.key_check().is_none());
    }
}

#[test]
fn a_malformed_check_is_an_error_and_no_answer() {
    let (iv, mac) = ("A".repeat(22), "A".repeat(43));
    for (members, kind) in [
        (format!(r#","iv":"{iv}*","mac":"{mac}""#), "invalid_base64"),
        (format!(r#","iv":"AAAA","mac":"{mac}""#), "invalid_length"),
        (format!(r#","iv":"{iv}","mac":"AAAA""#), "invalid_length"),
        (format!(r#","iv":"{iv}","mac":"{}""#, "A".repeat(44)), "invalid_length"),
        (format!(r#","iv":"{iv}","mac":1"#), "invalid_field"),
        (format!(r#","iv":"{iv}","mac":"{}""#, "_".repeat(43)), "invalid_base64"),
    ] {
        assert_eq!(describe(&members).unwrap_err().kind(), kind, "{members}");
    }
}

#[test]
fn msc2472_removed_algorithm_is_told_from_unknown_ones() {
    let read = |json: &str| KeyDescription::from_object(&object(json)).unwrap_err();
    let removed = r#"{"algorithm":"m.secret_storage.v1.curve25519-aes-sha2","pubkey":"abc"}"#;
    assert_eq!(read(removed), Error::RemovedAlgorithm);
    assert_eq!(read(r#"{"algorithm":"org.other"}"#), Error::UnsupportedAlgorithm("org.other".to_owned()));
    assert_eq!(read(r#"{"name":"x"}"#), Error::MissingField("algorithm"));
    assert_eq!(read(r#"{"algorithm":1}"#).kind(), "invalid_field");
}

#[test]
fn msc2874_a_name_is_optional() {
    assert_eq!(describe("").unwrap().name(), None);
    assert_eq!(describe(r#","name":7"#).unwrap().name(), None);
    assert_eq!(describe(r#","name":"at home""#).unwrap().name(), Some("at home"));
    assert_eq!(KeyDescription::new(&key(1), iv(1)).unwrap().with_name("new").name(), Some("new"));
}

#[test]
fn unknown_members_stay() {
    let description = describe(r#","org.x":{"y":[1]},"signatures":{}"#).unwrap();
    assert_eq!(description.content().get_object("org.x").unwrap().to_string(), r#"{"y":[1]}"#);
}

#[test]
fn msc2472_keys_of_any_size_encrypt() {
    for size in [1, 16, 31, 33, 64, 200] {
        let key = SecretStorageKey::from_bytes(&vec![7; size]).unwrap();
        let encrypted = key.encrypt_with_iv("m.x", "swordfish", iv(1)).unwrap();
        assert_eq!(key.decrypt("m.x", &encrypted).unwrap().as_str(), "swordfish", "{size}");
    }
}

#[test]
fn a_secret_opens_with_its_key_and_its_name_only() {
    let sound = key(1).encrypt_with_iv("m.x", "swordfish", iv(1)).unwrap();
    assert_eq!(key(2).decrypt("m.x", &sound).unwrap_err(), Error::MacMismatch);
    assert_eq!(key(1).decrypt("m.y", &sound).unwrap_err(), Error::MacMismatch);
    for at in 0..32 {
        let mut changed = sound.clone();
        changed.mac[at] ^= 1;
        assert_eq!(
            key(1).decrypt("m.x", &changed).unwrap_err(),
            Error::MacMismatch,
            "every byte of the MAC counts"
        );
    }
    let mut changed = sound.clone();
    changed.ciphertext[3] ^= 1;
    assert_eq!(key(1).decrypt("m.x", &changed).unwrap_err(), Error::MacMismatch);
}

/// The MAC does not cover the initialization vector: a changed one gives other text, which may be no text.
#[test]
fn a_changed_iv_is_not_noticed_unless_the_text_breaks() {
    let sound = key(1).encrypt_with_iv("m.x", "swordfish", iv(1)).unwrap();
    let mut results = Vec::new();
    for fill in 2..40 {
        let changed = EncryptedSecret { iv: iv(fill), ..sound.clone() };
        results.push(key(1).decrypt("m.x", &changed).map(|secret| secret.as_str() == "swordfish"));
    }
    assert!(results.iter().all(|result| matches!(result, Ok(false) | Err(Error::NotUtf8))));
    assert!(results.contains(&Err(Error::NotUtf8)));
}

#[test]
fn base64_is_read_with_and_without_padding_and_written_without() {
    let sound = key(1).encrypt_with_iv("m.x", "swordfish", iv(1)).unwrap();
    let mut object = sound.to_object();
    for field in ["iv", "ciphertext", "mac"] {
        let text = object.get_str(field).unwrap().to_owned();
        assert!(!text.ends_with('='), "{text}");
        let padding = "=".repeat((4 - text.len() % 4) % 4);
        object.insert(field, text + &padding);
    }
    assert_eq!(EncryptedSecret::from_object(&object).unwrap(), sound);
}

#[test]
fn malformed_and_removed_secrets_are_told_apart() {
    let sound = key(1).encrypt_with_iv("m.x", "swordfish", iv(1)).unwrap().to_object();
    let read = |change: &dyn Fn(&mut matrix_canonicaljson::Object)| {
        let mut object = sound.clone();
        change(&mut object);
        EncryptedSecret::from_object(&object).map_err(|error| error.kind()).map(|_| ())
    };
    assert_eq!(read(&|_| ()), Ok(()));
    for field in ["iv", "ciphertext", "mac"] {
        assert_eq!(read(&|object| _ = object.remove(field)), Err("missing_field"), "{field}");
        assert_eq!(read(&|object| _ = object.insert(field, 7_u8)), Err("invalid_field"), "{field}");
        assert_eq!(read(&|object| _ = object.insert(field, "%")), Err("invalid_base64"), "{field}");
    }
    for field in ["iv", "mac"] {
        assert_eq!(read(&|object| _ = object.insert(field, "AAAA")), Err("invalid_length"), "{field}");
    }
    assert_eq!(read(&|object| _ = object.insert("passthrough", true)), Err("removed_passthrough"));
    assert_eq!(read(&|object| _ = object.insert("passthrough", false)), Ok(()));
    let asymmetric = object_with_ephemeral();
    assert_eq!(EncryptedSecret::from_object(&asymmetric).unwrap_err(), Error::RemovedAlgorithm);
}

fn object_with_ephemeral() -> matrix_canonicaljson::Object {
    object(r#"{"ciphertext":"AAAA","ephemeral":"AAAA","mac":"AAAA"}"#)
}

/// With bit 63 set the counter runs over: it is 64 bits wide, so the upper half stays.
#[test]
fn the_counter_is_64_bits_wide() {
    let full = Iv::from_base64("/////////////////////w").unwrap();
    assert_eq!(full.as_bytes(), &[0xff; 16]);
    let run_over = Iv::from_base64("//////////8AAAAAAAAAAA").unwrap();
    assert_eq!(run_over.as_bytes()[8..], [0; 8]);
    let two_blocks = key(1).encrypt_with_iv("m.x", &"\0".repeat(32), full).unwrap().ciphertext;
    let second = key(1).encrypt_with_iv("m.x", &"\0".repeat(16), run_over).unwrap().ciphertext;
    assert_eq!(two_blocks[16..], second);
}
