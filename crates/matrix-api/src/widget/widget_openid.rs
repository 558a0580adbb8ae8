//! The OpenID exchange on the widget's side.

use serde_json::Value;

use super::{Action, Direction, Message, OpenIdState, Request, Response};
use crate::{Error, OpenIdToken};

/// How long a widget waits for the first reply, in milliseconds. For the user's decision it waits as long as that takes.
pub const FIRST_REPLY_TIMEOUT_MS: u64 = 10_000;

/// How the exchange ended.
#[derive(Clone, Debug, PartialEq)]
pub enum OpenIdOutcome {
    /// With credentials.
    Allowed(OpenIdToken),
    /// The widget does not get any.
    Blocked,
    /// The client answered with an error, in words for people: it may not know the action.
    Refused(String),
    /// The client did not answer at all.
    TimedOut,
    /// The client's answer cannot be read.
    Unreadable(Error),
}

/// Where the exchange stands.
#[derive(Clone, Debug, PartialEq)]
pub enum OpenIdStep {
    /// The first reply has not come.
    AwaitReply(AwaitReply),
    /// The user is being asked.
    AwaitCredentials(AwaitCredentials),
    /// The end.
    Done {
        /// How it ended.
        outcome: OpenIdOutcome,
        /// The acknowledgement to send, if there is something to acknowledge.
        acknowledge: Option<Response>,
    },
}

/// The beginning of the exchange: the request to send.
#[derive(Clone, Debug, PartialEq)]
pub struct GetOpenId {
    request: Request,
}

impl GetOpenId {
    /// Begins, after capabilities have been agreed on.
    #[must_use]
    pub fn new(request_id: &str, widget_id: &str) -> Self {
        Self { request: Request::new(Direction::FromWidget, Action::GetOpenId, request_id, widget_id) }
    }

    /// Returns the request.
    #[must_use]
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// Goes on once the request was sent, at `now_ms`.
    #[must_use]
    pub fn sent(self, now_ms: u64) -> AwaitReply {
        AwaitReply { request: self.request, deadline_ms: now_ms.saturating_add(FIRST_REPLY_TIMEOUT_MS) }
    }
}

/// The first reply has not come.
#[derive(Clone, Debug, PartialEq)]
pub struct AwaitReply {
    request: Request,
    deadline_ms: u64,
}

impl AwaitReply {
    /// Returns when to call [`on_timeout`](Self::on_timeout), in milliseconds.
    #[must_use]
    pub fn deadline_ms(&self) -> u64 {
        self.deadline_ms
    }

    /// Takes a message of the client. What does not belong to this exchange changes nothing.
    #[must_use]
    pub fn on_message(self, message: &Message) -> OpenIdStep {
        match message {
            Message::Response(response) if response.is_to(&self.request) => self.on_reply(response),
            // A decision that comes before the reply is one all the same.
            Message::Request(request) if tells(request, &self.request) => settle(request),
            _ => OpenIdStep::AwaitReply(self),
        }
    }

    /// Takes note of the time.
    #[must_use]
    pub fn on_timeout(self, now_ms: u64) -> OpenIdStep {
        if now_ms < self.deadline_ms {
            return OpenIdStep::AwaitReply(self);
        }
        OpenIdStep::Done { outcome: OpenIdOutcome::TimedOut, acknowledge: None }
    }

    fn on_reply(self, response: &Response) -> OpenIdStep {
        let outcome = match OpenIdState::read(&response.response) {
            Ok(OpenIdState::Request) => {
                return OpenIdStep::AwaitCredentials(AwaitCredentials { request: self.request });
            }
            Ok(OpenIdState::Allowed(token)) => OpenIdOutcome::Allowed(token),
            Ok(OpenIdState::Blocked) => OpenIdOutcome::Blocked,
            Err(error) => match response.error() {
                Some(message) => OpenIdOutcome::Refused(message.to_owned()),
                None => OpenIdOutcome::Unreadable(error),
            },
        };
        OpenIdStep::Done { outcome, acknowledge: None }
    }
}

/// The user is being asked. There is no hurry.
#[derive(Clone, Debug, PartialEq)]
pub struct AwaitCredentials {
    request: Request,
}

impl AwaitCredentials {
    /// Takes a message of the client. What does not belong to this exchange changes nothing.
    #[must_use]
    pub fn on_message(self, message: &Message) -> OpenIdStep {
        match message {
            Message::Request(request) if tells(request, &self.request) => settle(request),
            _ => OpenIdStep::AwaitCredentials(self),
        }
    }
}

/// Tells whether a request of the client is about the decision on a request of the widget.
fn tells(request: &Request, original: &Request) -> bool {
    let about = request.data.get("original_request_id").and_then(Value::as_str);
    request.api == Direction::ToWidget
        && request.action == Action::OpenIdCredentials
        && request.widget_id == original.widget_id
        && about == Some(&original.request_id)
}

fn settle(request: &Request) -> OpenIdStep {
    let outcome = match OpenIdState::read(&request.data) {
        Ok(OpenIdState::Allowed(token)) => OpenIdOutcome::Allowed(token),
        Ok(OpenIdState::Blocked) => OpenIdOutcome::Blocked,
        Ok(OpenIdState::Request) => OpenIdOutcome::Unreadable(Error::InvalidBody {
            path: "state".to_owned(),
            reason: "a decision is allowed or blocked".to_owned(),
        }),
        Err(error) => OpenIdOutcome::Unreadable(error),
    };
    OpenIdStep::Done { outcome, acknowledge: Some(request.acknowledge()) }
}
