//! The serde implementations of the value types.

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;
use core::fmt;

use serde_core::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{Error as _, Serializer};
use serde_core::{Deserialize, Serialize};

use crate::{Integer, Mode, Number, Object, Value};

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(integer) => integer.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(object) => object.serialize(serializer),
        }
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl Serialize for Integer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.get())
    }
}

impl Serialize for Number {
    /// Serializes as an `i128` or an `f64`.
    ///
    /// # Errors
    ///
    /// When the integer needs more than 128 bits.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.as_f64(), self.as_i128()) {
            (Some(float), _) => serializer.serialize_f64(float),
            (None, Some(integer)) => serializer.serialize_i128(integer),
            (None, None) => Err(S::Error::custom(format_args!("integer of more than 128 bits: {self}"))),
        }
    }
}

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Expected;

        impl Visitor<'_> for Expected {
            type Value = Integer;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an integer within ±(2^53 − 1)")
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Integer, E> {
                Integer::try_from(value).map_err(E::custom)
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Integer, E> {
                Integer::try_from(value).map_err(E::custom)
            }

            fn visit_i128<E: de::Error>(self, value: i128) -> Result<Integer, E> {
                Integer::try_from(value).map_err(E::custom)
            }

            fn visit_u128<E: de::Error>(self, value: u128) -> Result<Integer, E> {
                Integer::try_from(value).map_err(E::custom)
            }
        }

        deserializer.deserialize_i64(Expected)
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Expected;

        impl<'de> Visitor<'de> for Expected {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut object = Object::new();
                while let Some((key, value)) = map.next_entry::<String, Value>()? {
                    object.insert(key, value);
                }
                Ok(object)
            }
        }

        deserializer.deserialize_map(Expected)
    }
}

impl<'de> Deserialize<'de> for Value {
    /// Deserializes what strict canonical JSON can hold; of members with the same key the last one stays.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue { owned: None })
    }
}

/// Visits a value, and says when that was a string in memory of its own.
struct AnyValue<'f> {
    owned: Option<&'f Cell<bool>>,
}

impl<'de> DeserializeSeed<'de> for AnyValue<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyValue<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of strict canonical JSON")
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        Integer::try_from(value).map(Value::from).map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        Integer::try_from(value).map(Value::from).map_err(E::custom)
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        Integer::try_from(value).map(Value::from).map_err(E::custom)
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        Integer::try_from(value).map(Value::from).map_err(E::custom)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Err(E::custom(format_args!("not an integer within ±(2^53 − 1): {value}")))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Value, E> {
        if let Some(owned) = self.owned {
            owned.set(true);
        }
        Ok(value.into())
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Object::new();
        while let Some(Key { text, may_be_number }) = map.next_key()? {
            let owned = Cell::new(false);
            let value = map.next_value_seed(AnyValue { owned: Some(&owned) })?;
            match &value {
                Value::String(number) if may_be_number && owned.get() => {
                    return Value::parse(number.as_bytes(), Mode::Strict).map_err(de::Error::custom);
                }
                _ => object.insert(text, value),
            };
        }
        Ok(object.into())
    }
}

/// The key by which `serde_json` passes on a number that it keeps as text, which it does when its feature
/// `arbitrary_precision` is on anywhere in a build.
///
/// It passes this key on as a borrowed string and the number as an owned one. A member that really is named like
/// that never arrives so: read from text its value is borrowed or lent, and from an owned value its key is owned too.
const NUMBER: &str = "$serde_json::private::Number";

/// A key of an object, and whether the object may be a number in disguise.
struct Key {
    text: String,
    may_be_number: bool,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Expected;

        impl<'de> Visitor<'de> for Expected {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E: de::Error>(self, key: &'de str) -> Result<Key, E> {
                Ok(Key { text: key.into(), may_be_number: key == NUMBER })
            }

            fn visit_str<E: de::Error>(self, key: &str) -> Result<Key, E> {
                Ok(Key { text: key.into(), may_be_number: false })
            }

            fn visit_string<E: de::Error>(self, key: String) -> Result<Key, E> {
                Ok(Key { text: key, may_be_number: false })
            }
        }

        deserializer.deserialize_str(Expected)
    }
}
