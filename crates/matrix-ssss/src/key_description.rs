use matrix_canonicaljson::Object;
use rand_core::TryCryptoRng;

use crate::{
    aes_hmac_sha2::Iv,
    error::Error,
    fields,
    key_check::{KeyCheck, KeyCheckResult},
    names,
    passphrase::PassphraseInfo,
    storage_key::SecretStorageKey,
};

/// The description of a secret storage key: the content of `m.secret_storage.key.<key ID>`.
///
/// See [key storage](https://spec.matrix.org/v1.19/client-server-api/#key-storage). Members that are not known stay.
///
/// ```
/// use matrix_ssss::{Iv, KeyCheckResult, KeyDescription, SecretStorageKey};
///
/// let key = SecretStorageKey::from_bytes(&[1; 32])?;
/// let description = KeyDescription::new(&key, Iv::from_random([2; 16]))?.with_name("at home");
/// assert_eq!(description.check(&key)?, KeyCheckResult::Match);
///
/// let read = KeyDescription::from_object(description.content())?;
/// assert_eq!(read.name(), Some("at home"));
/// let other = SecretStorageKey::from_bytes(&[3; 32])?;
/// assert_eq!(read.check(&other)?, KeyCheckResult::Mismatch);
/// # Ok::<(), matrix_ssss::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyDescription {
    content: Object,
    check: Option<KeyCheck>,
}

impl KeyDescription {
    /// Reads the content of the account data.
    ///
    /// The passphrase is read when it is asked for: a key whose passphrase nobody understands still has its
    /// recovery key.
    ///
    /// # Errors
    ///
    /// [`Error::RemovedAlgorithm`] for the asymmetric keys that MSC2472 removed, [`Error::UnsupportedAlgorithm`] for
    /// other unknown ones, [`Error::MissingField`] without an algorithm, and what [`KeyCheck::from_object`] gives.
    pub fn from_object(content: &Object) -> Result<Self, Error> {
        match fields::text(content, "algorithm")? {
            names::AES_HMAC_SHA2 => {}
            names::REMOVED_CURVE25519_AES_SHA2 => return Err(Error::RemovedAlgorithm),
            other => return Err(Error::UnsupportedAlgorithm(other.to_owned())),
        }
        Ok(Self { check: KeyCheck::from_object(content)?, content: content.clone() })
    }

    /// Describes a key, with what it is checked with.
    ///
    /// # Errors
    ///
    /// [`Error::KeyDerivation`], which does not occur.
    pub fn new(key: &SecretStorageKey, iv: Iv) -> Result<Self, Error> {
        let check = key.key_check(iv)?;
        let content = Object::from([
            ("algorithm", names::AES_HMAC_SHA2.to_owned()),
            ("iv", check.iv.to_base64()),
            ("mac", crate::encoding::encode(&check.mac)),
        ]);
        Ok(Self { content, check: Some(check) })
    }

    /// Describes a key as [`KeyDescription::new`] does, which takes the initialization vector instead of drawing it.
    ///
    /// # Errors
    ///
    /// [`Error::NoRandomness`].
    pub fn generate<R: TryCryptoRng + ?Sized>(key: &SecretStorageKey, rng: &mut R) -> Result<Self, Error> {
        Self::new(key, Iv::generate(rng)?)
    }

    /// Gives the key a name for people.
    #[must_use]
    pub fn with_name(mut self, name: &str) -> Self {
        self.content.insert("name", name);
        self
    }

    /// Says that the key is made of a passphrase, and how.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidField`] if a number is outside the range of JSON in Matrix.
    pub fn with_passphrase(mut self, info: &PassphraseInfo) -> Result<Self, Error> {
        self.content.insert("passphrase", info.to_object()?);
        Ok(self)
    }

    /// Returns the key's name; it may have none (MSC2874), and one that is no text is none.
    pub fn name(&self) -> Option<&str> {
        self.content.get_str("name")
    }

    /// Returns how the key is made of a passphrase, if it is.
    ///
    /// # Errors
    ///
    /// As [`PassphraseInfo::from_object`].
    pub fn passphrase(&self) -> Result<Option<PassphraseInfo>, Error> {
        fields::optional_object(&self.content, "passphrase")?.map(PassphraseInfo::from_object).transpose()
    }

    /// Returns what a key is checked with, if there is anything.
    pub fn key_check(&self) -> Option<&KeyCheck> {
        self.check.as_ref()
    }

    /// Says whether this describes the key.
    ///
    /// # Errors
    ///
    /// [`Error::KeyDerivation`], which does not occur.
    pub fn check(&self, key: &SecretStorageKey) -> Result<KeyCheckResult, Error> {
        key.check(self.key_check())
    }

    /// Returns the content of the account data.
    pub fn content(&self) -> &Object {
        &self.content
    }
}
