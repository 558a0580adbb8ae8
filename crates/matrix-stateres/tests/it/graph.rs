//! The graph: order of insertion, what is missing, limits, hostile shapes.

use matrix_authrules::Pdu;
use matrix_identifiers::EventId;
use matrix_roomversion::RoomVersion;
use matrix_stateres::{Error, EventGraph, MAX_AUTH_EVENTS, Outcome, Replay, resolve};
use serde_json::json;

use crate::builder::{PL, Room, TOPIC, id, levels, membership};

fn create(room: &Room) -> Pdu {
    room.event(
        "create",
        "alice",
        ("m.room.create", ""),
        json!({ "room_version": room.version.as_str() }),
        &[],
    )
}

fn alice(room: &Room) -> Pdu {
    room.event("alice", "alice", ("m.room.member", "@alice:alice.example"), membership("join"), &["create"])
}

#[test]
fn missing_names_what_is_needed_until_it_comes() {
    let room = Room::new(RoomVersion::V11);
    let mut graph = EventGraph::new(room.version.rules());
    graph.insert(&room.event("topic", "alice", TOPIC, json!({}), &["create", "alice"])).unwrap();
    let missing = |graph: &EventGraph| graph.missing().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(missing(&graph), ["$create", "$alice"]);
    assert_eq!(graph.state_set_of([&*id("topic")]), Err(Error::IncompleteAuthChain(id("topic"))));
    graph.insert(&alice(&room)).unwrap();
    assert_eq!(missing(&graph), ["$create"]);
    assert!(!graph.is_complete(&id("topic")));
    graph.insert(&create(&room)).unwrap();
    assert_eq!(missing(&graph), [""; 0]);
    assert!(graph.is_complete(&id("topic")));
    assert_eq!(graph.len(), 3);
}

#[test]
fn room_12_asks_for_the_create_event_that_the_room_id_names() {
    let room = Room::new(RoomVersion::V12);
    let mut graph = EventGraph::new(room.version.rules());
    graph
        .insert(&room.event(
            "alice",
            "alice",
            ("m.room.member", "@alice:alice.example"),
            membership("join"),
            &[],
        ))
        .unwrap();
    assert_eq!(graph.missing().map(EventId::as_str).collect::<Vec<_>>(), ["$create"]);
    graph.insert(&create(&room)).unwrap();
    assert_eq!(graph.missing().count(), 0);
}

#[test]
fn events_of_another_room_or_version_and_second_creates_are_refused() {
    let room = Room::new(RoomVersion::V11);
    let mut graph = EventGraph::new(RoomVersion::V10.rules());
    let error = graph.insert(&create(&room)).unwrap_err();
    assert_eq!(error, Error::WrongRoomVersion { event: id("create"), found: "11".to_owned() });

    let mut graph = EventGraph::new(room.version.rules());
    graph.insert(&create(&room)).unwrap();
    let second = room.event("second", "alice", ("m.room.create", ""), json!({}), &[]);
    assert_eq!(graph.insert(&second), Err(Error::SecondCreate { event: id("second"), first: id("create") }));
    for odd in [
        room.event("odd", "alice", ("m.room.create", "key"), json!({}), &[]),
        room.event("odd", "alice", ("m.room.create", ""), json!({}), &["create"]),
    ] {
        assert_eq!(graph.insert(&odd), Err(Error::MalformedCreate(id("odd"))));
        assert_eq!(
            EventGraph::new(room.version.rules()).insert(&odd),
            Err(Error::MalformedCreate(id("odd")))
        );
    }
    let json = r#"{"type":"m.room.topic","state_key":"","sender":"@a:b","content":{},"room_id":"!other:b"}"#;
    let other = Pdu::parse(json, Some(&id("other")), room.version.rules()).unwrap();
    assert_eq!(graph.insert(&other).unwrap_err().kind(), "wrong_room");
    let json = json.replace("room_id", "no_room_id");
    let none = Pdu::parse(&json, Some(&id("none")), room.version.rules()).unwrap();
    assert_eq!(graph.insert(&none), Err(Error::NoRoomId(id("none"))));
    assert_eq!(graph.len(), 1);
}

