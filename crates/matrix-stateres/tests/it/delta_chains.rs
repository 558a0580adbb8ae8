//! MSC1442, "Efficiency and Delta State Resolution", condition 3: what a change does to the auth chains of the states.

use matrix_roomversion::{RoomVersion, RoomVersionRules, StateResolution};
use matrix_stateres::{EventGraph, Method, Obstacle, Resolved, StateSet, resolve};
use serde_json::json;

use crate::builder::{JR, PL, Room, TOPIC, levels, membership};

const FULL: Method = Method::Full(Obstacle::Authorization);

/// How many links a search follows at most.
const MAX_SEARCH: usize = 4_096;

/// Alice in a room whose power levels are in conflict: p1 on the left, p2 on the right.
fn forked(algorithm: StateResolution) -> Room {
    let mut room = Room::new(RoomVersion::V11);
    let rules = RoomVersionRules { state_resolution: algorithm, ..*RoomVersion::V11.rules() };
    room.graph = EventGraph::new(&rules);
    room.state("create", "alice", ("m.room.create", ""), json!({}), &[]);
    room.state("alice", "alice", ("m.room.member", "@alice:alice.example"), membership("join"), &["create"]);
    room.state("p1", "alice", PL, levels(&[("alice", 100), ("bob", 50)]), &["create", "alice"]);
    room.state("p2", "alice", PL, levels(&[("alice", 100), ("bob", 60)]), &["create", "alice", "p1"]);
    room
}

fn mark(room: &mut Room, name: &str, auth: &[&str]) {
    room.state(name, "alice", ("org.example.mark", name), json!({}), auth);
}

fn topic(room: &mut Room, name: &str, auth: &[&str]) {
    let auth = [&["create", "p1", "alice"], auth].concat();
    room.state(name, "alice", TOPIC, json!({}), &auth);
}

/// Both states hold `more` and, at first, `old`; then the right one holds `new` in its place.
fn change(room: &Room, more: &[&str], old: &str, new: &str) -> Method {
    let set = |levels: &str, topic: &str| {
        let mut names = vec!["create", "alice", levels];
        names.extend(more.iter().chain([&topic]).filter(|name| !name.is_empty()));
        room.set(&names)
    };
    let after = vec![set("p1", old), set("p2", new)];
    let resolved = Resolved::new(&room.graph, vec![set("p1", old), set("p2", old)]).unwrap();
    let updated = resolved.update(&room.graph, after.clone()).unwrap();
    assert_eq!(updated.state(), &resolve(&room.graph, &after).unwrap());
    updated.method()
}

#[test]
fn msc1442_what_a_new_event_brings_into_the_auth_chains_is_condition_3() {
    let mut room = forked(StateResolution::V2);
    topic(&mut room, "topic1", &[]);
    mark(&mut room, "held", &["create", "alice"]);
    mark(&mut room, "stray", &["create", "alice"]);
    topic(&mut room, "plain", &[]);
    topic(&mut room, "names_stray", &["stray"]);
    topic(&mut room, "names_held", &["held"]);
    topic(&mut room, "names_both", &["topic1", "stray"]);
    assert_eq!(change(&room, &["held"], "topic1", "plain"), Method::Delta);
    assert_eq!(change(&room, &["held"], "topic1", "names_held"), Method::Delta, "it was there");
    assert_eq!(change(&room, &["held"], "topic1", "names_stray"), FULL);
    assert_eq!(change(&room, &["held"], "topic1", "names_both"), FULL);
    // That another state's change or an event of no state leads there does not help.
    mark(&mut room, "in_no_state", &["create", "stray"]);
    assert_eq!(change(&room, &["held"], "topic1", "names_stray"), FULL);
    assert_eq!(change(&room, &["in_no_state"], "topic1", "names_stray"), Method::Delta);
}

#[test]
fn msc1442_what_an_old_event_takes_out_of_the_auth_chains_is_condition_3() {
    let mut room = forked(StateResolution::V2);
    mark(&mut room, "stray", &["create", "alice"]);
    topic(&mut room, "names_stray", &["stray"]);
    topic(&mut room, "plain", &[]);
    topic(&mut room, "names_stray_too", &["stray"]);
    topic(&mut room, "names_old", &["names_stray"]);
    assert_eq!(change(&room, &[], "names_stray", "plain"), FULL);
    assert_eq!(
        change(&room, &["stray"], "names_stray", "plain"),
        Method::Delta,
        "something else leads to it"
    );
    assert_eq!(change(&room, &[], "names_stray", "names_stray_too"), Method::Delta);
    assert_eq!(change(&room, &[], "names_stray", "names_old"), Method::Delta);
}

