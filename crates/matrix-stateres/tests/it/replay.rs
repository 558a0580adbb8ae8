//! Replay: what it costs, and how it explains itself.

use matrix_authrules::Pdu;
use matrix_roomversion::RoomVersion;
use matrix_stateres::{Outcome, Replay, ResetKind};
use serde_json::{Value, json};

use crate::builder::{id, levels, membership, user};

fn event(name: &str, sender: &str, kind: (&str, &str), content: Value, prev: &[&str], auth: &[&str]) -> Pdu {
    let ids = |names: &[&str]| names.iter().map(|name| id(name).to_string()).collect::<Vec<_>>();
    let event = json!({
        "type": kind.0, "state_key": kind.1, "sender": user(sender), "content": content, "depth": 1,
        "origin_server_ts": name.bytes().map(i64::from).sum::<i64>(), "prev_events": ids(prev), "auth_events": ids(auth),
        "room_id": "!r:alice.example",
    });
    Pdu::parse(&event.to_string(), Some(&id(name)), RoomVersion::V11.rules()).unwrap()
}

fn start() -> Vec<Pdu> {
    let alice = ("m.room.member", "@alice:alice.example");
    let bob = ("m.room.member", "@bob:bob.example");
    vec![
        event("create", "alice", ("m.room.create", ""), json!({ "room_version": "11" }), &[], &[]),
        event("alice", "alice", alice, membership("join"), &["create"], &["create"]),
        event(
            "p1",
            "alice",
            ("m.room.power_levels", ""),
            levels(&[("alice", 100), ("bob", 50)]),
            &["alice"],
            &["create", "alice"],
        ),
        event(
            "jr",
            "alice",
            ("m.room.join_rules", ""),
            json!({ "join_rule": "public" }),
            &["p1"],
            &["create", "alice", "p1"],
        ),
        event("bob", "bob", bob, membership("join"), &["jr"], &["create", "p1", "jr"]),
    ]
}

/// What waits costs nothing: with a sort of all that waits for each event that comes, this would take hours.
#[test]
fn a_gap_before_50_000_events_fed_one_by_one_costs_each_of_them_once() {
    let mut replay = Replay::new(RoomVersion::V11.rules());
    let mut events = start();
    let gap = events.remove(1);
    for number in 0..50_000 {
        let before = if number == 0 { "bob".to_owned() } else { format!("m{}", number - 1) };
        let kind = ("org.example.mark", if number % 2 == 0 { "a" } else { "b" });
        events.push(event(
            &format!("m{number}"),
            "alice",
            kind,
            json!({}),
            &[&before],
            &["create", "alice", "p1"],
        ));
    }
    for event in events {
        replay.feed(event);
        replay.run();
    }
    assert!(matches!(replay.outcome(&id("m49999")), Some(Outcome::Unplaced(_))));
    assert_eq!(replay.current_state().len(), 1);
    replay.feed(gap);
    replay.run();
    assert_eq!(replay.outcome(&id("m49999")), Some(Outcome::Accepted));
    assert_eq!(replay.current_state().len(), 7);
}

/// Bob sets a topic on one branch; on another alice takes his power away first.
fn merged() -> Replay<Pdu> {
    let topic = ("m.room.topic", "");
    let mut events = start();
    events.extend([
        event("topic1", "alice", topic, json!({}), &["bob"], &["create", "alice", "p1"]),
        event("topic2", "bob", topic, json!({}), &["topic1"], &["create", "bob", "p1"]),
        event("name", "bob", ("m.room.name", ""), json!({}), &["topic2"], &["create", "bob", "p1"]),
        event(
            "p2",
            "alice",
            ("m.room.power_levels", ""),
            levels(&[("alice", 100)]),
            &["topic1"],
            &["create", "alice", "p1"],
        ),
        event("merge", "alice", ("org.example", ""), json!({}), &["name", "p2"], &["create", "alice", "p2"]),
    ]);
    let mut replay = Replay::new(RoomVersion::V11.rules());
    events.into_iter().rev().for_each(|event| replay.feed(event));
    replay.run();
    replay
}

#[test]
fn a_merge_tells_what_it_took_back_and_why() {
    let replay = merged();
    assert_eq!(replay.outcome(&id("merge")), Some(Outcome::Accepted));
    let resets = replay.state_resets(&id("merge"));
    let found: Vec<_> =
        resets.iter().map(|reset| (reset.event_type, reset.before, reset.after, reset.kind)).collect();
    assert_eq!(
        found,
        [
            ("m.room.name", "$name", None, ResetKind::Lost),
            ("m.room.topic", "$topic2", Some("$topic1"), ResetKind::Ancestor),
        ]
    );
    assert_eq!(
        resets[1].to_string(),
        "(m.room.topic, \"\") back to an ancestor: $topic2 -> $topic1: rule 7: the sender is below the level that this \
         type of event requires (sender: 0, against: 50)"
    );
    assert!(replay.state_resets(&id("bob")).is_empty() && replay.state_resets(&id("unheard_of")).is_empty());
}

