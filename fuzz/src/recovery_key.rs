//! Recovery keys.

use matrix_ssss::{Error, RecoveryKey, SecretStorageKey};

/// Checks that what is read is written in one form and read from it again, that white space changes nothing, and that
/// an error lies within the text.
pub fn run(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let digits: String = text.chars().filter(|char| !char.is_whitespace()).collect();
    match RecoveryKey::parse(text) {
        Ok(key) => {
            let written = key.encode();
            assert_eq!(written.as_str().replace(' ', ""), digits);
            assert!(written.as_str().split(' ').all(|group| group.len() == 4));
            assert_eq!(RecoveryKey::parse(written.as_str()).as_ref(), Ok(&key));
            assert_eq!(RecoveryKey::parse(&digits).as_ref(), Ok(&key));
            assert_eq!(RecoveryKey::from_bytes(key.as_bytes()), key);
            assert_eq!(SecretStorageKey::from(&key).to_recovery_key(), Ok(key));
        }
        Err(error) => {
            match &error {
                Error::RecoveryKeyAlphabet { offset } => {
                    let found = text.get(*offset..).and_then(|rest| rest.chars().next());
                    let found = found.expect("an error outside the text");
                    assert!(!found.is_ascii_alphanumeric() || "0OIl".contains(found));
                }
                Error::RecoveryKeyEmpty => assert!(digits.is_empty()),
                Error::RecoveryKeyLength { digits: count } => assert_eq!(*count, digits.len()),
                Error::RecoveryKeyPrefix | Error::RecoveryKeyParity => {}
                other => panic!("{other} is no error of a recovery key"),
            }
            assert!(
                !matches!(error, Error::RecoveryKeyAlphabet { .. }) || RecoveryKey::parse(&digits).is_err()
            );
        }
    }
}
