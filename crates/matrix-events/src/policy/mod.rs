//! Moderation policy lists (MSC2313): rules about users, rooms and servers, kept as a room's state.
//!
//! A [`PolicyList`] takes a room's rules ([`PolicyRule`](crate::content::PolicyRule)) in and out as its state changes and
//! finds those that match an entity. What follows from a match is up to whoever asks.
//!
//! Source: [moderation policy lists](https://spec.matrix.org/v1.19/client-server-api/#moderation-policy-lists), MSC2313.

mod kind;
mod list;
mod share;

pub use kind::PolicyKind;
pub use list::{PolicyChange, PolicyEntry, PolicyList};
pub use share::{SHARE_MEDIA_TYPE, share_json_url, shared_room_uri};
