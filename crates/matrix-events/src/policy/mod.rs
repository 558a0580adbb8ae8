//! Moderation policy lists (MSC2313): rules about users, rooms and servers, kept as a room's state.
//!
//! A [`PolicyRule`] is the view of one content. A [`PolicyList`] takes a room's rules in and out as its state changes
//! and finds those that match an entity. What follows from a match is up to whoever asks.
//!
//! Source: [moderation policy lists](https://spec.matrix.org/v1.19/client-server-api/#moderation-policy-lists), MSC2313.

mod kind;
mod list;
mod rule;
mod share;

pub use kind::PolicyKind;
pub use list::{PolicyChange, PolicyEntry, PolicyList};
pub use rule::PolicyRule;
pub use share::{SHARE_MEDIA_TYPE, share_json_url, shared_room_uri};
