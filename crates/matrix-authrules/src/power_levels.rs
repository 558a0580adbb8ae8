use std::borrow::Cow;

use matrix_identifiers::UserId;
use matrix_roomversion::{AuthorizationRules, PowerLevelFormat};

use crate::{
    json,
    level::{self, Reading},
    levels::Levels,
    rule::Rule,
};

/// The content of `m.room.power_levels`, as the rules of a room version read it.
///
/// A value that is no level there is read as absent; whether an event that holds one may stand is up to
/// [`defect`](Self::defect). Without such an event in the room, see [`RoomLevels`](crate::RoomLevels).
///
/// ```
/// use matrix_authrules::PowerLevels;
/// use matrix_identifiers::UserId;
/// use matrix_roomversion::RoomVersion;
///
/// let content = r#"{"users": {"@alice:example.org": " +50 "}, "events": {"m.room.topic": 10}, "ban": 60}"#;
/// let levels = PowerLevels::parse(content, &RoomVersion::V9.rules().authorization);
/// assert_eq!(levels.user(UserId::parse("@alice:example.org")?), 50);
/// assert_eq!((levels.required("m.room.topic", true), levels.required("m.room.name", true)), (10, 50));
/// assert_eq!((levels.ban(), levels.kick()), (60, 50));
/// # Ok::<(), matrix_identifiers::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PowerLevels {
    pub(crate) users: Levels,
    pub(crate) events: Levels,
    pub(crate) notifications: Levels,
    pub(crate) settings: [Option<i64>; 7],
    defect: Option<Rule>,
}

/// The levels that stand for themselves, in the order in which the rules name them.
const SETTINGS: [&str; 7] =
    ["users_default", "events_default", "state_default", "ban", "redact", "kick", "invite"];

impl PowerLevels {
    /// Reads the JSON text of a content.
    pub fn parse(content: &str, rules: &AuthorizationRules) -> Self {
        let format = rules.power_levels;
        let [users_default, events_default, state_default, ban, redact, kick, invite] = SETTINGS;
        let names = [
            users_default,
            events_default,
            state_default,
            ban,
            redact,
            kick,
            invite,
            "events",
            "notifications",
            "users",
        ];
        let Some([settings @ .., events, notifications, users]) = json::fields(content, names) else {
            return Self { defect: Some(Rule::PowerLevelsUsers), ..Self::default() };
        };
        let settings: [Option<Reading>; 7] =
            settings.map(|value| value.map(|value| level::read(value, format)));
        let (events, notifications) = (Map::read(events, format), Map::read(notifications, format));
        let users = Map::read(users, format);

        let tolerant = format == PowerLevelFormat::Tolerant;
        let misfit = settings.iter().flatten().any(|reading| reading.level().is_none());
        let out_of_range = settings.contains(&Some(Reading::OutOfRange))
            || [&events, &notifications, &users].iter().any(|map| map.out_of_range);
        let defect = if misfit && !tolerant {
            Some(Rule::PowerLevelsIntegers)
        } else if (events.misfit || notifications.misfit) && !tolerant {
            Some(Rule::PowerLevelsMaps)
        } else if users.misfit || !users.are_user_ids() || out_of_range {
            Some(Rule::PowerLevelsUsers)
        } else {
            misfit.then_some(Rule::SettingUnreadable)
        };
        Self {
            users: users.levels,
            events: events.levels,
            notifications: notifications.levels,
            settings: settings.map(|reading| reading.and_then(Reading::level)),
            defect,
        }
    }

    /// Returns the rule that rejects an event with this content whatever the levels in it are.
    ///
    /// From room 10 on every level must be an integer. Before, `users` must hold levels of valid user IDs, and no
    /// level anywhere may be a float beyond the range of a double. A level that stands for itself (`ban`,
    /// `users_default` and so on) must be one as well, or it cannot be compared with what it was: where there is
    /// something to compare it with, so not in a room's first power levels ([`Rule::SettingUnreadable`]). Other
    /// values in `events` and `notifications` are passed over in those versions.
    pub fn defect(&self) -> Option<Rule> {
        self.defect
    }

