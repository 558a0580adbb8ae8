//! What holds for any input.

use std::collections::BTreeMap;

use matrix_authrules::{PowerLevel, PowerLevelChange, PowerLevels};
use matrix_identifiers::UserId;
use matrix_roomversion::{AuthorizationRules, RoomVersion};
use proptest::prelude::*;

use crate::{
    python_int::level,
    reading::{TYPES, exercise},
};

/// The content of power levels as a model: settings, then `events`, `notifications` and `users`.
#[derive(Clone, Debug, Default)]
struct Model {
    settings: BTreeMap<&'static str, i64>,
    events: BTreeMap<String, i64>,
    notifications: BTreeMap<String, i64>,
    users: BTreeMap<String, i64>,
}

const SETTINGS: [&str; 7] =
    ["users_default", "events_default", "state_default", "ban", "redact", "kick", "invite"];

impl Model {
    fn to_json(&self) -> String {
        let mut json = serde_json::json!({
            "events": self.events, "notifications": self.notifications, "users": self.users,
        });
        for (name, level) in &self.settings {
            json[*name] = (*level).into();
        }
        json.to_string()
    }

    /// The rules about changes as the specification has them, entry by entry.
    fn may_become(&self, new: &Self, sender: &str, level: PowerLevel, rules: &AuthorizationRules) -> bool {
        let above = |value: Option<&i64>| value.is_some_and(|value| PowerLevel::Finite(*value) > level);
        let mut allowed = true;
        for name in SETTINGS {
            let (old, new) = (self.settings.get(name), new.settings.get(name));
            allowed &= old == new || !above(old) && !above(new);
        }
        let mut maps = vec![(&self.events, &new.events)];
        if rules.checks_notifications {
            maps.push((&self.notifications, &new.notifications));
        }
        for (old, new) in maps {
            for name in old.keys().chain(new.keys()) {
                let (old, new) = (old.get(name), new.get(name));
                allowed &= old == new || !above(old) && !above(new);
            }
        }
        for user in self.users.keys().chain(new.users.keys()) {
            let (old, new) = (self.users.get(user), new.users.get(user));
            let equal = old.is_some_and(|old| PowerLevel::Finite(*old) >= level);
            allowed &= old == new || (user == sender || !equal) && !above(new);
        }
        allowed
    }
}

fn levels() -> impl Strategy<Value = i64> {
    prop_oneof![48..53_i64, Just(0), Just(100), Just(i64::MAX), Just(i64::MIN)]
}

fn map(names: &'static [&'static str]) -> impl Strategy<Value = BTreeMap<String, i64>> {
    proptest::collection::btree_map(proptest::sample::select(names).prop_map(str::to_owned), levels(), 0..4)
}

fn model() -> impl Strategy<Value = Model> {
    let settings = proptest::collection::btree_map(proptest::sample::select(&SETTINGS[..]), levels(), 0..3);
    (settings, map(&["a", "b", "c"]), map(&["room", "x"]), map(&["@a:x", "@b:x", "@c:x", "@d:x"]))
        .prop_map(|(settings, events, notifications, users)| Model { settings, events, notifications, users })
}

/// Changes a few things, so that most of the content stays.
fn change() -> impl Strategy<Value = (Model, Model)> {
    (model(), model(), 0..6_u8).prop_map(|(old, other, which)| {
        let mut new = old.clone();
        match which {
            0 => new.settings = other.settings,
            1 => new.events = other.events,
            2 => new.notifications = other.notifications,
            3 => new.users = other.users,
            4 => new.users.extend(other.users),
            _ => new = other,
        }
        (old, new)
    })
}

fn version() -> impl Strategy<Value = RoomVersion> {
    proptest::sample::select(&RoomVersion::ALL[..])
}

