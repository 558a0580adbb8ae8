//! The tokens of a session.

use serde::{Deserialize, Serialize};

use crate::{AccessToken, RefreshToken};

/// How long before it expires an access token is refreshed, in milliseconds: a minute, or a quarter of its lifetime
/// where that is shorter.
pub const REFRESH_EARLY_MS: u64 = 60_000;

/// What a response brings of new tokens: the body of that to `POST /refresh`, and three fields of those to a login and a
/// registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshedTokens {
    /// The access token.
    pub access_token: AccessToken,
    /// The refresh token; in the response to a refresh, when it is missing, the old one stays (MSC2918).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<RefreshToken>,
    /// How long the access token holds, in milliseconds; it does not expire where this is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in_ms: Option<u64>,
}

/// The tokens of a session, as a client stores them.
///
/// Times are in milliseconds, of any one clock that goes on while the client does not run.
///
/// Source: MSC2918;
/// [refreshing access tokens](https://spec.matrix.org/v1.19/client-server-api/#refreshing-access-tokens).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// The access token.
    pub access_token: AccessToken,
    /// The refresh token, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<RefreshToken>,
    /// When the access token was received.
    #[serde(default)]
    pub received_at_ms: u64,
    /// How long it holds from then on; without a lifetime it does not expire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in_ms: Option<u64>,
}

impl Tokens {
    /// Takes the tokens of the response to a login or a registration, received at `now_ms`.
    #[must_use]
    pub fn new(received: RefreshedTokens, now_ms: u64) -> Self {
        Self {
            access_token: received.access_token,
            refresh_token: received.refresh_token,
            received_at_ms: now_ms,
            expires_in_ms: received.expires_in_ms,
        }
    }

    /// Tells whether the lifetime of the access token is over.
    #[must_use]
    pub fn is_expired(&self, now_ms: u64) -> bool {
        self.expires_at_ms().is_some_and(|at| now_ms >= at)
    }

    /// Tells whether it is time to refresh: the access token expires soon, and there is a refresh token.
    #[must_use]
    pub fn is_refresh_due(&self, now_ms: u64) -> bool {
        self.refresh_token.is_some() && self.refresh_at_ms().is_some_and(|at| now_ms >= at)
    }

    /// Returns when it will be time to refresh; `None` when the access token does not expire.
    #[must_use]
    pub fn refresh_at_ms(&self) -> Option<u64> {
        let early = (self.expires_in_ms? / 4).min(REFRESH_EARLY_MS);
        Some(self.expires_at_ms()?.saturating_sub(early))
    }

    fn expires_at_ms(&self) -> Option<u64> {
        Some(self.received_at_ms.saturating_add(self.expires_in_ms?))
    }
}

#[cfg(feature = "client")]
impl From<crate::client::session::refresh::Response> for RefreshedTokens {
    fn from(response: crate::client::session::refresh::Response) -> Self {
        let crate::client::session::refresh::Response { access_token, refresh_token, expires_in_ms } =
            response;
        Self { access_token, refresh_token, expires_in_ms }
    }
}
