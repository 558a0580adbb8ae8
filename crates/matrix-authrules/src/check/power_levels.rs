//! The rule about `m.room.power_levels`. Numbers are those of room 12.

use matrix_roomversion::Creators;

use crate::{
    create::Create, level::PowerLevel, power_level_change::PowerLevelChange, power_levels::PowerLevels,
    rule::Rule, state::AuthState,
};

use super::{Check, Verdict, deny};

impl<S: AuthState> Check<'_, S> {
    /// Rule 10.
    pub(super) fn power_levels(&self, create: &Create, new: &PowerLevels, sender: PowerLevel) -> Verdict {
        // 10.1 to 10.3
        if let Some(defect) = new.defect() {
            return deny(defect);
        }
        // 10.4
        let names_creator = || create.creators().iter().any(|creator| new.user(creator.as_str()).is_some());
        if self.rules.creators == Creators::Privileged && names_creator() {
            return deny(Rule::PowerLevelsCreators);
        }
        // 10.5
        let Some(old) = self.state.power_levels() else { return Ok(()) };
        // 10.6 to 10.11
        match self.state.power_level_change() {
            Some(remembered) => remembered.check(sender),
            None => {
                let notifications = self.rules.checks_notifications;
                PowerLevelChange::between(old, new, self.event.sender.as_str(), notifications).check(sender)
            }
        }
    }
}