/// Of those that name an event the last inserted is looked at first: the one that is in the state comes at the end.
#[test]
fn msc1442_a_search_for_what_leads_to_an_event_is_bounded() {
    let mut room = forked(StateResolution::V2);
    topic(&mut room, "topic1", &[]);
    mark(&mut room, "below", &["create", "alice"]);
    mark(&mut room, "holds", &["below"]);
    for number in 2..MAX_SEARCH {
        mark(&mut room, &format!("m{number}"), &["below"]);
    }
    topic(&mut room, "topic2", &["below"]);
    assert_eq!(change(&room, &["holds"], "topic1", "topic2"), Method::Delta, "as many as may be followed");
    mark(&mut room, "one_more", &["below"]);
    assert_eq!(change(&room, &["holds"], "topic1", "topic2"), FULL);
}

#[test]
fn msc4297_a_delta_whose_events_are_cited_by_others_changes_the_subgraph() {
    let mut room = forked(StateResolution::V2_1);
    topic(&mut room, "topic1", &[]);
    topic(&mut room, "topic2", &[]);
    topic(&mut room, "topic3", &["topic1"]);
    assert_eq!(change(&room, &[], "topic1", "topic3"), Method::Delta, "cited by what comes with it");
    assert_eq!(change(&room, &[], "topic1", "topic2"), FULL, "topic3 leads to topic1");
}

#[test]
fn msc4297_a_delta_with_an_event_between_it_and_the_conflict_changes_the_subgraph() {
    let mut room = forked(StateResolution::V2_1);
    topic(&mut room, "topic1", &[]);
    mark(&mut room, "beside", &["create", "alice"]);
    mark(&mut room, "between", &["create", "alice", "p2"]);
    mark(&mut room, "above", &["create", "between"]);
    for (name, cited) in [("t1", "beside"), ("t2", "between"), ("t3", "above")] {
        topic(&mut room, name, &[cited]);
    }
    let more = ["beside", "between", "above"];
    assert_eq!(change(&room, &more, "topic1", "t1"), Method::Delta);
    assert_eq!(change(&room, &more, "topic1", "t2"), FULL);
    assert_eq!(change(&room, &more, "topic1", "t3"), FULL);
}

#[test]
fn msc4297_a_search_for_what_lies_between_is_bounded() {
    let mut room = forked(StateResolution::V2_1);
    topic(&mut room, "topic1", &[]);
    // In conflict, and lower than p1: the search goes down to the depth of alice's membership.
    mark(&mut room, "low", &["create"]);
    for number in 0..=MAX_SEARCH {
        let below = if number == 0 { "alice".to_owned() } else { format!("m{}", number - 1) };
        mark(&mut room, &format!("m{number}"), &[&below]);
    }
    let tops = [MAX_SEARCH - 1, MAX_SEARCH].map(|number| format!("m{number}"));
    for (top, expected) in tops.iter().zip([Method::Delta, FULL]) {
        let name = format!("topic_over_{top}");
        topic(&mut room, &name, &[top]);
        let set = |levels: &str, more: &[&str]| {
            room.set(&[&["create", "alice", levels, &tops[0], &tops[1]], more].concat())
        };
        let before = vec![set("p1", &["topic1", "low"]), set("p2", &["topic1"])];
        let after = vec![set("p1", &["topic1", "low"]), set("p2", &[&name])];
        let updated = Resolved::new(&room.graph, before).unwrap().update(&room.graph, after.clone()).unwrap();
        assert_eq!((updated.method(), updated.state()), (expected, &resolve(&room.graph, &after).unwrap()));
    }
}

