//! Power levels as they are read, and what holds where there are none.

use matrix_authrules::{AuthContent, Create, PowerLevel, PowerLevels, RoomLevels, Rule};
use matrix_identifiers::UserId;
use matrix_roomversion::{AuthorizationRules, RoomVersion};

use crate::scene::{ALICE, BOB, CREATE, MOD, Scene};

fn rules(version: RoomVersion) -> &'static AuthorizationRules {
    &version.rules().authorization
}

fn user(id: &str) -> &UserId {
    UserId::parse(id).unwrap()
}

fn create(version: RoomVersion, content: &str) -> Create {
    let mut scene = Scene::new(version);
    scene.send(CREATE, ALICE, Some(""), content);
    scene.event.auth_events = Some(Vec::new());
    match AuthContent::parse(&scene.event.read(scene.rules()), rules(version)) {
        AuthContent::Create(create) => *create,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_empty_content_has_the_defaults() {
    for version in RoomVersion::ALL {
        let levels = PowerLevels::parse("{}", rules(version));
        assert_eq!(levels.defect(), None);
        assert_eq!(levels.user(user(ALICE)), 0);
        assert_eq!((levels.required("any", true), levels.required("any", false)), (50, 0));
        assert_eq!((levels.ban(), levels.kick(), levels.redact(), levels.invite()), (50, 50, 50, 0));
        assert_eq!(levels.notification("room"), 50);
        assert_eq!(levels.users().len(), 0);
    }
}

#[test]
fn every_level_is_read_where_it_stands() {
    let content = r#"{"users_default": 1, "events_default": 2, "state_default": 3, "ban": 4, "redact": 5, "kick": 6,
        "invite": 7, "users": {"@z:x": 8, "@a:x": 9, "@m:x": -3}, "events": {"e": 10, "f": 0},
        "notifications": {"room": 11}, "unknown": "x"}"#;
    for version in RoomVersion::ALL {
        let levels = PowerLevels::parse(content, rules(version));
        assert_eq!(levels.defect(), None);
        assert_eq!((levels.user(user("@z:x")), levels.user(user("@a:x"))), (8, 9));
        assert_eq!((levels.user(user("@m:x")), levels.user(user("@b:x"))), (-3, 1));
        assert_eq!((levels.required("e", true), levels.required("e", false)), (10, 10));
        assert_eq!((levels.required("f", true), levels.required("f", false)), (0, 0));
        assert_eq!((levels.required("g", true), levels.required("g", false)), (3, 2));
        assert_eq!((levels.ban(), levels.redact(), levels.kick(), levels.invite()), (4, 5, 6, 7));
        assert_eq!((levels.notification("room"), levels.notification("other")), (11, 50));
        assert!(levels.users().eq([("@a:x", 9), ("@m:x", -3), ("@z:x", 8)]));
    }
}

#[test]
fn the_last_of_equal_keys_counts() {
    let content = r#"{"ban": 1, "users": {"@a:x": 1}, "users": {"@b:x": 2, "@c:x": 3, "@b:x": 4}, "ban": 2}"#;
    let levels = PowerLevels::parse(content, rules(RoomVersion::V11));
    assert!(levels.users().eq([("@b:x", 4), ("@c:x", 3)]));
    assert_eq!(levels.ban(), 2);
    let misfit = PowerLevels::parse(r#"{"ban": 1, "ban": "x"}"#, rules(RoomVersion::V11));
    assert_eq!((misfit.ban(), misfit.defect()), (50, Some(Rule::PowerLevelsIntegers)));
    let mended = PowerLevels::parse(r#"{"ban": "x", "ban": 1}"#, rules(RoomVersion::V11));
    assert_eq!((mended.ban(), mended.defect()), (1, None));
}

#[test]
fn keys_may_be_written_with_escapes() {
    let content = r#"{"\u0062an": 1, "users": {"\u0040a:x": 5}, "events": {"\"": 6}}"#;
    let levels = PowerLevels::parse(content, rules(RoomVersion::V11));
    assert_eq!((levels.ban(), levels.user(user("@a:x")), levels.required("\"", true)), (1, 5, 6));
}

#[test]
fn misfits_are_read_as_absent_in_every_version() {
    let content = r#"{"ban": "x", "kick": null, "users": {"@a:x": [], "@b:x": 7}, "events": {"e": {}, "f": 8},
        "notifications": "room", "users_default": 3}"#;
    for version in RoomVersion::ALL {
        let levels = PowerLevels::parse(content, rules(version));
        assert!(levels.defect().is_some());
        assert_eq!((levels.ban(), levels.kick(), levels.notification("room")), (50, 50, 50));
        assert_eq!((levels.user(user("@a:x")), levels.user(user("@b:x"))), (3, 7));
        assert_eq!((levels.required("e", true), levels.required("f", true)), (50, 8));
    }
}

#[test]
fn a_content_that_is_no_object_is_empty_and_defective() {
    for version in RoomVersion::ALL {
        for content in ["", "5", "[]", "null", "{", r#"{"ban": 1"#, r#"{"ban": 1} x"#, r#"{"ban": NaN}"#] {
            let levels = PowerLevels::parse(content, rules(version));
            assert_eq!((levels.defect(), levels.ban()), (Some(Rule::PowerLevelsUsers), 50), "{content}");
        }
    }
}

#[test]
fn without_power_levels_the_creator_has_100() {
    for version in RoomVersion::ALL {
        let create = create(version, &Scene::new(version).create_content());
        let levels = RoomLevels::new(rules(version), Some(&create), None);
        let privileged = version == RoomVersion::V12;
        let expected = if privileged { PowerLevel::Infinite } else { PowerLevel::Finite(100) };
        assert_eq!(levels.user(user(ALICE)), expected, "room {version}");
        assert_eq!(levels.user(user(BOB)), PowerLevel::Finite(0));
        for (level, expected) in [
            (levels.required("any", true), 50),
            (levels.required("any", false), 0),
            (levels.ban(), 50),
            (levels.kick(), 50),
            (levels.redact(), 50),
            (levels.invite(), 0),
            (levels.notification("room"), 50),
        ] {
            assert_eq!(level, PowerLevel::Finite(expected), "room {version}");
        }
        let nobody = RoomLevels::new(rules(version), None, None);
        assert_eq!(nobody.user(user(ALICE)), PowerLevel::Finite(0));
    }
}

#[test]
fn with_power_levels_only_a_privileged_creator_stands_out() {
    let content = format!(
        r#"{{"users": {{"{BOB}": 7}}, "users_default": 2, "ban": 1, "kick": 2, "redact": 3, "invite": 4,
            "events": {{"e": 5}}, "notifications": {{"room": 6}}}}"#
    );
    for version in RoomVersion::ALL {
        let create = create(version, &Scene::new(version).create_content());
        let power_levels = PowerLevels::parse(&content, rules(version));
        let levels = RoomLevels::new(rules(version), Some(&create), Some(&power_levels));
        let privileged = version == RoomVersion::V12;
        let expected = if privileged { PowerLevel::Infinite } else { PowerLevel::Finite(2) };
        assert_eq!(levels.user(user(ALICE)), expected, "room {version}");
        assert_eq!(levels.user(user(BOB)), PowerLevel::Finite(7));
        let read = [
            levels.ban(),
            levels.kick(),
            levels.redact(),
            levels.invite(),
            levels.required("e", true),
            levels.notification("room"),
        ];
        assert_eq!(read, [1, 2, 3, 4, 5, 6].map(PowerLevel::from));
    }
}

