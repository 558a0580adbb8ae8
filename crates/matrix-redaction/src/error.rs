/// The ways in which an event can be unfit for redaction, or to be a redaction.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The event lacks a field that the algorithm reads.
    #[error("event has no `{0}`")]
    MissingField(&'static str),
    /// A field that the algorithm reads has another type than it should.
    #[error("`{field}` is not {expected}")]
    InvalidField {
        /// The field, with a dot before a key inside `content`.
        field: &'static str,
        /// What it should have been, with its article.
        expected: &'static str,
    },
    /// `redacts` names something that is no event ID.
    #[error("`redacts` is not an event ID: {0:?}")]
    InvalidTarget(String),
    /// An identifier in the event, such as its `sender`, is malformed.
    #[error("invalid `{field}`: {source}")]
    InvalidIdentifier {
        /// The field that holds it.
        field: &'static str,
        /// What is wrong with it.
        source: matrix_identifiers::Error,
    },
}

impl Error {
    /// Returns the variant's name in snake case.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::MissingField(_) => "missing_field",
            Self::InvalidField { .. } => "invalid_field",
            Self::InvalidTarget(_) => "invalid_target",
            Self::InvalidIdentifier { .. } => "invalid_identifier",
        }
    }
}
