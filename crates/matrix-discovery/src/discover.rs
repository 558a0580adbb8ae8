//! The state machine of client discovery.

use matrix_identifiers::{ServerName, UserId};

use crate::{
    BaseUrl, ClientWellKnown, Error, HomeserverVersions, HttpResponse, HttpUrl, IntegrationManager,
    fetch::{Fetch, Fetched},
    json,
};

/// The largest response of a status check that is read, in bytes.
const MAX_STATUS_BYTES: usize = 64 * 1024;

/// What a client is to do after discovery.
///
/// Source: [server discovery](https://spec.matrix.org/v1.19/client-server-api/#server-discovery).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Go on with the servers found.
    Success,
    /// Go on as if there were no such mechanism: with other ways, with defaults, or by asking the user.
    Ignore,
    /// Ask the user for the homeserver: nothing was found to begin with.
    Prompt,
    /// Tell the user that discovery failed for bad data, and ask for what [`Discovered::prompt_for`] names.
    FailPrompt,
    /// Tell the user that no usable URL was found, and stop the login.
    FailError,
}

impl Action {
    /// Returns the name that the specification gives the action, as `FAIL_PROMPT`; `SUCCESS` is ours.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "SUCCESS",
            Self::Ignore => "IGNORE",
            Self::Prompt => "PROMPT",
            Self::FailPrompt => "FAIL_PROMPT",
            Self::FailError => "FAIL_ERROR",
        }
    }
}

/// What a client would ask its user for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Parameter {
    /// The URL of the homeserver.
    Homeserver,
    /// The URL of the identity server. The homeserver is known, and the user may as well go on without (MSC2284).
    IdentityServer,
}

/// The end of client discovery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discovered {
    /// What to do.
    pub action: Action,
    /// The base URL of the homeserver, without a trailing slash.
    pub homeserver: Option<HttpUrl>,
    /// The base URL of the identity server, without a trailing slash.
    pub identity_server: Option<HttpUrl>,
    /// The integration managers that the homeserver suggests (MSC1957).
    pub integration_managers: Vec<IntegrationManager>,
    /// What the homeserver supports, when it was asked.
    pub versions: Option<HomeserverVersions>,
    /// What to ask the user for.
    pub prompt_for: Option<Parameter>,
    /// What went wrong.
    pub reason: Option<Error>,
}

/// Client discovery: what it needs to know next, or where it ended. Each question is consumed by its answer.
///
/// Source: [server discovery](https://spec.matrix.org/v1.19/client-server-api/#server-discovery); MSC2284.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Discover {
    /// Asks for `/.well-known/matrix/client`.
    WellKnown(ClientWellKnownQuery),
    /// Asks for the versions of the homeserver.
    Homeserver(HomeserverCheck),
    /// Asks for the status of the identity server.
    IdentityServer(IdentityServerCheck),
    /// The end.
    Done(Box<Discovered>),
}

impl Discover {
    /// Begins with a user ID.
    #[must_use]
    pub fn from_user_id(user: &UserId) -> Self {
        Self::from_server_name(user.server_name())
    }

    /// Begins with the name of a server; its port does not matter.
    #[must_use]
    pub fn from_server_name(server: &ServerName) -> Self {
        match HttpUrl::parse(&format!("https://{}/.well-known/matrix/client", server.host())) {
            Ok(url) => Self::WellKnown(ClientWellKnownQuery { fetch: Fetch::new(url) }),
            Err(error) => Self::done(Action::Ignore, None, Some(error)),
        }
    }

    /// Begins with what a user typed: a user ID or the name of a server. Anything else ends with
    /// [`Action::Prompt`].
    #[must_use]
    pub fn from_input(text: &str) -> Self {
        let text = text.trim();
        if let Ok(user) = UserId::parse(text) {
            return Self::from_user_id(user);
        }
        match ServerName::parse(text) {
            Ok(server) => Self::from_server_name(server),
            Err(source) => {
                let error = Error::InvalidServerName { name: text.chars().take(300).collect(), source };
                Self::done(Action::Prompt, Some(Parameter::Homeserver), Some(error))
            }
        }
    }

    /// Begins with a document that is there already, as that of a login (MSC1730).
    #[must_use]
    pub fn from_document(document: ClientWellKnown) -> Self {
        match document.homeserver.clone() {
            BaseUrl::Url(url) => Self::Homeserver(HomeserverCheck { url, document }),
            fault => {
                let action = match fault {
                    BaseUrl::Invalid(_) => Action::FailError,
                    _ => Action::FailPrompt,
                };
                let prompt_for = (action == Action::FailPrompt).then_some(Parameter::Homeserver);
                Self::done(action, prompt_for, fault.fault("m.homeserver"))
            }
        }
    }

