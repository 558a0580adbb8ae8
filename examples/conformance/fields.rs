//! Fields of requests, and what is wrong with them.

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use matrix_canonicaljson::{Integer, Mode, Object, Value};
use matrix_roomversion::{RoomVersion, RoomVersionRules};
use matrix_signatures::SigningKey;

/// Base64 as it is written everywhere, and read: with or without padding, spare bits or none.
const STANDARD: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// An error of the protocol or of a crate, by its kind.
pub(crate) struct Failure {
    kind: &'static str,
    message: String,
}

impl Failure {
    pub(crate) fn new(kind: &'static str, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    pub(crate) fn into_object(self) -> Object {
        let mut object = Object::new();
        object.insert("kind", self.kind);
        object.insert("message", self.message);
        object
    }
}

macro_rules! failures {
    ($($error:ty),*) => {$(
        impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::new(error.kind(), error.to_string())
            }
        }
    )*};
}

failures!(
    matrix_authrules::Error,
    matrix_canonicaljson::Error,
    matrix_crosssigning::Error,
    matrix_discovery::Error,
    matrix_identifiers::Error,
    matrix_identity::Error,
    matrix_keybackup::Error,
    matrix_qr_verify::Error,
    matrix_redaction::Error,
    matrix_roomversion::Error,
    matrix_signatures::Error,
    matrix_ssss::Error,
    matrix_stateres::Error,
    matrix_uri::Error,
    matrix_verification::Error
);

pub(crate) fn bad(name: &str, expected: &str) -> Failure {
    Failure::new("bad_input", format!("`{name}` is missing or is not {expected}"))
}

pub(crate) fn text<'a>(request: &'a Object, name: &str) -> Result<&'a str, Failure> {
    request.get_str(name).ok_or_else(|| bad(name, "a string"))
}

pub(crate) fn optional_text<'a>(request: &'a Object, name: &str) -> Result<Option<&'a str>, Failure> {
    match request.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(_) => text(request, name).map(Some),
    }
}

pub(crate) fn integer(request: &Object, name: &str) -> Result<Option<i64>, Failure> {
    match request.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value.as_i64().map(Some).ok_or_else(|| bad(name, "an integer")),
    }
}

pub(crate) fn boolean(request: &Object, name: &str) -> Result<Option<bool>, Failure> {
    match request.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value.as_bool().map(Some).ok_or_else(|| bad(name, "true or false")),
    }
}

pub(crate) fn array<'a>(request: &'a Object, name: &str) -> Result<&'a [Value], Failure> {
    request.get_array(name).ok_or_else(|| bad(name, "an array"))
}

/// An object, or the text of one. Rooms 1 to 5 may hold any number, so the reading is lenient: what a version
/// refuses is for the format check to say.
pub(crate) fn object(request: &Object, name: &str) -> Result<Object, Failure> {
    match request.get(name) {
        Some(Value::Object(object)) => Ok(object.clone()),
        Some(Value::String(text)) => Ok(Object::parse(text.as_bytes(), Mode::Lenient)?),
        _ => Err(bad(name, "a JSON object or the text of one")),
    }
}

pub(crate) fn rules(request: &Object) -> Result<&'static RoomVersionRules, Failure> {
    Ok(text(request, "room_version")?.parse::<RoomVersion>()?.rules())
}

/// The secret of `seed_b64` under the key ID of `key_id`.
pub(crate) fn signing_key(request: &Object) -> Result<SigningKey, Failure> {
    let version = text(request, "key_id")?
        .strip_prefix("ed25519:")
        .ok_or_else(|| bad("key_id", "an ed25519 key ID"))?;
    Ok(SigningKey::from_seed(version, &base64_array(request, "seed_b64")?)?)
}

pub(crate) fn base64(request: &Object, name: &str) -> Result<Vec<u8>, Failure> {
    STANDARD.decode(text(request, name)?).map_err(|_| bad(name, "base64"))
}

pub(crate) fn base64_array<const N: usize>(request: &Object, name: &str) -> Result<[u8; N], Failure> {
    base64(request, name)?.try_into().map_err(|_| bad(name, &format!("{N} bytes in base64")))
}

pub(crate) fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

pub(crate) fn hex(request: &Object, name: &str) -> Result<Vec<u8>, Failure> {
    let (pairs, rest) = text(request, name)?.as_bytes().as_chunks::<2>();
    let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let byte = |[high, low]: &[u8; 2]| Some(digit(*high)? << 4 | digit(*low)?);
    let bytes = pairs.iter().map(byte).collect::<Option<_>>().filter(|_| rest.is_empty());
    bytes.ok_or_else(|| bad(name, "hexadecimal"))
}

pub(crate) fn hex_array<const N: usize>(request: &Object, name: &str) -> Result<[u8; N], Failure> {
    hex(request, name)?.try_into().map_err(|_| bad(name, &format!("{N} bytes in hexadecimal")))
}

pub(crate) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn ok(name: &str, value: impl Into<Value>) -> Object {
    let mut object = Object::new();
    object.insert(name, value);
    object
}

pub(crate) fn number(value: i64) -> Value {
    Integer::try_from(value).map_or(Value::Null, Value::Integer)
}

pub(crate) fn nanoseconds(value: u128) -> Value {
    number(i64::try_from(value).unwrap_or(i64::MAX))
}

/// Canonical JSON is UTF-8.
pub(crate) fn utf8(json: Vec<u8>) -> String {
    String::from_utf8_lossy(&json).into_owned()
}

/// The text of a field, or of the file that another field names.
pub(crate) fn lines_of_file(request: &Object, name: &str) -> Result<Option<Vec<Value>>, Failure> {
    let Some(path) = request.get_str(name) else { return Ok(None) };
    let text = std::fs::read(path).map_err(|error| Failure::new("bad_input", format!("{path}: {error}")))?;
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    lines.map(|line| Ok(Value::parse(line, Mode::Lenient)?)).collect::<Result<_, Failure>>().map(Some)
}
