use matrix_authrules::RoomLevels;
use matrix_identifiers::{RoomId, UserId};

use crate::content::{SpaceChild, SpaceParent};

/// Returns the main parent of a room among its canonical parents: the lowest room ID, by code point.
///
/// Parents that are not [believed](is_parent) should not be among them.
#[must_use]
pub fn canonical_parent<'a>(parents: impl IntoIterator<Item = &'a RoomId>) -> Option<&'a RoomId> {
    parents.into_iter().min()
}

/// Returns whether a room's claim to belong to a space is to be believed.
///
/// It is when the space has the room for a child, or when the sender of the claim might make it one; the sender need not
/// be in the space. `child` is the space's child of the room, where it has one, `levels` are the space's power levels.
/// Without the state of the space, both absent, nothing is believed.
///
/// Of claim and child it counts only that they are: contents without a `via` are none and cannot be read.
///
/// Source: [`m.space.parent` relationships](https://spec.matrix.org/v1.19/client-server-api/#mspaceparent-relationships).
#[must_use]
pub fn is_parent(
    _claim: &SpaceParent,
    sender: &UserId,
    child: Option<&SpaceChild>,
    levels: Option<&RoomLevels<'_>>,
) -> bool {
    let may_add =
        || levels.is_some_and(|levels| levels.user(sender) >= levels.required("m.space.child", true));
    child.is_some() || may_add()
}
