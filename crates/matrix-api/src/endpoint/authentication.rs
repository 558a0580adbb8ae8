use http::{HeaderValue, Request, header};

use crate::{AccessToken, Error};

/// How a caller says who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Authentication {
    /// Not at all. A token that is there is not sent.
    None,
    /// With an access token: of a user, of an application service, of an identity server's account.
    AccessToken,
    /// With an access token or without one; what the answer says may differ.
    OptionalAccessToken,
    /// With the signature of a server over the request (`X-Matrix`), which is added to the finished request.
    ServerSignature,
}

/// What a request is authenticated with.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Credentials<'a> {
    /// Nothing.
    None,
    /// A token, in the `Authorization` header.
    Token(&'a AccessToken),
}

impl Authentication {
    /// Returns the header to send, if there is one.
    pub(crate) fn header(self, credentials: Credentials<'_>) -> Result<Option<HeaderValue>, Error> {
        match (self, credentials) {
            (Self::None | Self::ServerSignature, _) | (Self::OptionalAccessToken, Credentials::None) => {
                Ok(None)
            }
            (Self::AccessToken, Credentials::None) => Err(Error::MissingToken),
            (_, Credentials::Token(token)) => {
                let text = zeroize::Zeroizing::new(format!("Bearer {}", token.expose()));
                let mut value = HeaderValue::from_str(&text).map_err(|_| Error::InvalidToken)?;
                value.set_sensitive(true);
                Ok(Some(value))
            }
        }
    }
}

/// Returns the token in the `Authorization` header of a request, or else in the query parameter `access_token`, which
/// clients used before.
///
/// Source: [using access tokens](https://spec.matrix.org/v1.19/client-server-api/#using-access-tokens).
#[must_use]
pub fn bearer_token<B>(request: &Request<B>) -> Option<AccessToken> {
    if let Some(value) = request.headers().get(header::AUTHORIZATION) {
        let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
        let token = token.trim_matches(' ');
        return (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then(|| AccessToken::new(token));
    }
    #[derive(serde::Deserialize)]
    struct Query {
        access_token: AccessToken,
    }
    let query: Query = serde_html_form::from_str(request.uri().query()?).ok()?;
    Some(query.access_token)
}
