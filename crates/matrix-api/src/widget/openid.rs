//! The states of the OpenID exchange, as they are sent.

use serde_json::{Map, Value, json};

use crate::{Error, OpenIdToken};

/// Where the exchange stands, as the client tells the widget (MSC1960).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenIdState {
    /// `request`: the user is being asked.
    Request,
    /// `allowed`: here are the credentials.
    Allowed(OpenIdToken),
    /// `blocked`: the widget does not get them.
    Blocked,
}

impl OpenIdState {
    /// Reads the state and the credentials beside it.
    ///
    /// # Errors
    ///
    /// When there is no known `state`, or one of the credentials is missing or of another type.
    pub fn read(object: &Map<String, Value>) -> Result<Self, Error> {
        let invalid = |path: &str, reason: String| Error::InvalidBody { path: path.to_owned(), reason };
        match object.get("state").and_then(Value::as_str) {
            Some("request") => Ok(Self::Request),
            Some("blocked") => Ok(Self::Blocked),
            Some("allowed") => {
                let token = serde_path_to_error::deserialize(Value::Object(object.clone()));
                token
                    .map(Self::Allowed)
                    .map_err(|error| invalid(&error.path().to_string(), error.inner().to_string()))
            }
            _ => Err(invalid("state", "not request, allowed or blocked".to_owned())),
        }
    }

    /// Writes the state, and the credentials flattened beside it.
    #[must_use]
    pub fn to_object(&self) -> Map<String, Value> {
        let mut object = Map::new();
        let state = match self {
            Self::Request => "request",
            Self::Blocked => "blocked",
            Self::Allowed(token) => {
                object.insert("access_token".to_owned(), json!(token.access_token));
                object.insert("token_type".to_owned(), json!(token.token_type));
                object.insert("matrix_server_name".to_owned(), json!(token.matrix_server_name));
                object.insert("expires_in".to_owned(), json!(token.expires_in));
                "allowed"
            }
        };
        object.insert("state".to_owned(), json!(state));
        object
    }
}
