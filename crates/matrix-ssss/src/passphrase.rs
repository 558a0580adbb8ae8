use matrix_canonicaljson::{Object, Value};
use pbkdf2::pbkdf2_hmac;
use rand_core::TryCryptoRng;
use sha2::Sha512;
use zeroize::Zeroizing;

use crate::{
    encoding,
    error::Error,
    fields::{self, invalid},
    names, random,
    storage_key::SecretStorageKey,
};

/// The size of a key when a description names none, in bits.
pub const DEFAULT_BITS: u32 = 256;

/// The iterations of new passphrases, as deployed clients have it: about a third of a second.
pub const DEFAULT_ITERATIONS: u32 = 500_000;

/// The bits that one run of PBKDF2-HMAC-SHA512 gives.
const BLOCK_BITS: u32 = 512;

/// How much work a description may ask for. The server keeps it, so a hostile server sets the numbers.
///
/// The default allows 10,000,000 iterations, twenty times what clients use and some seconds of work, and keys of
/// 4,096 bits. Each 512 bits begun cost all the iterations once more, so they count: with the default, a key of 1,024
/// bits may have 5,000,000 iterations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most iterations, over all blocks of 512 bits.
    pub max_iterations: u32,
    /// The largest key, in bits.
    pub max_bits: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_iterations: 10_000_000, max_bits: 4_096 }
    }
}

/// How a passphrase is turned into a key: PBKDF2 with HMAC-SHA512.
///
/// See [deriving keys from passphrases](https://spec.matrix.org/v1.19/client-server-api/#deriving-keys-from-passphrases).
/// The numbers are as they were read, and judged when a key is derived.
///
/// ```
/// use matrix_ssss::{Limits, PassphraseInfo};
///
/// let info: matrix_canonicaljson::Object =
///     r#"{"algorithm":"m.pbkdf2","salt":"IuLnH7S85YtZmkkBJKwNUKxWF42g9O1H","iterations":10}"#.parse()?;
/// let info = PassphraseInfo::from_object(&info)?;
/// let key = info.derive("It's a secret to everybody", &Limits::default())?;
/// assert_eq!(key.as_bytes()[..4], [0x39, 0x7a, 0xff, 0x44]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassphraseInfo {
    /// The salt: the text itself is what counts, it is not base64 of anything.
    pub salt: String,
    /// The number of iterations.
    pub iterations: i64,
    /// The size of the key in bits; [`DEFAULT_BITS`] if `None`.
    pub bits: Option<i64>,
}

impl PassphraseInfo {
    /// Makes the description for a new passphrase: 256 bits, [`DEFAULT_ITERATIONS`], a fresh salt.
    ///
    /// [`PassphraseInfo::from_random`] takes the bytes of the salt instead.
    ///
    /// # Errors
    ///
    /// [`Error::NoRandomness`].
    pub fn generate<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, Error> {
        Ok(Self::from_random(&random::array(rng)?))
    }

    /// Makes the description for a new passphrase of the 24 random bytes of its salt.
    pub fn from_random(bytes: &[u8; 24]) -> Self {
        let salt = encoding::encode_url_safe(bytes);
        Self { salt, iterations: DEFAULT_ITERATIONS.into(), bits: None }
    }

    /// Reads the `passphrase` of a key description.
    ///
    /// # Errors
    ///
    /// [`Error::UnsupportedPassphraseAlgorithm`] unless `algorithm` is `m.pbkdf2`, [`Error::MissingField`],
    /// [`Error::InvalidField`].
    pub fn from_object(object: &Object) -> Result<Self, Error> {
        let algorithm = fields::text(object, "algorithm")?;
        if algorithm != names::PBKDF2 {
            return Err(Error::UnsupportedPassphraseAlgorithm(algorithm.to_owned()));
        }
        Ok(Self {
            salt: fields::text(object, "salt")?.to_owned(),
            iterations: fields::optional_integer(object, "iterations")?
                .ok_or(Error::MissingField("iterations"))?,
            bits: fields::optional_integer(object, "bits")?,
        })
    }

    /// Writes the `passphrase` of a key description.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidField`] if a number is outside the range of JSON in Matrix.
    pub fn to_object(&self) -> Result<Object, Error> {
        let integer = |field, number: i64| {
            number.try_into().map(Value::Integer).map_err(|_| invalid(field, "an integer of 53 bits"))
        };
        let mut object = Object::from([("algorithm", names::PBKDF2), ("salt", self.salt.as_str())]);
        object.insert("iterations", integer("iterations", self.iterations)?);
        if let Some(bits) = self.bits {
            object.insert("bits", integer("bits", bits)?);
        }
        Ok(object)
    }

    /// Derives the key from a passphrase, which is the caller's to wipe.
    ///
    /// # Errors
    ///
    /// [`Error::BitsOutOfRange`] or [`Error::IterationsOutOfRange`].
    pub fn derive(&self, passphrase: &str, limits: &Limits) -> Result<SecretStorageKey, Error> {
        let (iterations, bytes) = self.check(limits)?;
        let mut key = Zeroizing::new(vec![0; bytes]);
        pbkdf2(passphrase, &self.salt, iterations, &mut key);
        SecretStorageKey::from_bytes(&key)
    }

    /// Returns the iterations and the size in bytes, when they are within the limits.
    fn check(&self, limits: &Limits) -> Result<(u32, usize), Error> {
        let found = self.bits.unwrap_or(DEFAULT_BITS.into());
        let bits = u32::try_from(found)
            .ok()
            .filter(|bits| *bits > 0 && bits % 8 == 0 && *bits <= limits.max_bits)
            .ok_or(Error::BitsOutOfRange { found, max: limits.max_bits })?;
        let max = limits.max_iterations / bits.div_ceil(BLOCK_BITS);
        let found = self.iterations;
        let iterations = u32::try_from(found)
            .ok()
            .filter(|iterations| (1..=max).contains(iterations))
            .ok_or(Error::IterationsOutOfRange { found, max })?;
        let bytes = usize::try_from(bits / 8).map_err(|_| Error::KeyDerivation)?;
        Ok((iterations, bytes))
    }
}

/// Out of line, as the loop within is 4 % slower where it is compiled into what surrounds it.
#[inline(never)]
fn pbkdf2(passphrase: &str, salt: &str, iterations: u32, key: &mut [u8]) {
    pbkdf2_hmac::<Sha512>(passphrase.as_bytes(), salt.as_bytes(), iterations, key);
}
