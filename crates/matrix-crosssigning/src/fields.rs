//! Reading fields, with errors that name them, and base64 that must hold a key.

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{OwnedDeviceId, OwnedUserId};
use zeroize::Zeroizing;

use crate::error::Error;

const STANDARD: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The length of 32 bytes in padded base64 and some more, so that a longer text is refused before it is read.
const MAX_SEED_TEXT: usize = 48;

pub(crate) fn required<'a>(object: &'a Object, field: &str) -> Result<&'a Value, Error> {
    object.get(field).ok_or_else(|| Error::MissingField(field.to_owned()))
}

pub(crate) fn string<'a>(object: &'a Object, field: &str) -> Result<&'a str, Error> {
    required(object, field)?.as_str().ok_or_else(|| invalid(field, "a string"))
}

pub(crate) fn object<'a>(object: &'a Object, field: &str) -> Result<&'a Object, Error> {
    required(object, field)?.as_object().ok_or_else(|| invalid(field, "an object"))
}

pub(crate) fn array<'a>(object: &'a Object, field: &str) -> Result<&'a [Value], Error> {
    required(object, field)?.as_array().ok_or_else(|| invalid(field, "an array"))
}

/// A field that may be missing but not be anything else than an object.
pub(crate) fn optional_object<'a>(object: &'a Object, field: &str) -> Result<Option<&'a Object>, Error> {
    match object.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value.as_object().map(Some).ok_or_else(|| invalid(field, "an object")),
    }
}

pub(crate) fn user_id(object: &Object, field: &str) -> Result<OwnedUserId, Error> {
    parse_user_id(string(object, field)?, field)
}

pub(crate) fn parse_user_id(text: &str, field: &str) -> Result<OwnedUserId, Error> {
    OwnedUserId::try_from(text).map_err(|source| identifier(field, text, source))
}

pub(crate) fn parse_device_id(text: &str, field: &str) -> Result<OwnedDeviceId, Error> {
    OwnedDeviceId::try_from(text).map_err(|source| identifier(field, text, source))
}

pub(crate) fn invalid(field: impl Into<String>, expected: &'static str) -> Error {
    Error::InvalidField { field: field.into(), expected }
}

fn identifier(field: &str, value: &str, source: matrix_identifiers::Error) -> Error {
    Error::InvalidIdentifier { field: field.to_owned(), value: value.to_owned(), source }
}

/// Writes a seed in unpadded base64; the text is wiped when dropped.
pub(crate) fn encode_seed(seed: &[u8; 32]) -> Zeroizing<String> {
    Zeroizing::new(STANDARD.encode(seed))
}

/// Reads a seed, padded or not, as clients have stored them; what it passes through is wiped.
pub(crate) fn decode_seed(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let text = text.trim_ascii();
    let mut buffer = Zeroizing::new([0; MAX_SEED_TEXT]);
    if text.len() > MAX_SEED_TEXT {
        return None;
    }
    let length = STANDARD.decode_slice(text, buffer.as_mut_slice()).ok()?;
    let seed = buffer.get(..length)?.try_into().ok()?;
    Some(Zeroizing::new(seed))
}
