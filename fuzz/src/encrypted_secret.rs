//! Secrets as they stand in account data.

use matrix_canonicaljson::{Mode, Object};
use matrix_ssss::{EncryptedSecret, Error, SecretStorageKey};

/// Checks that what is read is written and read again, that what opens is encrypted to the same bytes, and that
/// another MAC opens nothing.
pub fn run(data: &[u8]) {
    let Ok(object) = Object::parse(data, Mode::Lenient) else { return };
    let secret = match EncryptedSecret::from_object(&object) {
        Ok(secret) => secret,
        Err(error) => {
            assert!(!error.to_string().is_empty() && !error.kind().is_empty());
            return;
        }
    };
    assert_eq!(EncryptedSecret::from_object(&secret.to_object()).as_ref(), Ok(&secret));
    let key = SecretStorageKey::from_bytes(&[7; 32]).expect("a key");
    match key.decrypt("m.x", &secret) {
        Ok(text) => assert_eq!(key.encrypt_with_iv("m.x", text.as_str(), secret.iv), Ok(secret.clone())),
        Err(error) => assert!(matches!(error, Error::MacMismatch | Error::NotUtf8)),
    }
    // The read vector serves as any other, bit 63 set or not.
    let text = String::from_utf8_lossy(&secret.ciphertext);
    let mut again = key.encrypt_with_iv("m.x", &text, secret.iv).expect("it is encrypted");
    assert_eq!(key.decrypt("m.x", &again).expect("it opens").as_str(), text);
    again.mac[text.len() % 32] ^= 1;
    assert_eq!(key.decrypt("m.x", &again), Err(Error::MacMismatch));
}