    /// Returns the level of a user: the entry in `users`, else `users_default`, else 0.
    ///
    /// It knows nothing of a room 12's creators, who are above all levels: see
    /// [`RoomLevels::user`](crate::RoomLevels::user).
    pub fn user(&self, user_id: &UserId) -> i64 {
        self.of_member(user_id.as_str())
    }

    /// The level of the user with this ID, be it a valid one or not.
    pub(crate) fn of_member(&self, state_key: &str) -> i64 {
        let [users_default, ..] = self.settings;
        self.users.find(state_key).or(users_default).unwrap_or(0)
    }

    /// Tells whether `users` has an entry under this ID.
    pub(crate) fn names(&self, user_id: &str) -> bool {
        self.users.find(user_id).is_some()
    }

    /// Returns the entries of `users`, sorted by user ID.
    pub fn users(&self) -> impl ExactSizeIterator<Item = (&str, i64)> {
        self.users.iter()
    }

    /// Shares with `other` what the two have in common. Nothing that can be asked changes.
    ///
    /// Contents that follow one another in a room differ in little. Those that share the rest take little memory,
    /// and what one changes of the other ([`PowerLevelChange`](crate::PowerLevelChange)) is found at the cost of the
    /// change.
    pub fn share_with(&mut self, other: &Self) {
        self.users.share_with(&other.users);
        self.events.share_with(&other.events);
        self.notifications.share_with(&other.notifications);
    }

    /// Returns the level that sending an event of this type takes: the entry in `events`, else `state_default`
    /// or 50 for a state event, `events_default` or 0 for any other.
    pub fn required(&self, event_type: &str, is_state: bool) -> i64 {
        let [_, events_default, state_default, ..] = self.settings;
        self.events
            .find(event_type)
            .or(if is_state { state_default } else { events_default })
            .unwrap_or(if is_state { 50 } else { 0 })
    }

    /// Returns the level that notifying with this key, such as `room`, takes: the entry in `notifications`, else
    /// 50.
    pub fn notification(&self, key: &str) -> i64 {
        self.notifications.find(key).unwrap_or(50)
    }

    /// Returns the level that banning takes: `ban`, else 50.
    pub fn ban(&self) -> i64 {
        let [.., ban, _, _, _] = self.settings;
        ban.unwrap_or(50)
    }

    /// Returns the level that redacting other users' events takes: `redact`, else 50.
    pub fn redact(&self) -> i64 {
        let [.., redact, _, _] = self.settings;
        redact.unwrap_or(50)
    }

    /// Returns the level that kicking takes: `kick`, else 50.
    pub fn kick(&self) -> i64 {
        let [.., kick, _] = self.settings;
        kick.unwrap_or(50)
    }

    /// Returns the level that inviting takes: `invite`, else 0.
    pub fn invite(&self) -> i64 {
        let [.., invite] = self.settings;
        invite.unwrap_or(0)
    }
}

/// An object of levels, as it was read.
#[derive(Default)]
struct Map {
    levels: Levels,
    /// It is no object, or one of its values is no level.
    misfit: bool,
    out_of_range: bool,
}

impl Map {
    fn read(value: Option<&str>, format: PowerLevelFormat) -> Self {
        let Some(value) = value else { return Self::default() };
        let mut entries: Vec<(Cow<'_, str>, Reading)> = Vec::new();
        if !json::object(value, |key, value| entries.push((key, level::read(value, format)))) {
            return Self { misfit: true, ..Self::default() };
        }
        // The sort keeps the order of equal keys, of which the last counts.
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        entries.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                earlier.1 = later.1;
            }
            same
        });
        Self {
            misfit: entries.iter().any(|(_, reading)| reading.level().is_none()),
            out_of_range: entries.iter().any(|(_, reading)| *reading == Reading::OutOfRange),
            levels: Levels::from_sorted(
                entries.into_iter().filter_map(|(key, reading)| Some((key.into(), reading.level()?))),
            ),
        }
    }

    fn are_user_ids(&self) -> bool {
        self.levels.iter().all(|(user_id, _)| UserId::parse(user_id).is_ok())
    }
}
