use alloc::string::String;
use alloc::vec::Vec;

use crate::{Error, ErrorKind, Integer, Number, Object, Options, path, scan, write};

/// A JSON value that canonical JSON can express.
///
/// [`Value::Number`] holds what strict canonical JSON excludes; [`Mode::Lenient`](crate::Mode::Lenient) alone reads it.
///
/// ```
/// use matrix_canonicaljson::{Mode, Value};
///
/// let value = Value::parse(br#"{ "b": [1, true], "a": "\u65e5" }"#, Mode::Strict)?;
/// assert_eq!(value.to_canonical(), r#"{"a":"日","b":[1,true]}"#.as_bytes());
/// # Ok::<(), matrix_canonicaljson::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Value {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer within ±(2<sup>53</sup> − 1).
    Integer(Integer),
    /// Any other finite number.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object.
    Object(Object),
}

impl Value {
    /// Reads JSON text.
    ///
    /// # Errors
    ///
    /// When the text is no JSON or the mode excludes it; see [`ErrorKind`].
    pub fn parse(json: &[u8], options: impl Into<Options>) -> Result<Self, Error> {
        scan::parse(json, options.into())
    }

    /// Returns the canonical form.
    #[must_use]
    pub fn to_canonical(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write_canonical(&mut out);
        out
    }

    /// Appends the canonical form to `out`.
    pub fn write_canonical(&self, out: &mut Vec<u8>) {
        write::value(self, out);
    }

    /// Checks that the value is strict canonical JSON: no [`Value::Number`], no more than
    /// [`MAX_DEPTH`](crate::MAX_DEPTH) objects and arrays within one another.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::IntegerOutOfRange`], [`ErrorKind::NotAnInteger`] or [`ErrorKind::TooDeep`] with the path of the first
    /// misfit, in the order of the canonical form.
    pub fn check_strict(&self) -> Result<(), Error> {
        path::check_strict(path::Node::Value(self))
    }

    /// Returns the string, when this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the truth value, when this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// Returns the integer, when this is one within ±(2<sup>53</sup> − 1).
    #[must_use]
    pub fn as_integer(&self) -> Option<Integer> {
        match self {
            Self::Integer(integer) => Some(*integer),
            _ => None,
        }
    }

    /// Returns the integer, when this is one within the range of an `i64`.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Integer(integer) => Some(integer.get()),
            Self::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// Returns the items, when this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the items for change, when this is an array.
    #[must_use]
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Value>> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the object, when this is one.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Returns the object for change, when this is one.
    #[must_use]
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Returns the object itself.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotAnObject`] when this is something else.
    pub fn into_object(self) -> Result<Object, Error> {
        match self {
            Self::Object(object) => Ok(object),
            _ => Err(Error::new(ErrorKind::NotAnObject)),
        }
    }

    /// Returns whether this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl core::fmt::Display for Value {
    /// Writes the canonical form.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.to_canonical()))
    }
}

impl core::str::FromStr for Value {
    type Err = Error;

    /// Reads JSON text strictly.
    fn from_str(json: &str) -> Result<Self, Error> {
        Self::parse(json.as_bytes(), Options::default())
    }
}

macro_rules! from {
    ($($type:ty => |$value:ident| $make:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                $make
            }
        }
    )*};
}

from! {
    bool => |value| Self::Bool(value);
    i8 => |value| Self::Integer(value.into());
    i16 => |value| Self::Integer(value.into());
    i32 => |value| Self::Integer(value.into());
    u8 => |value| Self::Integer(value.into());
    u16 => |value| Self::Integer(value.into());
    u32 => |value| Self::Integer(value.into());
    Integer => |value| Self::Integer(value);
    Number => |value| Self::Number(value);
    &str => |value| Self::String(value.into());
    String => |value| Self::String(value);
    Vec<Value> => |value| Self::Array(value);
    Object => |value| Self::Object(value);
}
