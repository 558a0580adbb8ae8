//! Removing what a room no longer needs.

use matrix_identifiers::EventId;
use matrix_roomversion::RoomVersion;
use matrix_stateres::{Error, EventGraph, StateSet, resolve, resolve_with_trace};
use proptest::prelude::*;
use serde_json::json;

use crate::{
    builder::{Room, TOPIC, id, membership},
    random::{Random, state_sets, steps, versions},
    rooms::entries,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn compaction_changes_no_resolution(
        version in versions(), branches in 2..4usize, steps in steps(), rejected in any::<u64>(),
    ) {
        let room = Random::new(version, branches, &steps);
        let mut graph = room.graph(false);
        for (number, event) in room.events.keys().enumerate() {
            let rejected = rejected >> (number % 64) & 15 == 15;
            graph.set_rejected(EventId::parse(event).unwrap(), rejected).unwrap();
        }
        let mut states = state_sets(&graph, &room.branches);
        let wanted = entries(&graph, &resolve(&graph, &states).unwrap());
        let report = |graph: &EventGraph, states: &[StateSet]| {
            resolve_with_trace(graph, states).unwrap().trace.report(graph).to_string()
        };
        let wanted_report = report(&graph, &states);
        let before: Vec<_> = states.iter().map(|state| entries(&graph, state)).collect();
        let (old, given) = (states.clone(), graph.len());
        let removed = graph.compact(&mut states).unwrap();
        prop_assert_eq!(graph.len() + removed, given);
        prop_assert_eq!(states.iter().map(|state| entries(&graph, state)).collect::<Vec<_>>(), before);
        prop_assert_eq!(entries(&graph, &resolve(&graph, &states).unwrap()), wanted.clone());
        prop_assert_eq!(report(&graph, &states), wanted_report);
        prop_assert_eq!(resolve(&graph, &old), Err(Error::ForeignStateSet));
        // What was removed can be given again, and all is as before.
        room.events.values().for_each(|event| _ = graph.insert(event).unwrap());
        prop_assert_eq!(graph.len(), given);
        prop_assert_eq!(entries(&graph, &resolve(&graph, &states).unwrap()), wanted);
        prop_assert_eq!(graph.missing().count(), 0);
    }
}

#[test]
fn superseded_events_go_and_what_is_waited_for_stays() {
    let mut room = Room::new(RoomVersion::V11);
    room.state("create", "alice", ("m.room.create", ""), json!({ "room_version": "11" }), &[]);
    room.state("alice", "alice", ("m.room.member", "@alice:alice.example"), membership("join"), &["create"]);
    for number in 0..10 {
        room.state(&format!("topic{number}"), "alice", TOPIC, json!({}), &["create", "alice"]);
    }
    room.state("waits", "alice", TOPIC, json!({}), &["create", "nowhere"]);
    room.state("lost", "alice", TOPIC, json!({}), &["create", "gone"]);
    room.graph.set_unavailable(&id("gone"));
    let mut states = [room.set(&["create", "alice", "topic9"])];
    assert_eq!(room.graph.compact(&mut states), Ok(9));
    assert_eq!(room.graph.len(), 5);
    for (name, known) in
        [("create", true), ("alice", true), ("topic9", true), ("topic8", false), ("waits", true)]
    {
        assert_eq!(room.graph.contains(&id(name)), known, "{name}");
    }
    assert_eq!(room.graph.missing().map(EventId::as_str).collect::<Vec<_>>(), ["$nowhere"]);
    assert_eq!(room.graph.room_id().map(|id| id.as_str()), Some("!create"));
    // An event that names a removed one has it asked for.
    room.state("names_it", "alice", TOPIC, json!({}), &["create", "topic3"]);
    assert_eq!(room.graph.missing().map(EventId::as_str).collect::<Vec<_>>(), ["$nowhere", "$topic3"]);
    room.state("second", "bob", ("m.room.topic", "x"), json!({}), &["create", "alice"]);
    let error =
        room.graph.insert(&room.event("again", "alice", ("m.room.create", ""), json!({}), &[])).unwrap_err();
    assert_eq!(error.kind(), "second_create");

    let mut foreign = [EventGraph::new(RoomVersion::V11.rules()).state_set([]).unwrap()];
    assert_eq!(room.graph.compact(&mut foreign), Err(Error::ForeignStateSet));
    assert_eq!(room.graph.len(), 7);
    // Without a state, only the create event and what waits is left.
    assert_eq!(room.graph.compact(&mut []), Ok(3));
    assert!(room.graph.contains(&id("create")) && !room.graph.contains(&id("alice")));
}

/// In room version 1 the deepest event wins, where there is no order but that.
#[test]
fn compaction_keeps_the_depths_that_version_1_goes_by() {
    let mut room = Room::new(RoomVersion::V1);
    let creator = json!({ "creator": "@alice:alice.example" });
    room.state("create", "alice", ("m.room.create", ""), creator, &[]);
    room.state("alice", "alice", ("m.room.member", "@alice:alice.example"), membership("join"), &["create"]);
    room.state("gone", "alice", TOPIC, json!({}), &["create", "alice"]);
    // Whatever the hashes of their IDs say, one of many pairs would go wrong without depths.
    let keys: Vec<String> = (0..16).map(|number| format!("mark{number}")).collect();
    let mut sets =
        [vec!["create".to_owned(), "alice".to_owned()], vec!["create".to_owned(), "alice".to_owned()]];
    for key in &keys {
        for (side, set) in ["low", "high"].into_iter().zip(&mut sets) {
            let name = format!("{side}_{key}");
            room.state(&name, "alice", ("org.example.mark", key), json!({}), &["create", "alice"]);
            set.push(name);
        }
    }
    let mut states =
        sets.map(|names| room.set(&names.iter().map(String::as_str).collect::<Vec<_>>())).to_vec();
    assert_eq!(room.graph.compact(&mut states), Ok(1));
    let state = resolve(&room.graph, &states).unwrap();
    for key in &keys {
        let winner = room.graph.get(&state, "org.example.mark", key).unwrap();
        assert_eq!(winner.as_str(), format!("$high_{key}"));
    }
}
