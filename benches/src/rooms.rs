//! Rooms of any size, generated from a seed: a trunk, branches that diverge from it and from each other, and the
//! state at the tip of each branch.

use std::collections::BTreeMap;

use matrix_authrules::Event;
use matrix_identifiers::{EventId, OwnedEventId, OwnedRoomId, OwnedUserId, RoomId, UserId};
use matrix_roomversion::RoomVersion;
use matrix_stateres::{EventGraph, StateSet};

use self::maker::Maker;
use self::odd::odd_content;
use crate::rng::Rng;

mod maker;
mod odd;

/// What kind of room to make.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Rooms with equal options and seeds are equal.
    pub seed: u64,
    /// The room version, 3 to 12.
    pub version: RoomVersion,
    /// How many events, the trunk's included.
    pub events: usize,
    /// How many branches, each giving one state.
    pub branches: usize,
    /// How many events there are before the first branch forks off.
    pub before_fork: usize,
    /// How many users take part.
    pub users: usize,
    /// How many more users the power levels list, who do nothing.
    pub listed_users: usize,
    /// Of a hundred events on a branch, how many change the power levels.
    pub power_percent: usize,
    /// Whether an event that the state of its branch denies is left out, as an honest server would, or kept: states
    /// then hold events that resolution has to throw out.
    pub honest: bool,
    /// Of a hundred events on a branch, how many have something odd in their content; of an honest room as far as the
    /// rules let it pass.
    pub odd_percent: usize,
    /// Whether only the creator's server may take part, and others try.
    pub unfederated: bool,
}

impl Options {
    /// An honest room with the churn of a lively one.
    pub fn new(seed: u64, version: RoomVersion, events: usize, branches: usize) -> Self {
        Self {
            seed,
            version,
            events,
            branches,
            before_fork: 0,
            users: (events / 20).clamp(8, 400),
            listed_users: 0,
            power_percent: 6,
            honest: true,
            odd_percent: 0,
            unfederated: false,
        }
    }
}

/// One event of a generated room.
#[derive(Clone, Debug)]
pub struct RoomEvent {
    /// The ID: `$` and 43 characters.
    pub event_id: OwnedEventId,
    /// The room, but for the create event of room 12.
    pub room_id: Option<OwnedRoomId>,
    /// The sender.
    pub sender: OwnedUserId,
    /// The type.
    pub event_type: String,
    /// The state key: all events are state.
    pub state_key: String,
    /// The content, as JSON text.
    pub content: String,
    /// Milliseconds since 1970.
    pub origin_server_ts: i64,
    /// One more than the depth of the event before.
    pub depth: i64,
    /// The event before.
    pub prev_events: Vec<OwnedEventId>,
    /// What the state of the branch has of the events that authorize this one.
    pub auth_events: Vec<OwnedEventId>,
}

/// A generated room.
#[derive(Clone, Debug)]
pub struct Room {
    /// The room version.
    pub version: RoomVersion,
    /// The events, each after those that it names.
    pub events: Vec<RoomEvent>,
    /// The state at the tip of each branch: which of `events` stands under a type and state key.
    pub states: Vec<BTreeMap<(String, String), usize>>,
}

impl Event for RoomEvent {
    fn event_id(&self) -> &EventId {
        &self.event_id
    }
    fn room_id(&self) -> Option<&RoomId> {
        self.room_id.as_deref()
    }
    fn sender(&self) -> &UserId {
        &self.sender
    }
    fn event_type(&self) -> &str {
        &self.event_type
    }
    fn state_key(&self) -> Option<&str> {
        Some(&self.state_key)
    }
    fn content(&self) -> &str {
        &self.content
    }
    fn origin_server_ts(&self) -> i64 {
        self.origin_server_ts
    }
    fn depth(&self) -> i64 {
        self.depth
    }
    fn prev_events(&self) -> impl Iterator<Item = &EventId> {
        self.prev_events.iter().map(|id| &**id)
    }
    fn auth_events(&self) -> impl Iterator<Item = &EventId> {
        self.auth_events.iter().map(|id| &**id)
    }
    fn redacts(&self) -> Option<&EventId> {
        None
    }
}

impl RoomEvent {
    /// Returns the event with something odd in its content.
    #[must_use]
    pub fn made_odd(&self, rng: &mut Rng) -> Self {
        let mut content = serde_json::from_str(&self.content).unwrap_or_default();
        odd_content(&self.event_type, &mut content, rng);
        Self { content: content.to_string(), ..self.clone() }
    }
}

impl Room {
    /// Generates a room.
    ///
    /// # Panics
    ///
    /// When there is no room for the trunk in so few events.
    pub fn generate(options: Options) -> Self {
        let mut maker = Maker::new(options);
        maker.trunk();
        maker.grow();
        maker.room
    }

    /// Puts the events into a graph and forms the states.
    ///
    /// # Panics
    ///
    /// When the graph refuses an event, which no generated room has.
    pub fn graph(&self) -> (EventGraph, Vec<StateSet>) {
        let mut graph = EventGraph::new(self.version.rules());
        for event in &self.events {
            graph.insert(event).expect("an event of the room");
        }
        let states = self.states.iter().map(|state| {
            let ids = state.values().map(|index| &*self.events[*index].event_id);
            graph.state_set_of(ids).expect("events of the graph")
        });
        let states = states.collect();
        (graph, states)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_of_every_version_have_their_size_and_their_states() {
        for version in RoomVersion::ALL.iter().copied().filter(|version| *version >= RoomVersion::V6) {
            for branches in [2, 8, 32] {
                let room = Room::generate(Options::new(1, version, 600, branches));
                assert_eq!((room.events.len(), room.states.len()), (600, branches), "{version:?}");
            }
        }
    }

    #[test]
    fn equal_seeds_make_equal_rooms() {
        let ids = |seed| {
            let room = Room::generate(Options::new(seed, RoomVersion::V11, 200, 4));
            room.events.into_iter().map(|event| (event.event_id, event.content)).collect::<Vec<_>>()
        };
        assert_eq!(ids(5), ids(5));
        assert_ne!(ids(5), ids(6));
    }
}
