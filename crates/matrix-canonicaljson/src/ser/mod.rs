//! The serde serializer that writes strict canonical JSON.

mod compound;
mod serializer;
mod writer;

use alloc::vec::Vec;

use serde_core::Serialize;

use self::serializer::Serializer;
use self::writer::Writer;
use crate::{Error, Mode, Value};

/// The struct by whose name `serde_json` passes on a number that it keeps as text.
const NUMBER: &str = "$serde_json::private::Number";
/// The struct by whose name `serde_json` passes on a `RawValue`.
const RAW: &str = "$serde_json::private::RawValue";

/// Serializes a value as strict [canonical JSON], without a tree in between.
///
/// The data model maps to JSON as with `serde_json`: keys that are integers, booleans or characters become strings,
/// bytes become an array of integers, enums are tagged outside, and of members with the same key the last one stays.
/// Numbers and `RawValue`s of `serde_json` are read as text, whatever its features.
///
/// ```
/// #[derive(serde::Serialize)]
/// struct Hello<'a> {
///     to: &'a str,
///     from: &'a str,
/// }
///
/// let json = matrix_canonicaljson::to_vec(&Hello { to: "b", from: "a" })?;
/// assert_eq!(json, br#"{"from":"a","to":"b"}"#);
/// # Ok::<(), matrix_canonicaljson::Error>(())
/// ```
///
/// # Errors
///
/// With the path of the offending value: [`ErrorKind::IntegerOutOfRange`], [`ErrorKind::NotAnInteger`] and
/// [`ErrorKind::NotFinite`] for numbers that canonical JSON excludes, [`ErrorKind::KeyNotAString`],
/// [`ErrorKind::TooDeep`], and whatever the type itself reports as [`ErrorKind::Custom`].
///
/// [canonical JSON]: https://spec.matrix.org/v1.19/appendices/#canonical-json
/// [`ErrorKind::IntegerOutOfRange`]: crate::ErrorKind::IntegerOutOfRange
/// [`ErrorKind::NotAnInteger`]: crate::ErrorKind::NotAnInteger
/// [`ErrorKind::NotFinite`]: crate::ErrorKind::NotFinite
/// [`ErrorKind::KeyNotAString`]: crate::ErrorKind::KeyNotAString
/// [`ErrorKind::TooDeep`]: crate::ErrorKind::TooDeep
/// [`ErrorKind::Custom`]: crate::ErrorKind::Custom
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Error> {
    let mut writer = Writer::default();
    value.serialize(Serializer::new(&mut writer))?;
    writer.finish()
}

/// Serializes a value as a [`Value`], for what is to be edited before it is written.
///
/// # Errors
///
/// As for [`to_vec`].
pub fn to_value<T: Serialize + ?Sized>(value: &T) -> Result<Value, Error> {
    Value::parse(&to_vec(value)?, Mode::Strict)
}

impl serde_core::ser::Error for Error {
    fn custom<T: core::fmt::Display>(message: T) -> Self {
        Self::custom(message)
    }
}
