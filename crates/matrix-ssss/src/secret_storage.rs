use std::borrow::Cow;
use std::collections::BTreeSet;

use matrix_canonicaljson::Object;

use crate::{
    account_data::AccountData, encrypted_secret::EncryptedSecret, error::Error, fields,
    key_check::KeyCheckResult, key_description::KeyDescription, key_id::KeyId, names, secret::Secret,
    storage_key::SecretStorageKey,
};

/// Secret storage as it stands in a user's account data.
///
/// See [storage](https://spec.matrix.org/v1.19/client-server-api/#storage). Nothing is kept: each question reads the
/// account data anew. What changes it gives the [events](crate::AccountDataEvent) to be written.
///
/// ```
/// use std::collections::BTreeMap;
/// use matrix_ssss::{Iv, KeyDescription, KeyId, Secret, SecretStorage, SecretStorageKey, names};
///
/// let mut account_data = BTreeMap::new();
/// let mut put = |event: matrix_ssss::AccountDataEvent| account_data.insert(event.event_type, event.content);
///
/// let (id, key) = (KeyId::new("home")?, SecretStorageKey::from_bytes(&[1; 32])?);
/// let description = KeyDescription::new(&key, Iv::from_random([2; 16]))?;
/// put(SecretStorage::new(|_: &str| None).add_key(&id, &description)?);
///
/// let storage = SecretStorage::new(&account_data);
/// let default = storage.set_default_key(&id)?;
/// let iv = Iv::from_random([3; 16]);
/// let secret = storage.store_with_ivs(names::MASTER_KEY, &Secret::new("swordfish"), &[(&id, &key, iv)])?;
/// account_data.extend([default, secret].map(|event| (event.event_type, event.content)));
///
/// let storage = SecretStorage::new(&account_data);
/// assert_eq!(storage.default_key_id()?, Some(id.clone()));
/// assert_eq!(storage.keys_for(names::MASTER_KEY)?, [id.clone()]);
/// assert_eq!(storage.open(names::MASTER_KEY, &id, &key)?.as_str(), "swordfish");
/// # Ok::<(), matrix_ssss::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct SecretStorage<D>(D);

/// A form of a key or a secret that MSC2472 removed, so that it has to be written anew.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemovedForm {
    /// A key of the algorithm `m.secret_storage.v1.curve25519-aes-sha2`.
    Key(KeyId),
    /// A secret encrypted with such a key.
    Secret {
        /// The name of the secret.
        name: String,
        /// The key that encrypts it.
        key_id: KeyId,
    },
    /// A secret that is said to be the key itself (MSC1219).
    Passthrough {
        /// The name of the secret.
        name: String,
        /// The key that it is said to be.
        key_id: KeyId,
    },
}

impl<D: AccountData> SecretStorage<D> {
    /// Reads this account data: a map, a reference to one, or a closure from event type to content.
    pub fn new(account_data: D) -> Self {
        Self(account_data)
    }

    /// Returns the ID of the default key; `None` if `m.secret_storage.default_key` is absent or empty.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidField`] if it names something that is no ID.
    pub fn default_key_id(&self) -> Result<Option<KeyId>, Error> {
        let Some(content) = self.0.content(names::DEFAULT_KEY) else { return Ok(None) };
        fields::optional_text(&content, "key")?.map(KeyId::new).transpose()
    }

    /// Returns the default key with its description.
    ///
    /// # Errors
    ///
    /// As [`SecretStorage::default_key_id`] and [`SecretStorage::key`].
    pub fn default_key(&self) -> Result<Option<(KeyId, KeyDescription)>, Error> {
        let Some(id) = self.default_key_id()? else { return Ok(None) };
        let description = self.key(&id)?;
        Ok(Some((id, description)))
    }

    /// Returns the description of a key.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownKey`], or as [`KeyDescription::from_object`].
    pub fn key(&self, id: &KeyId) -> Result<KeyDescription, Error> {
        match self.0.content(&id.event_type()) {
            // Account data can't be deleted, it is emptied.
            Some(content) if !content.is_empty() => KeyDescription::from_object(&content),
            _ => Err(Error::UnknownKey(id.as_str().to_owned())),
        }
    }

    /// Returns the IDs of all keys there are, in order.
    ///
    /// Of account data that can only be looked up, these are the default key and those that the secrets of the
    /// specification are encrypted with.
    pub fn key_ids(&self) -> Vec<KeyId> {
        let mut ids = BTreeSet::new();
        match self.0.event_types() {
            Some(types) => ids.extend(
                types.into_iter().filter_map(|name| KeyId::new(name.strip_prefix(names::KEY_PREFIX)?).ok()),
            ),
            None => {
                ids.extend(self.default_key_id().ok().flatten());
                for name in names::SECRETS {
                    ids.extend(self.entries(name).unwrap_or_default().into_iter().map(|(id, _)| id));
                }
            }
        }
        ids.retain(|id| !matches!(self.key(id), Err(Error::UnknownKey(_))));
        ids.into_iter().collect()
    }

    /// Returns all keys there are with their descriptions, or what is wrong with them.
    pub fn keys(&self) -> Vec<(KeyId, Result<KeyDescription, Error>)> {
        let describe = |id: KeyId| {
            let description = self.key(&id);
            (id, description)
        };
        self.key_ids().into_iter().map(describe).collect()
    }

