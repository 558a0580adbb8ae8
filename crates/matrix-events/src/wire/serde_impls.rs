//! Serde: by way of an object, so that it works with every format. The bytes are faster.

use matrix_canonicaljson::Object;
use serde_core::de::{Deserialize, Deserializer, Error as _};
use serde_core::ser::{Serialize, Serializer};

use crate::Wire;

pub(crate) fn serialize<T: Wire, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.to_object().serialize(serializer)
}

pub(crate) fn deserialize<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::from_object(&Object::deserialize(deserializer)?).map_err(D::Error::custom)
}

macro_rules! serde_impls {
    ($name:ident) => {
        impl serde_core::Serialize for $name {
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::wire::serialize(self, serializer)
            }
        }

        impl<'de> serde_core::Deserialize<'de> for $name {
            /// Deserializes strictly.
            fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::deserialize(deserializer)
            }
        }
    };
}
pub(crate) use serde_impls;
