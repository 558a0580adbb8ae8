use matrix_identifiers::{EventId, UserId};

use crate::{
    cancel_code::CancelCode,
    cancelled::Cancelled,
    flow::{Flow, Step},
    flow_id::FlowId,
    incoming::Incoming,
    message::Message,
    party_keys::{Party, VerifiedKeys},
    session::{Received, Session},
};

/// Keys are verified and the other side has been told; it has not said the same yet.
///
/// The keys can be signed now. A client may wait for the other side's word before it tells its user.
#[derive(Debug)]
pub struct Verified {
    session: Session,
    keys: VerifiedKeys,
}

/// A verification that is over, with success.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    party: Party,
    flow_id: FlowId,
    keys: VerifiedKeys,
    outcome: Outcome,
    pub(crate) last_ms: i64,
}

/// What the other side said in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It is done as well.
    BothDone,
    /// It has cancelled. That does not undo what was verified here.
    OtherCancelled(CancelCode),
    /// Nothing, within the time.
    OtherSilent,
}

impl Verified {
    pub(crate) fn new(session: Session, keys: VerifiedKeys) -> Self {
        Self { session, keys }
    }

    /// Returns the keys that are verified.
    pub fn keys(&self) -> &VerifiedKeys {
        &self.keys
    }

    /// Returns the ID of the verification.
    pub fn flow_id(&self) -> &FlowId {
        &self.session.flow_id
    }

    /// Returns the own side.
    pub fn own(&self) -> &Party {
        &self.session.own
    }

    /// Returns the other side.
    pub fn other(&self) -> &Party {
        &self.session.other
    }

    /// Returns when the other side is no longer waited for, in milliseconds since the Unix epoch.
    pub fn deadline_ms(&self) -> i64 {
        self.session.deadline_ms()
    }

    /// Takes a message: the other side's `m.key.verification.done` or its cancellation. Everything else is ignored now.
    pub fn on_message(mut self, incoming: &Incoming<'_>, now_ms: i64) -> Step {
        match self.session.receive(incoming, now_ms) {
            Received::Message(Message::Done) => self.end(Outcome::BothDone),
            Received::Cancelled(Cancelled { code, .. }) => self.end(Outcome::OtherCancelled(code)),
            _ => Step::new(self, Vec::new()),
        }
    }

    /// Looks at the clock: from the deadline on the other side is no longer waited for.
    pub fn on_time(self, now_ms: i64) -> Step {
        if now_ms >= self.deadline_ms() {
            self.end(Outcome::OtherSilent)
        } else {
            Step::new(self, Vec::new())
        }
    }

    pub(crate) fn has_event(&self, event_id: &EventId) -> bool {
        self.session.has_event(event_id)
    }

    fn end(self, outcome: Outcome) -> Step {
        Step::new(Done::new(&self.session, self.keys, outcome), Vec::new())
    }
}

impl Done {
    pub(crate) fn new(session: &Session, keys: VerifiedKeys, outcome: Outcome) -> Self {
        let (party, flow_id) = (session.other.clone(), session.flow_id.clone());
        Self { party, flow_id, keys, outcome, last_ms: session.last_ms }
    }

    /// Returns the keys that are verified.
    pub fn keys(&self) -> &VerifiedKeys {
        &self.keys
    }

    /// Returns what the other side said in the end.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// Returns the ID of the verification.
    pub fn flow_id(&self) -> &FlowId {
        &self.flow_id
    }

    /// Returns the user who was verified.
    pub fn other_user(&self) -> &UserId {
        &self.party.user_id
    }
}

impl From<Verified> for Flow {
    fn from(state: Verified) -> Self {
        Self::Verified(state)
    }
}
