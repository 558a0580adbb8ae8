use matrix_canonicaljson::Object;
use matrix_identifiers::{DeviceId, OwnedDeviceId, OwnedUserId, UserId};
use matrix_signatures::{PublicKey, verify_json};

use crate::{
    cross_signing_key::{CrossSigningKey, ED25519, expect_user},
    error::Error,
    fields,
    link::Link,
};

/// The keys of a device, as `/keys/upload` takes and `/keys/query` gives them.
///
/// Source: [device keys](https://spec.matrix.org/v1.19/client-server-api/#device-keys).
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceKeys {
    user_id: OwnedUserId,
    device_id: OwnedDeviceId,
    ed25519: PublicKey,
    object: Object,
}

impl DeviceKeys {
    /// Reads the keys of a device. Whether the device itself has signed them is asked with
    /// [`check_self_signature`](Self::check_self_signature).
    ///
    /// # Errors
    ///
    /// [`Error::MissingField`], [`Error::InvalidField`], [`Error::InvalidIdentifier`] or [`Error::InvalidKey`].
    pub fn parse(object: Object) -> Result<Self, Error> {
        let user_id = fields::user_id(&object, "user_id")?;
        let device_id = fields::parse_device_id(fields::string(&object, "device_id")?, "device_id")?;
        fields::optional_object(&object, "signatures")?;
        let key_id = format!("{ED25519}{device_id}");
        let keys = fields::object(&object, "keys")?;
        let text = keys.get(&key_id).ok_or_else(|| Error::MissingField(format!("keys.{key_id:?}")))?.as_str();
        let text = text.ok_or_else(|| fields::invalid(format!("keys.{key_id:?}"), "a string"))?;
        let ed25519 = PublicKey::from_base64(text).map_err(|source| Error::InvalidKey { key_id, source })?;
        Ok(Self { user_id, device_id, ed25519, object })
    }

    /// Returns whose device it is.
    pub fn user_id(&self) -> &UserId {
        &self.user_id
    }

    /// Returns the device's ID.
    pub fn device_id(&self) -> &DeviceId {
        &self.device_id
    }

    /// Returns the key that the device signs with, its fingerprint.
    pub fn ed25519(&self) -> &PublicKey {
        &self.ed25519
    }

    /// Returns the device's key of another algorithm, such as `curve25519`, as it stands.
    pub fn key(&self, algorithm: &str) -> Option<&str> {
        self.object.get_object("keys")?.get_str(&format!("{algorithm}:{}", self.device_id))
    }

    /// Returns the ID of the signing key: `ed25519:` and the device's ID.
    pub fn key_id(&self) -> String {
        format!("{ED25519}{}", self.device_id)
    }

    /// Returns the object, with all signatures.
    pub fn object(&self) -> &Object {
        &self.object
    }

    /// Gives the object away.
    pub fn into_object(self) -> Object {
        self.object
    }

    /// Checks that the device has signed its own keys.
    ///
    /// # Errors
    ///
    /// [`Error::BrokenLink`].
    pub fn check_self_signature(&self) -> Result<(), Error> {
        self.check_signed_by(&self.key_id(), &self.ed25519, Link::DeviceToItself)
    }

    /// Checks that the self-signing key of the same user has signed the device.
    ///
    /// # Errors
    ///
    /// [`Error::WrongUser`], [`Error::BrokenLink`].
    pub fn check_signed_by_self_signing(&self, self_signing: &CrossSigningKey) -> Result<(), Error> {
        expect_user(self_signing.user_id(), &self.user_id)?;
        self.check_signed_by(&self_signing.key_id(), self_signing.public_key(), Link::SelfSigningToDevice)
    }

    pub(crate) fn object_mut(&mut self) -> &mut Object {
        &mut self.object
    }

    fn check_signed_by(&self, key_id: &str, key: &PublicKey, link: Link) -> Result<(), Error> {
        verify_json(&self.object, self.user_id.as_str(), key_id, key).map_err(link.broken())
    }
}
