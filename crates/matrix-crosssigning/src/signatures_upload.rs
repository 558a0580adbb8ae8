use std::collections::BTreeMap;

use matrix_canonicaljson::Object;
use matrix_identifiers::{OwnedUserId, UserId};

use crate::{
    cross_signing_key::{CrossSigningKey, ED25519, add_signature, expect_user},
    device_keys::DeviceKeys,
    error::Error,
    fields,
    role::KeyRole,
    trust_graph::UserKeys,
};

/// The body of `POST /_matrix/client/v3/keys/signatures/upload`, as a client puts it together.
///
/// Source: [signatures upload](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keyssignaturesupload).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignedKeys(BTreeMap<OwnedUserId, Object>);

impl SignedKeys {
    /// Begins with nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an own device that the self-signing key has signed.
    #[must_use]
    pub fn with_device(mut self, device: &DeviceKeys) -> Self {
        let user = self.0.entry(device.user_id().to_owned()).or_default();
        user.insert(device.device_id().as_str(), device.object().clone());
        self
    }

    /// Adds a master key: another user's, signed by the own user-signing key, or the own, signed by a device.
    #[must_use]
    pub fn with_master_key(mut self, key: &CrossSigningKey) -> Self {
        let user = self.0.entry(key.user_id().to_owned()).or_default();
        user.insert(key.public_key().to_base64(), key.object().clone());
        self
    }

    /// Writes the body.
    pub fn to_body(&self) -> Object {
        self.0.iter().map(|(user_id, keys)| (user_id.as_str(), keys.clone())).collect()
    }
}

/// A signature that a server is to add to a stored key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSignature {
    /// Whose key was signed.
    pub user_id: OwnedUserId,
    /// The device ID, or the public key of a master key.
    pub key: String,
    /// The ID of the key that signed, which is the uploader's.
    pub signing_key_id: String,
    /// The signature in base64.
    pub signature: String,
}

impl NewSignature {
    /// Adds the signature to the stored object.
    pub fn add_to(&self, uploader: &UserId, object: &mut Object) {
        add_signature(object, uploader, &self.signing_key_id, &self.signature);
    }
}

/// What a server makes of uploaded signatures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckedSignatures {
    /// The signatures to store.
    pub accepted: Vec<NewSignature>,
    /// What was refused, by user and key.
    pub refused: Vec<(OwnedUserId, String, Error)>,
}

impl CheckedSignatures {
    /// Writes the `failures` of the answer: user ID to key to `errcode` and `error`.
    pub fn failures(&self) -> Object {
        let mut users: BTreeMap<&str, Object> = BTreeMap::new();
        for (user_id, key, error) in &self.refused {
            let failure =
                Object::from([("errcode", error.errcode().to_owned()), ("error", error.to_string())]);
            users.entry(user_id.as_str()).or_default().insert(key.as_str(), failure);
        }
        users.into_iter().collect()
    }
}

/// Checks the body of `POST /_matrix/client/v3/keys/signatures/upload` as a server has to.
///
/// `stored` returns what the server knows of a user. An object has to be the stored one but for `signatures` and
/// `unsigned`. What counts is: on an own device, the signature of the own self-signing key; on the own master key,
/// those of own devices; on another user's master key, that of the own user-signing key. A device's own signature of
/// its keys may stand beside them.
///
/// Source: [signatures upload](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keyssignaturesupload),
/// MSC1756.
///
/// # Errors
///
/// [`Error::InvalidField`] or [`Error::InvalidIdentifier`] if the body is not of the right form above the single keys;
/// what is wrong with these is in the result.
pub fn check_signatures_upload<'a>(
    uploader: &UserId,
    body: &Object,
    stored: impl Fn(&UserId) -> Option<&'a UserKeys>,
) -> Result<CheckedSignatures, Error> {
    let mut checked = CheckedSignatures::default();
    for (user_id, keys) in body {
        let user = fields::parse_user_id(user_id, "user ID")?;
        let keys = keys.as_object().ok_or_else(|| fields::invalid(user_id, "an object"))?;
        for (key, object) in keys {
            let result = object
                .as_object()
                .ok_or_else(|| fields::invalid(format!("{user_id}.{key:?}"), "an object"))
                .and_then(|object| check_one(uploader, &user, key, object, &stored));
            match result {
                Ok(signatures) => checked.accepted.extend(signatures),
                Err(error) => checked.refused.push((user.clone(), key.to_owned(), error)),
            }
        }
    }
    Ok(checked)
}

