//! A resolution's account of itself: words, pictures, JSON, and what it took back.

use matrix_roomversion::RoomVersion;
use matrix_stateres::{
    Error, EventGraph, Loss, Phase, ResetKind, Resolution, Source, StateSet, resolve, resolve_with_trace,
    state_resets,
};
use proptest::prelude::*;
use serde_json::json;

use crate::{
    builder::{JR, PL, Room, TOPIC, id, levels, membership},
    random::{Random, state_sets, steps, versions},
};

const LEFT: [&str; 7] = ["create", "alice", "jr", "bob", "p2", "topic1", "name"];
const RIGHT: [&str; 7] = ["create", "alice", "jr", "bob", "p3", "topic3", "name"];

/// Alice takes bob's power away while bob gives some to carol and sets the topic.
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
    room.state("name", "alice", ("m.room.name", ""), json!({}), &["create", "p1", "alice"]);
    room.state("topic1", "alice", TOPIC, json!({}), &["create", "p1", "alice"]);
    room.state("p2", "alice", PL, levels(&[("alice", 100), ("bob", 0)]), &["create", "p1", "alice"]);
    room.state(
        "p3",
        "bob",
        PL,
        levels(&[("alice", 100), ("bob", 50), ("carol", 10)]),
        &["create", "p1", "bob"],
    );
    room.state("topic3", "bob", TOPIC, json!({}), &["create", "p3", "bob"]);
    room
}

fn resolved(room: &Room) -> Resolution {
    resolve_with_trace(&room.graph, &[room.set(&LEFT), room.set(&RIGHT)]).unwrap()
}

#[test]
fn a_report_tells_places_verdicts_rules_and_what_was_checked_against() {
    let room = room(RoomVersion::V11);
    let resolution = resolved(&room);
    let report = resolution.trace.report(&room.graph);
    let tried: Vec<_> = report
        .tried
        .iter()
        .map(|tried| {
            (tried.place, tried.event_id, tried.phase, tried.denied.as_ref().map(|denial| denial.rule))
        })
        .collect();
    assert_eq!(
        tried,
        [
            (0, "$p2", Phase::PowerEvents, None),
            (1, "$p3", Phase::PowerEvents, Some("7")),
            (2, "$topic1", Phase::Mainline { epoch: 1 }, None),
            (3, "$topic3", Phase::Mainline { epoch: 1 }, Some("7")),
        ]
    );
    let against = |place: usize| -> Vec<_> {
        report.tried[place].against.iter().map(|event| (event.event_id, event.source)).collect()
    };
    let unconflicted = |id| (id, Source::Unconflicted);
    assert_eq!(against(0), [unconflicted("$create"), unconflicted("$alice"), ("$p1", Source::AuthEvents)]);
    assert_eq!(against(3), [unconflicted("$create"), unconflicted("$bob"), ("$p2", Source::Resolved)]);
    assert_eq!((report.tried[3].event_type, report.tried[3].state_key), ("m.room.topic", ""));
    assert_eq!(
        (report.tried[3].against[1].event_type, report.tried[3].against[1].state_key),
        ("m.room.member", "@bob:bob.example")
    );
}

#[test]
fn a_report_tells_for_every_key_what_won_over_what_and_why() {
    let room = room(RoomVersion::V11);
    let resolution = resolved(&room);
    let keys = resolution.trace.report(&room.graph).keys;
    let winners: Vec<_> = keys.iter().map(|key| (key.event_type, key.is_conflicted, key.winner)).collect();
    assert_eq!(
        winners,
        [("m.room.power_levels", true, Some("$p2")), ("m.room.topic", true, Some("$topic1"))]
    );
    assert_eq!(keys[0].losers[0].event_id, "$p3");
    assert!(matches!(&keys[0].losers[0].loss, Loss::Rule(denial) if denial.rule == "7"));

    // By order: two topics that both pass.
    let mut room = room;
    room.state("topic2", "alice", TOPIC, json!({}), &["create", "p1", "alice"]);
    let sets = [room.set(&LEFT), room.set(&["create", "alice", "jr", "bob", "p2", "topic2", "name"])];
    let keys = resolve_with_trace(&room.graph, &sets).unwrap().trace;
    let keys = keys.report(&room.graph).keys;
    assert_eq!((keys[0].winner, &keys[0].losers[0].loss), (Some("$topic2"), &Loss::Order));
    // By what is unconflicted: p1 is in one auth chain only, passes, and is laid over.
    let sets =
        [room.set(&["create", "alice", "jr", "p2"]), room.set(&["create", "alice", "jr", "p2", "bob"])];
    let keys = resolve_with_trace(&room.graph, &sets).unwrap().trace;
    assert!(keys.report(&room.graph).keys.iter().all(|key| key.event_type == "m.room.member"));
}

