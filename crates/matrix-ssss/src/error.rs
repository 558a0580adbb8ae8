/// The ways in which secret storage and sharing can fail.
///
/// No message and no field ever holds a key, a passphrase or a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The recovery key is empty, or white space alone.
    #[error("the recovery key is empty")]
    RecoveryKeyEmpty,
    /// The recovery key holds a character that is neither white space nor a digit of base58.
    #[error("no base58 digit at byte {offset} of the recovery key")]
    RecoveryKeyAlphabet {
        /// Where the character starts in the text, in bytes.
        offset: usize,
    },
    /// The recovery key is not of 35 bytes.
    #[error("a recovery key of {digits} digits does not hold 35 bytes")]
    RecoveryKeyLength {
        /// How many base58 digits it has.
        digits: usize,
    },
    /// The recovery key does not begin with the bytes `8B 01`.
    #[error("the recovery key does not begin with the bytes 8b 01")]
    RecoveryKeyPrefix,
    /// The parity byte of the recovery key does not fit the rest: something is mistyped.
    #[error("the parity byte of the recovery key does not fit the rest")]
    RecoveryKeyParity,
    /// A key has a size for which there is no recovery key.
    #[error("a key of {bytes} bytes where 32 are needed")]
    KeySize {
        /// The size of the key.
        bytes: usize,
    },
    /// A key of no bytes at all.
    #[error("the key is empty")]
    EmptyKey,

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

    /// A key description or a backup has an algorithm that is not known.
    #[error("unknown algorithm {0:?}")]
    UnsupportedAlgorithm(String),
    /// A key or a secret has the asymmetric form that MSC2472 removed.
    #[error("the asymmetric form m.secret_storage.v1.curve25519-aes-sha2 was removed from Matrix")]
    RemovedAlgorithm,
    /// A secret has the `passthrough` form of MSC1219, which MSC2472 removed.
    #[error("the `passthrough` form of a secret was removed from Matrix")]
    RemovedPassthrough,
    /// A passphrase is to be turned into a key in a way that is not known.
    #[error("unknown passphrase algorithm {0:?}")]
    UnsupportedPassphraseAlgorithm(String),
    /// The iterations of a passphrase are zero, negative, or more than the caller allows.
    #[error("{found} iterations, between 1 and {max} are allowed")]
    IterationsOutOfRange {
        /// The number in the description.
        found: i64,
        /// The most that the limits allow for this many bits.
        max: u32,
    },
    /// The bits of a passphrase are no positive multiple of 8, or more than the caller allows.
    #[error("keys of {found} bits, multiples of 8 up to {max} are allowed")]
    BitsOutOfRange {
        /// The number in the description.
        found: i64,
        /// The most that the limits allow.
        max: u32,
    },

    /// The MAC of an encrypted secret does not fit: another key, another name, or changed data.
    #[error("the mac does not fit: another key, another name or changed data")]
    MacMismatch,
    /// A secret is not UTF-8.
    #[error("the secret is not utf-8")]
    NotUtf8,
    /// HKDF or HMAC refused a length. All lengths used here are valid, so this does not occur.
    #[error("a key cannot be derived")]
    KeyDerivation,
    /// The generator gave no randomness.
    #[error("no randomness")]
    NoRandomness,

    /// Account data holds no secret of that name.
    #[error("there is no secret {0:?}")]
    UnknownSecret(String),
    /// Account data holds no description of that key.
    #[error("there is no key {0:?}")]
    UnknownKey(String),
    /// A key of that ID exists, which a new one must not replace.
    #[error("there is a key {0:?} already")]
    KeyExists(String),
    /// A secret is not encrypted with that key.
    #[error("the secret {name:?} is not encrypted with the key {key_id:?}")]
    NotEncryptedWith {
        /// The name of the secret.
        name: String,
        /// The ID of the key.
        key_id: String,
    },
    /// The key is not the one that its description describes.
    #[error("that is not the key {0:?}")]
    WrongKey(String),
    /// A secret is to be stored under no key, which nobody could open.
    #[error("no key to encrypt with")]
    NoKeys,
}

impl Error {
    /// Returns the variant's name in snake case.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::RecoveryKeyEmpty => "recovery_key_empty",
            Self::RecoveryKeyAlphabet { .. } => "recovery_key_alphabet",
            Self::RecoveryKeyLength { .. } => "recovery_key_length",
            Self::RecoveryKeyPrefix => "recovery_key_prefix",
            Self::RecoveryKeyParity => "recovery_key_parity",
            Self::KeySize { .. } => "key_size",
            Self::EmptyKey => "empty_key",
            Self::MissingField(_) => "missing_field",
            Self::InvalidField { .. } => "invalid_field",
            Self::InvalidBase64(_) => "invalid_base64",
            Self::InvalidLength { .. } => "invalid_length",
            Self::UnsupportedAlgorithm(_) => "unsupported_algorithm",
            Self::RemovedAlgorithm => "removed_algorithm",
            Self::RemovedPassthrough => "removed_passthrough",
            Self::UnsupportedPassphraseAlgorithm(_) => "unsupported_passphrase_algorithm",
            Self::IterationsOutOfRange { .. } => "iterations_out_of_range",
            Self::BitsOutOfRange { .. } => "bits_out_of_range",
            Self::MacMismatch => "mac_mismatch",
            Self::NotUtf8 => "not_utf8",
            Self::KeyDerivation => "key_derivation",
            Self::NoRandomness => "no_randomness",
            Self::UnknownSecret(_) => "unknown_secret",
            Self::UnknownKey(_) => "unknown_key",
            Self::KeyExists(_) => "key_exists",
            Self::NotEncryptedWith { .. } => "not_encrypted_with",
            Self::WrongKey(_) => "wrong_key",
            Self::NoKeys => "no_keys",
        }
    }
}
