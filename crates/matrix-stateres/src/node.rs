//! What the graph keeps of one event, and the tables that its numbers point into.

use core::hash::{Hash, Hasher};

use hashbrown::Equivalent;
use matrix_identifiers::OwnedUserId;

/// Stands for "none" where a number of an event, key or edge is stored.
pub(crate) const NONE: u32 = u32::MAX;

/// The type and, for a state event, the state key of events. The type is a number of its own.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) event_type: u32,
    pub(crate) state_key: Option<Box<str>>,
}

/// A [`Key`] that borrows its state key.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeyRef<'a> {
    pub(crate) event_type: u32,
    pub(crate) state_key: Option<&'a str>,
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        KeyRef { event_type: self.event_type, state_key: self.state_key.as_deref() }.hash(state);
    }
}

impl Equivalent<Key> for KeyRef<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.event_type == key.event_type && self.state_key == key.state_key.as_deref()
    }
}

/// A user who sent events, and where that user's membership stands in a state.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: OwnedUserId,
    pub(crate) member_key: u32,
}

impl Hash for User {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.as_str().hash(state);
    }
}

/// A user ID as the table of users is searched.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct UserRef<'a>(pub(crate) &'a str);

impl Equivalent<User> for UserRef<'_> {
    fn equivalent(&self, user: &User) -> bool {
        self.0 == user.id.as_str()
    }
}

/// One more event that names an auth event: a link in the chain of those that name the same one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// The event that names it.
    pub(crate) from: u32,
    /// The next link of the chain, or [`NONE`].
    pub(crate) next: u32,
}

/// One event: 48 bytes beside its ID, its auth events, and content that other events do not share.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) origin_server_ts: i64,
    /// The level of the sender under `power_levels`, once the auth chain is there and if there are any. The
    /// privilege of a room 12's creators does not show in it.
    pub(crate) sender_level: i64,
    pub(crate) key: u32,
    pub(crate) sender: u32,
    /// Where the event's content stands in the graph's list of contents.
    pub(crate) content: u32,
    /// The first of the event's auth events, which stand side by side.
    pub(crate) auth_events: u32,
    /// The newest link of the chain of events that name this one, or [`NONE`].
    pub(crate) dependents: u32,
    /// One more than the greatest depth among the auth events; 0 until the whole auth chain is there.
    pub(crate) auth_depth: u32,
    /// The `m.room.power_levels` event among the auth events, or [`NONE`].
    pub(crate) power_levels: u32,
    pub(crate) auth_count: u8,
    /// How many auth events still lack some of their own chain.
    pub(crate) waiting: u8,
    pub(crate) flags: u8,
    /// Of a member event: which of its auth events is its only previous event, [`NAMED_CREATE`] or [`NO_ONLY_PREV`].
    pub(crate) only_prev: u8,
}

/// The only previous event is the create event that the room ID names.
pub(crate) const NAMED_CREATE: u8 = u8::MAX - 1;
/// The only previous event is no auth event, or there are none or several.
pub(crate) const NO_ONLY_PREV: u8 = u8::MAX;

/// The event itself has been given, not only its ID.
pub(crate) const PRESENT: u8 = 1;
/// The event was rejected on receipt.
pub(crate) const REJECTED: u8 = 2;
/// The event is a power event, as state resolution version 2 defines it.
pub(crate) const POWER: u8 = 4;
/// The event's auth chain is deeper than the graph's limits allow.
pub(crate) const TOO_DEEP: u8 = 8;

impl Node {
    /// Returns what stands for an event of which only the ID is known.
    pub(crate) const fn unknown() -> Self {
        Self {
            origin_server_ts: 0,
            sender_level: 0,
            key: NONE,
            sender: NONE,
            content: NONE,
            auth_events: 0,
            dependents: NONE,
            auth_depth: 0,
            power_levels: NONE,
            auth_count: 0,
            waiting: 0,
            flags: 0,
            only_prev: NO_ONLY_PREV,
        }
    }

    pub(crate) fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}
