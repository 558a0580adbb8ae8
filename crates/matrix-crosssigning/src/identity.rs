use matrix_canonicaljson::Object;
use matrix_identifiers::UserId;

use crate::{
    cross_signing_key::{CrossSigningKey, expect_user},
    device_keys::DeviceKeys,
    error::Error,
    role::KeyRole,
};

/// The public cross-signing keys of a user that belong together: the master key has signed the others.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicIdentity {
    master: CrossSigningKey,
    self_signing: CrossSigningKey,
    user_signing: Option<CrossSigningKey>,
}

impl PublicIdentity {
    /// Puts keys together once their roles, their user and the master key's signatures have been checked. The
    /// user-signing key is there for oneself alone.
    ///
    /// # Errors
    ///
    /// [`Error::WrongUsage`], [`Error::WrongUser`], or [`Error::BrokenLink`] that names the link.
    pub fn new(
        master: CrossSigningKey,
        self_signing: CrossSigningKey,
        user_signing: Option<CrossSigningKey>,
    ) -> Result<Self, Error> {
        let keys = [Some(&master), Some(&self_signing), user_signing.as_ref()];
        for (key, role) in keys.into_iter().zip(KeyRole::ALL) {
            let Some(key) = key else { continue };
            expect_user(master.user_id(), key.user_id())?;
            if key.role() != role {
                return Err(Error::WrongUsage(role));
            }
            if role != KeyRole::Master {
                key.check_signed_by_master(&master)?;
            }
        }
        Ok(Self { master, self_signing, user_signing })
    }

    /// Takes keys that have just been signed.
    pub(crate) fn from_signed(
        master: CrossSigningKey,
        self_signing: CrossSigningKey,
        user_signing: Option<CrossSigningKey>,
    ) -> Self {
        Self { master, self_signing, user_signing }
    }

    /// Returns whose keys they are.
    pub fn user_id(&self) -> &UserId {
        self.master.user_id()
    }

    /// Returns the master key.
    pub fn master(&self) -> &CrossSigningKey {
        &self.master
    }

    /// Returns the self-signing key.
    pub fn self_signing(&self) -> &CrossSigningKey {
        &self.self_signing
    }

    /// Returns the user-signing key.
    pub fn user_signing(&self) -> Option<&CrossSigningKey> {
        self.user_signing.as_ref()
    }

    /// Checks that a device belongs to this identity: the self-signing key has signed it.
    ///
    /// # Errors
    ///
    /// [`Error::WrongUser`], [`Error::BrokenLink`].
    pub fn check_device(&self, device: &DeviceKeys) -> Result<(), Error> {
        device.check_signed_by_self_signing(&self.self_signing)
    }

    /// Checks that this user has verified another: the user-signing key has signed the other's master key.
    ///
    /// # Errors
    ///
    /// [`Error::MissingKey`] if this identity came without its user-signing key, [`Error::BrokenLink`].
    pub fn check_user(&self, other: &Self) -> Result<(), Error> {
        let user_signing = self.user_signing.as_ref().ok_or_else(|| Error::MissingKey {
            user_id: self.user_id().to_owned(),
            role: KeyRole::UserSigning,
        })?;
        other.master.check_signed_by_user_signing(user_signing)
    }

    /// Writes the body of `POST /_matrix/client/v3/keys/device_signing/upload`, without `auth`.
    pub fn upload_body(&self) -> Object {
        let keys = [Some(&self.master), Some(&self.self_signing), self.user_signing.as_ref()];
        keys.into_iter().flatten().map(|key| (key.role().upload_field(), key.object().clone())).collect()
    }
}
