use matrix_identifiers::Error as IdentifierError;

/// The ways in which discovery can fail.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Something that should be a server name is none.
    #[error("invalid server name {name:?}: {source}")]
    InvalidServerName {
        /// What was found.
        name: String,
        /// What is wrong with it.
        source: IdentifierError,
    },
    /// Something that should be an `http` or `https` URL is none.
    #[error("invalid URL {url:?}: {reason}")]
    InvalidUrl {
        /// What was found, cut at 200 characters.
        url: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A version is neither `rX.Y.Z` nor `vX.Y`.
    #[error("invalid version {0:?}")]
    InvalidVersion(String),

    /// No response came: the connection, TLS or the look-up of the address failed.
    #[error("no response")]
    NoResponse,
    /// The response has another status than 200.
    #[error("status {0} instead of 200")]
    UnexpectedStatus(u16),
    /// A redirect leads nowhere: without a `Location`, or to a URL that is not `https`.
    #[error("cannot follow a redirect to {0:?}")]
    InvalidRedirect(String),
    /// A redirect leads to where another came from.
    #[error("redirect loop at {0}")]
    RedirectLoop(String),
    /// There are more redirects than are followed.
    #[error("more than {max} redirects", max = crate::MAX_REDIRECTS)]
    TooManyRedirects,

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

    /// An SRV record says that there is no such service.
    #[error("{0} says that there is no such service")]
    ServiceNotAvailable(String),
    /// No host that the server could be reached at has an address.
    #[error("no address for {0}")]
    NoAddress(String),
}

impl Error {
    /// Returns the variant's name in snake case.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::InvalidServerName { .. } => "invalid_server_name",
            Self::InvalidUrl { .. } => "invalid_url",
            Self::InvalidVersion(_) => "invalid_version",
            Self::NoResponse => "no_response",
            Self::UnexpectedStatus(_) => "unexpected_status",
            Self::InvalidRedirect(_) => "invalid_redirect",
            Self::RedirectLoop(_) => "redirect_loop",
            Self::TooManyRedirects => "too_many_redirects",
            Self::BodyTooLarge { .. } => "body_too_large",
            Self::InvalidJson { .. } => "invalid_json",
            Self::MissingField(_) => "missing_field",
            Self::InvalidField { .. } => "invalid_field",
            Self::ServiceNotAvailable(_) => "service_not_available",
            Self::NoAddress(_) => "no_address",
        }
    }
}
