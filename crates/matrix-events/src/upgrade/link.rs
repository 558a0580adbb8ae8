use matrix_canonicaljson::Object;
use matrix_identifiers::{EventId, RoomId};

/// The content of `m.room.tombstone`, which ends a room.
///
/// Who follows it joins through the server of the event's sender.
///
/// Source: [`m.room.tombstone`](https://spec.matrix.org/v1.19/client-server-api/#mroomtombstone).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tombstone<'a> {
    /// What people are told; empty where the content does not say.
    pub body: &'a str,
    /// The room that takes this one's place.
    pub replacement_room: &'a RoomId,
}

impl<'a> Tombstone<'a> {
    /// Reads the content; without a room there is nothing to follow.
    #[must_use]
    pub fn of(content: &'a Object) -> Option<Self> {
        let replacement_room = RoomId::parse(content.get_str("replacement_room")?).ok()?;
        Some(Self { body: content.get_str("body").unwrap_or_default(), replacement_room })
    }

    /// Returns the content.
    #[must_use]
    pub fn to_content(&self) -> Object {
        [("body", self.body), ("replacement_room", self.replacement_room.as_str())].into()
    }
}

/// The `predecessor` in the content of `m.room.create`: the room whose place this one takes.
///
/// Source: [`m.room.create`](https://spec.matrix.org/v1.19/client-server-api/#mroomcreate).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Predecessor<'a> {
    /// The old room.
    pub room_id: &'a RoomId,
    /// The last event known of it. It may be left out since v1.16.
    pub event_id: Option<&'a EventId>,
}

impl<'a> Predecessor<'a> {
    /// Reads the content of `m.room.create`; without a room there is no predecessor.
    #[must_use]
    pub fn of(create: &'a Object) -> Option<Self> {
        let predecessor = create.get_object("predecessor")?;
        Some(Self {
            room_id: RoomId::parse(predecessor.get_str("room_id")?).ok()?,
            event_id: predecessor.get_str("event_id").and_then(|event_id| EventId::parse(event_id).ok()),
        })
    }

    /// Returns the object to put into the content of `m.room.create`.
    #[must_use]
    pub fn to_object(&self) -> Object {
        let mut predecessor = Object::from([("room_id", self.room_id.as_str())]);
        if let Some(event_id) = self.event_id {
            predecessor.insert("event_id", event_id.as_str());
        }
        predecessor
    }
}

/// Returns whether the new room really takes the old one's place: the tombstone of the old one names the new one, and
/// the new one's `m.room.create` names the old one. Anybody can claim one of the two.
#[must_use]
pub fn is_upgrade(old: &RoomId, tombstone: &Object, new: &RoomId, create: &Object) -> bool {
    let (forth, back) = (Tombstone::of(tombstone), Predecessor::of(create));
    old != new
        && forth.is_some_and(|tombstone| tombstone.replacement_room == new)
        && back.is_some_and(|predecessor| predecessor.room_id == old)
}
