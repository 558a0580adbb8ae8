//! Rooms as lists of JSON values, and short ways to resolve them.

use matrix_authrules::Pdu;
use matrix_identifiers::{EventId, OwnedEventId};
use matrix_roomversion::RoomVersion;
use matrix_stateres::{EventGraph, StateSet, resolve};
use serde_json::Value;

/// A sorted state, as test data has it.
pub type Entries = Vec<(String, String, String)>;

pub fn event_id(row: &Value) -> OwnedEventId {
    row["event_id"].as_str().unwrap().parse().unwrap()
}

pub fn pdu(row: &Value, version: RoomVersion) -> Pdu {
    Pdu::parse(&row["event"].to_string(), Some(&event_id(row)), version.rules()).unwrap()
}

/// Puts rows of `{"event_id", "event", "rejected"?}` into a graph.
pub fn graph(rows: &[Value], version: RoomVersion) -> EventGraph {
    let mut graph = EventGraph::new(version.rules());
    for row in rows {
        graph.insert(&pdu(row, version)).unwrap();
        if row["rejected"] == true {
            graph.set_rejected(&event_id(row), true).unwrap();
        }
    }
    graph
}

/// Makes a state out of a list of `[type, state_key, event_id]`.
pub fn state_set(graph: &EventGraph, entries: &Value) -> StateSet {
    let text = |entry: &'_ Value, index: usize| entry[index].as_str().unwrap().to_owned();
    let entries: Entries =
        entries.as_array().unwrap().iter().map(|e| (text(e, 0), text(e, 1), text(e, 2))).collect();
    let entries = entries.iter().map(|(t, k, id)| (&**t, &**k, EventId::parse(id).unwrap()));
    graph.state_set(entries).unwrap()
}

pub fn entries(graph: &EventGraph, state: &StateSet) -> Entries {
    let owned = |(t, k, id): (&str, &str, &EventId)| (t.to_owned(), k.to_owned(), id.to_string());
    graph.entries(state).into_iter().map(owned).collect()
}

pub fn expected(entries: &Value) -> Entries {
    serde_json::from_value(entries.clone()).unwrap()
}

pub fn resolved(graph: &EventGraph, sets: &[StateSet]) -> Entries {
    entries(graph, &resolve(graph, sets).unwrap())
}

/// Lines of JSON; strings may hold U+2028, which ends no line.
pub fn lines(text: &str) -> Vec<Value> {
    text.split('\n').filter(|line| !line.is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub fn version(value: &Value) -> RoomVersion {
    value.as_str().unwrap().parse().unwrap()
}
