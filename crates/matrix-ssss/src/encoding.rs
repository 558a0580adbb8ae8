//! Base64 as Matrix reads and writes it: written without padding; read with or without it, and with spare bits of
//! the last character set or not. What is decoded is secret often enough that all of it is wiped.

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
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG);

/// Writes bytes in unpadded base64 of the standard alphabet.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Writes bytes in unpadded base64 of the URL-safe alphabet.
pub(crate) fn encode_url_safe(bytes: &[u8]) -> String {
    URL_SAFE.encode(bytes)
}

/// Reads base64 of the standard alphabet.
pub(crate) fn decode(text: &str, field: &'static str) -> Result<Zeroizing<Vec<u8>>, Error> {
    // Long enough from the start: a vector that grows leaves copies behind.
    let mut bytes = Zeroizing::new(vec![0; text.len() / 4 * 3 + 3]);
    let length = STANDARD.decode_slice(text, &mut bytes).map_err(|_| Error::InvalidBase64(field))?;
    bytes.truncate(length);
    Ok(bytes)
}

/// Reads base64 of the standard alphabet that holds exactly `N` bytes.
pub(crate) fn decode_array<const N: usize>(text: &str, field: &'static str) -> Result<[u8; N], Error> {
    let bytes = decode(text, field)?;
    let wrong = |_| Error::InvalidLength { field, length: bytes.len(), expected: N };
    bytes.as_slice().try_into().map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<[u8; 2], &'static str> {
        decode_array(text, "thing").map_err(|error| error.kind())
    }

    #[test]
    fn padding_does_not_matter_and_garbage_does() {
        for text in ["AQI", "AQI=", "AQJ"] {
            assert_eq!(read(text), Ok([1, 2]), "{text:?}");
        }
        for garbage in ["AQI==", "AQ=I", "AQ I", "AQI\n", "AQ-I", "A", "=", "AQ*", "é"] {
            assert_eq!(read(garbage), Err("invalid_base64"), "{garbage:?}");
        }
        for length in ["", "AQ", "AQID", &"A".repeat(1000)] {
            assert_eq!(read(length), Err("invalid_length"), "{length:?}");
        }
    }
}
