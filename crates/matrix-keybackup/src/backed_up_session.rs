use core::fmt;
use std::collections::BTreeMap;

use matrix_canonicaljson::{Mode, Object, Value};
use matrix_ssss::{Secret, SecretBytes};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::{encoding, error::Error, fields};

/// The one algorithm that sessions have.
pub const MEGOLM: &str = "m.megolm.v1.aes-sha2";

/// The size of a session in the export format: version, index, four parts of the ratchet, public key.
const EXPORT_BYTES: usize = 1 + 4 + 4 * 32 + 32;
/// The version of that format.
const EXPORT_VERSION: u8 = 1;

/// A Megolm session as it is backed up: what `session_data` holds when it is decrypted.
///
/// See [`BackedUpSessionData`](https://spec.matrix.org/v1.19/client-server-api/#definition-backedupsessiondata). Members
/// that are not known stay. The session key is wiped from memory when it is dropped, compared in constant time, and
/// not shown.
#[derive(Clone)]
pub struct BackedUpSession {
    /// The Curve25519 key of the device that made the session.
    pub sender_key: String,
    /// The other keys of that device, by algorithm: `ed25519` to its key.
    pub sender_claimed_keys: BTreeMap<String, String>,
    /// The Curve25519 keys of the devices that forwarded the session.
    pub forwarding_curve25519_key_chain: Vec<String>,
    /// Other members: `room_id`, `session_id` and the like.
    pub other: Object,
    session_key: Secret,
}

/// The members that have fields of their own.
const KNOWN: [&str; 5] =
    ["algorithm", "sender_key", "sender_claimed_keys", "forwarding_curve25519_key_chain", "session_key"];

impl BackedUpSession {
    /// Takes a session in the export format, in base64, and the keys of the device that made it.
    pub fn new(session_key: Secret, sender_key: &str, sender_ed25519: &str) -> Self {
        Self {
            sender_key: sender_key.to_owned(),
            sender_claimed_keys: BTreeMap::from([("ed25519".to_owned(), sender_ed25519.to_owned())]),
            forwarding_curve25519_key_chain: Vec::new(),
            other: Object::new(),
            session_key,
        }
    }

    /// Reads the JSON text of a session.
    ///
    /// # Errors
    ///
    /// [`Error::NotJson`], [`Error::MissingField`], [`Error::InvalidField`], or [`Error::UnsupportedAlgorithm`] unless
    /// `algorithm` is `m.megolm.v1.aes-sha2`.
    pub fn from_json(json: &[u8]) -> Result<Self, Error> {
        let mut object = Object::parse(json, Mode::Lenient).map_err(|_| Error::NotJson)?;
        // Taken out before anything can fail, so that it is wiped.
        let session_key = match object.remove("session_key") {
            Some(Value::String(key)) => Ok(Secret::new(key)),
            None => Err(Error::MissingField("session_key")),
            Some(_) => Err(fields::invalid("session_key", "a string")),
        };
        let algorithm = fields::text(&object, "algorithm")?;
        if algorithm != MEGOLM {
            return Err(Error::UnsupportedAlgorithm(algorithm.to_owned()));
        }
        let strings = |field, expected| {
            let wrong = move || fields::invalid(field, expected);
            move |value: &Value| value.as_str().map(str::to_owned).ok_or_else(wrong)
        };
        let chain = "forwarding_curve25519_key_chain";
        let sender_claimed_keys = fields::object(&object, "sender_claimed_keys")?
            .iter()
            .map(|(algorithm, key)| {
                let key = strings("sender_claimed_keys", "a map of strings")(key)?;
                Ok((algorithm.to_owned(), key))
            })
            .collect::<Result<_, Error>>()?;
        let forwarding_curve25519_key_chain = fields::required(&object, chain, "an array", Value::as_array)?
            .iter()
            .map(strings(chain, "an array of strings"))
            .collect::<Result<_, Error>>()?;
        let sender_key = fields::text(&object, "sender_key")?.to_owned();
        object.retain(|key, _| !KNOWN.contains(&key));
        Ok(Self {
            sender_key,
            sender_claimed_keys,
            forwarding_curve25519_key_chain,
            other: object,
            session_key: session_key?,
        })
    }