#[test]
fn what_the_states_agree_on_is_laid_over_what_passes() {
    let mut room = room(RoomVersion::V11);
    // A name of long ago authorizes, against all custom, an event of one state only.
    room.state("name0", "alice", ("m.room.name", ""), json!({}), &["create", "p1", "alice"]);
    room.state("odd", "alice", ("org.example", ""), json!({}), &["create", "p2", "alice", "name0"]);
    let sets = [room.set(&LEFT), room.set(&[&LEFT[..], &["odd"]].concat())];
    let resolution = resolve_with_trace(&room.graph, &sets).unwrap();
    let keys = resolution.trace.report(&room.graph).keys;
    let name = keys.iter().find(|key| key.event_type == "m.room.name").unwrap();
    assert_eq!((name.winner, name.is_conflicted), (Some("$name"), false));
    assert_eq!((name.losers[0].event_id, &name.losers[0].loss), ("$name0", &Loss::Unconflicted));
}

#[test]
fn an_auth_event_that_is_no_state_contends_for_no_key() {
    let mut room = room(RoomVersion::V11);
    let json = json!({ "type": "m.room.name", "sender": "@alice:alice.example", "content": {}, "room_id": "!create",
        "auth_events": ["$create", "$p1", "$alice"], "origin_server_ts": 1, "depth": 1 });
    let message = matrix_authrules::Pdu::parse(&json.to_string(), Some(&id("message")), room.version.rules());
    room.graph.insert(&message.unwrap()).unwrap();
    room.state("odd", "alice", ("org.example", ""), json!({}), &["create", "p2", "alice", "message"]);
    let sets = [room.set(&LEFT), room.set(&[&LEFT[..], &["odd"]].concat())];
    let resolution = resolve_with_trace(&room.graph, &sets).unwrap();
    let report = resolution.trace.report(&room.graph);
    assert!(report.tried.iter().any(|tried| tried.event_id == "$message"));
    assert_eq!(report.keys.iter().map(|key| key.event_type).collect::<Vec<_>>(), ["org.example"]);
}

#[test]
fn a_report_is_a_table_for_a_terminal() {
    let room = room(RoomVersion::V11);
    let table = resolved(&room).trace.report(&room.graph).to_string();
    let lines: Vec<&str> = table.lines().collect();
    assert!(
        lines[0].starts_with("place  event    type                 state key  when        verdict"),
        "{table}"
    );
    assert!(lines[2].contains("$p3") && lines[2].contains("rule 7: the sender is below"), "{table}");
    assert!(lines[4].ends_with("$create (unconflicted) $bob (unconflicted) $p2"), "{table}");
    assert!(lines[7].starts_with("m.room.power_levels             $p2      stands"), "{table}");
    assert!(lines.iter().all(|line| !line.ends_with(' ')), "{table}");
}

#[test]
fn a_table_holds_no_control_characters() {
    let mut room = room(RoomVersion::V11);
    let nasty = "\u{1b}[2J\r\u{9b}x";
    room.state("nasty", "alice", ("org.example", nasty), json!({}), &["create", "p1", "alice"]);
    let sets = [room.set(&LEFT), room.set(&[&LEFT[..], &["nasty"]].concat())];
    let resolution = resolve_with_trace(&room.graph, &sets).unwrap();
    let table = resolution.trace.report(&room.graph).to_string();
    assert!(table.contains("\\u{1b}[2J\\r\\u{9b}x"), "{table}");
    assert!(!table.chars().any(|character| character.is_control() && character != '\n'));
    let dot = resolution.trace.dot(&room.graph);
    assert!(!dot.chars().any(|character| character.is_control() && character != '\n'), "{dot}");
}

