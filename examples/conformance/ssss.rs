//! Ops about recovery keys, secret storage and key backup.

use std::hint::black_box;

use matrix_canonicaljson::Object;
use matrix_keybackup::{BackupDecryptionKey, BackupPublicKey, EncryptedSession, Keep, KeyMetadata, better};
use matrix_ssss::{EncryptedSecret, Iv, KeyCheck, Limits, PassphraseInfo, RecoveryKey, SecretStorageKey};

use crate::{
    Answer,
    fields::{Failure, hex, hex_array, object, ok, text, to_hex},
};

pub(crate) fn decode_recovery_key(request: &Object) -> Result<Answer, Failure> {
    let encoded = text(request, "encoded")?.to_owned();
    let key = RecoveryKey::parse(&encoded)?;
    let mut result = ok("key_hex", to_hex(key.as_bytes()));
    result.insert("canonical", key.encode().as_str());
    Ok(Answer::new(result, move || _ = black_box(RecoveryKey::parse(black_box(&encoded)))))
}

pub(crate) fn encode_recovery_key(request: &Object) -> Result<Answer, Failure> {
    let key = storage_key(request)?.to_recovery_key()?;
    Ok(Answer::new(ok("encoded", key.encode().as_str()), move || _ = black_box(black_box(&key).encode())))
}

pub(crate) fn key_from_passphrase(request: &Object) -> Result<Answer, Failure> {
    let passphrase = text(request, "passphrase")?.to_owned();
    let info = PassphraseInfo::from_object(&object(request, "info")?)?;
    let key = info.derive(&passphrase, &Limits::default())?;
    Ok(Answer::new(ok("key_hex", to_hex(key.as_bytes())), move || {
        _ = black_box(info.derive(black_box(&passphrase), &Limits::default()));
    }))
}

pub(crate) fn check_key(request: &Object) -> Result<Answer, Failure> {
    let (key, check) = (storage_key(request)?, KeyCheck::from_object(request)?);
    let result = key.check(check.as_ref())?.as_str();
    Ok(Answer::new(ok("result", result), move || _ = black_box(key.check(black_box(check.as_ref())))))
}

pub(crate) fn encrypt_secret(request: &Object) -> Result<Answer, Failure> {
    let key = storage_key(request)?;
    let (name, plaintext) = (text(request, "name")?.to_owned(), text(request, "plaintext")?.to_owned());
    let iv = Iv::from_random(*Iv::from_base64(text(request, "iv_b64")?)?.as_bytes());
    let encrypted = key.encrypt_with_iv(&name, &plaintext, iv)?;
    Ok(Answer::new(encrypted.to_object(), move || {
        _ = black_box(key.encrypt_with_iv(&name, black_box(&plaintext), iv));
    }))
}

pub(crate) fn decrypt_secret(request: &Object) -> Result<Answer, Failure> {
    let (key, name) = (storage_key(request)?, text(request, "name")?.to_owned());
    let encrypted = EncryptedSecret::from_object(&object(request, "encrypted")?)?;
    let secret = key.decrypt(&name, &encrypted)?;
    Ok(Answer::new(ok("plaintext", secret.as_str()), move || {
        _ = black_box(key.decrypt(&name, black_box(&encrypted)));
    }))
}

pub(crate) fn decrypt_session(request: &Object) -> Result<Answer, Failure> {
    let key = BackupDecryptionKey::from_base64(text(request, "private_key_b64")?)?;
    let session = EncryptedSession::from_object(&object(request, "session_data")?)?;
    let plaintext = key.decrypt_bytes(&session)?;
    let plaintext = str::from_utf8(plaintext.as_bytes())
        .map_err(|_| Failure::new("not_utf8", "the decrypted session is not utf-8"))?;
    let mut result = ok("plaintext", plaintext);
    result.insert("public_key_b64", key.public_key().to_base64());
    Ok(Answer::new(result, move || _ = black_box(key.decrypt_bytes(black_box(&session)))))
}

pub(crate) fn encrypt_session(request: &Object) -> Result<Answer, Failure> {
    let key = BackupPublicKey::from_base64(text(request, "public_key_b64")?)?;
    let ephemeral = hex_array(request, "ephemeral_private_hex")?;
    let plaintext = text(request, "plaintext")?.to_owned();
    let session = key.encrypt_with_ephemeral(plaintext.as_bytes(), &ephemeral)?;
    Ok(Answer::new(ok("session_data", session.to_object()), move || {
        _ = black_box(key.encrypt_with_ephemeral(black_box(plaintext.as_bytes()), &ephemeral));
    }))
}

pub(crate) fn better_key(request: &Object) -> Result<Answer, Failure> {
    let existing = KeyMetadata::from_object(&object(request, "existing")?)?;
    let candidate = KeyMetadata::from_object(&object(request, "candidate")?)?;
    let keep = match better(&existing, &candidate) {
        Keep::Existing => "existing",
        Keep::Candidate => "candidate",
    };
    Ok(Answer::new(ok("keep", keep), move || _ = black_box(better(black_box(&existing), &candidate))))
}

fn storage_key(request: &Object) -> Result<SecretStorageKey, Failure> {
    Ok(SecretStorageKey::from_bytes(&hex(request, "key_hex")?)?)
}
