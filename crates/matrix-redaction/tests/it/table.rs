use matrix_canonicaljson::{Mode, Object};
use matrix_redaction::{
    Error, EventReader, Keep, Redacted, RedactedBytes, Scratch, content_rule, keeps_top_level, redact,
    redact_in_place,
};
use matrix_roomversion::RoomVersion;
use serde_json::{Value, json};

use super::{data, object, rules};

/// Redacts in the three ways there are, which have to agree.
fn redact_all_ways(event: &Object, version: &str) -> Result<Object, Error> {
    let result = redact(event, rules(version));
    let mut in_place = event.clone();
    match redact_in_place(&mut in_place, rules(version)) {
        Ok(()) => assert_eq!(result.as_ref(), Ok(&in_place)),
        Err(error) => {
            assert_eq!(result, Err(error));
            assert_eq!(&in_place, event, "an error leaves the event alone");
        }
    }
    if let Ok(redacted) = &result {
        let view = Redacted::new(event, rules(version)).unwrap();
        let (mut with, mut without) = (Vec::new(), Vec::new());
        view.write_canonical(&mut with);
        assert_eq!(with, redacted.to_canonical());
        view.write_signing_bytes(&mut without);
        let mut unsigned = redacted.clone();
        unsigned.remove("signatures");
        assert_eq!(without, unsigned.to_canonical());
        over_bytes(event, version, &with, &without);
    }
    result
}

/// Redacts the text of an event, as it is and with a space in it.
fn over_bytes(event: &Object, version: &str, with: &[u8], without: &[u8]) {
    let text = event.to_string();
    for text in [text.replacen("{", "{ ", 2), text] {
        let (mut reader, mut scratch) = (EventReader::new(), Scratch::new());
        let event = reader.read(text.as_bytes(), Mode::Lenient).unwrap();
        let view = RedactedBytes::new(&event, rules(version)).unwrap();
        let mut out = Vec::new();
        view.write_canonical(&mut scratch, &mut out);
        assert_eq!(out, with);
        out.clear();
        view.write_signing_bytes(&mut scratch, &mut out);
        assert_eq!(out, without);
    }
}

fn redacted_content(event_type: &str, content: Value, version: &str) -> Value {
    let event = json!({"type": event_type, "content": content, "sender": "@a:b"});
    let redacted = redact_all_ways(&object(&event.to_string()), version).unwrap();
    serde_json::from_str(&redacted.get("content").unwrap().to_string()).unwrap()
}

