//! What changes secret storage: each function gives the account data to be written.

use matrix_canonicaljson::{Object, Value};
use rand_core::TryCryptoRng;

use crate::{
    account_data::{AccountData, AccountDataEvent},
    aes_hmac_sha2::Iv,
    error::Error,
    key_description::KeyDescription,
    key_id::KeyId,
    names,
    secret::Secret,
    secret_storage::SecretStorage,
    storage_key::SecretStorageKey,
};

impl<D: AccountData> SecretStorage<D> {
    /// Adds a key. It encrypts nothing yet, and is not the default.
    ///
    /// # Errors
    ///
    /// [`Error::KeyExists`]: the secrets of a key that is replaced could not be opened any more.
    pub fn add_key(&self, id: &KeyId, description: &KeyDescription) -> Result<AccountDataEvent, Error> {
        let event_type = id.event_type();
        if self.content(&event_type).is_some_and(|content| !content.is_empty()) {
            return Err(Error::KeyExists(id.as_str().to_owned()));
        }
        Ok(AccountDataEvent { event_type, content: description.content().clone() })
    }

    /// Makes a key the default one.
    ///
    /// A client that shows a single key to its user makes the key that it creates the default one (MSC2874).
    ///
    /// # Errors
    ///
    /// [`Error::UnknownKey`] if it is not described, or as [`KeyDescription::from_object`].
    pub fn set_default_key(&self, id: &KeyId) -> Result<AccountDataEvent, Error> {
        self.key(id)?;
        let content = Object::from([("key", id.as_str())]);
        Ok(AccountDataEvent { event_type: names::DEFAULT_KEY.to_owned(), content })
    }

    /// Stores a secret, encrypted with each of some keys; what was stored under the name is gone, whatever key it
    /// was encrypted with.
    ///
    /// [`SecretStorage::store_with_ivs`] takes the initialization vectors instead of drawing them.
    ///
    /// # Errors
    ///
    /// [`Error::NoKeys`], [`Error::NoRandomness`], or as [`SecretStorage::check_key`].
    pub fn store<R: TryCryptoRng + ?Sized>(
        &self,
        name: &str,
        secret: &Secret,
        keys: &[(&KeyId, &SecretStorageKey)],
        rng: &mut R,
    ) -> Result<AccountDataEvent, Error> {
        let draw = |(id, key): &(_, _)| Ok((*id, *key, Iv::generate(rng)?));
        let keys = keys.iter().map(draw).collect::<Result<Vec<_>, Error>>()?;
        self.store_with_ivs(name, secret, &keys)
    }

    /// Stores a secret, with given initialization vectors, each of which must be used only once.
    ///
    /// # Errors
    ///
    /// [`Error::NoKeys`], or as [`SecretStorage::check_key`].
    pub fn store_with_ivs(
        &self,
        name: &str,
        secret: &Secret,
        keys: &[(&KeyId, &SecretStorageKey, Iv)],
    ) -> Result<AccountDataEvent, Error> {
        if keys.is_empty() {
            return Err(Error::NoKeys);
        }
        let mut encrypted = Object::new();
        for (id, key, iv) in keys {
            self.check_key(id, key)?;
            encrypted.insert(id.as_str(), key.encrypt_with_iv(name, secret.as_str(), *iv)?.to_object());
        }
        let content = Object::from([("encrypted", encrypted)]);
        Ok(AccountDataEvent { event_type: name.to_owned(), content })
    }

    /// Encrypts a stored secret with one more key, given one that opens it. What it is encrypted with already stays.
    ///
    /// [`SecretStorage::add_key_to_secret_with_iv`] takes the initialization vector instead of drawing it.
    ///
    /// # Errors
    ///
    /// [`Error::NoRandomness`], as [`SecretStorage::open`] for the key that opens, and as [`SecretStorage::check_key`]
    /// for the other.
    pub fn add_key_to_secret<R: TryCryptoRng + ?Sized>(
        &self,
        name: &str,
        opens: (&KeyId, &SecretStorageKey),
        added: (&KeyId, &SecretStorageKey),
        rng: &mut R,
    ) -> Result<AccountDataEvent, Error> {
        self.add_key_to_secret_with_iv(name, opens, added, Iv::generate(rng)?)
    }

    /// Encrypts a stored secret with one more key and a given initialization vector, which must be used only once.
    ///
    /// # Errors
    ///
    /// As [`SecretStorage::add_key_to_secret`].
    pub fn add_key_to_secret_with_iv(
        &self,
        name: &str,
        opens: (&KeyId, &SecretStorageKey),
        added: (&KeyId, &SecretStorageKey),
        iv: Iv,
    ) -> Result<AccountDataEvent, Error> {
        let secret = self.open(name, opens.0, opens.1)?;
        self.check_key(added.0, added.1)?;
        let entry = added.1.encrypt_with_iv(name, secret.as_str(), iv)?.to_object();
        let mut content = self.content(name).map(|content| content.into_owned()).unwrap_or_default();
        let encrypted = content.entry("encrypted").or_insert_with(|| Value::Object(Object::new()));
        if let Value::Object(encrypted) = encrypted {
            encrypted.insert(added.0.as_str(), entry);
        }
        Ok(AccountDataEvent { event_type: name.to_owned(), content })
    }
}
