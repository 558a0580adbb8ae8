use http::{HeaderValue, Response, StatusCode, header};

use crate::{EndpointResponse, Error};

/// An answer that sends the browser on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// Where to.
    pub location: String,
}

impl Redirect {
    /// Makes an answer that sends the browser to a URL.
    #[must_use]
    pub fn new(location: &str) -> Self {
        Self { location: location.to_owned() }
    }
}

impl EndpointResponse for Redirect {
    fn into_http_response(self) -> Result<Response<Vec<u8>>, Error> {
        let location = HeaderValue::from_str(&self.location).ok().filter(|_| self.location.is_ascii());
        let location = location.ok_or(Error::InvalidHeader("location"))?;
        let mut response = Response::new(Vec::new());
        *response.status_mut() = StatusCode::FOUND;
        response.headers_mut().insert(header::LOCATION, location);
        Ok(response)
    }

    fn from_success<B: AsRef<[u8]>>(response: &Response<B>) -> Result<Self, Error> {
        let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
        location.map(Self::new).ok_or(Error::InvalidHeader("location"))
    }

    fn is_success(status: StatusCode) -> bool {
        status.is_redirection()
    }
}
