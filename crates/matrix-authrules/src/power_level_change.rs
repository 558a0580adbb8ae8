use core::cmp::Ordering;

use crate::{
    denied::Fact,
    level::PowerLevel,
    power_levels::{Levels, PowerLevels},
    rule::Rule,
};

/// What one power levels event changes against another, as far as the rules care: of each kind of change the
/// highest level that it touches.
///
/// A sender may make the change when none of these is too high. Comparing two contents takes as long as they
/// are; whoever checks the same change more than once can remember this summary
/// ([`AuthState::power_level_change`](crate::AuthState::power_level_change)).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PowerLevelChange {
    setting_old: Option<i64>,
    setting_new: Option<i64>,
    events_old: Option<i64>,
    events_new: Option<i64>,
    users_old: Option<i64>,
    users_new: Option<i64>,
}

impl PowerLevelChange {
    /// Compares two contents; `sender`, who makes the change, may touch their own entry whatever it is now.
    /// `notifications` tells whether that part is compared (rooms 6 and later, MSC2209).
    pub fn between(old: &PowerLevels, new: &PowerLevels, sender: &str, notifications: bool) -> Self {
        let mut change = Self::default();
        for (old, new) in old.settings.iter().zip(new.settings) {
            if *old != new {
                change.setting_old = change.setting_old.max(*old);
                change.setting_new = change.setting_new.max(new);
            }
        }
        let mut events = |_: &str, old, new| {
            change.events_old = change.events_old.max(old);
            change.events_new = change.events_new.max(new);
        };
        compare(&old.events, &new.events, &mut events);
        if notifications {
            compare(&old.notifications, &new.notifications, &mut events);
        }
        compare(&old.users, &new.users, &mut |user_id, old, new| {
            if user_id != sender {
                change.users_old = change.users_old.max(old);
            }
            change.users_new = change.users_new.max(new);
        });
        change
    }

    /// Finds the first rule that keeps a sender of this level from making the change.
    ///
    /// For settings, the text asks for each in turn whether the old or the new level is too high. Here all old
    /// ones come before all new ones: the verdict is the same.
    pub(crate) fn check(&self, sender: PowerLevel) -> Result<(), (Rule, Fact)> {
        let not_above = |level: Option<i64>, rule| match level.map(PowerLevel::Finite) {
            Some(level) if level > sender => Err((rule, Fact::Levels(sender, level))),
            _ => Ok(()),
        };
        not_above(self.setting_old, Rule::SettingOldLevel)?;
        not_above(self.setting_new, Rule::SettingNewLevel)?;
        not_above(self.events_old, Rule::EventsOldLevel)?;
        not_above(self.events_new, Rule::EventsNewLevel)?;
        match self.users_old.map(PowerLevel::Finite) {
            Some(level) if level >= sender => return Err((Rule::UsersOldLevel, Fact::Levels(sender, level))),
            _ => {}
        }
        not_above(self.users_new, Rule::UsersNewLevel)
    }
}

/// Calls `differs` with each name that is added, changed or removed, and its levels.
fn compare(old: &Levels, new: &Levels, differs: &mut impl FnMut(&str, Option<i64>, Option<i64>)) {
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (Some((left, _)), Some((right, _))) => left.cmp(right),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return,
        };
        let before = if order.is_le() { old.next() } else { None };
        let after = if order.is_ge() { new.next() } else { None };
        let Some((name, _)) = before.or(after) else { return };
        let (before, after) = (before.map(|(_, level)| *level), after.map(|(_, level)| *level));
        if before != after {
            differs(name, before, after);
        }
    }
}
