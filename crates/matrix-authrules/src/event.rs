use std::{rc::Rc, sync::Arc};

use matrix_identifiers::{EventId, RoomId, UserId};

/// What the authorization rules, and state resolution above them, read of an event.
///
/// An embedder implements it for the event type that it has; nothing but borrowed values is asked for, and
/// `content` stays the JSON text that it is (a [`RawValue`](https://docs.rs/serde_json/1/serde_json/value/struct.RawValue.html)'s
/// `get()`). [`Pdu`](crate::Pdu) is this crate's own implementation.
///
/// ```
/// use matrix_authrules::Event;
/// use matrix_identifiers::{EventId, OwnedEventId, OwnedRoomId, OwnedUserId, RoomId, UserId};
/// use serde_json::value::RawValue;
///
/// struct Row {
///     id: OwnedEventId,
///     room: OwnedRoomId,
///     sender: OwnedUserId,
///     kind: String,
///     state_key: Option<String>,
///     content: Box<RawValue>,
///     sent_at: i64,
///     depth: i64,
///     parents: Vec<OwnedEventId>,
///     auth: Vec<OwnedEventId>,
/// }
///
/// impl Event for Row {
///     fn event_id(&self) -> &EventId { &self.id }
///     fn room_id(&self) -> Option<&RoomId> { Some(&self.room) }
///     fn sender(&self) -> &UserId { &self.sender }
///     fn event_type(&self) -> &str { &self.kind }
///     fn state_key(&self) -> Option<&str> { self.state_key.as_deref() }
///     fn content(&self) -> &str { self.content.get() }
///     fn origin_server_ts(&self) -> i64 { self.sent_at }
///     fn depth(&self) -> i64 { self.depth }
///     fn prev_events(&self) -> impl Iterator<Item = &EventId> { self.parents.iter().map(|id| &**id) }
///     fn auth_events(&self) -> impl Iterator<Item = &EventId> { self.auth.iter().map(|id| &**id) }
///     fn redacts(&self) -> Option<&EventId> { None }
/// }
/// ```
pub trait Event {
    /// Returns the event's ID, whatever way the room version has of making one.
    fn event_id(&self) -> &EventId;

    /// Returns the `room_id` that the event carries: `None` for the `m.room.create` event of a room 12, whose
    /// own ID is the room's.
    fn room_id(&self) -> Option<&RoomId>;

    /// Returns the `sender`.
    fn sender(&self) -> &UserId;

    /// Returns the `type`.
    fn event_type(&self) -> &str;

    /// Returns the `state_key` of a state event, `None` for any other event.
    fn state_key(&self) -> Option<&str>;

    /// Returns the JSON text of `content`.
    fn content(&self) -> &str;

    /// Returns `origin_server_ts`, in milliseconds since 1970.
    fn origin_server_ts(&self) -> i64;

    /// Returns `depth`, which state resolution reads in room version 1 alone.
    fn depth(&self) -> i64;

    /// Returns the IDs in `prev_events`, without the hashes of rooms 1 and 2.
    fn prev_events(&self) -> impl Iterator<Item = &EventId>;

    /// Returns the IDs in `auth_events`, without the hashes of rooms 1 and 2.
    fn auth_events(&self) -> impl Iterator<Item = &EventId>;

    /// Returns the top-level `redacts`, which the rule of rooms 1 and 2 about redactions reads.
    fn redacts(&self) -> Option<&EventId>;
}

macro_rules! event_behind_a_pointer {
    ($($pointer:ty),*) => {$(
        impl<E: Event + ?Sized> Event for $pointer {
            fn event_id(&self) -> &EventId {
                (**self).event_id()
            }
            fn room_id(&self) -> Option<&RoomId> {
                (**self).room_id()
            }
            fn sender(&self) -> &UserId {
                (**self).sender()
            }
            fn event_type(&self) -> &str {
                (**self).event_type()
            }
            fn state_key(&self) -> Option<&str> {
                (**self).state_key()
            }
            fn content(&self) -> &str {
                (**self).content()
            }
            fn origin_server_ts(&self) -> i64 {
                (**self).origin_server_ts()
            }
            fn depth(&self) -> i64 {
                (**self).depth()
            }
            fn prev_events(&self) -> impl Iterator<Item = &EventId> {
                (**self).prev_events()
            }
            fn auth_events(&self) -> impl Iterator<Item = &EventId> {
                (**self).auth_events()
            }
            fn redacts(&self) -> Option<&EventId> {
                (**self).redacts()
            }
        }
    )*};
}

event_behind_a_pointer!(&E, Box<E>, Rc<E>, Arc<E>);
