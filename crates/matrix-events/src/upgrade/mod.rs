//! Room upgrades (MSC1501): a new room that takes the place of an old one.
//!
//! [`Upgrade`] makes the events that an upgrade sends. [`RoomTombstone`](crate::content::RoomTombstone) and
//! [`Predecessor`](crate::content::Predecessor) are the two ends of the link between the rooms, [`is_upgrade`] believes
//! it only where both ends meet, [`follow_tombstones`] finds the room that is alive, and it is joined [`via`] the server
//! of whoever named it.
//!
//! Source: [room upgrades](https://spec.matrix.org/v1.19/client-server-api/#room-upgrades).

mod follow;
mod link;
mod plan;

pub use follow::{Followed, MAX_TOMBSTONES, follow_tombstones};
pub use link::{is_upgrade, via};
pub use plan::{OldRoom, TRANSFERRED, Upgrade, UpgradeEvent};
