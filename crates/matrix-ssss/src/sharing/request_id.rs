use rand_core::TryCryptoRng;

use crate::{encoding, error::Error, random};

/// The ID of a request for a secret, by which its answers and its cancellation are known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(String);

impl RequestId {
    /// Takes an ID.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// Makes a new ID.
    ///
    /// [`RequestId::from_random`] takes the bytes instead.
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
}
