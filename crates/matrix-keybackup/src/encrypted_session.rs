use core::fmt;

use matrix_canonicaljson::Object;

use crate::{cipher::Mac, encoding, error::Error, fields, public_key::BackupPublicKey};

/// A session as it is stored: the `session_data` of a key.
///
/// **Its MAC authenticates nothing**: all clients compute it over nothing instead of the ciphertext. Whoever knows the
/// backup's public key, as the server does, can make a session that decrypts; and can change one that was made.
#[derive(Clone, PartialEq, Eq)]
pub struct EncryptedSession {
    /// The public half of the key that was made for this session alone.
    pub ephemeral: BackupPublicKey,
    /// The encrypted session, padded to a multiple of 16 bytes.
    pub ciphertext: Vec<u8>,
    /// The first 8 bytes of the MAC.
    pub mac: Mac,
}

impl EncryptedSession {
    /// Reads `ephemeral`, `ciphertext` and `mac`, in base64 with or without padding.
    ///
    /// # Errors
    ///
    /// [`Error::MissingField`], [`Error::InvalidField`], [`Error::InvalidBase64`], or [`Error::InvalidLength`] unless the
    /// key has exactly 32 bytes and the MAC exactly 8.
    pub fn from_object(object: &Object) -> Result<Self, Error> {
        let ephemeral = encoding::decode_array(fields::text(object, "ephemeral")?, "ephemeral")?;
        Ok(Self {
            ephemeral: BackupPublicKey::from_bytes(&ephemeral),
            ciphertext: encoding::decode(fields::text(object, "ciphertext")?, "ciphertext")?,
            mac: encoding::decode_array(fields::text(object, "mac")?, "mac")?,
        })
    }

    /// Writes the three fields in unpadded base64.
    pub fn to_object(&self) -> Object {
        Object::from([
            ("ephemeral", self.ephemeral.to_base64()),
            ("ciphertext", encoding::encode(&self.ciphertext)),
            ("mac", encoding::encode(&self.mac)),
        ])
    }
}

impl fmt::Debug for EncryptedSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncryptedSession")
            .field("ephemeral", &self.ephemeral)
            .field("ciphertext", &format_args!("{} bytes", self.ciphertext.len()))
            .field("mac", &encoding::encode(&self.mac))
            .finish()
    }
}
