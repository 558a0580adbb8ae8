use matrix_canonicaljson::{Integer, Value};

/// A value of JSON that holds no others, as `event_property_is` and `event_property_contains` compare it.
///
/// Source: [Conditions](https://spec.matrix.org/v1.19/client-server-api/#conditions-1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer within ±(2<sup>53</sup> − 1).
    Integer(Integer),
    /// A string.
    String(String),
}

impl Scalar {
    /// Reads a value; `None` for objects, arrays and other numbers.
    pub fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(Self::Null),
            Value::Bool(value) => Some(Self::Bool(*value)),
            Value::Integer(value) => Some(Self::Integer(*value)),
            Value::String(value) => Some(Self::String(value.clone())),
            Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// Tells whether a value of an event is this one, type included.
    pub fn is(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Null, Value::Null) => true,
            (Self::Bool(a), Value::Bool(b)) => a == b,
            (Self::Integer(a), Value::Integer(b)) => a == b,
            (Self::String(a), Value::String(b)) => a == b,
            _ => false,
        }
    }
}

impl From<Scalar> for Value {
    fn from(scalar: Scalar) -> Self {
        match scalar {
            Scalar::Null => Self::Null,
            Scalar::Bool(value) => Self::Bool(value),
            Scalar::Integer(value) => Self::Integer(value),
            Scalar::String(value) => Self::String(value),
        }
    }
}

impl From<&str> for Scalar {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<bool> for Scalar {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}
