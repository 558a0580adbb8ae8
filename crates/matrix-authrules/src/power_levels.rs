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
/// [`defect`](Self::defect).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PowerLevels {
    users: Levels,
    events: Levels,
    notifications: Levels,
    settings: Settings,
    defect: Option<Rule>,
}

/// Levels by name, sorted, each name once.
type Levels = Box<[(Box<str>, i64)]>;

/// The levels that stand for themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Settings {
    users_default: Option<i64>,
    events_default: Option<i64>,
    state_default: Option<i64>,
    ban: Option<i64>,
    redact: Option<i64>,
    kick: Option<i64>,
    invite: Option<i64>,
}

impl PowerLevels {
    /// Reads the JSON text of a content.
    pub fn parse(content: &str, rules: &AuthorizationRules) -> Self {
        let mut reader = Reader { format: rules.power_levels, defect: None };
        let mut settings = Settings::default();
        let (mut users, mut events, mut notifications) = (None, None, None);
        let object = json::object(content, |key, value| match &*key {
            "users" => users = Some(value),
            "events" => events = Some(value),
            "notifications" => notifications = Some(value),
            "users_default" => settings.users_default = Some(value),
            _ => {}
        });
        todo!()
    }
}
