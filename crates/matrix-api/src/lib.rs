#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod error;
mod percent;
mod secret;
pub mod session;
pub mod uiaa;

pub use error::{
    Errcode, Error, MAX_ERROR_BYTES, MAX_ERROR_TEXT, MatrixError, NewPepper, RetryAfter, UnknownErrcode,
    invite_error_for_client, join_error_for_client,
};
pub use secret::{AccessToken, LoginToken, Password, RefreshToken, ValidationToken};
