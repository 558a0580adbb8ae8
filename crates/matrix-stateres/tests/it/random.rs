//! Random rooms: our resolution is that of the literal algorithm, and no order changes it.

use std::collections::BTreeMap;

use matrix_authrules::{Event, Pdu, auth_types, check, verify_signed};
use matrix_identifiers::EventId;
use matrix_roomversion::{EventFormat, RoomVersion};
use matrix_stateres::{EventGraph, StateSet, resolve};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::reference::{Reference, State};

pub const USERS: usize = 5;

/// A step of a random room: which branch, whose, what, and how much.
pub type Step = (usize, usize, u8, usize, i64);

pub struct Random {
    pub version: RoomVersion,
    pub events: BTreeMap<String, Pdu>,
    pub branches: Vec<State>,
    /// States that some branch once had: what a server might be told by mistake.
    pub past: Vec<State>,
}

fn user(number: usize) -> String {
    format!("@u{}:s{}.example", number % USERS, number % 2)
}

impl Random {
    pub fn new(version: RoomVersion, branches: usize, steps: &[Step]) -> Self {
        let mut room =
            Self { version, events: BTreeMap::new(), branches: vec![State::new(); 1], past: Vec::new() };
        let creator = user(0);
        room.send(
            0,
            0,
            ("m.room.create", ""),
            json!({ "creator": creator, "room_version": version.as_str() }),
            0,
        );
        room.send(0, 0, ("m.room.member", &creator), json!({ "membership": "join" }), 1);
        let users = if version == RoomVersion::V12 { json!({}) } else { json!({ creator: 100 }) };
        room.send(0, 0, ("m.room.power_levels", ""), json!({ "users": users, "users_default": 50 }), 2);
        room.send(0, 0, ("m.room.join_rules", ""), json!({ "join_rule": "public" }), 3);
        for number in 1..USERS {
            room.send(0, number, ("m.room.member", &user(number)), json!({ "membership": "join" }), 4);
        }
        room.branches = vec![room.branches[0].clone(); branches];
        for (branch, sender, what, target, value) in steps {
            room.step(branch % branches, *sender, *what, *target, *value);
        }
        room
    }

    pub fn step(&mut self, branch: usize, sender: usize, what: u8, target: usize, value: i64) {
        let (own, other) = (user(sender), user(target));
        let member = |word: &str| json!({ "membership": word });
        match what % 8 {
            0 => self.send(branch, sender, ("m.room.member", &own), member("join"), value),
            1 => self.send(branch, sender, ("m.room.member", &own), member("leave"), value),
            2 => self.send(branch, sender, ("m.room.member", &other), member("leave"), value),
            3 => self.send(branch, sender, ("m.room.member", &other), member("ban"), value),
            4 => {
                let mut users: BTreeMap<String, i64> =
                    (0..USERS).map(|n| (user(n), (value + n as i64 * 37) % 101)).collect();
                users.insert(user(0), 100);
                if self.version == RoomVersion::V12 {
                    users.remove(&user(0));
                }
                self.send(branch, sender, ("m.room.power_levels", ""), json!({ "users": users }), value);
            }
            5 => {
                let rule = if value % 2 == 0 { "public" } else { "invite" };
                self.send(branch, sender, ("m.room.join_rules", ""), json!({ "join_rule": rule }), value);
            }
            6 => self.send(branch, sender, ("m.room.topic", ""), json!({ "topic": value }), value),
            _ => self.send(branch, sender, ("m.room.member", &other), member("invite"), value),
        }
    }

