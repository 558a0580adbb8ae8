use matrix_identifiers::{OwnedDeviceId, OwnedUserId};

use crate::{link::Link, role::KeyRole};

/// The ways in which keys, signatures and uploads can be wrong.
///
/// No message and no field ever holds a secret key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An object lacks a field.
    #[error("no `{0}`")]
    MissingField(String),
    /// A field has another type or form than it should.
    #[error("`{field}` is not {expected}")]
    InvalidField {
        /// The path to the field.
        field: String,
        /// What it should have been, with its article.
        expected: &'static str,
    },
    /// A field holds a malformed identifier.
    #[error("invalid `{field}` {value:?}: {source}")]
    InvalidIdentifier {
        /// The path to the field.
        field: String,
        /// What the field holds.
        value: String,
        /// What is wrong with it.
        source: matrix_identifiers::Error,
    },
    /// The object is another user's than the one it should belong to.
    #[error("a key of {found} instead of {expected}")]
    WrongUser {
        /// Whose it should have been.
        expected: OwnedUserId,
        /// Whose it says that it is.
        found: OwnedUserId,
    },
    /// The object is another device's than the one it should belong to.
    #[error("keys of device {found:?} instead of {expected:?}")]
    WrongDevice {
        /// Whose they should have been.
        expected: OwnedDeviceId,
        /// Whose they say that they are.
        found: OwnedDeviceId,
    },
    /// `usage` does not contain the role that is asked for.
    #[error("`usage` does not contain {:?}", .0.usage())]
    WrongUsage(KeyRole),
    /// `keys` of a cross-signing key has another number of entries than one.
    #[error("`keys` has {0} entries instead of one")]
    NotOneKey(usize),
    /// The name of a key is not `ed25519:` followed by the key itself in unpadded base64.
    #[error("the key ID {0:?} does not name its key")]
    KeyIdMismatch(String),
    /// A public key is not usable.
    #[error("the key {key_id:?}: {source}")]
    InvalidKey {
        /// The key's ID.
        key_id: String,
        /// What is wrong with it.
        source: matrix_signatures::Error,
    },
    /// A secret is not 32 bytes in base64.
    #[error("the secret of a {0} is not 32 bytes in base64")]
    InvalidSecret(KeyRole),
    /// The operating system gave no randomness.
    #[error("no randomness to make keys of")]
    NoRandomness,

    /// One key has not signed the next, or its signature does not hold.
    #[error("{link}: {source}")]
    BrokenLink {
        /// Which signature it is.
        link: Link,
        /// What is wrong with it.
        source: matrix_signatures::Error,
    },
    /// A signature that was asked for by itself does not hold.
    #[error(transparent)]
    Signature(#[from] matrix_signatures::Error),
    /// A user has no key of that role, as far as is known.
    #[error("{user_id} has no {role} that is known")]
    MissingKey {
        /// The user.
        user_id: OwnedUserId,
        /// The role.
        role: KeyRole,
    },
    /// This user's own master key has not been found to be genuine, so nothing it has signed is trusted.
    #[error("the own master key is not trusted")]
    OwnMasterKeyUntrusted,
    /// Nothing is known of a user.
    #[error("{0} is not known")]
    UnknownUser(OwnedUserId),
    /// A user has no such device, as far as is known.
    #[error("{user_id} has no device {device_id:?} that is known")]
    UnknownDevice {
        /// The user.
        user_id: OwnedUserId,
        /// The device.
        device_id: OwnedDeviceId,
    },
    /// A user's master key is another than it was, and the user in front of the screen has not been told yet.
    #[error("the master key of {0} has changed")]
    MasterKeyChanged(OwnedUserId),
    /// A device came with another Ed25519 key than it had.
    #[error("the key of device {0:?} has changed")]
    DeviceKeyChanged(OwnedDeviceId),
    /// The ID of a device is also a cross-signing key of its user.
    #[error("the device ID {0:?} is a cross-signing key")]
    DeviceIdIsKey(OwnedDeviceId),

    /// An upload of keys holds none.
    #[error("no key to upload")]
    NothingToUpload,
    /// A key or device whose signatures are uploaded does not exist.
    #[error("{user_id} has no key {key:?}")]
    UnknownKey {
        /// Whose key it would be.
        user_id: OwnedUserId,
        /// The device ID or public key.
        key: String,
    },
    /// An uploaded object is another than the one that is stored under its name.
    #[error("the signed object is not the one that is stored as {0:?}")]
    ObjectMismatch(String),
    /// An upload holds more than one fallback key of an algorithm.
    #[error("more than one fallback key of {0:?}")]
    DuplicateAlgorithm(String),
    /// A fallback key's object does not say that it is one.
    #[error("{0:?} is not marked as a fallback key")]
    NotAFallbackKey(String),
}

impl Error {
    /// Returns the variant's name in snake case; for [`Error::Signature`] that of what it wraps.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::MissingField(_) => "missing_field",
            Self::InvalidField { .. } => "invalid_field",
            Self::InvalidIdentifier { .. } => "invalid_identifier",
            Self::WrongUser { .. } => "wrong_user",
            Self::WrongDevice { .. } => "wrong_device",
            Self::WrongUsage(_) => "wrong_usage",
            Self::NotOneKey(_) => "not_one_key",
            Self::KeyIdMismatch(_) => "key_id_mismatch",
            Self::InvalidKey { .. } => "invalid_key",
            Self::InvalidSecret(_) => "invalid_secret",
            Self::NoRandomness => "no_randomness",
            Self::BrokenLink { .. } => "broken_link",
            Self::Signature(source) => source.kind(),
            Self::MissingKey { .. } => "missing_key",
            Self::OwnMasterKeyUntrusted => "own_master_key_untrusted",
            Self::UnknownUser(_) => "unknown_user",
            Self::UnknownDevice { .. } => "unknown_device",
            Self::MasterKeyChanged(_) => "master_key_changed",
            Self::DeviceKeyChanged(_) => "device_key_changed",
            Self::DeviceIdIsKey(_) => "device_id_is_key",
            Self::NothingToUpload => "nothing_to_upload",
            Self::UnknownKey { .. } => "unknown_key",
            Self::ObjectMismatch(_) => "object_mismatch",
            Self::DuplicateAlgorithm(_) => "duplicate_algorithm",
            Self::NotAFallbackKey(_) => "not_a_fallback_key",
        }
    }

    /// Returns the `errcode` with which a server answers an upload that fails so.
    ///
    /// The specification names `M_INVALID_SIGNATURE`, `M_FORBIDDEN` and, for a missing master key, `M_MISSING_PARAM`.
    /// What it leaves open: an object that is not the stored one counts as wrongly signed, a key that is not stored
    /// as `M_NOT_FOUND`, everything malformed as `M_INVALID_PARAM`.
    pub fn errcode(&self) -> &'static str {
        match self {
            Self::BrokenLink { .. } | Self::Signature(_) | Self::ObjectMismatch(_) => "M_INVALID_SIGNATURE",
            Self::DeviceIdIsKey(_) => "M_FORBIDDEN",
            Self::MissingKey { .. } | Self::MissingField(_) | Self::NothingToUpload => "M_MISSING_PARAM",
            Self::UnknownUser(_) | Self::UnknownDevice { .. } | Self::UnknownKey { .. } => "M_NOT_FOUND",
            _ => "M_INVALID_PARAM",
        }
    }
}
