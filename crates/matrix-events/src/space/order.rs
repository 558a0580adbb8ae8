use std::cmp::Ordering;

use matrix_identifiers::{RoomId, SpaceOrder};

use crate::content::SpaceChild;

/// What the children of a space are sorted by: `order`, those without one last; then a time, the earliest first; then the
/// room ID. Text compares by code point.
///
/// Which time is the caller's choice: that of the `m.space.child` event, as the specification has it, or that of the
/// child's `m.room.create` event, as MSC1772 had it. A child whose time is not known comes after its equals.
///
/// Source: [ordering of children within a space](https://spec.matrix.org/v1.19/client-server-api/#ordering-of-children-within-a-space).
///
/// ```
/// use matrix_events::{Lossy, Wire, content::SpaceChild, space::ChildOrder};
/// use matrix_identifiers::RoomId;
///
/// // Who reads leniently gets the child without what does not fit, here an `order` that is none.
/// let Lossy { value: first, .. } = SpaceChild::read_lenient(br#"{"via": ["example.org"], "order": "aaaa"}"#)?;
/// let Lossy { value: other, .. } = SpaceChild::read_lenient(br#"{"via": ["example.org"], "order": ""}"#)?;
/// let [one, two] = [RoomId::parse("!one:x")?, RoomId::parse("!two:x")?];
/// assert!(ChildOrder::new(two, &first, Some(2)) < ChildOrder::new(one, &other, Some(1)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
    /// Returns the order of a child: `room_id` is the state key of its event, `timestamp` the time to sort by, in
    /// milliseconds since 1970.
    #[must_use]
    pub fn new(room_id: &'a RoomId, child: &'a SpaceChild, timestamp: Option<i64>) -> Self {
        Self { order: child.order.as_deref(), timestamp, room_id }
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
