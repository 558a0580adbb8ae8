use matrix_keybackup::{BackedUpSession, BackupDecryptionKey, KeyMetadata, SessionToBackUp};
use zeroize::ZeroizeOnDrop;

use super::{key, metadata, session};

fn wipes<T: ZeroizeOnDrop>() -> bool {
    core::mem::needs_drop::<T>()
}

/// Both hold their secrets in types of `matrix-ssss`, of which its tests show that they wipe themselves.
#[test]
fn every_secret_type_is_wiped_when_dropped() {
    assert!(wipes::<BackupDecryptionKey>() && wipes::<BackedUpSession>());
}

#[test]
fn debug_shows_no_secret() {
    assert_eq!(
        format!("{:?}", key(0x5a)),
        format!("BackupDecryptionKey {{ public_key: {:?}, .. }}", key(0x5a).public_key())
    );
    let secret = session("swordfish");
    let expected = r#"BackedUpSession { sender_key: "curve25519 key", sender_claimed_keys: {"ed25519": "ed25519 key"}, forwarding_curve25519_key_chain: [], .. }"#;
    assert_eq!(format!("{secret:?}"), expected);
    assert_eq!(format!("{:?}", secret.to_json()), "SecretBytes(..)");
    let encrypted = key(1).public_key().encrypt_with_ephemeral(b"swordfish", &[2; 32]).unwrap();
    assert_eq!(format!("{:?}", key(1).decrypt_bytes(&encrypted).unwrap()), "SecretBytes(..)");
    assert!(format!("{encrypted:?}").contains("ciphertext: 16 bytes"));
    let (room_id, session_id) = ("!a".to_owned(), "1".to_owned());
    let metadata: KeyMetadata = metadata(0, 0, true);
    let shown = format!("{:#?}", SessionToBackUp { room_id, session_id, metadata, session: secret });
    assert!(!shown.contains("swordfish"));
}

#[test]
fn secrets_are_equal_by_all_their_bytes() {
    assert_eq!(key(1), key(1));
    assert_ne!(key(1), key(2));
    assert_eq!(session("a"), session("a"));
    assert_ne!(session("a"), session("b"));
    assert_ne!(session("a"), session("aa"));
}
