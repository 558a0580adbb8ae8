//! Rooms written by hand: events under short names, with the auth events that are spelled out.

use std::collections::BTreeMap;

use matrix_authrules::Pdu;
use matrix_identifiers::{EventId, OwnedEventId};
use matrix_roomversion::{EventFormat, RoomVersion};
use matrix_stateres::{EventGraph, StateSet, resolve, resolve_with_trace};
use serde_json::{Value, json};

pub fn id(name: &str) -> OwnedEventId {
    format!("${name}").parse().unwrap()
}

pub struct Room {
    pub version: RoomVersion,
    pub graph: EventGraph,
    clock: i64,
}

impl Room {
    pub fn new(version: RoomVersion) -> Self {
        Self { version, graph: EventGraph::new(version.rules()), clock: 0 }
    }

    /// Sends a state event. Events are a second apart, in the order in which they are sent.
    pub fn state(&mut self, name: &str, sender: &str, kind: (&str, &str), content: Value, auth: &[&str]) {
        self.clock += 1000;
        let event = self.event(name, sender, kind, content, auth);
        self.graph.insert(&event).unwrap();
    }

    pub fn event(&self, name: &str, sender: &str, kind: (&str, &str), content: Value, auth: &[&str]) -> Pdu {
        let is_create = kind.0 == "m.room.create";
        let paired = self.version.rules().event_format == EventFormat::V1;
        let reference = |name: &&str| match id(name).to_string() {
            id if paired => json!([id, {}]),
            id => json!(id),
        };
        let ids = |names: &[&str]| names.iter().map(reference).collect::<Vec<_>>();
        let mut event = json!({
            "type": kind.0, "state_key": kind.1, "sender": user(sender), "content": content,
            "origin_server_ts": self.clock, "depth": self.clock,
            "auth_events": ids(auth), "prev_events": ids(&auth[auth.len().saturating_sub(1)..]),
            "room_id": "!create",
        });
        if is_create && self.version == RoomVersion::V12 {
            event.as_object_mut().unwrap().remove("room_id");
        }
        Pdu::parse(&event.to_string(), Some(&id(name)), self.version.rules()).unwrap()
    }

    pub fn set(&self, names: &[&str]) -> StateSet {
        let ids: Vec<OwnedEventId> = names.iter().map(|name| id(name)).collect();
        self.graph.state_set_of(ids.iter().map(|id| &**id)).unwrap()
    }

    /// Resolves sets of event names; the result as `type|state key` → name.
    pub fn resolve(&self, sets: &[&[&str]]) -> BTreeMap<String, String> {
        let sets: Vec<StateSet> = sets.iter().map(|names| self.set(names)).collect();
        let state = resolve(&self.graph, &sets).unwrap();
        let name = |id: &EventId| id.as_str()[1..].to_owned();
        self.graph.entries(&state).into_iter().map(|(t, k, id)| (format!("{t}|{k}"), name(id))).collect()
    }

    /// The names of the events that were tried, in order, with the number of the rule that refused them.
    pub fn tried(&self, sets: &[&[&str]]) -> Vec<(String, Option<&'static str>)> {
        let sets: Vec<StateSet> = sets.iter().map(|names| self.set(names)).collect();
        let trace = resolve_with_trace(&self.graph, &sets).unwrap().trace;
        let rule = |verdict: &Result<(), matrix_stateres::Denied>| verdict.as_ref().err().map(|d| d.rule());
        trace.tried(&self.graph).map(|(id, verdict)| (id.as_str()[1..].to_owned(), rule(verdict))).collect()
    }
}

pub fn user(name: &str) -> String {
    format!("@{name}:{name}.example")
}

pub fn levels(users: &[(&str, i64)]) -> Value {
    let users: BTreeMap<String, i64> = users.iter().map(|(name, level)| (user(name), *level)).collect();
    json!({ "users": users })
}

pub fn membership(word: &str) -> Value {
    json!({ "membership": word })
}

pub const PL: (&str, &str) = ("m.room.power_levels", "");
pub const JR: (&str, &str) = ("m.room.join_rules", "");
pub const TOPIC: (&str, &str) = ("m.room.topic", "");
