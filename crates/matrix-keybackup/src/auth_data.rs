use matrix_canonicaljson::{Integer, Object, Value};
use matrix_signatures::{Signature, SigningKey, sign_json};
use matrix_ssss::{Limits, PassphraseInfo};

use crate::{
    decryption_key::BackupDecryptionKey,
    error::Error,
    fields,
    public_key::BackupPublicKey,
    trust::{Trust, TrustedSigners},
};

/// The `auth_data` of a backup: its public key, and who vouches for it.
///
/// See [`AuthData`](https://spec.matrix.org/v1.19/client-server-api/#backup-algorithm-mmegolm_backupv1curve25519-aes-sha2).
/// It is kept as it was read, as signatures cover members that are not known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthData {
    content: Object,
    public_key: BackupPublicKey,
}

impl AuthData {
    /// Makes the unsigned `auth_data` of a new backup.
    pub fn new(public_key: BackupPublicKey) -> Self {
        Self { content: Object::from([("public_key", public_key.to_base64())]), public_key }
    }

    /// Reads `auth_data`.
    ///
    /// # Errors
    ///
    /// [`Error::MissingField`], [`Error::InvalidField`], [`Error::InvalidBase64`] or [`Error::InvalidLength`] of
    /// `public_key`.
    pub fn from_object(content: &Object) -> Result<Self, Error> {
        let public_key = BackupPublicKey::from_base64(fields::text(content, "public_key")?)?;
        Ok(Self { content: content.clone(), public_key })
    }

    /// Returns the backup's public key.
    pub fn public_key(&self) -> &BackupPublicKey {
        &self.public_key
    }

    /// Adds a user's signature, which should be that of the master key and may be that of a device as well.
    ///
    /// The version of the master key is its public half in base64, that of a device's key the device ID.
    ///
    /// # Errors
    ///
    /// [`Error::Signature`] if `signatures` is there and malformed.
    pub fn sign(&mut self, user_id: &str, key: &SigningKey) -> Result<Signature, Error> {
        Ok(sign_json(&mut self.content, user_id, key)?)
    }

    /// Finds out who vouches for the public key: signatures of keys that the caller trusts, or the private key from a
    /// trusted source, if there is one.
    pub fn trust(&self, signers: &TrustedSigners<'_>, private_key: Option<&BackupDecryptionKey>) -> Trust {
        Trust::of(self, signers, private_key)
    }

    /// Returns whether a private key is the one that belongs to the public key.
    pub fn matches(&self, private_key: &BackupDecryptionKey) -> bool {
        *private_key.public_key() == self.public_key
    }

    /// Returns how old backups say that their key is made of a passphrase: `private_key_salt`,
    /// `private_key_iterations` and perhaps `private_key_bits`.
    ///
    /// # Errors
    ///
    /// [`Error::MissingField`] if one of the first two is alone, [`Error::InvalidField`].
    pub fn legacy_passphrase(&self) -> Result<Option<PassphraseInfo>, Error> {
        let is_there = |field| self.content.contains_key(field);
        if !is_there(SALT) && !is_there(ITERATIONS) {
            return Ok(None);
        }
        let integer = |field| fields::required(&self.content, field, "an integer", Value::as_integer);
        let bits = if is_there(BITS) { Some(integer(BITS)?.get()) } else { None };
        Ok(Some(PassphraseInfo {
            salt: fields::text(&self.content, SALT)?.to_owned(),
            iterations: integer(ITERATIONS)?.get(),
            bits,
        }))
    }

    /// Says that the key is made of a passphrase, as old backups do; new ones have the key in secret storage.
    pub fn with_legacy_passphrase(mut self, salt: &str, iterations: u32) -> Self {
        self.content.insert(SALT, salt);
        self.content.insert(ITERATIONS, Integer::from(iterations));
        self
    }

    /// Makes the private key of an old backup's passphrase, and checks that it is the backup's.
    ///
    /// # Errors
    ///
    /// [`Error::NoPassphrase`]; [`Error::Ssss`] when iterations or bits are beyond the limits or the bits are not 256;
    /// [`Error::KeyMismatch`] when the passphrase is another one; or what [`AuthData::legacy_passphrase`] gives.
    pub fn open_with_passphrase(
        &self,
        passphrase: &str,
        limits: &Limits,
    ) -> Result<BackupDecryptionKey, Error> {
        let info = self.legacy_passphrase()?.ok_or(Error::NoPassphrase)?;
        let key = info.derive(passphrase, limits)?.to_recovery_key()?;
        let key = BackupDecryptionKey::from_recovery_key(&key);
        if self.matches(&key) { Ok(key) } else { Err(Error::KeyMismatch) }
    }

    /// Returns the whole of `auth_data`.
    pub fn content(&self) -> &Object {
        &self.content
    }
}

const SALT: &str = "private_key_salt";
const ITERATIONS: &str = "private_key_iterations";
const BITS: &str = "private_key_bits";
