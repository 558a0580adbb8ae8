//! The published cases: every one is run.

use matrix_discovery::{
    CacheHeaders, CertificateName, Connect, Discover, HttpResponse, IntegrationManager, Resolve, Route,
    SrvRecord, failure_ttl_s, keeps_result, result_ttl_s,
};
use matrix_identifiers::{ServerName, UserId};
use serde_json::{Value, json};

#[test]
fn published_resolutions_all_hold() {
    let file: Value = serde_json::from_str(include_str!("../data/discovery_cases.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 30);
    for case in cases {
        let mut asked = Vec::new();
        let found = match ServerName::parse(case["server_name"].as_str().unwrap()) {
            Ok(name) => described(&resolve(name, case, &mut asked)),
            Err(_) => json!({"error": "invalid_server_name"}),
        };
        assert_eq!(found, case["expect"], "{}", case["id"]);
        assert_eq!(json!(asked), case["io_steps"], "{}", case["id"]);
    }
}

fn resolve(name: &ServerName, case: &Value, asked: &mut Vec<String>) -> Route {
    let mut next = Resolve::new(name);
    loop {
        next = match next {
            Resolve::WellKnown(question) => {
                asked.push(format!("GET {}", question.url()));
                let (status, body) = (&case["well_known"]["status"], &case["well_known"]["body"]);
                let body = body.as_str().unwrap_or_default().as_bytes();
                let status = status.as_u64().map(|status| u16::try_from(status).unwrap());
                question.answer(status.map(|status| HttpResponse::new(status, body)))
            }
            Resolve::Srv(question) => {
                asked.push(format!("SRV {}", question.name()));
                let records = case["srv"][question.name()].as_array().into_iter().flatten().map(record);
                question.answer(&records.collect::<Vec<_>>(), || u64::MAX).unwrap()
            }
            Resolve::Addresses(question) => return question.route().clone(),
            Resolve::Done(destination) => return destination.route,
        };
    }
}

fn record(value: &Value) -> SrvRecord {
    let number = |field: &str| u16::try_from(value[field].as_u64().unwrap()).unwrap();
    SrvRecord {
        priority: number("priority"),
        weight: number("weight"),
        port: number("port"),
        target: value["target"].as_str().unwrap().to_owned(),
    }
}

fn described(route: &Route) -> Value {
    let connect = match &route.connect {
        Connect::Ip(address) => json!({"ip": address.to_string()}),
        Connect::Dns(host) => json!({"dns": host}),
        Connect::Srv(targets) => {
            let target = |target: &matrix_discovery::SrvTarget| {
                json!({
                    "dns": target.host, "port": target.port, "priority": target.priority, "weight": target.weight,
                })
            };
            json!({"srv": targets.iter().map(target).collect::<Vec<_>>()})
        }
    };
    let tls = match &route.certificate {
        CertificateName::Dns(name) => json!({"dns": name}),
        CertificateName::Ip(address) => json!({"ip": address.to_string()}),
    };
    json!({
        "step": route.step.as_str(), "connect": connect, "port": route.port, "host_header": route.host_header,
        "tls": tls,
    })
}

#[test]
fn published_cache_times_all_hold() {
    let file: Value = serde_json::from_str(include_str!("../data/discovery_cases.json")).unwrap();
    let cases = file["cache_cases"].as_array().unwrap();
    assert_eq!(cases.len(), 7);
    for case in cases {
        let (input, expect) = (&case["input"], &case["expect"]);
        if let Some(left_s) = input["cached_ttl_left_s"].as_u64() {
            let status = input["refetch"].as_str().and_then(|status| status.parse().ok());
            assert_eq!(json!(keeps_result(left_s, status)), expect["keep"]);
            continue;
        }
        let header = |name: &str| input["headers"][name].as_str();
        let headers = CacheHeaders {
            cache_control: header("cache-control"),
            expires: header("expires"),
            date: header("date"),
            age: header("age"),
        };
        let now_s = input["now"].as_u64().unwrap();
        let valid = input["status"] == 200 && input["valid_body"] == true;
        assert_eq!(expect["of"], if valid { "result" } else { "failure" });
        if valid {
            assert_eq!(json!(result_ttl_s(now_s, &headers)), expect["ttl_s"], "{}", case["id"]);
        } else {
            assert!(failure_ttl_s(now_s, &headers, 9) <= expect["ttl_max_s"].as_u64().unwrap());
        }
    }
}

#[test]
fn published_client_discoveries_all_hold() {
    let file: Value = serde_json::from_str(include_str!("../data/client_discovery_cases.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 13);
    for case in cases {
        let check = |field: &str, body: &'static [u8]| {
            Some(HttpResponse::new(if case[field] == true { 200 } else { 500 }, body))
        };
        let mut next = Discover::from_user_id(UserId::parse("@a:example.org").unwrap());
        let found = loop {
            next = match next {
                Discover::WellKnown(question) => {
                    let status = u16::try_from(case["status"].as_u64().unwrap()).unwrap();
                    question
                        .answer(Some(HttpResponse::new(status, case["body"].as_str().unwrap().as_bytes())))
                }
                Discover::Homeserver(question) => {
                    question.answer(check("homeserver_versions_ok", br#"{"versions": ["v1.1"]}"#))
                }
                Discover::IdentityServer(question) => question.answer(check("identity_v2_ok", b"{}")),
                Discover::Done(found) => break found,
            };
        };
        let manager = |manager: &IntegrationManager| json!({"api_url": manager.api_url.as_str(), "ui_url": manager.ui_url.as_str()});
        let found = json!({
            "action": found.action.as_str(),
            "homeserver": found.homeserver.map(|url| url.to_string()),
            "identity_server": found.identity_server.map(|url| url.to_string()),
            "integration_managers": found.integration_managers.iter().map(manager).collect::<Vec<_>>(),
        });
        for (field, expected) in case["expect"].as_object().unwrap() {
            assert_eq!(&found[field], expected, "{field} of {}", case["name"]);
        }
    }
    for case in file["hostname_extraction"].as_array().unwrap() {
        let user = UserId::parse(case["user_id"].as_str().unwrap()).unwrap();
        let Discover::WellKnown(question) = Discover::from_user_id(user) else { panic!() };
        assert_eq!(question.url().host(), case["hostname"]);
    }
}
