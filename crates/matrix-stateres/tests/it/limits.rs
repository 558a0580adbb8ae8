//! Limits against hostile rooms, each an error or a bound; and driving a graph in batches.

use std::collections::BTreeMap;

use matrix_authrules::{Event as _, Pdu};
use matrix_identifiers::{EventId, OwnedEventId};
use matrix_roomversion::RoomVersion;
use matrix_stateres::{Error, EventGraph, Limits, MAX_AUTH_DEPTH, MAX_AUTH_EVENTS, MAX_EVENTS, MAX_MISSING};
use serde_json::json;

use crate::builder::{Room, TOPIC, id, membership};

fn room(change: impl FnOnce(&mut Limits)) -> Room {
    let mut room = Room::new(RoomVersion::V11);
    let mut limits = Limits::default();
    change(&mut limits);
    room.graph = room.graph.with_limits(limits);
    room.state("create", "alice", ("m.room.create", ""), json!({ "room_version": "11" }), &[]);
    room
}

#[test]
fn the_limits_are_those_that_the_constants_say() {
    let limits = Limits::default();
    assert_eq!(
        (MAX_AUTH_EVENTS, MAX_AUTH_DEPTH, MAX_MISSING, MAX_EVENTS),
        (10, 16_777_216, 1_048_576, 4_294_967_231)
    );
    assert_eq!(
        (limits.auth_events, limits.auth_depth, limits.missing, limits.events),
        (MAX_AUTH_EVENTS, MAX_AUTH_DEPTH, MAX_MISSING, MAX_EVENTS)
    );
}

