use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{OwnedDeviceId, OwnedUserId, UserId};

use crate::{
    cross_signing_key::{CrossSigningKey, expect_user},
    device_keys::DeviceKeys,
    error::Error,
    fields,
    role::KeyRole,
};

/// All that a server says about the keys of one user at one time, well formed but not yet believed.
///
/// Source: [`/keys/query`](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysquery).
#[derive(Clone, Debug, PartialEq)]
pub struct KeySet {
    user_id: OwnedUserId,
    pub(crate) keys: [Option<CrossSigningKey>; 3],
    pub(crate) devices: Vec<DeviceKeys>,
    /// What was passed over, by the name that the server gave it.
    pub(crate) refused: Vec<(String, Error)>,
    /// The IDs of devices that were passed over.
    pub(crate) unread: Vec<OwnedDeviceId>,
}

impl KeySet {
    /// Begins with a user who has no keys.
    pub fn new(user_id: &UserId) -> Self {
        Self {
            user_id: user_id.to_owned(),
            keys: [None, None, None],
            devices: Vec::new(),
            refused: Vec::new(),
            unread: Vec::new(),
        }
    }

    /// Takes the keys of an identity.
    pub fn from_identity(identity: &crate::PublicIdentity) -> Self {
        let keys = [Some(identity.master()), Some(identity.self_signing()), identity.user_signing()];
        Self { keys: keys.map(Option::<&CrossSigningKey>::cloned), ..Self::new(identity.user_id()) }
    }

    /// Reads what the answer to `/keys/query`, or to its federation counterpart, says about a user. Keys and devices
    /// that are malformed or not the user's are left out, and reported when the set is
    /// [taken](crate::TrustGraph::update).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidField`] if the answer is not of the right form above the single keys.
    pub fn from_query(user_id: &UserId, response: &Object) -> Result<Self, Error> {
        let mut set = Self::new(user_id);
        for role in KeyRole::ALL {
            let keys = fields::optional_object(response, role.query_field())?;
            if let Some(key) = keys.and_then(|keys| keys.get(user_id.as_str())) {
                set.add_key(role, key);
            }
        }
        if let Some(users) = fields::optional_object(response, "device_keys")?
            && let Some(devices) = fields::optional_object(users, user_id.as_str())?
        {
            for (device_id, keys) in devices {
                set.add_device(device_id, keys);
            }
        }
        Ok(set)
    }

    /// Adds a cross-signing key, in place of the one of the same role.
    ///
    /// # Errors
    ///
    /// [`Error::WrongUser`].
    pub fn with_key(mut self, key: CrossSigningKey) -> Result<Self, Error> {
        expect_user(&self.user_id, key.user_id())?;
        let role = key.role();
        *self.key_mut(role) = Some(key);
        Ok(self)
    }

    /// Adds a device.
    ///
    /// # Errors
    ///
    /// [`Error::WrongUser`].
    pub fn with_device(mut self, device: DeviceKeys) -> Result<Self, Error> {
        expect_user(&self.user_id, device.user_id())?;
        self.devices.push(device);
        Ok(self)
    }

    /// Returns whose keys they are.
    pub fn user_id(&self) -> &UserId {
        &self.user_id
    }

    fn add_key(&mut self, role: KeyRole, key: &Value) {
        let parsed = own_object(key, role.query_field())
            .and_then(|object| CrossSigningKey::parse(role, object))
            .and_then(|key| expect_user(&self.user_id, key.user_id()).map(|()| key));
        match parsed {
            Ok(key) => *self.key_mut(role) = Some(key),
            Err(error) => self.refused.push((role.to_string(), error)),
        }
    }

    fn add_device(&mut self, device_id: &str, keys: &Value) {
        let check = |device: DeviceKeys| {
            expect_user(&self.user_id, device.user_id())?;
            if device.device_id() == device_id {
                return Ok(device);
            }
            let expected = fields::parse_device_id(device_id, "device_keys")?;
            Err(Error::WrongDevice { expected, found: device.device_id().to_owned() })
        };
        match own_object(keys, "device_keys").and_then(DeviceKeys::parse).and_then(check) {
            Ok(device) => self.devices.push(device),
            Err(error) => {
                self.refused.push((format!("device {device_id:?}"), error));
                self.unread.extend(fields::parse_device_id(device_id, "device_keys").ok());
            }
        }
    }

    fn key_mut(&mut self, role: KeyRole) -> &mut Option<CrossSigningKey> {
        let [master, self_signing, user_signing] = &mut self.keys;
        match role {
            KeyRole::Master => master,
            KeyRole::SelfSigning => self_signing,
            KeyRole::UserSigning => user_signing,
        }
    }
}

fn own_object(value: &Value, field: &str) -> Result<Object, Error> {
    value.as_object().cloned().ok_or_else(|| fields::invalid(field, "an object"))
}
