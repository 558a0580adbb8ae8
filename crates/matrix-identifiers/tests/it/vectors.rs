//! The published cases: every one is run, and every fact that a case states is compared.

use matrix_identifiers::{
    ClientSecret, DeviceKeyId, Error, EventId, MxcUri, NamespacedId, OpaqueId, RoomAliasId, RoomId,
    RoomVersionId, ServerName, ServerSigningKeyId, SpaceOrder, UserId,
};
use serde_json::{Map, Value, json};

#[test]
fn published_cases_all_hold() {
    let file: Value = serde_json::from_str(include_str!("../data/identifier_cases.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert!(cases.len() > 150);
    for case in cases {
        let input = case["input"].as_str().unwrap();
        let found = match facts(case["type"].as_str().unwrap(), input) {
            Ok(found) => found,
            Err(error) => {
                assert!(error.offset().is_none_or(|offset| offset <= input.len()));
                refused()
            }
        };
        for (name, expected) in case["expect"].as_object().unwrap() {
            assert!(found.contains_key(name) || found["valid"] == false, "{case}: {name} is not known");
            let found = found.get(name).unwrap_or(&Value::Null);
            assert_eq!(found, expected, "{name} of {case}");
        }
    }
}

/// What is stated of a string that is no identifier of the type.
fn refused() -> Map<String, Value> {
    object(json!({
        "valid": false, "opaque": false, "domain_form": false, "domainless_v12": false,
        "v1": false, "v3": false, "v4": false,
    }))
}

fn facts(kind: &str, input: &str) -> Result<Map<String, Value>, Error> {
    let facts = match kind {
        "server_name" => server_name(ServerName::parse(input)?),
        "user_id" => {
            let id = UserId::parse(input)?;
            assert_eq!(UserId::parse_strict(input).is_ok(), id.is_strict());
            assert_ne!(id.is_strict(), id.is_historical());
            json!({
                "localpart": id.localpart(), "server": id.server_name().as_str(),
                "strict": id.is_strict(), "compliant": id.is_compliant(),
            })
        }
        "room_alias" => {
            let id = RoomAliasId::parse(input)?;
            json!({"localpart": id.localpart(), "server": id.server_name().as_str()})
        }
        "room_id" => {
            let id = RoomId::parse(input)?;
            assert_eq!(id.is_domainless(), id.create_event_id().is_some());
            json!({
                "opaque": true, "server": id.server_name().map(ServerName::as_str),
                "domain_form": id.is_domain_form(), "domainless_v12": id.is_domainless(),
            })
        }
        "event_id" => {
            let id = EventId::parse(input)?;
            json!({"opaque": true, "v1": id.is_v1(), "v3": id.is_v3(), "v4": id.is_v4()})
        }
        "server_key_id" => {
            let id = ServerSigningKeyId::parse(input)?;
            json!({"alg": id.algorithm(), "name": id.version()})
        }
        "device_key_id" => {
            let id = DeviceKeyId::parse(input)?;
            json!({"alg": id.algorithm(), "name": id.device_id().as_str()})
        }
        "mxc" => {
            let uri = MxcUri::parse(input)?;
            json!({"server": uri.server_name().as_str(), "media_id": uri.media_id()})
        }
        "room_version" => RoomVersionId::parse(input).map(|_| json!({}))?,
        "namespaced_id" => NamespacedId::parse(input).map(|_| json!({}))?,
        "opaque_id" => OpaqueId::parse(input).map(|_| json!({}))?,
        "client_secret" => ClientSecret::parse(input).map(|_| json!({}))?,
        "space_order" => SpaceOrder::parse(input).map(|_| json!({}))?,
        other => panic!("no such type: {other}"),
    };
    let mut facts = object(facts);
    facts.insert("valid".to_owned(), true.into());
    Ok(facts)
}

fn server_name(name: &ServerName) -> Value {
    let kind = match name.ip_address() {
        None => "dns",
        Some(address) if address.is_ipv4() => "ipv4",
        Some(_) => "ipv6",
    };
    json!({
        "host": name.host(), "port": name.port(), "ip_literal": name.is_ip_literal(), "kind": kind,
    })
}

fn object(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}
