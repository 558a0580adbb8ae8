use core::fmt;
use core::marker::PhantomData;

use matrix_canonicaljson::{Mode, Object, Value};
use matrix_events::{Lossy, Wire};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::client::keys::OneTimeKey;

/// A JSON value that is read when somebody asks for it: an event among others, say, of which a malformed one must not
/// keep the others from being read (MSC2801).
///
/// ```
/// use matrix_api::Raw;
/// use matrix_events::SyncEvent;
///
/// let event: Raw<SyncEvent> = serde_json::from_str(r#"{"type": "m.room.topic", "sender": 5}"#)?;
/// assert!(event.read_strict().is_err());
/// assert_eq!(event.json(), r#"{"type": "m.room.topic", "sender": 5}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub struct Raw<T> {
    json: Box<RawValue>,
    of: PhantomData<fn() -> T>,
}

impl<T> Raw<T> {
    /// Returns the text, as it came.
    #[must_use]
    pub fn json(&self) -> &str {
        self.json.get()
    }

    /// Takes an object.
    #[must_use]
    pub fn from_object(object: &Object) -> Self {
        Self::from_canonical(object.to_canonical())
    }

    fn from_canonical(json: Vec<u8>) -> Self {
        let json = String::from_utf8(json).ok();
        let json = json.and_then(|json| RawValue::from_string(json).ok());
        // What is written of an object is JSON, which is UTF-8.
        Self { json: json.unwrap_or_else(|| RawValue::NULL.to_owned()), of: PhantomData }
    }

    /// Reads the value as an object, whatever its numbers are.
    ///
    /// # Errors
    ///
    /// When the value is no object.
    pub fn to_object(&self) -> Result<Object, matrix_canonicaljson::Error> {
        Object::parse(self.json().as_bytes(), Mode::Lenient)
    }
}

impl<T: Wire> Raw<T> {
    /// Writes a value.
    #[must_use]
    pub fn new(value: &T) -> Self {
        Self::from_object(&value.to_object())
    }

    /// Reads the value; all of its fields have to fit.
    ///
    /// # Errors
    ///
    /// With the path of the first misfit.
    pub fn read_strict(&self) -> Result<T, matrix_events::Error> {
        T::read_strict(self.json().as_bytes())
    }

    /// Reads the value, leaving out what does not fit (MSC2801).
    ///
    /// # Errors
    ///
    /// When the value is no object or lacks what there is no value without.
    pub fn read_lenient(&self) -> Result<Lossy<T>, matrix_events::Error> {
        T::read_lenient(self.json().as_bytes())
    }
}

impl<T> Clone for Raw<T> {
    fn clone(&self) -> Self {
        Self { json: self.json.clone(), of: PhantomData }
    }
}

impl<T> PartialEq for Raw<T> {
    /// By the text: the same value in other words is not equal.
    fn eq(&self, other: &Self) -> bool {
        self.json() == other.json()
    }
}

impl<T> fmt::Debug for Raw<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What devices tell each other holds keys.
        write!(f, "Raw({} bytes)", self.json().len())
    }
}

impl<T> Serialize for Raw<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.json.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Raw<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { json: Box::<RawValue>::deserialize(deserializer)?, of: PhantomData })
    }
}

impl Raw<matrix_keybackup::KeyBackupData> {
    /// Reads the key.
    ///
    /// # Errors
    ///
    /// When the value is no object, or not such a key.
    pub fn read(&self) -> Result<matrix_keybackup::KeyBackupData, crate::Error> {
        let object = self.to_object().map_err(misfit)?;
        matrix_keybackup::KeyBackupData::from_object(&object).map_err(misfit)
    }
}

impl Raw<matrix_keybackup::RoomKeys> {
    /// Reads the keys, passing over those that are malformed, and says which these are.
    ///
    /// # Errors
    ///
    /// When the value is no object with `rooms`.
    pub fn read(&self) -> Result<(matrix_keybackup::RoomKeys, Vec<matrix_keybackup::Misfit>), crate::Error> {
        let object = self.to_object().map_err(misfit)?;
        matrix_keybackup::RoomKeys::read(&object).map_err(misfit)
    }
}

impl Raw<matrix_crosssigning::DeviceKeys> {
    /// Reads the keys of a device.
    ///
    /// # Errors
    ///
    /// When the value is no object, or not such keys.
    pub fn read(&self) -> Result<matrix_crosssigning::DeviceKeys, crate::Error> {
        let object = self.to_object().map_err(misfit)?;
        matrix_crosssigning::DeviceKeys::parse(object).map_err(misfit)
    }
}

impl Raw<OneTimeKey> {
    /// Reads the key.
    ///
    /// # Errors
    ///
    /// When the value is neither a string nor an object of canonical JSON.
    pub fn read(&self) -> Result<OneTimeKey, crate::Error> {
        serde_json::from_str(self.json()).map_err(misfit)
    }
}

impl From<&OneTimeKey> for Raw<OneTimeKey> {
    fn from(key: &OneTimeKey) -> Self {
        match key {
            OneTimeKey::Key(key) => Self::from_canonical(Value::from(key.as_str()).to_canonical()),
            OneTimeKey::Signed(object) => Self::from_object(object),
        }
    }
}

impl Raw<matrix_crosssigning::CrossSigningKey> {
    /// Reads the key of a role.
    ///
    /// # Errors
    ///
    /// When the value is no object, or not such a key.
    pub fn read(
        &self,
        role: matrix_crosssigning::KeyRole,
    ) -> Result<matrix_crosssigning::CrossSigningKey, crate::Error> {
        let object = self.to_object().map_err(misfit)?;
        matrix_crosssigning::CrossSigningKey::parse(role, object).map_err(misfit)
    }
}

impl Raw<matrix_push::Rule> {
    /// Reads the rule as one of a kind.
    ///
    /// # Errors
    ///
    /// When the value is no object, or has no `rule_id`.
    pub fn read(&self, kind: matrix_push::RuleKind) -> Result<matrix_push::Rule, crate::Error> {
        let object = self.to_object().map_err(misfit)?;
        matrix_push::Rule::from_object(kind, &object).ok_or_else(|| misfit("no `rule_id`"))
    }
}

fn misfit(reason: impl fmt::Display) -> crate::Error {
    crate::Error::InvalidBody { path: ".".to_owned(), reason: reason.to_string() }
}
