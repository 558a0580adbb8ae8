//! Strict reading: the first misfit and its path.

use matrix_events::content::*;
use matrix_events::{ClientEvent, Error, Wire};

fn refused(event_type: &str, json: &str) -> (&'static str, String) {
    let error: Error = RoomContent::read_strict(event_type, json.as_bytes()).unwrap_err();
    (error.kind(), error.path().unwrap_or_default().to_owned())
}

fn misfit(kind: &'static str, path: &str) -> (&'static str, String) {
    (kind, path.to_owned())
}

#[test]
fn the_path_of_a_misfit_leads_to_it() {
    let member = |json| refused("m.room.member", json);
    assert_eq!(member("{}"), misfit("missing_field", "membership"));
    assert_eq!(member(r#"{"membership":5}"#), misfit("invalid_field", "membership"));
    assert_eq!(
        member(r#"{"avatar_url":"https://a.org","membership":"join"}"#),
        misfit("invalid_identifier", "avatar_url")
    );
    assert_eq!(
        member(
            r#"{"membership":"join","third_party_invite":{"signed":{"mxid":"@a:a.org","signatures":{"id.org":{"ed25519:0":7}},"token":"t"}}}"#
        ),
        misfit("invalid_field", r#"third_party_invite.signed.signatures."id.org"."ed25519:0""#)
    );
    assert_eq!(
        refused("m.room.power_levels", r#"{"users":{"@a:a.org":true}}"#),
        misfit("invalid_field", r#"users."@a:a.org""#)
    );
    assert_eq!(
        refused("m.room.power_levels", r#"{"users":{"bob":1}}"#),
        misfit("invalid_identifier", "users.bob")
    );
    assert_eq!(
        refused(
            "m.room.join_rules",
            r#"{"allow":[{"type":"x"},{"type":"m.room_membership"}],"join_rule":"restricted"}"#
        ),
        misfit("missing_field", "allow[1].room_id")
    );
    assert_eq!(
        refused("m.reaction", r#"{"m.relates_to":{"event_id":"$a","rel_type":"m.annotation"}}"#),
        misfit("missing_field", r#""m.relates_to".key"#)
    );
}

#[test]
fn the_path_within_an_event_begins_with_content() {
    let json = br#"{"type":"m.room.power_levels","state_key":"","content":{"users":{"@a:b":"x","@c:d":[]}},
        "sender":"@a:b","event_id":"$e","room_id":"!r:b","origin_server_ts":1}"#;
    let error = ClientEvent::read_strict(json).unwrap_err();
    assert_eq!(error.path(), Some(r#"content.users."@c:d""#));
    assert_eq!(error.to_string(), r#"content.users."@c:d" is not a power level"#);
}

#[test]
fn what_is_no_json_or_no_object_is_refused() {
    assert_eq!(refused("m.room.name", "{").0, "unexpected_end");
    assert_eq!(refused("m.room.name", "[]"), misfit("invalid_field", ""));
    assert_eq!(refused("org.example", "7"), misfit("invalid_field", ""));
}

#[test]
fn fields_that_others_call_for_have_to_be_there() {
    for (event_type, json, path) in [
        ("m.room.message", r#"{"body":"x"}"#, "msgtype"),
        ("m.room.message", r#"{"body":"x","msgtype":"m.image"}"#, "url"),
        ("m.room.message", r#"{"body":"x","msgtype":"m.location"}"#, "geo_uri"),
        ("m.sticker", r#"{"body":"x","info":{}}"#, "url"),
        ("m.room.encrypted", r#"{"algorithm":"m.megolm.v1.aes-sha2","ciphertext":"x"}"#, "session_id"),
        (
            "m.room.encrypted",
            r#"{"algorithm":"m.megolm.v1.aes-sha2","ciphertext":{},"session_id":"s"}"#,
            "ciphertext",
        ),
        ("m.room.encrypted", r#"{"algorithm":"m.olm.v1.curve25519-aes-sha2","ciphertext":{}}"#, "sender_key"),
        ("m.room.encrypted", r#"{"algorithm":"m.olm.v1.curve25519-aes-sha2","ciphertext":""}"#, "ciphertext"),
        (
            "m.key.verification.start",
            r#"{"from_device":"D","method":"m.sas.v1","hashes":[],"transaction_id":"t"}"#,
            "key_agreement_protocols",
        ),
        (
            "m.key.verification.start",
            r#"{"from_device":"D","method":"m.reciprocate.v1","transaction_id":"t"}"#,
            "secret",
        ),
    ] {
        assert_eq!(refused(event_type, json).1, path, "{json}");
    }
}

#[test]
fn msc2399_room_and_session_are_left_out_only_with_no_olm() {
    let read = |code: &str, more: &str| {
        let json =
            format!(r#"{{"algorithm":"m.megolm.v1.aes-sha2","code":"{code}","sender_key":"k"{more}}}"#);
        RoomKeyWithheld::read_strict(json.as_bytes())
            .map(drop)
            .map_err(|error| error.path().map(str::to_owned))
    };
    assert_eq!(read("m.no_olm", ""), Ok(()));
    assert_eq!(read("m.unverified", ""), Err(Some("room_id".to_owned())));
    assert_eq!(read("m.unverified", r#","room_id":"!r:a.org""#), Err(Some("session_id".to_owned())));
}

#[test]
fn a_request_says_what_is_asked_for_and_a_cancellation_need_not() {
    let rest = r#""request_id":"1","requesting_device_id":"D""#;
    let secret =
        |action: &str| SecretRequest::read_strict(format!(r#"{{"action":"{action}",{rest}}}"#).as_bytes());
    assert_eq!(secret("request").unwrap_err().path(), Some("name"));
    assert!(secret("request_cancellation").is_ok());
    let key =
        |action: &str| RoomKeyRequest::read_strict(format!(r#"{{"action":"{action}",{rest}}}"#).as_bytes());
    assert_eq!(key("request").unwrap_err().path(), Some("body"));
    assert!(key("request_cancellation").is_ok());
}

#[test]
fn null_counts_as_absent_where_a_field_may_be_absent() {
    let member =
        RoomMember::read_strict(br#"{"avatar_url":null,"displayname":null,"membership":"join"}"#).unwrap();
    assert_eq!(member, RoomMember::new(Membership::Join));
    assert!(RoomMember::read_strict(br#"{"membership":null}"#).is_err());
}

#[test]
fn the_last_of_members_with_the_same_key_counts() {
    let name = RoomName::read_strict(br#"{"name":7,"name":"Tea"}"#).unwrap();
    assert_eq!(name.name, "Tea");
}

#[test]
fn integers_are_those_of_canonical_json() {
    let info = |size: &str| ImageInfo::read_strict(format!(r#"{{"size":{size}}}"#).as_bytes());
    assert_eq!(info("9007199254740991").unwrap().size.unwrap(), 9_007_199_254_740_991);
    for size in ["9007199254740992", "1.0", "1e3", "\"1\""] {
        assert_eq!(info(size).unwrap_err().path(), Some("size"), "{size}");
    }
}
