//! What is written is read as it was, whatever stands in IDs, queries and bodies.

use matrix_api::client::backup_keys;
use matrix_api::client::knock;
use matrix_api::client::{push, relations, rooms, to_device};
use matrix_api::{AccessToken, Credentials, Endpoint, RequestParts};
use matrix_identifiers::{OwnedEventId, OwnedRoomAliasId, OwnedRoomId, OwnedServerName};
use matrix_push::{Action, RuleKind};
use proptest::prelude::*;

/// Any text, with much of what has a meaning in URLs.
pub(crate) fn odd() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("/".to_owned()),
        Just("%".to_owned()),
        Just("%2F".to_owned()),
        Just("+".to_owned()),
        Just("?".to_owned()),
        Just("#".to_owned()),
        Just("&".to_owned()),
        Just("=".to_owned()),
        Just(" ".to_owned()),
        Just("..".to_owned()),
        Just(".".to_owned()),
        Just("\\".to_owned()),
        Just(";".to_owned()),
        Just(":".to_owned()),
        Just("@".to_owned()),
        Just("{x}".to_owned()),
        Just("\u{0}".to_owned()),
        Just("\r\n".to_owned()),
        Just("ü€😀".to_owned()),
        "[a-zA-Z0-9]{1,4}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

pub(crate) fn round_trip<E: Endpoint + Clone + PartialEq + core::fmt::Debug>(request: &E) {
    let token = AccessToken::new("t");
    let http =
        request.clone().into_http_request("https://example.org", Credentials::Token(&token), None).unwrap();
    assert_eq!(&E::from_http_request(&http).unwrap(), request, "{}", http.uri());
    // Nothing in a value makes another path: the template tells how many slashes there are.
    let slashes = |path: &str| path.bytes().filter(|byte| *byte == b'/').count();
    assert_eq!(slashes(http.uri().path()), slashes(E::PATHS[0].template));
    assert!(http.uri().path().split('/').all(|segment| segment != "." && segment != ".."));
}

proptest! {
    #[test]
    fn ids_survive_paths(text in odd(), txn_id in odd()) {
        if let Ok(room_id) = OwnedRoomId::try_from(format!("!{text}:example.org"))
            && let Ok(event_id) = OwnedEventId::try_from(format!("${text}"))
        {
            let mut request = rooms::redact::Request::new(room_id.clone(), event_id.clone(), txn_id.clone());
            request.reason = Some(text.clone());
            round_trip(&request);
            let mut request =
                relations::of_types::Request::new(room_id, event_id, txn_id.clone(), text.clone());
            request.from = Some(text.clone());
            request.limit = Some(5);
            request.recurse = true;
            round_trip(&request);
        }
        round_trip(&to_device::send::Request::new(text, txn_id, Default::default()));
    }

    #[test]
    fn aliases_and_servers_survive(text in odd(), ports in prop::collection::vec(any::<u16>(), 0..4)) {
        if let Ok(alias) = OwnedRoomAliasId::try_from(format!("#{text}:example.org")) {
            let mut request = knock::Request::new(alias.into());
            request.via = ports
                .into_iter()
                .map(|port| OwnedServerName::try_from(format!("[2001:db8::1]:{port}")).unwrap())
                .collect();
            request.server_name = request.via.clone();
            request.reason = Some(text);
            round_trip(&request);
        }
    }

    #[test]
    fn texts_survive_queries(version in odd(), session in odd(), rule in odd()) {
        let room_id = OwnedRoomId::try_from("!r:example.org").unwrap();
        round_trip(&backup_keys::session::Request::new(room_id, session, version.clone()));
        let mut request = push::put_rule::Request::new(RuleKind::Content, rule, vec![Action::Notify]);
        request.before = Some(version.clone()).filter(|before| !before.is_empty());
        request.pattern = Some(version);
        round_trip(&request);
    }

    /// Whatever a path holds, reading it neither fails badly nor gives what would be written in another way.
    #[test]
    fn any_path_is_read_or_refused(tail in "[!-~]{0,40}") {
        let uri = format!("/_matrix/client/v3/sendToDevice/{tail}");
        if let Ok(request) = http::Request::builder().method("PUT").uri(&uri).body(br#"{"messages":{}}"#)
            && let Ok(read) = to_device::send::Request::from_http_request(&request)
        {
            round_trip(&read);
        }
    }
}

#[test]
fn a_request_lacking_its_parts_is_refused() {
    assert!(knock::Request::from_parts(RequestParts::default()).is_err());
}

#[test]
fn unknown_fields_are_passed_over() {
    let body = br#"{"reason": "r", "org.example": {"deep": [1.5, null]}, "reason2": 1e400}"#;
    let uri = "/_matrix/client/v3/knock/%21r%3Aexample.org?org.example=1&via=a.example";
    let request = http::Request::builder().method("POST").uri(uri).body(body.as_slice()).unwrap();
    let read = knock::Request::from_http_request(&request).unwrap();
    assert_eq!(read.reason.as_deref(), Some("r"));
    assert_eq!(read.via.len(), 1);
}
