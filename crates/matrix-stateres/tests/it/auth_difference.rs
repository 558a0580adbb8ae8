//! The auth difference and the conflicted subgraph, as seen in what a resolution tries.

use matrix_roomversion::{RoomVersion, RoomVersionRules, StateResolution};
use matrix_stateres::EventGraph;
use serde_json::json;

use crate::builder::{PL, Room, TOPIC, levels, membership};

fn room(algorithm: StateResolution) -> Room {
    let mut room = Room::new(RoomVersion::V11);
    let rules = RoomVersionRules { state_resolution: algorithm, ..*RoomVersion::V11.rules() };
    room.graph = EventGraph::new(&rules);
    room.state("create", "alice", ("m.room.create", ""), json!({}), &[]);
    room.state("alice", "alice", ("m.room.member", "@alice:alice.example"), membership("join"), &["create"]);
    room
}

fn tried(room: &Room, sets: &[&[&str]]) -> Vec<String> {
    room.tried(sets).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn msc1442_an_event_in_the_chain_of_every_state_is_not_tried() {
    let mut room = room(StateResolution::V2);
    room.state("p1", "alice", PL, levels(&[("alice", 100)]), &["create", "alice"]);
    room.state("p2", "alice", PL, levels(&[("alice", 100), ("bob", 1)]), &["create", "alice", "p1"]);
    room.state("p3", "alice", PL, levels(&[("alice", 100), ("bob", 2)]), &["create", "alice", "p1"]);
    assert_eq!(tried(&room, &[&["create", "alice", "p2"], &["create", "alice", "p3"]]), ["p2", "p3"]);
    // With p1 in one chain only, it is.
    room.state("p4", "alice", PL, levels(&[("alice", 100), ("bob", 3)]), &["create", "alice"]);
    assert_eq!(tried(&room, &[&["create", "alice", "p2"], &["create", "alice", "p4"]]), ["p1", "p2", "p4"]);
}

/// More sets than a word has marks, twice over: each has an event in its chain that no other has, all share one, and
/// one is in every chain but the last set's or the first set's.
#[test]
fn msc1442_the_auth_difference_of_130_sets_is_exact() {
    let mut room = room(StateResolution::V2);
    let mark = |name: &str| ("org.example.mark".to_owned(), name.to_owned());
    let send = |room: &mut Room, name: &str, auth: &[&str]| {
        let (event_type, key) = mark(name);
        room.state(name, "alice", (&event_type, &key), json!({}), auth);
    };
    for name in ["everywhere", "not_in_the_first", "not_in_the_last"] {
        send(&mut room, name, &["create", "alice"]);
    }
    let names: Vec<[String; 2]> = (0..130).map(|set| [format!("own{set}"), format!("topic{set}")]).collect();
    for (set, [own, topic]) in names.iter().enumerate() {
        send(&mut room, own, &["create", "alice"]);
        let mut auth = vec!["create", "alice", "everywhere", own];
        auth.extend((set != 0).then_some("not_in_the_first"));
        auth.extend((set != 129).then_some("not_in_the_last"));
        room.state(topic, "alice", TOPIC, json!({}), &auth);
    }
    let sets: Vec<[&str; 3]> = names.iter().map(|[_, topic]| ["create", "alice", topic]).collect();
    let sets: Vec<&[&str]> = sets.iter().map(|set| &set[..]).collect();
    let mut found = tried(&room, &sets);
    found.sort_unstable();
    let mut wanted: Vec<String> = names.into_iter().flatten().collect();
    wanted.extend(["not_in_the_first".to_owned(), "not_in_the_last".to_owned()]);
    wanted.sort_unstable();
    assert_eq!(found, wanted);
}

#[test]
fn msc4297_what_leads_down_to_no_conflicted_event_is_not_in_the_subgraph() {
    let mut room = room(StateResolution::V2_1);
    // Conflicted, and lower than all that follows.
    room.state("low", "alice", TOPIC, json!({}), &["create"]);
    room.state("p1", "alice", PL, levels(&[("alice", 100)]), &["create", "alice"]);
    room.state("p2", "alice", PL, levels(&[("alice", 100), ("bob", 1)]), &["create", "alice", "p1"]);
    room.state("p3", "alice", PL, levels(&[("alice", 100), ("bob", 2)]), &["create", "alice", "p1"]);
    let sets: [&[&str]; 2] = [&["create", "alice", "p2", "low"], &["create", "alice", "p3"]];
    assert_eq!(tried(&room, &sets), ["p2", "p3", "low"]);
}
