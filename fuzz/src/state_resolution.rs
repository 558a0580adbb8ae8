//! State resolution over little rooms.

use std::collections::BTreeSet;

use matrix_identifiers::EventId;
use matrix_roomversion::RoomVersionRules;
use matrix_stateres::{
    Event, EventGraph, Loss, Resolved, StateSet, resolve, resolve_with_trace, state_resets,
};

use crate::{
    bytes::Bytes,
    room::{Room, RoomEvent},
};

/// Checks that a resolution is the same whatever the order of the states and of the graph's making, that one state is
/// its own resolution, that what all states agree on stays, that its trace agrees with it, that a compacted graph resolves
/// alike, and that resolving a change alone is resolving in full.
pub fn run(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let room = Room::read(&mut bytes);
    let graph = build(room.rules, room.events.iter());
    let chosen = choose(&mut bytes, &room);
    let states: Vec<StateSet> = chosen.iter().map(|ids| state(&graph, ids)).collect();
    let resolved = resolve(&graph, &states).expect("states of this graph are refused");
    check_order(&graph, &states, &resolved);
    check_sources(&graph, &states, &resolved);
    for state in &states {
        assert_eq!(
            resolve(&graph, std::slice::from_ref(state)).as_ref(),
            Ok(state),
            "one state is not itself"
        );
        assert_eq!(resolve(&graph, &[state.clone(), state.clone()]).as_ref(), Ok(state));
    }
    check_trace(&graph, &states);
    check_compaction(&graph, &states, &resolved);
    check_delta(&mut bytes, &room, graph.clone(), states.clone());
    let reverse = build(room.rules, room.events.iter().rev());
    if given(&graph, &room) == given(&reverse, &room) {
        let states: Vec<StateSet> = chosen.iter().map(|ids| state(&reverse, ids)).collect();
        let same = resolve(&reverse, &states).expect("states of this graph are refused");
        assert_eq!(reverse.entries(&same), graph.entries(&resolved), "the order of insertion shows");
    }
}

fn build<'a>(rules: &RoomVersionRules, events: impl Iterator<Item = &'a RoomEvent>) -> EventGraph {
    let mut graph = EventGraph::new(rules);
    for event in events {
        let (before, id) = (graph.len(), event.event_id());
        match graph.insert(event) {
            Ok(index) => {
                assert_eq!(graph.event_id(index), Some(id));
                assert!(graph.contains(id));
                graph.set_rejected(id, event.rejected).expect("an event that was given is unknown");
                assert_eq!(graph.is_rejected(id), event.rejected);
            }
            Err(error) => {
                assert!(!error.to_string().is_empty() && !error.kind().is_empty());
                assert_eq!(graph.len(), before, "a refused event has changed the graph");
            }
        }
    }
    for id in graph.missing() {
        assert!(!graph.contains(id) && !graph.is_complete(id));
    }
    for id in graph.cyclic() {
        assert!(graph.contains(id) && !graph.is_complete(id));
    }
    graph
}

/// The events that are in the graph.
fn given<'a>(graph: &EventGraph, room: &'a Room) -> BTreeSet<&'a EventId> {
    room.events.iter().map(Event::event_id).filter(|id| graph.contains(id)).collect()
}

/// Up to four states, each as the events that are put into it, by their places.
fn choose<'a>(bytes: &mut Bytes<'_>, room: &'a Room) -> Vec<Vec<&'a EventId>> {
    let count = bytes.below(5);
    let mut choose_one = || {
        let mask = bytes.take(5);
        let is_chosen = |place: &usize| mask[place / 8] >> (place % 8) & 1 == 1;
        let mut chosen: Vec<_> =
            room.places.iter().zip(&room.events).filter(|(place, _)| is_chosen(place)).collect();
        chosen.sort_by_key(|(place, _)| **place);
        chosen.into_iter().map(|(_, event)| event.event_id()).collect()
    };
    (0..count).map(|_| choose_one()).collect()
}

fn state(graph: &EventGraph, ids: &[&EventId]) -> StateSet {
    let mut state = graph.state_set_of([]).expect("an empty state is refused");
    for id in ids {
        let is_put = graph.update(&mut state, id).is_ok();
        assert!(!is_put || graph.is_complete(id));
    }
    let again = graph.state_set(graph.entries(&state)).expect("the entries of a state are refused");
    assert_eq!(again, state);
    state
}

