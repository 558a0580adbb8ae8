use matrix_identifiers::OwnedRoomVersionId;

/// The ways in which the text of a room version can be refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text follows the grammar, but this crate has no rules for that version.
    #[error("room version {:?} is not known", .0.as_str())]
    UnknownVersion(OwnedRoomVersionId),
    /// The text is no room version at all: 1 to 32 characters out of `a-z`, `0-9`, `.` and `-`.
    #[error("invalid room version: {0}")]
    InvalidVersion(#[from] matrix_identifiers::Error),
}

impl Error {
    /// Returns the variant's name in snake case.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::UnknownVersion(_) => "unknown_version",
            Self::InvalidVersion(_) => "invalid_version",
        }
    }
}
