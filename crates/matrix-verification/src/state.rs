//! What every state can do, written once.

use crate::{
    cancel_code::CancelCode,
    cancelled::Cancelled,
    error::Error,
    flow::{Flow, Step},
    incoming::Incoming,
    message::Message,
    outgoing::Outgoing,
    session::{Received, Session},
};

/// A step that was not taken: the state as it was, and why.
#[derive(Debug)]
pub struct Refused<S> {
    /// The state, unchanged.
    pub state: Box<S>,
    /// Why the step was not taken.
    pub error: Error,
}

impl<S> Refused<S> {
    pub(crate) fn new(state: S, error: Error) -> Self {
        Self { state: Box::new(state), error }
    }
}

/// A state of a verification with a known other device.
pub(crate) trait State: Sized {
    fn session(&self) -> &Session;

    fn session_mut(&mut self) -> &mut Session;

    fn into_flow(self) -> Flow;

    /// Takes a message that is the other device's, well formed, in time and new.
    fn handle(self, message: Message) -> Step;

    /// Cancels with a code.
    fn end(self, code: CancelCode) -> Step {
        self.session().end(code)
    }

    /// Cancels because a message has no place here.
    fn unexpected(self) -> Step {
        self.end(CancelCode::UnexpectedMessage)
    }

    fn stay(self) -> Step {
        Step { flow: self.into_flow(), send: Vec::new() }
    }
}

pub(crate) fn on_message<S: State>(mut state: S, incoming: &Incoming<'_>, now_ms: i64) -> Step {
    match state.session_mut().receive(incoming, now_ms) {
        Received::Ignore => state.stay(),
        Received::Cancelled(cancelled) => Step { flow: Flow::Cancelled(cancelled), send: Vec::new() },
        Received::Refuse(code) => state.end(code),
        Received::Message(message) => state.handle(message),
    }
}

pub(crate) fn on_time<S: State>(state: S, now_ms: i64) -> Step {
    if now_ms >= state.session().deadline_ms() { state.end(CancelCode::Timeout) } else { state.stay() }
}

pub(crate) fn cancel<S: State>(state: S, code: CancelCode) -> (Cancelled, Outgoing) {
    state.session().cancel(code)
}

/// Gives a state its public methods that all states have, and its place in [`Flow`].
macro_rules! state {
    ($state:ident) => {
        impl $state {
            /// Returns the ID of the verification.
            pub fn flow_id(&self) -> &$crate::FlowId {
                &self.session.flow_id
            }

            /// Returns the own side.
            pub fn own(&self) -> &$crate::Party {
                &self.session.own
            }

            /// Returns the other side.
            pub fn other(&self) -> &$crate::Party {
                &self.session.other
            }

            pub(crate) fn has_event(&self, event_id: &matrix_identifiers::EventId) -> bool {
                self.session.has_event(event_id)
            }

            /// Returns when the verification fails for want of time, in milliseconds since the Unix epoch.
            pub fn deadline_ms(&self) -> i64 {
                self.session.deadline_ms()
            }

            /// Takes a message. One that is not for this verification, or came before, changes nothing; one that
            /// is malformed or has no place here cancels.
            pub fn on_message(self, incoming: &$crate::Incoming<'_>, now_ms: i64) -> $crate::Step {
                $crate::state::on_message(self, incoming, now_ms)
            }

            /// Looks at the clock: from the deadline on, cancels with `m.timeout`.
            pub fn on_time(self, now_ms: i64) -> $crate::Step {
                $crate::state::on_time(self, now_ms)
            }

            /// Cancels with a code: `m.user` when the user does not want to go on.
            pub fn cancel(self, code: $crate::CancelCode) -> ($crate::Cancelled, $crate::Outgoing) {
                $crate::state::cancel(self, code)
            }
        }

        impl From<$state> for $crate::Flow {
            fn from(state: $state) -> Self {
                $crate::state::State::into_flow(state)
            }
        }

        impl $crate::Refused<$state> {
            /// Cancels because of the error, with the code that says so.
            pub fn cancel(self) -> ($crate::Cancelled, $crate::Outgoing) {
                let code = self.error.cancel_code();
                self.state.cancel(code)
            }
        }
    };
}

/// The part of [`State`] that is the same for all.
macro_rules! state_items {
    ($variant:ident) => {
        fn session(&self) -> &$crate::session::Session {
            &self.session
        }

        fn session_mut(&mut self) -> &mut $crate::session::Session {
            &mut self.session
        }

        fn into_flow(self) -> $crate::Flow {
            $crate::Flow::$variant(self)
        }
    };
}

pub(crate) use {state, state_items};
