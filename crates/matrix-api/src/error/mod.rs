//! Errors: those of this crate, and those that servers answer with.

mod detail;
mod errcode;
mod matrix_error;
mod retry_after;
mod room_version;

pub use detail::NewPepper;
pub use errcode::{Errcode, UnknownErrcode};
pub use matrix_error::{MAX_ERROR_BYTES, MAX_ERROR_TEXT, MatrixError};
pub use retry_after::RetryAfter;
pub use room_version::{invite_error_for_client, join_error_for_client};

use matrix_identifiers::OwnedServerName;

/// The ways in which requests, responses and messages can be unreadable, and URLs impossible to build; and what a server
/// refuses, as [`Error::Server`].
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A body or message is larger than is read.
    #[error("a body of {bytes} bytes, {max} are read")]
    BodyTooLarge {
        /// Its size.
        bytes: usize,
        /// How many bytes are read.
        max: usize,
    },
    /// A body or message is no JSON.
    #[error("not JSON: line {line}, column {column}")]
    InvalidJson {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1; 0 at the very start.
        column: usize,
    },
    /// A body or message is JSON, but has not the fields that it should have.
    #[error("`{path}`: {reason}")]
    InvalidBody {
        /// The path to the misfit; `.` for the whole.
        path: String,
        /// What is wrong there.
        reason: String,
    },
    /// A URL is none of `http` or `https`, or no base URL where one is needed.
    #[error("invalid URL: {0}")]
    InvalidUrl(&'static str),
    /// A value has no JSON, or no form in a query.
    #[error("cannot be written: {0}")]
    Unwritable(String),
    /// A query has not the parameters that it should have.
    #[error("query parameter `{name}`: {reason}")]
    InvalidQuery {
        /// The parameter; `.` for the whole.
        name: String,
        /// What is wrong there.
        reason: String,
    },
    /// A parameter in a path is not of its type.
    #[error("path parameter `{name}`: {reason}")]
    InvalidParameter {
        /// The parameter.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A path is longer than is read.
    #[error("a path of {bytes} bytes, {max} are read")]
    PathTooLong {
        /// Its length.
        bytes: usize,
        /// How many bytes are read.
        max: usize,
    },
    /// A request is to another endpoint: its path is none of this one.
    #[error("{0:?} is no path of this endpoint")]
    OtherPath(String),
    /// A request is to another endpoint: its method is not that of this one.
    #[error("{0:?} is not the method of this endpoint")]
    OtherMethod(String),
    /// The server has no path of the endpoint, of which this would be the newest.
    #[error("the server does not have {0}")]
    NotServed(&'static str),
    /// The endpoint needs a token.
    #[error("no token, which the endpoint needs")]
    MissingToken,
    /// A token cannot stand in a header.
    #[error("the token cannot stand in a header")]
    InvalidToken,
    /// A header of a response is missing or not as it should be.
    #[error("header `{0}` is missing or unreadable")]
    InvalidHeader(&'static str),
    /// The subject of an OpenID token is no user of the homeserver that the token is from (MSC1961).
    #[error("{sub:?} is no user of {server}")]
    ForeignSubject {
        /// The subject.
        sub: String,
        /// The homeserver.
        server: OwnedServerName,
    },
    /// The server refuses.
    #[error("the server refuses: {0}")]
    Server(Box<MatrixError>),
}

impl Error {
    /// Returns the variant's name in snake case.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::BodyTooLarge { .. } => "body_too_large",
            Self::InvalidJson { .. } => "invalid_json",
            Self::InvalidBody { .. } => "invalid_body",
            Self::InvalidUrl(_) => "invalid_url",
            Self::Unwritable(_) => "unwritable",
            Self::InvalidQuery { .. } => "invalid_query",
            Self::InvalidParameter { .. } => "invalid_parameter",
            Self::PathTooLong { .. } => "path_too_long",
            Self::OtherPath(_) => "other_path",
            Self::OtherMethod(_) => "other_method",
            Self::NotServed(_) => "not_served",
            Self::MissingToken => "missing_token",
            Self::InvalidToken => "invalid_token",
            Self::InvalidHeader(_) => "invalid_header",
            Self::ForeignSubject { .. } => "foreign_subject",
            Self::Server(_) => "server",
        }
    }
}
