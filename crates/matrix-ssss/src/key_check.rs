use core::fmt;

use matrix_canonicaljson::Object;

use crate::{aes_hmac_sha2::Iv, encoding, error::Error, fields};

/// What a key description holds to check a key with: the MAC of 32 encrypted zeroes.
///
/// See [`AesHmacSha2KeyDescription`](https://spec.matrix.org/v1.19/client-server-api/#msecret_storagev1aes-hmac-sha2).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct KeyCheck {
    /// The initialization vector that the zeroes were encrypted with.
    pub iv: Iv,
    /// The MAC of the encrypted zeroes.
    pub mac: [u8; 32],
}

impl KeyCheck {
    /// Reads `iv` and `mac`; `None` when either is absent or empty, as nothing can be checked then.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidField`], [`Error::InvalidBase64`] or [`Error::InvalidLength`] when both are there and one is
    /// malformed.
    pub fn from_object(object: &Object) -> Result<Option<Self>, Error> {
        let present = |field| Ok(fields::optional_text(object, field)?.filter(|text| !text.is_empty()));
        let (Some(iv), Some(mac)) = (present("iv")?, present("mac")?) else { return Ok(None) };
        Ok(Some(Self { iv: Iv::from_base64(iv)?, mac: encoding::decode_array(mac, "mac")? }))
    }
}

impl fmt::Debug for KeyCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyCheck").field("iv", &self.iv).field("mac", &encoding::encode(&self.mac)).finish()
    }
}

/// Says whether a key is the one that a description describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyCheckResult {
    /// It is.
    Match,
    /// It is not: mistyped, or another key's.
    Mismatch,
    /// The description holds nothing to check with. The specification has clients take the key for the right one;
    /// a secret that opens with it proves that it is.
    Unknown,
}

impl KeyCheckResult {
    /// Returns the name in snake case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Mismatch => "mismatch",
            Self::Unknown => "unknown",
        }
    }
}