    /// Returns the names of the secrets there are, in order.
    ///
    /// Of account data that can only be looked up, these are those of the specification.
    pub fn secret_names(&self) -> Vec<String> {
        let types = self.0.event_types().unwrap_or_else(|| names::SECRETS.to_vec());
        let mut found: Vec<String> =
            types.into_iter().filter(|name| self.has_secret(name)).map(str::to_owned).collect();
        found.sort();
        found
    }

    /// Returns whether there is a secret of that name, whatever it is encrypted with.
    pub fn has_secret(&self, name: &str) -> bool {
        self.entries(name).is_ok()
    }

    /// Returns the keys that can open a secret, the default key first: those that have a description and for which
    /// the secret is encrypted in the one form there is.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownSecret`] if there is no such secret. If no key can open it, why the first cannot:
    /// [`Error::RemovedAlgorithm`], [`Error::RemovedPassthrough`], [`Error::UnknownKey`] and others.
    pub fn keys_for(&self, name: &str) -> Result<Vec<KeyId>, Error> {
        let default = self.default_key_id().ok().flatten();
        let mut first_error = None;
        let mut keys = Vec::new();
        for (id, entry) in self.entries(name)? {
            match self.key(&id).and(entry).and_then(|entry| EncryptedSecret::from_object(&entry)) {
                Ok(_) if Some(&id) == default.as_ref() => keys.insert(0, id),
                Ok(_) => keys.push(id),
                Err(error) => _ = first_error.get_or_insert(error),
            }
        }
        match first_error {
            Some(error) if keys.is_empty() => Err(error),
            _ => Ok(keys),
        }
    }

    /// Returns what is there in a form that MSC2472 removed, in order: keys, then secrets.
    pub fn removed_forms(&self) -> Vec<RemovedForm> {
        let mut forms = BTreeSet::new();
        for (id, description) in self.keys() {
            if matches!(description, Err(Error::RemovedAlgorithm)) {
                forms.insert(RemovedForm::Key(id));
            }
        }
        for name in self.secret_names() {
            for (key_id, entry) in self.entries(&name).unwrap_or_default() {
                let name = name.clone();
                match entry.and_then(|entry| EncryptedSecret::from_object(&entry)) {
                    Err(Error::RemovedAlgorithm) => _ = forms.insert(RemovedForm::Secret { name, key_id }),
                    Err(Error::RemovedPassthrough) => {
                        _ = forms.insert(RemovedForm::Passthrough { name, key_id })
                    }
                    _ => {}
                }
            }
        }
        forms.into_iter().collect()
    }

    /// Returns a secret as it is encrypted with a key.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownSecret`], [`Error::NotEncryptedWith`], or as [`EncryptedSecret::from_object`].
    pub fn encrypted(&self, name: &str, key_id: &KeyId) -> Result<EncryptedSecret, Error> {
        let (_, entry) = self.entries(name)?.into_iter().find(|(id, _)| id == key_id).ok_or_else(|| {
            Error::NotEncryptedWith { name: name.to_owned(), key_id: key_id.as_str().to_owned() }
        })?;
        EncryptedSecret::from_object(&entry?)
    }

    /// Decrypts a secret, with a key that is checked against its description first.
    ///
    /// # Errors
    ///
    /// As [`SecretStorage::check_key`], [`SecretStorage::encrypted`] and [`SecretStorageKey::decrypt`].
    pub fn open(&self, name: &str, key_id: &KeyId, key: &SecretStorageKey) -> Result<Secret, Error> {
        self.check_key(key_id, key)?;
        key.decrypt(name, &self.encrypted(name, key_id)?)
    }

    /// Refuses a key that is not the one described. One that cannot be checked passes.
    ///
    /// # Errors
    ///
    /// [`Error::WrongKey`], or as [`SecretStorage::key`].
    pub fn check_key(&self, key_id: &KeyId, key: &SecretStorageKey) -> Result<(), Error> {
        match self.key(key_id)?.check(key)? {
            KeyCheckResult::Mismatch => Err(Error::WrongKey(key_id.as_str().to_owned())),
            KeyCheckResult::Match | KeyCheckResult::Unknown => Ok(()),
        }
    }

    /// The entries of a secret's `encrypted`, at least one, each of which should be an object.
    pub(crate) fn entries(&self, name: &str) -> Result<Entries, Error> {
        let unknown = || Error::UnknownSecret(name.to_owned());
        let content = self.0.content(name).ok_or_else(unknown)?;
        let encrypted = fields::optional_object(&content, "encrypted")?.ok_or_else(unknown)?;
        let entry = |(id, value): (&str, &matrix_canonicaljson::Value)| {
            let entry = value.as_object().cloned().ok_or(fields::invalid("encrypted", "a map of objects"));
            Some((KeyId::new(id).ok()?, entry))
        };
        let entries: Entries = encrypted.iter().filter_map(entry).collect();
        if entries.is_empty() { Err(unknown()) } else { Ok(entries) }
    }

    pub(crate) fn content(&self, event_type: &str) -> Option<Cow<'_, Object>> {
        self.0.content(event_type)
    }
}

type Entries = Vec<(KeyId, Result<Object, Error>)>;
