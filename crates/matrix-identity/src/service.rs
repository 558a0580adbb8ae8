//! The way to using an identity server or integration manager: terms, account data, registration.
//!
//! Source: MSC2140, "Terms Acceptance in the API".

use std::collections::BTreeSet;

use serde_json::json;

use crate::{AcceptedTerms, Error, Policy, Response, Terms};

/// A kind of service that has terms and access tokens of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    /// An identity server: `/_matrix/identity/v2`.
    IdentityServer,
    /// An integration manager: `/_matrix/integrations/v1`.
    IntegrationManager,
}

/// How a request shows who makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Authentication {
    /// Not at all: the service may not ask for it.
    None,
    /// By an access token of the service. Without a good one, it answers 401 `M_UNAUTHORIZED`; with new terms, 403
    /// `M_TERMS_NOT_SIGNED`.
    AccessToken,
    /// By an access token or, when a homeserver asks to unbind one of its users, by that homeserver's signature. For a
    /// signed request the service may answer neither error.
    AccessTokenOrSignature,
}

impl Service {
    /// Returns the beginning of the paths of its endpoints.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::IdentityServer => "/_matrix/identity/v2",
            Self::IntegrationManager => "/_matrix/integrations/v1",
        }
    }

    /// Tells how a request has to show who makes it, by its method and its path without query.
    ///
    /// Paths outside of the [`prefix`](Self::prefix), as that of an identity server's versions, need nothing.
    #[must_use]
    pub fn authentication(self, method: &str, path: &str) -> Authentication {
        let Some(rest) = path.strip_prefix(self.prefix()) else { return Authentication::None };
        let public = match rest {
            "" | "/" => self == Self::IdentityServer,
            "/account/register" => true,
            "/terms" => method == "GET",
            _ if !rest.starts_with('/') => true,
            _ => method == "OPTIONS" || (self == Self::IdentityServer && is_public_key(rest)),
        };
        match rest {
            _ if public => Authentication::None,
            "/3pid/unbind" if self == Self::IdentityServer => Authentication::AccessTokenOrSignature,
            _ => Authentication::AccessToken,
        }
    }
}

/// Tells whether a path is one of those about public keys: `/pubkey/{keyId}`, `/pubkey/isvalid` and
/// `/pubkey/ephemeral/isvalid`. Others that begin so, as `/pubkey/../lookup`, are none.
fn is_public_key(path: &str) -> bool {
    let key = path.strip_prefix("/pubkey/").unwrap_or_default();
    key == "ephemeral/isvalid" || !(key.is_empty() || key.contains('/'))
}

/// The way to using a service: what to do next, in the order that the proposal asks for. Each step is consumed by its
/// result.
#[derive(Clone, Debug, PartialEq)]
pub enum UseService {
    /// Asks the service for its terms.
    Terms(TermsQuery),
    /// Asks the user to agree.
    Ask(AskUser),
    /// Asks for the account data to be stored, before the service hears of it.
    Store(StoreAccepted),
    /// Asks for an OpenID token of the homeserver, and to register with it at the service.
    Register(Register),
    /// Asks to tell the service what was agreed to.
    Send(SendAccepted),
    /// The service may be used.
    Ready,
}

#[derive(Clone, Debug, PartialEq)]
struct State {
    service: Service,
    accepted: AcceptedTerms,
    registered: bool,
    new: Vec<String>,
}

impl UseService {
    /// Begins, before the first request to a service in a login session (`registered` is false), or after it answered
    /// `M_TERMS_NOT_SIGNED` (`registered` is true: there is an access token). `accepted` is the user's account data.
    #[must_use]
    pub fn new(service: Service, accepted: AcceptedTerms, registered: bool) -> Self {
        Self::Terms(TermsQuery { state: State { service, accepted, registered, new: Vec::new() } })
    }
}

impl State {
    fn after_agreement(self) -> UseService {
        if self.registered {
            self.after_registration()
        } else {
            UseService::Register(Register { state: self })
        }
    }

