//! What a widget may do.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Action, Direction, Request, Response};

/// The versions of the widget API that are known here, as `supported_api_versions` lists them.
pub const SUPPORTED_API_VERSIONS: [&str; 2] = ["0.0.1", "0.0.2"];

/// A set of capabilities, by name.
pub type Capabilities = BTreeSet<String>;

/// The exchange with which a widget's session begins, on the client's side: what it wants to do is asked for, and what it
/// may do is decided.
///
/// Source: MSC1236.
#[derive(Clone, Debug, PartialEq)]
pub struct CapabilityExchange {
    request: Request,
}

impl CapabilityExchange {
    /// Begins. The request is to be sent.
    #[must_use]
    pub fn new(request_id: &str, widget_id: &str) -> Self {
        Self { request: Request::new(Direction::ToWidget, Action::Capabilities, request_id, widget_id) }
    }

    /// Returns the request.
    #[must_use]
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// Takes the response: what the widget wants, of which `allow` tells what it gets. `None` when the response is to
    /// another request. A widget that names nothing gets nothing.
    pub fn answer(&self, response: &Response, allow: impl Fn(&str) -> bool) -> Option<Capabilities> {
        if !response.is_to(&self.request) {
            return None;
        }
        let wanted = response.response.get("capabilities").and_then(Value::as_array);
        let wanted = wanted.into_iter().flatten().filter_map(Value::as_str);
        Some(wanted.filter(|name| allow(name)).map(str::to_owned).collect())
    }

    /// Makes a widget's response to the client's request: what it wants.
    #[must_use]
    pub fn want(request: &Request, capabilities: &Capabilities) -> Response {
        let mut response = Map::new();
        response.insert("capabilities".to_owned(), json!(capabilities));
        request.answer(response)
    }
}
