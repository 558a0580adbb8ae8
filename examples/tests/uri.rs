//! Names through the conformance example: every published case, as someone else's test suite would ask.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod program;

use serde_json::{Value, json};

use program::{conformance, vectors};

/// The cases of a file, each with the response to the request that `request` makes of it.
fn answered(path: &str, request: impl Fn(&Value) -> Value) -> Vec<(Value, Value)> {
    let cases = vectors(path)["cases"].as_array().unwrap().clone();
    let requests: Vec<Value> = cases.iter().map(request).collect();
    let responses = conformance(&requests);
    cases.into_iter().zip(responses).collect()
}

#[test]
fn links_are_read_and_made_as_the_vectors_say() {
    let request = |case: &Value| match case["kind"].as_str() {
        Some("generate") => {
            let mut request = case["input"].clone();
            request["identifier"] = request["id"].take();
            request["op"] = "uri.format".into();
            request
        }
        _ => json!({"op": "uri.parse", "id": case["id"], "uri": case["input"]}),
    };
    for (case, response) in answered("matrix-uri/tests/data/uri_cases.json", request) {
        let (expected, ok) = (&case["expect"], &response["ok"]);
        match case["kind"].as_str().unwrap() {
            "generate" => {
                assert_eq!(ok["matrix"], expected["matrix"], "{case}");
                assert_eq!(ok["matrix_to"], expected["matrix_to_canonical"], "{case}");
            }
            _ if expected["ok"] == false => {
                assert!(response["error"]["kind"].is_string(), "{case}: {response}");
            }
            kind => {
                assert_eq!(ok["form"], if kind == "matrix" { "matrix" } else { "matrix_to" });
                for (name, expected) in expected.as_object().unwrap() {
                    assert!(name == "ok" || ok[name] == *expected, "{name} of {case}: {response}");
                }
            }
        }
    }
}

#[test]
fn identifiers_are_read_as_the_vectors_say() {
    let request = |case: &Value| json!({"op": "id.parse", "type": case["type"], "value": case["input"]});
    for (case, response) in answered("matrix-identifiers/tests/data/identifier_cases.json", request) {
        let expected = case["expect"].as_object().unwrap();
        let valid = if expected.contains_key("opaque") { "opaque" } else { "valid" };
        assert_eq!(response["ok"]["valid"] == true, expected[valid] == true, "{case}: {response}");
        assert_eq!(response["error"]["kind"].is_string(), expected[valid] == false, "{case}: {response}");
        if expected[valid] == true {
            // The protocol leaves out what the cases say besides.
            for name in
                expected.keys().filter(|name| !["opaque", "kind", "compliant"].contains(&name.as_str()))
            {
                assert_eq!(response["ok"][name], expected[name], "{name} of {case}: {response}");
            }
        }
    }
}

#[test]
fn servers_are_chosen_as_the_vectors_say() {
    let request =
        |case: &Value| json!({"op": "uri.pick_via", "members": case["members"], "acl": case["acl"]});
    for (case, response) in answered("matrix-uri/tests/data/via_cases.json", request) {
        assert_eq!(response["ok"]["via"], case["expect"], "{case}");
    }
}

#[test]
fn msc1704_servers_that_an_acl_denies_are_not_chosen() {
    let members = json!([["@a:one.org", 100], ["@b:two.org:80", 0], ["@c:three.net", 0], ["@d:1.2.3.4", 0]]);
    let cases = [
        (json!({"allow": ["*"]}), json!(["one.org", "three.net", "two.org:80"])),
        (json!({"allow": ["*"], "deny": ["ONE.*", "two.org"]}), json!(["three.net"])),
        (json!({"allow": ["t*e*.???", 1, "t?o.org"], "deny": [null]}), json!(["three.net", "two.org:80"])),
        (json!({"allow": ["*.org"], "deny": ["*.*.org", "?one.org"]}), json!(["one.org", "two.org:80"])),
        (json!({"allow": "*"}), json!([])),
        (json!({}), json!([])),
        (json!("{\"allow\": [\"three*net\"]}"), json!(["three.net"])),
        (Value::Null, json!(["one.org", "three.net", "two.org:80"])),
    ];
    let requests: Vec<Value> = cases
        .iter()
        .map(|(acl, _)| json!({"op": "uri.pick_via", "members": members, "acl": acl, "repeat": 2}))
        .collect();
    for ((acl, expected), response) in cases.iter().zip(conformance(&requests)) {
        assert_eq!(response["ok"]["via"], *expected, "{acl}");
        assert!(response["ns"]["min"].is_u64());
    }
}

#[test]
fn bad_requests_are_told_from_bad_links() {
    let requests = [
        (json!({"op": "uri.parse"}), "bad_input"),
        (json!({"op": "uri.parse", "uri": "matrix:u/a"}), "invalid_identifier"),
        (json!({"op": "uri.format", "type": "group", "identifier": "+a:hs"}), "bad_input"),
        (json!({"op": "uri.format", "type": "user", "identifier": "#a:hs"}), "missing_sigil"),
        (
            json!({"op": "uri.format", "type": "user", "identifier": "@a:hs", "action": "join"}),
            "inapplicable_action",
        ),
        (json!({"op": "uri.format", "type": "user", "identifier": "@a:hs", "action": "leave"}), "bad_input"),
        (
            json!({"op": "uri.format", "type": "user", "identifier": "@a:hs", "via": ["h_s"]}),
            "invalid_character",
        ),
        (json!({"op": "uri.pick_via", "members": [["@a:hs"]]}), "bad_input"),
        (json!({"op": "uri.pick_via", "members": [], "acl": 1}), "bad_input"),
    ];
    let (requests, kinds): (Vec<Value>, Vec<&str>) = requests.into_iter().unzip();
    for ((request, kind), response) in requests.iter().zip(kinds).zip(conformance(&requests)) {
        assert_eq!(response["error"]["kind"], kind, "{request}: {response}");
    }
    let event = json!({"op": "uri.format", "type": "event", "room": "#a:hs", "event": "$b"});
    assert_eq!(conformance(&[event])[0]["ok"]["matrix"], "matrix:r/a:hs/e/b");
}
