//! OpenID: a token by which others can ask a homeserver who a user is.

use matrix_identifiers::{OwnedServerName, OwnedUserId, UserId};
use serde::{Deserialize, Serialize};

use crate::{AccessToken, Error};

/// The type of OpenID tokens, the only one there is.
pub const BEARER: &str = "Bearer";

/// A token for OpenID: the response of a homeserver's `request_token`, the body of
/// `POST /_matrix/integrations/v1/account/register` and of the same at an identity server, and what a widget gets.
///
/// Source: [OpenID](https://spec.matrix.org/v1.19/client-server-api/#openid); MSC1960, MSC1961, MSC2140.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenIdToken {
    /// The token, for `/_matrix/federation/v1/openid/userinfo` of the homeserver and nothing else.
    pub access_token: AccessToken,
    /// The type of the token: [`BEARER`].
    pub token_type: String,
    /// The homeserver.
    pub matrix_server_name: OwnedServerName,
    /// How long the token holds, in seconds.
    pub expires_in: u64,
}

impl OpenIdToken {
    /// Makes a token.
    #[must_use]
    pub fn new(access_token: AccessToken, matrix_server_name: OwnedServerName, expires_in: u64) -> Self {
        Self { access_token, token_type: BEARER.to_owned(), matrix_server_name, expires_in }
    }

    /// Checks the `sub` that the homeserver gave for this token: it has to be a user of that homeserver. Otherwise any
    /// homeserver could name the users of others.
    ///
    /// Source: MSC1961.
    ///
    /// # Errors
    ///
    /// [`Error::ForeignSubject`] when `sub` is no user ID, or that of another homeserver's user.
    ///
    /// ```
    /// use matrix_api::{AccessToken, OpenIdToken};
    ///
    /// let token = OpenIdToken::new(AccessToken::new("s3cr3t"), "example.org".try_into()?, 3600);
    /// assert_eq!(token.check_subject("@alice:example.org")?, "@alice:example.org");
    /// assert!(token.check_subject("@alice:example.com").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check_subject(&self, sub: &str) -> Result<OwnedUserId, Error> {
        let user = UserId::parse(sub).ok();
        let user = user.filter(|user| *user.server_name() == *self.matrix_server_name);
        user.map(ToOwned::to_owned).ok_or_else(|| Error::ForeignSubject {
            sub: sub.chars().take(255).collect(),
            server: self.matrix_server_name.clone(),
        })
    }
}
