use matrix_verification::CancelCode;

/// The ways in which codes can be wrong.
///
/// No message and no field ever holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes do not begin with `MATRIX`.
    #[error("no code of Matrix: it does not begin with MATRIX")]
    NotMatrix,
    /// The code is of another version than 2.
    #[error("the code has version {0} at byte 6 instead of 2")]
    UnknownVersion(u8),
    /// The code is of a mode that does not exist.
    #[error("the code has the unknown mode {0} at byte 7")]
    UnknownMode(u8),
    /// The code ends too early.
    #[error("the code ends after {length} bytes, within {field}")]
    Truncated {
        /// How long it is.
        length: usize,
        /// Within what it ends.
        field: &'static str,
    },
    /// The code is longer than any symbol can hold.
    #[error("a code of {0} bytes, {max} fit into a symbol", max = crate::code::MAX_CODE_BYTES)]
    TooLong(usize),
    /// The ID of the verification is not UTF-8.
    #[error("the ID in the code is not UTF-8 at byte {0}")]
    InvalidUtf8(usize),
    /// The ID of the verification is longer than the code can say.
    #[error("an ID of {0} bytes, {max} can be written", max = crate::code::MAX_FLOW_ID_BYTES)]
    FlowIdTooLong(usize),
    /// The secret is shorter than it has to be.
    #[error("a secret of {length} bytes, {min} are needed")]
    SecretTooShort {
        /// How long it is.
        length: usize,
        /// How long it has to be.
        min: usize,
    },

    /// The other device has not said that it can scan, or this one that it can show; or the other way round.
    #[error("the two devices cannot verify by QR code so")]
    NotAnnounced,
    /// The code is of another verification.
    #[error("the code is of another verification")]
    WrongFlow,
    /// The code is for verifying another user where it is about one's own device, or the other way round.
    #[error("the code has the mode {0:?}, which does not fit")]
    WrongMode(crate::Mode),
    /// A key in the code is not the one that this device knows.
    #[error("{0} in the code is another than the one that is known")]
    KeyMismatch(&'static str),
    /// A key that has to be in the code, or to be compared with it, is not known.
    #[error("{0} is not known")]
    MissingKey(&'static str),
    /// Neither of the two devices trusts the user's master key.
    #[error("neither device trusts the master key")]
    MasterKeyUntrusted,
    /// The other device has not scanned this code: the secret is another.
    #[error("the secret is not the one of the code that was shown")]
    SecretMismatch,
    /// The other device's message is not about a scanned code.
    #[error("`secret` is not base64, or the method is another")]
    InvalidReciprocate,
    /// What the verification itself says.
    #[error(transparent)]
    Verification(#[from] matrix_verification::Error),
}

impl Error {
    /// Returns the variant's name in snake case; for [`Error::Verification`] that of what it wraps.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NotMatrix => "not_matrix",
            Self::UnknownVersion(_) => "unknown_version",
            Self::UnknownMode(_) => "unknown_mode",
            Self::Truncated { .. } => "truncated",
            Self::TooLong(_) => "too_long",
            Self::InvalidUtf8(_) => "invalid_utf8",
            Self::FlowIdTooLong(_) => "flow_id_too_long",
            Self::SecretTooShort { .. } => "secret_too_short",
            Self::NotAnnounced => "not_announced",
            Self::WrongFlow => "wrong_flow",
            Self::WrongMode(_) => "wrong_mode",
            Self::KeyMismatch(_) => "key_mismatch",
            Self::MissingKey(_) => "missing_key",
            Self::MasterKeyUntrusted => "master_key_untrusted",
            Self::SecretMismatch => "secret_mismatch",
            Self::InvalidReciprocate => "invalid_reciprocate",
            Self::Verification(source) => source.kind(),
        }
    }

    /// Returns the code to cancel a verification with because of this error.
    ///
    /// `m.qr_code.invalid`, for what is no code at all, is known to MSC1543 alone.
    pub fn cancel_code(&self) -> CancelCode {
        match self {
            Self::KeyMismatch(_) | Self::MissingKey(_) | Self::MasterKeyUntrusted | Self::SecretMismatch => {
                CancelCode::KeyMismatch
            }
            Self::WrongMode(_) => CancelCode::UserMismatch,
            Self::NotAnnounced => CancelCode::UnknownMethod,
            Self::InvalidReciprocate => CancelCode::InvalidMessage,
            Self::Verification(source) => source.cancel_code(),
            _ => CancelCode::QrCodeInvalid,
        }
    }
}
