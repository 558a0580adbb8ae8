//! Reading bodies: bounded, and with errors that name the field.

use core::fmt;

use serde_core::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::Error;

/// Reads a body of at most `max` bytes that is a JSON object, and of its fields those that are wanted.
///
/// What the others hold does not matter: numbers of any size, escapes of any kind, any depth.
pub(crate) fn object(body: &[u8], max: usize, wanted: &[&str]) -> Result<Map<String, Value>, Error> {
    if body.len() > max {
        return Err(Error::BodyTooLarge { bytes: body.len(), max });
    }
    let mut reader = serde_json::Deserializer::from_slice(body);
    match Wanted(wanted).deserialize(&mut reader).and_then(|object| reader.end().map(|()| object)) {
        Ok(object) => Ok(object),
        Err(error) if error.is_data() => Err(Error::InvalidField { field: "$", expected: "an object" }),
        Err(error) => Err(Error::InvalidJson { line: error.line(), column: error.column() }),
    }
}

/// The names of fields; of several with one name the last counts.
struct Wanted<'a>(&'a [&'a str]);

impl<'de> DeserializeSeed<'de> for Wanted<'_> {
    type Value = Map<String, Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Wanted<'_> {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            if self.0.contains(&name.as_str()) {
                object.insert(name, fields.next_value()?);
            } else {
                fields.next_value::<IgnoredAny>()?;
            }
        }
        Ok(object)
    }
}

/// Returns a string of the object.
pub(crate) fn string<'a>(object: &'a Map<String, Value>, field: &'static str) -> Result<&'a str, Error> {
    match object.get(field) {
        None => Err(Error::MissingField(field)),
        Some(value) => value.as_str().ok_or(Error::InvalidField { field, expected: "a string" }),
    }
}