#[test]
fn states_are_explained_again_as_they_were() {
    let replay = merged();
    let explained = replay.explain(&id("merge")).unwrap();
    assert_eq!(Some(&explained.state), replay.state_before(&id("merge")));
    assert!(
        explained
            .trace
            .tried(replay.graph())
            .any(|(event, verdict)| *event == *id("topic2") && verdict.is_err())
    );
    let current = replay.explain_current().unwrap();
    assert_eq!(&current.state, replay.current_state());
    assert_eq!(current.trace.tried(replay.graph()).count(), 0);
    assert!(replay.explain(&id("unheard_of")).is_none());
}

const BOB: (&str, &str) = ("m.room.member", "@bob:bob.example");
const NAME: (&str, &str) = ("m.room.name", "");
const MARK: (&str, &str) = ("org.example.mark", "");

fn fed(events: impl IntoIterator<Item = Pdu>) -> Replay<Pdu> {
    let mut replay = Replay::new(RoomVersion::V11.rules());
    events.into_iter().for_each(|event| replay.feed(event));
    replay.run();
    replay
}

fn ban() -> Pdu {
    event("zban", "alice", BOB, membership("ban"), &["bob"], &["create", "alice", "p1", "bob"])
}

#[test]
fn what_the_current_state_refuses_is_soft_failed_and_moves_nothing() {
    let mut replay = fed(start().into_iter().chain([ban()]));
    assert_eq!(replay.outcome(&id("zban")), Some(Outcome::Accepted));
    let current = replay.current_state().clone();
    // On a branch from before the ban, so that nothing but the current state speaks against it.
    replay.feed(event("late", "bob", NAME, json!({}), &["bob"], &["create", "bob", "p1"]));
    replay.run();
    assert!(
        matches!(replay.outcome(&id("late")), Some(Outcome::SoftFailed(_))),
        "{:?}",
        replay.outcome(&id("late"))
    );
    assert_eq!(replay.current_state(), &current);
    assert_eq!(replay.forward_extremities().map(|id| id.as_str()).collect::<Vec<_>>(), ["$zban"]);
    // Its state stands on its own branch, for those that build on it.
    let after = replay.state_after(&id("late")).unwrap();
    assert!(replay.graph().get(after, NAME.0, NAME.1).is_some());
}

#[test]
fn an_event_that_is_fed_again_keeps_the_outcome_of_its_turn() {
    let early = || event("early", "bob", NAME, json!({}), &["bob"], &["create", "bob", "p1"]);
    let mut replay = fed(start().into_iter().chain([early()]));
    assert_eq!(replay.outcome(&id("early")), Some(Outcome::Accepted));
    let ban = event("zban", "alice", BOB, membership("ban"), &["early"], &["create", "alice", "p1", "bob"]);
    replay.feed(ban);
    replay.run();
    let extremities =
        |replay: &Replay<Pdu>| replay.forward_extremities().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(extremities(&replay), ["$zban"]);
    replay.feed(early());
    replay.run();
    assert_eq!(replay.outcome(&id("early")), Some(Outcome::Accepted));
    assert_eq!(extremities(&replay), ["$zban"]);
}

#[test]
fn the_current_state_is_that_of_all_forward_extremities() {
    let mut replay = fed(start().into_iter().chain([
        event("name", "bob", NAME, json!({}), &["bob"], &["create", "bob", "p1"]),
        event("mark", "alice", MARK, json!({}), &["bob"], &["create", "alice", "p1"]),
    ]));
    let extremities =
        |replay: &Replay<Pdu>| replay.forward_extremities().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(extremities(&replay), ["$mark", "$name"]);
    let get = |replay: &Replay<Pdu>, (event_type, state_key): (&str, &str)| {
        replay.graph().get(replay.current_state(), event_type, state_key).map(ToString::to_string)
    };
    assert_eq!(
        (get(&replay, NAME), get(&replay, MARK)),
        (Some("$name".to_owned()), Some("$mark".to_owned()))
    );
    replay.feed(event(
        "both",
        "alice",
        ("org.example", ""),
        json!({}),
        &["name", "mark"],
        &["create", "alice", "p1"],
    ));
    replay.run();
    assert_eq!(extremities(&replay), ["$both"]);
    assert_eq!(
        (get(&replay, NAME), get(&replay, MARK)),
        (Some("$name".to_owned()), Some("$mark".to_owned()))
    );
}
