use matrix_canonicaljson::Object;

/// The ways in which a key backup can fail, on a client or on a server.
///
/// No message and no field ever holds a key, a passphrase or a session.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An object lacks a field.
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
    /// A field is not base64 of the standard alphabet.
    #[error("`{0}` is not base64")]
    InvalidBase64(&'static str),
    /// A field in base64 has the wrong length.
    #[error("`{field}` has {length} bytes instead of {expected}")]
    InvalidLength {
        /// The field.
        field: &'static str,
        /// How many bytes it has.
        length: usize,
        /// How many it should have.
        expected: usize,
    },
    /// A backup or a session has an algorithm that is not known.
    #[error("unknown algorithm {0:?}")]
    UnsupportedAlgorithm(String),

    /// A public key is one with which every private key agrees on the same secret.
    #[error("the diffie-hellman result is not contributory")]
    NonContributory,
    /// The MAC of a session fits neither in the deployed nor in the proposed form.
    #[error("the mac does not fit")]
    MacMismatch,
    /// A session does not decrypt: another key, or changed data.
    #[error("the padding is wrong: another key or changed data")]
    InvalidPadding,
    /// A decrypted session is not a JSON object.
    #[error("the session is not a json object")]
    NotJson,
    /// The private key is not the backup's.
    #[error("the key is not that of the backup")]
    KeyMismatch,
    /// The backup's key was not made of a passphrase.
    #[error("the backup has no passphrase")]
    NoPassphrase,
    /// HKDF, HMAC or AES refused a length. All lengths used here are valid, so this does not occur.
    #[error("a key cannot be derived")]
    KeyDerivation,
    /// The generator gave no randomness.
    #[error("no randomness")]
    NoRandomness,
    /// More sessions than go into one batch.
    #[error("{found} sessions, {max} go into a batch", max = crate::batch::MAX_BATCH)]
    BatchTooLarge {
        /// How many there are.
        found: usize,
    },
    /// There is not one ephemeral key for each session.
    #[error("{found} ephemeral keys for {expected} sessions")]
    EphemeralCount {
        /// How many keys there are.
        found: usize,
        /// How many sessions there are.
        expected: usize,
    },

    /// There is no such backup, or no such key in it: `M_NOT_FOUND`.
    #[error("not found: {0}")]
    NotFound(String),
    /// Keys can be added to the current backup only: `M_WRONG_ROOM_KEYS_VERSION`.
    #[error("the current backup is version {current_version:?}")]
    WrongRoomKeysVersion {
        /// The version that is current.
        current_version: String,
    },
    /// The version in the body is not that of the path: `M_INVALID_PARAM`.
    #[error("version {found:?} in the body instead of {expected:?}")]
    VersionMismatch {
        /// The version of the path.
        expected: String,
        /// The version of the body.
        found: String,
    },
    /// The algorithm of a backup cannot be changed: `M_INVALID_PARAM`.
    #[error("algorithm {found:?} instead of {expected:?}")]
    AlgorithmMismatch {
        /// The algorithm of the backup.
        expected: String,
        /// The algorithm of the body.
        found: String,
    },

    /// A recovery key, a passphrase or a stored secret cannot be used.
    #[error(transparent)]
    Ssss(#[from] matrix_ssss::Error),
    /// `auth_data` cannot be signed.
    #[error(transparent)]
    Signature(#[from] matrix_signatures::Error),
}

const NOT_FOUND: &str = "M_NOT_FOUND";
const WRONG_ROOM_KEYS_VERSION: &str = "M_WRONG_ROOM_KEYS_VERSION";

impl Error {
    /// Returns the variant's name in snake case.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::MissingField(_) => "missing_field",
            Self::InvalidField { .. } => "invalid_field",
            Self::InvalidBase64(_) => "invalid_base64",
            Self::InvalidLength { .. } => "invalid_length",
            Self::UnsupportedAlgorithm(_) => "unsupported_algorithm",
            Self::NonContributory => "non_contributory",
            Self::MacMismatch => "mac_mismatch",
            Self::InvalidPadding => "invalid_padding",
            Self::NotJson => "not_json",
            Self::KeyMismatch => "key_mismatch",
            Self::NoPassphrase => "no_passphrase",
            Self::KeyDerivation => "key_derivation",
            Self::NoRandomness => "no_randomness",
            Self::BatchTooLarge { .. } => "batch_too_large",
            Self::EphemeralCount { .. } => "ephemeral_count",
            Self::NotFound(_) => "not_found",
            Self::WrongRoomKeysVersion { .. } => "wrong_room_keys_version",
            Self::VersionMismatch { .. } => "version_mismatch",
            Self::AlgorithmMismatch { .. } => "algorithm_mismatch",
            Self::Ssss(error) => error.kind(),
            Self::Signature(error) => error.kind(),
        }
    }

    /// Returns the HTTP status and the `errcode` with which a server answers, for the errors of its store.
    pub fn response(&self) -> Option<(u16, &'static str)> {
        match self {
            Self::NotFound(_) => Some((404, NOT_FOUND)),
            Self::WrongRoomKeysVersion { .. } => Some((403, WRONG_ROOM_KEYS_VERSION)),
            Self::VersionMismatch { .. } | Self::AlgorithmMismatch { .. } => Some((400, "M_INVALID_PARAM")),
            _ => None,
        }
    }

    /// Writes the body with which a server answers, for the errors of its store.
    pub fn response_body(&self) -> Option<Object> {
        let (_, errcode) = self.response()?;
        let mut body = Object::from([("errcode", errcode.to_owned()), ("error", self.to_string())]);
        if let Self::WrongRoomKeysVersion { current_version } = self {
            body.insert("current_version", current_version.as_str());
        }
        Some(body)
    }

    /// Reads the body of a server's answer: `M_WRONG_ROOM_KEYS_VERSION` with its `current_version`, or `M_NOT_FOUND`.
    ///
    /// On the former a client fetches the current backup and finds out anew whether it
    /// [trusts](crate::AuthData::trust) it; only then does it upload anything more.
    pub fn from_response_body(body: &Object) -> Option<Self> {
        match body.get_str("errcode")? {
            NOT_FOUND => Some(Self::NotFound(body.get_str("error").unwrap_or_default().to_owned())),
            WRONG_ROOM_KEYS_VERSION => {
                let current_version = body.get_str("current_version")?.to_owned();
                Some(Self::WrongRoomKeysVersion { current_version })
            }
            _ => None,
        }
    }
}