#[test]
fn a_picture_shows_verdicts_by_colour_and_marks_the_mainline() {
    let mut room = room(RoomVersion::V11);
    room.graph.set_rejected(&id("topic3"), true).unwrap();
    let dot = resolved(&room).trace.dot(&room.graph);
    for line in [
        "digraph resolution {",
        r#"  "$p2" [label="$p2\nm.room.power_levels ", fillcolor=palegreen, peripheries=2];"#,
        r#"  "$topic1" [label="$topic1\nm.room.topic ", fillcolor=palegreen, peripheries=1];"#,
        r#"  "$p1" [label="$p1\nm.room.power_levels ", fillcolor=lightgrey, peripheries=2];"#,
        r#"  "$p2" -> "$p1";"#,
        r#"  "$topic3" -> "$p3";"#,
        "}",
    ] {
        assert!(dot.lines().any(|known| known == line), "{line} not in {dot}");
    }
    let red = dot.lines().find(|line| line.starts_with("  \"$topic3\" [")).unwrap();
    assert!(
        red.contains("\\nrule 7: ")
            && red.contains("fillcolor=salmon")
            && red.contains("rejected on receipt"),
        "{red}"
    );
    assert!(!dot.contains("$jr") && !dot.contains("$create"), "only the conflicted part is drawn: {dot}");
    // One that passed and lost, and quotes.
    room.state("topic2", "alice", TOPIC, json!({}), &["create", "p1", "alice"]);
    room.state("quoted", "alice", ("a\"b\\", ""), json!({}), &["create", "p1", "alice"]);
    let sets =
        [room.set(&LEFT), room.set(&["create", "alice", "jr", "bob", "p2", "topic2", "name", "quoted"])];
    let dot = resolve_with_trace(&room.graph, &sets).unwrap().trace.dot(&room.graph);
    assert!(
        dot.lines().any(|line| line.contains("\"$topic1\" [") && line.contains("fillcolor=khaki")),
        "{dot}"
    );
    assert!(dot.contains(r#"label="$quoted\na\"b\\ ""#), "{dot}");
}

#[test]
fn version_1_tells_what_it_tried_and_what_it_did_not() {
    let mut room = room(RoomVersion::V1);
    room.state("topic4", "alice", TOPIC, json!({}), &["create", "p2", "alice"]);
    let sets = [
        room.set(&LEFT),
        room.set(&RIGHT),
        room.set(&["create", "alice", "jr", "bob", "p2", "topic4", "name"]),
    ];
    let resolution = resolve_with_trace(&room.graph, &sets).unwrap();
    let report = resolution.trace.report(&room.graph);
    assert!(report.tried.iter().all(|tried| tried.phase == Phase::Version1));
    let topic = report.keys.iter().find(|key| key.event_type == "m.room.topic").unwrap();
    assert_eq!(topic.winner, Some("$topic4"));
    assert_eq!(
        topic.losers.iter().map(|loser| (loser.event_id, &loser.loss)).collect::<Vec<_>>(),
        [("$topic1", &Loss::Order), ("$topic3", &Loss::Order)]
    );
    let power = report.keys.iter().find(|key| key.event_type == "m.room.power_levels").unwrap();
    assert_eq!(power.winner, Some("$p2"));
    let dot = resolution.trace.dot(&room.graph);
    assert!(
        dot.lines().any(|line| line.contains("\"$topic1\" [") && line.contains("fillcolor=white")),
        "{dot}"
    );
    let sources: Vec<Source> =
        report.tried.iter().flat_map(|tried| tried.against.iter().map(|event| event.source)).collect();
    assert!(sources.contains(&Source::Resolved) && sources.contains(&Source::Unconflicted));
}

/// What only one state holds is no conflict in version 1: it is not tried, and settles what comes after it.
#[test]
fn version_1_tries_only_what_states_hold_differently_and_says_where_it_looked() {
    let mut room = room(RoomVersion::V1);
    room.state("topic2", "alice", TOPIC, json!({}), &["create", "p1", "alice"]);
    room.state("jr2", "alice", JR, json!({ "join_rule": "invite" }), &["create", "p1", "alice"]);
    let sets = [
        room.set(&["create", "alice", "bob", "jr", "topic1"]),
        room.set(&["create", "alice", "jr2", "topic2", "name"]),
    ];
    let resolution = resolve_with_trace(&room.graph, &sets).unwrap();
    let report = resolution.trace.report(&room.graph);
    let tried: Vec<_> = report.tried.iter().map(|tried| tried.event_id).collect();
    assert_eq!(tried, ["$jr", "$jr2", "$topic2"]);
    // No power levels stand in any state, and those that an event names do not stand in for them.
    let against = |place: usize| -> Vec<_> {
        report.tried[place].against.iter().map(|event| (event.event_id, event.source)).collect()
    };
    assert_eq!(against(1), [("$create", Source::Unconflicted), ("$alice", Source::Unconflicted)]);
    // What is settled is told from what the states agree on.
    room.state(
        "bob2",
        "bob",
        ("m.room.member", "@bob:bob.example"),
        membership("join"),
        &["create", "p1", "jr", "bob"],
    );
    room.state("topic5", "bob", TOPIC, json!({}), &["create", "p1", "bob"]);
    let sets = [
        room.set(&["create", "alice", "p1", "jr", "bob", "topic1"]),
        room.set(&["create", "alice", "p1", "jr", "bob2", "topic5"]),
    ];
    let resolution = resolve_with_trace(&room.graph, &sets).unwrap();
    let report = resolution.trace.report(&room.graph);
    let against = |id: &str| -> Vec<_> {
        let tried = report.tried.iter().find(|tried| tried.event_id == id).unwrap();
        tried.against.iter().map(|event| (event.event_id, event.source)).collect()
    };
    let agreed = |id| (id, Source::Unconflicted);
    assert_eq!(
        against("$bob2"),
        [agreed("$create"), agreed("$jr"), ("$bob", Source::Resolved), agreed("$p1")]
    );
    assert_eq!(against("$topic5"), [agreed("$create"), ("$bob2", Source::Resolved), agreed("$p1")]);
}

/// Of power levels that passed one after the other, only those that led to the last are the mainline.
#[test]
fn a_picture_marks_as_mainline_what_led_to_the_power_levels_in_force_alone() {
    let mut room = room(RoomVersion::V11);
    room.state("p4", "alice", PL, levels(&[("alice", 100), ("bob", 1)]), &["create", "p1", "alice"]);
    let sets = [room.set(&LEFT), room.set(&["create", "alice", "jr", "bob", "p4", "topic3", "name"])];
    let dot = resolve_with_trace(&room.graph, &sets).unwrap().trace.dot(&room.graph);
    for (id, borders) in [("$p2", 1), ("$p4", 2)] {
        let line = dot.lines().find(|line| line.starts_with(&format!("  \"{id}\" ["))).unwrap();
        assert!(line.ends_with(&format!("peripheries={borders}];")), "{line}");
    }
}

#[test]
fn text_that_is_harmless_is_shown_as_it_is() {
    let mut room = room(RoomVersion::V11);
    room.state("more", "alice", ("org.example", "é\"\\'"), json!({}), &["create", "p1", "alice"]);
    let sets = [room.set(&LEFT), room.set(&[&LEFT[..], &["more"]].concat())];
    let table = resolve_with_trace(&room.graph, &sets).unwrap().trace.report(&room.graph).to_string();
    assert!(table.contains("é\"\\'"), "{table}");
}

#[test]
fn state_resets_follow_auth_chains_over_several_steps_and_leave_out_what_is_no_older() {
    let mut room = room(RoomVersion::V11);
    room.state("p4", "alice", PL, levels(&[("alice", 100)]), &["create", "p2", "alice"]);
    room.state("p5", "alice", PL, levels(&[("alice", 100)]), &["create", "p4", "alice"]);
    let base = ["create", "alice", "jr", "bob"];
    let with = |name: &str| room.set(&[&base[..], &[name]].concat());
    let kinds = |before: &StateSet, after: StateSet| -> Vec<ResetKind> {
        let resolution = resolve_with_trace(&room.graph, &[after]).unwrap();
        state_resets(&room.graph, before, &resolution).unwrap().iter().map(|reset| reset.kind).collect()
    };
    assert_eq!(kinds(&with("p5"), with("p1")), [ResetKind::Ancestor]);
    assert_eq!(kinds(&with("p5"), with("p3")), [ResetKind::Older]);
    assert_eq!(kinds(&with("p1"), with("p5")), []);
    // Sent in one millisecond, neither is older.
    let twin = room.event("twin", "alice", PL, levels(&[]), &["create", "p1", "alice"]);
    room.graph.insert(&twin).unwrap();
    let with = |name: &str| room.set(&[&base[..], &[name]].concat());
    let resolution = resolve_with_trace(&room.graph, &[with("twin")]).unwrap();
    assert!(state_resets(&room.graph, &with("p5"), &resolution).unwrap().is_empty());
}

#[test]
fn state_resets_name_what_went_back_or_was_lost_and_why() {
    let mut room = room(RoomVersion::V11);
    room.state("mood", "bob", ("org.example.mood", ""), json!({}), &["create", "p3", "bob"]);
    let before = room.set(&[&RIGHT[..], &["mood"]].concat());
    let resolution = resolve_with_trace(&room.graph, &[room.set(&LEFT), before.clone()]).unwrap();
    let resets = state_resets(&room.graph, &before, &resolution).unwrap();
    let found: Vec<_> =
        resets.iter().map(|reset| (reset.event_type, reset.before, reset.after, reset.kind)).collect();
    assert_eq!(
        found,
        [
            ("m.room.power_levels", "$p3", Some("$p2"), ResetKind::Older),
            ("m.room.topic", "$topic3", Some("$topic1"), ResetKind::Older),
            ("org.example.mood", "$mood", None, ResetKind::Lost),
        ]
    );
    assert!(resets.iter().all(|reset| matches!(&reset.reason, Loss::Rule(denial) if denial.rule == "7")));
    assert_eq!(
        resets[2].to_string(),
        "(org.example.mood, \"\") lost: $mood: rule 7: the sender is below the level that this type of event requires \
         (sender: 0, against: 50)"
    );
    // Seen from the other side nothing went back.
    assert!(state_resets(&room.graph, &room.set(&LEFT), &resolution).unwrap().is_empty());
    // A state that none of the resolved ones knows of, and one whose successor wins.
    let stray = room.set(&["create", "alice", "jr", "bob", "p2", "topic3", "name", "mood"]);
    let without = resolve_with_trace(&room.graph, &[room.set(&LEFT)]).unwrap();
    let resets = state_resets(&room.graph, &stray, &without).unwrap();
    assert!(resets.iter().all(|reset| reset.reason == Loss::NotInStates) && resets.len() == 2);
    let ancestor = room.set(&["create", "alice", "jr", "bob", "p1", "topic1", "name"]);
    let back = resolve_with_trace(&room.graph, std::slice::from_ref(&ancestor)).unwrap();
    let resets = state_resets(&room.graph, &room.set(&LEFT), &back).unwrap();
    assert_eq!(
        resets.iter().map(|reset| (reset.before, reset.kind)).collect::<Vec<_>>(),
        [("$p2", ResetKind::Ancestor)]
    );
    let foreign = EventGraph::new(RoomVersion::V11.rules()).state_set([]).unwrap();
    assert_eq!(state_resets(&room.graph, &foreign, &back), Err(Error::ForeignStateSet));
}

#[cfg(feature = "serde")]
#[test]
fn reports_and_resets_are_json_with_the_feature_serde() {
    let room = room(RoomVersion::V11);
    let resolution = resolved(&room);
    let json = serde_json::to_value(resolution.trace.report(&room.graph)).unwrap();
    assert_eq!(json["tried"][3]["event_id"], "$topic3");
    assert_eq!(json["tried"][3]["phase"], json!({ "mainline": { "epoch": 1 } }));
    assert_eq!(json["tried"][3]["denied"]["rule"], "7");
    assert_eq!(
        json["tried"][3]["against"][2],
        json!({ "event_id": "$p2", "event_type": "m.room.power_levels", "state_key": "", "source": "resolved" })
    );
    assert_eq!(json["tried"][2]["denied"], json!(null));
    assert_eq!(json["keys"][1]["winner"], "$topic1");
    assert_eq!(json["keys"][1]["losers"][0]["loss"]["rule"]["rule"], "7");
    let resets =
        serde_json::to_value(state_resets(&room.graph, &room.set(&RIGHT), &resolution).unwrap()).unwrap();
    assert_eq!(resets[1]["kind"], "older");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// What a trace says is consistent with itself and with the resolution.
    #[test]
    fn traces_agree_with_resolutions(version in versions(), branches in 2..4usize, steps in steps()) {
        let room = Random::new(version, branches, &steps);
        let graph = room.graph(false);
        let states: Vec<StateSet> = state_sets(&graph, &room.branches);
        let resolution = resolve_with_trace(&graph, &states).unwrap();
        prop_assert_eq!(&resolution.state, &resolve(&graph, &states).unwrap());
        let report = resolution.trace.report(&graph);
        for key in &report.keys {
            let stands = graph.get(&resolution.state, key.event_type, key.state_key).map(|id| id.as_str());
            prop_assert_eq!(key.winner, stands);
            let passed = |id: &str| report.tried.iter().rposition(|tried| tried.event_id == id && tried.denied.is_none());
            let last = report.tried.iter().rposition(|tried| {
                (tried.event_type, tried.state_key) == (key.event_type, key.state_key) && tried.denied.is_none()
            });
            if key.is_conflicted {
                prop_assert_eq!(key.winner.and_then(passed), last);
            }
            for loser in &key.losers {
                prop_assert_eq!(passed(loser.event_id).is_none(), matches!(loser.loss, Loss::Rule(_)));
                prop_assert!(key.is_conflicted || loser.loss != Loss::Order);
            }
        }
        let conflicted = report.keys.iter().filter(|key| key.is_conflicted).count();
        let first = graph.entries(&states[0]);
        let differing = states[1..].iter().flat_map(|state| {
            let other = graph.entries(state);
            first.iter().chain(&other).filter(|entry| !(first.contains(entry) && other.contains(entry))).map(|(kind, key, _)| (*kind, *key)).collect::<Vec<_>>()
        });
        prop_assert_eq!(conflicted, differing.collect::<std::collections::BTreeSet<_>>().len());
    }
}
