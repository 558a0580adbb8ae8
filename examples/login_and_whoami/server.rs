//! A little homeserver on loopback: one user, one session, access tokens that are good for few requests.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Bytes, to_bytes};
use http::{Request, Response, StatusCode};
use matrix_api::client::account::whoami;
use matrix_api::client::session::{login, login_types, logout, refresh};
use matrix_api::client::{LoginInfo, versions};
use matrix_api::session::{LoginFlow, LoginType};
use matrix_api::uiaa::UserIdentifier;
use matrix_api::{
    AccessToken, Endpoint, EndpointResponse, Errcode, Error, MAX_REQUEST_BYTES, MatrixError, RefreshToken,
    bearer_token,
};
use matrix_identifiers::OwnedDeviceId;

/// The password of the one user, `@alice:localhost`.
pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// How the server behaves.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// The versions that it lists.
    pub(crate) versions: Vec<String>,
    /// For how many requests an access token is good.
    pub(crate) uses: usize,
    /// Whether it has refresh tokens.
    pub(crate) refreshes: bool,
    /// What it says in `soft_logout`.
    pub(crate) soft_logout: bool,
}

impl Default for Config {
    fn default() -> Self {
        let versions = ["r0.6.1", "v1.1", "v1.11"].map(str::to_owned).into();
        Self { versions, uses: 1, refreshes: true, soft_logout: false }
    }
}

/// Starts a server in a thread of its own, and returns its URL.
pub(crate) fn start(config: Config) -> std::io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let url = format!("http://{}", listener.local_addr()?);
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let state = Arc::new(Mutex::new(Server { config, device: None, issued: 0, access: None, refresh: None }));
    std::thread::spawn(move || {
        runtime.block_on(async {
            let app = Router::new().fallback(|request: axum::extract::Request| answer(state, request));
            axum::serve(tokio::net::TcpListener::from_std(listener)?, app).await
        })
    });
    Ok(url)
}

/// Reads the body and answers with what is there for the path.
async fn answer(server: Arc<Mutex<Server>>, request: axum::extract::Request) -> axum::response::Response {
    let (parts, body) = request.into_parts();
    let answer = match to_bytes(body, MAX_REQUEST_BYTES).await {
        Ok(body) => {
            let mut server = server.lock().unwrap_or_else(PoisonError::into_inner);
            server.answer(&Request::from_parts(parts, body))
        }
        Err(_) => {
            MatrixError::new(StatusCode::PAYLOAD_TOO_LARGE, Errcode::TooLarge, "too large").to_response()
        }
    };
    answer.map(axum::body::Body::from)
}

struct Server {
    config: Config,
    device: Option<OwnedDeviceId>,
    issued: u64,
    access: Option<(AccessToken, usize)>,
    refresh: Option<RefreshToken>,
}

type Answer<E> = Result<<E as Endpoint>::Response, MatrixError>;

impl Server {
    fn answer(&mut self, request: &Request<Bytes>) -> Response<Vec<u8>> {
        let token = bearer_token(request);
        serve(request, |_: versions::Request| Ok(self.versions()))
            .or_else(|| serve(request, |_: login_types::Request| Ok(login_types())))
            .or_else(|| serve(request, |request: login::Request| self.login(&request)))
            .or_else(|| serve(request, |request: refresh::Request| self.refresh(&request)))
            .or_else(|| serve(request, |_: whoami::Request| self.whoami(token.as_ref())))
            .or_else(|| serve(request, |_: logout::Request| self.logout(token.as_ref())))
            .unwrap_or_else(|| {
                MatrixError::new(StatusCode::NOT_FOUND, Errcode::Unrecognized, "no such endpoint")
                    .to_response()
            })
    }

    fn versions(&self) -> versions::Response {
        versions::Response::new(self.config.versions.clone())
    }

