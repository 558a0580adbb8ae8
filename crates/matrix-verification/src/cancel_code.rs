use core::fmt;

/// Why a verification was cancelled, for machines.
///
/// Source: [`m.key.verification.cancel`](https://spec.matrix.org/v1.19/client-server-api/#mkeyverificationcancel),
/// MSC1717; those of SAS from [its error handling](https://spec.matrix.org/v1.19/client-server-api/#verification-messages-specific-to-sas).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CancelCode {
    /// `m.user`: the user did not want to go on.
    User,
    /// `m.timeout`: it took too long.
    Timeout,
    /// `m.unknown_transaction`: the verification is not known.
    UnknownTransaction,
    /// `m.unknown_method`: no method, key agreement, hash, MAC or SAS in common.
    UnknownMethod,
    /// `m.unexpected_message`: a message that has no place where the verification stands.
    UnexpectedMessage,
    /// `m.key_mismatch`: a key is not the expected one.
    KeyMismatch,
    /// `m.user_mismatch`: it is about another user than expected.
    UserMismatch,
    /// `m.invalid_message`: a message is malformed.
    InvalidMessage,
    /// `m.accepted`: another device has accepted the request.
    Accepted,
    /// `m.mismatched_commitment`: a key is not the one that was committed to.
    MismatchedCommitment,
    /// `m.mismatched_sas`: the user says that the short strings differ.
    MismatchedSas,
    /// `m.qr_code.invalid`: a scanned code is none of verification. Known to MSC1543 alone.
    QrCodeInvalid,
    /// Any other.
    Other(String),
}

impl CancelCode {
    /// The codes that have a name.
    pub const KNOWN: [Self; 12] = [
        Self::User,
        Self::Timeout,
        Self::UnknownTransaction,
        Self::UnknownMethod,
        Self::UnexpectedMessage,
        Self::KeyMismatch,
        Self::UserMismatch,
        Self::InvalidMessage,
        Self::Accepted,
        Self::MismatchedCommitment,
        Self::MismatchedSas,
        Self::QrCodeInvalid,
    ];

    /// Returns the code as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::User => "m.user",
            Self::Timeout => "m.timeout",
            Self::UnknownTransaction => "m.unknown_transaction",
            Self::UnknownMethod => "m.unknown_method",
            Self::UnexpectedMessage => "m.unexpected_message",
            Self::KeyMismatch => "m.key_mismatch",
            Self::UserMismatch => "m.user_mismatch",
            Self::InvalidMessage => "m.invalid_message",
            Self::Accepted => "m.accepted",
            Self::MismatchedCommitment => "m.mismatched_commitment",
            Self::MismatchedSas => "m.mismatched_sas",
            Self::QrCodeInvalid => "m.qr_code.invalid",
            Self::Other(code) => code,
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Self {
        Self::KNOWN
            .into_iter()
            .find(|known| known.as_str() == code)
            .unwrap_or_else(|| Self::Other(code.to_owned()))
    }

    /// Returns the words for humans that go with the code.
    pub fn reason(&self) -> &str {
        match self {
            Self::User => "The user cancelled the verification.",
            Self::Timeout => "The verification took too long.",
            Self::UnknownTransaction => "This verification is not known.",
            Self::UnknownMethod => "There is no way to verify that both devices know.",
            Self::UnexpectedMessage => "A message came that was not expected.",
            Self::KeyMismatch => "The keys do not match.",
            Self::UserMismatch => "It is another user than expected.",
            Self::InvalidMessage => "A message is not valid.",
            Self::Accepted => "Another device has accepted the request.",
            Self::MismatchedCommitment => "The key is not the one that was announced.",
            Self::MismatchedSas => "The emoji or numbers do not match.",
            Self::QrCodeInvalid => "The QR code is not valid.",
            Self::Other(code) => code,
        }
    }
}

impl fmt::Display for CancelCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
