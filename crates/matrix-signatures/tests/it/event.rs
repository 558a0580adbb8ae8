use matrix_canonicaljson::{Mode, Object};
use matrix_redaction::redact;
use matrix_roomversion::{EventIdFormat, RoomVersion};
use matrix_signatures::{
    Sha256Hash, check_format, content_hash, content_hash_matches, event_id, event_signing_bytes, hash_event,
    reference_hash, room_id_of_create, sign_event, sign_json,
};

use super::{data, object, rules, server, spec_key};

#[test]
fn every_generated_event_is_redacted_hashed_and_signed_as_synapse_does() {
    let vectors = data("diff_visible.json");
    let key = spec_key();
    let events = vectors["events"].as_array().unwrap();
    assert_eq!(events.len(), 120);
    for case in events {
        let id = case["id"].as_str().unwrap();
        let rules = rules(case["room_version"].as_str().unwrap());
        let event = Object::parse(case["input"].as_str().unwrap().as_bytes(), Mode::Lenient).unwrap();
        assert_eq!(event.to_string(), case["canonical"], "{id}");
        assert_eq!(event.to_canonical().len(), case["canonical_len"], "{id}");
        let mut redacted = redact(&event, &rules.redaction).unwrap();
        assert_eq!(redacted.to_string(), case["redacted"], "{id}");
        assert_eq!(content_hash(&event).to_base64(), case["content_hash"], "{id}");
        assert_eq!(content_hash_matches(&event).unwrap(), case["hash_matches"], "{id}");
        assert_eq!(reference_hash(&event, rules).unwrap().to_base64(), case["reference_hash"], "{id}");
        assert_eq!(event_id(&event, rules).unwrap().as_str(), case["event_id"], "{id}");
        let bytes = event_signing_bytes(&event, rules).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), case["signing_bytes"], "{id}");
        let signature = sign_json(&mut redacted, "domain", &key).unwrap();
        assert_eq!(signature.to_base64(), case["signature_domain_ed25519_1"], "{id}");
    }
    for case in vectors["canonical"].as_array().unwrap() {
        let value =
            matrix_canonicaljson::Value::parse(case["input"].as_str().unwrap().as_bytes(), Mode::Lenient)
                .unwrap();
        assert_eq!(value.to_string(), case["canonical"], "{}", case["id"]);
    }
}

