//! The vectors of contents, through the conformance example as anybody runs it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]

mod program;

use serde_json::{Value, json};

use program::conformance;

const GLOBS: &str = include_str!("../../crates/matrix-events/tests/data/glob_acl_policy_cases.json");
const RELATIONS: &str = include_str!("../../crates/matrix-events/tests/data/relations_cases.json");
const SPACES: &str = include_str!("../../crates/matrix-events/tests/data/space_order_cases.json");

/// Asks an op once for each case; the fields of a case are those of the request.
fn ask(op: &str, cases: &[Value]) -> Vec<Value> {
    let requests: Vec<Value> = cases
        .iter()
        .enumerate()
        .map(|(id, case)| {
            let mut request = case.clone();
            request["op"] = json!(op);
            request["id"] = json!(id);
            request
        })
        .collect();
    let answers = conformance(&requests);
    answers
        .into_iter()
        .enumerate()
        .map(|(id, mut answer)| {
            assert_eq!(answer["id"], json!(id));
            assert!(answer.get("error").is_none(), "{op} {}: {answer}", cases[id]);
            answer["ok"].take()
        })
        .collect()
}

/// Holds the field `answered` of each answer against the field `expected` of its case.
fn check(op: &str, cases: &Value, answered: &str, expected: &str) {
    let cases = cases.as_array().unwrap();
    assert!(!cases.is_empty());
    for (case, answer) in cases.iter().zip(ask(op, cases)) {
        assert_eq!(answer[answered], case[expected], "{op}: {case}");
    }
}

fn vectors(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn globs_acls_and_policy_rules() {
    let vectors = vectors(GLOBS);
    check("glob.match", &vectors["glob"], "match", "match");
    check("acl.allowed", &vectors["acl"], "allowed", "allowed");
    check("policy.match", &vectors["policy"], "match", "match");
}

#[test]
fn children_of_spaces() {
    check("spaces.order", &vectors(SPACES)["cases"], "order", "expect");
    let cases = [json!({"parents": ["!b:x", "!a:x", "!B:x"]}), json!({"parents": []})];
    let answers = ask("spaces.canonical_parent", &cases);
    assert_eq!(answers, [json!({"parent": "!B:x"}), json!({"parent": null})]);
}

#[test]
fn relations() {
    let vectors = vectors(RELATIONS);
    let cases = vectors["m_relates_to_parse"].as_array().unwrap();
    for (case, answer) in cases.iter().zip(ask("relations.parse", cases)) {
        let relation = &answer["relation"];
        let pair = if relation.is_null() {
            Value::Null
        } else {
            json!([relation["rel_type"], relation["event_id"]])
        };
        assert_eq!(pair, case["relation"], "{case}");
    }
    let with_key =
        json!({"content": {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$a", "key": "y"}}});
    let relation = json!({"rel_type": "m.annotation", "event_id": "$a", "key": "y"});
    assert_eq!(ask("relations.parse", &[with_key]), [json!({"relation": relation})]);
}

#[test]
fn aggregates() {
    let vectors = vectors(RELATIONS);
    let cases = vectors["cases"].as_array().unwrap();
    for (case, answer) in cases.iter().zip(ask("relations.aggregate", cases)) {
        for (name, expected) in case["expect"].as_object().unwrap() {
            match name.as_str() {
                // The vectors count by type and key, the protocol by key.
                "annotations" => {
                    let by_key =
                        expected.as_object().unwrap().values().flat_map(|keys| keys.as_object().unwrap());
                    let by_key: Value = by_key.map(|(key, count)| (key.clone(), count.clone())).collect();
                    assert_eq!(answer[name], by_key, "{case}");
                }
                "reference" => {
                    let chunk = expected["chunk"].as_array().unwrap();
                    let ids: Value = chunk.iter().map(|event| event["event_id"].clone()).collect();
                    assert_eq!(answer["references"], ids, "{case}");
                }
                _ => assert_eq!(answer[name], *expected, "{case}"),
            }
        }
    }
}

#[test]
fn what_is_missing_is_said() {
    let parent = json!({"event_id": "$p", "sender": "@a:x", "type": "m.room.message", "content": {}});
    let answers = conformance(&[
        json!({"op": "glob.match", "id": 1, "pattern": "*"}),
        json!({"op": "acl.allowed", "id": 2, "server": "a b", "content": {}}),
        json!({"op": "policy.match", "id": 3, "kind": "planet", "content": {}, "entity": "x"}),
        json!({"op": "spaces.canonical_parent", "id": 4, "parents": [5]}),
        json!({"op": "relations.aggregate", "id": 5, "parent": {"event_id": "$p"}, "events": []}),
        json!({"op": "relations.aggregate", "id": 6, "parent": parent, "events": [], "ignored_users": "@a:x"}),
        json!({"op": "relations.aggregate", "id": 7, "parent": parent, "events": [], "ignored_users": [5]}),
        json!({"op": "relations.aggregate", "id": 8, "parent": parent, "events": [], "me": 5}),
    ]);
    let mut kinds: Vec<&str> =
        answers.iter().map(|answer| answer["error"]["kind"].as_str().unwrap()).collect();
    assert_eq!((kinds.remove(1), kinds), ("invalid_character", vec!["bad_input"; 7]));
}
