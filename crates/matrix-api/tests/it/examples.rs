//! The examples of the specification and the proposals, read and written again.

use std::collections::BTreeSet;
use std::path::Path;

use http::{Request, Response};
use matrix_api::{AccessToken, Authentication, Credentials, Registered, endpoints};
use serde_json::Value;

fn endpoint(name: &str) -> &'static Registered {
    let found = endpoints().find(|endpoint| endpoint.metadata.name == format!("matrix_api::{name}"));
    found.unwrap_or_else(|| panic!("no endpoint {name}"))
}

fn cases(area: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(format!("{area}.json"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Reads the request and response of each case with the endpoint's type, writes them again and compares: with what is
/// under `written`, where that is not the same. Shows all differences.
fn walk(area: &str) {
    let cases = cases(area);
    assert!(!cases.is_empty());
    let mut differences = Vec::new();
    for case in &cases {
        let name = case["endpoint"].as_str().unwrap();
        let mut compare = |what: &str, found: Value, expected: Value| {
            if found != expected {
                differences.push(format!("{name}: {what}\n   found {found}\nexpected {expected}"));
            }
        };
        check_request(endpoint(name), &case["request"], &mut compare);
        if !case["response"].is_null() {
            check_response(endpoint(name), &case["response"], &mut compare);
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn pairs(query: &Value) -> Vec<(String, String)> {
    let pairs = query.as_array().into_iter().flatten();
    pairs.map(|pair| (pair[0].as_str().unwrap().to_owned(), pair[1].as_str().unwrap().to_owned())).collect()
}

fn body(json: &Value) -> Vec<u8> {
    if json.is_null() { Vec::new() } else { json.to_string().into_bytes() }
}

fn json(body: &[u8]) -> Value {
    if body.is_empty() { Value::Null } else { serde_json::from_slice(body).unwrap() }
}

fn written(case: &Value, field: &str) -> Value {
    case["written"].get(field).unwrap_or(&case[field]).clone()
}

fn check_request(endpoint: &Registered, case: &Value, compare: &mut impl FnMut(&str, Value, Value)) {
    let mut uri = format!("https://example.org{}", case["path"].as_str().unwrap());
    if !case["query"].is_null() {
        uri.push('?');
        uri.push_str(&serde_html_form::to_string(pairs(&case["query"])).unwrap());
    }
    let request = Request::builder().method(case["method"].as_str().unwrap()).uri(uri);
    let request = request.body(body(&case["body"])).unwrap();
    let token = AccessToken::new("t");
    let found = match endpoint.rewrite_request(&request, Credentials::Token(&token)) {
        Ok(found) => found,
        Err(error) => return compare("request", error.to_string().into(), Value::Null),
    };

    compare("method", found.method().as_str().into(), case["method"].clone());
    compare("path", found.uri().path().into(), written(case, "path"));
    let query = serde_html_form::from_str(found.uri().query().unwrap_or("")).unwrap();
    let sorted = |mut pairs: Vec<(String, String)>| {
        pairs.sort();
        serde_json::json!(pairs)
    };
    compare("query", sorted(query), sorted(pairs(&written(case, "query"))));
    compare("request body", json(found.body()), written(case, "body"));
    let authenticated =
        !matches!(endpoint.metadata.authentication, Authentication::None | Authentication::ServerSignature);
    compare("token", found.headers().contains_key("authorization").into(), authenticated.into());
    compare("type", found.headers().contains_key("content-type").into(), (!found.body().is_empty()).into());
}

fn check_response(endpoint: &Registered, case: &Value, compare: &mut impl FnMut(&str, Value, Value)) {
    let status = u16::try_from(case["status"].as_u64().unwrap()).unwrap();
    let mut response = Response::builder().status(status);
    if let Some(location) = case["location"].as_str() {
        response = response.header("location", location);
    }
    let found = match endpoint.rewrite_response(&response.body(body(&case["body"])).unwrap()) {
        Ok(found) => found,
        Err(error) => return compare("response", error.to_string().into(), Value::Null),
    };
    compare("status", found.status().as_u16().into(), status.into());
    let location = found.headers().get("location").map(|value| value.to_str().unwrap());
    compare("location", location.into(), case["location"].clone());
    compare("response body", json(found.body()), written(case, "body"));
}

macro_rules! areas {
    ($($test:ident: $area:literal,)+) => {
        $(#[test]
        fn $test() {
            walk($area);
        })+

        /// The areas that are walked.
        const AREAS: &[&str] = &[$($area),+];
    };
}

areas! {
    msc2457_msc1915_msc2033_accounts_as_in_the_examples: "account",
    msc1219_msc2526_backups_as_in_the_examples: "backup",
    msc1219_keys_in_backups_as_in_the_examples: "backup_keys",
    msc1753_msc1804_capabilities_as_in_the_examples: "capabilities",
    msc2432_msc2197_the_directory_as_in_the_examples: "directory",
    msc2197_the_directory_over_federation_as_in_the_examples: "federation_directory",
    msc1756_msc2732_keys_over_federation_as_in_the_examples: "federation_keys",
    msc1794_msc1802_msc1813_msc2403_membership_over_federation_as_in_the_examples: "federation_membership",
    msc1961_openid_over_federation_as_in_the_examples: "federation_openid",
    msc2134_msc2140_msc2320_msc1915_identity_servers_as_in_the_examples: "identity",
    msc1961_msc2140_integration_managers_as_in_the_examples: "integrations",
    msc1756_msc2732_keys_as_in_the_examples: "keys",
    msc2403_knocks_as_in_the_examples: "knock",
    msc2367_msc1983_membership_as_in_the_examples: "membership",
    msc2663_push_rules_as_in_the_examples: "push",
    msc2675_relations_as_in_the_examples: "relations",
    msc2414_reports_as_in_the_examples: "reporting",
    msc1501_msc2689_msc2432_rooms_as_in_the_examples: "rooms",
    msc2918_msc2858_msc2778_sessions_as_in_the_examples: "session",
    msc2403_msc2732_sync_as_in_the_examples: "sync",
    msc2290_addresses_as_in_the_examples: "threepid",
    msc1717_messages_to_devices_as_in_the_examples: "to_device",
    msc2078_msc2263_validation_as_in_the_examples: "validation",
    msc2844_versions_as_in_the_examples: "versions",
}

#[test]
fn every_endpoint_has_an_example() {
    let cases = AREAS.iter().flat_map(|area| cases(area));
    let named: BTreeSet<String> =
        cases.map(|case| format!("matrix_api::{}", case["endpoint"].as_str().unwrap())).collect();
    let missing: Vec<&str> =
        endpoints().map(|endpoint| endpoint.metadata.name).filter(|name| !named.contains(*name)).collect();
    assert_eq!(missing, [""; 0]);
}
