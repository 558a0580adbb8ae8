use core::fmt;

use rand_core::TryCryptoRng;
use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{
    aes_hmac_sha2::{Iv, Keys, same_mac},
    encrypted_secret::EncryptedSecret,
    error::Error,
    key_check::{KeyCheck, KeyCheckResult},
    random,
    recovery_key::RecoveryKey,
    secret::{Secret, wipe, wiped},
};

/// A key of secret storage, which encrypts secrets with `m.secret_storage.v1.aes-hmac-sha2`.
///
/// It may have any size, 32 bytes being the usual one (MSC2472). The key is wiped from memory when it is dropped,
/// compared in constant time, and never shown: there is no `Display`, and `Debug` prints no part of it.
///
/// ```
/// use matrix_ssss::{Iv, RecoveryKey, SecretStorageKey, names};
///
/// let key = RecoveryKey::parse("EsTj 3yST y93F SLpB jJsz eAXc 2XzA ygD3 w69H fGaN TKBj jXEd")?;
/// let key = SecretStorageKey::from(&key);
/// let encrypted = key.encrypt_with_iv(names::MASTER_KEY, "swordfish", Iv::from_random([7; 16]))?;
/// assert_eq!(key.decrypt(names::MASTER_KEY, &encrypted)?.as_str(), "swordfish");
/// // Under another name it is another secret.
/// assert!(key.decrypt(names::USER_SIGNING_KEY, &encrypted).is_err());
/// # Ok::<(), matrix_ssss::Error>(())
/// ```
#[derive(Clone)]
pub struct SecretStorageKey(Vec<u8>);

impl SecretStorageKey {
    /// Takes the bytes of a key.
    ///
    /// # Errors
    ///
    /// [`Error::EmptyKey`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.is_empty() {
            return Err(Error::EmptyKey);
        }
        Ok(Self(bytes.to_vec()))
    }

    /// Makes a new key of 32 bytes.
    ///
    /// [`SecretStorageKey::from_bytes`] takes the bytes instead.
    ///
    /// # Errors
    ///
    /// [`Error::NoRandomness`].
    pub fn generate<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, Error> {
        let mut key = Self(vec![0; 32]);
        random::fill(rng, &mut key.0)?;
        Ok(key)
    }

    /// Returns the key in the form for people.
    ///
    /// # Errors
    ///
    /// [`Error::KeySize`] unless the key has 32 bytes.
    pub fn to_recovery_key(&self) -> Result<RecoveryKey, Error> {
        let bytes = self.0.as_slice().try_into().map_err(|_| Error::KeySize { bytes: self.0.len() })?;
        Ok(RecoveryKey::from_bytes(bytes))
    }

    /// Encrypts a secret under its name.
    ///
    /// [`SecretStorageKey::encrypt_with_iv`] takes the initialization vector instead of drawing it.
    ///
    /// # Errors
    ///
    /// [`Error::NoRandomness`].
    pub fn encrypt<R>(&self, name: &str, secret: &str, rng: &mut R) -> Result<EncryptedSecret, Error>
    where
        R: TryCryptoRng + ?Sized,
    {
        self.encrypt_with_iv(name, secret, Iv::generate(rng)?)
    }

    /// Encrypts a secret under its name, with a given initialization vector, which must be used only once.
    ///
    /// # Errors
    ///
    /// [`Error::KeyDerivation`], which does not occur.
    pub fn encrypt_with_iv(&self, name: &str, secret: &str, iv: Iv) -> Result<EncryptedSecret, Error> {
        let keys = Keys::derive(&self.0, name)?;
        let mut ciphertext = secret.as_bytes().to_vec();
        keys.apply(&iv, &mut ciphertext)?;
        let mac = keys.mac(&ciphertext)?;
        Ok(EncryptedSecret { iv, ciphertext, mac })
    }

    /// Decrypts a secret that was encrypted under this name, after its MAC is checked.
    ///
    /// # Errors
    ///
    /// [`Error::MacMismatch`] or [`Error::NotUtf8`].
    pub fn decrypt(&self, name: &str, encrypted: &EncryptedSecret) -> Result<Secret, Error> {
        let keys = Keys::derive(&self.0, name)?;
        if !same_mac(&keys.mac(&encrypted.ciphertext)?, &encrypted.mac) {
            return Err(Error::MacMismatch);
        }
        let mut text = Zeroizing::new(encrypted.ciphertext.clone());
        keys.apply(&encrypted.iv, &mut text)?;
        match String::from_utf8(core::mem::take(&mut *text)) {
            Ok(text) => Ok(Secret::new(text)),
            Err(error) => {
                error.into_bytes().zeroize();
                Err(Error::NotUtf8)
            }
        }
    }

    /// Makes what a description holds to check this key with.
    ///
    /// # Errors
    ///
    /// [`Error::KeyDerivation`], which does not occur.
    pub fn key_check(&self, iv: Iv) -> Result<KeyCheck, Error> {
        let keys = Keys::derive(&self.0, "")?;
        let mut zeroes = [0; 32];
        keys.apply(&iv, &mut zeroes)?;
        Ok(KeyCheck { iv, mac: keys.mac(&zeroes)? })
    }

    /// Says whether this is the key that a check was made of; without a check nobody knows.
    ///
    /// # Errors
    ///
    /// [`Error::KeyDerivation`], which does not occur.
    pub fn check(&self, check: Option<&KeyCheck>) -> Result<KeyCheckResult, Error> {
        let Some(check) = check else { return Ok(KeyCheckResult::Unknown) };
        let same = same_mac(&self.key_check(check.iv)?.mac, &check.mac);
        Ok(if same { KeyCheckResult::Match } else { KeyCheckResult::Mismatch })
    }

    /// Returns the bytes of the key.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

wiped!(SecretStorageKey, "SecretStorageKey(..)", |key| &key.0, wipe);

impl From<&RecoveryKey> for SecretStorageKey {
    fn from(key: &RecoveryKey) -> Self {
        Self(key.as_bytes().to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wiping_leaves_nothing() {
        let mut key = SecretStorageKey(vec![7; 32]);
        key.zeroize();
        assert_eq!(key.as_bytes(), [0; 0]);
    }
}