    /// Writes the JSON text of the session.
    pub fn to_json(&self) -> SecretBytes {
        let mut json = Vec::with_capacity(self.room());
        let mut object = self.without_key();
        object.insert("session_key", self.session_key());
        object.write_canonical(&mut json);
        if let Some(Value::String(key)) = object.get_mut("session_key") {
            key.zeroize();
        }
        SecretBytes::new(json)
    }

    /// Returns the session in the export format, in base64: the secret.
    pub fn session_key(&self) -> &str {
        self.session_key.as_str()
    }

    /// Returns the index of the first message that the session key decrypts, as the key itself has it.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidBase64`], [`Error::InvalidLength`], or [`Error::InvalidField`] for another version of the format.
    pub fn first_message_index(&self) -> Result<u32, Error> {
        let (index, _) = self.export()?;
        Ok(u32::from_be_bytes(index))
    }

    /// Returns the ID of the session, as the session key itself has it: its public Ed25519 key in base64.
    ///
    /// The server says which session is which; one whose ID is another was swapped.
    ///
    /// # Errors
    ///
    /// As [`BackedUpSession::first_message_index`].
    pub fn session_id(&self) -> Result<String, Error> {
        let (_, key) = self.export()?;
        Ok(encoding::encode(&key))
    }

    /// All members but the session key.
    fn without_key(&self) -> Object {
        let mut object = self.other.clone();
        object.insert("algorithm", MEGOLM);
        object.insert("sender_key", self.sender_key.as_str());
        let keys: Object = self.sender_claimed_keys.iter().map(|(name, key)| (name, key.as_str())).collect();
        object.insert("sender_claimed_keys", keys);
        let chain: Vec<Value> =
            self.forwarding_curve25519_key_chain.iter().map(|key| Value::from(key.as_str())).collect();
        object.insert("forwarding_curve25519_key_chain", chain);
        object
    }

    /// The bytes that the JSON text needs at most, were all of the key escaped: a vector that grows leaves copies
    /// behind.
    fn room(&self) -> usize {
        self.without_key().to_canonical().len() + r#","session_key":"""#.len() + 6 * self.session_key().len()
    }

    /// The index and the public key of the session key.
    fn export(&self) -> Result<([u8; 4], [u8; 32]), Error> {
        let bytes: Zeroizing<[u8; EXPORT_BYTES]> =
            Zeroizing::new(encoding::decode_array(self.session_key(), "session_key")?);
        match *bytes {
            [EXPORT_VERSION, a, b, c, d, .., _] => {
                let key = bytes.last_chunk().copied().ok_or(Error::KeyDerivation)?;
                Ok(([a, b, c, d], key))
            }
            _ => Err(fields::invalid("session_key", "a session of format 1")),
        }
    }
}

impl Zeroize for BackedUpSession {
    fn zeroize(&mut self) {
        self.session_key.zeroize();
    }
}

/// The session key is a [`Secret`], which wipes itself.
impl ZeroizeOnDrop for BackedUpSession {}

/// Compares the session keys in constant time, but for the length.
impl PartialEq for BackedUpSession {
    fn eq(&self, other: &Self) -> bool {
        self.session_key == other.session_key
            && self.sender_key == other.sender_key
            && self.sender_claimed_keys == other.sender_claimed_keys
            && self.forwarding_curve25519_key_chain == other.forwarding_curve25519_key_chain
            && self.other == other.other
    }
}

impl Eq for BackedUpSession {}

impl fmt::Debug for BackedUpSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BackedUpSession")
            .field("sender_key", &self.sender_key)
            .field("sender_claimed_keys", &self.sender_claimed_keys)
            .field("forwarding_curve25519_key_chain", &self.forwarding_curve25519_key_chain)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wiping_leaves_nothing() {
        let mut session = BackedUpSession::new(Secret::new("swordfish"), "a", "b");
        session.zeroize();
        assert_eq!(session.session_key(), "");
    }

    #[test]
    fn json_is_written_into_room_that_does_not_move() {
        let session = BackedUpSession::new(Secret::new("\u{1}\"\\swordfish"), "a", "b");
        let json = session.to_json();
        assert!(json.as_bytes().len() <= session.room());
        assert_eq!(BackedUpSession::from_json(json.as_bytes()).as_ref(), Ok(&session));
    }
}
