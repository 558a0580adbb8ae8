//! What users and rooms are called.
//!
//! [`DisplayNames`] knows which display names of a room's members are unique. [`room_display_name`] is what a room is called,
//! which may be its members ([`heroes`]).
//!
//! Source: [calculating the display name for a user](https://spec.matrix.org/v1.19/client-server-api/#calculating-the-display-name-for-a-user)
//! and [for a room](https://spec.matrix.org/v1.19/client-server-api/#calculating-the-display-name-for-a-room).

mod heroes;
mod member;
mod room;

pub use heroes::{MAX_HEROES, heroes};
pub use member::DisplayNames;
pub use room::{RoomDisplayName, RoomMembers, room_display_name};