/// JSON that looks like what the rules read, or nearly so.
fn content() -> impl Strategy<Value = String> {
    let words = proptest::sample::select(
        &[
            "membership",
            "join",
            "invite",
            "knock",
            "users",
            "events",
            "notifications",
            "signed",
            "token",
            "mxid",
            "third_party_invite",
            "join_authorised_via_users_server",
            "public_keys",
            "public_key",
            "creator",
            "additional_creators",
            "room_version",
            "m.federate",
            "join_rule",
            "restricted",
            "@alice:a.example",
            "ban",
        ][..],
    );
    let leaf = prop_oneof![
        words.clone().prop_map(|word| format!("{word:?}")),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| format!("{number:e}")),
        Just("null".to_owned()),
        Just("true".to_owned()),
        ".{0,6}".prop_map(|text| format!("{text:?}")),
        ".{0,3}",
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            proptest::collection::vec((words.clone(), inner), 0..4).prop_map(|entries| {
                let entries: Vec<_> = entries.iter().map(|(key, value)| format!("{key:?}:{value}")).collect();
                format!("{{{}}}", entries.join(","))
            }),
        ]
    })
}

/// What `int()` makes of a string of ASCII digits and white space, written another way: by words.
fn model_of_int(text: &str) -> Option<i64> {
    let text = text.trim();
    let (sign, digits) = match text.split_at_checked(1) {
        Some(("-", digits)) => (-1, digits),
        Some(("+", digits)) => (1, digits),
        _ => (1, text),
    };
    let groups: Vec<&str> = digits.split('_').collect();
    let good = |group: &&str| !group.is_empty() && group.chars().all(|digit| digit.is_ascii_digit());
    groups.iter().all(good).then(|| {
        let value: i128 = groups.concat().parse().unwrap_or(i128::MAX);
        (value * sign).clamp(i64::MIN.into(), i64::MAX.into()) as i64
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn a_remembered_change_is_allowed_exactly_where_each_of_its_parts_is(
        (old, new) in change(), level in levels(), infinite in proptest::bool::weighted(0.1), version in version(),
    ) {
        let rules = &version.rules().authorization;
        let level = if infinite { PowerLevel::Infinite } else { PowerLevel::Finite(level) };
        let sender = UserId::parse("@a:x").unwrap();
        let (read_old, read_new) =
            (PowerLevels::parse(&old.to_json(), rules), PowerLevels::parse(&new.to_json(), rules));
        prop_assert_eq!(read_old.defect().or(read_new.defect()), None);
        let change = PowerLevelChange::between(&read_old, &read_new, sender, rules);
        prop_assert_eq!(change.is_allowed(level), old.may_become(&new, sender.as_str(), level, rules));
    }

    #[test]
    fn power_levels_are_read_as_they_are_written(model in model(), version in version()) {
        let read = PowerLevels::parse(&model.to_json(), &version.rules().authorization);
        prop_assert!(read.users().eq(model.users.iter().map(|(user, level)| (user.as_str(), *level))));
        for event_type in ["a", "b", "c", "d"] {
            let default = model.settings.get("state_default").copied().unwrap_or(50);
            let expected = model.events.get(event_type).copied().unwrap_or(default);
            prop_assert_eq!(read.required(event_type, true), expected);
        }
    }

    #[test]
    fn string_levels_equal_the_model(text in "[ \\t\u{a0}\u{2028}]{0,2}[-+]{0,2}[0-9_]{0,25}[ \\n\u{3000}]{0,2}") {
        let value = serde_json::to_string(&text).unwrap();
        prop_assert_eq!(level(&value, RoomVersion::V9), model_of_int(&text), "{:?}", text);
    }

    #[test]
    fn integers_are_read_as_they_are_written(number in any::<i128>(), version in version()) {
        let expected = number.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
        prop_assert_eq!(level(&number.to_string(), version), Some(expected));
    }

    #[test]
    fn floats_are_cut_as_rust_cuts_them(number in any::<f64>()) {
        let text = format!("{number:e}");
        let expected = number.is_finite().then_some(number as i64);
        prop_assert_eq!(level(&text, RoomVersion::V3), expected, "{}", text);
    }

    #[test]
    fn no_content_makes_anything_panic(
        kind in proptest::sample::select(&TYPES[..]),
        state_key in proptest::option::of(proptest::sample::select(&["", "@alice:a.example", "@bob:b.example", "x"][..])),
        content in prop_oneof![content(), ".{0,40}"],
    ) {
        exercise(kind, state_key, &content);
    }
}
