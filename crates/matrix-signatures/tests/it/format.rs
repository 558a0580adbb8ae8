use matrix_canonicaljson::{Mode, Object, Value};
use matrix_roomversion::RoomVersion;
use matrix_signatures::{Error, MAX_EVENT_BYTES, check_format};

use super::{object, rules};

/// An event that suits the version.
fn event(version: RoomVersion) -> Object {
    let references =
        if version < RoomVersion::V3 { r#"[["$p:a.example",{"sha256":"h"}]]"# } else { r#"["$p"]"# };
    let mut event = object(&format!(
        r#"{{"auth_events":{references},"content":{{}},"depth":7,"hashes":{{"sha256":"h"}},"origin_server_ts":1,"prev_events":{references},"room_id":"!r:a.example","sender":"@u:a.example","signatures":{{"a.example":{{"ed25519:1":"s"}}}},"type":"m.room.message","unsigned":{{"age":1}}}}"#
    ));
    if version < RoomVersion::V3 {
        event.insert("event_id", "$e:a.example");
    }
    event
}

/// The error that changing a field to some JSON text gives, in every version the same.
fn kind_in_all(field: &str, json: &str) -> Result<(), &'static str> {
    let results: Vec<_> = RoomVersion::ALL.iter().map(|version| kind(*version, field, json)).collect();
    assert!(results.iter().all(|result| *result == results[0]), "{field}: {results:?}");
    results[0]
}

fn kind(version: RoomVersion, field: &str, json: &str) -> Result<(), &'static str> {
    let mut event = event(version);
    event.insert(field, Value::parse(json.as_bytes(), Mode::Lenient).unwrap());
    check_format(&event, version.rules()).map_err(|error| error.kind())
}

#[test]
fn suitable_events_pass() {
    for version in RoomVersion::ALL {
        assert_eq!(check_format(&event(version), version.rules()), Ok(()), "{version}");
    }
}

#[test]
fn every_required_field_is_required_in_every_version() {
    for version in RoomVersion::ALL {
        for field in [
            "auth_events",
            "content",
            "depth",
            "hashes",
            "origin_server_ts",
            "prev_events",
            "room_id",
            "sender",
            "signatures",
            "type",
        ] {
            let mut event = event(version);
            event.remove(field);
            assert_eq!(
                check_format(&event, version.rules()),
                Err(Error::MissingField(field.to_owned())),
                "{version}"
            );
        }
        let mut event = event(version);
        event.remove("event_id");
        assert_eq!(check_format(&event, version.rules()).is_err(), version < RoomVersion::V3);
    }
}