#[test]
fn msc4297_what_lies_below_the_lowest_conflicted_event_is_not_searched() {
    let mut room = Room::new(RoomVersion::V11);
    let rules = RoomVersionRules { state_resolution: StateResolution::V2_1, ..*RoomVersion::V11.rules() };
    room.graph = EventGraph::new(&rules);
    room.state("create", "alice", ("m.room.create", ""), json!({}), &[]);
    let alice = ("m.room.member", "@alice:alice.example");
    for number in 0..=MAX_SEARCH {
        let below = if number == 0 { "create".to_owned() } else { format!("alice{}", number - 1) };
        room.state(&format!("alice{number}"), "alice", alice, membership("join"), &[&below]);
    }
    let top = format!("alice{MAX_SEARCH}");
    room.state("alice", "alice", alice, membership("join"), &["create", &top]);
    room.state("p1", "alice", PL, levels(&[("alice", 100)]), &["create", "alice"]);
    room.state("p2", "alice", PL, levels(&[("alice", 100), ("bob", 1)]), &["create", "alice", "p1"]);
    topic(&mut room, "topic1", &[]);
    topic(&mut room, "topic2", &[]);
    assert_eq!(change(&room, &[], "topic1", "topic2"), Method::Delta);
}

/// The states of a room in which bob has a part, with power levels that nothing disagrees on.
fn agreed() -> Room {
    let mut room = forked(StateResolution::V2);
    room.state("jr", "alice", JR, json!({ "join_rule": "public" }), &["create", "p1", "alice"]);
    let bob = ("m.room.member", "@bob:bob.example");
    room.state("bob", "bob", bob, membership("join"), &["create", "p1", "jr"]);
    room
}

const AGREED: [&str; 5] = ["create", "alice", "p2", "jr", "bob"];

/// Two states that are `AGREED` and these; then the same with others, and so on: how each was resolved.
fn follow(room: &Room, steps: &[[&[&str]; 2]]) -> Vec<(Method, StateSet)> {
    let sets = |step: &[&[&str]; 2]| {
        step.map(|more| {
            let replaced = |name: &&&str| !more.contains(&format!("{name}2").as_str());
            room.set(&[&AGREED.iter().filter(replaced).copied().collect::<Vec<_>>(), more].concat())
        })
        .to_vec()
    };
    let mut resolved = Resolved::new(&room.graph, sets(&steps[0])).unwrap();
    let mut found = Vec::new();
    for step in &steps[1..] {
        resolved = resolved.update(&room.graph, sets(step)).unwrap();
        assert_eq!(resolved.state(), &resolve(&room.graph, &sets(step)).unwrap());
        found.push((resolved.method(), resolved.state().clone()));
    }
    found
}

fn methods(room: &Room, steps: &[[&[&str]; 2]]) -> Vec<Method> {
    follow(room, steps).into_iter().map(|(method, _)| method).collect()
}

#[test]
fn msc1442_a_key_that_goes_from_every_state_goes_by_the_change() {
    let mut room = agreed();
    room.state("topic1", "bob", TOPIC, json!({}), &["create", "p1", "bob"]);
    let found = follow(&room, &[[&["topic1"], &[]], [&[], &[]]]);
    assert_eq!(found[0].0, Method::Delta);
    assert_eq!(room.graph.get(&found[0].1, "m.room.topic", ""), None);
}

#[test]
fn msc1442_a_key_that_is_new_to_the_graph_is_resolved_by_the_change() {
    let mut room = agreed();
    topic(&mut room, "topic1", &[]);
    let sets =
        |room: &Room, more: &[&[&str]; 2]| more.map(|more| room.set(&[&AGREED, more].concat())).to_vec();
    let resolved = Resolved::new(&room.graph, sets(&room, &[&["topic1"], &[]])).unwrap();
    mark(&mut room, "never_seen", &["create", "p1", "alice"]);
    let updated = resolved.update(&room.graph, sets(&room, &[&["topic1"], &["never_seen"]])).unwrap();
    assert_eq!(updated.method(), Method::Delta);
}

/// The first of two in one millisecond is older than none.
#[test]
fn msc1442_an_event_of_the_same_millisecond_or_an_older_epoch_is_condition_2() {
    let mut room = agreed();
    topic(&mut room, "topic1", &[]);
    let twin = room.event("twin", "alice", ("org.example", ""), json!({}), &["create", "p1", "alice"]);
    room.graph.insert(&twin).unwrap();
    mark(&mut room, "later", &["create", "p1", "alice"]);
    let order = Method::Full(Obstacle::Order);
    assert_eq!(methods(&room, &[[&["topic1"], &[]], [&["topic1"], &["twin"]]]), [order]);
    assert_eq!(methods(&room, &[[&["topic1"], &[]], [&["topic1"], &["later"]]]), [Method::Delta]);
    // Newer by its own clock, but of an epoch that comes before what has been tried.
    room.state("of_p2", "alice", ("m.room.name", ""), json!({}), &["create", "p2", "alice"]);
    topic(&mut room, "of_p1", &[]);
    assert_eq!(methods(&room, &[[&["of_p2"], &[]], [&["of_p2"], &["of_p1"]]]), [order]);
}

