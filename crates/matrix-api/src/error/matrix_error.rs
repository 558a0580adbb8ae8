//! The error that a server answers with.

use core::fmt;
use std::collections::BTreeMap;

use http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Map, Value};

use super::{Errcode, RetryAfter};

/// The largest error body that is read as JSON, in bytes: 64 KiB. A larger one counts as text.
pub const MAX_ERROR_BYTES: usize = 64 * 1024;

/// How much is kept of a body that is no JSON object, in characters.
pub const MAX_ERROR_TEXT: usize = 1024;

/// An error response: its status, its code and what else the body holds.
///
/// Every response that is no success can be read as one, also the HTML of a proxy and the 401 of user-interactive
/// authentication, which need not have a code. Fields that some codes bring have methods of their own; all are kept.
///
/// Source: [standard error response](https://spec.matrix.org/v1.19/client-server-api/#standard-error-response).
///
/// ```
/// use matrix_api::{Errcode, MatrixError};
///
/// let body = br#"{"errcode": "M_UNKNOWN_TOKEN", "error": "Token expired", "soft_logout": true}"#;
/// let error = MatrixError::from_response(&http::Response::builder().status(401).body(body)?);
/// assert_eq!(error.errcode, Some(Errcode::UnknownToken));
/// assert!(error.soft_logout());
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixError {
    /// The status.
    pub status: StatusCode,
    /// `errcode`, if the body has one.
    pub errcode: Option<Errcode>,
    /// `error`, a text for people, if the body has one; otherwise, where the body is no JSON object, its beginning.
    pub error: Option<String>,
    /// Every other field of the body.
    pub fields: BTreeMap<String, Value>,
    /// The `Retry-After` header, if there is a readable one.
    pub retry_after: Option<RetryAfter>,
}

impl MatrixError {
    /// Makes an error with a code and a text.
    #[must_use]
    pub fn new(status: StatusCode, errcode: Errcode, error: &str) -> Self {
        Self { errcode: Some(errcode), error: Some(error.to_owned()), ..Self::bare(status) }
    }

    /// Adds another field to the body.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.fields.insert(field.to_owned(), value.into());
        self
    }

    /// Reads a response, whatever its body is.
    ///
    /// A body of more than [`MAX_ERROR_BYTES`], or one that is no JSON object, has no code; what it begins with is kept
    /// as text. An `errcode` that is no string counts as none, and stays among the fields.
    #[must_use]
    pub fn from_response<B: AsRef<[u8]>>(response: &Response<B>) -> Self {
        let mut read = Self::from_body(response.status(), response.body().as_ref());
        let header = response.headers().get(header::RETRY_AFTER);
        read.retry_after = header.and_then(|value| value.to_str().ok()).and_then(RetryAfter::parse);
        read
    }

    /// Reads the body of a response, as [`from_response`](Self::from_response) does.
    #[must_use]
    pub fn from_body(status: StatusCode, body: &[u8]) -> Self {
        let object = match body.len() {
            0..=MAX_ERROR_BYTES => serde_json::from_slice(body).ok(),
            _ => None,
        };
        match object {
            Some(object) => Self::from_object(status, object),
            None => Self { error: beginning(body), ..Self::bare(status) },
        }
    }

    /// Writes the response, JSON.
    #[must_use]
    pub fn to_response(&self) -> Response<Vec<u8>> {
        let mut response = Response::new(self.to_body());
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(value) = self.retry_after.and_then(RetryAfter::to_header) {
            headers.insert(header::RETRY_AFTER, value);
        }
        response
    }

    /// Writes the body of the response, a JSON object.
    #[must_use]
    pub fn to_body(&self) -> Vec<u8> {
        let mut object: Map<String, Value> =
            self.fields.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        if let Some(errcode) = &self.errcode {
            object.insert("errcode".to_owned(), errcode.as_str().into());
        }
        if let Some(error) = &self.error {
            object.insert("error".to_owned(), error.as_str().into());
        }
        Value::Object(object).to_string().into_bytes()
    }

    /// Tells whether the error has this code.
    #[must_use]
    pub fn is(&self, errcode: &Errcode) -> bool {
        self.errcode.as_ref() == Some(errcode)
    }

    fn bare(status: StatusCode) -> Self {
        Self { status, errcode: None, error: None, fields: BTreeMap::new(), retry_after: None }
    }

    fn from_object(status: StatusCode, mut object: Map<String, Value>) -> Self {
        let mut text = |field: &str| match object.remove(field) {
            Some(Value::String(text)) => Some(text),
            Some(other) => {
                object.insert(field.to_owned(), other);
                None
            }
            None => None,
        };
        let (errcode, error) = (text("errcode"), text("error"));
        Self {
            errcode: errcode.as_deref().map(Errcode::from),
            error,
            fields: object.into_iter().collect(),
            ..Self::bare(status)
        }
    }
}

fn beginning(body: &[u8]) -> Option<String> {
    // A character has four bytes at most; those that are replaced count for one each.
    let cut = body.get(..4 * MAX_ERROR_TEXT).unwrap_or(body);
    let text: String = String::from_utf8_lossy(cut).trim().chars().take(MAX_ERROR_TEXT).collect();
    (!text.is_empty()).then_some(text)
}

impl fmt::Display for MatrixError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "status {}", self.status.as_u16())?;
        if let Some(errcode) = &self.errcode {
            write!(f, ", {errcode}")?;
        }
        if let Some(error) = &self.error {
            write!(f, ": {error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for MatrixError {}
