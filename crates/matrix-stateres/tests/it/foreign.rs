//! An event type of somebody else's, with its content as `serde_json` leaves it.

use matrix_authrules::Pdu;
use matrix_identifiers::{EventId, OwnedEventId, OwnedRoomId, OwnedUserId, RoomId, UserId};
use matrix_roomversion::RoomVersion;
use matrix_stateres::{Event, EventGraph, resolve};
use serde_json::value::RawValue;

use crate::rooms::entries;

/// A row of some server's database: nothing in it is of these crates but the identifiers.
struct Row {
    id: OwnedEventId,
    room: OwnedRoomId,
    sender: OwnedUserId,
    kind: String,
    state_key: Option<String>,
    content: Box<RawValue>,
    sent_at: i64,
    parents: Vec<OwnedEventId>,
    auth: Vec<OwnedEventId>,
}

impl Event for Row {
    fn event_id(&self) -> &EventId {
        &self.id
    }
    fn room_id(&self) -> Option<&RoomId> {
        Some(&self.room)
    }
    fn sender(&self) -> &UserId {
        &self.sender
    }
    fn event_type(&self) -> &str {
        &self.kind
    }
    fn state_key(&self) -> Option<&str> {
        self.state_key.as_deref()
    }
    fn content(&self) -> &str {
        self.content.get()
    }
    fn origin_server_ts(&self) -> i64 {
        self.sent_at
    }
    fn depth(&self) -> i64 {
        0
    }
    fn prev_events(&self) -> impl Iterator<Item = &EventId> {
        self.parents.iter().map(|id| &**id)
    }
    fn auth_events(&self) -> impl Iterator<Item = &EventId> {
        self.auth.iter().map(|id| &**id)
    }
    fn redacts(&self) -> Option<&EventId> {
        None
    }
}

fn row(id: &str, kind: &str, state_key: &str, content: &str, auth: &[&str]) -> Row {
    let ids = |ids: &[&str]| ids.iter().map(|id| id.parse().unwrap()).collect::<Vec<OwnedEventId>>();
    Row {
        id: id.parse().unwrap(),
        room: "!room:a.example".parse().unwrap(),
        sender: "@alice:a.example".parse().unwrap(),
        kind: kind.to_owned(),
        state_key: Some(state_key.to_owned()),
        content: RawValue::from_string(content.to_owned()).unwrap(),
        sent_at: i64::from(id.as_bytes()[1]),
        parents: ids(&auth[auth.len().saturating_sub(1)..]),
        auth: ids(auth),
    }
}

/// The same event as this project's own type reads it.
fn pdu(row: &Row) -> Pdu {
    let json = serde_json::json!({
        "type": row.kind, "state_key": row.state_key, "sender": row.sender.as_str(), "room_id": row.room.as_str(),
        "content": row.content, "origin_server_ts": row.sent_at, "depth": 0,
        "prev_events": row.parents.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
        "auth_events": row.auth.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
    });
    Pdu::parse(&json.to_string(), Some(&row.id), RoomVersion::V11.rules()).unwrap()
}

#[test]
fn a_foreign_event_with_raw_content_is_resolved_like_our_own() {
    let rows = [
        row("$a", "m.room.create", "", r#"{ "room_version": "11" }"#, &[]),
        row("$b", "m.room.member", "@alice:a.example", r#"{"membership":"join"}"#, &["$a"]),
        row("$c", "m.room.power_levels", "", r#"{"users": {"@alice:a.example": 100}}"#, &["$a", "$b"]),
        row("$d", "m.room.topic", "", r#"{"topic": "one"}"#, &["$a", "$b", "$c"]),
        row("$e", "m.room.topic", "", r#"{"topic": "two"}"#, &["$a", "$b", "$c"]),
    ];
    let resolved = |graph: &EventGraph| {
        let set = |ids: [&str; 4]| graph.state_set_of(ids.map(|id| EventId::parse(id).unwrap())).unwrap();
        entries(
            graph,
            &resolve(graph, &[set(["$a", "$b", "$c", "$d"]), set(["$a", "$b", "$c", "$e"])]).unwrap(),
        )
    };
    let (mut foreign, mut own) =
        (EventGraph::new(RoomVersion::V11.rules()), EventGraph::new(RoomVersion::V11.rules()));
    for row in &rows {
        foreign.insert(row).unwrap();
        own.insert(&pdu(row)).unwrap();
    }
    assert_eq!(resolved(&foreign), resolved(&own));
    assert!(resolved(&foreign).contains(&("m.room.topic".to_owned(), String::new(), "$e".to_owned())));
}
