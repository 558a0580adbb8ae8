//! State resolution version 1.
//!
//! <https://spec.matrix.org/v1.19/rooms/v1/#state-resolution>: conflicts over power levels, then join rules, then
//! members are settled by trying events from the lowest depth up until one is refused; all other conflicts by
//! the deepest event that passes. A key that only some states hold is no conflict here.

use core::cmp::Reverse;

use sha1::{Digest, Sha1};

use crate::{
    conflict::Conflict,
    graph::{EventGraph, JOIN_RULES, MEMBER_TYPE, POWER_LEVELS},
    lookup::{self, AuthEvents, Lookup},
    state_set::StateSet,
    table::Table,
    trace::{Phase, Source, Trace},
};

/// The result so far: a winner for each key that is settled.
struct Settled<'a> {
    conflict: &'a Conflict<'a>,
    /// One more than the event that won under a conflicted key; 0 where the key is not settled yet.
    winners: Table<u32>,
}

impl Lookup for Settled<'_> {
    fn event(&self, key: u32) -> Option<u32> {
        self.winners.get(key).checked_sub(1).or_else(|| self.conflict.unconflicted(key))
    }

    fn source(&self, key: u32) -> Source {
        if self.winners.get(key) == 0 { Source::Unconflicted } else { Source::Resolved }
    }
}

/// The result so far, with the event that leads for one key put in.
struct WithLeader<'a> {
    settled: &'a Settled<'a>,
    key: u32,
    leader: u32,
}

impl Lookup for WithLeader<'_> {
    fn event(&self, key: u32) -> Option<u32> {
        if key == self.key { Some(self.leader) } else { self.settled.event(key) }
    }

    fn source(&self, key: u32) -> Source {
        if key == self.key { Source::Resolved } else { self.settled.source(key) }
    }
}

/// Resolves a conflict.
pub(crate) fn resolve(
    graph: &EventGraph,
    conflict: &Conflict<'_>,
    trace: &mut Option<&mut Trace>,
) -> StateSet {
    let mut settled = Settled { conflict, winners: Table::new(graph.key_count()) };
    let mut conflicts: Vec<(u8, u32, Vec<u32>)> = Vec::new();
    for key in &conflict.keys {
        let events = candidates(graph, conflict, *key);
        match events.as_slice() {
            [only] => _ = settled.winners.replace(*key, *only + 1),
            _ => conflicts.push((stage(graph, *key), *key, events)),
        }
    }
    conflicts.sort_by_key(|(stage, ..)| *stage);
    for group in conflicts.chunk_by(|(left, ..), (right, ..)| left == right) {
        // Winners of one stage do not judge each other.
        let mut winners = Vec::new();
        for (stage, key, events) in group {
            let winner = if *stage == OTHER {
                deepest_allowed(graph, &settled, events, trace)
            } else {
                last_of_the_allowed(graph, &settled, *key, events, trace)
            };
            winners.extend(winner.map(|winner| (*key, winner)));
        }
        for (key, winner) in winners {
            settled.winners.replace(key, winner + 1);
        }
    }
    conflict.settle(|key| settled.winners.get(key).checked_sub(1))
}

/// The stage of keys that authorize nothing.
const OTHER: u8 = 3;

fn stage(graph: &EventGraph, key: u32) -> u8 {
    let is_member =
        || graph.key(key).is_some_and(|(event_type, _)| Some(event_type) == graph.type_name(MEMBER_TYPE));
    match key {
        POWER_LEVELS => 0,
        JOIN_RULES => 1,
        _ if is_member() => 2,
        _ => OTHER,
    }
}

/// The events under a key, each once: deepest first, then by the SHA-1 of the event ID.
fn candidates(graph: &EventGraph, conflict: &Conflict<'_>, key: u32) -> Vec<u32> {
    let mut events: Vec<u32> = conflict.sets.iter().filter_map(|set| set.get(key)).collect();
    events.sort_unstable();
    events.dedup();
    events.sort_by_cached_key(|event| (Reverse(graph.depth(*event)), Sha1::digest(graph.id_of(*event))));
    events
}

/// From the lowest depth up, each event has to be allowed with the one before it in force.
fn last_of_the_allowed(
    graph: &EventGraph,
    settled: &Settled<'_>,
    key: u32,
    deepest_first: &[u32],
    trace: &mut Option<&mut Trace>,
) -> Option<u32> {
    let mut lowest_first = deepest_first.iter().rev().copied();
    let mut leader = lowest_first.next()?;
    if let Some(trace) = trace {
        trace.note(graph, leader, Phase::Version1, (settled, AuthEvents::Ignored), Ok(()));
    }
    for event in lowest_first {
        let state = WithLeader { settled, key, leader };
        let verdict = lookup::check(graph, event, &state, AuthEvents::Ignored);
        if let Some(trace) = trace {
            trace.note(graph, event, Phase::Version1, (&state, AuthEvents::Ignored), verdict);
        }
        if verdict.is_err() {
            break;
        }
        leader = event;
    }
    Some(leader)
}

/// The deepest event that is allowed; where none is, the one with the least depth, as Synapse has it.
fn deepest_allowed(
    graph: &EventGraph,
    settled: &Settled<'_>,
    deepest_first: &[u32],
    trace: &mut Option<&mut Trace>,
) -> Option<u32> {
    for event in deepest_first {
        let verdict = lookup::check(graph, *event, settled, AuthEvents::Ignored);
        if let Some(trace) = trace {
            trace.note(graph, *event, Phase::Version1, (settled, AuthEvents::Ignored), verdict);
        }
        if verdict.is_ok() {
            return Some(*event);
        }
    }
    deepest_first.last().copied()
}
