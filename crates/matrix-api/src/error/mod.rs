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

/// The ways in which requests, responses and messages can be unreadable, and URLs impossible to build.
///
/// What a server refuses is no such error: that is a [`MatrixError`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
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
        }
    }
}
