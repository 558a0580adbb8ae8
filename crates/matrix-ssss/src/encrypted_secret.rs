use core::fmt;

use matrix_canonicaljson::{Object, Value};

use crate::{aes_hmac_sha2::Iv, encoding, error::Error, fields};

/// A secret as it stands in account data, encrypted with one key: an entry of `encrypted`.
///
/// See [`AesHmacSha2EncryptedData`](https://spec.matrix.org/v1.19/client-server-api/#msecret_storagev1aes-hmac-sha2-1).
#[derive(Clone, PartialEq, Eq)]
pub struct EncryptedSecret {
    /// The initialization vector.
    pub iv: Iv,
    /// The encrypted text, as long as the text itself.
    pub ciphertext: Vec<u8>,
    /// HMAC-SHA256 of the encrypted text, all 32 bytes.
    pub mac: [u8; 32],
}

impl EncryptedSecret {
    /// Reads `iv`, `ciphertext` and `mac`, in base64 with or without padding.
    ///
    /// # Errors
    ///
    /// [`Error::RemovedAlgorithm`] or [`Error::RemovedPassthrough`] for the forms that MSC2472 removed;
    /// [`Error::MissingField`], [`Error::InvalidField`], [`Error::InvalidBase64`] or [`Error::InvalidLength`].
    pub fn from_object(object: &Object) -> Result<Self, Error> {
        match object.get("passthrough") {
            None | Some(Value::Null | Value::Bool(false)) => {}
            Some(_) => return Err(Error::RemovedPassthrough),
        }
        if !object.contains_key("iv") && object.contains_key("ephemeral") {
            return Err(Error::RemovedAlgorithm);
        }
        Ok(Self {
            iv: Iv::from_base64(fields::text(object, "iv")?)?,
            ciphertext: encoding::decode(fields::text(object, "ciphertext")?, "ciphertext")?.to_vec(),
            mac: encoding::decode_array(fields::text(object, "mac")?, "mac")?,
        })
    }

    /// Writes the three fields in unpadded base64.
    pub fn to_object(&self) -> Object {
        Object::from([
            ("iv", self.iv.to_base64()),
            ("ciphertext", encoding::encode(&self.ciphertext)),
            ("mac", encoding::encode(&self.mac)),
        ])
    }
}

impl fmt::Debug for EncryptedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncryptedSecret")
            .field("iv", &self.iv)
            .field("ciphertext", &format_args!("{} bytes", self.ciphertext.len()))
            .field("mac", &encoding::encode(&self.mac))
            .finish()
    }
}
