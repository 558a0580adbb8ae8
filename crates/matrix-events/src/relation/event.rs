use matrix_canonicaljson::Object;
use matrix_identifiers::{OwnedEventId, RoomId, UserId};

/// What an event is known by: its ID, or the transaction that it is being sent with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKey {
    /// The ID of an event that a server has.
    Sent(OwnedEventId),
    /// The transaction ID of an event that is still in the queue (a local echo).
    Pending(Box<str>),
}

impl EventKey {
    /// Makes the key of an event in the queue.
    #[must_use]
    pub fn pending(transaction_id: &str) -> Self {
        Self::Pending(transaction_id.into())
    }
}

impl From<OwnedEventId> for EventKey {
    fn from(event_id: OwnedEventId) -> Self {
        Self::Sent(event_id)
    }
}

impl From<&matrix_identifiers::EventId> for EventKey {
    fn from(event_id: &matrix_identifiers::EventId) -> Self {
        Self::Sent(event_id.to_owned())
    }
}

/// What an encrypted event turned out to be.
#[derive(Clone, Copy, Debug)]
pub struct Decrypted<'a> {
    /// The type in the payload.
    pub event_type: &'a str,
    /// The content in the payload.
    pub content: &'a Object,
}

/// What [`Relations`](super::Relations) reads of an event, be it the parent of relations, the child, or both.
#[derive(Clone, Debug)]
pub struct RelatedEvent<'a> {
    /// The event's ID, or its transaction while it has none.
    pub key: EventKey,
    /// The room, where the event says so; in a sync it does not.
    pub room_id: Option<&'a RoomId>,
    /// The sender.
    pub sender: &'a UserId,
    /// The type on the wire: `m.room.encrypted` also when it has been decrypted.
    pub event_type: &'a str,
    /// Whether there is a `state_key`.
    pub is_state: bool,
    /// When it was sent, in milliseconds since 1970, as the sender's server says.
    pub origin_server_ts: i64,
    /// Where the event stands among others of the room: larger is later. A server has a topological position, a
    /// client the place in the timeline; of two equal ones the larger event ID is later.
    pub position: i64,
    /// The content on the wire.
    pub content: &'a Object,
    /// What was in it, where it has been decrypted.
    pub decrypted: Option<Decrypted<'a>>,
}

/// The type of events whose content cannot be read on the wire.
const ENCRYPTED: &str = "m.room.encrypted";

impl RelatedEvent<'_> {
    /// What is remembered of the event.
    pub(super) fn facts(&self) -> Facts {
        let is_encrypted = self.event_type == ENCRYPTED;
        let new_content = match self.decrypted {
            Some(decrypted) => decrypted.content.get_object("m.new_content").is_some(),
            None => !is_encrypted && self.content.get_object("m.new_content").is_some(),
        };
        Facts {
            sender: self.sender.into(),
            event_type: self.event_type.into(),
            decrypted_type: self.decrypted.map(|decrypted| decrypted.event_type.into()),
            is_opaque: is_encrypted && self.decrypted.is_none(),
            is_state: self.is_state,
            has_new_content: new_content,
            origin_server_ts: self.origin_server_ts,
            position: self.position,
        }
    }
}

/// What is remembered of an event.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) sender: matrix_identifiers::OwnedUserId,
    pub(super) event_type: Box<str>,
    pub(super) decrypted_type: Option<Box<str>>,
    /// It is encrypted and has not been read.
    pub(super) is_opaque: bool,
    pub(super) is_state: bool,
    pub(super) has_new_content: bool,
    pub(super) origin_server_ts: i64,
    pub(super) position: i64,
}
