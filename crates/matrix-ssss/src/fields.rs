//! Members of JSON objects, and what is wrong with them.

use matrix_canonicaljson::{Object, Value};

use crate::error::Error;

pub(crate) fn invalid(field: &'static str, expected: &'static str) -> Error {
    Error::InvalidField { field, expected }
}

/// A string that has to be there.
pub(crate) fn text<'a>(object: &'a Object, field: &'static str) -> Result<&'a str, Error> {
    optional_text(object, field)?.ok_or(Error::MissingField(field))
}

/// A string that may be absent; `null` is absence.
pub(crate) fn optional_text<'a>(object: &'a Object, field: &'static str) -> Result<Option<&'a str>, Error> {
    match object.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value.as_str().map(Some).ok_or_else(|| invalid(field, "a string")),
    }
}

/// An integer that may be absent; `null` is absence.
pub(crate) fn optional_integer(object: &Object, field: &'static str) -> Result<Option<i64>, Error> {
    match object.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value.as_i64().map(Some).ok_or_else(|| invalid(field, "an integer")),
    }
}

/// An object that may be absent; `null` is absence.
pub(crate) fn optional_object<'a>(
    object: &'a Object,
    field: &'static str,
) -> Result<Option<&'a Object>, Error> {
    match object.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value.as_object().map(Some).ok_or_else(|| invalid(field, "an object")),
    }
}
