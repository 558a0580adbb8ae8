use core::fmt;

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use rand_core::CryptoRng;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

const STANDARD: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// How long a new secret is. The specification suggests about 8 bytes; a symbol has room for more.
pub const DEFAULT_SECRET_BYTES: usize = 16;

/// The secret in a code, which proves that the code was scanned.
///
/// It is wiped when dropped, compared in constant time and never shown.
#[derive(Clone, Eq)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// Makes a new secret of [`DEFAULT_SECRET_BYTES`].
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        let mut bytes = Zeroizing::new(vec![0; DEFAULT_SECRET_BYTES]);
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// Takes the bytes of a secret.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(Zeroizing::new(bytes.to_vec()))
    }

    /// Returns the bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Reads base64, padded or not; no longer than a code can be.
    pub(crate) fn from_base64(text: &str) -> Option<Self> {
        if text.len() > crate::code::MAX_CODE_BYTES * 4 / 3 + 4 {
            return None;
        }
        STANDARD.decode(text).ok().map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// Writes unpadded base64, as it is sent.
    pub(crate) fn to_base64(&self) -> String {
        STANDARD.encode(&*self.0)
    }
}

/// Compares in a time that depends on the lengths alone.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}