    fn done(action: Action, prompt_for: Option<Parameter>, reason: Option<Error>) -> Self {
        Self::Done(Box::new(Discovered {
            action,
            homeserver: None,
            identity_server: None,
            integration_managers: Vec::new(),
            versions: None,
            prompt_for,
            reason,
        }))
    }
}

/// Asks for `/.well-known/matrix/client`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientWellKnownQuery {
    fetch: Fetch,
}

impl ClientWellKnownQuery {
    /// Returns the URL for a GET request.
    #[must_use]
    pub fn url(&self) -> &HttpUrl {
        self.fetch.url()
    }

    /// Takes the response, or `None` when the request failed. A redirect leads to another such question.
    #[must_use]
    pub fn answer(self, response: Option<HttpResponse<'_>>) -> Discover {
        let result = match self.fetch.answer(response) {
            Fetched::Redirected(fetch) => return Discover::WellKnown(Self { fetch }),
            Fetched::Finished(body) => body.and_then(ClientWellKnown::parse),
        };
        match result {
            Ok(document) => Discover::from_document(document),
            Err(error @ Error::UnexpectedStatus(404)) => Discover::done(Action::Ignore, None, Some(error)),
            Err(error) => Discover::done(Action::FailPrompt, Some(Parameter::Homeserver), Some(error)),
        }
    }
}

/// Asks whether a homeserver is at the URL that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeserverCheck {
    url: HttpUrl,
    document: ClientWellKnown,
}

impl HomeserverCheck {
    /// Returns the URL for a GET request: `/_matrix/client/versions` of the homeserver.
    #[must_use]
    pub fn url(&self) -> String {
        self.url.with_path("/_matrix/client/versions")
    }

    /// Takes the response, or `None` when the request failed.
    #[must_use]
    pub fn answer(self, response: Option<HttpResponse<'_>>) -> Discover {
        let body = response.ok_or(Error::NoResponse).and_then(HttpResponse::body_of_success);
        match body.and_then(HomeserverVersions::parse) {
            Ok(versions) => self.valid(Some(versions)),
            Err(error) => Discover::done(Action::FailError, None, Some(error)),
        }
    }

    /// Goes on without asking, which the specification allows but advises against.
    #[must_use]
    pub fn skip(self) -> Discover {
        self.valid(None)
    }

    fn valid(self, versions: Option<HomeserverVersions>) -> Discover {
        let found = Discovered {
            action: Action::Success,
            homeserver: Some(self.url),
            identity_server: None,
            integration_managers: self.document.integration_managers,
            versions,
            prompt_for: None,
            reason: None,
        };
        match self.document.identity_server {
            BaseUrl::Absent => Discover::Done(Box::new(found)),
            BaseUrl::Url(url) => {
                Discover::IdentityServer(IdentityServerCheck { url, found: Box::new(found) })
            }
            fault => without_identity_server(found, fault.fault("m.identity_server")),
        }
    }
}

/// Asks whether an identity server is at the URL that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityServerCheck {
    url: HttpUrl,
    found: Box<Discovered>,
}

impl IdentityServerCheck {
    /// Returns the URL for a GET request: `/_matrix/identity/v2` of the identity server.
    #[must_use]
    pub fn url(&self) -> String {
        self.url.with_path("/_matrix/identity/v2")
    }

    /// Takes the response, or `None` when the request failed.
    #[must_use]
    pub fn answer(self, response: Option<HttpResponse<'_>>) -> Discover {
        let body = response.ok_or(Error::NoResponse).and_then(HttpResponse::body_of_success);
        match body.and_then(|body| json::object(body, MAX_STATUS_BYTES, &[])) {
            Ok(_) => self.skip(),
            Err(error) => without_identity_server(*self.found, Some(error)),
        }
    }

    /// Goes on without asking, which the specification allows but advises against.
    #[must_use]
    pub fn skip(mut self) -> Discover {
        self.found.identity_server = Some(self.url);
        Discover::Done(self.found)
    }
}

/// Ends with the homeserver and a prompt for the identity server (MSC2284).
fn without_identity_server(found: Discovered, reason: Option<Error>) -> Discover {
    Discover::Done(Box::new(Discovered {
        action: Action::FailPrompt,
        prompt_for: Some(Parameter::IdentityServer),
        reason,
        ..found
    }))
}
