//! `m.room.power_levels`.

use matrix_authrules::Rule;
use matrix_roomversion::RoomVersion::{V5, V6, V9, V10, V11, V12};

use super::{Case, allow, deny};
use crate::scene::{ADMIN, ALICE, BOB, EVE, MOD, MOD2, POWER_LEVELS, Scene};

/// The power levels at the start, with more beside `users`, sent by whom.
fn change(scene: &mut Scene, sender: &str, more: &str) {
    let users = scene.users("");
    scene.send_levels(sender, &format!(r#"{{"users": {users}{more}}}"#));
}

/// What stands beside `users` before and after.
fn between(scene: &mut Scene, sender: &str, before: &str, after: &str) {
    let users = scene.users("");
    scene.levels(&format!(r#"{{"users": {users}{before}}}"#));
    change(scene, sender, after);
}

/// The entries of `users` after those at the start, before and after.
fn users(scene: &mut Scene, sender: &str, before: &str, after: &str) {
    let (before, after) = (scene.users(before), scene.users(after));
    scene.levels(&format!(r#"{{"users": {before}}}"#));
    scene.send_levels(sender, &format!(r#"{{"users": {after}}}"#));
}

pub(super) fn reading() -> Vec<Case> {
    vec![
        allow(Rule::PowerLevelsIntegers, "integers", |scene| {
            change(scene, ADMIN, r#", "ban": 50, "kick": -0"#)
        }),
        deny(Rule::PowerLevelsIntegers, "a string", |scene| change(scene, ADMIN, r#", "ban": "50""#)),
        deny(Rule::PowerLevelsIntegers, "null", |scene| change(scene, ADMIN, r#", "invite": null"#)),
        deny(Rule::PowerLevelsIntegers, "true", |scene| change(scene, ADMIN, r#", "redact": true"#)),
        deny(Rule::PowerLevelsIntegers, "a float", |scene| change(scene, ADMIN, r#", "kick": 50.0"#)),
        deny(Rule::PowerLevelsIntegers, "an exponent", |scene| {
            change(scene, ADMIN, r#", "state_default": 5e1"#)
        }),
        deny(Rule::PowerLevelsIntegers, "an object", |scene| {
            change(scene, ADMIN, r#", "users_default": {}"#)
        }),
        deny(Rule::PowerLevelsIntegers, "even without power levels before", |scene| {
            scene.take(POWER_LEVELS, "");
            scene.send_levels(ALICE, r#"{"events_default": "0"}"#);
        }),
        deny(Rule::PowerLevelsIntegers, "before `events` and `users`", |scene| {
            scene.send_levels(ADMIN, r#"{"ban": [], "events": 5, "users": 5}"#);
        }),
        allow(Rule::PowerLevelsMaps, "objects of integers", |scene| {
            change(scene, ADMIN, r#", "events": {"a": 1}, "notifications": {"room": 2}"#);
        }),
        allow(Rule::PowerLevelsMaps, "empty objects", |scene| {
            change(scene, ADMIN, r#", "events": {}, "notifications": {}"#);
        }),
        deny(Rule::PowerLevelsMaps, "a string in events", |scene| {
            change(scene, ADMIN, r#", "events": {"a": "1"}"#)
        }),
        deny(Rule::PowerLevelsMaps, "null in notifications", |scene| {
            change(scene, ADMIN, r#", "notifications": {"room": null}"#);
        }),
        deny(Rule::PowerLevelsMaps, "events is a list", |scene| change(scene, ADMIN, r#", "events": []"#)),
        deny(Rule::PowerLevelsMaps, "notifications is null", |scene| {
            change(scene, ADMIN, r#", "notifications": null"#);
        }),
        deny(Rule::PowerLevelsMaps, "before `users`", |scene| {
            scene.send_levels(ADMIN, r#"{"events": 5, "users": 5}"#);
        }),
        allow(Rule::PowerLevelsUsers, "levels of users", |scene| change(scene, ADMIN, "")),
        allow(Rule::PowerLevelsUsers, "no users", |scene| {
            scene.take(POWER_LEVELS, "");
            scene.send_levels(ALICE, "{}");
        }),
        allow(Rule::PowerLevelsUsers, "a historical user ID", |scene| {
            users(scene, ADMIN, "", r#", "@ODD one:x": 5"#);
        }),
        deny(Rule::PowerLevelsUsers, "no user ID", |scene| users(scene, ADMIN, "", r#", "bob": 5"#)),
        deny(Rule::PowerLevelsUsers, "a user ID without a server", |scene| {
            users(scene, ADMIN, "", r#", "@bob": 5"#);
        }),
        deny(Rule::PowerLevelsUsers, "a list", |scene| scene.send_levels(ADMIN, r#"{"users": []}"#)),
        deny(Rule::PowerLevelsUsers, "null", |scene| scene.send_levels(ADMIN, r#"{"users": null}"#)),
        deny(Rule::PowerLevelsUsers, "null for a level", |scene| {
            users(scene, ADMIN, "", r#", "@x:x": null"#)
        }),
        deny(Rule::PowerLevelsUsers, "true for a level", |scene| {
            users(scene, ADMIN, "", r#", "@x:x": true"#)
        }),
        deny(Rule::PowerLevelsUsers, "a word for a level", |scene| {
            users(scene, ADMIN, "", r#", "@x:x": "admin""#)
        }),
        deny(Rule::PowerLevelsUsers, "the last of two values counts", |scene| {
            users(scene, ADMIN, "", r#", "@x:x": 5, "@x:x": null"#);
        }),
        allow(Rule::PowerLevelsUsers, "the last of two values counts and is a level", |scene| {
            users(scene, ADMIN, "", r#", "@x:x": null, "@x:x": 5"#);
        }),
        allow(Rule::PowerLevelsUsers, "strings below room 10", |scene| {
            users(scene, ADMIN, "", r#", "@x:x": " +5 ", "@y:x": "-0_7""#);
        })
        .to(V9),
        deny(Rule::PowerLevelsUsers, "no strings from room 10 on", |scene| {
            users(scene, ADMIN, "", r#", "@x:x": "5""#);
        })
        .from(V10),
        allow(Rule::PowerLevelsUsers, "floats below room 10", |scene| {
            users(scene, ADMIN, "", r#", "@x:x": 5.9"#)
        })
        .to(V9),
        deny(Rule::PowerLevelsUsers, "no floats from room 10 on", |scene| {
            users(scene, ADMIN, "", r#", "@x:x": 5.0"#);
        })
        .from(V10),
        deny(Rule::PowerLevelsUsers, "a float beyond the range of a double", |scene| {
            users(scene, ADMIN, "", r#", "@x:x": 1e999"#);
        }),
        deny(Rule::PowerLevelsUsers, "such a float anywhere", |scene| {
            change(scene, ADMIN, r#", "ban": 1e999"#)
        })
        .to(V9),
        deny(Rule::PowerLevelsUsers, "such a float in events", |scene| {
            change(scene, ADMIN, r#", "events": {"a": -1e999}"#);
        })
        .to(V9),
        allow(Rule::PowerLevelsUsers, "misfits in `events` and `notifications` below room 10", |scene| {
            change(scene, ADMIN, r#", "events": {"a": null, "b": "y"}, "notifications": 5"#);
        })
        .to(V9),
        deny(Rule::PowerLevelsUsers, "before the creators among them", |scene| {
            scene.send_levels(ALICE, &format!(r#"{{"users": {{"{ALICE}": 100, "bob": 5}}}}"#));
        }),
        allow(Rule::PowerLevelsCreators, "no creators", |scene| change(scene, ALICE, "")),
        deny(Rule::PowerLevelsCreators, "the sender of the create event", |scene| {
            scene.send_levels(ALICE, &format!(r#"{{"users": {{"{ALICE}": 100}}}}"#));
        }),
        deny(Rule::PowerLevelsCreators, "an additional creator", |scene| {
            scene.create(&format!(r#"{{"room_version": "12", "additional_creators": ["{BOB}"]}}"#));
            users(scene, ALICE, "", &format!(r#", "{BOB}": 0"#));
        }),
        deny(Rule::PowerLevelsCreators, "even without power levels before", |scene| {
            scene.take(POWER_LEVELS, "");
            scene.send_levels(ALICE, &format!(r#"{{"users": {{"{ALICE}": 100}}}}"#));
        }),
        allow(Rule::SettingNewLevel, "without power levels before anything goes", |scene| {
            scene.take(POWER_LEVELS, "");
            scene.send_levels(ALICE, &format!(r#"{{"ban": 1000, "users": {{"{BOB}": 1000}}}}"#));
        }),
    ]
}

pub(super) fn settings() -> Vec<Case> {
    vec![
        allow(Rule::SettingUnreadable, "strings and floats", |scene| {
            change(scene, MOD, r#", "ban": " 50", "kick": 9.9"#)
        }),
        allow(Rule::SettingUnreadable, "nothing to compare it with", |scene| {
            scene.take(POWER_LEVELS, "");
            scene.send_levels(ALICE, r#"{"ban": "x"}"#);
        }),
        deny(Rule::SettingUnreadable, "a word", |scene| change(scene, ADMIN, r#", "ban": "x""#)),
        deny(Rule::SettingUnreadable, "null", |scene| change(scene, ADMIN, r#", "invite": null"#)),
        deny(Rule::SettingUnreadable, "true", |scene| change(scene, ADMIN, r#", "users_default": true"#)),
        deny(Rule::SettingUnreadable, "before a level above the sender's", |scene| {
            change(scene, MOD, r#", "users_default": 51, "ban": []"#);
        }),
        deny(Rule::PowerLevelsUsers, "before a setting that is no level", |scene| {
            scene.send_levels(ADMIN, r#"{"users": 5, "ban": "x"}"#);
        })
        .to(V9),
        allow(Rule::SettingOldLevel, "at one's level", |scene| {
            between(scene, MOD, r#", "ban": 50"#, r#", "ban": 0"#)
        }),
        allow(Rule::SettingOldLevel, "above, but unchanged", |scene| {
            between(scene, MOD, r#", "ban": 100"#, r#", "ban": 100"#);
        }),
        allow(Rule::SettingOldLevel, "above, but unchanged in value", |scene| {
            between(scene, MOD, r#", "ban": 100"#, r#", "ban": "+1_00""#);
        })
        .to(V9),
        deny(Rule::SettingOldLevel, "lowered from above", |scene| {
            between(scene, MOD, r#", "ban": 51"#, r#", "ban": 50"#);
        }),
        deny(Rule::SettingOldLevel, "removed from above", |scene| {
            between(scene, MOD, r#", "redact": 51"#, "")
        }),
        allow(Rule::SettingOldLevel, "removed", |scene| between(scene, MOD, r#", "users_default": 50"#, "")),
        allow(Rule::SettingNewLevel, "added at one's level", |scene| change(scene, MOD, r#", "kick": 50"#)),
        deny(Rule::SettingNewLevel, "added above", |scene| change(scene, MOD, r#", "kick": 51"#)),
        deny(Rule::SettingNewLevel, "raised above", |scene| {
            between(scene, MOD, r#", "redact": 50"#, r#", "redact": 51"#);
        }),
        deny(Rule::SettingNewLevel, "users_default above", |scene| {
            change(scene, MOD, r#", "users_default": 51"#)
        }),
        deny(Rule::SettingNewLevel, "events_default above", |scene| {
            change(scene, MOD, r#", "events_default": 51"#)
        }),
        deny(Rule::SettingNewLevel, "invite above", |scene| change(scene, MOD, r#", "invite": 51"#)),
        deny(Rule::SettingNewLevel, "one after the other: the first property's new value", |scene| {
            between(scene, MOD, r#", "invite": 51"#, r#", "users_default": 51"#);
        }),
        deny(Rule::SettingOldLevel, "one after the other: the first property's old value", |scene| {
            between(scene, MOD, r#", "users_default": 51"#, r#", "invite": 51"#);
        }),
        deny(Rule::SettingNewLevel, "before the entries", |scene| {
            between(scene, MOD, r#", "events": {"a": 51}"#, r#", "ban": 51"#);
        }),
        allow(Rule::SettingNewLevel, "big numbers stand at the ends of the range", |scene| {
            let big = r#", "ban": 99999999999999999999"#;
            between(scene, MOD, big, &big.replace("99999", "88888"));
        })
        .to(V5),
        allow(Rule::SettingNewLevel, "a creator sets anything", |scene| {
            between(scene, ALICE, r#", "ban": 1000"#, r#", "kick": 9007199254740991"#);
        })
        .from(V12),
    ]
}

pub(super) fn entries() -> Vec<Case> {
    vec![
        allow(Rule::EventsOldLevel, "at one's level", |scene| {
            between(scene, MOD, r#", "events": {"a": 50}"#, r#", "events": {"a": 1}"#);
        }),
        allow(Rule::EventsOldLevel, "above, but unchanged", |scene| {
            between(scene, MOD, r#", "events": {"a": 51, "b": 0}"#, r#", "events": {"b": 1, "a": 51}"#);
        }),
        deny(Rule::EventsOldLevel, "lowered from above", |scene| {
            between(scene, MOD, r#", "events": {"a": 51}"#, r#", "events": {"a": 50}"#);
        }),
        deny(Rule::EventsOldLevel, "removed from above", |scene| {
            between(scene, MOD, r#", "events": {"a": 51}"#, r#", "events": {}"#);
        }),
        deny(Rule::EventsOldLevel, "removed with all the others", |scene| {
            between(scene, MOD, r#", "events": {"a": 51}"#, "");
        }),
        deny(Rule::EventsOldLevel, "before an entry added above", |scene| {
            between(scene, MOD, r#", "events": {"z": 51}"#, r#", "events": {"a": 52}"#);
        }),
        deny(Rule::EventsOldLevel, "msc2209_a_notification_removed_from_above", |scene| {
            between(scene, MOD, r#", "notifications": {"room": 51}"#, "");
        })
        .from(V6),
        allow(Rule::EventsOldLevel, "msc2209_notifications_are_free_before_room_6", |scene| {
            between(scene, MOD, r#", "notifications": {"room": 75}"#, r#", "notifications": {"x": 75}"#);
        })
        .to(V5),
        allow(Rule::EventsNewLevel, "added at one's level", |scene| {
            change(scene, MOD, r#", "events": {"a": 50}"#)
        }),
        deny(Rule::EventsNewLevel, "added above", |scene| change(scene, MOD, r#", "events": {"a": 51}"#)),
        deny(Rule::EventsNewLevel, "raised above", |scene| {
            between(scene, MOD, r#", "events": {"a": 50}"#, r#", "events": {"a": 51}"#);
        }),
        deny(Rule::EventsNewLevel, "msc2209_a_notification_added_above", |scene| {
            change(scene, MOD, r#", "notifications": {"room": 51}"#);
        })
        .from(V6),
        allow(Rule::EventsNewLevel, "msc2209_a_notification_at_ones_level", |scene| {
            change(scene, MOD, r#", "notifications": {"room": 50}"#);
        }),
        allow(Rule::UsersOldLevel, "another below", |scene| {
            users(scene, MOD, &format!(r#", "{BOB}": 49"#), &format!(r#", "{BOB}": 1"#));
        }),
        allow(Rule::UsersOldLevel, "another at one's level, unchanged", |scene| change(scene, MOD, "")),
        deny(Rule::UsersOldLevel, "another at one's level", |scene| {
            scene.send_levels(MOD, &scene_users_without(scene, MOD2));
        }),
        deny(Rule::UsersOldLevel, "another above", |scene| {
            scene.send_levels(MOD, &scene_users_without(scene, ADMIN));
        }),
        deny(Rule::UsersOldLevel, "another at one's level is raised", |scene| {
            let content = format!(r#"{{"users": {}}}"#, scene.users(""))
                .replace(&format!(r#""{MOD2}": 50"#), &format!(r#""{MOD2}": 100"#));
            scene.send_levels(MOD, &content);
        }),
        allow(Rule::UsersOldLevel, "oneself, lowered", |scene| {
            let content = format!(r#"{{"users": {}}}"#, scene.users(""))
                .replace(&format!(r#""{MOD}": 50"#), &format!(r#""{MOD}": 49"#));
            scene.send_levels(MOD, &content);
        }),
        allow(Rule::UsersOldLevel, "oneself, removed", |scene| {
            scene.send_levels(MOD, &scene_users_without(scene, MOD));
        }),
        allow(Rule::UsersNewLevel, "another, at one's level", |scene| {
            users(scene, MOD, "", &format!(r#", "{BOB}": 50"#))
        }),
        deny(Rule::UsersNewLevel, "another, above", |scene| {
            users(scene, MOD, "", &format!(r#", "{BOB}": 51"#))
        }),
        deny(Rule::UsersNewLevel, "oneself, above", |scene| {
            let content = format!(r#"{{"users": {}}}"#, scene.users(""))
                .replace(&format!(r#""{MOD}": 50"#), &format!(r#""{MOD}": 51"#));
            scene.send_levels(MOD, &content);
        }),
        deny(Rule::UsersNewLevel, "oneself, added above users_default", |scene| {
            let before = scene.users("");
            scene.levels(&format!(r#"{{"users": {before}, "users_default": 60}}"#));
            let after = scene.users(&format!(r#", "{BOB}": 61"#));
            scene.send_levels(BOB, &format!(r#"{{"users": {after}, "users_default": 60}}"#));
        }),
        allow(Rule::UsersNewLevel, "the banned too", |scene| {
            users(scene, MOD, "", &format!(r#", "{EVE}": 50"#))
        }),
        allow(Rule::UsersNewLevel, "a creator sets anything", |scene| {
            users(scene, ALICE, "", &format!(r#", "{BOB}": 9007199254740991"#));
        })
        .from(V12),
        deny(Rule::UsersNewLevel, "an admin is no creator", |scene| {
            users(scene, ADMIN, "", &format!(r#", "{BOB}": 101"#));
        })
        .to(V11),
    ]
}

/// A content with the users at the start but one.
fn scene_users_without(scene: &Scene, user: &str) -> String {
    let users: std::collections::BTreeMap<String, i64> = serde_json::from_str(&scene.users("")).unwrap();
    let users: Vec<_> =
        users.iter().filter(|(id, _)| *id != user).map(|(id, level)| format!("{id:?}: {level}")).collect();
    format!(r#"{{"users": {{{}}}}}"#, users.join(", "))
}
