//! Being registered with integration managers.

use std::collections::BTreeMap;

use http::StatusCode;
use matrix_discovery::{HttpUrl, IntegrationManager};

use crate::{AccessToken, MatrixError};

/// What to do to use an integration manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ManagerRequest<'a> {
    /// Send the request with this token.
    Send(&'a ManagerToken),
    /// Ask the homeserver for an OpenID token, register with it, and give the answer to [`ManagerAccounts::registered`].
    Register,
}

/// A token of an integration manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagerToken {
    /// The token.
    pub token: AccessToken,
    /// Whether it consists of the characters of URL-safe base64, as it should; it may be sent in a URL then.
    pub is_url_safe: bool,
}

/// A user's tokens of integration managers, each for the manager that it came from and no other.
///
/// Source: MSC1961.
///
/// ```
/// use matrix_api::AccessToken;
/// use matrix_api::integrations::{IntegrationManager, ManagerAccounts, ManagerRequest};
/// use matrix_discovery::HttpUrl;
///
/// let url = HttpUrl::parse("https://integrations.example.org")?;
/// let manager = IntegrationManager { api_url: url.clone(), ui_url: url };
/// let mut accounts = ManagerAccounts::default();
/// assert_eq!(accounts.request(&manager), ManagerRequest::Register);
/// accounts.registered(&manager, AccessToken::new("OpaqueString"));
/// assert!(matches!(accounts.request(&manager), ManagerRequest::Send(_)));
///
/// // The user logs out: so does the client, everywhere.
/// assert_eq!(accounts.log_out().count(), 1);
/// assert_eq!(accounts.request(&manager), ManagerRequest::Register);
/// # Ok::<(), matrix_discovery::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ManagerAccounts {
    tokens: BTreeMap<HttpUrl, ManagerToken>,
}

impl ManagerAccounts {
    /// Says what to do to use a manager.
    #[must_use]
    pub fn request(&self, manager: &IntegrationManager) -> ManagerRequest<'_> {
        self.tokens.get(&manager.api_url).map_or(ManagerRequest::Register, ManagerRequest::Send)
    }

    /// Takes the token that a manager gave for an OpenID token.
    pub fn registered(&mut self, manager: &IntegrationManager, token: AccessToken) {
        let url_safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=');
        let is_url_safe = token.expose().bytes().all(url_safe);
        self.tokens.insert(manager.api_url.clone(), ManagerToken { token, is_url_safe });
    }

    /// Takes the error of a request to a manager: with 401, its token is forgotten, and it is time to register again. `true`
    /// when that is so.
    pub fn on_error(&mut self, manager: &IntegrationManager, error: &MatrixError) -> bool {
        error.status == StatusCode::UNAUTHORIZED && self.tokens.remove(&manager.api_url).is_some()
    }

    /// Forgets the token of a manager that is no longer needed, and returns it for `POST /account/logout`.
    pub fn leave(&mut self, manager: &IntegrationManager) -> Option<ManagerToken> {
        self.tokens.remove(&manager.api_url)
    }

    /// Forgets all tokens, and returns them with the managers' API URLs for `POST /account/logout`.
    pub fn log_out(&mut self) -> impl Iterator<Item = (HttpUrl, ManagerToken)> {
        core::mem::take(&mut self.tokens).into_iter()
    }
}
