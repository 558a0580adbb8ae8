use matrix_canonicaljson::{Integer, Object};
use matrix_identifiers::{OwnedEventId, OwnedRoomId, OwnedUserId};

use super::Unsigned;
use crate::content::{Redacts, RoomContent};
use crate::{Error, Lossy};

object! {
    /// An event of a room as clients are served it
    /// ([room event format](https://spec.matrix.org/v1.19/client-server-api/#room-event-format)).
    ///
    /// ```
    /// use matrix_events::content::RoomContent;
    /// use matrix_events::{ClientEvent, Wire};
    ///
    /// let event = ClientEvent::read_lenient(br#"{
    ///     "type": "m.room.member", "state_key": "@a:example.org", "sender": "@a:example.org",
    ///     "content": {"membership": "join", "displayname": ["no", "name"]},
    ///     "event_id": "$a", "room_id": "!r:example.org", "origin_server_ts": 1700000000000
    /// }"#)?;
    /// assert!(matches!(event.value.content, RoomContent::Member(ref member) if member.displayname.is_none()));
    /// assert!(event.paths().eq(["content.displayname"]));
    /// # Ok::<(), matrix_events::Error>(())
    /// ```
    pub struct ClientEvent tagged "type" {
        /// The content.
        content: RoomContent = "content" or fallback,
        /// The event's ID, which servers add in room versions where it is a hash (MSC1659).
        event_id: OwnedEventId = "event_id",
        /// When the sender's server says the event was sent, in milliseconds since 1970.
        origin_server_ts: Integer = "origin_server_ts" or fallback,
        /// What a redaction redacts, where servers put it for older clients (MSC2174); see
        /// [`redacted`](Self::redacted).
        redacts: Option<OwnedEventId> = "redacts",
        /// The room.
        room_id: OwnedRoomId = "room_id",
        /// Who sent the event.
        sender: OwnedUserId = "sender",
        /// What a state event is about; other events have none.
        state_key: Option<String> = "state_key",
        /// What the server has added.
        unsigned: Option<Unsigned> = "unsigned",
    }
}

object! {
    /// An event of a room where it is clear which room: in `/sync`.
    pub struct SyncEvent tagged "type" {
        /// The content.
        content: RoomContent = "content" or fallback,
        /// The event's ID.
        event_id: OwnedEventId = "event_id",
        /// When the sender's server says the event was sent, in milliseconds since 1970.
        origin_server_ts: Integer = "origin_server_ts" or fallback,
        /// What a redaction redacts, where servers put it for older clients (MSC2174); see
        /// [`redacted`](Self::redacted).
        redacts: Option<OwnedEventId> = "redacts",
        /// Who sent the event.
        sender: OwnedUserId = "sender",
        /// What a state event is about; other events have none.
        state_key: Option<String> = "state_key",
        /// What the server has added.
        unsigned: Option<Unsigned> = "unsigned",
    }
}

object! {
    /// What a user who is not in a room sees of its state
    /// ([stripped state](https://spec.matrix.org/v1.19/client-server-api/#stripped-state)).
    ///
    /// Other members of the events, which some servers leave in, are in `other`: see [`pruned`](Self::pruned).
    pub struct StrippedState tagged "type" {
        /// The content.
        content: RoomContent = "content" or fallback,
        /// Who sent the event.
        sender: OwnedUserId = "sender",
        /// What the event is about.
        state_key: String = "state_key",
    }
}

impl StrippedState {
    /// The types of the state events that tell somebody outside what room it is. Invites and knocks have to have
    /// `m.room.create` among theirs, by which spaces are known (MSC1772).
    pub const TYPES: [&'static str; 7] = [
        "m.room.create",
        "m.room.name",
        "m.room.avatar",
        "m.room.topic",
        "m.room.join_rules",
        "m.room.canonical_alias",
        "m.room.encryption",
    ];

    /// Leaves out all that stripped state does not have: a server hands to its clients no more of what it gets of other
    /// servers.
    #[must_use]
    pub fn pruned(self) -> Self {
        Self { other: Object::new(), ..self }
    }
}

impl ClientEvent {
    /// Takes the room out.
    pub fn into_sync(self) -> (OwnedRoomId, SyncEvent) {
        let Self {
            content,
            event_id,
            origin_server_ts,
            redacts,
            room_id,
            sender,
            state_key,
            unsigned,
            other,
        } = self;
        let event =
            SyncEvent { content, event_id, origin_server_ts, redacts, sender, state_key, unsigned, other };
        (room_id, event)
    }
}

impl SyncEvent {
    /// Puts the room in.
    pub fn into_client(self, room_id: OwnedRoomId) -> ClientEvent {
        let Self { content, event_id, origin_server_ts, redacts, sender, state_key, unsigned, other } = self;
        ClientEvent {
            content,
            event_id,
            origin_server_ts,
            redacts,
            room_id,
            sender,
            state_key,
            unsigned,
            other,
        }
    }
}

/// What both forms can tell.
macro_rules! readings {
    ($($event:ident)*) => {$(
        impl $event {
            /// Returns whether the event was redacted.
            pub fn is_redacted(&self) -> bool {
                self.unsigned.as_ref().is_some_and(|unsigned| unsigned.redacted_because.is_some())
            }

            /// Returns what a redaction redacts, from wherever it stands (MSC2174, MSC2244); nothing of other events.
            ///
            /// Servers fill both places alike. Where one did not, that in the content counts, whatever the room version.
            pub fn redacted(&self) -> &[OwnedEventId] {
                match &self.content {
                    RoomContent::Redaction(content) => match (&content.redacts, &self.redacts) {
                        (Some(redacts), _) => Redacts::targets(redacts),
                        (None, Some(redacts)) => std::slice::from_ref(redacts),
                        (None, None) => &[],
                    },
                    RoomContent::Redacted(_) | RoomContent::Unreadable(_)
                        if self.content.event_type() == "m.room.redaction" =>
                    {
                        self.redacts.as_slice()
                    }
                    _ => &[],
                }
            }

            /// Reads the content of the state event that this one replaced, when the server has added it.
            ///
            /// # Errors
            ///
            /// When it is no content.
            pub fn prev_content(&self) -> Option<Result<Lossy<RoomContent>, Error>> {
                let content = self.unsigned.as_ref()?.prev_content.as_ref()?;
                Some(RoomContent::read_lenient(self.content.event_type(), &content.to_canonical()))
            }
        }
    )*};
}

readings! { ClientEvent SyncEvent }
