/// The ways in which third-party identifiers, look-ups, terms and bindings can fail.
///
/// Addresses are people's: no message holds one whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A medium is empty, over 255 bytes long, or holds another character than `a-z`, `0-9`, `.`, `_` and `-`.
    #[error("invalid medium {0:?}")]
    InvalidMedium(String),
    /// An email address is none.
    #[error("invalid email address: {0}")]
    InvalidEmail(&'static str),
    /// A phone number is none.
    #[error("invalid phone number: {0}")]
    InvalidPhoneNumber(&'static str),
    /// An address of another medium is empty or too long.
    #[error("invalid address: {0}")]
    InvalidAddress(&'static str),
    /// A pepper is empty, too long, or holds another character than an ASCII letter or digit.
    #[error("invalid pepper: {0}")]
    InvalidPepper(&'static str),
    /// A URL is no base URL of a server.
    #[error("invalid base URL: {0}")]
    InvalidUrl(&'static str),

    /// A body is larger than is read.
    #[error("a body of {bytes} bytes where at most {max} are read")]
    BodyTooLarge {
        /// Its size.
        bytes: usize,
        /// How many bytes are read.
        max: usize,
    },
    /// A body is no JSON.
    #[error("not JSON: line {line}, column {column}")]
    InvalidJson {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1; 0 at the very start.
        column: usize,
    },
    /// A body lacks a field.
    #[error("no `{0}`")]
    MissingField(&'static str),
    /// A field, or the whole body, has another type than it should.
    #[error("`{field}` is not {expected}")]
    InvalidField {
        /// The path to the field; `$` for the whole.
        field: &'static str,
        /// What it should have been, with its article.
        expected: &'static str,
    },

    /// An algorithm for look-ups is none that is known here.
    #[error("unsupported algorithm {0:?}")]
    UnsupportedAlgorithm(String),
    /// The identity server offers no algorithm that is known here.
    #[error("no algorithm in common")]
    NoCommonAlgorithm,
    /// The identity server takes addresses in plain text only, and that was declined.
    #[error("look-ups in plain text were declined")]
    PlainTextDeclined,
    /// There are more addresses in one look-up than are sent.
    #[error("{count} addresses where at most {max} are looked up at once")]
    TooManyAddresses {
        /// How many there are.
        count: usize,
        /// How many are looked up at once.
        max: usize,
    },
    /// The identity server refused the pepper, was given the one that it named, and refused that as well.
    #[error("the pepper was refused twice")]
    PepperRefusedTwice,

    /// No response came.
    #[error("no response")]
    NoResponse,
    /// The access token is missing or no longer good: register with the identity server (again).
    #[error("not authenticated")]
    Unauthorized,
    /// New terms have to be agreed to first.
    #[error("there are terms to agree to")]
    TermsNotSigned,
    /// The identity server does not know the endpoint: it is older than look-ups by hash.
    #[error("the identity server has no such endpoint")]
    TooOld,
    /// Another error of the identity server.
    #[error("status {status}, {errcode}")]
    Refused {
        /// The status.
        status: u16,
        /// Its error code, or `no error code`.
        errcode: String,
    },
}

impl Error {
    /// Returns the variant's name in snake case.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::InvalidMedium(_) => "invalid_medium",
            Self::InvalidEmail(_) => "invalid_email",
            Self::InvalidPhoneNumber(_) => "invalid_phone_number",
            Self::InvalidAddress(_) => "invalid_address",
            Self::InvalidPepper(_) => "invalid_pepper",
            Self::InvalidUrl(_) => "invalid_url",
            Self::BodyTooLarge { .. } => "body_too_large",
            Self::InvalidJson { .. } => "invalid_json",
            Self::MissingField(_) => "missing_field",
            Self::InvalidField { .. } => "invalid_field",
            Self::UnsupportedAlgorithm(_) => "unsupported_algorithm",
            Self::NoCommonAlgorithm => "no_common_algorithm",
            Self::PlainTextDeclined => "plain_text_declined",
            Self::TooManyAddresses { .. } => "too_many_addresses",
            Self::PepperRefusedTwice => "pepper_refused_twice",
            Self::NoResponse => "no_response",
            Self::Unauthorized => "unauthorized",
            Self::TermsNotSigned => "terms_not_signed",
            Self::TooOld => "too_old",
            Self::Refused { .. } => "refused",
        }
    }
}
