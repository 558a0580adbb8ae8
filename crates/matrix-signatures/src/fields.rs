//! Reading fields, with errors that name them.

use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::ServerName;

use crate::error::Error;

pub(crate) fn required<'a>(object: &'a Object, field: &str) -> Result<&'a Value, Error> {
    object.get(field).ok_or_else(|| Error::MissingField(field.to_owned()))
}

pub(crate) fn string<'a>(object: &'a Object, field: &str) -> Result<&'a str, Error> {
    required(object, field)?.as_str().ok_or_else(|| invalid(field, "a string"))
}

pub(crate) fn object<'a>(object: &'a Object, field: &str) -> Result<&'a Object, Error> {
    required(object, field)?.as_object().ok_or_else(|| invalid(field, "an object"))
}

/// An integer that fits 64 bits, as rooms 1 to 5 may hold.
pub(crate) fn integer(object: &Object, field: &str) -> Result<i64, Error> {
    required(object, field)?.as_i64().ok_or_else(|| invalid(field, "an integer"))
}

pub(crate) fn invalid(field: impl Into<String>, expected: &'static str) -> Error {
    Error::InvalidField { field: field.into(), expected }
}

/// Returns the server that follows the first colon of a user or event ID.
///
/// Looser than the identifiers' own parsers on purpose: rooms 1 to 10 hold IDs of more than 255 bytes.
pub(crate) fn server_of<'a>(id: &'a str, field: &str) -> Result<&'a ServerName, Error> {
    let server = id.split_once(':').ok_or(matrix_identifiers::Error::MissingColon);
    server.and_then(|(_, server)| ServerName::parse(server)).map_err(|source| identifier(field, id, source))
}

pub(crate) fn identifier(field: &str, value: &str, source: matrix_identifiers::Error) -> Error {
    Error::InvalidIdentifier { field: field.to_owned(), value: value.to_owned(), source }
}
