use matrix_ssss::{KeyId, RecoveryKey, RequestId, Secret, SecretBytes, SecretSend, SecretStorageKey};
use zeroize::ZeroizeOnDrop;

use super::{iv, key};

fn wipes<T: ZeroizeOnDrop>() -> bool {
    core::mem::needs_drop::<T>()
}

/// Unit tests show that this `Drop` wipes, and what.
#[test]
fn every_secret_type_is_wiped_when_dropped() {
    assert!(
        wipes::<RecoveryKey>() && wipes::<SecretStorageKey>() && wipes::<Secret>() && wipes::<SecretBytes>()
    );
}

/// What a key was hashed into is as good as the key: the features of the crates that wipe it have to be on.
#[test]
fn states_of_hashes_and_ciphers_are_wiped_when_dropped() {
    assert!(wipes::<sha2::Sha256>() && wipes::<sha2::Sha512>());
    assert!(wipes::<aes::Aes256>() && wipes::<ctr::Ctr64BE<aes::Aes256>>());
}

#[test]
fn debug_shows_no_secret() {
    let recovery = RecoveryKey::from_bytes(&[0x5a; 32]);
    let secret = Secret::new("swordfish");
    let send = SecretSend { request_id: RequestId::new("r"), secret: secret.clone() };
    for (shown, expected) in [
        (format!("{recovery:?}"), "RecoveryKey(..)"),
        (format!("{:?}", key(0x5a)), "SecretStorageKey(..)"),
        (format!("{secret:?}"), "Secret(..)"),
        (format!("{:?}", SecretBytes::new(*b"swordfish")), "SecretBytes(..)"),
        (format!("{:?}", recovery.encode()), "Secret(..)"),
        (KeyId::new("abc").unwrap().to_string(), "abc"),
        (format!("{send:?}"), r#"SecretSend { request_id: RequestId("r"), secret: Secret(..) }"#),
    ] {
        assert_eq!(shown, expected);
    }
}

#[test]
fn a_secret_gives_its_bytes_to_who_asks_for_them() {
    assert_eq!(SecretBytes::new(*b"swordfish").as_bytes(), b"swordfish");
}

#[test]
fn debug_of_what_is_encrypted_is_short() {
    let encrypted = key(0x5a).encrypt_with_iv("m.x", "swordfish", iv(1)).unwrap();
    let shown = format!("{encrypted:?}");
    let expected = r#"EncryptedSecret { iv: Iv("AQEBAQEBAQEBAQEBAQEBAQ"), ciphertext: 9 bytes, mac: ""#;
    assert!(shown.starts_with(expected), "{shown}");
    let shown = format!("{:?}", key(0x5a).key_check(iv(1)).unwrap());
    assert!(shown.starts_with(r#"KeyCheck { iv: Iv("AQEBAQEBAQEBAQEBAQEBAQ"), mac: ""#), "{shown}");
}

#[test]
fn secrets_are_equal_by_all_their_bytes() {
    assert_eq!(key(1), key(1));
    assert_ne!(key(1), key(2));
    assert_ne!(SecretStorageKey::from_bytes(&[1; 31]).unwrap(), key(1));
    assert_ne!(Secret::new("swordfish"), Secret::new("swordfisg"));
    assert_ne!(RecoveryKey::from_bytes(&[0; 32]), RecoveryKey::from_bytes(&[1; 32]));
}
