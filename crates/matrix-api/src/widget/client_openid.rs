//! The OpenID exchange on the client's side.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Action, Direction, OpenIdState, Request, Response};
use crate::OpenIdToken;

/// How many requests of one widget are remembered: those about which the user is being asked, and those whose decision the
/// widget has yet to acknowledge. The latter give way to new ones; requests beyond the former are blocked.
pub const MAX_PENDING_REQUESTS: usize = 16;

/// What the user has decided about a widget before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Nothing: ask.
    Ask,
    /// To let it have credentials, which are fresh ones from the homeserver. The user should be told that it got them.
    Allowed(OpenIdToken),
    /// To block it.
    Blocked,
}

/// What becomes of a widget's request.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenIdRequest {
    /// The response to send.
    pub response: Response,
    /// Whether to ask the user now, and then [`ClientOpenId::settle`].
    pub ask: bool,
}

/// What the widget has to be told of the user's decision.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenIdSettled {
    /// The request to send.
    pub request: Request,
}

/// The OpenID exchange with one widget, on the client's side: requests that wait for the user, by their IDs.
///
/// A user takes as long as they take; nothing expires.
///
/// Source: MSC1960.
///
/// ```
/// use matrix_api::{AccessToken, OpenIdToken};
/// use matrix_api::widget::{ClientOpenId, Message, Permission};
///
/// let mut exchange = ClientOpenId::new("CCCDDD");
/// let message = br#"{"api": "fromWidget", "action": "get_openid", "requestId": "AAABBB", "widgetId": "CCCDDD", "data": {}}"#;
/// let Message::Request(request) = Message::parse(message)? else { return Err("no request".into()) };
/// let asked = exchange.on_request(&request, Permission::Ask).ok_or("another request")?;
/// assert!(asked.ask);
/// assert_eq!(asked.response.response["state"], "request");
///
/// // The user agrees.
/// let token = OpenIdToken::new(AccessToken::new("s3cr3t"), "example.org".try_into()?, 3600);
/// let settled = exchange.settle("AAABBB", Some(token), "EEEFFF").ok_or("nobody asked")?;
/// assert_eq!(settled.request.data["original_request_id"], "AAABBB");
/// assert!(exchange.on_response(&settled.request.acknowledge()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ClientOpenId {
    widget_id: String,
    /// By the ID of the widget's request.
    pending: BTreeMap<String, Pending>,
}

#[derive(Clone, Debug, PartialEq)]
enum Pending {
    /// The user is being asked.
    Asking,
    /// The widget has been told, but has not acknowledged it.
    Told(Request),
}

impl ClientOpenId {
    /// Begins the session of a widget.
    #[must_use]
    pub fn new(widget_id: &str) -> Self {
        Self { widget_id: widget_id.to_owned(), pending: BTreeMap::new() }
    }

    /// Takes a `get_openid` of the widget; `None` when the request is another, or another widget's.
    ///
    /// A request whose ID is under way already is answered again, but the user is not asked twice. When the user is being
    /// asked about [`MAX_PENDING_REQUESTS`] others, the answer is `blocked`.
    pub fn on_request(&mut self, request: &Request, permission: Permission) -> Option<OpenIdRequest> {
        let ours = request.api == Direction::FromWidget && request.widget_id == self.widget_id;
        if !ours || request.action != Action::GetOpenId {
            return None;
        }
        let known = self.pending.contains_key(&request.request_id);
        let (state, ask) = match permission {
            _ if known => (OpenIdState::Request, false),
            Permission::Allowed(token) => (OpenIdState::Allowed(token), false),
            Permission::Blocked => (OpenIdState::Blocked, false),
            Permission::Ask if !self.make_room() => (OpenIdState::Blocked, false),
            Permission::Ask => {
                self.pending.insert(request.request_id.clone(), Pending::Asking);
                (OpenIdState::Request, true)
            }
        };
        Some(OpenIdRequest { response: request.answer(state.to_object()), ask })
    }

    /// Takes the user's decision about a request: fresh credentials, or `None` to block. `request_id` is that of the
    /// request which tells the widget.
    ///
    /// `None` when the user was not being asked about that request, or the decision was told before.
    #[must_use]
    pub fn settle(
        &mut self,
        original_request_id: &str,
        token: Option<OpenIdToken>,
        request_id: &str,
    ) -> Option<OpenIdSettled> {
        let pending = self.pending.get_mut(original_request_id)?;
        if *pending != Pending::Asking {
            return None;
        }
        let mut data = token.map_or(OpenIdState::Blocked, OpenIdState::Allowed).to_object();
        data.insert("original_request_id".to_owned(), json!(original_request_id));
        let request =
            Request::new(Direction::ToWidget, Action::OpenIdCredentials, request_id, &self.widget_id);
        // What is remembered until it is acknowledged is without the credentials.
        *pending = Pending::Told(request.clone());
        Some(OpenIdSettled { request: request.with_data(data) })
    }

    /// Takes a response of the widget; `false` when it acknowledges no decision that it was told.
    pub fn on_response(&mut self, response: &Response) -> bool {
        let told = |pending: &Pending| matches!(pending, Pending::Told(request) if response.is_to(request));
        let before = self.pending.len();
        self.pending.retain(|_, pending| !told(pending));
        self.pending.len() < before
    }

    /// Makes sure that there is room for another request, and tells whether there is.
    fn make_room(&mut self) -> bool {
        if self.pending.len() >= MAX_PENDING_REQUESTS {
            self.pending.retain(|_, pending| *pending == Pending::Asking);
        }
        self.pending.len() < MAX_PENDING_REQUESTS
    }

    /// Returns the IDs of the requests about which the user is being asked.
    pub fn asking(&self) -> impl Iterator<Item = &str> {
        let asking = self.pending.iter().filter(|(_, pending)| **pending == Pending::Asking);
        asking.map(|(id, _)| id.as_str())
    }
}
