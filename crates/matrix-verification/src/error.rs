use matrix_identifiers::{OwnedDeviceId, OwnedUserId};

use crate::cancel_code::CancelCode;

/// The ways in which messages, keys and steps can be wrong.
///
/// No message and no field ever holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A message lacks a field.
    #[error("no `{0}`")]
    MissingField(&'static str),
    /// A field has another type or form than it should.
    #[error("`{field}` is not {expected}")]
    InvalidField {
        /// The field.
        field: &'static str,
        /// What it should have been, with its article.
        expected: &'static str,
    },
    /// A field holds a malformed identifier.
    #[error("invalid `{field}` {value:?}: {source}")]
    InvalidIdentifier {
        /// The field.
        field: &'static str,
        /// What the field holds.
        value: String,
        /// What is wrong with it.
        source: matrix_identifiers::Error,
    },
    /// A list or map of a message has more entries than are read.
    #[error("`{field}` has {count} entries, {max} are read", max = crate::message::MAX_ITEMS)]
    TooManyItems {
        /// The field.
        field: &'static str,
        /// How many it has.
        count: usize,
    },
    /// An event type that is none of verification.
    #[error("no verification message: {0:?}")]
    NotVerification(String),

    /// A request is addressed to somebody else, or comes from this very device.
    #[error("the request is not for this device")]
    NotForUs,
    /// A request is too old, or too far in the future.
    #[error("the request of {timestamp_ms} ms is not current at {now_ms} ms")]
    NotCurrent {
        /// When it was made, in milliseconds since the Unix epoch.
        timestamp_ms: i64,
        /// The time now.
        now_ms: i64,
    },
    /// A message belongs to a verification that is not known or over.
    #[error("the transaction {0:?} is not known")]
    UnknownTransaction(String),
    /// So many verifications go on that others may not begin one more.
    #[error("too many verifications at once")]
    TooManyVerifications,
    /// The two devices have no method in common, or none that was asked for.
    #[error("no verification method in common")]
    NoCommonMethod,
    /// The two devices have no key agreement, hash, MAC or SAS method in common.
    #[error("no {0} in common")]
    NoCommonSas(&'static str),
    /// There is no device to send a request to.
    #[error("no device to verify with")]
    NoDevices,

    /// Keys are of another user or device than the one being verified.
    #[error("keys of {found_user} {found_device:?} instead of {expected_user} {expected_device:?}")]
    WrongParty {
        /// Whose they should have been.
        expected_user: OwnedUserId,
        /// Of which device.
        expected_device: OwnedDeviceId,
        /// Whose they are.
        found_user: OwnedUserId,
        /// Of which device.
        found_device: OwnedDeviceId,
    },
    /// The ID of a device is also a cross-signing key of its user, so that nobody can be verified.
    #[error("the device ID {0:?} is a cross-signing key")]
    DeviceIdIsKey(OwnedDeviceId),
    /// Keys that should be verified are not known.
    #[error(transparent)]
    Keys(#[from] matrix_crosssigning::Error),
    /// A verification that has verified no key is none.
    #[error("no key was verified")]
    NothingVerified,

    /// An ephemeral key is not 32 bytes in base64.
    #[error("the ephemeral key is not 32 bytes in base64")]
    InvalidEphemeralKey,
    /// An ephemeral key leads to a shared secret that anybody knows.
    #[error("the ephemeral key contributes nothing to the secret")]
    NonContributoryKey,
    /// A key that arrived is not the one that was committed to.
    #[error("the ephemeral key is not the one that was committed to")]
    MismatchedCommitment,
    /// A MAC is not the one of the key that is known.
    #[error("the MAC of {0:?} does not match")]
    MacMismatch(String),
}

impl Error {
    /// Returns the variant's name in snake case.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::MissingField(_) => "missing_field",
            Self::InvalidField { .. } => "invalid_field",
            Self::InvalidIdentifier { .. } => "invalid_identifier",
            Self::TooManyItems { .. } => "too_many_items",
            Self::NotVerification(_) => "not_verification",
            Self::NotForUs => "not_for_us",
            Self::NotCurrent { .. } => "not_current",
            Self::UnknownTransaction(_) => "unknown_transaction",
            Self::TooManyVerifications => "too_many_verifications",
            Self::NoCommonMethod => "no_common_method",
            Self::NoCommonSas(_) => "no_common_sas",
            Self::NoDevices => "no_devices",
            Self::WrongParty { .. } => "wrong_party",
            Self::DeviceIdIsKey(_) => "device_id_is_key",
            Self::Keys(_) => "keys",
            Self::NothingVerified => "nothing_verified",
            Self::InvalidEphemeralKey => "invalid_ephemeral_key",
            Self::NonContributoryKey => "non_contributory_key",
            Self::MismatchedCommitment => "mismatched_commitment",
            Self::MacMismatch(_) => "mac_mismatch",
        }
    }

    /// Returns the code to cancel a verification with because of this error.
    pub fn cancel_code(&self) -> CancelCode {
        match self {
            Self::UnknownTransaction(_) => CancelCode::UnknownTransaction,
            Self::NoCommonMethod | Self::NoCommonSas(_) => CancelCode::UnknownMethod,
            Self::NotCurrent { .. } => CancelCode::Timeout,
            Self::NotForUs | Self::WrongParty { .. } => CancelCode::UserMismatch,
            Self::DeviceIdIsKey(_) | Self::Keys(_) | Self::NothingVerified | Self::MacMismatch(_) => {
                CancelCode::KeyMismatch
            }
            Self::MismatchedCommitment => CancelCode::MismatchedCommitment,
            _ => CancelCode::InvalidMessage,
        }
    }
}
