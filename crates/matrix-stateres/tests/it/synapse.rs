//! Two rooms as real servers made them.

use std::collections::{BTreeMap, BTreeSet};

use matrix_authrules::Pdu;
use matrix_identifiers::EventId;
use matrix_stateres::{Outcome, Replay, StateSet};
use proptest::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::rooms::{entries, event_id, expected, graph, lines, pdu, resolved, state_set, version};

struct Room {
    rows: Vec<Value>,
    expected: Value,
}

fn v12_main() -> Room {
    room(
        include_str!("../data/synapse/v12-main/pdus.jsonl"),
        include_str!("../data/synapse/v12-main/expected.json"),
    )
}

fn v6_pair() -> Room {
    room(
        include_str!("../data/synapse/v6-pair/pdus.jsonl"),
        include_str!("../data/synapse/v6-pair/expected.json"),
    )
}

fn room(pdus: &str, expected: &str) -> Room {
    Room { rows: lines(pdus), expected: serde_json::from_str(expected).unwrap() }
}

impl Room {
    fn home(&self) -> &Value {
        &self.expected["servers"][self.expected["home"].as_str().unwrap()]
    }

    fn events(&self) -> Vec<Pdu> {
        let version = version(&self.expected["room_version"]);
        self.rows.iter().map(|row| pdu(row, version)).collect()
    }

    fn replay(&self, events: Vec<Pdu>) -> Replay<Pdu> {
        let mut replay = Replay::new(version(&self.expected["room_version"]).rules());
        events.into_iter().for_each(|event| replay.feed(event));
        replay.run();
        replay
    }
}

fn hash(replay: &Replay<Pdu>, state: &StateSet) -> String {
    let json = matrix_canonicaljson::canonicalize(
        serde_json::to_string(&entries(replay.graph(), state)).unwrap().as_bytes(),
    )
    .unwrap()
    .into_owned();
    Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn check_states_before(room: &Room, replay: &Replay<Pdu>) {
    let known = room.home()["state_before_sha256"].as_object().unwrap();
    assert_eq!(known.len(), room.rows.len());
    for (id, wanted) in known {
        let state = replay.state_before(EventId::parse(id).unwrap()).unwrap();
        assert_eq!(hash(replay, state), wanted.as_str().unwrap(), "state before {id}");
    }
}

fn ids_with(replay: &Replay<Pdu>, wanted: impl Fn(&Outcome) -> bool) -> BTreeSet<String> {
    let outcomes = replay.outcomes().into_iter();
    outcomes.filter(|(_, outcome)| wanted(outcome)).map(|(id, _)| id.to_string()).collect()
}

#[test]
fn every_merge_resolves_as_the_servers_say() {
    for room in [v12_main(), v6_pair()] {
        let graph = graph(&room.rows, version(&room.expected["room_version"]));
        for merge in room.expected["merges"].as_array().unwrap() {
            let sets: Vec<_> =
                merge["state_sets"].as_array().unwrap().iter().map(|set| state_set(&graph, set)).collect();
            assert_eq!(resolved(&graph, &sets), expected(&merge["state_before"]), "{}", merge["event_id"]);
        }
    }
}

#[test]
fn replay_finds_the_state_before_every_event() {
    for room in [v12_main(), v6_pair()] {
        let replay = room.replay(room.events());
        check_states_before(&room, &replay);
        assert!(ids_with(&replay, |outcome| matches!(outcome, Outcome::Unplaced(_))).is_empty());
    }
}

#[test]
fn replay_ends_where_the_home_server_did() {
    for room in [v12_main(), v6_pair()] {
        let replay = room.replay(room.events());
        assert_eq!(entries(replay.graph(), replay.current_state()), expected(&room.home()["current_state"]));
        let extremities: Vec<String> = replay.forward_extremities().map(ToString::to_string).collect();
        let mut wanted: Vec<String> =
            serde_json::from_value(room.home()["forward_extremities"].clone()).unwrap();
        wanted.sort();
        assert_eq!(extremities, wanted);
    }
}

#[test]
fn the_six_forgeries_are_rejected_and_nothing_else() {
    for room in [v12_main(), v6_pair()] {
        let replay = room.replay(room.events());
        let rejected = ids_with(&replay, |outcome| matches!(outcome, Outcome::Rejected(_)));
        let by_home = room.home()["rejected"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(rejected, by_home);
        let injected = room.expected["injected"].as_object().unwrap();
        assert!(injected.keys().all(|id| rejected.contains(id)));
    }
    let room = v12_main();
    let replay = room.replay(room.events());
    let rules: BTreeMap<&str, String> = room.expected["injected"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(id, what)| match replay.outcome(EventId::parse(id).unwrap()) {
            Some(Outcome::Rejected(denied)) => (what.as_str().unwrap(), denied.rule().to_owned()),
            other => panic!("{id}: {other:?}"),
        })
        .collect();
    let wanted = [
        ("auth event of a wrong type", "3.2"),
        ("bans without power", "3.2"),
        ("cites a rejected event", "3.3"),
        ("joins somebody else", "5.3.2"),
        ("raises his own power level", "8"),
        ("sender not joined", "6"),
    ];
    assert_eq!(rules, wanted.map(|(what, rule)| (what, rule.to_owned())).into());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn the_order_in_which_pdus_arrive_changes_no_state(seed in any::<u64>()) {
        for room in [v12_main(), v6_pair()] {
            let mut events = room.events();
            let key = |event: &Pdu| {
                let id = matrix_authrules::Event::event_id(event);
                Sha256::digest(format!("{seed}{id}")).to_vec()
            };
            events.sort_by_cached_key(key);
            check_states_before(&room, &room.replay(events.clone()));
            // Fed one by one, each as soon as it is there.
            let mut replay = Replay::new(version(&room.expected["room_version"]).rules());
            for event in events {
                replay.feed(event);
                replay.run();
            }
            check_states_before(&room, &replay);
        }
    }
}

#[test]
fn rows_have_distinct_ids() {
    for room in [v12_main(), v6_pair()] {
        let ids: BTreeSet<_> = room.rows.iter().map(event_id).collect();
        assert_eq!(ids.len(), room.rows.len());
    }
}
