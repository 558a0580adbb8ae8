use matrix_identifiers::{OwnedEventId, OwnedRoomId};

/// What keeps an event out of a graph, a state set from being formed, or a resolution from being computed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An event names more auth events than [`Limits::auth_events`](crate::Limits::auth_events) allows.
    #[error("event {event} has {count} auth events, more than {limit}")]
    TooManyAuthEvents {
        /// The event.
        event: OwnedEventId,
        /// How many auth events it has.
        count: usize,
        /// The limit.
        limit: usize,
    },
    /// More auth events would be named and not given than [`Limits::missing`](crate::Limits::missing) allows.
    #[error("with event {event}, more than {limit} auth events are missing")]
    TooManyMissing {
        /// The event.
        event: OwnedEventId,
        /// The limit.
        limit: usize,
    },
    /// An event's auth chain is deeper than [`Limits::auth_depth`](crate::Limits::auth_depth) allows.
    #[error("the auth chain of event {event} is deeper than {limit}")]
    AuthChainTooDeep {
        /// The event.
        event: OwnedEventId,
        /// The limit.
        limit: u32,
    },
    /// The graph knows as many events as [`Limits::events`](crate::Limits::events) or its 32-bit numbers allow.
    #[error("the graph is full: event {0} does not fit")]
    GraphFull(OwnedEventId),
    /// An event belongs to another room than the ones before it.
    #[error("event {event} is of room {found}, the graph of room {expected}")]
    WrongRoom {
        /// The event.
        event: OwnedEventId,
        /// The room that it names.
        found: OwnedRoomId,
        /// The room of the graph.
        expected: OwnedRoomId,
    },
    /// An event names no room although only a room 12 create event may do so.
    #[error("event {0} names no room")]
    NoRoomId(OwnedEventId),
    /// The create event is of a room version whose rules are not the graph's.
    #[error("create event {event} is of room version {found:?}, whose rules are not those of this graph")]
    WrongRoomVersion {
        /// The create event.
        event: OwnedEventId,
        /// The version that it names.
        found: String,
    },
    /// An `m.room.create` has a state key that is not empty, none at all, or auth events.
    #[error("event {0} is of type m.room.create, and has no empty state key or names auth events")]
    MalformedCreate(OwnedEventId),
    /// A room has one create event; this is another.
    #[error("event {event} is a second create event beside {first}")]
    SecondCreate {
        /// The second create event.
        event: OwnedEventId,
        /// The one that the graph holds.
        first: OwnedEventId,
    },
    /// A state set names an event that the graph has not been given.
    #[error("event {0} is not in the graph")]
    UnknownEvent(OwnedEventId),
    /// Some of an event's auth chain has not been given, or it runs in a circle.
    #[error("the auth chain of event {0} is incomplete or cyclic")]
    IncompleteAuthChain(OwnedEventId),
    /// A state set names an event that has no state key.
    #[error("event {0} is not a state event")]
    NotStateEvent(OwnedEventId),
    /// A state set lists an event under a type and state key that are not its own.
    #[error("event {event} is listed as ({event_type:?}, {state_key:?}), which it is not")]
    WrongStateKey {
        /// The event.
        event: OwnedEventId,
        /// The type under which it is listed.
        event_type: String,
        /// The state key under which it is listed.
        state_key: String,
    },
    /// A state set was made by another graph.
    #[error("a state set of another graph cannot be used here")]
    ForeignStateSet,
    /// The events are replayed without the room's create event.
    #[error("the create event {0} is missing")]
    MissingCreate(OwnedEventId),
    /// An event's previous events are not all there, so the state before it is not known.
    #[error("event {event} comes after {missing}, which is missing")]
    MissingPrevEvent {
        /// The event.
        event: OwnedEventId,
        /// One of its previous events.
        missing: OwnedEventId,
    },
    /// An event's auth events are not all there.
    #[error("event {event} is authorized by {missing}, which is missing")]
    MissingAuthEvent {
        /// The event.
        event: OwnedEventId,
        /// One of its auth events.
        missing: OwnedEventId,
    },
    /// An event comes, by its previous or auth events, after itself.
    #[error("event {0} is part of a cycle")]
    Cycle(OwnedEventId),
    /// An event comes after one that could not be placed.
    #[error("event {event} comes after {cause}, which could not be placed")]
    AfterUnplaced {
        /// The event.
        event: OwnedEventId,
        /// The previous or auth event that could not be placed.
        cause: OwnedEventId,
    },
}

impl Error {
    /// Returns the variant's name in snake case.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::TooManyAuthEvents { .. } => "too_many_auth_events",
            Self::TooManyMissing { .. } => "too_many_missing",
            Self::AuthChainTooDeep { .. } => "auth_chain_too_deep",
            Self::GraphFull(_) => "graph_full",
            Self::WrongRoom { .. } => "wrong_room",
            Self::NoRoomId(_) => "no_room_id",
            Self::WrongRoomVersion { .. } => "wrong_room_version",
            Self::MalformedCreate(_) => "malformed_create",
            Self::SecondCreate { .. } => "second_create",
            Self::UnknownEvent(_) => "unknown_event",
            Self::IncompleteAuthChain(_) => "incomplete_auth_chain",
            Self::NotStateEvent(_) => "not_state_event",
            Self::WrongStateKey { .. } => "wrong_state_key",
            Self::ForeignStateSet => "foreign_state_set",
            Self::MissingCreate(_) => "missing_create",
            Self::MissingPrevEvent { .. } => "missing_prev_event",
            Self::MissingAuthEvent { .. } => "missing_auth_event",
            Self::Cycle(_) => "cycle",
            Self::AfterUnplaced { .. } => "after_unplaced",
        }
    }
}
