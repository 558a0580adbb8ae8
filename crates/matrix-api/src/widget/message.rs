//! The messages between a widget and a client.

use core::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Action;
use crate::Error;

/// The largest message that is read, in bytes: 1 MiB.
pub const MAX_MESSAGE_BYTES: usize = 1024 * 1024;

/// Who makes a request: `api`. Its response bears the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// `fromWidget`
    #[serde(rename = "fromWidget")]
    FromWidget,
    /// `toWidget`
    #[serde(rename = "toWidget")]
    ToWidget,
}

/// A request of a widget to its client, or the other way round.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Who makes the request.
    pub api: Direction,
    /// What it is about.
    pub action: Action,
    /// The ID of the request, by which its response is known.
    #[serde(rename = "requestId")]
    pub request_id: String,
    /// The ID of the widget.
    #[serde(rename = "widgetId")]
    pub widget_id: String,
    /// What belongs to the action.
    #[serde(default)]
    pub data: Map<String, Value>,
    /// Every other field.
    #[serde(flatten)]
    pub fields: Map<String, Value>,
}

/// A response: the request with what is answered.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The request that is answered.
    #[serde(flatten)]
    pub request: Request,
    /// The answer.
    pub response: Map<String, Value>,
}

/// A message, either way.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// A request.
    Request(Request),
    /// A response.
    Response(Response),
}

impl Request {
    /// Makes a request.
    #[must_use]
    pub fn new(api: Direction, action: Action, request_id: &str, widget_id: &str) -> Self {
        let (request_id, widget_id) = (request_id.to_owned(), widget_id.to_owned());
        Self { api, action, request_id, widget_id, data: Map::new(), fields: Map::new() }
    }

    /// Adds data.
    #[must_use]
    pub fn with_data(mut self, data: Map<String, Value>) -> Self {
        self.data = data;
        self
    }

    /// Answers.
    #[must_use]
    pub fn answer(&self, response: Map<String, Value>) -> Response {
        Response { request: self.clone(), response }
    }

    /// Answers that nothing more is to be said: with an empty object.
    #[must_use]
    pub fn acknowledge(&self) -> Response {
        self.answer(Map::new())
    }

    /// Answers with an error, for people to read.
    #[must_use]
    pub fn refuse(&self, message: &str) -> Response {
        let mut response = Map::new();
        response.insert("error".to_owned(), json!({"message": message}));
        self.answer(response)
    }

    /// Writes the message, JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        json!(self).to_string()
    }
}

impl Response {
    /// Tells whether this answers a request: it has its ID, its action, its direction and its widget.
    #[must_use]
    pub fn is_to(&self, request: &Request) -> bool {
        let of = |request: &Request| {
            let Request { api, action, request_id, widget_id, .. } = request;
            (*api, action.clone(), request_id.clone(), widget_id.clone())
        };
        of(&self.request) == of(request)
    }

    /// Returns the error for people that the other side answered with, if it did.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        self.response.get("error")?.get("message")?.as_str()
    }

    /// Writes the message, JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        json!(self).to_string()
    }
}

impl Message {
    /// Reads a message: a response when it has a `response`, a request otherwise.
    ///
    /// # Errors
    ///
    /// [`Error::BodyTooLarge`] above [`MAX_MESSAGE_BYTES`], [`Error::InvalidJson`], and [`Error::InvalidBody`] when one
    /// of `api`, `action`, `requestId` and `widgetId` is missing or no string, `api` is another, or `data` or `response`
    /// no object.
    pub fn parse(json: &[u8]) -> Result<Self, Error> {
        if json.len() > MAX_MESSAGE_BYTES {
            return Err(Error::BodyTooLarge { bytes: json.len(), max: MAX_MESSAGE_BYTES });
        }
        let value: Value = serde_json::from_slice(json)
            .map_err(|error| Error::InvalidJson { line: error.line(), column: error.column() })?;
        if value.get("response").is_some() {
            serde_path_to_error::deserialize(value).map(Self::Response).map_err(misfit)
        } else {
            serde_path_to_error::deserialize(value).map(Self::Request).map_err(misfit)
        }
    }

    /// Returns the request, or the one that is answered.
    #[must_use]
    pub fn request(&self) -> &Request {
        match self {
            Self::Request(request) => request,
            Self::Response(response) => &response.request,
        }
    }

    /// Writes the message, JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        match self {
            Self::Request(request) => request.to_json(),
            Self::Response(response) => response.to_json(),
        }
    }
}

#[allow(clippy::needless_pass_by_value, reason = "as map_err gives it")]
fn misfit(error: serde_path_to_error::Error<serde_json::Error>) -> Error {
    Error::InvalidBody { path: error.path().to_string(), reason: error.inner().to_string() }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What belongs to an action may be a token.
        write!(f, "Request({:?} {} {:?} of {:?})", self.api, self.action, self.request_id, self.widget_id)
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Response({:?})", self.request)
    }
}
