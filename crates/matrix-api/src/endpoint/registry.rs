use http::{Method, Request, Response};

use super::{Authentication, Credentials, Endpoint, EndpointResponse, VersionedPath};
use crate::Error;

/// What is known of an endpoint: see [`Endpoint`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// The path of the endpoint's module.
    pub name: &'static str,
    /// The method.
    pub method: Method,
    /// How the caller says who it is.
    pub authentication: Authentication,
    /// Whether the server limits how often it may be called.
    pub rate_limited: bool,
    /// Whether guests may call it.
    pub guests: bool,
    /// The paths that it has and had, the one to prefer first.
    pub paths: &'static [VersionedPath],
}

/// An endpoint of this crate, without its type.
#[derive(Clone, Debug)]
pub struct Registered {
    /// What is known of it.
    pub metadata: Metadata,
    request: fn(&HttpRequest, Credentials<'_>) -> Result<HttpRequest, Error>,
    response: fn(&HttpResponse) -> Result<HttpResponse, Error>,
}

type HttpRequest = Request<Vec<u8>>;
type HttpResponse = Response<Vec<u8>>;

impl Registered {
    /// Reads a request with the endpoint's type, and writes it again to the same server's newest path.
    ///
    /// # Errors
    ///
    /// As [`Endpoint::from_http_request`] and [`Endpoint::into_http_request`].
    pub fn rewrite_request(
        &self,
        request: &Request<Vec<u8>>,
        credentials: Credentials<'_>,
    ) -> Result<Request<Vec<u8>>, Error> {
        (self.request)(request, credentials)
    }

    /// Reads a response with the endpoint's type, and writes it again.
    ///
    /// # Errors
    ///
    /// As [`EndpointResponse::from_http_response`] and [`EndpointResponse::into_http_response`].
    pub fn rewrite_response(&self, response: &Response<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
        (self.response)(response)
    }
}

/// Registers an endpoint.
pub(crate) const fn registered<E: Endpoint>() -> Registered {
    Registered { metadata: E::METADATA, request: rewrite_request::<E>, response: rewrite_response::<E> }
}

fn rewrite_request<E: Endpoint>(
    request: &Request<Vec<u8>>,
    credentials: Credentials<'_>,
) -> Result<Request<Vec<u8>>, Error> {
    let uri = request.uri();
    let base_url = match (uri.scheme_str(), uri.authority()) {
        (Some(scheme), Some(authority)) => format!("{scheme}://{authority}"),
        _ => String::new(),
    };
    E::from_http_request(request)?.into_http_request(&base_url, credentials, None)
}

fn rewrite_response<E: Endpoint>(response: &Response<Vec<u8>>) -> Result<Response<Vec<u8>>, Error> {
    E::Response::from_http_response(response)?.into_http_response()
}

/// Makes the table of an area's endpoints, each the name of a module.
macro_rules! registry {
    ($($module:ident),+ $(,)?) => {
        /// The endpoints of this area.
        pub(crate) const ENDPOINTS: &[crate::Registered] =
            &[$(crate::endpoint::registered::<$module::Request>()),+];
    };
}
pub(crate) use registry;
