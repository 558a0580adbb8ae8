use core::cmp::Reverse;

use matrix_canonicaljson::{Object, Value};

use crate::{error::Error, fields};

/// What a server knows of a key without reading it, and compares keys by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyMetadata {
    /// The index of the first message that the key decrypts.
    pub first_message_index: u64,
    /// How often the key was forwarded from device to device.
    pub forwarded_count: u64,
    /// Whether the device that backed the key up has verified the device that it came from.
    pub is_verified: bool,
}

/// Says which of two keys of a session stays in a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Keep {
    /// The one that is there.
    Existing,
    /// The one that is uploaded.
    Candidate,
}

impl KeyMetadata {
    /// Reads the three members.
    ///
    /// # Errors
    ///
    /// [`Error::MissingField`] or [`Error::InvalidField`].
    pub fn from_object(object: &Object) -> Result<Self, Error> {
        Ok(Self {
            first_message_index: fields::count(object, "first_message_index")?,
            forwarded_count: fields::count(object, "forwarded_count")?,
            is_verified: fields::required(object, "is_verified", "true or false", Value::as_bool)?,
        })
    }

    /// Writes the three members.
    pub fn to_object(self) -> Object {
        Object::from([
            ("first_message_index", fields::count_value(self.first_message_index)),
            ("forwarded_count", fields::count_value(self.forwarded_count)),
            ("is_verified", Value::Bool(self.is_verified)),
        ])
    }

    /// The better key comes later.
    fn rank(&self) -> (bool, Reverse<u64>, Reverse<u64>) {
        (self.is_verified, Reverse(self.first_message_index), Reverse(self.forwarded_count))
    }
}

/// Says which of two keys of a session is better: the verified one, or else the one that starts earlier, or else the
/// one that was forwarded less often, or else the one that is there (MSC1219).
///
/// ```
/// use matrix_keybackup::{Keep, KeyMetadata, better};
///
/// let stored = KeyMetadata { first_message_index: 0, forwarded_count: 0, is_verified: false };
/// let verified = KeyMetadata { first_message_index: 9, forwarded_count: 2, is_verified: true };
/// assert_eq!(better(&stored, &verified), Keep::Candidate);
/// assert_eq!(better(&stored, &stored), Keep::Existing);
/// ```
pub fn better(existing: &KeyMetadata, candidate: &KeyMetadata) -> Keep {
    if candidate.rank() > existing.rank() { Keep::Candidate } else { Keep::Existing }
}
