//! Fields and codes that a proposal added to an endpoint.

use http::{Request, Response};
use matrix_api::client::{account, membership, reporting, rooms};
use matrix_api::{
    AccessToken, Credentials, Endpoint, EndpointResponse, Errcode, Error, MatrixError, Password,
};
use matrix_identifiers::OwnedRoomId;

fn room() -> OwnedRoomId {
    "!r:example.org".parse().unwrap()
}

/// The body that a request is sent with.
fn body<E: Endpoint>(request: E) -> String {
    let token = AccessToken::new("t");
    let http = request.into_http_request("https://a.example", Credentials::Token(&token), None).unwrap();
    String::from_utf8(http.into_body()).unwrap()
}

/// The request that a server reads out of a body.
fn read<E: Endpoint>(path: &str, body: &str) -> E {
    let request = Request::builder().method(E::METHOD).uri(path).body(body.as_bytes()).unwrap();
    E::from_http_request(&request).unwrap()
}

#[test]
fn msc1501_an_upgrade_names_the_version_and_creators_if_there_are_some() {
    let mut upgrade = rooms::upgrade::Request::new(room(), "12".parse().unwrap());
    assert_eq!(body(upgrade.clone()), r#"{"new_version":"12"}"#);
    upgrade.additional_creators = vec!["@b:example.org".parse().unwrap()];
    let written = body(upgrade.clone());
    assert_eq!(written, r#"{"new_version":"12","additional_creators":["@b:example.org"]}"#);
    let path = "/_matrix/client/v3/rooms/!r:example.org/upgrade";
    assert_eq!(read::<rooms::upgrade::Request>(path, &written), upgrade);
}

#[test]
fn msc1983_msc2367_leaving_and_removing_may_say_why() {
    let mut leave = membership::leave::Request::new(room());
    assert_eq!(body(leave.clone()), "{}");
    leave.reason = Some("bye".to_owned());
    assert_eq!(body(leave.clone()), r#"{"reason":"bye"}"#);
    let path = "/_matrix/client/r0/rooms/!r:example.org/leave";
    assert_eq!(read::<membership::leave::Request>(path, r#"{"reason":"bye"}"#), leave);

    let user = "@b:example.org".parse().unwrap();
    let mut kick = membership::kick::Request::new(room(), user);
    kick.reason = Some("spam".to_owned());
    assert_eq!(body(kick), r#"{"user_id":"@b:example.org","reason":"spam"}"#);
}

#[test]
fn msc2033_an_application_services_user_has_no_device() {
    let read = |body: &str| {
        let response = Response::new(body.as_bytes());
        account::whoami::Response::from_http_response(&response).unwrap().device_id
    };
    let device = read(r#"{"user_id": "@a:example.org", "device_id": "D"}"#);
    assert_eq!(device.as_deref().map(|id| id.as_str()), Some("D"));
    assert_eq!(read(r#"{"user_id": "@a:example.org"}"#), None);
}

#[test]
fn msc2181_a_deactivated_account_has_a_code_of_its_own() {
    let body = r#"{"errcode": "M_USER_DEACTIVATED", "error": "This account has been deactivated"}"#;
    let response = Response::builder().status(403).body(body).unwrap();
    let error = MatrixError::from_response(&response);
    assert_eq!((error.status.as_u16(), error.errcode), (403, Some(Errcode::UserDeactivated)));
}

#[test]
fn msc2414_a_report_needs_no_reason_and_its_score_is_passed_over() {
    let path = "/_matrix/client/v3/rooms/!r:example.org/report/$e";
    let reason = |body: &str| read::<reporting::report_event::Request>(path, body).reason;
    assert_eq!(reason("{}"), None);
    assert_eq!(reason(r#"{"score": -100}"#), None);
    assert_eq!(reason(r#"{"score": -100, "reason": "rude"}"#).as_deref(), Some("rude"));
    let report = reporting::report_event::Request::new(room(), "$e".try_into().unwrap());
    assert_eq!(body(report), "{}");
}

#[test]
fn msc2457_other_sessions_end_unless_the_user_keeps_them() {
    let path = "/_matrix/client/v3/account/password";
    let ends = |body: &str| read::<account::change_password::Request>(path, body).logout_devices;
    assert!(ends(r#"{"new_password": "p"}"#));
    assert!(!ends(r#"{"new_password": "p", "logout_devices": false}"#));
    let keeping = account::change_password::Request::new(Password::new("p"), false);
    assert_eq!(body(keeping), r#"{"new_password":"p","logout_devices":false}"#);
}

#[test]
fn msc2432_an_alias_that_points_elsewhere_is_refused_and_a_state_key_may_be_left_out() {
    let path = "/_matrix/client/v3/rooms/!r:example.org/state/m.room.canonical_alias";
    let content = r##"{"alt_aliases":["#a:example.org"]}"##;
    for path in [path.to_owned(), format!("{path}/")] {
        let request: rooms::send_state::Request = read(&path, content);
        assert_eq!((request.event_type.as_str(), request.state_key.as_str()), ("m.room.canonical_alias", ""));
        assert_eq!(body(request), content);
    }
    let request: rooms::send_state::Request = read(&format!("{path}/a%2Fb"), content);
    assert_eq!(request.state_key, "a/b");
    let refusal =
        r##"{"errcode": "M_BAD_ALIAS", "error": "The alias '#a:example.org' does not point to this room."}"##;
    let refusal = Response::builder().status(400).body(refusal).unwrap();
    let Err(Error::Server(error)) = rooms::send_state::Response::from_http_response(&refusal) else {
        panic!()
    };
    assert_eq!(error.errcode, Some(Errcode::BadAlias));
}
