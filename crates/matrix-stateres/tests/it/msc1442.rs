//! The two worked examples of MSC1442, and its definitions one by one.

use matrix_roomversion::RoomVersion;
use serde_json::json;

use crate::builder::{JR, PL, Room, TOPIC, levels, membership};

/// A room that alice made and bob is in, where bob may set the topic.
fn room(version: RoomVersion) -> Room {
    let mut room = Room::new(version);
    let content = json!({ "creator": "@alice:alice.example", "room_version": version.as_str() });
    room.state("create", "alice", ("m.room.create", ""), content, &[]);
    room.state("alice", "alice", ("m.room.member", "@alice:alice.example"), membership("join"), &["create"]);
    room.state("p1", "alice", PL, levels(&[("alice", 100), ("bob", 50)]), &["create", "alice"]);
    room.state("jr", "alice", JR, json!({ "join_rule": "public" }), &["create", "p1", "alice"]);
    room.state(
        "bob",
        "bob",
        ("m.room.member", "@bob:bob.example"),
        membership("join"),
        &["create", "p1", "jr"],
    );
    room
}

const BASE: [&str; 4] = ["create", "alice", "jr", "bob"];

fn with<'a>(names: &[&'a str]) -> Vec<&'a str> {
    BASE.into_iter().chain(names.iter().copied()).collect()
}

/// "Example 1 - Mainline": time flows down; alice's events left, bob's right.
///
/// ```text
///              p1
///            topic 1
///           /       \
///     p2 (alice:    p3 (bob)
///     bob loses)     |
///     topic 2       topic 3       topic 2 cites p1 still, topic 3 cites p3
///           \       /
///           message 2
///           /       \
///       topic 2    topic 4 (cites p2)
///           \       /
///           message 3
/// ```
fn example_1() -> Room {
    let mut room = room(RoomVersion::V2);
    room.state("topic1", "alice", TOPIC, json!({ "topic": "1" }), &["create", "p1", "alice"]);
    room.state("topic2", "alice", TOPIC, json!({ "topic": "2" }), &["create", "p1", "alice"]);
    room.state("p2", "alice", PL, levels(&[("alice", 100), ("bob", 0)]), &["create", "p1", "alice"]);
    room.state(
        "p3",
        "bob",
        PL,
        levels(&[("alice", 100), ("bob", 50), ("eve", 10)]),
        &["create", "p1", "bob"],
    );
    room.state("topic3", "bob", TOPIC, json!({ "topic": "3" }), &["create", "p3", "bob"]);
    room.state("topic4", "alice", TOPIC, json!({ "topic": "4" }), &["create", "p2", "alice"]);
    room
}

#[test]
fn msc1442_example_1_message_2_keeps_p2_and_topic_2() {
    let room = example_1();
    let (left, right) = (with(&["p2", "topic2"]), with(&["p3", "topic3"]));
    let state = room.resolve(&[&left, &right]);
    assert_eq!(state["m.room.power_levels|"], "p2");
    assert_eq!(state["m.room.topic|"], "topic2");
    let tried = room.tried(&[&left, &right]);
    let wanted = [("p2", None), ("p3", Some("8")), ("topic2", None), ("topic3", Some("8"))];
    assert_eq!(tried, wanted.map(|(name, rule)| (name.to_owned(), rule)));
}

#[test]
fn msc1442_example_1_message_3_takes_topic_4() {
    let room = example_1();
    let (left, right) = (with(&["p2", "topic2"]), with(&["p2", "topic4"]));
    assert_eq!(room.resolve(&[&left, &right])["m.room.topic|"], "topic4");
    // No power event is in conflict, and topic 4 belongs to the later epoch.
    assert_eq!(room.tried(&[&left, &right]), [("topic2".to_owned(), None), ("topic4".to_owned(), None)]);
}

#[test]
fn msc1442_mainline_orders_by_epoch_before_timestamp() {
    let mut room = room(RoomVersion::V2);
    room.state("p2", "alice", PL, levels(&[("alice", 100), ("bob", 60)]), &["create", "p1", "alice"]);
    room.state("late_epoch", "alice", TOPIC, json!({}), &["create", "p2", "alice"]);
    room.state("early_epoch", "alice", TOPIC, json!({}), &["create", "p1", "alice"]);
    let sets = [with(&["p2", "late_epoch"]), with(&["p2", "early_epoch"])];
    assert_eq!(room.resolve(&[&sets[0], &sets[1]])["m.room.topic|"], "late_epoch");
}

