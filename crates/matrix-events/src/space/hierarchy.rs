use std::collections::BTreeSet;

use matrix_identifiers::{OwnedRoomId, OwnedServerName, RoomId};

use super::ChildOrder;
use crate::content::SpaceChild;

/// How far a [`Hierarchy`] goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HierarchyLimits {
    /// How many levels there are below the root at most.
    pub depth: usize,
    /// How many children of one space are looked at, the first in their order.
    pub children: usize,
    /// How many rooms are shown in all, the root included.
    pub rooms: usize,
}

impl HierarchyLimits {
    /// 16 levels, 500 children of a space, 5,000 rooms in all.
    pub const DEFAULT: Self = Self { depth: 16, children: 500, rooms: 5_000 };
}

impl Default for HierarchyLimits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// A state event of type `m.space.child`, as the walk is told of it. One whose state key is no room ID, or whose content
/// is no [`SpaceChild`], is none.
#[derive(Clone, Copy, Debug)]
pub struct HierarchyChild<'a> {
    /// The child: the state key.
    pub room_id: &'a RoomId,
    /// The content.
    pub content: &'a SpaceChild,
    /// The time to sort by; see [`ChildOrder`].
    pub timestamp: Option<i64>,
}

/// A room of the hierarchy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HierarchyRoom {
    /// The room.
    pub room_id: OwnedRoomId,
    /// The space in which it is shown; `None` for the root.
    pub parent: Option<OwnedRoomId>,
    /// How many levels it is below the root.
    pub depth: usize,
    /// Through which servers it may be joined.
    pub via: Vec<OwnedServerName>,
    /// Whether the space's administrators suggest it.
    pub suggested: bool,
    /// Whether it was shown before, in another space: what is in it is not shown again.
    pub is_repeated: bool,
}

/// What a [`Hierarchy`] does next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HierarchyStep {
    /// Shows a room.
    Room(HierarchyRoom),
    /// Asks for the children of a room, to be given to [`Hierarchy::answer`]. A room that is no space, or that nobody
    /// knows, has none.
    Ask(OwnedRoomId),
    /// There is no more.
    Done,
}

/// A walk through a space and the spaces in it: each room before what is in it, siblings in their order, as a room list
/// shows a tree.
///
/// A room that stands above itself is left out, which breaks cycles. One that is in several spaces is shown in each and
/// walked through once, so that the walk is no longer than the events that it is told of. Nothing recurses.
///
/// Source: [discovering rooms within spaces](https://spec.matrix.org/v1.19/client-server-api/#discovering-rooms-within-spaces).
///
/// ```
/// use matrix_events::{Wire, content::SpaceChild};
/// use matrix_events::space::{Hierarchy, HierarchyChild, HierarchyLimits, HierarchyStep};
/// use matrix_identifiers::RoomId;
///
/// let content = SpaceChild::read_lenient(br#"{"via": ["example.org"]}"#)?.value;
/// let [space, a, b] = [RoomId::parse("!space:x")?, RoomId::parse("!a:x")?, RoomId::parse("!b:x")?];
/// let child = |room_id| HierarchyChild { room_id, content: &content, timestamp: None };
/// let mut walk = Hierarchy::new(space, HierarchyLimits::DEFAULT);
/// let mut rooms = Vec::new();
/// loop {
///     match walk.next_step() {
///         HierarchyStep::Room(room) => rooms.push((room.depth, room.room_id.to_string())),
///         HierarchyStep::Ask(room) if *room == *space => walk.answer(&[child(b), child(a)]),
///         HierarchyStep::Ask(_) => walk.answer(&[child(space)]),
///         HierarchyStep::Done => break,
///     }
/// }
/// assert_eq!(rooms, [(0, "!space:x".into()), (1, "!a:x".into()), (1, "!b:x".into())]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Hierarchy {
    limits: HierarchyLimits,
    /// The spaces from the root to where the walk is, each with the children that are still to come, the next one last.
    path: Vec<Level>,
    /// The rooms that have been shown.
    shown: BTreeSet<OwnedRoomId>,
    /// How many rooms have been shown, counting repeated ones.
    count: usize,
    next: Next,
    is_cut: bool,
}

#[derive(Clone, Debug)]
struct Level {
    space: OwnedRoomId,
    children: Vec<HierarchyRoom>,
}

#[derive(Clone, Debug)]
enum Next {
    Show(HierarchyRoom),
    Ask(OwnedRoomId),
    /// The question has been put and not answered.
    Wait(OwnedRoomId),
    Walk,
}

impl Hierarchy {
    /// Starts at a space.
    #[must_use]
    pub fn new(root: &RoomId, limits: HierarchyLimits) -> Self {
        let room = HierarchyRoom {
            room_id: root.to_owned(),
            parent: None,
            depth: 0,
            via: Vec::new(),
            suggested: false,
            is_repeated: false,
        };
        let next = Next::Show(room);
        Self { limits, path: Vec::new(), shown: BTreeSet::new(), count: 0, next, is_cut: false }
    }

    /// Goes on. After [`HierarchyStep::Ask`] it asks again until there is an answer.
    pub fn next_step(&mut self) -> HierarchyStep {
        match std::mem::replace(&mut self.next, Next::Walk) {
            Next::Show(room) => self.show(room),
            Next::Ask(room_id) | Next::Wait(room_id) => {
                self.next = Next::Wait(room_id.clone());
                HierarchyStep::Ask(room_id)
            }
            Next::Walk => self.walk(),
        }
    }

    /// Takes the children of the room that was asked for; without a question it does nothing.
    pub fn answer(&mut self, children: &[HierarchyChild<'_>]) {
        let Next::Wait(space) = &self.next else { return };
        let space = space.clone();
        self.next = Next::Walk;
        let mut sorted: Vec<(ChildOrder<'_>, &SpaceChild)> = children
            .iter()
            .map(|child| (ChildOrder::new(child.room_id, child.content, child.timestamp), child.content))
            .collect();
        sorted.sort_by_key(|(order, _)| *order);
        if sorted.len() > self.limits.children {
            sorted.truncate(self.limits.children);
            self.is_cut = true;
        }
        let depth = self.path.len() + 1;
        if depth > self.limits.depth {
            self.is_cut |= !sorted.is_empty();
            return;
        }
        let children = sorted.iter().rev().map(|(order, child)| HierarchyRoom {
            room_id: order.room_id.to_owned(),
            parent: Some(space.clone()),
            depth,
            via: child.via.clone(),
            suggested: child.is_suggested(),
            is_repeated: false,
        });
        let children = children.collect();
        self.path.push(Level { space, children });
    }

    /// Returns whether a limit left something out so far.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    fn walk(&mut self) -> HierarchyStep {
        while let Some(level) = self.path.last_mut() {
            let Some(room) = level.children.pop() else {
                self.path.pop();
                continue;
            };
            if self.path.iter().all(|level| level.space != room.room_id) {
                return self.show(room);
            }
        }
        HierarchyStep::Done
    }

    fn show(&mut self, mut room: HierarchyRoom) -> HierarchyStep {
        if self.count >= self.limits.rooms {
            self.is_cut = true;
            self.path.clear();
            return HierarchyStep::Done;
        }
        self.count += 1;
        room.is_repeated = !self.shown.insert(room.room_id.clone());
        if !room.is_repeated {
            self.next = Next::Ask(room.room_id.clone());
        }
        HierarchyStep::Room(room)
    }
}
