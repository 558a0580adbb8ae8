use alloc::collections::BTreeMap;

use matrix_identifiers::{OwnedRoomVersionId, RoomVersionId};

/// The `m.room_versions` capability: which room versions a server offers to its clients (MSC1804).
///
/// ```
/// use matrix_roomversion::{RoomVersionsCapability, Stability};
///
/// let capability = RoomVersionsCapability {
///     default: "12".parse()?,
///     available: [("11".parse()?, Stability::Stable), ("org.example.try".parse()?, Stability::Unstable)].into(),
/// };
/// assert!(capability.is_stable(&"12".parse::<matrix_identifiers::OwnedRoomVersionId>()?));
/// let old = "org.example.try".parse::<matrix_identifiers::OwnedRoomVersionId>()?;
/// assert_eq!(capability.suggested_upgrade(&old).map(|version| version.as_str()), Some("12"));
/// # Ok::<(), matrix_identifiers::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RoomVersionsCapability {
    /// The version of the rooms that the server creates. It is stable by definition, listed or not.
    pub default: OwnedRoomVersionId,
    /// Every version that the server can take part in.
    pub available: BTreeMap<OwnedRoomVersionId, Stability>,
}

/// How much a server recommends a room version (MSC1804).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(from = "String", into = "String")
)]
pub enum Stability {
    /// `stable`.
    Stable,
    /// `unstable`.
    Unstable,
    /// Any other word, which counts as unstable.
    Other(String),
}

impl RoomVersionsCapability {
    /// Tells whether the server recommends `version`: it is the default, or marked `stable`.
    pub fn is_stable(&self, version: &RoomVersionId) -> bool {
        *self.default == *version || self.available.get(version) == Some(&Stability::Stable)
    }

    /// Returns the version that a room of `version` should be upgraded to: the default, unless `version` is
    /// stable. A version that the server does not list is not stable.
    pub fn suggested_upgrade(&self, version: &RoomVersionId) -> Option<&RoomVersionId> {
        (!self.is_stable(version)).then_some(&*self.default)
    }
}

impl Stability {
    /// Returns the word on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Stable => "stable",
            Self::Unstable => "unstable",
            Self::Other(word) => word,
        }
    }
}

impl From<String> for Stability {
    fn from(word: String) -> Self {
        match word.as_str() {
            "stable" => Self::Stable,
            "unstable" => Self::Unstable,
            _ => Self::Other(word),
        }
    }
}

impl From<Stability> for String {
    fn from(stability: Stability) -> Self {
        match stability {
            Stability::Other(word) => word,
            known => known.as_str().to_owned(),
        }
    }
}