#[test]
fn msc1442_an_event_without_a_mainline_ancestor_comes_first() {
    let mut room = room(RoomVersion::V2);
    room.state("cited", "alice", TOPIC, json!({}), &["create", "p1", "alice"]);
    room.state("uncited", "alice", TOPIC, json!({}), &["create", "alice"]);
    let sets = [with(&["p1", "cited"]), with(&["p1", "uncited"])];
    let order: Vec<String> = room.tried(&[&sets[0], &sets[1]]).into_iter().map(|(name, _)| name).collect();
    assert_eq!(order, ["uncited", "cited"]);
}

/// "Example 2 - Rejected Events": d is rejected where it is sent, since the state has p2, in which bob has no
/// power; it cites p1, in which he has, and passes against that.
///
/// ```text
///        p1
///       /  \
///     p2    e (alice: bob has power again, cites p2)
///     |     |
///     d     |     d: bob's topic, cites p1; rejected against the state
///      \   /
///        f
/// ```
#[test]
fn msc1442_example_2_a_rejected_event_is_resolved_in() {
    let mut room = room(RoomVersion::V2);
    room.state("a", "alice", TOPIC, json!({ "topic": "a" }), &["create", "p1", "alice"]);
    room.state("p2", "alice", PL, levels(&[("alice", 100), ("bob", 0)]), &["create", "p1", "alice"]);
    room.state("d", "bob", TOPIC, json!({ "topic": "d" }), &["create", "p1", "bob"]);
    room.state("e", "alice", PL, levels(&[("alice", 100), ("bob", 50)]), &["create", "p2", "alice"]);
    room.graph.set_rejected(&crate::builder::id("d"), true).unwrap();
    let (left, right) = (with(&["p2", "d"]), with(&["e", "a"]));
    let state = room.resolve(&[&left, &right]);
    assert_eq!(state["m.room.power_levels|"], "e");
    assert_eq!(state["m.room.topic|"], "d");
}

#[test]
fn msc1442_a_rejected_auth_event_authorizes_nothing() {
    let mut room = room(RoomVersion::V2);
    let carol = ("m.room.member", "@carol:carol.example");
    room.state("carol", "carol", carol, membership("join"), &["create", "p1", "jr"]);
    let levels = levels(&[("alice", 100), ("carol", 50)]);
    room.state("p2", "alice", PL, levels, &["create", "p1", "alice"]);
    // The name keeps carol's join in both auth chains, so that it is not tried again itself.
    room.state("name", "carol", ("m.room.name", ""), json!({}), &["create", "p2", "carol"]);
    room.state("by_carol", "carol", TOPIC, json!({}), &["create", "p2", "carol"]);
    let sets = [with(&["p2", "name"]), with(&["p2", "name", "by_carol"])];
    assert_eq!(
        room.resolve(&[&sets[0], &sets[1]]).get("m.room.topic|").map(String::as_str),
        Some("by_carol")
    );
    room.graph.set_rejected(&crate::builder::id("carol"), true).unwrap();
    assert_eq!(room.resolve(&[&sets[0], &sets[1]]).get("m.room.topic|"), None);
}

#[test]
fn msc1442_a_key_that_one_set_lacks_is_conflicted_from_version_2_on() {
    for (version, kept) in [(RoomVersion::V1, true), (RoomVersion::V2, false)] {
        let mut room = room(version);
        room.state("p2", "alice", PL, levels(&[("alice", 100), ("bob", 0)]), &["create", "p1", "alice"]);
        room.state("by_bob", "bob", TOPIC, json!({}), &["create", "p1", "bob"]);
        // Bob may no longer set the topic: only where there is no conflict does nobody ask.
        let sets = [with(&["p2"]), with(&["p2", "by_bob"])];
        let state = room.resolve(&[&sets[0], &sets[1]]);
        assert_eq!(state.contains_key("m.room.topic|"), kept, "version {version}");
    }
}

#[test]
fn a_ban_beats_what_the_banned_user_did_on_another_branch() {
    let mut room = room(RoomVersion::V2);
    let bob = ("m.room.member", "@bob:bob.example");
    room.state("ban", "alice", bob, membership("ban"), &["create", "p1", "alice", "bob"]);
    room.state("by_bob", "bob", TOPIC, json!({}), &["create", "p1", "bob"]);
    let state = room.resolve(&[&["create", "alice", "jr", "p1", "ban"], &with(&["p1", "by_bob"])]);
    assert_eq!(state["m.room.member|@bob:bob.example"], "ban");
    assert_eq!(state.get("m.room.topic|"), None);
}
