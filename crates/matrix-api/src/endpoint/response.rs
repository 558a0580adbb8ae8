use http::{HeaderValue, Response, header};

use super::{MAX_RESPONSE_BYTES, body};
use crate::{Error, MatrixError};

/// A server's answer when it does what the request asks for.
pub trait EndpointResponse: Sized {
    /// Writes the answer.
    ///
    /// # Errors
    ///
    /// [`Error::Unwritable`] when a value has no JSON.
    fn into_http_response(self) -> Result<Response<Vec<u8>>, Error>;

    /// Reads an answer whose status is right and whose size has been checked.
    ///
    /// # Errors
    ///
    /// When the body is not as it should be, with the path of the first misfit.
    fn from_success<B: AsRef<[u8]>>(response: &Response<B>) -> Result<Self, Error>;

    /// Tells whether this is the status of an answer; any other is an error's.
    #[must_use]
    fn is_success(status: http::StatusCode) -> bool {
        status.is_success()
    }

    /// Reads an answer.
    ///
    /// # Errors
    ///
    /// [`Error::Server`] when the server refuses; [`Error::BodyTooLarge`] above [`MAX_RESPONSE_BYTES`]; otherwise what
    /// is wrong with the body, and where.
    fn from_http_response<B: AsRef<[u8]>>(response: &Response<B>) -> Result<Self, Error> {
        if !Self::is_success(response.status()) {
            return Err(Error::Server(Box::new(MatrixError::from_response(response))));
        }
        body::check_size(response.body().as_ref().len(), MAX_RESPONSE_BYTES)?;
        Self::from_success(response)
    }
}

/// Makes a response of status 200 with a body of JSON.
pub(crate) fn json(body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
