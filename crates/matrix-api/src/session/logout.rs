//! What a logout means for what is stored on the device.

use http::StatusCode;

use crate::{Errcode, MatrixError};

/// What a client does about an error, as far as being logged in goes.
///
/// Source: MSC1466; [soft logout](https://spec.matrix.org/v1.19/client-server-api/#soft-logout).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LogoutDecision {
    /// The error has nothing to do with it: the client stays logged in.
    StayLoggedIn,
    /// The access token may have expired: refresh it before anything else (MSC2918).
    Refresh,
    /// A soft logout: keep everything, encryption keys above all, and let the user log in again with the same device
    /// ID; or let them export the keys, or log out for good.
    KeepData,
    /// The session is gone: destroy what is stored, encryption keys included.
    DestroyData,
}

impl LogoutDecision {
    /// Decides about the error of a request that had an access token. `can_refresh` is whether there is a refresh token.
    ///
    /// Only a 401 `M_UNKNOWN_TOKEN` logs out. Where `soft_logout` is missing or no boolean, it is `false`.
    ///
    /// ```
    /// use http::StatusCode;
    /// use matrix_api::{MatrixError, session::LogoutDecision};
    ///
    /// let body = br#"{"errcode": "M_UNKNOWN_TOKEN", "error": "", "soft_logout": true}"#;
    /// let error = MatrixError::from_body(StatusCode::UNAUTHORIZED, body);
    /// assert_eq!(LogoutDecision::of(&error, false), LogoutDecision::KeepData);
    /// assert_eq!(LogoutDecision::of(&error, true), LogoutDecision::Refresh);
    /// ```
    #[must_use]
    pub fn of(error: &MatrixError, can_refresh: bool) -> Self {
        match error.status {
            StatusCode::UNAUTHORIZED if !error.is(&Errcode::UnknownToken) => Self::StayLoggedIn,
            StatusCode::UNAUTHORIZED if can_refresh => Self::Refresh,
            StatusCode::UNAUTHORIZED if error.soft_logout() => Self::KeepData,
            StatusCode::UNAUTHORIZED => Self::DestroyData,
            _ => Self::StayLoggedIn,
        }
    }

    /// Tells whether what is stored on the device is kept.
    #[must_use]
    pub fn keeps_data(self) -> bool {
        self != Self::DestroyData
    }

    /// Tells whether the user has to log in again before anything else can be done.
    #[must_use]
    pub fn is_logged_out(self) -> bool {
        matches!(self, Self::KeepData | Self::DestroyData)
    }
}
