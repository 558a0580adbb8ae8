use matrix_roomversion::RoomVersion;
use matrix_signatures::required_signers;

use super::{object, rules};

fn signers(json: &str, version: &str) -> Vec<String> {
    required_signers(&object(json), rules(version)).unwrap().into_iter().map(ToString::to_string).collect()
}

#[test]
fn senders_server_and_in_rooms_1_and_2_the_event_ids() {
    let event = r#"{"type":"x","sender":"@u:a.example:8448","event_id":"$e:c.example","content":{}}"#;
    for version in RoomVersion::ALL {
        let both = version < RoomVersion::V3;
        let expected = if both { vec!["a.example:8448", "c.example"] } else { vec!["a.example:8448"] };
        assert_eq!(signers(event, version.as_str()), expected);
    }
    assert_eq!(signers(r#"{"type":"x","sender":"@u:a","event_id":"$e:a"}"#, "1"), ["a"]);
}

#[test]
fn third_party_invites_need_no_signature_of_the_sender() {
    let invite = |member: &str| {
        format!(
            r#"{{"type":"m.room.member","sender":"@u:a.example","event_id":"$e:c.example","content":{member}}}"#
        )
    };
    let third_party = invite(r#"{"membership":"invite","third_party_invite":{}}"#);
    assert_eq!(signers(&third_party, "1"), ["c.example"]);
    assert!(signers(&third_party, "12").is_empty());
    for other in [
        r#"{"membership":"invite"}"#,
        r#"{"membership":"join","third_party_invite":{}}"#,
        r#"{"third_party_invite":{}}"#,
        r#"{"membership":["invite"],"third_party_invite":{}}"#,
        r#""text""#,
    ] {
        assert_eq!(signers(&invite(other), "12"), ["a.example"], "{other}");
    }
    let elsewhere =
        r#"{"type":"x","sender":"@u:a","content":{"membership":"invite","third_party_invite":{}}}"#;
    assert_eq!(signers(elsewhere, "12"), ["a"]);
}

#[test]
fn authoriser_signs_restricted_joins_from_room_8_on_and_nothing_else() {
    let event = |event_type: &str, membership: &str| {
        format!(
            r#"{{"type":"{event_type}","sender":"@u:a","event_id":"$e:a","content":{{"membership":"{membership}","join_authorised_via_users_server":"@v:b"}}}}"#
        )
    };
    for version in RoomVersion::ALL {
        let version_str = version.as_str();
        let expected = if version >= RoomVersion::V8 { vec!["a", "b"] } else { vec!["a"] };
        assert_eq!(signers(&event("m.room.member", "join"), version_str), expected, "{version}");
        for (event_type, membership) in
            [("m.room.message", "join"), ("m.room.member", "leave"), ("m.room.member", "ban")]
        {
            assert_eq!(
                signers(&event(event_type, membership), version_str),
                ["a"],
                "{event_type} {membership}"
            );
        }
    }
}

#[test]
fn unreadable_signers_are_errors() {
    let kind =
        |json: &str, version: &str| required_signers(&object(json), rules(version)).unwrap_err().kind();
    assert_eq!(kind(r#"{"sender":"@u:a"}"#, "12"), "missing_field");
    assert_eq!(kind(r#"{"type":"x"}"#, "12"), "missing_field");
    assert_eq!(kind(r#"{"type":"x","sender":7}"#, "12"), "invalid_field");
    assert_eq!(kind(r#"{"type":"x","sender":"@u"}"#, "12"), "invalid_identifier");
    assert_eq!(kind(r#"{"type":"x","sender":"@u:a b"}"#, "12"), "invalid_identifier");
    assert_eq!(kind(r#"{"type":"x","sender":"@u:a"}"#, "1"), "missing_field");
    assert_eq!(kind(r#"{"type":"x","sender":"@u:a","event_id":"$e"}"#, "2"), "invalid_identifier");
    let join = |authoriser: &str| {
        format!(
            r#"{{"type":"m.room.member","sender":"@u:a","content":{{"membership":"join","join_authorised_via_users_server":{authoriser}}}}}"#
        )
    };
    assert_eq!(kind(&join("7"), "8"), "invalid_field");
    assert_eq!(kind(&join(r#""v""#), "8"), "invalid_identifier");
}
