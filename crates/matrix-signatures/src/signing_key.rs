use core::{fmt, str::FromStr};

use ed25519_dalek::Signer as _;
use matrix_identifiers::OwnedServerSigningKeyId;
use zeroize::Zeroizing;

use crate::{encoding, error::Error, public_key::PublicKey, signature::Signature};

pub(crate) const ALGORITHM: &str = "ed25519";

/// A secret Ed25519 key with the version that distinguishes it from its owner's other keys.
///
/// The key is wiped from memory when it is dropped, compared in constant time, and never shown: there is no
/// `Display`, and `Debug` prints the public half.
///
/// ```
/// use matrix_signatures::SigningKey;
///
/// let key: SigningKey = "ed25519 1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1".parse()?;
/// assert_eq!(key.key_id(), "ed25519:1");
/// assert_eq!(key.public_key().to_base64(), "XGX0JRS2Af3be3knz2fBiRbApjm2Dh61gXDJA8kcJNI");
/// # Ok::<(), matrix_signatures::Error>(())
/// ```
#[derive(Clone)]
pub struct SigningKey {
    /// Wiped on drop by its own crate.
    secret: ed25519_dalek::SigningKey,
    key_id: String,
}

impl SigningKey {
    /// Makes a key of a seed of 32 bytes.
    ///
    /// The version of a server's key consists of `a-z`, `A-Z`, `0-9` and `_`; what users sign with has the device ID
    /// or the public key in its place, so any text without white space and control characters is taken.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidKeyVersion`].
    pub fn from_seed(version: &str, seed: &[u8; 32]) -> Result<Self, Error> {
        if version.is_empty() || version.chars().any(|char| char.is_whitespace() || char.is_control()) {
            return Err(Error::InvalidKeyVersion(version.to_owned()));
        }
        let secret = ed25519_dalek::SigningKey::from_bytes(seed);
        Ok(Self { secret, key_id: format!("{ALGORITHM}:{version}") })
    }

    /// Makes a new key of the operating system's randomness.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidKeyVersion`] as for [`SigningKey::from_seed`], [`Error::NoRandomness`].
    #[cfg(feature = "getrandom")]
    pub fn generate(version: &str) -> Result<Self, Error> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut_slice()).map_err(|_| Error::NoRandomness)?;
        Self::from_seed(version, &seed)
    }

    /// Reads a line of a homeserver's signing key file: `ed25519 <version> <base64 seed>`, separated by white space.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidKeyLine`], [`Error::UnsupportedAlgorithm`], [`Error::InvalidKeyVersion`] if the version does not
    /// suit a server's key, [`Error::InvalidBase64`] or [`Error::InvalidLength`]. None of them holds the seed.
    pub fn parse_line(line: &str) -> Result<Self, Error> {
        let mut words = line.split_whitespace();
        let algorithm = words.next().ok_or(Error::InvalidKeyLine("it is empty"))?;
        let version = words.next().ok_or(Error::InvalidKeyLine("it has no version"))?;
        let seed = words.next().ok_or(Error::InvalidKeyLine("it has no seed"))?;
        if words.next().is_some() {
            return Err(Error::InvalidKeyLine("something follows the seed"));
        }
        if algorithm != ALGORITHM {
            return Err(Error::UnsupportedAlgorithm(algorithm.to_owned()));
        }
        OwnedServerSigningKeyId::new(algorithm, version)
            .map_err(|_| Error::InvalidKeyVersion(version.to_owned()))?;
        Self::from_seed(version, &Zeroizing::new(encoding::decode(seed, "seed")?))
    }

    /// Writes the line of a signing key file, which holds the secret; it is wiped when dropped.
    pub fn to_line(&self) -> Zeroizing<String> {
        let seed = Zeroizing::new(encoding::encode(&*self.seed()));
        Zeroizing::new(format!("{ALGORITHM} {} {}", self.version(), *seed))
    }

    /// Returns the secret seed of 32 bytes; the copy is wiped when dropped.
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.secret.to_bytes())
    }

    /// Returns the key's ID, such as `ed25519:1`.
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// Returns what follows `ed25519:` in the key's ID.
    pub fn version(&self) -> &str {
        self.key_id.split_once(':').map_or("", |(_, version)| version)
    }

    /// Returns the public half.
    pub fn public_key(&self) -> PublicKey {
        PublicKey::from_dalek(self.secret.verifying_key())
    }

    /// Signs bytes as they are.
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature::from_bytes(self.secret.sign(message).to_bytes())
    }
}

/// As [`SigningKey::parse_line`].
impl FromStr for SigningKey {
    type Err = Error;

    fn from_str(line: &str) -> Result<Self, Error> {
        Self::parse_line(line)
    }
}

/// Compares the secrets in constant time.
impl PartialEq for SigningKey {
    fn eq(&self, other: &Self) -> bool {
        // `ed25519_dalek` compares in constant time; the IDs are no secret.
        (self.secret == other.secret) & (self.key_id == other.key_id)
    }
}

impl Eq for SigningKey {}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("key_id", &self.key_id)
            .field("public_key", &self.public_key())
            .finish_non_exhaustive()
    }
}
