use matrix_canonicaljson::Object;
use matrix_keybackup::{AuthData, BackupDecryptionKey, Error, Limits, RecoveryKey};

use super::{key, object};

#[test]
fn a_key_goes_through_recovery_keys_and_secrets() {
    let recovery = RecoveryKey::parse("EsTc LW2K PGiF wKEA 3As5 g5c4 BXwk qeeJ ZJV8 Q9fu gUMN UE4d").unwrap();
    let key = BackupDecryptionKey::from_recovery_key(&recovery);
    assert_eq!(key.to_recovery_key(), recovery);
    // Base64, as it is kept in secret storage.
    assert_eq!(key.to_secret().as_str(), "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo");
    for text in
        ["dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo", "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo="]
    {
        assert_eq!(BackupDecryptionKey::from_base64(text).unwrap(), key);
    }
    assert_eq!(key.as_bytes(), recovery.as_bytes());
}

#[test]
fn malformed_keys_are_refused_without_being_repeated() {
    for (text, kind) in
        [("dwdtCnMY*", "invalid_base64"), ("dwdtCnMY", "invalid_length"), ("", "invalid_length")]
    {
        let error = BackupDecryptionKey::from_base64(text).unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(!format!("{error} {error:?}").contains("dwdt"));
    }
}

fn old_backup(iterations: i64) -> AuthData {
    let passphrase = matrix_ssss::PassphraseInfo { salt: "MmMsAlty".to_owned(), iterations: 10, bits: None };
    let bytes = passphrase.derive("swordfish", &Limits::default()).unwrap();
    let key = BackupDecryptionKey::from_recovery_key(&bytes.to_recovery_key().unwrap());
    let mut content =
        AuthData::new(*key.public_key()).with_legacy_passphrase("MmMsAlty", 10).content().clone();
    content.insert("private_key_iterations", matrix_canonicaljson::Integer::new(iterations).unwrap());
    AuthData::from_object(&content).unwrap()
}

#[test]
fn keys_of_old_backups_are_made_of_their_passphrase() {
    let auth_data = old_backup(10);
    let key = auth_data.open_with_passphrase("swordfish", &Limits::default()).unwrap();
    assert!(auth_data.matches(&key));
    let wrong = auth_data.open_with_passphrase("swordfisg", &Limits::default());
    assert_eq!(wrong.unwrap_err(), Error::KeyMismatch);
}

#[test]
fn passphrases_of_old_backups_have_limits() {
    for iterations in [0, -1, 10_000_001, (1 << 53) - 1] {
        let error = old_backup(iterations).open_with_passphrase("swordfish", &Limits::default()).unwrap_err();
        assert_eq!(error.kind(), "iterations_out_of_range", "{iterations}");
    }
    let limits = Limits { max_iterations: 9, ..Limits::default() };
    let error = old_backup(10).open_with_passphrase("swordfish", &limits).unwrap_err();
    assert_eq!(error.kind(), "iterations_out_of_range");
}

#[test]
fn passphrases_of_old_backups_are_read_as_they_stand() {
    let public = key(1).public_key().to_base64();
    let read = |members: &str| {
        let content: Object = object(&format!(r#"{{"public_key":"{public}"{members}}}"#));
        AuthData::from_object(&content).unwrap()
    };
    let info = |members: &str| read(members).legacy_passphrase().map_err(|error| error.kind());
    assert_eq!(info(""), Ok(None));
    let found = info(r#","private_key_salt":"a","private_key_iterations":7,"private_key_bits":128"#)
        .unwrap()
        .unwrap();
    assert_eq!((found.salt.as_str(), found.iterations, found.bits), ("a", 7, Some(128)));
    assert_eq!(info(r#","private_key_salt":"a""#), Err("missing_field"));
    assert_eq!(info(r#","private_key_iterations":7"#), Err("missing_field"));
    assert_eq!(info(r#","private_key_salt":"a","private_key_iterations":"7""#), Err("invalid_field"));
    let open =
        |members: &str| read(members).open_with_passphrase("a", &Limits::default()).unwrap_err().kind();
    assert_eq!(open(""), "no_passphrase");
    assert_eq!(
        open(r#","private_key_salt":"a","private_key_iterations":7,"private_key_bits":128"#),
        "key_size"
    );
}
