use core::fmt;

use ed25519_dalek::VerifyingKey;

use crate::{encoding, error::Error, signature::Signature};

/// An Ed25519 public key, decoded once and ready to verify with.
///
/// Every implementation has to accept the same signatures, or rooms fall apart. This one decides as libsodium does,
/// which verifies for the homeservers that most rooms live on: the scalar of a signature has to be reduced, neither
/// key nor signature may hold a point of small order (under such a key anything verifies), the key's encoding has
/// to be the canonical one, and the signature's point is compared as bytes. Verifiers that are laxer differ on
/// crafted keys and signatures only, which no honest server makes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Decodes a key of 32 bytes.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidPublicKey`] if it is no point of the curve, one of small order, or not in canonical form.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, Error> {
        VerifyingKey::from_bytes(bytes)
            .ok()
            .filter(|key| is_canonical(bytes) && !key.is_weak())
            .map(Self)
            .ok_or_else(|| Error::InvalidPublicKey(encoding::encode(bytes)))
    }

    /// Reads base64 of the standard alphabet, padded or not, as keys stand in `verify_keys`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidBase64`], [`Error::InvalidLength`] or [`Error::InvalidPublicKey`].
    pub fn from_base64(text: &str) -> Result<Self, Error> {
        Self::from_bytes(&encoding::decode(text, "public key")?)
    }

    /// Returns the bytes of the key.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Writes unpadded base64 of the standard alphabet: 43 characters.
    pub fn to_base64(&self) -> String {
        encoding::encode(self.as_bytes())
    }

    /// Returns whether a signature of these bytes is this key's.
    pub fn verify(&self, message: &[u8], signature: &Signature) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(signature.as_bytes());
        self.0.verify_strict(message, &signature).is_ok()
    }

    pub(crate) fn from_dalek(key: VerifyingKey) -> Self {
        Self(key)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_base64())
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PublicKey").field(&self.to_base64()).finish()
    }
}

/// Whether the coordinate, the 255 bits before the sign, is below the field's prime 2^255 − 19.
fn is_canonical(bytes: &[u8; 32]) -> bool {
    let [low, middle @ .., high] = bytes;
    high & 0x7f != 0x7f || middle.iter().any(|byte| *byte != 0xff) || *low < 0xed
}
