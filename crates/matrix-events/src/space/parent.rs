use matrix_authrules::RoomLevels;
use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{RoomId, ServerName, UserId};

use super::SpaceChild;
use super::child::servers;

/// The content of `m.space.parent`; the state key is the parent's room ID.
///
/// Without a `via` that is an array there is no parent.
///
/// Source: [`m.space.parent`](https://spec.matrix.org/v1.19/client-server-api/#mspaceparent).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpaceParent<'a> {
    via: &'a [Value],
    /// Whether this is the main one of the room's parents.
    pub canonical: bool,
}

impl<'a> SpaceParent<'a> {
    /// Reads the content; `None` where there is no parent.
    #[must_use]
    pub fn of(content: &'a Object) -> Option<Self> {
        let canonical = content.get("canonical").and_then(Value::as_bool) == Some(true);
        Some(Self { via: content.get_array("via")?, canonical })
    }

    /// Iterates over the servers through which the parent may be joined, leaving out what is no server name.
    pub fn via(&self) -> impl Iterator<Item = &'a ServerName> + use<'a> {
        servers(self.via)
    }
}

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
/// be in the space. `child` is the content of the space's `m.space.child` event for the room, `levels` are the space's
/// power levels. Without the state of the space, both absent, nothing is believed.
///
/// Source: [`m.space.parent` relationships](https://spec.matrix.org/v1.19/client-server-api/#mspaceparent-relationships).
#[must_use]
pub fn is_parent(
    claim: &Object,
    sender: &UserId,
    child: Option<&Object>,
    levels: Option<&RoomLevels<'_>>,
) -> bool {
    let is_child = || child.and_then(SpaceChild::of).is_some();
    let may_add =
        || levels.is_some_and(|levels| levels.user(sender) >= levels.required("m.space.child", true));
    SpaceParent::of(claim).is_some() && (is_child() || may_add())
}
