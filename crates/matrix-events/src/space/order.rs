use std::cmp::Ordering;

use matrix_canonicaljson::Object;
use matrix_identifiers::{RoomId, SpaceOrder};

use super::SpaceChild;

/// What the children of a space are sorted by: `order`, those without one last; then a time, the earliest first; then the
/// room ID. Text compares by code point.
///
/// Which time is the caller's choice: that of the `m.space.child` event, as the specification has it, or that of the
/// child's `m.room.create` event, as MSC1772 had it. A child whose time is not known comes after its equals.
///
/// Source: [ordering of children within a space](https://spec.matrix.org/v1.19/client-server-api/#ordering-of-children-within-a-space).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChildOrder<'a> {
    /// The child's `order`.
    pub order: Option<&'a SpaceOrder>,
    /// The time, in milliseconds since 1970.
    pub timestamp: Option<i64>,
    /// The child.
    pub room_id: &'a RoomId,
}

impl<'a> ChildOrder<'a> {
    /// Reads the order of a child out of its state event; `None` where the event is no child of the space, because the
    /// content is none or the state key no room ID.
    #[must_use]
    pub fn of(state_key: &'a str, content: &'a Object, timestamp: Option<i64>) -> Option<Self> {
        let order = SpaceChild::of(content)?.order;
        Some(Self { order, timestamp, room_id: RoomId::parse(state_key).ok()? })
    }
}

impl Ord for ChildOrder<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        none_last(self.order, other.order)
            .then_with(|| none_last(self.timestamp, other.timestamp))
            .then_with(|| self.room_id.cmp(other.room_id))
    }
}

impl PartialOrd for ChildOrder<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn none_last<T: Ord>(left: Option<T>, right: Option<T>) -> Ordering {
    left.is_none().cmp(&right.is_none()).then_with(|| left.cmp(&right))
}
