//! What is more to endpoints of the server-server API than being read and written.

use http::{Request, Response};
use matrix_api::client::{PublicRoom, PublicRoomsFilter};
use matrix_api::federation::RawPdu;
use matrix_api::federation::directory::{is_match, search_public_rooms};
use matrix_api::federation::membership::{TemplateVersion, check_template, invite, join, knock};
use matrix_api::{Credentials, Endpoint, EndpointResponse, Error, MatrixError, OpenIdToken};
use matrix_canonicaljson::Object;
use matrix_events::content::{Membership, RoomType};
use matrix_identifiers::{RoomId, RoomVersionId, UserId};
use matrix_roomversion::EventFormat;

fn pdu(json: &str) -> RawPdu {
    RawPdu::from_object(&json.parse::<Object>().unwrap())
}

#[test]
fn msc1813_a_missing_room_version_is_one_or_two_and_never_the_newest() {
    let body = r#"{"event": {}}"#;
    let answer = join::make::Response::from_http_response(&Response::new(body.as_bytes())).unwrap();
    let version = TemplateVersion::of(answer.room_version.as_ref());
    assert_eq!(version, TemplateVersion::OneOrTwo);
    assert_eq!(version.event_format(), Some(EventFormat::V1));
    for (named, format) in [("1", Some(EventFormat::V1)), ("org.example", None)] {
        let named = RoomVersionId::parse(named).unwrap().to_owned();
        assert_eq!(TemplateVersion::of(Some(&named)).event_format(), format);
    }
    let newest = RoomVersionId::parse("12").unwrap().to_owned();
    assert_ne!(TemplateVersion::of(Some(&newest)).event_format(), Some(EventFormat::V1));
}

#[test]
fn msc2403_the_versions_have_to_be_named_to_knock_but_not_to_join() {
    let path = "/%21r%3Aexample.org/%40a%3Aexample.org";
    let request = |endpoint: &str, query: &str| {
        Request::builder().uri(format!("/_matrix/federation/v1/{endpoint}{path}{query}")).body(b"").unwrap()
    };
    let joined = join::make::Request::from_http_request(&request("make_join", "")).unwrap();
    assert!(joined.ver.is_empty());
    let missing = knock::make::Request::from_http_request(&request("make_knock", "")).unwrap_err();
    assert!(matches!(missing, Error::InvalidQuery { .. }), "{missing}");
    let named = knock::make::Request::from_http_request(&request("make_knock", "?ver=7&ver=8")).unwrap();
    assert_eq!(named.ver.len(), 2);
    let wrong = knock::make::Request::from_http_request(&request("make_knock", "?ver=A%20B")).unwrap_err();
    assert_eq!(wrong.kind(), "invalid_query");
}

#[test]
fn a_template_has_to_be_what_was_asked_for() {
    let good = r#"{"type": "m.room.member", "room_id": "!r:example.org", "sender": "@a:example.org",
        "state_key": "@a:example.org", "content": {"membership": "knock", "displayname": "A"}}"#;
    let check = |event: &str| {
        let (room, user) =
            (RoomId::parse("!r:example.org").unwrap(), UserId::parse("@a:example.org").unwrap());
        check_template(&event.parse().unwrap(), room, user, &Membership::Knock)
    };
    assert_eq!(check(good), Ok(()));
    for (from, to, path) in [
        ("m.room.member", "m.room.power_levels", "type"),
        ("!r:", "!s:", "room_id"),
        ("\"sender\": \"@a", "\"sender\": \"@b", "sender"),
        ("\"state_key\": \"@a", "\"state_key\": \"@b", "state_key"),
        ("\"state_key\"", "\"state\"", "state_key"),
        ("\"knock\"", "\"join\"", "content.membership"),
        ("{\"membership\": \"knock\", \"displayname\": \"A\"}", "5", "content.membership"),
    ] {
        let error = check(&good.replacen(from, to, 1)).unwrap_err();
        assert!(matches!(&error, Error::InvalidBody { path: found, .. } if found == path), "{path}: {error}");
    }
}

