/// Says why a string is not the identifier it was read as.
///
/// Offsets count bytes from the start of the string given to the parser, sigil included, also where
/// the fault lies in the server name inside a longer identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The string is empty where the grammar asks for at least one character.
    #[error("the identifier is empty")]
    Empty,
    /// The string is longer than its grammar allows; both numbers are in bytes.
    #[error("{length} bytes where at most {max} are allowed")]
    TooLong {
        /// What was found, in bytes.
        length: usize,
        /// What is allowed, in bytes.
        max: usize,
    },
    /// The first character is not the sigil of the type.
    #[error("does not start with the sigil {sigil:?}")]
    MissingSigil {
        /// The sigil that was expected: `@`, `!`, `$` or `#`.
        sigil: char,
    },
    /// Nothing follows the sigil of a room or event ID.
    #[error("nothing follows the sigil")]
    MissingOpaqueId,
    /// No colon separates the two halves.
    #[error("no ':' between the two halves")]
    MissingColon,
    /// The localpart is empty where one is being made: only historical user IDs have none.
    #[error("the localpart is empty")]
    EmptyLocalpart,
    /// A character stands where the grammar does not allow it.
    #[error("{character:?} is not allowed at byte {offset}")]
    InvalidCharacter {
        /// Where the character starts, in bytes.
        offset: usize,
        /// The character found.
        character: char,
    },
    /// The server name has no host.
    #[error("no host name at byte {offset}")]
    MissingHost {
        /// Where the host was expected, in bytes.
        offset: usize,
    },
    /// The brackets hold no IPv6 address, or are not closed.
    #[error("no IPv6 address in brackets at byte {offset}")]
    InvalidIpv6 {
        /// Where the opening bracket stands, in bytes.
        offset: usize,
    },
    /// The port is not one to five digits of a value up to 65,535.
    #[error("no port of one to five digits up to 65535 at byte {offset}")]
    InvalidPort {
        /// Where the port was expected, just after its colon, in bytes.
        offset: usize,
    },
    /// The string does not start with `mxc://`.
    #[error("does not start with \"mxc://\"")]
    MissingScheme,
    /// The `mxc:` URI names no media on its server.
    #[error("the mxc URI has no media ID")]
    MissingMediaId,
    /// The key ID has nothing before its colon.
    #[error("the key ID names no algorithm")]
    MissingAlgorithm,
    /// The server signing key ID has nothing after its colon.
    #[error("the key ID has no version")]
    MissingKeyVersion,
    /// A name is being made that only the specification may give.
    #[error("only the specification gives such names")]
    Reserved,
    /// A namespaced identifier is being made that does not start with a reversed domain name.
    #[error("does not start with a reversed domain name and a dot")]
    MissingNamespace,
    /// A name is being made of labels with dots between them, of which one is empty.
    #[error("an empty label at byte {offset}")]
    EmptyLabel {
        /// Where the label was expected, in bytes.
        offset: usize,
    },
}

impl Error {
    /// Names the variant in snake case, for logs and machine-readable answers.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::MissingSigil { .. } => "missing_sigil",
            Self::MissingOpaqueId => "missing_opaque_id",
            Self::MissingColon => "missing_colon",
            Self::EmptyLocalpart => "empty_localpart",
            Self::InvalidCharacter { .. } => "invalid_character",
            Self::MissingHost { .. } => "missing_host",
            Self::InvalidIpv6 { .. } => "invalid_ipv6",
            Self::InvalidPort { .. } => "invalid_port",
            Self::MissingScheme => "missing_scheme",
            Self::MissingMediaId => "missing_media_id",
            Self::MissingAlgorithm => "missing_algorithm",
            Self::MissingKeyVersion => "missing_key_version",
            Self::Reserved => "reserved",
            Self::MissingNamespace => "missing_namespace",
            Self::EmptyLabel { .. } => "empty_label",
        }
    }

    /// Returns the byte offset of the fault, where the fault has a place of its own.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        match *self {
            Self::InvalidCharacter { offset, .. }
            | Self::MissingHost { offset }
            | Self::InvalidIpv6 { offset }
            | Self::InvalidPort { offset }
            | Self::EmptyLabel { offset } => Some(offset),
            _ => None,
        }
    }

    /// The character that starts at `offset` of `text` is the fault.
    #[cold]
    pub(crate) fn character_at(text: &str, offset: usize) -> Self {
        let character = text.get(offset..).and_then(|rest| rest.chars().next());
        character.map_or(Self::Empty, |character| Self::InvalidCharacter { offset, character })
    }
}
