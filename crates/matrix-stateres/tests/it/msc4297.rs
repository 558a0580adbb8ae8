//! The two problem rooms of MSC4297: state that version 2 loses and version 2.1 keeps.

use matrix_roomversion::{RoomVersion, RoomVersionRules, StateResolution};
use serde_json::json;

use crate::builder::{JR, PL, Room, levels, membership};

/// Room version 11 with one of the two algorithms.
fn room(algorithm: StateResolution) -> Room {
    let mut room = Room::new(RoomVersion::V11);
    let rules = RoomVersionRules { state_resolution: algorithm, ..*RoomVersion::V11.rules() };
    room.graph = matrix_stateres::EventGraph::new(&rules);
    room.state("create", "alice", ("m.room.create", ""), json!({}), &[]);
    room.state("alice", "alice", ("m.room.member", "@alice:alice.example"), membership("join"), &["create"]);
    room
}

/// Problem A: the unconflicted state refuses the events in conflict.
///
/// ```text
///   create - alice joins - p - jr1 - bob joins - jr2 - alice leaves - bob's message
///                                                 .                      |
///   what another server was told is the state:   jr1 ....................+
/// ```
///
/// Both sides agree that alice is gone; the join rules are hers.
fn problem_a(algorithm: StateResolution) -> Option<String> {
    let mut room = room(algorithm);
    room.state("p", "alice", PL, levels(&[("alice", 100)]), &["create", "alice"]);
    room.state("jr1", "alice", JR, json!({ "join_rule": "public" }), &["create", "p", "alice"]);
    let bob = ("m.room.member", "@bob:bob.example");
    room.state("bob", "bob", bob, membership("join"), &["create", "p", "jr1"]);
    room.state("jr2", "alice", JR, json!({ "join_rule": "invite" }), &["create", "p", "alice"]);
    let alice = ("m.room.member", "@alice:alice.example");
    room.state("gone", "alice", alice, membership("leave"), &["create", "p", "alice"]);
    let correct: &[&str] = &["create", "p", "bob", "gone", "jr2"];
    let outdated: &[&str] = &["create", "p", "bob", "gone", "jr1"];
    room.resolve(&[correct, outdated]).get("m.room.join_rules|").cloned()
}

#[test]
fn msc4297_problem_a_conflicting_events_survive_the_unconflicted_state() {
    assert_eq!(problem_a(StateResolution::V2), None);
    assert_eq!(problem_a(StateResolution::V2_1).as_deref(), Some("jr2"));
}

/// Problem B: the auth difference misses what lies between the events in conflict.
///
/// ```text
///   p1 (alice) <- p2 (alice promotes bob) <- p3 (bob promotes charlie) <- p4 (charlie)
///    .                                                     (cited by both sides' other state)
///   one side claims p1, the other has p3
/// ```
///
/// All of p1 to p3 stand in the auth chains of both sides, since both have the name that cites p3. So the
/// auth difference is empty, and p3, which only p2 authorizes, is tried right after p1.
fn problem_b(algorithm: StateResolution) -> String {
    let mut room = room(algorithm);
    room.state("p1", "alice", PL, levels(&[("alice", 100)]), &["create", "alice"]);
    room.state("jr", "alice", JR, json!({ "join_rule": "public" }), &["create", "p1", "alice"]);
    for name in ["bob", "charlie"] {
        let user = format!("@{name}:{name}.example");
        room.state(name, name, ("m.room.member", &user), membership("join"), &["create", "p1", "jr"]);
    }
    room.state("p2", "alice", PL, levels(&[("alice", 100), ("bob", 100)]), &["create", "p1", "alice"]);
    let all = levels(&[("alice", 100), ("bob", 100), ("charlie", 100)]);
    room.state("p3", "bob", PL, all, &["create", "p2", "bob"]);
    room.state("name", "charlie", ("m.room.name", ""), json!({}), &["create", "p3", "charlie"]);
    let correct: &[&str] = &["create", "alice", "jr", "bob", "charlie", "name", "p3"];
    let outdated: &[&str] = &["create", "alice", "jr", "bob", "charlie", "name", "p1"];
    room.resolve(&[correct, outdated])["m.room.power_levels|"].clone()
}

#[test]
fn msc4297_problem_b_what_lies_between_is_replayed() {
    assert_eq!(problem_b(StateResolution::V2), "p1");
    assert_eq!(problem_b(StateResolution::V2_1), "p3");
}
