//! Rooms on which ruma-state-res and Synapse agree.

use crate::rooms::{expected, graph, lines, resolved, state_set, version};

#[test]
fn msc1442_rooms_that_peers_agree_on_resolve_as_they_say() {
    agrees(include_str!("../data/cases.jsonl"), 33);
}

#[test]
fn version_1_rooms_resolve_as_synapse_says() {
    agrees(include_str!("../data/v1.jsonl"), 5);
}

fn agrees(text: &str, count: usize) {
    let cases = lines(text);
    assert_eq!(cases.len(), count);
    for case in &cases {
        let mut rows = case["events"].as_array().unwrap().clone();
        let version = version(&case["room_version"]);
        for _ in 0..2 {
            let graph = graph(&rows, version);
            assert_eq!(graph.missing().count(), 0);
            let mut sets: Vec<_> =
                case["state_sets"].as_array().unwrap().iter().map(|set| state_set(&graph, set)).collect();
            let wanted = expected(&case["_expected"]);
            assert_eq!(resolved(&graph, &sets), wanted, "{}", case["id"]);
            sets.reverse();
            sets.push(sets[0].clone());
            assert_eq!(resolved(&graph, &sets), wanted, "{} with sets reversed and repeated", case["id"]);
            rows.reverse();
        }
    }
}
