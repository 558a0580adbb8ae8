use matrix_identifiers::{RoomId, ServerName, UserId};

use crate::content::{RoomCreate, RoomTombstone};

/// Returns whether the new room really takes the old one's place: the tombstone of the old one names the new one, and
/// the new one's `m.room.create` names the old one. Anybody can claim one of the two.
#[must_use]
pub fn is_upgrade(old: &RoomId, tombstone: &RoomTombstone, new: &RoomId, create: &RoomCreate) -> bool {
    let predecessor = create.predecessor.as_ref();
    old != new
        && *tombstone.replacement_room == *new
        && predecessor.is_some_and(|predecessor| *predecessor.room_id == *old)
}

/// Returns the server through which the other room of an upgrade is joined: that of the `sender` of the event that names
/// it, be it a tombstone or an `m.room.create` with a predecessor.
#[must_use]
pub fn via(sender: &UserId) -> &ServerName {
    sender.server_name()
}
