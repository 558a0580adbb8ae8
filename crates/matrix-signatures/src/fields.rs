//! Reading fields, with errors that name them.

use std::borrow::Cow;

use matrix_canonicaljson::{Name, Object, Value};
use matrix_identifiers::ServerName;
use matrix_redaction::EventBytes;

use crate::error::Error;

/// An event to read strings from: a tree or bytes.
pub(crate) trait Source<'e> {
    /// A field that has to be there and a string.
    fn text(&self, field: &'static str) -> Result<Cow<'e, str>, Error>;
    /// A key of `content`, if `content` is an object and has it; `Some(None)` if its value is no string.
    fn content(&self, key: &'static str) -> Option<Option<Cow<'e, str>>>;
}

impl<'e> Source<'e> for &'e Object {
    fn text(&self, field: &'static str) -> Result<Cow<'e, str>, Error> {
        string(self, field).map(Cow::Borrowed)
    }

    fn content(&self, key: &'static str) -> Option<Option<Cow<'e, str>>> {
        Some(self.get_object("content")?.get(key)?.as_str().map(Cow::Borrowed))
    }
}

impl<'e> Source<'e> for EventBytes<'e> {
    fn text(&self, field: &'static str) -> Result<Cow<'e, str>, Error> {
        self.get(&Name::new(field))
            .ok_or_else(|| Error::MissingField(field.to_owned()))?
            .as_str()
            .ok_or_else(|| invalid(field, "a string"))
    }

    fn content(&self, key: &'static str) -> Option<Option<Cow<'e, str>>> {
        Some(self.content()?.get(&Name::new(key))?.as_str())
    }
}

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

/// As [`server_of`], as text.
pub(crate) fn server_part<'a>(id: Cow<'a, str>, field: &str) -> Result<Cow<'a, str>, Error> {
    Ok(match id {
        Cow::Borrowed(id) => Cow::Borrowed(server_of(id, field)?.as_str()),
        Cow::Owned(id) => Cow::Owned(server_of(&id, field)?.as_str().to_owned()),
    })
}

pub(crate) fn identifier(field: &str, value: &str, source: matrix_identifiers::Error) -> Error {
    Error::InvalidIdentifier { field: field.to_owned(), value: value.to_owned(), source }
}
