use crate::Action;

/// Says why a text is no link, or why a link cannot be made.
///
/// Offsets count bytes from the start of the whole text given to the parser.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text starts neither with `matrix:` nor with `https://matrix.to/#/`.
    #[error("starts neither with \"matrix:\" nor with \"https://matrix.to/#/\"")]
    NotMatrix,
    /// A character stands bare where a URI cannot hold it.
    #[error("{character:?} has to be percent-encoded at byte {offset}")]
    InvalidCharacter {
        /// Where the character starts, in bytes.
        offset: usize,
        /// The character found.
        character: char,
    },
    /// A `%` is not followed by two hexadecimal digits.
    #[error("no two hexadecimal digits after the '%' at byte {offset}")]
    InvalidPercentEncoding {
        /// Where the `%` stands, in bytes.
        offset: usize,
    },
    /// The bytes that an identifier's percent-encoding stands for are not UTF-8.
    #[error("the identifier at byte {offset} is not UTF-8 once decoded")]
    InvalidUtf8 {
        /// Where the encoded identifier starts, in bytes.
        offset: usize,
    },
    /// The path of a `matrix:` URI does not have two or four segments.
    #[error("{found} path segments where two or four are needed")]
    SegmentCount {
        /// How many segments the path has, empty ones included.
        found: usize,
    },
    /// The path starts with a word that is no type, or with that of events.
    #[error("none of `u`, `r` and `roomid` at byte {offset}")]
    UnknownType {
        /// Where the word starts, in bytes.
        offset: usize,
    },
    /// What follows a room or user is not an event in a room.
    #[error("what begins at byte {offset} is no event in a room")]
    NotAnEvent {
        /// Where the third path segment, or the extra parameter of a matrix.to link, starts, in bytes.
        offset: usize,
    },
    /// An identifier is missing.
    #[error("no identifier at byte {offset}")]
    MissingIdentifier {
        /// Where the identifier was expected, in bytes.
        offset: usize,
    },
    /// The identifier of a matrix.to link starts with none of `@`, `#` and `!`.
    #[error("none of `@`, `#` and `!` at byte {offset}")]
    UnknownSigil {
        /// Where the identifier starts, in bytes.
        offset: usize,
    },
    /// The matrix.to link names an event and no room that it is in.
    #[error("the event at byte {offset} has no room before it")]
    EventWithoutRoom {
        /// Where the event ID starts, in bytes.
        offset: usize,
    },
    /// The matrix.to link names a group (`+name:server`), of which Matrix has none any more.
    #[error("groups such as the one at byte {offset} no longer exist")]
    Group {
        /// Where the identifier starts, in bytes.
        offset: usize,
    },
    /// What an identifier decodes to does not fit its grammar.
    #[error("the identifier at byte {offset}: {source}")]
    InvalidIdentifier {
        /// Where the encoded identifier starts, in bytes.
        offset: usize,
        /// What is wrong with it; its own offset counts in the decoded identifier, sigil included.
        source: matrix_identifiers::Error,
    },
    /// The action does not apply to what the link points at: one joins rooms, and chats with users.
    #[error("the action {:?} does not apply to what the link points at", .action.as_str())]
    InapplicableAction {
        /// The action refused.
        action: Action,
    },
    /// The name of a query item being made belongs to the specification: `action`, `via` or one that starts with `m.`.
    #[error("only the specification gives query items the names `action`, `via` and those in `m.`")]
    ReservedName,
}

impl Error {
    /// Names the variant in snake case, for logs and machine-readable answers.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NotMatrix => "not_matrix",
            Self::InvalidCharacter { .. } => "invalid_character",
            Self::InvalidPercentEncoding { .. } => "invalid_percent_encoding",
            Self::InvalidUtf8 { .. } => "invalid_utf8",
            Self::SegmentCount { .. } => "segment_count",
            Self::UnknownType { .. } => "unknown_type",
            Self::NotAnEvent { .. } => "not_an_event",
            Self::MissingIdentifier { .. } => "missing_identifier",
            Self::UnknownSigil { .. } => "unknown_sigil",
            Self::EventWithoutRoom { .. } => "event_without_room",
            Self::Group { .. } => "group",
            Self::InvalidIdentifier { .. } => "invalid_identifier",
            Self::InapplicableAction { .. } => "inapplicable_action",
            Self::ReservedName => "reserved_name",
        }
    }

    /// Returns the byte offset of the fault, where the fault has a place of its own.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        match *self {
            Self::InvalidCharacter { offset, .. }
            | Self::InvalidPercentEncoding { offset }
            | Self::InvalidUtf8 { offset }
            | Self::UnknownType { offset }
            | Self::NotAnEvent { offset }
            | Self::MissingIdentifier { offset }
            | Self::UnknownSigil { offset }
            | Self::EventWithoutRoom { offset }
            | Self::Group { offset }
            | Self::InvalidIdentifier { offset, .. } => Some(offset),
            _ => None,
        }
    }
}
