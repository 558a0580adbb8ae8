//! The published cases: every one is run, and every fact that a case states is compared.

use matrix_identifiers::UserId;
use matrix_uri::{Action, MatrixUri, RoomOrAlias, Target, UriForm, pick_via_servers};
use serde_json::{Value, json};

fn cases(text: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(text).unwrap();
    file["cases"].as_array().unwrap().clone()
}

#[test]
fn published_links_are_read_and_made() {
    let cases = cases(include_str!("../data/uri_cases.json"));
    assert!(cases.len() >= 157);
    for case in &cases {
        match case["kind"].as_str().unwrap() {
            "generate" => made(case),
            kind => read(case, kind),
        }
    }
}

fn read(case: &Value, kind: &str) {
    let input = case["input"].as_str().unwrap();
    let expected = &case["expect"];
    match MatrixUri::parse(input) {
        Err(error) => assert_eq!(expected["ok"], false, "{case}: {error}"),
        Ok(uri) => {
            assert_eq!(expected["ok"], true, "{case}");
            let form = if kind == "matrix" { UriForm::Matrix } else { UriForm::MatrixTo };
            assert_eq!(UriForm::of(input), Some(form));
            let found = facts(&uri);
            for (name, expected) in expected.as_object().unwrap() {
                assert!(name == "ok" || found[name] == *expected, "{name} of {case}: {found}");
            }
        }
    }
}

fn facts(uri: &MatrixUri) -> Value {
    let mut facts = match uri.target() {
        Target::User(id) => json!({"type": "user", "id": id.as_str()}),
        Target::Room(id) => json!({"type": "room", "id": id.as_str()}),
        Target::Alias(id) => json!({"type": "alias", "id": id.as_str()}),
        Target::Event { room, event } => {
            json!({"type": "event", "room": room.as_str(), "event": event.as_str()})
        }
    };
    facts["via"] = uri.via().iter().map(|server| server.as_str()).collect();
    facts["action"] = uri.action().map(Action::as_str).into();
    facts["custom"] = uri.custom().iter().map(|item| json!([item.name(), item.value()])).collect();
    facts
}

fn made(case: &Value) {
    let input = &case["input"];
    let text = |name: &str| input[name].as_str().unwrap().to_owned();
    let target = match input["type"].as_str().unwrap() {
        "user" => Target::User(text("id").parse().unwrap()),
        "room" => Target::Room(text("id").parse().unwrap()),
        "alias" => Target::Alias(text("id").parse().unwrap()),
        _ => Target::Event {
            room: RoomOrAlias::Id(text("room").parse().unwrap()),
            event: text("event").parse().unwrap(),
        },
    };
    let via = input["via"].as_array().cloned().unwrap_or_default();
    let via = via
        .iter()
        .map(|server| matrix_identifiers::OwnedServerName::try_from(server.as_str().unwrap()).unwrap());
    let mut uri = MatrixUri::new(target).with_via(via);
    if let Some(action) = input["action"].as_str() {
        uri = uri.with_action(Action::from_name(action).unwrap()).unwrap();
    }
    assert_eq!(uri.to_string(), case["expect"]["matrix"], "{case}");
    assert_eq!(uri.matrix_to().to_string(), case["expect"]["matrix_to_canonical"], "{case}");
    assert_eq!(MatrixUri::parse(&uri.to_string()), Ok(uri));
}

#[test]
fn published_choices_of_servers_are_made() {
    let cases = cases(include_str!("../data/via_cases.json"));
    assert!(cases.len() >= 6);
    for case in &cases {
        // None of these has an ACL; the conformance protocol's tests read those.
        assert_eq!(case["acl"], Value::Null);
        let members = case["members"].as_array().unwrap();
        let members = members.iter().filter_map(|member| {
            let user = UserId::parse(member[0].as_str().unwrap()).ok()?;
            Some((user, member[1].as_i64().unwrap()))
        });
        let picked = pick_via_servers(members, |_| true);
        let picked: Value = picked.iter().map(|server| server.as_str()).collect();
        assert_eq!(picked, case["expect"], "{case}");
    }
}
