//! A client in one thread.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use http::{Method, Request, Response};
use matrix_api::client::session::{login, refresh};
use matrix_api::session::{
    Access, AfterRefresh, LogoutDecision, SentWith, TokenSession, Tokens, Unauthorized,
};
use matrix_api::{AccessToken, Credentials, Endpoint, EndpointResponse, Error, MAX_RESPONSE_BYTES};
use matrix_discovery::HomeserverVersions;

/// How often a request is sent before it is given up.
const MAX_ATTEMPTS: usize = 4;

/// A client of a homeserver.
pub(crate) struct Client {
    homeserver: String,
    agent: ureq::Agent,
    session: Option<TokenSession>,
    /// What the server supports, once it has been asked.
    pub(crate) server: Option<HomeserverVersions>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Refused {
    /// The request or the response is not as it should be, or the server refuses.
    Api(Error),
    /// There is no connection.
    Network(Box<ureq::Error>),
    /// Nobody has logged in.
    NoSession,
    /// The session has ended; what becomes of what is stored.
    LoggedOut(LogoutDecision),
    /// The access token was refused each time.
    GaveUp,
}

impl Client {
    pub(crate) fn new(homeserver: &str) -> Self {
        // The status is read with the body, and redirects are answers.
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        Self { homeserver: homeserver.to_owned(), agent: config.into(), session: None, server: None }
    }

    /// Takes the tokens of a login.
    pub(crate) fn log_in(&mut self, response: &login::Response) {
        self.session = Some(TokenSession::new(Tokens::new(response.tokens(), now_ms())));
    }

    /// Sends a request that needs no session.
    pub(crate) fn ask<E: Endpoint>(&self, request: E) -> Result<E::Response, Refused> {
        self.send(request, Credentials::None)
    }

    /// Sends a request as the user who is logged in. Where the access token has expired, it is refreshed.
    pub(crate) fn ask_as_user<E: Endpoint + Clone>(&mut self, request: E) -> Result<E::Response, Refused> {
        for _ in 0..MAX_ATTEMPTS {
            let Some((token, with)) = self.token()? else {
                self.refresh()?;
                continue;
            };
            let answer = self.send(request.clone(), Credentials::Token(&token));
            let session = self.session()?;
            match answer {
                Ok(response) => {
                    session.on_success(with);
                    return Ok(response);
                }
                Err(Refused::Api(Error::Server(error))) => match session.on_error(with, &error) {
                    Unauthorized::Other => return Err(Refused::Api(Error::Server(error))),
                    Unauthorized::LoggedOut(decision) => return Err(Refused::LoggedOut(decision)),
                    Unauthorized::SendAgain | Unauthorized::Wait => {}
                    Unauthorized::Refresh => {
                        println!("            the access token is refused: {error}");
                        self.refresh()?;
                    }
                },
                Err(other) => return Err(other),
            }
        }
        Err(Refused::GaveUp)
    }

    /// Returns the access token to send; `None` when it is to be refreshed first.
    fn token(&mut self) -> Result<Option<(AccessToken, SentWith)>, Refused> {
        match self.session()?.access(now_ms()) {
            Access::Send { access_token, with, .. } => Ok(Some((access_token.clone(), with))),
            Access::RefreshFirst | Access::Wait => Ok(None),
            Access::LoggedOut(decision) => Err(Refused::LoggedOut(decision)),
        }
    }

    fn refresh(&mut self) -> Result<(), Refused> {
        let Some(refresh) = self.session()?.refresh() else { return Ok(()) };
        let answer = self.ask(refresh::Request::new(refresh.refresh_token().clone()));
        let session = self.session()?;
        let next = match answer {
            Ok(tokens) => session.on_refreshed(refresh, tokens.into(), now_ms()),
            Err(Refused::Api(Error::Server(error))) => session.on_refresh_error(refresh, &error, now_ms()),
            Err(_) => session.on_refresh_lost(refresh),
        };
        match next {
            AfterRefresh::LoggedOut(decision) => return Err(Refused::LoggedOut(decision)),
            AfterRefresh::Store => println!("refreshed   the tokens would be stored now"),
            AfterRefresh::TryAgain { .. } | AfterRefresh::Ignored => {}
        }
        Ok(())
    }

    fn session(&mut self) -> Result<&mut TokenSession, Refused> {
        self.session.as_mut().ok_or(Refused::NoSession)
    }

    fn send<E: Endpoint>(&self, request: E, credentials: Credentials<'_>) -> Result<E::Response, Refused> {
        let request = request.into_http_request(&self.homeserver, credentials, self.server.as_ref())?;
        E::Response::from_http_response(&self.exchange(request)?).map_err(Refused::Api)
    }

    /// Carries bytes there and back.
    fn exchange(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Refused> {
        let network = |error| Refused::Network(Box::new(error));
        let response = match *request.method() {
            Method::GET | Method::DELETE => self.agent.run(request.map(drop)),
            _ => self.agent.run(request),
        };
        let (parts, mut body) = response.map_err(network)?.into_parts();
        let limit = MAX_RESPONSE_BYTES as u64;
        let body = body.with_config().limit(limit).read_to_vec().map_err(network)?;
        Ok(Response::from_parts(parts, body))
    }
}

fn now_ms() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_millis()).unwrap_or(u64::MAX)
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Api(error)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Network(error) => error.fmt(f),
            Self::NoSession => f.write_str("nobody has logged in"),
            Self::LoggedOut(decision) => write!(f, "logged out: {decision:?}"),
            Self::GaveUp => f.write_str("the access token is refused again and again"),
        }
    }
}

impl std::error::Error for Refused {}
