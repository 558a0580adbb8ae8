//! Validation sessions: proving that an address is one's own.

use core::fmt;

use matrix_identifiers::{ClientSecret, OwnedClientSecret, OwnedServerName, ServerName};
use serde_json::{Value, json};
use zeroize::{Zeroize as _, ZeroizeOnDrop};

use crate::{
    Error, Medium, Response,
    json::{self, JsonObject},
    response::MAX_RESPONSE_BYTES,
};

/// An access token of an identity server. `Debug` does not show it; memory is wiped.
#[derive(Clone)]
pub struct IdAccessToken(String);

impl IdAccessToken {
    /// Takes a token.
    #[must_use]
    pub fn new(token: String) -> Self {
        Self(token)
    }

    /// Returns the token, to be sent.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Drop for IdAccessToken {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for IdAccessToken {}

impl fmt::Debug for IdAccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdAccessToken(..)")
    }
}

/// An identity server as a homeserver is told of it: its name and the user's access token there. There is never one
/// without the other (MSC2140, MSC2263).
#[derive(Clone, Debug)]
pub struct IdentityServerAccess {
    /// `id_server`: the host, and perhaps a port; not a URL.
    pub id_server: OwnedServerName,
    /// `id_access_token`.
    pub id_access_token: IdAccessToken,
}

impl IdentityServerAccess {
    /// Reads the two fields from the body of a request to a homeserver; `None` when it has no `id_server`.
    ///
    /// # Errors
    ///
    /// When the body is no JSON object, `id_server` is no server name, or `id_access_token` is missing beside it.
    pub fn parse(body: &[u8]) -> Result<Option<Self>, Error> {
        let fields = json::read(body, MAX_RESPONSE_BYTES)?;
        if fields.get("id_server").is_none_or(Value::is_null) {
            return Ok(None);
        }
        let field = "id_server";
        let id_server = ServerName::parse(json::text(&fields, field)?);
        let id_server =
            id_server.map_err(|_| Error::InvalidField { field, expected: "a server name" })?.to_owned();
        let id_access_token = IdAccessToken::new(json::text(&fields, "id_access_token")?.to_owned());
        Ok(Some(Self { id_server, id_access_token }))
    }

    pub(crate) fn write(&self, fields: &mut JsonObject) {
        fields.insert("id_server".to_owned(), json!(self.id_server.as_str()));
        fields.insert("id_access_token".to_owned(), json!(self.id_access_token.expose()));
    }
}

/// A validation session, as the client that began it knows it: the session's ID and the client's secret.
///
/// Both have the grammar of [`ClientSecret`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationSession {
    /// `sid`
    pub sid: String,
    /// `client_secret`
    pub client_secret: OwnedClientSecret,
}

impl ValidationSession {
    /// Makes a session of its two parts.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidField`] when `sid` is not 1 to 255 of `0-9`, `a-z`, `A-Z`, `.`, `=`, `_` and `-`.
    pub fn new(sid: &str, client_secret: &ClientSecret) -> Result<Self, Error> {
        if ClientSecret::parse(sid).is_err() {
            return Err(Error::InvalidField { field: "sid", expected: "a session ID" });
        }
        Ok(Self { sid: sid.to_owned(), client_secret: client_secret.to_owned() })
    }

    /// Reads the fields `sid` and `client_secret` of an object.
    pub(crate) fn read(fields: &JsonObject) -> Result<Self, Error> {
        let field = "client_secret";
        let secret = ClientSecret::parse(json::text(fields, field)?);
        let secret = secret.map_err(|_| Error::InvalidField { field, expected: "a client secret" })?;
        Self::new(json::text(fields, "sid")?, secret)
    }

    pub(crate) fn write(&self, fields: &mut JsonObject) {
        fields.insert("sid".to_owned(), json!(self.sid));
        fields.insert("client_secret".to_owned(), json!(self.client_secret.as_str()));
    }

    /// Writes the body that submits the token which the user got, JSON.
    #[must_use]
    pub fn submit_token_body(&self, token: &str) -> String {
        let mut fields = JsonObject::new();
        self.write(&mut fields);
        fields.insert("token".to_owned(), json!(token));
        Value::Object(fields).to_string()
    }
}