#[test]
fn top_level_age_ts_is_hashed_as_the_specification_has_it() {
    // A known disagreement: Synapse leaves these three out.
    let plain = object(r#"{"type":"x","content":{}}"#);
    for key in ["age_ts", "outlier", "destinations"] {
        let mut event = plain.clone();
        event.insert(key, 1);
        assert_ne!(content_hash(&event), content_hash(&plain));
    }
    let mut differ = 0;
    for case in data("diff_visible.json")["events"].as_array().unwrap() {
        if case["content_hash"] != case["content_hash_synapse"] {
            let mut event = object(case["input"].as_str().unwrap());
            event.retain(|key, _| !["age_ts", "outlier", "destinations"].contains(&key));
            assert_eq!(content_hash(&event).to_base64(), case["content_hash_synapse"]);
            differ += 1;
        }
    }
    assert_eq!(differ, 66);
}

#[test]
fn msc1659_published_event_id() {
    let cases = data("event_ids.json");
    for case in cases["cases"].as_array().unwrap() {
        let event = object(&case["event"].to_string());
        let rules = rules(case["room_version"].as_str().unwrap());
        assert_eq!(event_id(&event, rules).unwrap().as_str(), case["event_id"]);
        check_format(&event, rules).unwrap();
    }
}

#[test]
fn msc1884_msc2002_event_ids_are_url_safe_from_room_4_on() {
    let mut seen = [false; 2];
    for depth in 0..200 {
        let event = object(&format!(
            r#"{{"type":"x","content":{{}},"event_id":"$own:a.example","depth":{depth},"room_id":"!r:a","sender":"@a:b"}}"#
        ));
        for version in RoomVersion::ALL {
            let rules = version.rules();
            let id = event_id(&event, rules).unwrap();
            let hash = reference_hash(&event, rules).unwrap();
            match rules.event_id_format {
                EventIdFormat::Field => assert_eq!(id.as_str(), "$own:a.example"),
                EventIdFormat::Hash => {
                    assert_eq!(id.as_str(), format!("${}", hash.to_base64()));
                    seen[0] |= !id.is_v4();
                }
                EventIdFormat::UrlSafeHash => {
                    assert_eq!(id.as_str(), format!("${}", hash.to_url_safe_base64()));
                    assert!(id.is_v4());
                    seen[1] |= !id.is_v3();
                }
            }
            assert_eq!(rules.event_id_format == EventIdFormat::Hash, version == RoomVersion::V3);
            assert_eq!(
                Sha256Hash::from_base64(&hash.to_base64()),
                Ok(hash),
                "hashes themselves stay standard base64"
            );
        }
    }
    assert_eq!(seen, [true; 2], "both alphabets were put to the test");
}

#[test]
fn event_ids_of_rooms_1_and_2_have_to_be_there() {
    let kind = |json: &str| event_id(&object(json), rules("2")).unwrap_err().kind();
    assert_eq!(kind(r#"{"type":"x","content":{}}"#), "missing_field");
    assert_eq!(kind(r#"{"type":"x","content":{},"event_id":1}"#), "invalid_field");
    assert_eq!(kind(r#"{"type":"x","content":{},"event_id":"x"}"#), "invalid_identifier");
}

#[test]
fn room_id_is_the_create_events_from_room_12_on() {
    let create = object(
        r#"{"type":"m.room.create","content":{"room_version":"12"},"sender":"@a:b","room_id":"!r:b"}"#,
    );
    for version in RoomVersion::ALL {
        let room_id = room_id_of_create(&create, version.rules()).unwrap();
        if version >= RoomVersion::V12 {
            let id = event_id(&create, version.rules()).unwrap();
            assert_eq!(room_id.create_event_id().unwrap(), id);
            let mut without = create.clone();
            without.remove("room_id");
            assert_eq!(
                room_id_of_create(&without, version.rules()).unwrap(),
                room_id,
                "a `room_id` is not hashed"
            );
        } else {
            assert_eq!(room_id.as_str(), "!r:b");
        }
    }
    let kind =
        |json: &str, version: &str| room_id_of_create(&object(json), rules(version)).unwrap_err().kind();
    assert_eq!(kind(r#"{"type":"m.room.create","content":{}}"#, "11"), "missing_field");
    assert_eq!(kind(r#"{"type":"m.room.create","content":{},"room_id":"r"}"#, "11"), "invalid_identifier");
    assert_eq!(kind(r#"{"type":"m.room.create"}"#, "12"), "unredactable");
}

#[test]
fn integers_beyond_the_range_are_hashed_and_refused_by_the_format() {
    let json = r#"{"auth_events":[],"content":{},"depth":9007199254741000,"hashes":{"sha256":"x"},"origin_server_ts":1,"prev_events":[],"room_id":"!r:a","sender":"@a:b","signatures":{},"type":"x"}"#;
    let event = object(json);
    assert_eq!(event.to_string(), json);
    assert_eq!(event_id(&event, rules("6")).unwrap(), event_id(&event, rules("10")).unwrap());
    assert_eq!(check_format(&event, rules("6")).unwrap_err().kind(), "not_canonical_json");
    assert_eq!(check_format(&event, rules("5")), Ok(()));
}

#[test]
fn hashing_keeps_other_hashes_and_repairs_what_is_no_object() {
    let mut event = object(r#"{"type":"x","content":{},"hashes":{"md5":"m","sha256":"old"}}"#);
    hash_event(&mut event);
    let hashes = event.get_object("hashes").unwrap();
    assert_eq!(hashes.get_str("md5"), Some("m"));
    assert_eq!(hashes.get_str("sha256"), Some(&*content_hash(&event).to_base64()));
    event.insert("hashes", "none");
    hash_event(&mut event);
    assert_eq!(content_hash_matches(&event), Ok(true));
}

#[test]
fn events_that_cannot_be_signed_stay_as_they_were() {
    for json in [r#"{"type":"x"}"#, r#"{"content":{}}"#, r#"{"type":"x","content":{},"signatures":[]}"#] {
        let mut event = object(json);
        assert!(sign_event(&mut event, server("domain"), &spec_key(), rules("10")).is_err());
        assert_eq!(event, object(json));
    }
}

#[test]
fn content_hash_needs_a_readable_name_to_match() {
    let kind = |json: &str| content_hash_matches(&object(json)).map_err(|error| error.kind());
    assert_eq!(kind("{}"), Err("missing_field"));
    assert_eq!(kind(r#"{"hashes":1}"#), Err("invalid_field"));
    assert_eq!(kind(r#"{"hashes":{}}"#), Err("missing_field"));
    assert_eq!(kind(r#"{"hashes":{"sha256":1}}"#), Err("invalid_field"));
    assert_eq!(kind(r#"{"hashes":{"sha256":"!"}}"#), Ok(false));
    // SHA-256 of `{}`, padded.
    assert_eq!(kind(r#"{"hashes":{"sha256":"RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o="}}"#), Ok(true));
}
