use matrix_identifiers::UserId;
use matrix_roomversion::AuthorizationRules;

use crate::{level::PowerLevel, power_levels::PowerLevels, rule::Rule};

/// What a power levels event changes, as far as the rules ask: the highest levels that it touches.
///
/// The rules about changes (10.6 to 10.10 of room 12 and what they are elsewhere) hold each level that is
/// touched against the sender's; it is enough to hold the highest of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct PowerLevelChange {
    setting_old: Option<i64>,
    setting_new: Option<i64>,
    events_old: Option<i64>,
    events_new: Option<i64>,
    users_old: Option<i64>,
    users_new: Option<i64>,
}

impl PowerLevelChange {
    /// Compares the power levels in force with those that `sender` would set.
    pub fn between(
        old: &PowerLevels,
        new: &PowerLevels,
        sender: &UserId,
        rules: &AuthorizationRules,
    ) -> Self {
        let mut change = Self::default();
        for (old, new) in old.settings.iter().zip(&new.settings) {
            if old != new {
                change.setting_old = change.setting_old.max(*old);
                change.setting_new = change.setting_new.max(*new);
            }
        }
        old.events.each_difference(&new.events, |_, old, new| change.event(old, new));
        if rules.checks_notifications {
            old.notifications.each_difference(&new.notifications, |_, old, new| change.event(old, new));
        }
        old.users.each_difference(&new.users, |user_id, old, new| {
            if user_id != sender.as_str() {
                change.users_old = change.users_old.max(old);
            }
            change.users_new = change.users_new.max(new);
        });
        change
    }

    /// Tells whether a sender of this level may make the change.
    pub fn is_allowed(&self, sender: PowerLevel) -> bool {
        let PowerLevel::Finite(sender) = sender else { return true };
        let highest = self
            .setting_old
            .max(self.setting_new)
            .max(self.events_old)
            .max(self.events_new)
            .max(self.users_new);
        highest.is_none_or(|level| level <= sender) && self.users_old.is_none_or(|level| level < sender)
    }

    fn event(&mut self, old: Option<i64>, new: Option<i64>) {
        self.events_old = self.events_old.max(old);
        self.events_new = self.events_new.max(new);
    }

    /// Finds the first rule that forbids the change to a sender of this level, and the level that it is about.
    pub(crate) fn forbidden_by(
        &self,
        old: &PowerLevels,
        new: &PowerLevels,
        sender: PowerLevel,
    ) -> Option<(Rule, PowerLevel)> {
        let above = |level: Option<i64>| level.map(PowerLevel::Finite).filter(|level| *level > sender);
        let not_below = |level: Option<i64>| level.map(PowerLevel::Finite).filter(|level| *level >= sender);
        for (old, new) in old.settings.iter().zip(&new.settings).filter(|(old, new)| old != new) {
            if let Some(level) = above(*old) {
                return Some((Rule::SettingOldLevel, level));
            }
            if let Some(level) = above(*new) {
                return Some((Rule::SettingNewLevel, level));
            }
        }
        None.or(above(self.events_old).map(|level| (Rule::EventsOldLevel, level)))
            .or(above(self.events_new).map(|level| (Rule::EventsNewLevel, level)))
            .or(not_below(self.users_old).map(|level| (Rule::UsersOldLevel, level)))
            .or(above(self.users_new).map(|level| (Rule::UsersNewLevel, level)))
    }
}
