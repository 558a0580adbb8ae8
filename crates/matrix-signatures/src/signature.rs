use core::fmt;

use crate::{encoding, error::Error};

/// An Ed25519 signature, 64 bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature([u8; 64]);

impl Signature {
    /// Takes the bytes of a signature.
    pub fn from_bytes(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    /// Reads base64 of the standard alphabet, padded or not, as signatures stand in `signatures`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidBase64`] or [`Error::InvalidLength`].
    pub fn from_base64(text: &str) -> Result<Self, Error> {
        encoding::decode(text, "signature").map(Self)
    }

    /// Returns the bytes.
    pub fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }

    /// Writes unpadded base64 of the standard alphabet: 86 characters.
    pub fn to_base64(&self) -> String {
        encoding::encode(&self.0)
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_base64())
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Signature").field(&self.to_base64()).finish()
    }
}
