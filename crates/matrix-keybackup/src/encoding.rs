//! Base64 as Matrix reads and writes it: written without padding; read with or without it, and with spare bits of
//! the last character set or not.

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use zeroize::Zeroizing;

use crate::error::Error;

const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_encode_padding(false)
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);

/// Writes bytes in unpadded base64.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads base64 of any length; nothing secret, that is.
pub(crate) fn decode(text: &str, field: &'static str) -> Result<Vec<u8>, Error> {
    STANDARD.decode(text).map_err(|_| Error::InvalidBase64(field))
}

/// Reads base64 that holds exactly `N` bytes, which may be secret: the buffer that they pass through is wiped.
pub(crate) fn decode_array<const N: usize>(text: &str, field: &'static str) -> Result<[u8; N], Error> {
    let mut bytes = Zeroizing::new(vec![0; text.len() / 4 * 3 + 3]);
    let length = STANDARD.decode_slice(text, &mut bytes).map_err(|_| Error::InvalidBase64(field))?;
    let bytes = bytes.get(..length).unwrap_or_default();
    bytes.try_into().map_err(|_| Error::InvalidLength { field, length, expected: N })
}
