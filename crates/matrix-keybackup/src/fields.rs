//! Members of JSON objects, and what is wrong with them.

use matrix_canonicaljson::{Object, Value};

use crate::error::Error;

pub(crate) fn invalid(field: &'static str, expected: &'static str) -> Error {
    Error::InvalidField { field, expected }
}

/// A member that has to be there, as `read` has it.
pub(crate) fn required<'a, T>(
    object: &'a Object,
    field: &'static str,
    expected: &'static str,
    read: impl FnOnce(&'a Value) -> Option<T>,
) -> Result<T, Error> {
    read(object.get(field).ok_or(Error::MissingField(field))?).ok_or_else(|| invalid(field, expected))
}

pub(crate) fn text<'a>(object: &'a Object, field: &'static str) -> Result<&'a str, Error> {
    required(object, field, "a string", Value::as_str)
}

pub(crate) fn object<'a>(object: &'a Object, field: &'static str) -> Result<&'a Object, Error> {
    required(object, field, "an object", Value::as_object)
}

/// An integer of 53 bits that is not negative.
pub(crate) fn count(object: &Object, field: &'static str) -> Result<u64, Error> {
    let read = |value: &Value| value.as_integer().and_then(|integer| u64::try_from(integer.get()).ok());
    required(object, field, "an integer, zero or more", read)
}

/// Writes a count; one beyond 53 bits, which nothing here reaches, is written as the largest.
pub(crate) fn count_value(count: u64) -> Value {
    Value::Integer(count.try_into().unwrap_or(matrix_canonicaljson::Integer::MAX))
}
