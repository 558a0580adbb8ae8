use core::fmt;
use std::borrow::Cow;

use matrix_identifiers::{OwnedRoomAliasId, OwnedRoomId};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::PathParameter;

/// A room by its ID or by one of its aliases.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoomIdOrAlias {
    /// The ID.
    Id(OwnedRoomId),
    /// An alias.
    Alias(OwnedRoomAliasId),
}

impl RoomIdOrAlias {
    /// Returns the ID or the alias.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Id(id) => id.as_str(),
            Self::Alias(alias) => alias.as_str(),
        }
    }
}

impl TryFrom<String> for RoomIdOrAlias {
    type Error = matrix_identifiers::Error;

    /// Reads an alias where the text begins with `#`, and otherwise an ID.
    ///
    /// # Errors
    ///
    /// When it is neither.
    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.starts_with('#') { text.try_into().map(Self::Alias) } else { text.try_into().map(Self::Id) }
    }
}

impl core::str::FromStr for RoomIdOrAlias {
    type Err = matrix_identifiers::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from(text.to_owned())
    }
}

impl fmt::Display for RoomIdOrAlias {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<OwnedRoomId> for RoomIdOrAlias {
    fn from(id: OwnedRoomId) -> Self {
        Self::Id(id)
    }
}

impl From<OwnedRoomAliasId> for RoomIdOrAlias {
    fn from(alias: OwnedRoomAliasId) -> Self {
        Self::Alias(alias)
    }
}

impl PathParameter for RoomIdOrAlias {
    fn to_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }

    fn from_text(text: String) -> Result<Self, String> {
        Self::try_from(text).map_err(|error| error.to_string())
    }
}

impl Serialize for RoomIdOrAlias {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for RoomIdOrAlias {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.try_into().map_err(serde::de::Error::custom)
    }
}