    fn after_registration(self) -> UseService {
        if self.new.is_empty() { UseService::Ready } else { UseService::Send(SendAccepted { state: self }) }
    }
}

/// Asks for `GET …/terms`, which needs no authentication.
#[derive(Clone, Debug, PartialEq)]
pub struct TermsQuery {
    state: State,
}

impl TermsQuery {
    /// Returns the path of the request.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}/terms", self.state.service.prefix())
    }

    /// Takes the response, or `None` when the request failed.
    ///
    /// # Errors
    ///
    /// What the response says (see [`Response::success`]), or what is wrong with its body.
    pub fn answer(self, response: Option<Response<'_>>) -> Result<UseService, Error> {
        let terms = Terms::parse(response.ok_or(Error::NoResponse)?.success()?)?;
        let pending: Vec<Policy> = terms.pending(&self.state.accepted).into_iter().cloned().collect();
        if pending.is_empty() {
            return Ok(self.state.after_agreement());
        }
        Ok(UseService::Ask(AskUser { state: self.state, pending }))
    }
}

/// Asks the user to agree to documents.
#[derive(Clone, Debug, PartialEq)]
pub struct AskUser {
    state: State,
    pending: Vec<Policy>,
}

impl AskUser {
    /// Returns the documents to show; each has been agreed to in no language so far.
    #[must_use]
    pub fn pending(&self) -> &[Policy] {
        &self.pending
    }

    /// Goes on with the URLs of the documents, in the language in which they were shown, that the user has agreed to.
    /// URLs of other documents are passed over. The user need not agree to all: then the service decides what it is
    /// still good for. Without any agreement the service is not to be used, and there is nothing to go on to: `None`.
    #[must_use]
    pub fn agree<'a>(mut self, urls: impl IntoIterator<Item = &'a str>) -> Option<UseService> {
        let documents = self.pending.iter().flat_map(|policy| policy.documents.values());
        let mut asked: BTreeSet<&str> = documents.map(|document| document.url.as_str()).collect();
        // Each is removed, so that one named twice counts once.
        let agreed = urls.into_iter().filter(|url| asked.remove(url));
        self.state.new.extend(agreed.map(str::to_owned));
        if self.state.new.is_empty() {
            return None;
        }
        self.state.accepted.add(self.state.new.iter().cloned());
        Some(UseService::Store(StoreAccepted { state: self.state }))
    }
}

/// Asks for the account data [`AcceptedTerms::TYPE`] to be stored with the homeserver.
#[derive(Clone, Debug, PartialEq)]
pub struct StoreAccepted {
    state: State,
}

impl StoreAccepted {
    /// Returns the content to store.
    #[must_use]
    pub fn accepted(&self) -> &AcceptedTerms {
        &self.state.accepted
    }

    /// Goes on once it is stored.
    #[must_use]
    pub fn stored(self) -> UseService {
        self.state.after_agreement()
    }
}

/// Asks to register: get an OpenID token of the homeserver, and send it to the service as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Register {
    state: State,
}

impl Register {
    /// Returns the path of the request, which has the method POST and needs no authentication.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}/account/register", self.state.service.prefix())
    }

    /// Goes on once there is an access token.
    #[must_use]
    pub fn registered(self) -> UseService {
        State { registered: true, ..self.state }.after_registration()
    }
}

/// Asks for `POST …/terms`, which needs authentication.
#[derive(Clone, Debug, PartialEq)]
pub struct SendAccepted {
    state: State,
}

impl SendAccepted {
    /// Returns the path of the request.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}/terms", self.state.service.prefix())
    }

    /// Returns the body of the request, JSON: the documents agreed to just now.
    #[must_use]
    pub fn body(&self) -> String {
        json!({"user_accepts": self.state.new}).to_string()
    }

    /// Takes the response, or `None` when the request failed.
    ///
    /// # Errors
    ///
    /// What the response says, see [`Response::success`].
    pub fn answer(self, response: Option<Response<'_>>) -> Result<UseService, Error> {
        response.ok_or(Error::NoResponse)?.success()?;
        Ok(UseService::Ready)
    }
}