    fn login(&mut self, request: &login::Request) -> Answer<login::Request> {
        let LoginInfo::Password { identifier: UserIdentifier::User { user }, password } = &request.info
        else {
            return Err(MatrixError::new(StatusCode::BAD_REQUEST, Errcode::Unknown, "only passwords"));
        };
        if !["alice", "@alice:localhost"].contains(&user.as_str()) || password.expose() != PASSWORD {
            return Err(MatrixError::new(
                StatusCode::FORBIDDEN,
                Errcode::Forbidden,
                "invalid user or password",
            ));
        }
        let device = match &request.device_id {
            Some(device) => device.clone(),
            None => OwnedDeviceId::try_from("LAPTOP").map_err(invalid)?,
        };
        self.device = Some(device.clone());
        let (access, refresh) = self.issue(request.refresh_token);
        let mut response = login::Response::new(alice()?, access, device);
        response.expires_in_ms = refresh.is_some().then_some(60_000);
        response.refresh_token = refresh;
        Ok(response)
    }

    fn refresh(&mut self, request: &refresh::Request) -> Answer<refresh::Request> {
        if self.refresh.as_ref() != Some(&request.refresh_token) {
            return Err(self.unknown_token());
        }
        let (access, refresh) = self.issue(true);
        let mut response = refresh::Response::new(access);
        response.refresh_token = refresh;
        response.expires_in_ms = Some(60_000);
        Ok(response)
    }

    fn whoami(&mut self, token: Option<&AccessToken>) -> Answer<whoami::Request> {
        self.check(token)?;
        let mut response = whoami::Response::new(alice()?);
        response.device_id = self.device.clone();
        Ok(response)
    }

    /// Ends the session, also with a token that is used up.
    fn logout(&mut self, token: Option<&AccessToken>) -> Answer<logout::Request> {
        if self.access.as_ref().map(|(access, _)| access) != token {
            return Err(self.unknown_token());
        }
        (self.access, self.refresh, self.device) = (None, None, None);
        Ok(logout::Response::new())
    }

    /// Makes new tokens in place of the old ones.
    fn issue(&mut self, with_refresh: bool) -> (AccessToken, Option<RefreshToken>) {
        self.issued += 1;
        let access = AccessToken::new(format!("access{}", self.issued));
        self.access = Some((access.clone(), self.config.uses));
        let refresh = RefreshToken::new(format!("refresh{}", self.issued));
        self.refresh = (with_refresh && self.config.refreshes).then_some(refresh);
        (access, self.refresh.clone())
    }

    /// Checks a token and uses it up.
    fn check(&mut self, token: Option<&AccessToken>) -> Result<(), MatrixError> {
        let Some(token) = token else {
            return Err(MatrixError::new(StatusCode::UNAUTHORIZED, Errcode::MissingToken, "no token"));
        };
        match &mut self.access {
            Some((access, uses)) if access == token && *uses > 0 => {
                *uses -= 1;
                Ok(())
            }
            _ => Err(self.unknown_token()),
        }
    }

    fn unknown_token(&self) -> MatrixError {
        let error =
            MatrixError::new(StatusCode::UNAUTHORIZED, Errcode::UnknownToken, "unknown or expired token");
        error.with("soft_logout", self.config.soft_logout)
    }
}

/// Answers a request if it is to the endpoint of the type.
fn serve<E: Endpoint>(
    request: &Request<Bytes>,
    handle: impl FnOnce(E) -> Answer<E>,
) -> Option<Response<Vec<u8>>> {
    let answer = match E::from_http_request(request) {
        Ok(request) => handle(request),
        Err(Error::OtherPath(_) | Error::OtherMethod(_)) => return None,
        Err(error) => Err(MatrixError::new(StatusCode::BAD_REQUEST, Errcode::BadJson, &error.to_string())),
    };
    let broken = |error: Error| {
        MatrixError::new(StatusCode::INTERNAL_SERVER_ERROR, Errcode::Unknown, &error.to_string())
            .to_response()
    };
    Some(match answer {
        Ok(response) => response.into_http_response().unwrap_or_else(broken),
        Err(error) => error.to_response(),
    })
}

fn login_types() -> login_types::Response {
    login_types::Response::new(vec![LoginFlow::new(LoginType::Password)])
}

fn alice() -> Result<matrix_identifiers::OwnedUserId, MatrixError> {
    "@alice:localhost".try_into().map_err(invalid)
}

fn invalid(error: matrix_identifiers::Error) -> MatrixError {
    MatrixError::new(StatusCode::INTERNAL_SERVER_ERROR, Errcode::Unknown, &error.to_string())
}
