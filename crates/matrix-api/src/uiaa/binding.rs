//! Which request a session belongs to.

use http::Method;
use serde_json::{Map, Value};

/// A request that a server has asked authentication for. The session holds for it alone: otherwise what a user has
/// confirmed in a browser could be spent on something else (MSC2454, "Reusing User Interactive Authentication sessions").
///
/// ```
/// use http::Method;
/// use matrix_api::uiaa::BoundRequest;
/// use serde_json::json;
///
/// let path = "/_matrix/client/v3/delete_devices";
/// let first = json!({"devices": ["FSVVTZRRAA"]});
/// let bound = BoundRequest::new(&Method::POST, path, first.as_object().ok_or("no object")?);
/// let again = json!({"devices": ["FSVVTZRRAA"], "auth": {"session": "dTKfsLHSAJeAhqfxUsvrIVJd"}});
/// assert!(bound.is(&Method::POST, path, again.as_object().ok_or("no object")?));
/// let other = json!({"devices": ["OTHER"], "auth": {"session": "dTKfsLHSAJeAhqfxUsvrIVJd"}});
/// assert!(!bound.is(&Method::POST, path, other.as_object().ok_or("no object")?));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct BoundRequest {
    method: Method,
    path: String,
    body: Map<String, Value>,
}

impl BoundRequest {
    /// Remembers a request: its method, its path with the query, and its body.
    #[must_use]
    pub fn new(method: &Method, path: &str, body: &Map<String, Value>) -> Self {
        let body = body.iter().filter(|(field, _)| *field != "auth");
        let body = body.map(|(field, value)| (field.clone(), value.clone())).collect();
        Self { method: method.clone(), path: path.to_owned(), body }
    }

    /// Tells whether a request is the same but for its `auth`.
    #[must_use]
    pub fn is(&self, method: &Method, path: &str, body: &Map<String, Value>) -> bool {
        *self == Self::new(method, path, body)
    }
}

impl core::fmt::Debug for BoundRequest {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        // The body may hold a new password.
        write!(f, "BoundRequest({} {})", self.method, self.path)
    }
}