#[test]
fn msc1794_for_an_old_server_the_state_moves_into_the_event() {
    let event = pdu(r#"{"type": "m.room.member", "unsigned": {"age": 5}}"#);
    let mut request = invite::send::Request::new(
        "!r:example.org".parse().unwrap(),
        "$e:example.org".parse().unwrap(),
        "2".parse().unwrap(),
        event,
    );
    request.invite_room_state = vec![pdu(r#"{"type": "m.room.name"}"#)];
    let old = request.into_v1().unwrap();
    assert_eq!(
        old.event.json(),
        r#"{"type":"m.room.member","unsigned":{"age":5,"invite_room_state":[{"type":"m.room.name"}]}}"#,
    );
    let state = old.invite_room_state().unwrap();
    assert_eq!((state.len(), state[0].get_str("type")), (1, Some("m.room.name")));
    let http = old.into_http_request("https://hs.example", Credentials::None, None).unwrap();
    assert_eq!(http.uri().path(), "/_matrix/federation/v1/invite/%21r%3Aexample.org/%24e%3Aexample.org");
    let answer = Response::new(br#"[200, {"event": {"type": "m.room.member"}}]"#);
    let read = invite::send_v1::Response::from_http_response(&answer).unwrap();
    assert_eq!(read.0.event.json(), r#"{"type": "m.room.member"}"#);
    let bare = Response::new(br#"{"event": {}}"#);
    assert!(invite::send_v1::Response::from_http_response(&bare).is_err());
}

#[test]
fn msc1794_a_refusal_names_the_version_of_the_room() {
    let refusal = MatrixError::incompatible_room_version(RoomVersionId::parse("7").unwrap()).to_response();
    let Err(Error::Server(error)) = invite::send::Response::from_http_response(&refusal) else { panic!() };
    assert_eq!(error.room_version().unwrap().as_str(), "7");
}

#[test]
fn msc2197_the_search_is_made_by_oneself_when_the_server_cannot() {
    let request = search_public_rooms::Request {
        limit: Some(10),
        since: Some("p190q".to_owned()),
        filter: Some(PublicRoomsFilter { generic_search_term: Some("CHEESE".to_owned()), room_types: None }),
        include_all_networks: false,
        third_party_instance_id: Some("irc".to_owned()),
    };
    let get = request.to_get();
    assert_eq!(
        (get.limit, get.since.as_deref(), get.third_party_instance_id.as_deref()),
        (Some(10), Some("p190q"), Some("irc"))
    );
    let mut all = request.clone();
    all.include_all_networks = true;
    assert_eq!(
        (all.network(), all.to_get().third_party_instance_id, all.to_get().include_all_networks),
        (None, None, true)
    );

    let mut room = PublicRoom::new("!r:example.org".parse().unwrap(), 1);
    let filter = request.filter.unwrap();
    assert!(!is_match(&room, &filter));
    room.topic = Some("Tasty tasty cheeses".to_owned());
    assert!(is_match(&room, &filter));
    room.topic = None;
    room.canonical_alias = Some("#cheese:example.org".parse().unwrap());
    assert!(is_match(&room, &filter));
    room.canonical_alias = None;
    room.name = Some("chees".to_owned());
    assert!(!is_match(&room, &filter));
    assert!(is_match(
        &room,
        &PublicRoomsFilter { generic_search_term: Some(String::new()), room_types: None }
    ));
    let spaces =
        PublicRoomsFilter { generic_search_term: None, room_types: Some(vec![Some(RoomType::Space)]) };
    assert!(!is_match(&room, &spaces));
    let untyped = PublicRoomsFilter { generic_search_term: None, room_types: Some(vec![None]) };
    assert!(is_match(&room, &untyped));
    room.room_type = Some(RoomType::Space);
    assert!(is_match(&room, &spaces) && !is_match(&room, &untyped));
}

#[test]
fn msc1961_the_token_goes_the_whole_way() {
    use matrix_api::federation::openid::userinfo;
    use matrix_api::integrations::account::register;
    let token =
        OpenIdToken::new(matrix_api::AccessToken::new("s/+3"), "example.org".try_into().unwrap(), 3600);
    let sent = register::Request::from(token.clone());
    let http = sent.into_http_request("https://im.example", Credentials::None, None).unwrap();
    let received = OpenIdToken::from(register::Request::from_http_request(&http).unwrap());
    assert_eq!(received, token);
    let question = userinfo::Request::new(received.access_token.clone());
    let http = question.into_http_request("https://hs.example", Credentials::None, None).unwrap();
    assert_eq!(http.uri().query(), Some("access_token=s%2F%2B3"));
    let answer = Response::new(br#"{"sub": "@alice:example.org"}"#);
    let sub = userinfo::Response::from_http_response(&answer).unwrap().sub;
    assert_eq!(received.check_subject(&sub).unwrap(), "@alice:example.org");
}
