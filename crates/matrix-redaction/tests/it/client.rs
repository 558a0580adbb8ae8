use matrix_identifiers::EventId;
use matrix_redaction::{from_client, redacted_because, to_client};
use matrix_roomversion::RoomVersion;

use super::{list_rules, object, rules};

fn served(json: &str, version: &str) -> String {
    let mut event = object(json);
    to_client(&mut event, rules(version));
    event.to_string()
}

#[test]
fn msc2174_both_places_are_filled_for_clients() {
    let both = r#"{"content":{"reason":"spam","redacts":"$a"},"redacts":"$a","type":"m.room.redaction"}"#;
    for version in RoomVersion::ALL {
        let sent = match version >= RoomVersion::V11 {
            true => r#"{"content":{"reason":"spam","redacts":"$a"},"type":"m.room.redaction"}"#,
            false => r#"{"content":{"reason":"spam"},"redacts":"$a","type":"m.room.redaction"}"#,
        };
        assert_eq!(served(sent, version.as_str()), both);
        assert_eq!(served(both, version.as_str()), both, "serving twice changes nothing");
    }
}

#[test]
fn msc2174_misplaced_target_never_reaches_clients() {
    let misplaced = r#"{"content":{"redacts":"$good"},"redacts":"$evil","type":"m.room.redaction"}"#;
    let good = r#"{"content":{"redacts":"$good"},"redacts":"$good","type":"m.room.redaction"}"#;
    assert_eq!(served(misplaced, "11"), good);
    let alone = r#"{"content":{},"redacts":"$evil","type":"m.room.redaction"}"#;
    assert_eq!(served(alone, "12"), r#"{"content":{},"type":"m.room.redaction"}"#);
    let old = r#"{"content":{"redacts":"$evil"},"type":"m.room.redaction"}"#;
    assert_eq!(served(old, "10"), r#"{"content":{},"type":"m.room.redaction"}"#);
}

#[test]
fn events_that_are_no_redactions_are_served_as_they_are() {
    let message = r#"{"content":{"redacts":"$a"},"redacts":"$b","type":"m.room.message"}"#;
    let odd = r#"{"content":"text","redacts":"$a","type":"m.room.redaction"}"#;
    for version in ["1", "12"] {
        assert_eq!(served(message, version), message);
    }
    assert_eq!(served(odd, "10"), odd, "no place to add it");
}

#[test]
fn msc2174_redaction_sent_by_a_client_is_put_into_the_place_of_the_version() {
    for version in RoomVersion::ALL {
        let mut event = object(r#"{"content":{"reason":"spam","redacts":"$a"},"type":"m.room.redaction"}"#);
        from_client(&mut event, rules(version.as_str()));
        let expected = match version >= RoomVersion::V11 {
            true => r#"{"content":{"reason":"spam","redacts":"$a"},"type":"m.room.redaction"}"#,
            false => r#"{"content":{"reason":"spam"},"redacts":"$a","type":"m.room.redaction"}"#,
        };
        assert_eq!(event.to_string(), expected);
    }
}

#[test]
fn msc2244_redacted_because_omits_the_list() {
    let redaction =
        object(r#"{"content":{"reason":"spam","redacts":["$a","$b"]},"type":"m.room.redaction"}"#);
    let id = EventId::parse("$b").unwrap();
    assert_eq!(
        redacted_because(&redaction, id, &list_rules()).to_string(),
        r#"{"content":{"reason":"spam"},"redacts":"$b","type":"m.room.redaction"}"#,
    );
    let single = object(r#"{"content":{"redacts":"$b"},"type":"m.room.redaction"}"#);
    assert_eq!(
        redacted_because(&single, id, rules("12")).to_string(),
        r#"{"content":{"redacts":"$b"},"redacts":"$b","type":"m.room.redaction"}"#,
    );
}
