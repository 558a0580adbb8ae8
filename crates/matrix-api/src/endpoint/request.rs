use core::fmt;
use std::borrow::Cow;
use std::collections::VecDeque;

use http::{HeaderValue, Method, Request, header};
use matrix_discovery::HomeserverVersions;

use super::response::EndpointResponse;
use super::{
    Authentication, Credentials, MAX_REQUEST_BYTES, Metadata, PathParameter, VersionedPath, body, path,
    select_path,
};
use crate::Error;

/// A request to an endpoint, with what is known of the endpoint.
///
/// ```
/// use matrix_api::client::session::refresh;
/// use matrix_api::{Credentials, Endpoint, EndpointResponse, RefreshToken};
///
/// let request = refresh::Request::new(RefreshToken::new("r1"));
/// let http = request.into_http_request("https://example.org", Credentials::None, None)?;
/// assert_eq!(http.uri(), "https://example.org/_matrix/client/v3/refresh");
/// assert_eq!(http.body(), br#"{"refresh_token":"r1"}"#);
///
/// let answer = http::Response::new(br#"{"access_token": "a2", "expires_in_ms": 60000}"#);
/// let response = refresh::Response::from_http_response(&answer)?;
/// assert_eq!(response.expires_in_ms, Some(60_000));
/// # Ok::<(), matrix_api::Error>(())
/// ```
pub trait Endpoint: Sized {
    /// The endpoint's name: the path of its module.
    const NAME: &'static str;
    /// The method.
    const METHOD: Method;
    /// How the caller says who it is.
    const AUTHENTICATION: Authentication;
    /// Whether the server limits how often it may be called.
    const RATE_LIMITED: bool;
    /// Whether guests may call it.
    const GUESTS: bool;
    /// The paths that it has and had, the one to prefer first.
    const PATHS: &'static [VersionedPath];

    /// What is known of the endpoint, as one value.
    const METADATA: Metadata = Metadata {
        name: Self::NAME,
        method: Self::METHOD,
        authentication: Self::AUTHENTICATION,
        rate_limited: Self::RATE_LIMITED,
        guests: Self::GUESTS,
        paths: Self::PATHS,
    };

    /// What the server answers.
    type Response: EndpointResponse;

    /// Takes the request apart.
    ///
    /// # Errors
    ///
    /// [`Error::Unwritable`] when a value has no JSON or no form of a query.
    fn into_parts(self) -> Result<RequestParts<'static>, Error>;

    /// Puts a request together.
    ///
    /// # Errors
    ///
    /// When a parameter, the query or the body is not as it should be.
    fn from_parts(parts: RequestParts<'_>) -> Result<Self, Error>;

    /// Writes the request.
    ///
    /// `base_url` is that of the server, with or without a slash at its end; where it is empty, the URL has only a path.
    /// `server` is its answer to `/versions`; with `None` the newest path is taken.
    ///
    /// # Errors
    ///
    /// [`Error::NotServed`] when the server has none of the paths, [`Error::MissingToken`] and [`Error::InvalidToken`],
    /// [`Error::InvalidUrl`] for an impossible base URL, or where the whole would be longer than a URL may be,
    /// [`Error::Unwritable`].
    fn into_http_request(
        self,
        base_url: &str,
        credentials: Credentials<'_>,
        server: Option<&HomeserverVersions>,
    ) -> Result<Request<Vec<u8>>, Error> {
        let template = select_path(Self::PATHS, server)?;
        let token = Self::AUTHENTICATION.header(credentials)?;
        let parts = self.into_parts()?;
        let mut request = Request::new(Vec::new());
        *request.method_mut() = Self::METHOD;
        *request.uri_mut() = path::url(base_url, &path::fill(template, parts.path), &parts.query)?;
        if let Some(token) = token {
            request.headers_mut().insert(header::AUTHORIZATION, token);
        }
        if let Some(body) = parts.body {
            let json = HeaderValue::from_static("application/json");
            request.headers_mut().insert(header::CONTENT_TYPE, json);
            *request.body_mut() = body.into_owned();
        }
        Ok(request)
    }

    /// Reads a request, at any of the endpoint's paths. Its token is read by [`bearer_token`](crate::bearer_token).
    ///
    /// # Errors
    ///
    /// [`Error::OtherMethod`] and [`Error::OtherPath`] for a request to another endpoint; [`Error::BodyTooLarge`] above
    /// [`MAX_REQUEST_BYTES`]; otherwise what is wrong with a parameter, the query or the body, and where.
    fn from_http_request<B: AsRef<[u8]>>(request: &Request<B>) -> Result<Self, Error> {
        if *request.method() != Self::METHOD {
            return Err(Error::OtherMethod(request.method().to_string()));
        }
        let body = request.body().as_ref();
        body::check_size(body.len(), MAX_REQUEST_BYTES)?;
        Self::from_parts(RequestParts {
            path: path::take(request.uri().path(), Self::PATHS)?,
            query: request.uri().query().unwrap_or("").into(),
            body: Some(body.into()),
        })
    }
}

/// A request taken apart: between the type of an endpoint and HTTP.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RequestParts<'a> {
    /// The parameters of the path in their order, not percent-encoded.
    pub path: VecDeque<String>,
    /// The query, without the question mark.
    pub query: Cow<'a, str>,
    /// The body; `None` where the endpoint has none.
    pub body: Option<Cow<'a, [u8]>>,
}

impl RequestParts<'_> {
    /// Takes the next parameter of the path, `name` in errors.
    pub(crate) fn parameter<T: PathParameter>(&mut self, name: &str) -> Result<T, Error> {
        T::from_text(self.path.pop_front().unwrap_or_default())
            .map_err(|reason| Error::InvalidParameter { name: name.to_owned(), reason })
    }

    /// Returns the body, empty where there is none.
    pub(crate) fn json(&self) -> &[u8] {
        self.body.as_deref().unwrap_or_default()
    }
}

impl fmt::Debug for RequestParts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A query may hold a token, and a body a password.
        let body = self.body.as_ref().map_or(0, |body| body.len());
        write!(f, "RequestParts({:?}, query of {} bytes, body of {body} bytes)", self.path, self.query.len())
    }
}