#[test]
fn every_case_of_the_redaction_table() {
    let cases = data("redaction_table.json");
    let cases = cases["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 66);
    for case in cases {
        let id = &case["id"];
        let version = case["room_version"].as_str().unwrap();
        let input = object(&case["input"].to_string());
        let redacted = redact_all_ways(&input, version).unwrap();
        let keys: Vec<&str> =
            case["redacted_top_keys"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
        assert_eq!(redacted.keys().collect::<Vec<_>>(), keys, "{id}");
        for key in keys.into_iter().filter(|key| *key != "content") {
            assert_eq!(redacted.get(key), input.get(key), "{id}: {key}");
        }
        let content = object(&case["redacted_content"].to_string());
        assert_eq!(redacted.get_object("content"), Some(&content), "{id}");
    }
}

#[test]
fn peer_disagreements_about_third_party_invites_follow_synapse() {
    let cases = data("peer_disagreements.json");
    let mut seen = 0;
    for case in cases["cases"].as_array().unwrap() {
        let Some(versions) =
            case.get("event_type").and(case.get("content")).and(case["room_versions"].as_array())
        else {
            continue;
        };
        for version in versions {
            let content = redacted_content(
                case["event_type"].as_str().unwrap(),
                case["content"].clone(),
                version.as_str().unwrap(),
            );
            assert_eq!(content, case["synapse"], "{}", case["id"]);
            seen += 1;
        }
    }
    assert_eq!(seen, 4);
}

/// A disagreement added to the file has to be decided and proven, too.
#[test]
fn every_known_peer_disagreement_is_decided() {
    let decided = [
        ("edge-tpi-nonobject", "dropped: peer_disagreements_about_third_party_invites_follow_synapse"),
        ("edge-tpi-no-signed", "`{}`: peer_disagreements_about_third_party_invites_follow_synapse"),
        ("edge-v12-create-roomid", "dropped: create_event_loses_room_id_in_room_12_alone"),
        ("edge-content-nonobject", "`{}`: content_that_is_no_object_becomes_empty"),
        ("edge-content-missing", "an error: events_without_content_or_type_are_errors"),
        ("edge-age_ts-content-hash", "hashed: a test of matrix-signatures"),
        ("edge-size", "65,536 bytes pass: a test of matrix-signatures"),
        ("edge-jav-non-join", "no signature needed: a test of matrix-signatures"),
    ];
    let cases = data("peer_disagreements.json");
    let ids: Vec<_> =
        cases["cases"].as_array().unwrap().iter().map(|case| case["id"].as_str().unwrap()).collect();
    assert_eq!(ids, decided.map(|(id, _)| id));
}

#[test]
fn third_party_invite_keeps_signed_alone_from_room_11_on() {
    let content = json!({"membership": "invite", "third_party_invite": {"signed": {"token": "t"}, "display_name": "d"}});
    assert_eq!(redacted_content("m.room.member", content.clone(), "10"), json!({"membership": "invite"}));
    assert_eq!(
        redacted_content("m.room.member", content, "11"),
        json!({"membership": "invite", "third_party_invite": {"signed": {"token": "t"}}}),
    );
    let odd = json!({"third_party_invite": {"signed": 1}});
    assert_eq!(redacted_content("m.room.member", odd.clone(), "12"), odd, "whatever `signed` is");
    for dropped in [json!("str"), json!(null), json!([{"signed": 1}]), json!(true)] {
        assert_eq!(
            redacted_content("m.room.member", json!({"third_party_invite": dropped}), "11"),
            json!({})
        );
    }
}

#[test]
fn content_that_is_no_object_becomes_empty() {
    for version in RoomVersion::ALL {
        for content in [json!("text"), json!([1]), json!(null), json!(7)] {
            for event_type in ["m.room.create", "m.room.member", "x"] {
                assert_eq!(redacted_content(event_type, content.clone(), version.as_str()), json!({}));
            }
        }
    }
}

#[test]
fn events_without_content_or_type_are_errors() {
    for version in RoomVersion::ALL {
        let version = version.as_str();
        let error = |json: &str| redact_all_ways(&object(json), version).unwrap_err();
        assert_eq!(error(r#"{"type":"x"}"#), Error::MissingField("content"));
        assert_eq!(error(r#"{"type":"m.room.create"}"#), Error::MissingField("content"));
        assert_eq!(error(r#"{"content":{}}"#), Error::MissingField("type"));
        assert_eq!(error(r#"{"type":1,"content":{}}"#).kind(), "invalid_field");
    }
}

#[test]
fn create_event_loses_room_id_in_room_12_alone() {
    let create = object(r#"{"type":"m.room.create","content":{"a":1},"room_id":"!r:b"}"#);
    for version in RoomVersion::ALL {
        let redacted = redact_all_ways(&create, version.as_str()).unwrap();
        assert_eq!(redacted.contains_key("room_id"), version != RoomVersion::V12);
    }
    let other = object(r#"{"type":"m.room.member","content":{},"room_id":"!r"}"#);
    assert!(redact_all_ways(&other, "12").unwrap().contains_key("room_id"));
}

#[test]
fn signatures_and_hashes_stay_and_unsigned_goes() {
    let event = object(
        r#"{"type":"x","content":{"k":1},"hashes":{"sha256":"h"},"signatures":{"a":{"ed25519:1":"s"}},"unsigned":{"age":1}}"#,
    );
    for version in RoomVersion::ALL {
        assert_eq!(
            redact_all_ways(&event, version.as_str()).unwrap().to_string(),
            r#"{"content":{},"hashes":{"sha256":"h"},"signatures":{"a":{"ed25519:1":"s"}},"type":"x"}"#,
        );
    }
}

#[test]
fn msc1954_prev_content_is_not_kept_in_any_version() {
    for version in RoomVersion::ALL {
        assert!(!keeps_top_level("m.room.topic", "prev_content", rules(version.as_str())));
    }
}

#[test]
fn msc2176_changes_begin_with_room_11() {
    for version in RoomVersion::ALL {
        let (rules, new) = (rules(version.as_str()), version >= RoomVersion::V11);
        for key in ["membership", "prev_state", "origin"] {
            assert_eq!(keeps_top_level("x", key, rules), !new, "{key} in {version}");
        }
        assert_eq!(content_rule("m.room.create", rules).keeps_everything(), new);
        let whole = if new { Keep::Whole } else { Keep::Drop };
        assert_eq!(content_rule("m.room.redaction", rules).keep("redacts"), whole);
        assert_eq!(content_rule("m.room.power_levels", rules).keep("invite"), whole);
        assert_eq!(content_rule("m.room.power_levels", rules).keep("notifications"), Keep::Drop);
        assert_eq!(content_rule("m.room.encryption", rules).keep("algorithm"), Keep::Drop);
    }
}

#[test]
fn msc2175_creator_is_kept_in_every_version() {
    for version in RoomVersion::ALL {
        let content = redacted_content("m.room.create", json!({"creator": "@a:b"}), version.as_str());
        assert_eq!(content, json!({"creator": "@a:b"}));
    }
}

#[test]
fn msc2240_aliases_are_nothing_special_from_room_6_on() {
    for version in RoomVersion::ALL {
        let kept = redacted_content("m.room.aliases", json!({"aliases": ["#a:b"]}), version.as_str());
        assert_eq!(kept != json!({}), version < RoomVersion::V6, "{version}");
    }
}

#[test]
fn rules_of_an_unknown_type_keep_nothing() {
    let rule = content_rule("com.example.thing", rules("12"));
    assert_eq!(rule.keys().count(), 0);
    assert_eq!(rule.keep("membership"), Keep::Drop);
    assert_eq!(content_rule("m.room.member", rules("12")).keep("third_party_invite"), Keep::Only("signed"));
    assert_eq!(content_rule("m.room.create", rules("12")).keep("anything"), Keep::Whole);
}
