use matrix_identifiers::UserId;
use matrix_roomversion::{AuthorizationRules, PowerLevelFormat};

use crate::{
    json,
    level::{self, Reading},
    rule::Rule,
};

/// The content of `m.room.power_levels`, as the rules of a room version read it.
///
/// Values that are no levels there are read as absent; whether the event may stand is then up to
/// [`defect`](Self::defect). What the absent ones default to is known to [`RoomLevels`](crate::RoomLevels).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PowerLevels {
    pub(crate) users: Levels,
    pub(crate) events: Levels,
    pub(crate) notifications: Levels,
    pub(crate) settings: [Option<i64>; Setting::COUNT],
    defect: Option<Rule>,
}

/// Levels by name, sorted, each name once.
pub(crate) type Levels = Box<[(Box<str>, i64)]>;

/// A level that stands for itself in the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting {
    /// `users_default`.
    UsersDefault,
    /// `events_default`.
    EventsDefault,
    /// `state_default`.
    StateDefault,
    /// `ban`.
    Ban,
    /// `redact`.
    Redact,
    /// `kick`.
    Kick,
    /// `invite`.
    Invite,
}

impl Setting {
    pub(crate) const COUNT: usize = 7;

    fn named(key: &str) -> Option<Self> {
        Some(match key {
            "users_default" => Self::UsersDefault,
            "events_default" => Self::EventsDefault,
            "state_default" => Self::StateDefault,
            "ban" => Self::Ban,
            "redact" => Self::Redact,
            "kick" => Self::Kick,
            "invite" => Self::Invite,
            _ => return None,
        })
    }

    /// Returns what holds where the content, or the whole event, is not there.
    ///
    /// Source: [`m.room.power_levels`](https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels).
    pub const fn default_level(self) -> i64 {
        match self {
            Self::UsersDefault | Self::EventsDefault | Self::Invite => 0,
            Self::StateDefault | Self::Ban | Self::Redact | Self::Kick => 50,
        }
    }
}

impl PowerLevels {
    /// Reads the JSON text of a content.
    pub fn parse(content: &str, rules: &AuthorizationRules) -> Self {
        let mut reader = Reader { format: rules.power_levels, defect: None };
        let mut settings = [None; Setting::COUNT];
        let (mut users, mut events, mut notifications) = (None, None, None);
        json::object(content, |key, value| match &*key {
            "users" => users = Some(value),
            "events" => events = Some(value),
            "notifications" => notifications = Some(value),
            key => {
                if let Some(place) = Setting::named(key).and_then(|setting| settings.get_mut(setting as usize)) {
                    *place = Some(value);
                }
            }
        });
        let integers_only = rules.power_levels == PowerLevelFormat::Integers;
        // In the order of rules 10.1 to 10.3 of room 12: the first misfit is the one that is reported.
        let settings = settings.map(|value| {
            value.and_then(|value| reader.level(value, integers_only.then_some(Rule::PowerLevelsIntegers)))
        });
        let maps = integers_only.then_some(Rule::PowerLevelsMaps);
        let events = reader.levels(events, maps, |_| true);
        let notifications = reader.levels(notifications, maps, |_| true);
        let is_user = |user_id: &str| UserId::parse(user_id).is_ok();
        let users = reader.levels(users, Some(Rule::PowerLevelsUsers), is_user);
        Self { users, events, notifications, settings, defect: reader.defect }
    }

    /// Returns the level of a user who is listed in `users`.
    pub fn user(&self, user_id: &str) -> Option<i64> {
        find(&self.users, user_id)
    }

    /// Returns the level of an event type that is listed in `events`.
    pub fn event(&self, event_type: &str) -> Option<i64> {
        find(&self.events, event_type)
    }

    /// Returns the level of a notification that is listed in `notifications`, such as `room`.
    pub fn notification(&self, name: &str) -> Option<i64> {
        find(&self.notifications, name)
    }

    /// Returns a level that stands for itself, where the content has it.
    pub fn setting(&self, setting: Setting) -> Option<i64> {
        self.settings.get(setting as usize).copied().flatten()
    }

    /// Returns the users that are listed, with their levels, sorted by user ID.
    pub fn users(&self) -> impl Iterator<Item = (&str, i64)> {
        self.users.iter().map(|(user_id, level)| (&**user_id, *level))
    }

    /// Returns the first rule about the form of the content that it breaks.
    pub fn defect(&self) -> Option<Rule> {
        self.defect
    }
}

fn find(levels: &[(Box<str>, i64)], name: &str) -> Option<i64> {
    let place = levels.binary_search_by(|(known, _)| (**known).cmp(name)).ok()?;
    levels.get(place).map(|(_, level)| *level)
}

struct Reader {
    format: PowerLevelFormat,
    defect: Option<Rule>,
}

impl Reader {
    /// Reads a level. One that is none breaks `rule`, if the version has such a rule.
    fn level(&mut self, value: &str, rule: Option<Rule>) -> Option<i64> {
        let broken = match level::read(value, self.format) {
            Reading::Level(level) => return Some(level),
            Reading::Misfit => rule,
            // A float that is infinite makes the event invalid wherever it stands.
            Reading::OutOfRange => Some(Rule::PowerLevelsUsers),
        };
        self.defect = self.defect.or(broken);
        None
    }

    fn levels(&mut self, value: Option<&str>, rule: Option<Rule>, is_name: impl Fn(&str) -> bool) -> Levels {
        let mut entries: Vec<(Box<str>, &str)> = Vec::new();
        let is_object = json::object(value.unwrap_or("{}"), |key, value| entries.push((key.into(), value)));
        if !is_object || !entries.iter().all(|(name, _)| is_name(name)) {
            self.defect = self.defect.or(rule);
        }
        // Of a name that stands twice, the last counts: a stable sort of the reverse puts it first.
        entries.reverse();
        entries.sort_by(|(left, _), (right, _)| left.cmp(right));
        entries.dedup_by(|(later, _), (first, _)| later == first);
        entries.into_iter().filter_map(|(name, value)| Some((name, self.level(value, rule)?))).collect()
    }
}
