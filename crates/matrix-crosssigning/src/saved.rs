//! The graph as JSON.

use std::collections::BTreeMap;

use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::OwnedDeviceId;
use matrix_signatures::PublicKey;

use crate::{
    cross_signing_key::CrossSigningKey,
    device_keys::DeviceKeys,
    error::Error,
    fields,
    role::KeyRole,
    trust_graph::{TrustGraph, UserKeys},
};

impl TrustGraph {
    /// Writes the graph as an object, for whatever the embedder stores things in. It holds no secret, but who can
    /// change it decides whom the user trusts.
    pub fn to_object(&self) -> Object {
        let users: Object = self.users.iter().map(|(id, user)| (id.as_str(), write_user(user))).collect();
        let mut object =
            Object::from([("own_user", Value::from(self.own_user.as_str())), ("users", users.into())]);
        if let Some(key) = &self.own_master {
            object.insert("own_master_key", key.to_base64());
        }
        object
    }

    /// Reads what [`to_object`](Self::to_object) has written.
    ///
    /// # Errors
    ///
    /// [`Error::MissingField`], [`Error::InvalidField`] and whatever can be wrong with a key.
    pub fn from_object(object: &Object) -> Result<Self, Error> {
        let mut users = BTreeMap::new();
        for (user_id, user) in fields::object(object, "users")? {
            let user = user.as_object().ok_or_else(|| fields::invalid("users", "an object of objects"))?;
            users.insert(fields::parse_user_id(user_id, "users")?, read_user(user)?);
        }
        let own_master =
            object.get("own_master_key").map(|key| read_key(key, "own_master_key")).transpose()?;
        Ok(Self { own_user: fields::user_id(object, "own_user")?, own_master, users })
    }
}

fn write_user(user: &UserKeys) -> Object {
    let mut object: Object = KeyRole::ALL
        .into_iter()
        .filter_map(|role| Some((role.upload_field(), user.key(role)?.object().clone())))
        .collect();
    let devices = user.devices.iter().map(|(id, device)| (id.as_str(), device.object().clone()));
    object.insert("devices", devices.collect::<Object>());
    let verified = user.verified_devices.iter().map(|(id, key)| (id.as_str(), key.to_base64()));
    object.insert("verified_devices", verified.collect::<Object>());
    if let Some(key) = &user.known_master {
        object.insert("known_master_key", key.to_base64());
    }
    if let Some(device_id) = &user.colliding {
        object.insert("colliding_device", device_id.as_str());
    }
    object.insert("changed", user.changed);
    object.insert("first", user.first);
    object
}

fn read_user(object: &Object) -> Result<UserKeys, Error> {
    let [master, self_signing, user_signing] = KeyRole::ALL.map(|role| {
        let key = fields::optional_object(object, role.upload_field())?;
        key.map(|key| CrossSigningKey::parse(role, key.clone())).transpose()
    });
    let flag =
        |field| fields::required(object, field)?.as_bool().ok_or_else(|| fields::invalid(field, "a boolean"));
    let mut user = UserKeys {
        master: master?,
        self_signing: self_signing?,
        user_signing: user_signing?,
        known_master: object
            .get("known_master_key")
            .map(|key| read_key(key, "known_master_key"))
            .transpose()?,
        changed: flag("changed")?,
        first: flag("first")?,
        colliding: object.get_str("colliding_device").map(device_id).transpose()?,
        ..UserKeys::default()
    };
    for (id, device) in fields::object(object, "devices")? {
        let device = device.as_object().ok_or_else(|| fields::invalid("devices", "an object of objects"))?;
        user.devices.insert(device_id(id)?, DeviceKeys::parse(device.clone())?);
    }
    for (id, key) in fields::object(object, "verified_devices")? {
        user.verified_devices.insert(device_id(id)?, read_key(key, "verified_devices")?);
    }
    Ok(user)
}

fn device_id(text: &str) -> Result<OwnedDeviceId, Error> {
    fields::parse_device_id(text, "devices")
}

fn read_key(value: &Value, field: &str) -> Result<PublicKey, Error> {
    let text = value.as_str().ok_or_else(|| fields::invalid(field, "a string"))?;
    PublicKey::from_base64(text).map_err(|source| Error::InvalidKey { key_id: field.to_owned(), source })
}
