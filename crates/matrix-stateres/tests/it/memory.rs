//! What a graph keeps of events that have much in common.

use matrix_authrules::Pdu;
use matrix_roomversion::RoomVersion;
use serde_json::{Value, json};

use crate::builder::{JR, PL, Room, TOPIC, membership};

const EVENTS: usize = 1_000;

/// The bytes that the graph grows by for each of many events of a kind, all with this content.
fn bytes_of_each(kind: (&str, &str), content: &Value) -> i64 {
    let mut room = Room::new(RoomVersion::V11);
    room.state("create", "alice", ("m.room.create", ""), json!({}), &[]);
    room.state("alice", "alice", ("m.room.member", "@alice:alice.example"), membership("join"), &["create"]);
    room.state("first", "alice", kind, content.clone(), &["create", "alice"]);
    let event =
        |number| room.event(&format!("e{number:04}"), "alice", kind, content.clone(), &["create", "alice"]);
    let events: Vec<Pdu> = (0..EVENTS).map(event).collect();
    let graph = &mut room.graph;
    let counted = allocation_counter::measure(|| {
        for event in &events {
            assert!(graph.insert(event).is_ok());
        }
    });
    counted.bytes_current / EVENTS as i64
}

#[test]
fn contents_that_say_the_same_are_kept_once() {
    let plain = bytes_of_each(TOPIC, &json!({}));
    let join = membership("join");
    let authorised = json!({ "membership": "join", "join_authorised_via_users_server": "@bob:bob.example" });
    let users: serde_json::Map<String, Value> =
        (0..100).map(|number| (format!("@user{number}:example.org"), json!(number % 7))).collect();
    let member = ("m.room.member", "@alice:alice.example");
    let public = json!({ "join_rule": "public" });
    assert_eq!((bytes_of_each(member, &join), bytes_of_each(JR, &public)), (plain, plain));
    // What names users or tokens is hardly ever said twice, and not looked for.
    assert!(bytes_of_each(member, &authorised) > plain);
    // Power levels share the chunks in which they do not differ: 100 names and levels are 2,400 bytes at least.
    assert!(bytes_of_each(PL, &json!({ "users": users })) < plain + 800);
}
