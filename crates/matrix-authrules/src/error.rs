/// The ways in which [`Pdu::parse`](crate::Pdu::parse) can fail.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is not one JSON object.
    #[error("the event is not a JSON object")]
    NotAnObject,
    /// A field that the rules cannot do without is not there.
    #[error("the event has no `{0}`")]
    MissingField(&'static str),
    /// A field is of another type than the room version has.
    #[error("`{field}` is not {expected}")]
    InvalidField {
        /// The field's name.
        field: &'static str,
        /// What it should be.
        expected: &'static str,
    },
    /// A field that holds an identifier holds something else.
    #[error("`{field}`: {source}")]
    InvalidIdentifier {
        /// The field's name.
        field: &'static str,
        /// What is wrong with it.
        source: matrix_identifiers::Error,
    },
}

impl Error {
    /// Returns the variant's name in snake case.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NotAnObject => "not_an_object",
            Self::MissingField(_) => "missing_field",
            Self::InvalidField { .. } => "invalid_field",
            Self::InvalidIdentifier { .. } => "invalid_identifier",
        }
    }
}
