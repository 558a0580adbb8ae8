use core::fmt;

use matrix_canonicaljson::Object;
use matrix_roomversion::RoomVersionRules;
use sha2::{Digest as _, Sha256};

use crate::{encoding, error::Error, event::event_signing_bytes, json::write_without};

/// A SHA-256 hash, 32 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256Hash([u8; 32]);

impl Sha256Hash {
    /// Hashes bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Hashes two texts, whatever blocks they have in common at the beginning once.
    ///
    /// Of what differs, blocks are hashed in turn: a block waits for the one before it, but not for that of the other
    /// text, so that the processor gets ahead with both.
    pub(crate) fn of_two(first: &[u8], second: &[u8]) -> (Self, Self) {
        const BLOCK: usize = 64;
        let pairs = first.chunks_exact(BLOCK).zip(second.chunks_exact(BLOCK));
        let same = pairs.clone().take_while(|(a, b)| a == b).count();
        let mut one = Sha256::new_with_prefix(first.get(..same * BLOCK).unwrap_or_default());
        let mut other = one.clone();
        let in_turn = pairs.len() * BLOCK;
        for (a, b) in pairs.skip(same) {
            one.update(a);
            other.update(b);
        }
        one.update(first.get(in_turn..).unwrap_or_default());
        other.update(second.get(in_turn..).unwrap_or_default());
        (Self(one.finalize().into()), Self(other.finalize().into()))
    }

    /// Takes the bytes of a hash.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads base64 of the standard alphabet, padded or not, as hashes stand in `hashes`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidBase64`] or [`Error::InvalidLength`].
    pub fn from_base64(text: &str) -> Result<Self, Error> {
        encoding::decode(text, "hash").map(Self)
    }

    /// Returns the bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Writes unpadded base64 of the standard alphabet: 43 characters.
    pub fn to_base64(&self) -> String {
        encoding::encode(&self.0)
    }

    /// Writes unpadded base64 of the URL-safe alphabet, as event IDs of rooms 4 and later have it (MSC1884).
    pub fn to_url_safe_base64(&self) -> String {
        encoding::encode_url_safe(&self.0)
    }
}

impl fmt::Display for Sha256Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_base64())
    }
}

impl fmt::Debug for Sha256Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sha256Hash").field(&self.to_base64()).finish()
    }
}

/// Returns the content hash of an event: of all of it but `unsigned`, `signatures` and `hashes`.
///
/// An event that was changed or redacted on its way no longer has the hash that its `hashes` names. Any event has
/// one, whether or not its room version allows the numbers in it.
/// See [calculating the content hash](https://spec.matrix.org/v1.19/server-server-api/#calculating-the-content-hash-for-an-event).
pub fn content_hash(event: &Object) -> Sha256Hash {
    let mut bytes = Vec::new();
    write_without(event, &["hashes", "signatures", "unsigned"], &mut bytes);
    Sha256Hash::of(&bytes)
}

/// Returns the reference hash of an event: of its redacted form but `unsigned` and `signatures`.
///
/// From room 3 on it is the event's ID (MSC1659).
/// See [calculating the reference hash](https://spec.matrix.org/v1.19/server-server-api/#calculating-the-reference-hash-for-an-event).
///
/// # Errors
///
/// [`Error::Unredactable`] if the event has no `type` or `content`.
pub fn reference_hash(event: &Object, rules: &RoomVersionRules) -> Result<Sha256Hash, Error> {
    event_signing_bytes(event, rules).map(|bytes| Sha256Hash::of(&bytes))
}