#[test]
fn more_auth_events_than_a_caller_allows_are_refused() {
    let mut room = room(|limits| limits.auth_events = 3);
    let event = room.event("four", "alice", TOPIC, json!({}), &["create", "a", "b", "c"]);
    let error = room.graph.insert(&event).unwrap_err();
    assert_eq!(error, Error::TooManyAuthEvents { event: id("four"), count: 4, limit: 3 });
    room.state("three", "alice", TOPIC, json!({}), &["create", "a", "b"]);
    // However high the limit, what is counted in a byte stays in it.
    room.graph = room.graph.with_limits({
        let mut limits = Limits::default();
        limits.auth_events = 1_000;
        limits
    });
    let names: Vec<String> = (0..254).map(|number| format!("n{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let error = room.graph.insert(&room.event("many", "alice", TOPIC, json!({}), &names)).unwrap_err();
    assert_eq!(error.kind(), "too_many_auth_events");
    room.state("most", "alice", TOPIC, json!({}), &names[..253]);
}

#[test]
fn an_auth_chain_that_is_too_deep_is_never_part_of_a_state_whatever_comes_first() {
    for backwards in [false, true] {
        let mut room = room(|limits| limits.auth_depth = 3);
        let links = [("two", "create"), ("three", "two"), ("four", "three"), ("five", "four")];
        let mut events: Vec<Pdu> = links
            .iter()
            .map(|(name, below)| room.event(name, "alice", ("org.example", name), json!({}), &[below]))
            .collect();
        if backwards {
            events.reverse();
        }
        events.iter().for_each(|event| _ = room.graph.insert(event).unwrap());
        assert!(room.graph.state_set_of([&*id("three")]).is_ok());
        let error = room.graph.state_set_of([&*id("four")]).unwrap_err();
        assert_eq!(error, Error::AuthChainTooDeep { event: id("four"), limit: 3 });
        assert_eq!(room.graph.state_set_of([&*id("five")]), Err(Error::IncompleteAuthChain(id("five"))));
        assert!(room.graph.is_complete(&id("three")) && !room.graph.is_complete(&id("four")));
        assert!(room.graph.cyclic().is_empty());
        assert_eq!(room.graph.missing().count(), 0);
    }
}

#[test]
fn unknown_auth_events_are_limited() {
    let mut room = room(|limits| limits.missing = 3);
    room.state("two_missing", "alice", TOPIC, json!({}), &["create", "a", "b"]);
    let event = room.event("two_more", "alice", TOPIC, json!({}), &["c", "d"]);
    let error = room.graph.insert(&event).unwrap_err();
    assert_eq!(error, Error::TooManyMissing { event: id("two_more"), limit: 3 });
    assert_eq!((room.graph.len(), room.graph.missing().count()), (2, 2));
    // Naming what is known, or named already, adds nothing.
    room.state("same", "alice", TOPIC, json!({}), &["create", "a", "b", "a", "two_missing"]);
    room.state("one_more", "alice", TOPIC, json!({}), &["create", "a", "c", "c"]);
    assert_eq!(room.graph.missing().count(), 3);
    assert!(room.graph.insert(&room.event("no_more", "alice", TOPIC, json!({}), &["e"])).is_err());
    room.state("no_new", "alice", TOPIC, json!({}), &["a"]);
}

#[test]
fn the_number_of_events_is_limited() {
    let mut room = room(|limits| limits.events = 4);
    room.state("one", "alice", TOPIC, json!({}), &["create", "named"]);
    let event = room.event("two", "alice", TOPIC, json!({}), &["other"]);
    assert_eq!(room.graph.insert(&event), Err(Error::GraphFull(id("two"))));
    room.state("named", "alice", TOPIC, json!({}), &[]);
    assert_eq!(room.graph.len(), 3);
}

#[test]
fn an_event_adds_no_more_than_itself_and_what_it_names() {
    let mut room = room(|_| {});
    room.state("greedy", "alice", TOPIC, json!({}), &["a", "a", "b", "greedy", "create"]);
    assert_eq!(room.graph.missing().map(EventId::as_str).collect::<Vec<_>>(), ["$a", "$b"]);
    assert_eq!(room.graph.len(), 2);
}

/// A store that lacks some events, asked in batches.
#[test]
fn a_store_is_asked_in_batches_for_what_is_missing_and_never_twice_for_what_it_lacks() {
    let mut source = room(|_| {});
    source.state(
        "alice",
        "alice",
        ("m.room.member", "@alice:alice.example"),
        membership("join"),
        &["create"],
    );
    let mut store: BTreeMap<OwnedEventId, Pdu> = BTreeMap::new();
    let mut names = vec!["create".to_owned(), "alice".to_owned()];
    for number in 0..100 {
        let auth: Vec<&str> = names.iter().rev().take(3).map(String::as_str).collect();
        let event = source.event(&format!("e{number}"), "alice", TOPIC, json!({}), &auth);
        store.insert(id(&format!("e{number}")), event);
        names.push(format!("e{number}"));
    }
    store.insert(id("create"), source.event("create", "alice", ("m.room.create", ""), json!({}), &[]));
    // It lacks alice's membership.
    let mut graph = EventGraph::new(RoomVersion::V11.rules());
    graph.insert(&store[&id("e99")]).unwrap();
    let (mut asked, mut lacking) = (Vec::new(), Vec::new());
    loop {
        let batch: Vec<OwnedEventId> = graph.missing().take(8).map(EventId::to_owned).collect();
        if batch.is_empty() {
            break;
        }
        for id in batch {
            assert!(!asked.contains(&id), "{id} is asked for twice");
            match store.get(&id) {
                Some(event) => _ = graph.insert(event).unwrap(),
                None => {
                    assert!(graph.set_unavailable(&id) && !graph.set_unavailable(&id));
                    lacking.push(id.clone());
                }
            }
            asked.push(id);
        }
    }
    assert_eq!((asked.len(), lacking.as_slice()), (101, &[id("alice")][..]));
    assert!(!graph.is_complete(&id("e99")) && graph.cyclic().is_empty());
    // Naming it again does not bring it back; giving it completes all that waited.
    graph.insert(&source.event("more", "alice", TOPIC, json!({}), &["alice"])).unwrap();
    assert_eq!(graph.missing().count(), 0);
    let alice = source.event(
        "alice",
        "alice",
        ("m.room.member", "@alice:alice.example"),
        membership("join"),
        &["create"],
    );
    graph.insert(&alice).unwrap();
    assert!(graph.is_complete(&id("e99")) && graph.is_complete(alice.event_id()));
    assert!(!graph.set_unavailable(&id("unheard_of")));
}

/// Marks change in both directions, and only resolutions from then on see it.
#[test]
fn an_event_is_marked_rejected_and_accepted_later() {
    let mut room = room(|_| {});
    room.state("alice", "alice", ("m.room.member", "@alice:alice.example"), membership("join"), &["create"]);
    room.state("topic", "alice", TOPIC, json!({}), &["create", "alice"]);
    let resolved =
        |room: &Room| room.resolve(&[&["create"], &["create", "topic"]]).contains_key("m.room.topic|");
    assert!(resolved(&room) && !room.graph.is_rejected(&id("alice")));
    room.graph.set_rejected(&id("alice"), true).unwrap();
    assert!(room.graph.is_rejected(&id("alice")));
    assert!(
        room.resolve(&[&["create", "alice"], &["create", "alice", "topic"]]).contains_key("m.room.topic|")
    );
    room.state("names_one", "alice", TOPIC, json!({}), &["create", "only_named"]);
    for name in ["unheard_of", "only_named"] {
        assert_eq!(room.graph.set_rejected(&id(name), true), Err(Error::UnknownEvent(id(name))));
    }
    room.graph.set_rejected(&id("alice"), false).unwrap();
    assert!(resolved(&room) && !room.graph.is_rejected(&id("alice")));
}
