//! Reading bodies: bounded, and with errors that name the field.

use serde_json::{Map, Value};

use crate::Error;

pub(crate) type JsonObject = Map<String, Value>;

/// Reads a body of at most `max` bytes that is a JSON object.
pub(crate) fn read(body: &[u8], max: usize) -> Result<JsonObject, Error> {
    if body.len() > max {
        return Err(Error::BodyTooLarge { bytes: body.len(), max });
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Error::InvalidField { field: "$", expected: "an object" }),
        Err(error) => Err(Error::InvalidJson { line: error.line(), column: error.column() }),
    }
}

pub(crate) fn text<'a>(fields: &'a JsonObject, field: &'static str) -> Result<&'a str, Error> {
    let value = fields.get(field).ok_or(Error::MissingField(field))?;
    value.as_str().ok_or(Error::InvalidField { field, expected: "a string" })
}

pub(crate) fn object<'a>(fields: &'a JsonObject, field: &'static str) -> Result<&'a JsonObject, Error> {
    let value = fields.get(field).ok_or(Error::MissingField(field))?;
    value.as_object().ok_or(Error::InvalidField { field, expected: "an object" })
}

pub(crate) fn array<'a>(fields: &'a JsonObject, field: &'static str) -> Result<&'a [Value], Error> {
    let value = fields.get(field).ok_or(Error::MissingField(field))?;
    value.as_array().map(Vec::as_slice).ok_or(Error::InvalidField { field, expected: "an array" })
}
