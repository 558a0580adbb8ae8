use core::{fmt, str::FromStr};

use matrix_identifiers::RoomVersionId;

use crate::{
    error::Error,
    rules::RoomVersionRules,
    table::{V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, V12},
};

/// A room version that this crate has the rules of.
///
/// Versions it does not know stay text: [`RoomVersionId`], which [`RoomVersion::try_from`] refuses with
/// [`Error::UnknownVersion`]. Ordered by age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RoomVersion {
    /// Version 1, the first.
    V1,
    /// Version 2 (MSC1759): state resolution version 2.
    V2,
    /// Version 3 (MSC1659): event IDs are hashes.
    V3,
    /// Version 4 (MSC2002): URL-safe event IDs.
    V4,
    /// Version 5 (MSC2077): key validity.
    V5,
    /// Version 6 (MSC2240): strict JSON.
    V6,
    /// Version 7 (MSC2403): knocking.
    V7,
    /// Version 8: restricted joins.
    V8,
    /// Version 9: restricted joins survive redaction.
    V9,
    /// Version 10: integer power levels, `knock_restricted`.
    V10,
    /// Version 11 (MSC2174, MSC2175, MSC2176): a cleaner redaction.
    V11,
    /// Version 12: room IDs are hashes, privileged creators, state resolution 2.1.
    V12,
}

/// The version that servers were told to create rooms with, over time: version and the proposal or
/// specification release that made it so, oldest first.
pub const DEFAULT_HISTORY: [(RoomVersion, &str); 8] = [
    (RoomVersion::V1, "before MSC2002"),
    (RoomVersion::V4, "MSC2002"),
    (RoomVersion::V5, "MSC2334"),
    (RoomVersion::V6, "MSC2788"),
    (RoomVersion::V9, "MSC3589"),
    (RoomVersion::V10, "MSC3904"),
    (RoomVersion::V11, "MSC4239"),
    (RoomVersion::V12, "MSC4304"),
];

impl RoomVersion {
    /// Every known version, oldest first.
    pub const ALL: [Self; 12] = [
        Self::V1,
        Self::V2,
        Self::V3,
        Self::V4,
        Self::V5,
        Self::V6,
        Self::V7,
        Self::V8,
        Self::V9,
        Self::V10,
        Self::V11,
        Self::V12,
    ];

    /// The version that new rooms should have (MSC2334, MSC2788 and their successors): 12 today.
    pub const DEFAULT: Self = Self::V12;

    /// The version of a room whose `m.room.create` has no `room_version`: 1.
    pub const WITHOUT_ROOM_VERSION: Self = Self::V1;

    /// Returns the rules of this version.
    pub const fn rules(self) -> &'static RoomVersionRules {
        match self {
            Self::V1 => &V1,
            Self::V2 => &V2,
            Self::V3 => &V3,
            Self::V4 => &V4,
            Self::V5 => &V5,
            Self::V6 => &V6,
            Self::V7 => &V7,
            Self::V8 => &V8,
            Self::V9 => &V9,
            Self::V10 => &V10,
            Self::V11 => &V11,
            Self::V12 => &V12,
        }
    }

    /// Returns the version as it stands in `room_version`, `"1"` to `"12"`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V1 => "1",
            Self::V2 => "2",
            Self::V3 => "3",
            Self::V4 => "4",
            Self::V5 => "5",
            Self::V6 => "6",
            Self::V7 => "7",
            Self::V8 => "8",
            Self::V9 => "9",
            Self::V10 => "10",
            Self::V11 => "11",
            Self::V12 => "12",
        }
    }
}

impl fmt::Display for RoomVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<&RoomVersionId> for RoomVersion {
    type Error = Error;

    fn try_from(id: &RoomVersionId) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|version| version.as_str() == id.as_str())
            .ok_or_else(|| Error::UnknownVersion(id.to_owned()))
    }
}

impl TryFrom<&str> for RoomVersion {
    type Error = Error;

    fn try_from(text: &str) -> Result<Self, Error> {
        Self::try_from(RoomVersionId::parse(text)?)
    }
}

impl FromStr for RoomVersion {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::try_from(text)
    }
}
