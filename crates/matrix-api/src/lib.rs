#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod error;

pub use error::{
    Errcode, Error, MAX_ERROR_BYTES, MAX_ERROR_TEXT, MatrixError, NewPepper, RetryAfter, UnknownErrcode,
    invite_error_for_client, join_error_for_client,
};