#[test]
fn msc1442_an_event_sees_its_own_predecessor_under_its_key() {
    let mut room = agreed();
    let bob = ("m.room.member", "@bob:bob.example");
    room.state("bob2", "bob", bob, membership("join"), &["create", "p2", "jr", "bob"]);
    assert_eq!(methods(&room, &[[&[], &[]], [&[], &["bob2"]]]), [Method::Delta]);
    // One that names no predecessor does not see what else stands there.
    let mut room = agreed();
    room.state("bob2", "bob", bob, membership("join"), &["create", "p2", "jr"]);
    assert_eq!(methods(&room, &[[&[], &[]], [&[], &["bob2"]]]), [FULL]);
}

#[test]
fn msc1442_a_sender_that_was_read_is_condition_3_even_if_named_by_no_auth_event() {
    let mut room = agreed();
    room.state("topic1", "bob", TOPIC, json!({}), &["create", "p1"]);
    let bob = ("m.room.member", "@bob:bob.example");
    room.state("bob2", "bob", bob, membership("join"), &["create", "p1", "jr", "bob"]);
    assert_eq!(methods(&room, &[[&["topic1"], &[]], [&["topic1", "bob2"], &["bob2"]]]), [FULL]);
}

#[test]
fn msc1442_what_a_delta_read_is_remembered_for_the_next() {
    let mut room = agreed();
    room.state("topic1", "bob", TOPIC, json!({}), &["create", "p1", "bob"]);
    let bob = ("m.room.member", "@bob:bob.example");
    room.state("bob2", "bob", bob, membership("join"), &["create", "p1", "jr", "bob"]);
    let old = room.event("old", "alice", ("org.example", ""), json!({}), &["create", "p1", "alice"]);
    room.state("topic2", "bob", TOPIC, json!({}), &["create", "p1", "bob"]);
    room.graph.insert(&old).unwrap();
    let first: [&[&str]; 2] = [&[], &[]];
    let second: [&[&str]; 2] = [&["topic1"], &[]];
    assert_eq!(methods(&room, &[first, second, [&["topic1", "bob2"], &["bob2"]]]), [Method::Delta, FULL]);
    let second: [&[&str]; 2] = [&["topic2"], &[]];
    let order = Method::Full(Obstacle::Order);
    assert_eq!(methods(&room, &[first, second, [&["topic2"], &["old"]]]), [Method::Delta, order]);
}

/// Bob had power under p1, which his topic names, and has none under p3, which both states hold.
#[test]
fn msc1442_a_delta_is_checked_against_what_the_states_agree_on() {
    let mut room = agreed();
    room.state("p3", "alice", PL, levels(&[("alice", 100)]), &["create", "p2", "alice"]);
    room.state("topic1", "bob", TOPIC, json!({}), &["create", "p1", "bob"]);
    let names = ["create", "alice", "p3", "jr", "bob"];
    let sets = |more: &[&str]| vec![room.set(&names), room.set(&[&names, more].concat())];
    let updated =
        Resolved::new(&room.graph, sets(&[])).unwrap().update(&room.graph, sets(&["topic1"])).unwrap();
    assert_eq!(updated.method(), Method::Full(Obstacle::Denied));
    assert_eq!(updated.state(), &resolve(&room.graph, &sets(&["topic1"])).unwrap());
}

/// In room 12 an event may come before the create event that its room's ID names.
#[test]
fn msc1442_a_create_event_that_comes_late_undoes_all_verdicts() {
    let mut room = Room::new(RoomVersion::V12);
    room.state("alice", "alice", ("m.room.member", "@alice:alice.example"), membership("join"), &[]);
    let sets = vec![room.set(&["alice"]), room.set(&[])];
    let resolved = Resolved::new(&room.graph, sets.clone()).unwrap();
    room.state("create", "alice", ("m.room.create", ""), json!({ "room_version": "12" }), &[]);
    let updated = resolved.update(&room.graph, sets).unwrap();
    assert_eq!(updated.method(), Method::Full(Obstacle::Graph));
}
