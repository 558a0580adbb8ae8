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
    node::NONE,
    table::Table,
};

/// An event whose auth events have all been placed.
struct Ready<'a> {
    level: PowerLevel,
    origin_server_ts: i64,
    id: &'a str,
    place: usize,
}

impl Ready<'_> {
    fn key(&self) -> (Reverse<PowerLevel>, i64, &str) {
        (Reverse(self.level), self.origin_server_ts, self.id)
    }
}

impl Ord for Ready<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
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
    // One more than an event's place in `events`.
    let mut places: Table<u32> = Table::new(graph.node_count());
    for (event, place) in events.iter().zip(1..) {
        places.replace(*event, place);
    }
    let mut edges: Vec<(u32, u32)> = Vec::new();
    let mut waiting = vec![0u32; events.len()];
    for (event, (count, place)) in events.iter().zip(waiting.iter_mut().zip(0..)) {
        for auth_event in graph.auth_events(*event) {
            if let Some(auth_place) = places.get(auth_event).checked_sub(1) {
                edges.push((auth_place, place));
                *count += 1;
            }
        }
    }
    edges.sort_unstable();

    let mut ready: BinaryHeap<Reverse<Ready<'_>>> = (0..events.len())
        .filter(|place| waiting.get(*place) == Some(&0))
        .filter_map(|place| Some(Reverse(candidate(graph, *events.get(place)?, place))))
        .collect();
    let mut sorted = Vec::with_capacity(events.len());
    while let Some(Reverse(Ready { place, .. })) = ready.pop() {
        sorted.extend(events.get(place));
        let first = edges.partition_point(|(from, _)| (*from as usize) < place);
        for (_, to) in edges.iter().skip(first).take_while(|(from, _)| *from as usize == place) {
            let (to, Some(count)) = (*to as usize, waiting.get_mut(*to as usize)) else { continue };
            *count -= 1;
            if *count == 0 {
                ready.extend(events.get(to).map(|event| Reverse(candidate(graph, *event, to))));
            }
        }
    }
    sorted
}

fn candidate(graph: &EventGraph, event: u32, place: usize) -> Ready<'_> {
    let node = graph.node(event);
    Ready {
        level: level_of_sender(graph, event),
        origin_server_ts: node.origin_server_ts,
        id: graph.id_of(event),
        place,
    }
}

/// The power of the event's sender, as the event's own auth events have it.
fn level_of_sender(graph: &EventGraph, event: u32) -> PowerLevel {
    let node = graph.node(event);
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
    let power_levels = match node.power_levels {
        NONE => None,
        index => match graph.content(graph.node(index)) {
            AuthContent::PowerLevels(power_levels) => Some(&**power_levels),
            _ => None,
        },
    };
    match graph.sender(node) {
        Some(sender) => RoomLevels::new(rules, create, power_levels).user(&sender.id),
        None => PowerLevel::Finite(0),
    }
}
