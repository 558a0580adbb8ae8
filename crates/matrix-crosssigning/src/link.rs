use core::fmt;

use matrix_canonicaljson::Object;
use matrix_identifiers::UserId;
use matrix_signatures::PublicKey;

use crate::error::Error;

/// The signatures along which trust travels, each named by who signs whom.
///
/// A device of another user is trusted along `own master → own user-signing → their master → their self-signing →
/// their device`; an own device along `own master → own self-signing → own device`.
///
/// Source: [cross-signing](https://spec.matrix.org/v1.19/client-server-api/#cross-signing), MSC1756.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Link {
    /// A master key signs its user's user-signing key.
    MasterToUserSigning,
    /// A master key signs its user's self-signing key.
    MasterToSelfSigning,
    /// A user-signing key signs another user's master key.
    UserSigningToMaster,
    /// A self-signing key signs a device of its user.
    SelfSigningToDevice,
    /// A device signs its own keys.
    DeviceToItself,
    /// A device signs its user's master key, for the migration from device verification alone.
    DeviceToMaster,
}

impl Link {
    /// Turns what is wrong with a signature into an error that names the link.
    pub(crate) fn broken(self) -> impl FnOnce(matrix_signatures::Error) -> Error {
        move |source| Error::BrokenLink { link: self, source }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MasterToUserSigning => "master key to user-signing key",
            Self::MasterToSelfSigning => "master key to self-signing key",
            Self::UserSigningToMaster => "user-signing key to another user's master key",
            Self::SelfSigningToDevice => "self-signing key to device",
            Self::DeviceToItself => "device to itself",
            Self::DeviceToMaster => "device to master key",
        })
    }
}

/// Checks that a user has signed an object with the key of that ID: a cross-signing key, device keys, a one-time or
/// fallback key, the `auth_data` of a key backup.
///
/// Signatures are verified strictly, as [`PublicKey`] says.
///
/// # Errors
///
/// [`Error::Signature`] with what is wrong.
pub fn check_signature(object: &Object, signer: &UserId, key_id: &str, key: &PublicKey) -> Result<(), Error> {
    Ok(matrix_signatures::verify_json(object, signer.as_str(), key_id, key)?)
}
