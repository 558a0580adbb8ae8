//! The conformance example on the vectors of discovery and identity.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]

mod program;

use serde_json::{Value, json};

use program::{conformance, vectors};

/// An op with the fields of a case.
fn request(op: &str, fields: &Value) -> Value {
    let mut request = fields.clone();
    request["op"] = op.into();
    request
}

/// Compares each field that is expected.
fn compare(response: &Value, expect: &Value, case: &Value) {
    for (field, expected) in expect.as_object().unwrap() {
        assert_eq!(&response["ok"][field], expected, "{field} of {case}: {response}");
    }
}

#[test]
fn conformance_resolves_server_names() {
    let file = vectors("matrix-discovery/tests/data/discovery_cases.json");
    let cases = file["cases"].as_array().unwrap();
    let requests: Vec<Value> = cases.iter().map(|case| request("discovery.resolve_server", case)).collect();
    for (case, response) in cases.iter().zip(conformance(&requests)) {
        if let Some(kind) = case["expect"].get("error") {
            assert_eq!(&response["error"]["kind"], kind);
            continue;
        }
        compare(&response, &case["expect"], case);
        assert_eq!(response["ok"]["io_steps"], case["io_steps"], "{case}");
    }
}

#[test]
fn conformance_knows_for_how_long_results_are_good() {
    let file = vectors("matrix-discovery/tests/data/discovery_cases.json");
    let cases = file["cache_cases"].as_array().unwrap();
    let requests: Vec<Value> = cases.iter().map(|case| request("discovery.cache", &case["input"])).collect();
    for (case, response) in cases.iter().zip(conformance(&requests)) {
        let mut expect = case["expect"].clone();
        // What a cache with a floor of its own would say.
        expect.as_object_mut().unwrap().remove("ttl_with_floor_s");
        if let Some(max) = expect.as_object_mut().unwrap().remove("ttl_max_s") {
            let ttl_s = response["ok"]["ttl_s"].as_u64().unwrap();
            assert!(ttl_s > 0 && ttl_s <= max.as_u64().unwrap(), "{response}");
        }
        compare(&response, &expect, case);
    }
}

#[test]
fn conformance_takes_json_and_numbers_for_their_text() {
    let client = json!({"m.homeserver": {"base_url": "https://hs.org"}});
    for (request, field, expected) in [
        (
            json!({"op": "discovery.resolve_server", "server_name": "a.org",
                "well_known": {"status": 200, "body": {"m.server": "b.org:1"}}}),
            "step",
            json!("3.2"),
        ),
        (
            json!({"op": "discovery.client", "status": 200, "body": client, "homeserver_versions_ok": true}),
            "action",
            json!("SUCCESS"),
        ),
        (
            json!({"op": "discovery.cache", "now": 1_700_000_000, "status": 200, "valid_body": true,
                "headers": {"Cache-Control": "max-age=100", "Age": 10}}),
            "ttl_s",
            json!(90),
        ),
        (json!({"op": "discovery.cache", "cached_ttl_left_s": 9, "refetch": 404}), "keep", json!(false)),
        (json!({"op": "discovery.cache", "cached_ttl_left_s": 9, "refetch": "timeout"}), "keep", json!(true)),
    ] {
        assert_eq!(conformance(std::slice::from_ref(&request))[0]["ok"][field], expected, "{request}");
    }
}

#[test]
fn conformance_discovers_for_clients() {
    let file = vectors("matrix-discovery/tests/data/client_discovery_cases.json");
    let cases = file["cases"].as_array().unwrap();
    let requests: Vec<Value> = cases.iter().map(|case| request("discovery.client", case)).collect();
    for (case, response) in cases.iter().zip(conformance(&requests)) {
        compare(&response, &case["expect"], case);
    }
}

#[test]
fn conformance_hashes_and_folds() {
    let file = vectors("matrix-identity/tests/data/threepid_cases.json");
    let mut requests = Vec::new();
    let mut expected = Vec::new();
    for case in file["hashes"].as_array().unwrap() {
        for algorithm in ["sha256", "none"] {
            let mut line = request("identity.lookup_hash", case);
            line["algorithm"] = algorithm.into();
            requests.push(line);
            expected.push(json!({"value": case[algorithm]}));
        }
    }
    for case in file["email_casefold"].as_array().unwrap() {
        requests.push(json!({"op": "identity.fold_email", "address": case["in"]}));
        expected.push(json!({"address": case["casefold"]}));
    }
    for case in file["pepper_grammar"].as_array().unwrap() {
        requests.push(request("identity.check_pepper", case));
        expected.push(json!({"valid": case["valid"]}));
    }
    for (response, expected) in conformance(&requests).iter().zip(expected) {
        assert_eq!(response["ok"], expected, "{response}");
    }
}

#[test]
fn conformance_names_what_is_wrong() {
    let srv = |target: &str, priority: i64| {
        json!({
            "op": "discovery.resolve_server", "server_name": "example.org", "well_known": null,
            "srv": {"_matrix-fed._tcp.example.org": [{"priority": priority, "weight": 1, "port": 1, "target": target}]},
        })
    };
    let hash = |medium: &str, address: &str, algorithm: &str, pepper: &str| {
        json!({
            "op": "identity.lookup_hash", "medium": medium, "address": address, "algorithm": algorithm, "pepper": pepper,
        })
    };
    for (request, kind) in [
        (json!({"op": "discovery.resolve_server", "server_name": "exam ple"}), "invalid_server_name"),
        (json!({"op": "discovery.resolve_server"}), "bad_input"),
        (json!({"op": "discovery.resolve_server", "server_name": "a", "srv": {"x": [1]}}), "bad_input"),
        (srv("a.b", 65_536), "bad_input"),
        (srv(".", 0), "service_not_available"),
        (json!({"op": "discovery.cache", "now": -1, "status": 200, "valid_body": true}), "bad_input"),
        (json!({"op": "discovery.cache", "status": 200, "valid_body": true}), "bad_input"),
        (json!({"op": "discovery.client", "status": "200"}), "bad_input"),
        (hash("email", "nobody", "sha256", "p"), "invalid_email"),
        (hash("msisdn", "x", "sha256", "p"), "invalid_phone_number"),
        (hash("e mail", "a@b", "sha256", "p"), "invalid_medium"),
        (hash("email", "a@b", "md5", "p"), "unsupported_algorithm"),
        (hash("email", "a@b", "sha256", ""), "invalid_pepper"),
        (json!({"op": "identity.check_pepper", "pepper": 1}), "bad_input"),
    ] {
        let response = &conformance(std::slice::from_ref(&request))[0];
        assert_eq!(response["error"]["kind"], kind, "{request}: {response}");
    }
    let timed = json!({"op": "identity.fold_email", "address": "A@b", "repeat": 3});
    assert!(conformance(&[timed])[0]["ns"]["min"].as_u64().is_some());
}
