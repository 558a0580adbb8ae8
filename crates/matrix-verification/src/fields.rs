//! Reading fields of messages, with errors that name them.

use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{OwnedDeviceId, OwnedUserId};

use crate::{error::Error, message::MAX_ITEMS};

pub(crate) fn required<'a>(object: &'a Object, field: &'static str) -> Result<&'a Value, Error> {
    object.get(field).ok_or(Error::MissingField(field))
}

pub(crate) fn string<'a>(object: &'a Object, field: &'static str) -> Result<&'a str, Error> {
    required(object, field)?.as_str().ok_or(Error::InvalidField { field, expected: "a string" })
}

pub(crate) fn optional_string<'a>(object: &'a Object, field: &'static str) -> Result<Option<&'a str>, Error> {
    if object.contains_key(field) { string(object, field).map(Some) } else { Ok(None) }
}

/// A list of strings; what is no string in it is passed over.
pub(crate) fn strings(object: &Object, field: &'static str) -> Result<Vec<String>, Error> {
    let items =
        required(object, field)?.as_array().ok_or(Error::InvalidField { field, expected: "an array" })?;
    check_count(field, items.len())?;
    Ok(items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect())
}

pub(crate) fn check_count(field: &'static str, count: usize) -> Result<(), Error> {
    if count > MAX_ITEMS { Err(Error::TooManyItems { field, count }) } else { Ok(()) }
}

pub(crate) fn device_id(object: &Object, field: &'static str) -> Result<OwnedDeviceId, Error> {
    let text = string(object, field)?;
    OwnedDeviceId::try_from(text).map_err(|source| identifier(field, text, source))
}

pub(crate) fn user_id(object: &Object, field: &'static str) -> Result<OwnedUserId, Error> {
    let text = string(object, field)?;
    OwnedUserId::try_from(text).map_err(|source| identifier(field, text, source))
}

pub(crate) fn identifier(field: &'static str, value: &str, source: matrix_identifiers::Error) -> Error {
    Error::InvalidIdentifier { field, value: value.to_owned(), source }
}