#[test]
fn every_field_has_its_type_in_every_version() {
    for field in [
        "auth_events",
        "content",
        "depth",
        "hashes",
        "origin_server_ts",
        "prev_events",
        "room_id",
        "sender",
        "signatures",
        "type",
        "state_key",
        "unsigned",
    ] {
        for wrong in ["null", "true"] {
            assert_eq!(kind_in_all(field, wrong), Err("invalid_field"), "{field}: {wrong}");
        }
    }
    assert_eq!(kind_in_all("hashes", "{}"), Err("missing_field"));
    assert_eq!(kind_in_all("hashes", r#"{"sha256":1}"#), Err("invalid_field"));
    assert_eq!(kind_in_all("signatures", r#"{"a":1}"#), Err("invalid_field"));
    assert_eq!(kind_in_all("signatures", r#"{"a":{"ed25519:1":1}}"#), Err("invalid_field"));
    assert_eq!(kind_in_all("signatures", "{}"), Ok(()), "whether it is signed is not a question of format");
    assert_eq!(kind_in_all("state_key", r#""""#), Ok(()));
    assert_eq!(kind_in_all("sender", r#""alice""#), Err("invalid_identifier"));
    assert_eq!(kind_in_all("sender", r#""@alice""#), Err("invalid_identifier"));
    assert_eq!(kind_in_all("room_id", r##""#r:a""##), Err("invalid_identifier"));
}

#[test]
fn msc1659_references_have_the_shape_of_the_version() {
    let pairs = r#"[["$p:a",{"sha256":"h"}]]"#;
    let list = r#"["$p"]"#;
    for version in RoomVersion::ALL {
        let old = version < RoomVersion::V3;
        for field in ["auth_events", "prev_events"] {
            assert_eq!(kind(version, field, "[]"), Ok(()));
            assert_eq!(kind(version, field, pairs), if old { Ok(()) } else { Err("invalid_field") });
            assert_eq!(kind(version, field, list), if old { Err("invalid_field") } else { Ok(()) });
            assert_eq!(kind(version, field, "[1]"), Err("invalid_field"));
            let nonsense = if old { r#"[["p",{"sha256":"h"}]]"# } else { r#"["p"]"# };
            assert_eq!(kind(version, field, nonsense), Err("invalid_identifier"));
        }
        if old {
            for pair in [
                r#"[["$p:a"]]"#,
                r#"[["$p:a",{}]]"#,
                r#"[["$p:a",{"sha256":1}]]"#,
                r#"[[1,{"sha256":"h"}]]"#,
                r#"[["$p:a",{"sha256":"h"},1]]"#,
            ] {
                assert_eq!(kind(version, "auth_events", pair), Err("invalid_field"), "{pair}");
            }
        }
    }
    assert_eq!(
        check_format(
            &{
                let mut event = event(RoomVersion::V10);
                event.insert("prev_events", object(r#"{"x":["$a",1]}"#).get("x").unwrap().clone());
                event
            },
            rules("10")
        )
        .unwrap_err()
        .to_string(),
        "`prev_events[1]` is not an event ID",
    );
}

#[test]
fn references_are_bounded() {
    for version in RoomVersion::ALL {
        let one = if version < RoomVersion::V3 { r#"["$p:a",{"sha256":"h"}]"# } else { r#""$p""# };
        let list = |count: usize| format!("[{}]", vec![one; count].join(","));
        for (field, max) in [("auth_events", 10), ("prev_events", 20)] {
            assert_eq!(kind(version, field, &list(max)), Ok(()));
            assert_eq!(kind(version, field, &list(max + 1)), Err("too_many_events"));
        }
    }
}

#[test]
fn depth_has_the_range_of_the_version() {
    for version in RoomVersion::ALL {
        let lenient = version < RoomVersion::V6;
        let check = |depth: &str| kind(version, "depth", depth);
        for depth in ["0", "1", "9007199254740991"] {
            assert_eq!(check(depth), Ok(()));
        }
        let mut below = event(version);
        below.insert("depth", -1);
        let max = if lenient { i64::MAX } else { 9_007_199_254_740_991 };
        assert_eq!(check_format(&below, version.rules()), Err(Error::DepthOutOfRange { max }));
        for depth in ["9007199254740992", "9223372036854775807"] {
            assert_eq!(check(depth), if lenient { Ok(()) } else { Err("not_canonical_json") });
        }
        for depth in ["9223372036854775808", "-9223372036854775809"] {
            assert_eq!(check(depth), Err(if lenient { "depth_out_of_range" } else { "not_canonical_json" }));
        }
        assert_eq!(check("1.0"), Err(if lenient { "invalid_field" } else { "not_canonical_json" }));
        assert_eq!(check(r#""1""#), Err("invalid_field"));
    }
}

#[test]
fn msc2540_json_is_strict_from_room_6_on() {
    for version in RoomVersion::ALL {
        for content in [r#"{"x":1.5}"#, r#"{"x":1e3}"#, r#"{"x":[{"y":9007199254740992}]}"#] {
            let strict = version >= RoomVersion::V6;
            assert_eq!(kind(version, "content", content).is_err(), strict, "{version} {content}");
        }
    }
    let mut event = event(RoomVersion::V6);
    event.insert("content", object(r#"{"users":{"@a:b":1.5}}"#));
    let error = check_format(&event, rules("6")).unwrap_err().to_string();
    assert!(
        error.starts_with("not canonical JSON: ") && error.contains(r#"content.users."@a:b""#),
        "{error}"
    );
}

#[test]
fn whole_event_has_at_most_65536_bytes_with_signatures() {
    for version in RoomVersion::ALL {
        let mut event = event(version);
        let fill = |event: &mut Object, length: usize| {
            event.insert("content", Object::from([("a", "a".repeat(length))]))
        };
        fill(&mut event, 0);
        let room = MAX_EVENT_BYTES - event.to_canonical().len();
        fill(&mut event, room);
        assert_eq!(event.to_canonical().len(), 65_536);
        assert_eq!(check_format(&event, version.rules()), Ok(()));
        fill(&mut event, room + 1);
        assert_eq!(check_format(&event, version.rules()), Err(Error::EventTooLarge { bytes: 65_537 }));
    }
}

#[test]
fn identifiers_are_limited_to_255_code_points_and_from_room_11_on_bytes() {
    for version in RoomVersion::ALL {
        let by_bytes = version >= RoomVersion::V11;
        for (field, start, end) in [
            ("type", "", ""),
            ("state_key", "", ""),
            ("sender", "@", ":a.example"),
            ("room_id", "!", ":a.example"),
            ("event_id", "$", ":a.example"),
        ] {
            if field == "event_id" && version >= RoomVersion::V3 {
                continue;
            }
            let text = |char: &str, length: usize| {
                format!("\"{start}{}{end}\"", char.repeat(length - start.len() - end.len()))
            };
            assert_eq!(kind(version, field, &text("a", 255)), Ok(()), "{field} in {version}");
            assert_eq!(kind(version, field, &text("a", 256)), Err("field_too_long"), "{field} in {version}");
            let long = if by_bytes { Err("field_too_long") } else { Ok(()) };
            assert_eq!(kind(version, field, &text("é", 255)), long, "{field} in {version}");
            assert_eq!(kind(version, field, &text("é", 256)), Err("field_too_long"), "{field} in {version}");
        }
    }
    assert_eq!(
        kind(RoomVersion::V10, "sender", &format!("\"@{}\"", "é".repeat(200))),
        Err("invalid_identifier")
    );
    assert_eq!(
        kind(RoomVersion::V10, "sender", &format!("\"{}:a\"", "é".repeat(200))),
        Err("invalid_identifier")
    );
}

#[test]
fn create_event_has_no_room_id_in_room_12_alone() {
    for version in RoomVersion::ALL {
        let mut create = event(version);
        create.insert("type", "m.room.create");
        create.insert("state_key", "");
        let v12 = version == RoomVersion::V12;
        assert_eq!(
            check_format(&create, version.rules()),
            if v12 { Err(Error::UnexpectedField("room_id")) } else { Ok(()) }
        );
        create.remove("room_id");
        assert_eq!(check_format(&create, version.rules()).is_ok(), v12);
    }
}

#[test]
fn msc2174_redacts_of_a_redaction_is_a_string_where_the_version_has_it() {
    for version in RoomVersion::ALL {
        let mut redaction = event(version);
        redaction.insert("type", "m.room.redaction");
        assert_eq!(check_format(&redaction, version.rules()), Ok(()), "it may be missing");
        redaction.insert("redacts", 1);
        assert_eq!(check_format(&redaction, version.rules()).is_err(), version < RoomVersion::V11);
        redaction.insert("type", "m.room.message");
        assert_eq!(check_format(&redaction, version.rules()), Ok(()));
    }
}

#[test]
fn times_fit_64_bits() {
    assert_eq!(kind_in_all("origin_server_ts", "-1"), Ok(()));
    assert_eq!(kind(RoomVersion::V5, "origin_server_ts", "9223372036854775807"), Ok(()));
    assert_eq!(kind(RoomVersion::V5, "origin_server_ts", "9223372036854775808"), Err("invalid_field"));
    assert_eq!(kind(RoomVersion::V5, "origin_server_ts", "1.5"), Err("invalid_field"));
}
