//! Base64 as Matrix reads and writes it: written without padding; read with or without it, and nothing else
//! than the alphabet. Spare bits of the last character may be set: the specification's own test key has them.

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

/// Longer than the base64 of anything read here, which has 64 bytes at most.
const MAX_TEXT: usize = 120;

/// Writes bytes in unpadded base64 of the standard alphabet.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Writes bytes in unpadded base64 of the URL-safe alphabet.
pub(crate) fn encode_url_safe(bytes: &[u8]) -> String {
    URL_SAFE.encode(bytes)
}

/// Reads base64 of the standard alphabet that holds exactly `N` bytes. The buffer they pass through is wiped.
pub(crate) fn decode<const N: usize>(text: &str, what: &'static str) -> Result<[u8; N], Error> {
    if text.len() > MAX_TEXT {
        return Err(Error::InvalidLength { what, length: text.len() / 4 * 3, expected: N });
    }
    let mut buffer = Zeroizing::new([0; MAX_TEXT]);
    let length =
        STANDARD.decode_slice(text, buffer.as_mut_slice()).map_err(|_| Error::InvalidBase64(what))?;
    let bytes = buffer.get(..length).unwrap_or_default();
    bytes.try_into().map_err(|_| Error::InvalidLength { what, length, expected: N })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<[u8; 2], &'static str> {
        decode(text, "thing").map_err(|error| error.kind())
    }

    #[test]
    fn padding_does_not_matter_and_garbage_does() {
        assert_eq!(read("AQI"), Ok([1, 2]));
        assert_eq!(read("AQI="), Ok([1, 2]));
        assert_eq!(read("AQJ"), Ok([1, 2]), "spare bits");
        for garbage in ["AQI==", "AQ=I", "AQ I", "AQI\n", "AQ-I", "A", "=", "AQ*", "é"] {
            assert_eq!(read(garbage), Err("invalid_base64"), "{garbage:?}");
        }
        for length in ["", "AQ", "AQID", &"A".repeat(1000)] {
            assert_eq!(read(length), Err("invalid_length"), "{length:?}");
        }
        let length = |text: &str| decode::<2>(text, "thing");
        for (digits, bytes) in [(4, 3), (MAX_TEXT, 90), (1_000, 750)] {
            let error = Error::InvalidLength { what: "thing", length: bytes, expected: 2 };
            assert_eq!(length(&"A".repeat(digits)), Err(error));
        }
        // What is not too long is read before its length is judged.
        assert_eq!(read(&"*".repeat(MAX_TEXT)), Err("invalid_base64"));
        assert_eq!(read(&"*".repeat(MAX_TEXT + 1)), Err("invalid_length"));
    }

    #[test]
    fn alphabets_differ_in_two_digits() {
        assert_eq!(encode(&[0xfb, 0xff]), "+/8");
        assert_eq!(encode_url_safe(&[0xfb, 0xff]), "-_8");
    }
}
