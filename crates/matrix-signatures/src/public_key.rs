use core::fmt;

use ed25519_dalek::{Verifier as _, VerifyingKey};

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
        // What `verify_strict` accepts, without decoding the signature's point: it is compared with a point in
        // canonical form, so it has small order exactly if it is one of the eight encodings of those points.
        let [point, _] = halves(signature.as_bytes());
        !has_small_order(point)
            && self.0.verify(message, &ed25519_dalek::Signature::from_bytes(signature.as_bytes())).is_ok()
    }

    /// Returns whether all signatures hold, by one equation; `true` without any. See [`Batch`](crate::bytes::Batch) for
    /// what it lets pass.
    #[cfg(feature = "batch")]
    pub(crate) fn verify_together(keys: &[&Self], messages: &[&[u8]], signatures: &[&Signature]) -> bool {
        let small_order = |signature: &&Signature| {
            let [point, _] = halves(signature.as_bytes());
            has_small_order(point)
        };
        if signatures.iter().any(small_order) {
            return false;
        }
        let keys: Vec<VerifyingKey> = keys.iter().map(|key| key.0).collect();
        let signatures: Vec<ed25519_dalek::Signature> = signatures
            .iter()
            .map(|signature| ed25519_dalek::Signature::from_bytes(signature.as_bytes()))
            .collect();
        ed25519_dalek::verify_batch(messages, &signatures, &keys).is_ok()
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

/// The coordinates of the points of small order, in canonical form and without the sign: those of order 4, 1, 2
/// and twice 8.
const SMALL_ORDER: [[u8; 32]; 5] = [
    [0; 32],
    point(0x01, 0x00, 0x00),
    point(0xec, 0xff, 0x7f),
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5,
        0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a,
        0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
    ],
];

const fn point(low: u8, middle: u8, high: u8) -> [u8; 32] {
    let m = middle;
    [low, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, m, high]
}

fn has_small_order(point: &[u8; 32]) -> bool {
    let mut coordinate = *point;
    let [.., high] = &mut coordinate;
    *high &= 0x7f;
    SMALL_ORDER.contains(&coordinate)
}

/// The point and the scalar of a signature.
fn halves(signature: &[u8; 64]) -> [&[u8; 32]; 2] {
    let (halves, _) = signature.as_chunks::<32>();
    match halves {
        [point, scalar] => [point, scalar],
        _ => [&[0; 32]; 2],
    }
}

/// Whether the coordinate, the 255 bits before the sign, is below the field's prime 2^255 − 19.
fn is_canonical(bytes: &[u8; 32]) -> bool {
    let [low, middle @ .., high] = bytes;
    high & 0x7f != 0x7f || middle.iter().any(|byte| *byte != 0xff) || *low < 0xed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_orders_are_those_that_dalek_calls_weak() {
        for mut point in SMALL_ORDER {
            for sign in [0, 0x80] {
                point[31] |= sign;
                assert!(has_small_order(&point));
                // A sign before a zero coordinate is no encoding at all.
                assert!(VerifyingKey::from_bytes(&point).map_or(true, |key| key.is_weak()));
            }
        }
        let ordinary = [0x58; 32];
        assert!(!has_small_order(&ordinary));
    }

    #[test]
    fn canonical_ends_below_the_prime() {
        assert!(is_canonical(&point(0xec, 0xff, 0xff)) && is_canonical(&point(0xed, 0xff, 0x7e)));
        assert!(!is_canonical(&point(0xed, 0xff, 0x7f)) && !is_canonical(&point(0xff, 0xff, 0xff)));
    }
}