#[test]
fn only_the_create_event_of_a_room_12_needs_no_room_id() {
    for (version, event_type, expected) in [
        (RoomVersion::V11, "m.room.create", Err(Error::NoRoomId(id("none")))),
        (RoomVersion::V12, "m.room.topic", Err(Error::NoRoomId(id("none")))),
        (RoomVersion::V12, "m.room.create", Ok(())),
    ] {
        let json =
            json!({ "type": event_type, "state_key": "", "sender": "@a:b", "content": {} }).to_string();
        let event = Pdu::parse(&json, Some(&id("none")), version.rules()).unwrap();
        let mut graph = EventGraph::new(version.rules());
        assert!(graph.is_empty());
        assert_eq!(graph.insert(&event).map(|_| ()), expected, "{version} {event_type}");
        assert_eq!(graph.is_empty(), expected.is_err());
    }
}

#[test]
fn the_number_of_auth_events_is_limited() {
    let room = Room::new(RoomVersion::V11);
    let mut graph = EventGraph::new(room.version.rules());
    let names: Vec<String> = (0..=MAX_AUTH_EVENTS).map(|n| format!("e{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let error = graph.insert(&room.event("greedy", "alice", TOPIC, json!({}), &names)).unwrap_err();
    assert_eq!(error, Error::TooManyAuthEvents { event: id("greedy"), count: 11, limit: 10 });
    graph.insert(&room.event("modest", "alice", TOPIC, json!({}), &names[1..])).unwrap();
}

#[test]
fn cycles_are_found_and_never_complete() {
    let room = Room::new(RoomVersion::V2);
    let mut graph = EventGraph::new(room.version.rules());
    graph.insert(&room.event("one", "alice", TOPIC, json!({}), &["two"])).unwrap();
    graph.insert(&room.event("two", "alice", TOPIC, json!({}), &["one"])).unwrap();
    graph.insert(&room.event("own", "alice", TOPIC, json!({}), &["own"])).unwrap();
    graph.insert(&room.event("waits", "alice", TOPIC, json!({}), &["missing"])).unwrap();
    assert_eq!(graph.cyclic(), [&*id("one"), &*id("two"), &*id("own")]);
    assert_eq!(graph.state_set_of([&*id("one")]), Err(Error::IncompleteAuthChain(id("one"))));
}

#[test]
fn state_sets_refuse_what_is_no_state_of_their_graph() {
    let room = Room::new(RoomVersion::V11);
    let mut graph = EventGraph::new(room.version.rules());
    graph.insert(&create(&room)).unwrap();
    let other = graph.state_set_of([&*id("create")]).unwrap();
    assert_eq!(graph.state_set_of([&*id("nothing")]), Err(Error::UnknownEvent(id("nothing"))));
    let wrong = graph.state_set([("m.room.topic", "", &*id("create"))]).unwrap_err();
    assert_eq!(wrong.kind(), "wrong_state_key");
    let json = r#"{"type":"m.room.message","sender":"@a:b","content":{},"room_id":"!create"}"#;
    graph.insert(&Pdu::parse(json, Some(&id("message")), room.version.rules()).unwrap()).unwrap();
    assert_eq!(graph.state_set_of([&*id("message")]), Err(Error::NotStateEvent(id("message"))));
    let foreign = EventGraph::new(room.version.rules());
    assert_eq!(resolve(&foreign, std::slice::from_ref(&other)), Err(Error::ForeignStateSet));
    assert!(foreign.entries(&other).is_empty() && !other.is_empty());
    let empty = |graph: &EventGraph| graph.state_set([]).unwrap();
    assert!(empty(&graph) == empty(&graph) && empty(&graph).is_empty());
    assert!(empty(&graph) != empty(&foreign), "of another graph");
    assert!(resolve(&graph, &[]).unwrap().is_empty());
    assert_eq!(resolve(&graph, std::slice::from_ref(&other)).unwrap(), other);
}

#[test]
fn a_first_join_is_known_as_such_whatever_was_inserted_first() {
    for in_auth_events in [true, false] {
        let room = Room::new(RoomVersion::V10);
        let json = serde_json::json!({
            "type": "m.room.member", "state_key": "@alice:alice.example", "sender": "@alice:alice.example",
            "content": { "membership": "join" }, "room_id": "!create", "origin_server_ts": 1, "depth": 2,
            "prev_events": ["$create"], "auth_events": if in_auth_events { vec!["$create"] } else { vec![] },
        });
        let join = Pdu::parse(&json.to_string(), Some(&id("join")), room.version.rules()).unwrap();
        let create = room.event(
            "create",
            "alice",
            ("m.room.create", ""),
            json!({ "creator": "@alice:alice.example" }),
            &[],
        );
        for events in [[&create, &join], [&join, &create]] {
            let mut graph = EventGraph::new(room.version.rules());
            events.into_iter().for_each(|event| _ = graph.insert(event).unwrap());
            let before = graph.state_set_of([&*id("create")]).unwrap();
            let mut after = before.clone();
            graph.update(&mut after, &id("join")).unwrap();
            // The join is in conflict with nothing; as the first of its room it passes without an invite.
            let resolved = resolve(&graph, &[before, after]).unwrap();
            assert_eq!(resolved.len(), if in_auth_events { 2 } else { 1 });
        }
    }
}

#[test]
fn in_room_12_a_first_join_is_one_right_after_the_create_event() {
    let mut room = Room::new(RoomVersion::V12);
    room.graph.insert(&create(&room)).unwrap();
    let join = |name: &str, prev: &str| {
        let json = json!({
            "type": "m.room.member", "state_key": "@alice:alice.example", "sender": "@alice:alice.example",
            "content": { "membership": "join" }, "room_id": "!create", "origin_server_ts": 1, "depth": 2,
            "auth_events": [], "prev_events": [prev],
        });
        Pdu::parse(&json.to_string(), Some(&id(name)), RoomVersion::V12.rules()).unwrap()
    };
    for event in [join("first", "$create"), join("other", "$other_than_create"), join("third", "$first")] {
        room.graph.insert(&event).unwrap();
    }
    for (name, passes) in [("first", true), ("other", false), ("third", false)] {
        let tried = room.tried(&[&["create", name], &["create"]]);
        assert_eq!((tried.len(), tried[0].1.is_none()), (1, passes), "{tried:?}");
    }
}

/// Rule 11 of rooms 1 and 2, for redactions that are sent as state.
#[test]
fn a_redaction_that_is_state_is_tried_with_what_it_redacts() {
    let mut room = Room::new(RoomVersion::V2);
    let creator = json!({ "creator": "@alice:alice.example" });
    room.state("create", "alice", ("m.room.create", ""), creator, &[]);
    room.state("alice", "alice", ("m.room.member", "@alice:alice.example"), membership("join"), &["create"]);
    let content = json!({ "users": { "@alice:alice.example": 100 }, "state_default": 0, "redact": 50 });
    room.state("p", "alice", PL, content, &["create", "alice"]);
    room.state(
        "jr",
        "alice",
        ("m.room.join_rules", ""),
        json!({ "join_rule": "public" }),
        &["create", "alice", "p"],
    );
    room.state(
        "bob",
        "bob",
        ("m.room.member", "@bob:bob.example"),
        membership("join"),
        &["create", "p", "jr"],
    );
    for (name, redacts) in
        [("own:bob.example", "$x:bob.example"), ("foreign:bob.example", "$x:alice.example")]
    {
        let auth: Vec<_> = ["$create", "$p", "$bob"].map(|id| json!([id, {}])).into();
        let json = json!({
            "type": "m.room.redaction", "state_key": name, "sender": "@bob:bob.example", "content": {},
            "redacts": redacts, "room_id": "!create", "origin_server_ts": 9, "depth": 9,
            "auth_events": auth, "prev_events": [],
        });
        let event = Pdu::parse(&json.to_string(), Some(&id(name)), room.version.rules()).unwrap();
        room.graph.insert(&event).unwrap();
    }
    let base = ["create", "alice", "p", "jr", "bob"];
    let tried = room.tried(&[&base, &[&base[..], &["own:bob.example", "foreign:bob.example"]].concat()]);
    assert_eq!(
        tried,
        [("foreign:bob.example".to_owned(), Some("11.3")), ("own:bob.example".to_owned(), None)]
    );
}

/// Sends power levels each of which cites the one before: as deep an auth chain as there are events.
fn chain(version: RoomVersion, length: usize) -> Room {
    let mut room = Room::new(version);
    room.graph.insert(&create(&room)).unwrap();
    let first: &[&str] = if version == RoomVersion::V12 { &[] } else { &["create"] };
    let alice =
        room.event("alice", "alice", ("m.room.member", "@alice:alice.example"), membership("join"), first);
    room.graph.insert(&alice).unwrap();
    let mut before = "alice".to_owned();
    for number in 0..length {
        let name = format!("p{number}");
        let users = if version == RoomVersion::V12 { levels(&[]) } else { levels(&[("alice", 100)]) };
        let mut auth = first.to_vec();
        auth.extend(["alice", &before].into_iter().take(if number == 0 { 1 } else { 2 }));
        room.state(&name, "alice", PL, users, &auth);
        before = name;
    }
    room
}

#[test]
fn an_auth_chain_of_200_000_events_fits_a_stack_of_512_kib() {
    let resolve_deep = || {
        for version in [RoomVersion::V11, RoomVersion::V12] {
            let room = chain(version, 200_000);
            let state = room.resolve(&[&["create", "alice", "p199999"], &["create", "alice", "p0"]]);
            assert_eq!(state["m.room.power_levels|"], "p199999");
        }
    };
    std::thread::Builder::new().stack_size(512 * 1024).spawn(resolve_deep).unwrap().join().unwrap();
}

#[test]
fn a_chain_that_arrives_backwards_completes_in_one_pass() {
    let room = chain(RoomVersion::V11, 1_000);
    let mut graph = EventGraph::new(room.version.rules());
    for number in (0..50_000).rev() {
        let before = if number == 0 { "alice".to_owned() } else { format!("p{}", number - 1) };
        let content = levels(&[("alice", 100)]);
        graph
            .insert(&room.event(&format!("p{number}"), "alice", PL, content, &["create", "alice", &before]))
            .unwrap();
    }
    assert!(!graph.is_complete(&id("p49999")));
    graph.insert(&alice(&room)).unwrap();
    graph.insert(&create(&room)).unwrap();
    assert!(graph.is_complete(&id("p49999")));
}

/// A ladder: two power levels on each rung, each citing both below. Paths double with every rung.
#[test]
fn msc4297_a_ladder_of_paths_is_walked_not_enumerated() {
    let mut room = Room::new(RoomVersion::V12);
    room.graph.insert(&create(&room)).unwrap();
    let member =
        room.event("alice", "alice", ("m.room.member", "@alice:alice.example"), membership("join"), &[]);
    room.graph.insert(&member).unwrap();
    let mut below = vec!["alice".to_owned()];
    for rung in 0..2_000 {
        let auth: Vec<&str> = below.iter().map(String::as_str).collect();
        let names = [format!("l{rung}"), format!("r{rung}")];
        for name in &names {
            room.state(name, "alice", ("org.example.rung", name), json!({}), &auth);
        }
        below = names.to_vec();
    }
    room.state("low", "alice", TOPIC, json!({}), &["alice", "l0"]);
    room.state("high", "alice", TOPIC, json!({}), &["alice", "l1999", "low"]);
    let state = room.resolve(&[&["create", "alice", "high"], &["create", "alice", "low"]]);
    assert_eq!(state["m.room.topic|"], "high");
}

#[test]
fn replay_says_what_an_event_lacks() {
    let room = Room::new(RoomVersion::V2);
    let mut replay = Replay::new(room.version.rules());
    for event in [
        create(&room),
        room.event("gap", "alice", TOPIC, json!({}), &["create", "nowhere"]),
        room.event("after", "alice", TOPIC, json!({}), &["create", "gap"]),
        room.event("one", "alice", TOPIC, json!({}), &["two"]),
        room.event("two", "alice", TOPIC, json!({}), &["one"]),
        room.event("upon", "alice", TOPIC, json!({}), &["two"]),
    ] {
        replay.feed(event);
    }
    replay.run();
    let unplaced = |name: &str| match replay.outcome(&id(name)) {
        Some(Outcome::Unplaced(error)) => error,
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(unplaced("gap"), Error::MissingAuthEvent { event: id("gap"), missing: id("nowhere") });
    assert_eq!(unplaced("after"), Error::AfterUnplaced { event: id("after"), cause: id("gap") });
    assert_eq!(unplaced("one"), Error::Cycle(id("one")));
    assert_eq!(unplaced("two"), Error::Cycle(id("two")));
    assert_eq!(unplaced("upon"), Error::AfterUnplaced { event: id("upon"), cause: id("two") });
    assert_eq!(replay.outcome(&id("unheard_of")), None);
}
