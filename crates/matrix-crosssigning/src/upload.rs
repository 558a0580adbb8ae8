use std::collections::BTreeSet;

use matrix_canonicaljson::Object;
use matrix_identifiers::{DeviceId, OwnedDeviceId, UserId};

use crate::{
    cross_signing_key::{CrossSigningKey, expect_user},
    error::Error,
    fields,
    role::KeyRole,
};

/// What a server has stored of a user's keys when an upload arrives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoredKeys {
    /// The master key.
    pub master: Option<CrossSigningKey>,
    /// The self-signing key.
    pub self_signing: Option<CrossSigningKey>,
    /// The user-signing key.
    pub user_signing: Option<CrossSigningKey>,
    /// The IDs of the user's devices.
    pub device_ids: BTreeSet<OwnedDeviceId>,
}

impl StoredKeys {
    fn key(&self, role: KeyRole) -> Option<&CrossSigningKey> {
        match role {
            KeyRole::Master => self.master.as_ref(),
            KeyRole::SelfSigning => self.self_signing.as_ref(),
            KeyRole::UserSigning => self.user_signing.as_ref(),
        }
    }
}

/// An upload of keys that a server may take.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceSigningUpload {
    keys: Vec<CrossSigningKey>,
    needs_authentication: bool,
}

impl DeviceSigningUpload {
    /// Returns the keys in the order of their roles, one to three of them.
    pub fn keys(&self) -> &[CrossSigningKey] {
        &self.keys
    }

    /// Returns the key of a role, if it was uploaded.
    pub fn key(&self, role: KeyRole) -> Option<&CrossSigningKey> {
        self.keys.iter().find(|key| key.role() == role)
    }

    /// Tells whether the user has to authenticate before the keys are stored. An upload needs it unless there is no
    /// master key yet or every key is the one that is stored; application services never do.
    pub fn needs_authentication(&self) -> bool {
        self.needs_authentication
    }
}

/// Checks the body of `POST /_matrix/client/v3/keys/device_signing/upload` as a server has to.
///
/// Every key has to be the user's and well formed. A self-signing or user-signing key has to be signed by the master
/// key beside it or else by the stored one. No key may be the ID of a device of the user.
///
/// Source: [device signing upload](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysdevice_signingupload),
/// MSC1756.
///
/// # Errors
///
/// [`Error::errcode`] gives the answer's `errcode`: `M_INVALID_SIGNATURE` for [`Error::BrokenLink`], `M_FORBIDDEN` for
/// [`Error::DeviceIdIsKey`], `M_MISSING_PARAM` where there is no master key at all, `M_INVALID_PARAM` for the rest.
pub fn check_device_signing_upload(
    user_id: &UserId,
    body: &Object,
    stored: &StoredKeys,
) -> Result<DeviceSigningUpload, Error> {
    let mut keys = Vec::new();
    for role in KeyRole::ALL {
        let Some(key) = fields::optional_object(body, role.upload_field())? else { continue };
        let key = CrossSigningKey::parse(role, key.clone())?;
        expect_user(user_id, key.user_id())?;
        check_collision(&key, &stored.device_ids)?;
        keys.push(key);
    }
    if keys.is_empty() {
        return Err(Error::NothingToUpload);
    }
    let uploaded = keys.first().filter(|key| key.role() == KeyRole::Master);
    let missing = || Error::MissingKey { user_id: user_id.to_owned(), role: KeyRole::Master };
    let master = uploaded.or(stored.master.as_ref()).ok_or_else(missing)?;
    for key in keys.iter().filter(|key| key.role() != KeyRole::Master) {
        key.check_signed_by_master(master)?;
    }
    let is_stored = |key: &CrossSigningKey| {
        stored.key(key.role()).is_some_and(|stored| stored.public_key() == key.public_key())
    };
    let needs_authentication = stored.master.is_some() && !keys.iter().all(is_stored);
    Ok(DeviceSigningUpload { keys, needs_authentication })
}

/// Checks that a device ID which a user wants to log in with is no cross-signing key of the user.
///
/// # Errors
///
/// [`Error::DeviceIdIsKey`], for `M_FORBIDDEN`.
pub fn check_new_device_id(device_id: &DeviceId, stored: &StoredKeys) -> Result<(), Error> {
    let device_ids = BTreeSet::from([device_id.to_owned()]);
    let mut keys = KeyRole::ALL.into_iter().filter_map(|role| stored.key(role));
    keys.try_for_each(|key| check_collision(key, &device_ids))
}

fn check_collision(key: &CrossSigningKey, device_ids: &BTreeSet<OwnedDeviceId>) -> Result<(), Error> {
    let text = key.public_key().to_base64();
    match device_ids.iter().find(|id| ***id == *text) {
        Some(device_id) => Err(Error::DeviceIdIsKey(device_id.clone())),
        None => Ok(()),
    }
}
