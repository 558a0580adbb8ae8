use std::borrow::Cow;

use matrix_canonicaljson::Object;
use matrix_identifiers::{DeviceId, EventId, OwnedEventId, RoomId, UserId};

use crate::flow_id::{FlowId, MAX_TRANSACTION_ID};

/// A message that has arrived, decrypted if it was encrypted.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// Who has sent it.
    pub sender: &'a UserId,
    /// Its type, such as `m.key.verification.start`.
    pub event_type: &'a str,
    /// Its content as received, unknown fields included: hashes cover them. Of a redaction it is to name the event
    /// (`redacts`) also in rooms 1 to 10, where that stands beside the content.
    pub content: &'a Object,
    /// How it came.
    pub via: Via<'a>,
}

/// How a message came.
#[derive(Clone, Copy, Debug)]
pub enum Via<'a> {
    /// As a to-device message.
    ToDevice {
        /// The device that has sent it, where that is known from its encryption.
        sender_device: Option<&'a DeviceId>,
    },
    /// As an event of a room.
    Room {
        /// The room.
        room_id: &'a RoomId,
        /// The event's ID.
        event_id: &'a EventId,
        /// The event's time, in milliseconds since the Unix epoch.
        origin_server_ts: i64,
        /// `m.relates_to` of an encrypted event, which stands outside of what is encrypted.
        relates_to: Option<&'a Object>,
    },
}

impl<'a> Incoming<'a> {
    /// Returns the verification that the message says it belongs to. The request in a room is its own.
    pub fn flow_id(&self) -> Option<FlowId> {
        match self.via {
            Via::ToDevice { .. } => {
                let id =
                    self.content.get_str("transaction_id").filter(|id| id.len() <= MAX_TRANSACTION_ID)?;
                Some(FlowId::ToDevice(id.to_owned()))
            }
            Via::Room { room_id, event_id, .. } => {
                let event_id = match self.is_room_request() {
                    true => event_id.to_owned(),
                    false => self.related("m.reference")?,
                };
                Some(FlowId::InRoom { room_id: room_id.to_owned(), event_id })
            }
        }
    }

    /// Returns whether it is an `m.room.message` that requests a verification.
    pub(crate) fn is_room_request(&self) -> bool {
        matches!(self.via, Via::Room { .. })
            && self.event_type == "m.room.message"
            && self.content.get_str("msgtype") == Some("m.key.verification.request")
    }

    /// Returns whether it is a cancellation, well formed or not.
    pub(crate) fn is_cancellation(&self) -> bool {
        self.event_type == "m.key.verification.cancel"
    }

    /// Returns the device that has sent it, where that is known.
    pub(crate) fn sender_device(&self) -> Option<&'a DeviceId> {
        match self.via {
            Via::ToDevice { sender_device } => sender_device,
            Via::Room { .. } => None,
        }
    }

    /// Returns the event of the room that this one edits or redacts.
    pub(crate) fn changed_event(&self) -> Option<OwnedEventId> {
        if matches!(self.via, Via::ToDevice { .. }) {
            return None;
        }
        if self.event_type == "m.room.redaction" {
            return OwnedEventId::try_from(self.content.get_str("redacts")?).ok();
        }
        self.related("m.replace")
    }

    /// Returns the content that a commitment covers: with `m.relates_to`, also where it stood outside.
    pub(crate) fn content_with_relation(&self) -> Cow<'a, Object> {
        if let Some(relation) = self.outer_relation()
            && !self.content.contains_key("m.relates_to")
        {
            let mut content = self.content.clone();
            content.insert("m.relates_to", relation.clone());
            return Cow::Owned(content);
        }
        Cow::Borrowed(self.content)
    }

    fn outer_relation(&self) -> Option<&'a Object> {
        match self.via {
            Via::ToDevice { .. } => None,
            Via::Room { relates_to, .. } => relates_to,
        }
    }

    fn related(&self, rel_type: &str) -> Option<OwnedEventId> {
        let relation = self.outer_relation().or_else(|| self.content.get_object("m.relates_to"))?;
        if relation.get_str("rel_type") != Some(rel_type) {
            return None;
        }
        OwnedEventId::try_from(relation.get_str("event_id")?).ok()
    }
}
