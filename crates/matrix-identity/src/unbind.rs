//! Taking an address back from an identity server (MSC1915).

use matrix_identifiers::{ServerName, UserId};
use serde_json::{Value, json};

use crate::{Error, Response, ThirdPartyId, ValidationSession, json::JsonObject};

/// What a homeserver says about unbinding: `id_server_unbind_result`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnbindResult {
    /// `success`
    Success,
    /// `no-support`: the identity server cannot do it, or it is not known which one to ask.
    NoSupport,
}

impl UnbindResult {
    /// Reads the field of a response of `/account/3pid/delete`, `/account/3pid/unbind` or `/account/deactivate`.
    ///
    /// # Errors
    ///
    /// When the body is no JSON object or the field is neither.
    pub fn parse(body: &[u8]) -> Result<Self, Error> {
        let fields = crate::json::read(body, crate::response::MAX_RESPONSE_BYTES)?;
        let field = "id_server_unbind_result";
        match crate::json::text(&fields, field)? {
            "success" => Ok(Self::Success),
            "no-support" => Ok(Self::NoSupport),
            _ => Err(Error::InvalidField { field, expected: "success or no-support" }),
        }
    }

    /// Returns the value of the field.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::NoSupport => "no-support",
        }
    }

    /// Writes the body of the response, JSON.
    #[must_use]
    pub fn to_json(self) -> String {
        json!({"id_server_unbind_result": self.as_str()}).to_string()
    }

    /// Sums up several, as for an account that is deactivated: a success when all are, or when there was nothing to do.
    #[must_use]
    pub fn all(results: impl IntoIterator<Item = Self>) -> Self {
        results.into_iter().max().unwrap_or(Self::Success)
    }
}

/// How a homeserver's attempt to unbind ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnbindOutcome {
    /// Answer 200 with this.
    Result(UnbindResult),
    /// Give the identity server's error to the client.
    Relay {
        /// The status.
        status: u16,
        /// The error code, if the body has one.
        errcode: Option<String>,
    },
    /// The identity server did not answer.
    NoResponse,
}

/// Chooses the identity server to unbind from: the one that the request names, or else the one that the homeserver
/// remembers to have bound the address at. With neither, the answer is [`UnbindResult::NoSupport`].
#[must_use]
pub fn unbind_from<'a>(
    requested: Option<&'a ServerName>,
    remembered: Option<&'a ServerName>,
) -> Option<&'a ServerName> {
    requested.or(remembered)
}

/// Decides what an identity server's answer to `POST /3pid/unbind` means.
///
/// 200 is a success. 400, 404 and 501 without a Matrix error in the body (both an `errcode` and an `error`) are from a
/// server that has no such endpoint.
/// Everything else is the identity server's error, and goes to the client.
#[must_use]
pub fn unbind_outcome(response: Option<Response<'_>>) -> UnbindOutcome {
    let Some(response) = response else { return UnbindOutcome::NoResponse };
    match (response.status, response.errcode()) {
        (200, _) => UnbindOutcome::Result(UnbindResult::Success),
        (400 | 404 | 501, _) if !response.is_matrix_error() => UnbindOutcome::Result(UnbindResult::NoSupport),
        (status, errcode) => UnbindOutcome::Relay { status, errcode },
    }
}

/// Writes the body of `POST /_matrix/identity/v2/3pid/unbind`, JSON.
///
/// With a session the request proves that it comes from the owner of the address; without one, the user's homeserver has
/// to sign it.
#[must_use]
pub fn unbind_body(user: &UserId, id: &ThirdPartyId, session: Option<&ValidationSession>) -> String {
    let mut fields = JsonObject::new();
    fields.insert("mxid".to_owned(), json!(user.as_str()));
    fields.insert("threepid".to_owned(), json!({"medium": id.medium().as_str(), "address": id.address()}));
    if let Some(session) = session {
        session.write(&mut fields);
    }
    Value::Object(fields).to_string()
}

/// Writes the body of `POST /account/3pid/delete` or `/account/3pid/unbind` of a homeserver, JSON. The identity server may
/// be left out. No access token of it is needed: all that the homeserver can do there is to unbind.
#[must_use]
pub fn delete_body(id: &ThirdPartyId, id_server: Option<&ServerName>) -> String {
    let mut fields = JsonObject::new();
    fields.insert("medium".to_owned(), json!(id.medium().as_str()));
    fields.insert("address".to_owned(), json!(id.address()));
    if let Some(id_server) = id_server {
        fields.insert("id_server".to_owned(), json!(id_server.as_str()));
    }
    Value::Object(fields).to_string()
}