fn check_order(graph: &EventGraph, states: &[StateSet], resolved: &StateSet) {
    let mut permuted = states.to_vec();
    for _ in 0..states.len() {
        permuted.rotate_left(1);
        assert_eq!(resolve(graph, &permuted).as_ref(), Ok(resolved), "the order of the states shows");
        permuted.reverse();
        assert_eq!(resolve(graph, &permuted).as_ref(), Ok(resolved), "the order of the states shows");
        permuted.reverse();
    }
    permuted.extend_from_slice(states);
    assert_eq!(resolve(graph, &permuted).as_ref(), Ok(resolved), "a repeated state shows");
    let same = resolve_with_trace(graph, states).expect("states of this graph are refused");
    assert_eq!(same.state, *resolved);
    for (id, _) in same.trace.tried(graph) {
        assert!(graph.is_complete(id));
    }
}

/// What is resolved comes from the graph, and what all states agree on is kept.
fn check_sources(graph: &EventGraph, states: &[StateSet], resolved: &StateSet) {
    let entries = graph.entries(resolved);
    assert_eq!(entries.len(), resolved.len());
    let Some((first, others)) = states.split_first() else {
        assert!(resolved.is_empty());
        return;
    };
    for (event_type, state_key, id) in graph.entries(first) {
        if others.iter().all(|other| graph.get(other, event_type, state_key) == Some(id)) {
            assert_eq!(graph.get(resolved, event_type, state_key), Some(id), "an undisputed event is lost");
        }
    }
    for (event_type, state_key, id) in entries {
        assert!(graph.is_complete(id));
        assert_eq!(graph.get(resolved, event_type, state_key), Some(id));
    }
}

/// The trace names for each key what stands there, and of the others why they do not.
fn check_trace(graph: &EventGraph, states: &[StateSet]) {
    let resolution = resolve_with_trace(graph, states).expect("states of this graph are refused");
    let report = resolution.trace.report(graph);
    let passed = |id: &str| report.tried.iter().any(|tried| tried.event_id == id && tried.denied.is_none());
    for key in &report.keys {
        let stands = graph.get(&resolution.state, key.event_type, key.state_key).map(EventId::as_str);
        assert_eq!(key.winner, stands, "the trace names another winner");
        for loser in &key.losers {
            let refused = matches!(loser.loss, Loss::Rule(_));
            assert!(!refused || !passed(loser.event_id), "{} was refused and passed", loser.event_id);
        }
    }
    for (place, tried) in report.tried.iter().enumerate() {
        assert_eq!(tried.place, place);
    }
    assert!(report.to_string().ends_with('\n'));
    assert!(resolution.trace.dot(graph).ends_with("}\n"));
    for before in states {
        let resets = state_resets(graph, before, &resolution).expect("a state of this graph is refused");
        for reset in resets {
            let before = graph.get(before, reset.event_type, reset.state_key).map(EventId::as_str);
            assert_eq!(Some(reset.before), before);
            assert_ne!(reset.after, before, "what stayed was reset");
        }
    }
}

fn check_compaction(graph: &EventGraph, states: &[StateSet], resolved: &StateSet) {
    let (mut compacted, mut moved) = (graph.clone(), states.to_vec());
    let removed = compacted.compact(&mut moved).expect("states of this graph are refused");
    assert_eq!(compacted.len() + removed, graph.len());
    for (state, moved) in states.iter().zip(&moved) {
        assert_eq!(graph.entries(state), compacted.entries(moved), "compaction changes a state");
    }
    let same = resolve(&compacted, &moved).expect("states of this graph are refused");
    assert_eq!(graph.entries(resolved), compacted.entries(&same), "compaction changes a resolution");
    assert!(states.is_empty() || resolve(&compacted, states).is_err(), "a state of the old graph is taken");
}

/// Changes the states a few times, an entry or a mark at a time.
fn check_delta(bytes: &mut Bytes<'_>, room: &Room, mut graph: EventGraph, mut states: Vec<StateSet>) {
    let mut resolved = Resolved::new(&graph, states.clone()).expect("states of this graph are refused");
    if states.is_empty() || room.events.is_empty() {
        return;
    }
    for _ in 0..bytes.below(8) {
        for _ in 0..=bytes.below(3) {
            let set = bytes.below(states.len());
            let id = room.events[bytes.below(room.events.len())].event_id();
            if bytes.below(16) == 15 {
                let rejected = graph.is_rejected(id);
                let marked = graph.set_rejected(id, !rejected);
                assert_eq!(marked.is_ok(), graph.contains(id));
            } else {
                let is_put = graph.update(&mut states[set], id).is_ok();
                assert!(!is_put || graph.is_complete(id));
            }
        }
        resolved = resolved.update(&graph, states.clone()).expect("states of this graph are refused");
        let full = resolve(&graph, &states).expect("states of this graph are refused");
        assert_eq!(
            graph.entries(resolved.state()),
            graph.entries(&full),
            "{:?} is not in full",
            resolved.method()
        );
    }
}
