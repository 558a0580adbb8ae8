/// The ways in which hashing, signing and verifying can fail.
///
/// No message and no field ever holds a secret key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The event lacks a field.
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
    /// The event can't be redacted, so there is nothing to sign, verify or hash.
    #[error("cannot redact the event: {0}")]
    Unredactable(#[from] matrix_redaction::Error),

    /// A server or user whose signature is needed has not signed.
    #[error("not signed by {entity}")]
    MissingSignature {
        /// Whose signature is missing.
        entity: String,
    },
    /// A server whose signature is needed has signed, but with no key that is known.
    #[error("{entity} has signed with no key that is known")]
    UnknownKey {
        /// Whose keys are unknown.
        entity: String,
    },
    /// A server whose signature is needed has signed, but with no key that was valid at the time.
    #[error("key {key_id} of {entity} is not valid at {at_ms} ms")]
    ExpiredKey {
        /// Whose key it is.
        entity: String,
        /// The key's ID.
        key_id: String,
        /// The time at which it should have been valid, in milliseconds since the Unix epoch.
        at_ms: i64,
    },
    /// A signature is not what the key makes of the signed bytes.
    #[error("the signature of {entity} with {key_id} does not verify")]
    InvalidSignature {
        /// Whose signature it is.
        entity: String,
        /// The ID of the key.
        key_id: String,
    },
    /// A signature is not 64 bytes in base64.
    #[error("the signature of {entity} with {key_id} is not 64 bytes in base64")]
    MalformedSignature {
        /// Whose signature it is.
        entity: String,
        /// The ID of the key.
        key_id: String,
    },
    /// A key uses an algorithm other than `ed25519`.
    #[error("algorithm of key {0:?} is not ed25519")]
    UnsupportedAlgorithm(String),

    /// Something that should be base64 of the standard alphabet is not.
    #[error("{0} is not base64")]
    InvalidBase64(&'static str),
    /// Something in base64 has the wrong length.
    #[error("{what} has {length} bytes instead of {expected}")]
    InvalidLength {
        /// What it is.
        what: &'static str,
        /// How many bytes it has.
        length: usize,
        /// How many it should have.
        expected: usize,
    },
    /// A public key is no point of the curve, or one of the few under which anything verifies.
    #[error("unusable ed25519 public key {0}")]
    InvalidPublicKey(String),
    /// A key's version is empty or holds characters it can't have.
    #[error("invalid key version {0:?}")]
    InvalidKeyVersion(String),
    /// A line of a signing key file is not `ed25519 <version> <base64 seed>`.
    #[error("not a signing key line: {0}")]
    InvalidKeyLine(&'static str),
    /// The operating system gave no randomness.
    #[error("no randomness to make a key of")]
    NoRandomness,
    /// A key object is another server's than the one asked for.
    #[error("keys of {found} instead of {expected}")]
    WrongServer {
        /// The server asked for.
        expected: String,
        /// The server that the object names.
        found: String,
    },

    /// The event holds something that strict canonical JSON excludes.
    #[error("not canonical JSON: {0}")]
    NotCanonicalJson(#[from] matrix_canonicaljson::Error),
    /// The event is larger than 65,536 bytes.
    #[error("event of {bytes} bytes, {max} are allowed", max = crate::format::MAX_EVENT_BYTES)]
    EventTooLarge {
        /// Its size as canonical JSON.
        bytes: usize,
    },
    /// A field is longer than 255 code points, or bytes, whichever the room version counts.
    #[error("`{field}` is longer than {max} {unit}: {length}", max = crate::format::MAX_ID_LENGTH)]
    FieldTooLong {
        /// The path to the field.
        field: String,
        /// Its length in that unit.
        length: usize,
        /// `code points` or `bytes`.
        unit: &'static str,
    },
    /// `auth_events` or `prev_events` has too many entries.
    #[error("`{field}` has {count} entries, {max} are allowed")]
    TooManyEvents {
        /// The field.
        field: &'static str,
        /// How many it has.
        count: usize,
        /// How many it may have.
        max: usize,
    },
    /// `depth` is negative or larger than the room version allows.
    #[error("`depth` is not between 0 and {max}")]
    DepthOutOfRange {
        /// The largest depth.
        max: i64,
    },
    /// The event has a field that it must not have.
    #[error("`{0}` must not be there")]
    UnexpectedField(&'static str),
}

impl Error {
    /// Returns the variant's name in snake case.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::MissingField(_) => "missing_field",
            Self::InvalidField { .. } => "invalid_field",
            Self::InvalidIdentifier { .. } => "invalid_identifier",
            Self::Unredactable(_) => "unredactable",
            Self::MissingSignature { .. } => "missing_signature",
            Self::UnknownKey { .. } => "unknown_key",
            Self::ExpiredKey { .. } => "expired_key",
            Self::InvalidSignature { .. } => "invalid_signature",
            Self::MalformedSignature { .. } => "malformed_signature",
            Self::UnsupportedAlgorithm(_) => "unsupported_algorithm",
            Self::InvalidBase64(_) => "invalid_base64",
            Self::InvalidLength { .. } => "invalid_length",
            Self::InvalidPublicKey(_) => "invalid_public_key",
            Self::InvalidKeyVersion(_) => "invalid_key_version",
            Self::InvalidKeyLine(_) => "invalid_key_line",
            Self::NoRandomness => "no_randomness",
            Self::WrongServer { .. } => "wrong_server",
            Self::NotCanonicalJson(_) => "not_canonical_json",
            Self::EventTooLarge { .. } => "event_too_large",
            Self::FieldTooLong { .. } => "field_too_long",
            Self::TooManyEvents { .. } => "too_many_events",
            Self::DepthOutOfRange { .. } => "depth_out_of_range",
            Self::UnexpectedField(_) => "unexpected_field",
        }
    }
}