fn check_one<'a>(
    uploader: &UserId,
    user_id: &UserId,
    key: &str,
    object: &Object,
    stored: &impl Fn(&UserId) -> Option<&'a UserKeys>,
) -> Result<Vec<NewSignature>, Error> {
    let unknown = || Error::UnknownKey { user_id: user_id.to_owned(), key: key.to_owned() };
    let user = stored(user_id).ok_or_else(unknown)?;
    let own = stored(uploader).ok_or_else(unknown)?;
    let new = |key_id: String| {
        let signature = object.get_object("signatures")?.get_object(uploader.as_str())?.get_str(&key_id)?;
        let signature = signature.to_owned();
        Some(NewSignature {
            user_id: user_id.to_owned(),
            key: key.to_owned(),
            signing_key_id: key_id,
            signature,
        })
    };
    let master = user.master.as_ref().filter(|master| master.public_key().to_base64() == key);
    if let Some(master) = master {
        let signed = CrossSigningKey::parse(KeyRole::Master, object.clone())?;
        check_same(key, object, master.object())?;
        if user_id == uploader {
            let signers = device_signers(uploader, object, own)?;
            signers.iter().try_for_each(|device| signed.check_signed_by_device(device))?;
            return Ok(signers.iter().filter_map(|device| new(device.key_id())).collect());
        }
        let signer = own_key(own, uploader, KeyRole::UserSigning)?;
        signed.check_signed_by_user_signing(signer)?;
        return Ok(new(signer.key_id()).into_iter().collect());
    }
    expect_user(uploader, user_id)?;
    let device_id = fields::parse_device_id(key, "device ID")?;
    let device = user.device(&device_id).ok_or_else(unknown)?;
    let signed = DeviceKeys::parse(object.clone())?;
    check_same(key, object, device.object())?;
    let signer = own_key(own, uploader, KeyRole::SelfSigning)?;
    signed.check_signed_by_self_signing(signer)?;
    Ok(new(signer.key_id()).into_iter().collect())
}

/// The own devices that have signed an object, of which there has to be one, and no signer unknown.
fn device_signers<'a>(
    uploader: &UserId,
    object: &Object,
    own: &'a UserKeys,
) -> Result<Vec<&'a DeviceKeys>, Error> {
    let missing = || matrix_signatures::Error::MissingSignature { entity: uploader.to_string() };
    let signatures = object.get_object("signatures").and_then(|all| all.get_object(uploader.as_str()));
    let signatures = signatures.filter(|entry| !entry.is_empty()).ok_or_else(missing)?;
    let device = |key_id: &str| {
        let device_id = fields::parse_device_id(key_id.strip_prefix(ED25519)?, "signatures").ok()?;
        own.device(&device_id)
    };
    let unknown = || matrix_signatures::Error::UnknownKey { entity: uploader.to_string() };
    signatures.keys().map(|key_id| device(key_id).ok_or_else(|| unknown().into())).collect()
}

fn own_key<'a>(own: &'a UserKeys, uploader: &UserId, role: KeyRole) -> Result<&'a CrossSigningKey, Error> {
    own.key(role).ok_or_else(|| Error::MissingKey { user_id: uploader.to_owned(), role })
}

fn check_same(key: &str, signed: &Object, stored: &Object) -> Result<(), Error> {
    if matrix_signatures::signing_bytes(signed) == matrix_signatures::signing_bytes(stored) {
        return Ok(());
    }
    Err(Error::ObjectMismatch(key.to_owned()))
}
