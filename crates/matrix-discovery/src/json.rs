//! Reading bodies: bounded, and with errors that name the field.

use serde_json::{Map, Value};

use crate::Error;

/// Reads a body of at most `max` bytes that is a JSON object.
pub(crate) fn object(body: &[u8], max: usize) -> Result<Map<String, Value>, Error> {
    if body.len() > max {
        return Err(Error::BodyTooLarge { bytes: body.len(), max });
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Error::InvalidField { field: "$", expected: "an object" }),
        Err(error) => Err(Error::InvalidJson { line: error.line(), column: error.column() }),
    }
}

/// Returns a string of the object.
pub(crate) fn string<'a>(object: &'a Map<String, Value>, field: &'static str) -> Result<&'a str, Error> {
    match object.get(field) {
        None => Err(Error::MissingField(field)),
        Some(value) => value.as_str().ok_or(Error::InvalidField { field, expected: "a string" }),
    }
}