#[test]
fn creators_are_who_the_version_says() {
    let content = format!(r#"{{"creator": "{BOB}", "additional_creators": ["{MOD}", "{BOB}"]}}"#);
    for version in RoomVersion::ALL {
        let create = create(version, &content);
        let expected: &[&str] = match version {
            RoomVersion::V11 => &[ALICE],
            RoomVersion::V12 => &[ALICE, MOD, BOB],
            _ => &[BOB],
        };
        assert!(
            create.creators().iter().map(|user| user.as_str()).eq(expected.iter().copied()),
            "room {version}"
        );
        assert_eq!(create.first_member().map(UserId::as_str), expected.first().copied());
        for id in [ALICE, MOD, BOB] {
            assert_eq!(create.is_creator(id), expected.contains(&id), "{id} in room {version}");
        }
        assert_eq!(create.sender(), user(ALICE));
    }
}

#[test]
fn levels_are_ordered_with_infinite_last() {
    assert!(PowerLevel::Finite(i64::MIN) < PowerLevel::Finite(0));
    assert!(PowerLevel::Finite(i64::MAX) < PowerLevel::Infinite);
    assert_eq!(PowerLevel::Finite(-5).to_string(), "-5");
    assert_eq!(PowerLevel::Infinite.to_string(), "infinite");
}
