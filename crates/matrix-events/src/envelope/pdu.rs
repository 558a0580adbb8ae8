use std::collections::BTreeMap;

use matrix_canonicaljson::{Integer, Object};
use matrix_identifiers::{EventId, OwnedEventId, OwnedRoomId, OwnedServerName, OwnedUserId, RoomId};
use matrix_roomversion::{EventFormat, RoomVersionRules};

use super::{ClientEvent, StrippedState, Unsigned};
use crate::content::RoomContent;
use crate::wire::{Field, Node, State, write_string};
use crate::{Error, Misfit, Wire};

object! {
    /// An event as servers exchange it ([PDUs](https://spec.matrix.org/v1.19/server-server-api/#pdus)), of any of the
    /// three formats.
    ///
    /// | room version | `event_id` | references | `room_id` of `m.room.create` |
    /// |---|---|---|---|
    /// | 1, 2 | in the event | [`Reference`] with hashes | in the event |
    /// | 3 to 11 | a hash of it | without | in the event |
    /// | 12 | a hash of it | without | not there |
    ///
    /// [`Pdu::read`] holds it to its format. Sizes, the lengths of identifiers and the numbers that a room version allows
    /// are checked by `matrix_signatures::check_format`, before anything else is done with a PDU that was received.
    pub struct Pdu tagged "type" {
        /// The events that authorize this one.
        auth_events: Vec<Reference> = "auth_events",
        /// The content.
        content: RoomContent = "content" or fallback,
        /// One more than the greatest depth of `prev_events`.
        depth: i64 = "depth" or fallback,
        /// The event's ID, in rooms 1 and 2.
        event_id: Option<OwnedEventId> = "event_id",
        /// The content hash.
        hashes: Hashes = "hashes",
        /// When the sender's server says the event was sent, in milliseconds since 1970.
        origin_server_ts: i64 = "origin_server_ts" or fallback,
        /// The events before this one.
        prev_events: Vec<Reference> = "prev_events",
        /// What a redaction redacts, up to room 10 (MSC2174).
        redacts: Option<OwnedEventId> = "redacts",
        /// The room.
        room_id: Option<OwnedRoomId> = "room_id",
        /// Who sent the event.
        sender: OwnedUserId = "sender",
        /// Signatures in unpadded base64, by server and key.
        signatures: BTreeMap<OwnedServerName, BTreeMap<String, String>> = "signatures" or fallback,
        /// What a state event is about; other events have none.
        state_key: Option<String> = "state_key",
        /// What servers add and nobody signs.
        unsigned: Option<Unsigned> = "unsigned",
    }
}

object! {
    /// The content hash of a PDU.
    pub struct Hashes {
        /// SHA-256 in unpadded base64.
        sha256: String = "sha256",
    }
}

/// The mention of another event in a PDU.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The event.
    pub event_id: OwnedEventId,
    /// In rooms 1 and 2, the event's reference hash, in unpadded base64.
    pub hashes: Option<Hashes>,
}

impl From<OwnedEventId> for Reference {
    fn from(event_id: OwnedEventId) -> Self {
        Self { event_id, hashes: None }
    }
}

impl Field for Reference {
    fn read(node: &Node<'_>, state: &mut State) -> Result<Self, Misfit> {
        let Some(mut pair) = node.items() else {
            return OwnedEventId::read(node, state).map(Self::from);
        };
        let (Some(event_id), Some(hashes), None) = (pair.next(), pair.next(), pair.next()) else {
            return Err(Misfit::expected("an event ID or a pair of event ID and hashes"));
        };
        let event_id = Field::read(&Node::Text(event_id), state).map_err(|misfit| misfit.within_index(0))?;
        let hashes = Field::read(&Node::Text(hashes), state).map_err(|misfit| misfit.within_index(1))?;
        Ok(Self { event_id, hashes: Some(hashes) })
    }

    fn write(&self, out: &mut Vec<u8>) {
        let Some(hashes) = &self.hashes else {
            return self.event_id.write(out);
        };
        out.push(b'[');
        write_string(self.event_id.as_str(), out);
        out.push(b',');
        hashes.write(out);
        out.push(b']');
    }
}

/// What old servers put beside the content, which clients are not served.
const SERVER_ONLY: [&str; 3] = ["membership", "origin", "prev_state"];

impl Pdu {
    /// Reads an event strictly, in the format of a room version.
    ///
    /// # Errors
    ///
    /// As for [`Wire::read_strict`], and where a field is missing or different in the format.
    pub fn read(json: &[u8], rules: &RoomVersionRules) -> Result<Self, Error> {
        let pdu = Self::read_strict(json)?;
        pdu.check(rules.event_format)?;
        Ok(pdu)
    }

    /// Checks that the event is of a format.
    ///
    /// # Errors
    ///
    /// The path of what is missing or different in the format.
    pub fn check(&self, format: EventFormat) -> Result<(), Misfit> {
        if format == EventFormat::V1 && self.event_id.is_none() {
            return Err(Misfit::missing("event_id"));
        }
        for (key, references) in [("auth_events", &self.auth_events), ("prev_events", &self.prev_events)] {
            let wrong =
                references.iter().position(|event| event.hashes.is_some() != (format == EventFormat::V1));
            if let Some(index) = wrong {
                let what = match format {
                    EventFormat::V1 => "a pair of event ID and hashes",
                    EventFormat::V3 | EventFormat::V12 => "an event ID",
                };
                return Err(Misfit::expected(what).within_index(index).within_key(key));
            }
        }
        let no_room = format == EventFormat::V12 && self.content.event_type() == "m.room.create";
        match (&self.room_id, no_room) {
            (None, false) => Err(Misfit::missing("room_id")),
            (Some(_), true) => Err(Misfit::rule("room_id", "`m.room.create` has none in room 12")),
            _ => Ok(()),
        }
    }

    /// Makes of the event what clients are served: with its ID (MSC1659) and room, without what only servers need,
    /// with `redacts` both beside the content and in it (MSC2174).
    ///
    /// # Errors
    ///
    /// When the timestamp is beyond ±(2<sup>53</sup> − 1), which clients are not served.
    pub fn to_client(
        &self,
        event_id: &EventId,
        room_id: &RoomId,
        rules: &RoomVersionRules,
    ) -> Result<ClientEvent, Error> {
        let mut other = self.other.clone();
        other.retain(|key, _| !SERVER_ONLY.contains(&key));
        let event = ClientEvent {
            content: self.content.clone(),
            event_id: event_id.to_owned(),
            origin_server_ts: Integer::try_from(self.origin_server_ts)?,
            redacts: self.redacts.clone(),
            room_id: room_id.to_owned(),
            sender: self.sender.clone(),
            state_key: self.state_key.clone(),
            unsigned: self.unsigned.clone(),
            other,
        };
        if event.content.event_type() != matrix_redaction::REDACTION_TYPE {
            return Ok(event);
        }
        let mut object: Object = event.to_object();
        matrix_redaction::to_client(&mut object, &rules.redaction);
        ClientEvent::from_object_lenient(&object).map(|event| event.value)
    }

    /// Makes of a state event what those see who are not in the room; `None` of other events.
    pub fn to_stripped(&self) -> Option<StrippedState> {
        let state_key = self.state_key.clone()?;
        Some(StrippedState::new(self.content.clone(), self.sender.clone(), state_key))
    }
}
