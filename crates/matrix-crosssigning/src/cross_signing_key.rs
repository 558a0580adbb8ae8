use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{OwnedUserId, UserId};
use matrix_signatures::{PublicKey, verify_json};

use crate::{device_keys::DeviceKeys, error::Error, fields, link::Link, role::KeyRole};

pub(crate) const ED25519: &str = "ed25519:";

/// The public half of a cross-signing key: the object that is uploaded, queried and signed.
///
/// Unknown fields and all signatures stay as they came, since signatures cover them. A value of this type is well
/// formed; who has signed it is asked with its methods.
///
/// ```
/// use matrix_canonicaljson::Object;
/// use matrix_crosssigning::{CrossSigningKey, KeyRole};
///
/// let key: Object = r#"{
///     "user_id": "@alice:example.org", "usage": ["master"],
///     "keys": {"ed25519:J+5An10v1vzZpAXTYFokD1/PEVccFnLC61EfRXit0UY": "J+5An10v1vzZpAXTYFokD1/PEVccFnLC61EfRXit0UY"}
/// }"#.parse()?;
/// let key = CrossSigningKey::parse(KeyRole::Master, key)?;
/// assert_eq!(key.user_id(), "@alice:example.org");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Source: [cross-signing](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysdevice_signingupload).
#[derive(Clone, Debug, PartialEq)]
pub struct CrossSigningKey {
    user_id: OwnedUserId,
    role: KeyRole,
    key: PublicKey,
    object: Object,
}

impl CrossSigningKey {
    /// Reads a key's object for a role.
    ///
    /// `usage` has to contain the role's word; other words beside it do no harm. `keys` has exactly one entry, whose
    /// name is `ed25519:` and the key in unpadded base64.
    ///
    /// # Errors
    ///
    /// [`Error::MissingField`], [`Error::InvalidField`], [`Error::InvalidIdentifier`], [`Error::WrongUsage`],
    /// [`Error::NotOneKey`], [`Error::InvalidKey`] or [`Error::KeyIdMismatch`].
    pub fn parse(role: KeyRole, object: Object) -> Result<Self, Error> {
        let user_id = fields::user_id(&object, "user_id")?;
        if !fields::array(&object, "usage")?.iter().any(|usage| usage.as_str() == Some(role.usage())) {
            return Err(Error::WrongUsage(role));
        }
        fields::optional_object(&object, "signatures")?;
        let keys = fields::object(&object, "keys")?;
        let mut entries = keys.iter();
        let (Some((key_id, value)), 1) = (entries.next(), keys.len()) else {
            return Err(Error::NotOneKey(keys.len()));
        };
        let text = value.as_str().ok_or_else(|| fields::invalid(format!("keys.{key_id:?}"), "a string"))?;
        let invalid = |source| Error::InvalidKey { key_id: key_id.to_owned(), source };
        let key = PublicKey::from_base64(text).map_err(invalid)?;
        if key_id.strip_prefix(ED25519) != Some(&key.to_base64()) {
            return Err(Error::KeyIdMismatch(key_id.to_owned()));
        }
        Ok(Self { user_id, role, key, object })
    }

    /// Makes the object of a key, without signatures.
    pub fn new(user_id: &UserId, role: KeyRole, key: PublicKey) -> Self {
        let object = Object::from([
            ("keys", Value::from(Object::from([(key_id(&key), key.to_base64())]))),
            ("usage", vec![Value::from(role.usage())].into()),
            ("user_id", user_id.as_str().into()),
        ]);
        Self { user_id: user_id.to_owned(), role, key, object }
    }

    /// Returns whose key it is.
    pub fn user_id(&self) -> &UserId {
        &self.user_id
    }

    /// Returns the role that it was read for.
    pub fn role(&self) -> KeyRole {
        self.role
    }

    /// Returns the key itself.
    pub fn public_key(&self) -> &PublicKey {
        &self.key
    }

    /// Returns `ed25519:` and the key in unpadded base64.
    pub fn key_id(&self) -> String {
        key_id(&self.key)
    }

    /// Returns the object, with all signatures that it came with or was given.
    pub fn object(&self) -> &Object {
        &self.object
    }

    /// Gives the object away.
    pub fn into_object(self) -> Object {
        self.object
    }

    /// Checks that a master key is the same user's and has signed this self-signing or user-signing key.
    ///
    /// # Errors
    ///
    /// [`Error::WrongUser`], or [`Error::BrokenLink`] that names the link.
    pub fn check_signed_by_master(&self, master: &Self) -> Result<(), Error> {
        expect_user(master.user_id(), self.user_id())?;
        let link = match self.role {
            KeyRole::UserSigning => Link::MasterToUserSigning,
            _ => Link::MasterToSelfSigning,
        };
        self.check_signed_by(master.user_id(), &master.key_id(), &master.key).map_err(link.broken())
    }

    /// Checks that a user-signing key has signed this master key.
    ///
    /// # Errors
    ///
    /// [`Error::WrongUsage`] if the two keys have other roles, [`Error::BrokenLink`].
    pub fn check_signed_by_user_signing(&self, user_signing: &Self) -> Result<(), Error> {
        expect_role(self, KeyRole::Master)?;
        expect_role(user_signing, KeyRole::UserSigning)?;
        self.check_signed_by(user_signing.user_id(), &user_signing.key_id(), &user_signing.key)
            .map_err(Link::UserSigningToMaster.broken())
    }

    /// Checks that a device of the same user has signed this master key.
    ///
    /// # Errors
    ///
    /// [`Error::WrongUser`], [`Error::WrongUsage`] if this is no master key, [`Error::BrokenLink`].
    pub fn check_signed_by_device(&self, device: &DeviceKeys) -> Result<(), Error> {
        expect_user(self.user_id(), device.user_id())?;
        expect_role(self, KeyRole::Master)?;
        self.check_signed_by(device.user_id(), &device.key_id(), device.ed25519())
            .map_err(Link::DeviceToMaster.broken())
    }

    /// Adds a signature that was made elsewhere, as one of a user with the key of that ID.
    pub fn add_signature(&mut self, signer: &UserId, key_id: &str, signature: &matrix_signatures::Signature) {
        add_signature(&mut self.object, signer, key_id, &signature.to_base64());
    }

    fn check_signed_by(
        &self,
        signer: &UserId,
        key_id: &str,
        key: &PublicKey,
    ) -> Result<(), matrix_signatures::Error> {
        verify_json(&self.object, signer.as_str(), key_id, key)
    }
}

/// Puts a signature into an object. What stands in its place and is no object can hold none and gives way.
pub(crate) fn add_signature(object: &mut Object, signer: &UserId, key_id: &str, signature: &str) {
    let mut signatures = take_object(object, "signatures");
    let mut entry = take_object(&mut signatures, signer.as_str());
    entry.insert(key_id, signature);
    signatures.insert(signer.as_str(), entry);
    object.insert("signatures", signatures);
}

fn take_object(object: &mut Object, field: &str) -> Object {
    match object.remove(field) {
        Some(Value::Object(inner)) => inner,
        _ => Object::new(),
    }
}

pub(crate) fn key_id(key: &PublicKey) -> String {
    format!("{ED25519}{key}")
}

pub(crate) fn expect_user(expected: &UserId, found: &UserId) -> Result<(), Error> {
    if expected == found {
        return Ok(());
    }
    Err(Error::WrongUser { expected: expected.to_owned(), found: found.to_owned() })
}

fn expect_role(key: &CrossSigningKey, role: KeyRole) -> Result<(), Error> {
    if key.role == role { Ok(()) } else { Err(Error::WrongUsage(role)) }
}
