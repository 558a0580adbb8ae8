//! What is known of the endpoints of the other APIs, beside what the specification says.

use std::collections::BTreeSet;

use matrix_api::{Authentication, Metadata, endpoints};
use serde_json::Value;

fn listed() -> Vec<Value> {
    serde_json::from_slice(include_bytes!("../data/metadata_servers.json")).unwrap()
}

fn others() -> impl Iterator<Item = &'static Metadata> {
    endpoints().map(|endpoint| &endpoint.metadata).filter(|it| !it.name.starts_with("matrix_api::client::"))
}

#[test]
fn metadata_is_that_of_the_specification() {
    let listed = listed();
    let mut unlisted = Vec::new();
    for endpoint in others() {
        let newest = endpoint.paths[0].template;
        let row =
            listed.iter().find(|row| row["path"] == newest && row["method"] == endpoint.method.as_str());
        let Some(row) = row else {
            unlisted.push((endpoint.method.as_str(), newest));
            continue;
        };
        let authentication = match (row["auth"].as_str().unwrap(), newest) {
            // Of a homeserver by its signature (MSC1915).
            ("token", "/_matrix/identity/v2/3pid/unbind") => Authentication::OptionalAccessToken,
            ("token", _) => Authentication::AccessToken,
            ("signature", _) => Authentication::ServerSignature,
            _ => Authentication::None,
        };
        assert_eq!(endpoint.authentication, authentication, "{}", endpoint.name);
        assert_eq!(endpoint.rate_limited, row["rate_limited"] == true, "{}", endpoint.name);
    }
    unlisted.sort_unstable();
    // What is not in the specification any more, and what never came to be.
    assert_eq!(
        unlisted,
        [
            ("GET", "/_matrix/integrations/v1/account"),
            ("GET", "/_matrix/integrations/v1/terms"),
            ("POST", "/_matrix/integrations/v1/account/logout"),
            ("POST", "/_matrix/integrations/v1/account/register"),
            ("POST", "/_matrix/integrations/v1/terms"),
            ("PUT", "/_matrix/federation/v1/send_join/{roomId}/{eventId}"),
            ("PUT", "/_matrix/federation/v1/send_leave/{roomId}/{eventId}"),
        ],
    );
}

#[test]
fn msc2140_every_endpoint_of_identity_servers_is_there_but_for_pages_that_people_open() {
    let there: BTreeSet<(String, String)> = others()
        .flat_map(|endpoint| {
            endpoint.paths.iter().map(|path| (endpoint.method.to_string(), path.template.to_owned()))
        })
        .collect();
    let missing: Vec<String> = listed()
        .iter()
        .map(|row| (row["method"].as_str().unwrap().to_owned(), row["path"].as_str().unwrap().to_owned()))
        .filter(|(_, path)| path.starts_with("/_matrix/identity/"))
        .filter(|place| !there.contains(place))
        .map(|(method, path)| format!("{method} {path}"))
        .collect();
    assert_eq!(
        missing,
        [
            "GET /_matrix/identity/v2/validate/email/submitToken",
            "GET /_matrix/identity/v2/validate/msisdn/submitToken",
        ],
    );
}

#[test]
fn no_two_endpoints_have_the_same_place() {
    let mut places = BTreeSet::new();
    for endpoint in others() {
        for path in endpoint.paths {
            assert!(places.insert((endpoint.method.as_str(), path.template)), "{}", path.template);
        }
    }
}
