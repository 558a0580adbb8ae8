//! What every state of a verification with a known other device has in common.

use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{EventId, OwnedEventId};
use sha2::{Digest as _, Sha256};

use crate::{
    cancel_code::CancelCode,
    cancelled::{Cancelled, CancelledBy},
    error::Error,
    flow::Step,
    flow_id::FlowId,
    incoming::{Incoming, Via},
    message::{Cancel, Message},
    outgoing::{Outgoing, Recipients},
    party_keys::{Party, PartyKeys},
    time::{IDLE_TIMEOUT_MS, TOTAL_TIMEOUT_MS},
};

/// The most different messages that one verification takes; another one cancels it.
pub const MAX_MESSAGES: usize = 32;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Session {
    pub(crate) own: Party,
    pub(crate) other: Party,
    pub(crate) flow_id: FlowId,
    pub(crate) created_ms: i64,
    pub(crate) last_ms: i64,
    /// Digests of the messages that were taken: a message that comes again is passed over.
    seen: Vec<[u8; 32]>,
    /// The events of a room that belong here, so that their redaction or edit is noticed.
    events: Vec<OwnedEventId>,
}

/// What a session makes of a message before the state looks at it.
pub(crate) enum Received {
    /// It is not for this verification, or came before.
    Ignore,
    /// It ends the verification.
    Cancelled(Cancelled),
    /// It can't be taken, and this code says why.
    Refuse(CancelCode),
    /// It is for the state.
    Message(Message),
}

impl Session {
    pub(crate) fn new(own: Party, other: Party, flow_id: FlowId, now_ms: i64) -> Self {
        let events = match &flow_id {
            FlowId::ToDevice(_) => Vec::new(),
            FlowId::InRoom { event_id, .. } => vec![event_id.clone()],
        };
        Self { own, other, flow_id, created_ms: now_ms, last_ms: now_ms, seen: Vec::new(), events }
    }

    /// Refuses keys that are not those of the two devices.
    pub(crate) fn check_keys(&self, own: &PartyKeys, other: &PartyKeys) -> Result<(), Error> {
        own.check_party(&self.own)?;
        other.check_party(&self.other)
    }

    /// When the verification fails for want of time.
    pub(crate) fn deadline_ms(&self) -> i64 {
        let total = self.created_ms.saturating_add(TOTAL_TIMEOUT_MS);
        total.min(self.last_ms.saturating_add(IDLE_TIMEOUT_MS))
    }

    /// Notes that something was sent or received.
    pub(crate) fn touch(&mut self, now_ms: i64) {
        self.last_ms = self.last_ms.max(now_ms);
    }

    /// Sorts a message out.
    pub(crate) fn receive(&mut self, incoming: &Incoming<'_>, now_ms: i64) -> Received {
        if *incoming.sender != *self.other.user_id || incoming.flow_id().as_ref() != Some(&self.flow_id) {
            return Received::Ignore;
        }
        if incoming.sender_device().is_some_and(|device_id| *device_id != *self.other.device_id) {
            return Received::Ignore;
        }
        let message = match Message::parse(incoming.event_type, &incoming.content_with_relation()) {
            Ok(message) => message,
            Err(Error::NotVerification(_)) => return Received::Ignore,
            Err(_) if incoming.is_cancellation() => Message::Cancel(Cancel::unreadable()),
            Err(error) => return Received::Refuse(error.cancel_code()),
        };
        if message.from_device().is_some_and(|device_id| *device_id != self.other.device_id) {
            return Received::Ignore;
        }
        if let Message::Cancel(cancel) = message {
            return Received::Cancelled(self.ended(CancelledBy::Them, cancel.code, cancel.reason));
        }
        if now_ms >= self.deadline_ms() {
            return Received::Refuse(CancelCode::Timeout);
        }
        match self.remember(incoming) {
            Some(true) => Received::Ignore,
            None => Received::Refuse(CancelCode::UnexpectedMessage),
            Some(false) => {
                self.touch(now_ms);
                Received::Message(message)
            }
        }
    }

    /// Whether a message came before; nothing if there were too many.
    pub(crate) fn remember(&mut self, incoming: &Incoming<'_>) -> Option<bool> {
        let mut hash = Sha256::new();
        hash.update(incoming.event_type);
        hash.update([0]);
        hash.update(incoming.content.to_canonical());
        let digest = hash.finalize().into();
        if self.seen.contains(&digest) {
            return Some(true);
        }
        if self.seen.len() >= MAX_MESSAGES {
            return None;
        }
        self.seen.push(digest);
        if let Via::Room { event_id, .. } = incoming.via {
            self.events.push(event_id.to_owned());
        }
        Some(false)
    }

    /// Whether an event belongs to the verification.
    pub(crate) fn has_event(&self, event_id: &EventId) -> bool {
        self.events.iter().any(|event| **event == *event_id)
    }

    /// Makes a message to the other device.
    pub(crate) fn outgoing(&self, event_type: &'static str, mut content: Object) -> Outgoing {
        self.flow_id.write(&mut content);
        Outgoing { event_type, content, to: self.recipients() }
    }

    /// Makes a message that names this device as its sender's.
    pub(crate) fn outgoing_from_device(&self, event_type: &'static str, mut content: Object) -> Outgoing {
        content.insert("from_device", self.own.device_id.as_str());
        self.outgoing(event_type, content)
    }

    pub(crate) fn done(&self) -> Outgoing {
        self.outgoing("m.key.verification.done", Object::new())
    }

    /// Cancels, and tells the other device.
    pub(crate) fn cancel(&self, code: CancelCode) -> (Cancelled, Outgoing) {
        let outgoing = Outgoing {
            event_type: "m.key.verification.cancel",
            content: cancel_content(&self.flow_id, &code),
            to: self.recipients(),
        };
        (self.ended(CancelledBy::Us, code, None), outgoing)
    }

    /// The same, as a step.
    pub(crate) fn end(&self, code: CancelCode) -> Step {
        let (cancelled, outgoing) = self.cancel(code);
        Step::new(cancelled, vec![outgoing])
    }

    pub(crate) fn ended(&self, by: CancelledBy, code: CancelCode, reason: Option<String>) -> Cancelled {
        Cancelled {
            other_user: self.other.user_id.clone(),
            flow_id: self.flow_id.clone(),
            by,
            code,
            reason,
            last_ms: self.last_ms,
        }
    }

    fn recipients(&self) -> Recipients {
        match &self.flow_id {
            FlowId::ToDevice(_) => Recipients::Devices {
                user_id: self.other.user_id.clone(),
                device_ids: vec![self.other.device_id.clone()],
            },
            FlowId::InRoom { room_id, .. } => Recipients::Room(room_id.clone()),
        }
    }
}

/// The content of a cancellation.
pub(crate) fn cancel_content(flow_id: &FlowId, code: &CancelCode) -> Object {
    let mut content = Object::from([("code", code.as_str()), ("reason", code.reason())]);
    flow_id.write(&mut content);
    content
}

/// A list of names as JSON.
pub(crate) fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> Value {
    Value::Array(names.into_iter().map(Value::from).collect())
}
