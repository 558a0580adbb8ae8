use matrix_authrules::PowerLevel;
use matrix_canonicaljson::Integer;
use matrix_events::content::RoomPowerLevels;
use matrix_events::{LevelSetting, Wire};
use matrix_roomversion::RoomVersion;
use proptest::prelude::*;
use serde_json::json;

use crate::{object, user};

fn levels_of(content: &serde_json::Value) -> RoomPowerLevels {
    RoomPowerLevels::of(&object(content)).unwrap()
}

#[test]
fn a_new_room_has_its_creators_named_where_levels_are_all_they_have() {
    let creators = [user("@a:x"), user("@b:x")];
    for version in RoomVersion::ALL {
        let rules = &version.rules().authorization;
        let content = RoomPowerLevels::for_new_room(&creators, rules);
        let levels = content.levels(rules);
        let named = version != RoomVersion::V12;
        assert_eq!(levels.defect(), None);
        assert_eq!(levels.users().len(), if named { 2 } else { 0 }, "{version:?}");
        let tombstone = levels.required("m.room.tombstone", true);
        assert_eq!(tombstone, if named { 100 } else { 150 });
        assert_eq!(
            (levels.required("m.room.topic", true), levels.required("m.room.message", false)),
            (50, 0)
        );
    }
}

#[test]
fn fields_that_nobody_knows_stay() {
    let mut levels = levels_of(&json!({"x": [1], "users": 5, "events": {"a": 1, "b": 2}}));
    levels.set_user(user("@a:x"), Integer::from(10));
    levels.set_event("c", Integer::from(3));
    levels.unset_event("a");
    levels.set_notification("room", Integer::from(4));
    levels.set(LevelSetting::Ban, Integer::from(5));
    levels.unset_user(user("@nobody:x"));
    let wanted = json!({"x": [1], "users": {"@a:x": 10}, "events": {"b": 2, "c": 3}, "notifications": {"room": 4}, "ban": 5});
    assert_eq!(levels.to_object(), object(&wanted));
    levels.ban = None;
    levels.unset_notification("room");
    assert_eq!(
        levels.to_object(),
        object(&json!({"x": [1], "users": {"@a:x": 10}, "events": {"b": 2, "c": 3}, "notifications": {}}))
    );
}

#[test]
fn a_level_is_read_as_the_version_reads_it() {
    let levels = levels_of(&json!({"ban": "+5_0", "kick": 7.9, "invite": [], "redact": true}));
    let read = |version: RoomVersion| {
        [
            LevelSetting::Ban,
            LevelSetting::Kick,
            LevelSetting::Invite,
            LevelSetting::Redact,
            LevelSetting::UsersDefault,
        ]
        .map(|setting| levels.get(setting, &version.rules().authorization))
    };
    assert_eq!(read(RoomVersion::V9), [50, 7, 0, 50, 0]);
    assert_eq!(read(RoomVersion::V10), [50, 50, 0, 50, 0]);
}

#[test]
fn a_change_is_allowed_within_the_power_of_who_makes_it() {
    let rules = &RoomVersion::V11.rules().authorization;
    let (alice, bob) = (user("@alice:x"), user("@bob:x"));
    let old = levels_of(&json!({"users": {"@alice:x": 100, "@bob:x": 50}}));
    let mut new = old.clone();
    new.set_user(user("@carol:x"), Integer::from(60));
    assert!(new.may_replace(&old, alice, PowerLevel::Finite(100), rules));
    assert!(!new.may_replace(&old, bob, PowerLevel::Finite(50), rules));
    assert!(new.may_replace(&old, bob, PowerLevel::Infinite, rules));
    new.set_user(alice, Integer::from(50));
    assert!(new.may_replace(&old, alice, PowerLevel::Finite(100), rules));
    let broken = levels_of(&json!({"ban": "50"}));
    assert!(!broken.may_replace(&old, alice, PowerLevel::Finite(100), rules));
}

proptest! {
    #[test]
    fn normalized_levels_are_the_same_levels_and_fit_every_version(
        users in prop::collection::btree_map("@[ab]:x", level(), 0..3),
        events in prop::collection::btree_map("[ab]", level(), 0..3),
        settings in prop::collection::vec(prop::option::of(level()), 7),
    ) {
        let mut content = json!({"users": users, "events": events});
        for (setting, level) in LevelSetting::ALL.iter().zip(settings) {
            if let Some(level) = level {
                content[setting.as_str()] = level;
            }
        }
        let old = &RoomVersion::V9.rules().authorization;
        let before = levels_of(&content);
        let mut after = before.clone();
        after.normalize(old);
        for version in RoomVersion::ALL {
            prop_assert_eq!(after.levels(&version.rules().authorization).defect(), None);
        }
        let (before, after) = (before.levels(old), after.levels(&RoomVersion::V11.rules().authorization));
        for name in ["a", "b", "c"] {
            for is_state in [true, false] {
                prop_assert_eq!(before.required(name, is_state), after.required(name, is_state));
            }
            let id = format!("@{name}:x");
            prop_assert_eq!(before.user(user(&id)), after.user(user(&id)));
        }
        prop_assert_eq!(
            (before.ban(), before.kick(), before.redact(), before.invite()),
            (after.ban(), after.kick(), after.redact(), after.invite())
        );
    }
}

fn level() -> impl Strategy<Value = serde_json::Value> {
    prop_oneof![
        (-200..200_i32).prop_map(|level| json!(level)),
        (-200..200_i32).prop_map(|level| json!(format!(" {level} "))),
        (-20..20_i32).prop_map(|level| json!(f64::from(level) + 0.5)),
        Just(json!("fifty")),
        Just(json!([])),
    ]
}
