//! Reverse topological power ordering.
//!
//! <https://spec.matrix.org/v1.19/rooms/v2/#definitions>: Kahn's algorithm over the auth events, where of all
//! events whose turn may come the first is the one whose sender had the greatest power, then the oldest, then
//! the one with the smallest ID.

use core::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use matrix_authrules::{AuthContent, Create, PowerLevel, RoomLevels};

use crate::{
    graph::{CREATE, EventGraph},
    node::Node,
    table::Table,
};

/// An event whose auth events have all been placed.
struct Ready<'a> {
    graph: &'a EventGraph,
    level: PowerLevel,
    origin_server_ts: i64,
    event: u32,
    place: u32,
}

impl Ord for Ready<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |ready: &Self| (Reverse(ready.level), ready.origin_server_ts);
        let id = |ready: &Self| ready.graph.id_of(ready.event);
        key(self).cmp(&key(other)).then_with(|| id(self).cmp(id(other)))
    }
}

impl PartialOrd for Ready<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ready<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ready<'_> {}

/// Sorts distinct events; only auth events among themselves order them.
pub(crate) fn reverse_topological_power_order(graph: &EventGraph, events: &[u32]) -> Vec<u32> {
    let (mut waiting, followers) = edges_among(graph, events);
    let ready = |place: u32| {
        let event = *events.get(place as usize)?;
        let node = graph.node(event);
        let (level, origin_server_ts) = (level_of_sender(graph, event, node), node.origin_server_ts);
        Some(Reverse(Ready { graph, level, origin_server_ts, event, place }))
    };
    let free = waiting.iter().zip(0..).filter(|(count, _)| **count == 0);
    let mut heap: BinaryHeap<Reverse<Ready<'_>>> = free.filter_map(|(_, place)| ready(place)).collect();
    let mut sorted = Vec::with_capacity(events.len());
    while let Some(Reverse(Ready { event, place, .. })) = heap.pop() {
        sorted.push(event);
        for follower in followers.of(place) {
            let Some(count) = waiting.get_mut(*follower as usize) else { continue };
            *count -= 1;
            if *count == 0 {
                heap.extend(ready(*follower));
            }
        }
    }
    sorted
}

/// Which events follow each one, by their places: those of one event side by side.
struct Followers {
    /// Where the followers of each place end; they begin where those of the place before end.
    ends: Vec<u32>,
    places: Vec<u32>,
}

impl Followers {
    fn of(&self, place: u32) -> &[u32] {
        let place = place as usize;
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(place).copied().unwrap_or(start);
        self.places.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Counts, for each of the events, how many of the others are among its auth events, and turns these edges round.
fn edges_among(graph: &EventGraph, events: &[u32]) -> (Vec<u32>, Followers) {
    // One more than an event's place in `events`.
    let mut places: Table<u32> = Table::new(graph.node_count());
    for (event, place) in events.iter().zip(1..) {
        places.replace(*event, place);
    }
    let mut edges: Vec<(u32, u32)> = Vec::with_capacity(events.len() * 4);
    let mut waiting = vec![0; events.len()];
    let mut ends = vec![0; events.len()];
    for ((event, count), place) in events.iter().zip(&mut waiting).zip(0..) {
        for auth_event in graph.auth_events(*event) {
            if let Some(auth_place) = places.get(auth_event).checked_sub(1) {
                edges.push((auth_place, place));
                *count += 1;
                if let Some(end) = ends.get_mut(auth_place as usize) {
                    *end += 1;
                }
            }
        }
    }
    // Counts become starts, and these, as the followers come in, ends.
    let mut start = 0;
    for end in &mut ends {
        (*end, start) = (start, start + *end);
    }
    let mut places = vec![0; edges.len()];
    for (auth_place, place) in edges {
        if let Some(end) = ends.get_mut(auth_place as usize) {
            if let Some(slot) = places.get_mut(*end as usize) {
                *slot = place;
            }
            *end += 1;
        }
    }
    (waiting, Followers { ends, places })
}

/// The power of the event's sender, as the event's own auth events have it.
fn level_of_sender(graph: &EventGraph, event: u32, node: &Node) -> PowerLevel {
    if let Some(level) = graph.sender_level(node) {
        return level;
    }
    let rules = &graph.rules().authorization;
    let create = if rules.selects_create_event {
        graph.auth_events(event).find(|auth| graph.node(*auth).key == CREATE)
    } else {
        graph.create()
    };
    let create: Option<&Create> = match create.map(|create| graph.content(graph.node(create))) {
        Some(AuthContent::Create(create)) => Some(create),
        _ => None,
    };
    match graph.sender(node) {
        Some(sender) => RoomLevels::new(rules, create, None).user(&sender.id),
        None => PowerLevel::Finite(0),
    }
}
