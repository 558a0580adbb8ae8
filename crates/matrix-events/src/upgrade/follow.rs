use std::collections::BTreeSet;

use matrix_identifiers::{OwnedRoomId, RoomId};

/// How many tombstones [`follow_tombstones`] follows at most.
pub const MAX_TOMBSTONES: usize = 100;

/// Where a chain of tombstones ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Followed {
    /// At a room without a tombstone, or of which nothing is known.
    Alive(OwnedRoomId),
    /// At a room that leads back into the chain: none of the rooms is alive.
    Loop(OwnedRoomId),
    /// At a room after [`MAX_TOMBSTONES`], which has one more.
    TooLong(OwnedRoomId),
}

/// Follows the tombstones from a room on, until there is none.
///
/// `replacement` tells which room takes a room's place, from its
/// [`RoomTombstone`](crate::content::RoomTombstone); whoever wants both rooms to agree ([`is_upgrade`](super::is_upgrade)) answers `None` where they do not.
///
/// ```
/// use matrix_events::upgrade::{Followed, follow_tombstones};
/// use matrix_identifiers::{OwnedRoomId, RoomId};
///
/// let [one, two] = [RoomId::parse("!one:x")?, RoomId::parse("!two:x")?];
/// let ends = follow_tombstones(one, |room| (room == one).then(|| two.to_owned()));
/// assert_eq!(ends, Followed::Alive(two.to_owned()));
/// # Ok::<(), matrix_identifiers::Error>(())
/// ```
pub fn follow_tombstones(
    room: &RoomId,
    mut replacement: impl FnMut(&RoomId) -> Option<OwnedRoomId>,
) -> Followed {
    let mut seen = BTreeSet::new();
    let mut room = room.to_owned();
    while let Some(next) = replacement(&room) {
        seen.insert(room.clone());
        if seen.contains(&next) {
            return Followed::Loop(room);
        }
        if seen.len() > MAX_TOMBSTONES {
            return Followed::TooLong(room);
        }
        room = next;
    }
    Followed::Alive(room)
}
