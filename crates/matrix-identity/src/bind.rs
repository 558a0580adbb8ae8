//! Adding an address to an account, and binding it at an identity server (MSC2290).
//!
//! To add is to tell the homeserver, which then accepts the address for resetting a password, say. To bind is to tell an
//! identity server, so that others find the user. The homeserver checks what is added; the identity server checks what
//! is bound there.

use matrix_identifiers::UserId;
use serde_json::{Value, json};

use crate::{
    Error, IdentityServerAccess, Medium, ValidationSession,
    json::{self, JsonObject},
    response::MAX_RESPONSE_BYTES,
};

/// What is to be done with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Add it to the account.
    Add,
    /// Bind it at an identity server.
    Bind,
}

/// The endpoint of a homeserver that serves a purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountEndpoint {
    /// `POST /account/3pid/add`, with user-interactive authentication: [`add_body`].
    Add,
    /// `POST /account/3pid/bind`, with an access token: [`bind_body`].
    Bind,
    /// `POST /account/3pid`, deprecated: [`legacy_body`].
    Legacy,
}

impl AccountEndpoint {
    /// Chooses the endpoint.
    ///
    /// `separate` tells whether the homeserver lists version r0.6.0 or a later one, or has the unstable feature flag
    /// `m.separate_add_and_bind` set to true. Without that an address can only be added, and binding has no answer.
    #[must_use]
    pub fn of(purpose: Purpose, separate: bool) -> Option<Self> {
        match (purpose, separate) {
            (Purpose::Add, true) => Some(Self::Add),
            (Purpose::Bind, true) => Some(Self::Bind),
            (Purpose::Add, false) => Some(Self::Legacy),
            (Purpose::Bind, false) => None,
        }
    }

    /// Returns the path below the version of the client-server API.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Add => "/account/3pid/add",
            Self::Bind => "/account/3pid/bind",
            Self::Legacy => "/account/3pid",
        }
    }

    /// Tells whether the endpoint asks for user-interactive authentication: adding an address makes it good for taking
    /// over the account.
    #[must_use]
    pub fn is_interactive(self) -> bool {
        self == Self::Add
    }
}

/// Returns the path that a validation token is asked for at: of the homeserver, below the version of the client-server
/// API, for an address to be added; of the identity server for one to be bound.
#[must_use]
pub fn request_token_path(purpose: Purpose, medium: &Medium) -> String {
    match purpose {
        Purpose::Add => format!("/account/3pid/{medium}/requestToken"),
        Purpose::Bind => format!("/_matrix/identity/v2/validate/{medium}/requestToken"),
    }
}

/// Writes the body for [`AccountEndpoint::Add`], JSON.
#[must_use]
pub fn add_body(session: &ValidationSession) -> String {
    Value::Object(session_fields(session)).to_string()
}

/// Writes the body for [`AccountEndpoint::Bind`], JSON.
#[must_use]
pub fn bind_body(session: &ValidationSession, server: &IdentityServerAccess) -> String {
    let mut fields = session_fields(session);
    server.write(&mut fields);
    Value::Object(fields).to_string()
}

/// Writes the body for [`AccountEndpoint::Legacy`], JSON. It names no identity server and asks for no binding.
#[must_use]
pub fn legacy_body(session: &ValidationSession) -> String {
    json!({"three_pid_creds": session_fields(session)}).to_string()
}

/// Reads the body of a request to [`AccountEndpoint::Add`].
///
/// # Errors
///
/// When the body is no JSON object, or `sid` or `client_secret` is missing or malformed.
pub fn read_add_body(body: &[u8]) -> Result<ValidationSession, Error> {
    ValidationSession::read(&json::read(body, MAX_RESPONSE_BYTES)?)
}

/// Reads the body of a request to [`AccountEndpoint::Bind`].
///
/// # Errors
///
/// When the body is no JSON object, or one of its four fields is missing or malformed.
pub fn read_bind_body(body: &[u8]) -> Result<(ValidationSession, IdentityServerAccess), Error> {
    let session = read_add_body(body)?;
    let server = IdentityServerAccess::parse(body)?.ok_or(Error::MissingField("id_server"))?;
    Ok((session, server))
}

/// Reads the body of a request to [`AccountEndpoint::Legacy`], which adds and never binds: `bind` and whatever identity
/// server it names are ignored.
///
/// # Errors
///
/// When the body is no JSON object, or has no `three_pid_creds` (once also `threePidCreds`) with a session.
pub fn read_legacy_body(body: &[u8]) -> Result<ValidationSession, Error> {
    let fields = json::read(body, MAX_RESPONSE_BYTES)?;
    let old = fields.contains_key("threePidCreds") && !fields.contains_key("three_pid_creds");
    ValidationSession::read(json::object(&fields, if old { "threePidCreds" } else { "three_pid_creds" })?)
}

/// Decides for a homeserver whether `requester` may add or bind an address that is on the account of `owner`: it is not
/// added while it is on another user's account, and always bound, because that is for the identity server to check.
#[must_use]
pub fn may_add_or_bind(purpose: Purpose, owner: Option<&UserId>, requester: &UserId) -> bool {
    purpose == Purpose::Bind || owner.is_none_or(|owner| owner == requester)
}

fn session_fields(session: &ValidationSession) -> JsonObject {
    let mut fields = JsonObject::new();
    session.write(&mut fields);
    fields
}