/// Tells whether a client has to name an identity server when it asks a homeserver for a validation token (MSC2263).
///
/// `since_r0_6_0` tells whether the homeserver lists version r0.6.0 or a later one; otherwise the unstable feature flag
/// `m.require_identity_server` decides, and without it the server is needed.
#[must_use]
pub fn requires_identity_server(since_r0_6_0: bool, flag: Option<bool>) -> bool {
    !since_r0_6_0 && flag != Some(false)
}

/// The response of a homeserver's `requestToken` endpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestTokenResponse {
    /// The ID of the session.
    pub sid: String,
    /// Where to send the code that the user got (MSC2078).
    pub submit_url: Option<String>,
}

/// What a client does with a validation token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submission {
    /// Ask the user for the code and POST it to this URL as JSON, see [`ValidationSession::submit_token_body`].
    PostTo(String),
    /// Ask the user for the code and POST it to `/_matrix/identity/v2/validate/…/submitToken` of the identity server that
    /// the request named.
    ToIdentityServer,
    /// Nothing: the user follows a link in the message.
    OutOfBand,
}

impl RequestTokenResponse {
    /// Reads a response body.
    ///
    /// # Errors
    ///
    /// When the body is no JSON object, has no `sid` of the right form, or its `submit_url` is neither an `http` nor an
    /// `https` URL: the code that belongs there must not go elsewhere.
    pub fn parse(body: &[u8]) -> Result<Self, Error> {
        let fields = json::read(body, MAX_RESPONSE_BYTES)?;
        let sid = json::text(&fields, "sid")?;
        if ClientSecret::parse(sid).is_err() {
            return Err(Error::InvalidField { field: "sid", expected: "a session ID" });
        }
        let field = "submit_url";
        let submit_url = match fields.get(field) {
            None | Some(Value::Null) => None,
            Some(url) => match url.as_str().filter(|url| is_http(url)) {
                Some(url) => Some(url.to_owned()),
                None => return Err(Error::InvalidField { field, expected: "an http or https URL" }),
            },
        };
        Ok(Self { sid: sid.to_owned(), submit_url })
    }

    /// Decides where the token goes: to the `submit_url` if there is one; otherwise to the identity server, when the
    /// request named one and the address is a phone number, which gets a code; otherwise nowhere.
    ///
    /// Source: MSC2078.
    #[must_use]
    pub fn submission(&self, medium: &Medium, named_identity_server: bool) -> Submission {
        match &self.submit_url {
            Some(url) => Submission::PostTo(url.clone()),
            None if named_identity_server && *medium == Medium::Msisdn => Submission::ToIdentityServer,
            None => Submission::OutOfBand,
        }
    }
}

fn is_http(url: &str) -> bool {
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    fluent_uri::Uri::parse(url).is_ok()
        && ["http", "https"].iter().any(|http| scheme.eq_ignore_ascii_case(http))
}

/// Why a homeserver refused a request for a validation token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestTokenRefusal {
    /// 400 `M_SERVER_NOT_TRUSTED`: the homeserver does not work with that identity server (MSC2263).
    ServerNotTrusted,
    /// 400 `M_THREEPID_IN_USE`: another account of the homeserver has the address.
    InUse,
    /// 400 `M_THREEPID_IN_USE`, though the address is on the user's own account: the homeserver is from before adding and
    /// binding were told apart, and will not bind it again (MSC2229, which MSC2290 has made obsolete).
    InUseByOneself,
    /// Something else.
    Other(Error),
}

impl RequestTokenRefusal {
    /// Reads an error response. `own` tells whether the user's own account has the address.
    #[must_use]
    pub fn of(response: Response<'_>, own: bool) -> Self {
        match (response.status, response.errcode().as_deref()) {
            (400, Some("M_SERVER_NOT_TRUSTED")) => Self::ServerNotTrusted,
            (400, Some("M_THREEPID_IN_USE")) if own => Self::InUseByOneself,
            (400, Some("M_THREEPID_IN_USE")) => Self::InUse,
            (status, errcode) => match response.success() {
                Err(error) => Self::Other(error),
                Ok(_) => {
                    let errcode = errcode.unwrap_or("no error code").to_owned();
                    Self::Other(Error::Refused { status, errcode })
                }
            },
        }
    }
}
