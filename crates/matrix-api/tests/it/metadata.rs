//! What is known of the endpoints, beside what the specification says.

use std::collections::BTreeSet;

use http::Method;
use matrix_api::{Authentication, Availability, Metadata, endpoints};
use matrix_discovery::MatrixVersion;
use serde_json::Value;

fn listed() -> Vec<Value> {
    serde_json::from_slice(include_bytes!("../data/metadata.json")).unwrap()
}

fn client() -> impl Iterator<Item = &'static Metadata> {
    endpoints().map(|endpoint| &endpoint.metadata).filter(|it| it.name.starts_with("matrix_api::client::"))
}

#[test]
fn msc2689_msc2844_metadata_is_that_of_the_specification() {
    let listed = listed();
    let mut seen = 0;
    for endpoint in client() {
        let newest = &endpoint.paths[0];
        if endpoint.name == "matrix_api::client::session::cas_redirect" {
            continue; // Gone from the specification.
        }
        let row = listed
            .iter()
            .find(|row| row["path"] == newest.template && row["method"] == endpoint.method.as_str());
        let row = row.unwrap_or_else(|| panic!("{}", endpoint.name));
        seen += 1;
        let authentication = match (row["auth"].as_str().unwrap(), newest.template) {
            // With the token of an application service: MSC2778, and the application service API.
            ("none", "/_matrix/client/v3/login" | "/_matrix/client/v3/register")
                if endpoint.method == Method::POST =>
            {
                Authentication::OptionalAccessToken
            }
            ("none", _) => Authentication::None,
            ("optional", _) => Authentication::OptionalAccessToken,
            _ => Authentication::AccessToken,
        };
        assert_eq!(endpoint.authentication, authentication, "{}", endpoint.name);
        assert_eq!(endpoint.rate_limited, row["rate_limited"] == true, "{}", endpoint.name);
        // Who needs no token may be anybody.
        let guests = row["guests"] == true || authentication != Authentication::AccessToken;
        assert_eq!(endpoint.guests, guests, "{}", endpoint.name);
        if let (Some(added), Availability::Versions { since, until }) =
            (row["since"].as_str(), &newest.availability)
        {
            let added: MatrixVersion = format!("v{added}").parse().unwrap();
            assert_eq!((since, until), (&added, &None), "{}", endpoint.name);
        }
    }
    assert!(seen > 80, "{seen}");
}

#[test]
fn msc2844_old_paths_differ_in_their_version_only_and_end_with_version_1_1() {
    for endpoint in client() {
        for path in endpoint.paths.iter().filter(|path| path.template.starts_with("/_matrix/client/r0/")) {
            if path.availability == Availability::Always {
                continue;
            }
            let today = path.template.replacen("/r0/", "/v3/", 1);
            assert!(endpoint.paths.iter().any(|path| path.template == today), "{}", endpoint.name);
            // MSC2290 names a feature by which the path of today is there earlier.
            if path.availability == Availability::Feature("m.separate_add_and_bind") {
                continue;
            }
            let Availability::Versions { since, until } = &path.availability else {
                panic!("{}", endpoint.name)
            };
            assert!(since.is_legacy(), "{}", endpoint.name);
            assert_eq!(until, &Some(MatrixVersion::new(1, 1)), "{}", endpoint.name);
        }
    }
}

#[test]
fn no_two_endpoints_have_the_same_place() {
    let mut places = BTreeSet::new();
    for endpoint in client().filter(|endpoint| !endpoint.name.ends_with("::invite_third_party")) {
        // One endpoint may have the same path by its version and by a feature.
        let templates: BTreeSet<&str> = endpoint.paths.iter().map(|path| path.template).collect();
        for template in templates {
            // What a parameter is called makes no difference.
            let place: Vec<&str> = template
                .split('/')
                .map(|segment| if segment.starts_with('{') { "{}" } else { segment })
                .collect();
            assert!(places.insert((endpoint.method.as_str(), place.join("/"))), "{template}");
        }
    }
}

#[test]
fn msc1819_msc2451_msc2610_msc2611_msc2713_what_was_removed_is_not_there() {
    let paths: Vec<&str> =
        endpoints().flat_map(|endpoint| endpoint.metadata.paths).map(|path| path.template).collect();
    assert!(paths.len() > 100);
    for path in paths {
        for removed in [
            "/presence/list",      // MSC1819
            "/query_auth/",        // MSC2451
            "oauth2",              // MSC2610
            "/auth/m.login.token", // MSC2611
            "/identity/api/v1",    // MSC2713
        ] {
            assert!(!path.contains(removed), "{path}");
        }
    }
}

/// Every string literal and every name of a type in the crate's sources: what is removed has no type, path, EDU or stage.
#[test]
fn msc1819_msc2451_msc2610_msc2611_msc2713_no_source_makes_what_was_removed() {
    let mut sources = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut read = 0;
    while let Some(path) = sources.pop() {
        if path.is_dir() {
            sources.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        // Documentation may say what is not there.
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            for removed in [
                "presence/list",
                "m.presence_invite",
                "m.presence_accept",
                "m.presence_deny",
                "PresenceInvite",
                "query_auth",
                "QueryAuth",
                "m.login.oauth2",
                "OAuth2",
                "identity/api/v1",
            ] {
                assert!(!line.contains(removed), "{}: {line}", path.display());
            }
        }
        read += 1;
    }
    assert!(read > 40, "{read}");
}

#[test]
fn msc2611_the_token_type_is_a_login_and_no_stage() {
    let stage = matrix_api::uiaa::Stage::from("m.login.token");
    assert!(matches!(stage, matrix_api::uiaa::Stage::Other(_)));
    let login = matrix_api::session::LoginType::from("m.login.token");
    assert_eq!(login, matrix_api::session::LoginType::Token);
}