    /// Sends an event on a branch if the branch's state allows it; its auth events are those of that state.
    fn send(&mut self, branch: usize, sender: usize, kind: (&str, &str), content: Value, ts: i64) {
        let rules = self.version.rules();
        let name = format!("$e{}", self.events.len());
        let mut event = json!({
            "type": kind.0, "state_key": kind.1, "sender": user(sender), "content": content, "room_id": "!e0:s0.example",
            "origin_server_ts": ts, "depth": self.events.len(), "prev_events": [], "auth_events": [],
        });
        if self.version == RoomVersion::V12 {
            event["room_id"] = json!("!e0");
            if kind.0 == "m.room.create" {
                event.as_object_mut().unwrap().remove("room_id");
            }
        }
        if self.events.len() == 1 {
            event["prev_events"] = json!([if rules.event_format == EventFormat::V1 {
                json!(["$e0", {}])
            } else {
                json!("$e0")
            }]);
        }
        let parse = |event: &Value| {
            Pdu::parse(&event.to_string(), Some(EventId::parse(&name).unwrap()), rules).unwrap()
        };
        let state = self.branches[branch].clone();
        let types = auth_types(&parse(&event), &rules.authorization);
        let cited = types
            .iter()
            .filter_map(|(t, k)| state.get(&((*t).to_owned(), AsRef::<str>::as_ref(k).to_owned())));
        let paired = rules.event_format == EventFormat::V1;
        let reference = |id: &String| if paired { json!([id, {}]) } else { json!(id) };
        event["auth_events"] = cited.map(reference).collect();
        let event = parse(&event);
        let present: Vec<Pdu> = state.values().map(|id| self.events[id].clone()).collect();
        let relaxed =
            |error: matrix_authrules::Denied| error.rule() == "2" && self.version == RoomVersion::V12;
        if kind.0 != "m.room.create"
            && check(&event, rules, &present, |_| false, verify_signed).is_err_and(|e| !relaxed(e))
        {
            return;
        }
        self.past.push(state);
        self.branches[branch].insert((kind.0.to_owned(), kind.1.to_owned()), name.clone());
        self.events.insert(name, event);
    }

    pub fn graph(&self, reverse: bool) -> EventGraph {
        let mut graph = EventGraph::new(self.version.rules());
        let mut events: Vec<&Pdu> = self.events.values().collect();
        if reverse {
            events.reverse();
        }
        events.into_iter().for_each(|event| _ = graph.insert(event).unwrap());
        graph
    }

    pub fn sets(&self, past: &[usize]) -> Vec<State> {
        let past = past.iter().map(|index| self.past[index % self.past.len()].clone());
        self.branches.iter().cloned().chain(past.filter(|state| state.len() > 3)).collect()
    }
}

pub fn state_sets(graph: &EventGraph, sets: &[State]) -> Vec<StateSet> {
    let set = |set: &State| graph.state_set_of(set.values().map(|id| EventId::parse(id).unwrap())).unwrap();
    sets.iter().map(set).collect()
}

fn ours(graph: &EventGraph, sets: &[State]) -> State {
    let sets = state_sets(graph, sets);
    let state = resolve(graph, &sets).unwrap();
    let owned = |(t, k, id): (&str, &str, &EventId)| ((t.to_owned(), k.to_owned()), id.to_string());
    graph.entries(&state).into_iter().map(owned).collect()
}

pub fn versions() -> impl Strategy<Value = RoomVersion> {
    prop_oneof![
        Just(RoomVersion::V2),
        Just(RoomVersion::V6),
        Just(RoomVersion::V10),
        Just(RoomVersion::V11),
        Just(RoomVersion::V12)
    ]
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((0..4usize, 0..USERS, any::<u8>(), 0..USERS, 0..60i64), 5..70)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn msc1442_msc4297_resolution_is_that_of_the_literal_algorithm(
        version in versions(), branches in 2..4usize, steps in steps(), past in prop::collection::vec(any::<usize>(), 0..3),
    ) {
        let room = Random::new(version, branches, &steps);
        let sets = room.sets(&past);
        let wanted = Reference { rules: version.rules(), events: &room.events }.resolve(&sets);
        prop_assert_eq!(ours(&room.graph(false), &sets), wanted);
    }

    #[test]
    fn no_order_and_no_repetition_changes_a_resolution(
        version in versions(), branches in 2..5usize, steps in steps(), past in prop::collection::vec(any::<usize>(), 0..3), turn in any::<usize>(),
    ) {
        let room = Random::new(version, branches, &steps);
        let mut sets = room.sets(&past);
        let resolved = ours(&room.graph(false), &sets);
        let count = sets.len();
        sets.rotate_left(turn % count);
        sets.push(sets[turn % count].clone());
        prop_assert_eq!(&ours(&room.graph(true), &sets), &resolved);
        sets.reverse();
        prop_assert_eq!(&ours(&room.graph(false), &sets), &resolved);
        prop_assert_eq!(&ours(&room.graph(false), &sets[..1]), &sets[0]);
    }
}

#[test]
fn random_rooms_have_conflicts_worth_resolving() {
    let steps: Vec<Step> =
        (0..60).map(|n: usize| (n, n * 7, (n * 13 % 251) as u8, n * 3, n as i64)).collect();
    let room = Random::new(RoomVersion::V11, 3, &steps);
    assert!(room.events.len() > 20, "{} events", room.events.len());
    assert!(room.branches[0] != room.branches[1] && room.branches[1] != room.branches[2]);
    assert!(room.events.values().any(|event| event.auth_events().count() > 3));
}
