//! Serde of types that other crates read from objects and texts, for `#[serde(with = …)]`.

use std::collections::BTreeMap;

use matrix_canonicaljson::{Mode, Object, Value};
use matrix_crosssigning::DeviceKeys;
use matrix_events::content::{JoinRule, Membership, RoomType};
use matrix_identity::{Medium, UnbindResult};
use matrix_keybackup::{BackupInfo, KeyBackupData, KeysCount, RoomKeys};
use matrix_push::{Action, Condition, RuleKind, Ruleset};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::value::RawValue;

/// A type that has a form as a JSON value.
pub(crate) trait Json: Sized {
    /// Reads the value, or says what is wrong with it.
    fn from_json(value: Value) -> Result<Self, String>;
    /// Writes the value.
    fn to_json(&self) -> Value;
}

/// A value, for fields that have to be there.
pub(crate) mod json {
    use super::*;

    pub(crate) fn serialize<T: Json, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.to_json().serialize(serializer)
    }

    pub(crate) fn deserialize<'de, T: Json, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::from_json(value(&Box::<RawValue>::deserialize(deserializer)?)?).map_err(D::Error::custom)
    }
}

/// A value that may be missing.
pub(crate) mod optional_json {
    use super::*;

    pub(crate) fn serialize<T: Json, S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Json::to_json).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, T: Json, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        let json = Option::<Box<RawValue>>::deserialize(deserializer)?;
        let Some(json) = json else { return Ok(None) };
        T::from_json(value(&json)?).map(Some).map_err(D::Error::custom)
    }
}

/// Gives a type that is read from and written as an object its form as a value.
macro_rules! objects {
    ($($type:ty: $read:expr, $write:expr;)+) => {
        $(impl Json for $type {
            fn from_json(value: Value) -> Result<Self, String> {
                let Value::Object(object) = value else { return Err("not an object".to_owned()) };
                let read: fn(Object) -> Result<Self, String> = $read;
                read(object)
            }

            fn to_json(&self) -> Value {
                let write: fn(&Self) -> Object = $write;
                Value::Object(write(self))
            }
        })+
    };
}

objects! {
    BackupInfo: |object| Self::from_object(&object).map_err(text), Self::to_object;
    KeyBackupData: |object| Self::from_object(&object).map_err(text), Self::to_object;
    KeysCount: |object| Self::from_object(&object).map_err(text), Self::to_object;
    RoomKeys: |object| Self::from_object(&object).map_err(text), Self::to_object;
    // These are signed, and handed on as they are.
    DeviceKeys: |object| object.check_strict().map_err(text).and_then(|()| Self::parse(object).map_err(text)),
        |keys| keys.object().clone();
    Ruleset: |object| Ok(Self::from_object(&object)), Self::to_object;
}

impl<T: Json> Json for Vec<T> {
    fn from_json(value: Value) -> Result<Self, String> {
        let Value::Array(items) = value else { return Err("not an array".to_owned()) };
        items.into_iter().map(T::from_json).collect()
    }

    fn to_json(&self) -> Value {
        Value::Array(self.iter().map(T::to_json).collect())
    }
}

impl<T: Json> Json for Option<T> {
    fn from_json(value: Value) -> Result<Self, String> {
        if value == Value::Null { Ok(None) } else { T::from_json(value).map(Some) }
    }

    fn to_json(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_json)
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn from_json(value: Value) -> Result<Self, String> {
        let Value::Object(object) = value else { return Err("not an object".to_owned()) };
        let read = |(name, value): (String, Value)| match T::from_json(value) {
            Ok(value) => Ok((name, value)),
            Err(error) => Err(format!("{name:?}: {error}")),
        };
        object.into_iter().map(read).collect()
    }

    fn to_json(&self) -> Value {
        Value::Object(self.iter().map(|(name, value)| (name.as_str(), value.to_json())).collect())
    }
}

impl Json for RoomType {
    fn from_json(value: Value) -> Result<Self, String> {
        value.as_str().map(Self::from).ok_or_else(|| "not a string".to_owned())
    }

    fn to_json(&self) -> Value {
        self.as_str().into()
    }
}

/// The actions of a push rule. Those that have no meaning any more are passed over.
pub(crate) mod actions {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(actions: &[Action], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(actions.iter().map(Action::to_value))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Action>, D::Error> {
        let actions = Vec::<Box<RawValue>>::deserialize(deserializer)?;
        let actions = actions.iter().map(|json| Ok(Action::from_value(&value(json)?)));
        actions.filter_map(Result::transpose).collect()
    }
}

impl Json for Condition {
    fn from_json(value: Value) -> Result<Self, String> {
        Ok(Self::from_value(&value))
    }

    fn to_json(&self) -> Value {
        self.to_value()
    }
}

/// A text, for fields that have to be there.
pub(crate) mod name {
    use super::*;
    use crate::PathParameter;

    pub(crate) fn serialize<T: PathParameter, S: Serializer>(
        value: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&value.to_text())
    }

    pub(crate) fn deserialize<'de, T: PathParameter, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        T::from_text(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// A text that may be missing.
pub(crate) mod optional_name {
    use super::*;
    use crate::PathParameter;

    pub(crate) fn serialize<T: PathParameter, S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().map(PathParameter::to_text).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, T: PathParameter, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(T::from_text).transpose().map_err(D::Error::custom)
    }
}

/// Reads a value whatever its numbers are: a field that nobody knows may hold any.
fn value<E: serde::de::Error>(json: &RawValue) -> Result<Value, E> {
    Value::parse(json.get().as_bytes(), Mode::Lenient).map_err(E::custom)
}

fn text(error: impl core::fmt::Display) -> String {
    error.to_string()
}

/// Makes names, as `&str` or `FromStr` read them, texts.
macro_rules! names {
    ($($type:ty: $read:expr;)+) => {
        $(impl crate::PathParameter for $type {
            fn to_text(&self) -> std::borrow::Cow<'_, str> {
                std::borrow::Cow::Borrowed(self.as_str())
            }

            fn from_text(text: String) -> Result<Self, String> {
                let read: fn(&str) -> Result<Self, String> = $read;
                read(&text)
            }
        })+
    };
}

names! {
    JoinRule: |name| Ok(name.into());
    Membership: |name| Ok(name.into());
    RoomType: |name| Ok(name.into());
    Medium: |name| Self::parse(name).map_err(text);
    RuleKind: |name| name.parse().map_err(text);
    UnbindResult: |name| match name {
        "success" => Ok(Self::Success),
        "no-support" => Ok(Self::NoSupport),
        _ => Err("neither success nor no-support".to_owned()),
    };
}
