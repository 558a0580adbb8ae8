use core::fmt;

use rand_core::TryCryptoRng;

use crate::{encoding, error::Error, names, random};

/// The ID of a secret storage key: any text that is not empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(String);

impl KeyId {
    /// Takes an ID.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidField`] if it is empty.
    pub fn new(id: impl Into<String>) -> Result<Self, Error> {
        let id = id.into();
        if id.is_empty() {
            return Err(Error::InvalidField { field: "key", expected: "the ID of a key" });
        }
        Ok(Self(id))
    }

    /// Makes a new ID.
    ///
    /// [`KeyId::from_random`] takes the bytes instead.
    ///
    /// # Errors
    ///
    /// [`Error::NoRandomness`].
    pub fn generate<R: TryCryptoRng + ?Sized>(rng: &mut R) -> Result<Self, Error> {
        Ok(Self::from_random(&random::array(rng)?))
    }

    /// Makes a new ID of 24 random bytes: 32 characters.
    pub fn from_random(bytes: &[u8; 24]) -> Self {
        Self(encoding::encode_url_safe(bytes))
    }

    /// Returns the ID.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the type of the account data that describes the key.
    pub fn event_type(&self) -> String {
        format!("{}{}", names::KEY_PREFIX, self.0)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
