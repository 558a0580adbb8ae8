use matrix_canonicaljson::{Integer, Mode, Number, Object, Value};
use proptest::prelude::*;
use serde::Deserialize as _;
use serde::de::value::{
    BytesDeserializer, Error, I128Deserializer, MapDeserializer, U128Deserializer, UnitDeserializer,
};
use serde::de::{Deserializer, IntoDeserializer as _, Visitor};

use crate::generate::{json, style};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn deserialized_equals_parsed(json in json(), mut style in style()) {
        let text = json.text(&mut style);
        prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), json.value());
        prop_assert_eq!(serde_json::from_reader::<_, Value>(text.as_bytes()).unwrap(), json.value());
        let theirs: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(Value::deserialize(&theirs).unwrap(), json.value());
        prop_assert_eq!(serde_json::from_value::<Value>(theirs).unwrap(), json.value());
        prop_assert_eq!(serde_json::to_value(json.value()).unwrap(), serde_json::from_str::<serde_json::Value>(&text).unwrap());
    }
}

#[test]
fn msc2540_deserializing_is_strict() {
    for json in ["-0", "1.0", "1e2", "9007199254740992", "-9007199254740992", "[1.5]", "{\"a\":1e400}"] {
        assert!(serde_json::from_str::<Value>(json).is_err(), "{json}");
    }
    assert!(serde_json::from_str::<Object>("[]").is_err());
    assert!(serde_json::from_str::<Integer>("9007199254740992").is_err());
    assert!(serde_json::from_str::<Integer>("1.0").is_err());
    assert_eq!(serde_json::from_str::<Integer>("-9007199254740991").unwrap(), Integer::MIN);
    let object: Object = serde_json::from_str(r#"{"b":1,"a":2,"b":3}"#).unwrap();
    assert_eq!(object.to_string(), r#"{"a":2,"b":3}"#);
}

#[test]
fn numbers_serialize_as_they_are() {
    let value = Value::parse(b"[1.5,9007199254741000]", Mode::Lenient).unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), "[1.5,9007199254741000]");
    let huge = Value::parse("9".repeat(50).as_bytes(), Mode::Lenient).unwrap();
    assert!(serde_json::to_string(&huge).is_err());
    assert!(serde_json::to_string(&Number::from_f64(1e300).unwrap()).unwrap().starts_with("1e"));
}

const NUMBER: &str = "$serde_json::private::Number";

/// A deserializer that hands out strings as they are given: borrowed, or owned.
enum Text {
    Borrowed(&'static str),
    Owned(&'static str),
}

impl<'de> serde::Deserializer<'de> for Text {
    type Error = Error;

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Borrowed(text) => visitor.visit_borrowed_str(text),
            Self::Owned(text) => visitor.visit_string(text.to_owned()),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl serde::de::IntoDeserializer<'_, Error> for Text {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[test]
fn numbers_that_arrive_as_text_are_read() {
    // What serde_json hands out when its feature `arbitrary_precision` is on.
    let read = |number| {
        let members = [(Text::Borrowed(NUMBER), Text::Owned(number))];
        Value::deserialize(MapDeserializer::new(members.into_iter()))
    };
    assert_eq!(read("-5").unwrap(), Value::from(-5));
    assert!(read("1.5").is_err());
    assert!(read("-0").is_err());
}

#[test]
fn members_named_like_such_numbers_are_members() {
    let text = format!(r#"{{"{NUMBER}":"5"}}"#);
    let value = Value::parse(text.as_bytes(), Mode::Strict).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    assert_eq!(serde_json::from_reader::<_, Value>(text.as_bytes()).unwrap(), value);
    assert_eq!(matrix_canonicaljson::to_vec(&value).unwrap(), text.as_bytes());
}

/// A value that a format wraps before it hands it over.
enum Wrapped {
    None,
    Some(i64),
    Newtype(i64),
}

impl<'de> Deserializer<'de> for Wrapped {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::None => visitor.visit_none(),
            Self::Some(value) => visitor.visit_some(value.into_deserializer()),
            Self::Newtype(value) => visitor.visit_newtype_struct(value.into_deserializer()),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[test]
fn what_other_formats_hand_over_is_read() {
    assert_eq!(Value::deserialize(Wrapped::None), Ok(Value::Null));
    assert_eq!(Value::deserialize(UnitDeserializer::<Error>::new()), Ok(Value::Null));
    assert_eq!(Value::deserialize(Wrapped::Some(1)), Ok(1.into()));
    assert_eq!(Value::deserialize(Wrapped::Newtype(2)), Ok(2.into()));
    let (small, large) = (I128Deserializer::<Error>::new(-3), I128Deserializer::<Error>::new(1 << 60));
    assert_eq!(
        (Integer::deserialize(small).unwrap(), Value::deserialize(small).unwrap()),
        (Integer::from(-3), (-3).into())
    );
    assert!(Integer::deserialize(large).is_err() && Value::deserialize(large).is_err());
    let (small, large) = (U128Deserializer::<Error>::new(3), U128Deserializer::<Error>::new(1 << 60));
    assert_eq!(
        (Integer::deserialize(small).unwrap(), Value::deserialize(small).unwrap()),
        (Integer::from(3), 3.into())
    );
    assert!(Integer::deserialize(large).is_err() && Value::deserialize(large).is_err());
}

#[test]
fn errors_say_what_was_expected() {
    let shown = |error: &dyn std::fmt::Display, expected: &str| {
        let shown = error.to_string();
        assert!(shown.contains(&format!("expected {expected}")), "{shown}");
    };
    shown(&serde_json::from_str::<Integer>("\"1\"").unwrap_err(), "an integer within ±(2^53 − 1)");
    shown(&serde_json::from_str::<Object>("1").unwrap_err(), "an object");
    let bytes = BytesDeserializer::<Error>::new(b"x");
    shown(&Value::deserialize(bytes).unwrap_err(), "a value of strict canonical JSON");
    let map = MapDeserializer::<_, Error>::new([(1_u32, 2_u32)].into_iter());
    shown(&Value::deserialize(map).unwrap_err(), "a key");
}
