//! Sessions of a backup, and what stands around them.

use matrix_canonicaljson::{Mode, Object};
use matrix_keybackup::{
    AuthData, BackedUpSession, BackupDecryptionKey, BackupInfo, Backups, EncryptedSession, Error, Limits,
    RoomKeys, TrustedSigners,
};

/// Small, so that an input is worked off quickly.
const LIMITS: Limits = Limits { max_iterations: 50, max_bits: 1024 };

/// Reads bytes as everything that a backup is made of.
pub fn run(data: &[u8]) {
    session(data);
    let Ok(object) = Object::parse(data, Mode::Lenient) else { return };
    let key = BackupDecryptionKey::from_bytes(&[7; 32]);
    encrypted(&object, &key);
    if let Ok(auth_data) = AuthData::from_object(&object) {
        let trust = auth_data.trust(&TrustedSigners::new("@a:b"), Some(&key));
        assert_eq!(trust.is_trusted(), auth_data.matches(&key));
        if let Ok(key) = auth_data.open_with_passphrase("swordfish", &LIMITS) {
            assert!(auth_data.matches(&key));
        }
    }
    if let Ok(info) = BackupInfo::from_object(&object) {
        assert_eq!(BackupInfo::from_object(&info.to_object()), Ok(info));
    }
    upload(&object);
}

fn session(json: &[u8]) {
    let Ok(session) = BackedUpSession::from_json(json) else { return };
    assert_eq!(BackedUpSession::from_json(session.to_json().as_bytes()).as_ref(), Ok(&session));
    assert_eq!(session.session_id().is_ok(), session.first_message_index().is_ok());
    let key = BackupDecryptionKey::from_bytes(&[7; 32]);
    let encrypted = key.public_key().encrypt_with_ephemeral(session.to_json().as_bytes(), &[8; 32]);
    assert_eq!(key.decrypt(&encrypted.expect("it is encrypted")), Ok(session));
}

fn encrypted(object: &Object, key: &BackupDecryptionKey) {
    let Ok(session) = EncryptedSession::from_object(object) else { return };
    assert_eq!(EncryptedSession::from_object(&session.to_object()).as_ref(), Ok(&session));
    match key.decrypt_bytes(&session) {
        Ok(plaintext) => assert!(plaintext.as_bytes().len() < session.ciphertext.len()),
        Err(error) => {
            assert!(matches!(error, Error::MacMismatch | Error::InvalidPadding | Error::NonContributory))
        }
    }
    // The deployed MAC says nothing of the ciphertext, so the padding alone can be wrong.
    let sound = key.public_key().encrypt_with_ephemeral(b"", &[8; 32]).expect("it is encrypted");
    let swapped = EncryptedSession { ciphertext: session.ciphertext, ..sound };
    assert!(!matches!(key.decrypt_bytes(&swapped), Err(Error::MacMismatch | Error::NonContributory)));
}

fn upload(object: &Object) {
    let Ok((keys, misfits)) = RoomKeys::read(object) else { return };
    assert_eq!(RoomKeys::from_object(object).is_ok(), misfits.is_empty());
    assert_eq!(RoomKeys::from_object(&keys.to_object()).as_ref(), Ok(&keys));
    assert_eq!(keys.iter().count(), keys.len());
    let mut backups = Backups::new();
    let version = backups.create("x", Object::new());
    let first = backups.put_keys(&version, keys.clone()).expect("an upload");
    assert_eq!(first.count, keys.len() as u64);
    assert_eq!(backups.current().expect("a backup").keys(), &keys);
    assert_eq!(backups.put_keys(&version, keys), Ok(first), "a second time nothing changes");
}
