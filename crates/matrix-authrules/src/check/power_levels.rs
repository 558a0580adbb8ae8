use matrix_roomversion::Creators;

use super::state_dependent::Check;
use crate::{
    denied::{Denied, Fact},
    level::PowerLevel,
    power_level_change::PowerLevelChange,
    power_levels::PowerLevels,
    rule::Rule,
    state::AuthState,
};

/// Rule 10: `m.room.power_levels`.
pub(super) fn check<S: AuthState + ?Sized>(
    check: &Check<'_, S>,
    new: &PowerLevels,
    sender: PowerLevel,
) -> Result<(), Denied> {
    // Rules 10.1 to 10.3.
    let defect = new.defect();
    if let Some(rule) = defect.filter(|rule| *rule != Rule::SettingUnreadable) {
        return check.deny(rule);
    }
    // Rule 10.4.
    if check.rules.creators == Creators::Privileged
        && check.create.creators().iter().any(|creator| new.names(creator.as_str()))
    {
        return check.deny(Rule::PowerLevelsCreators);
    }
    // Rule 10.5.
    let Some(old) = check.state.power_levels() else { return Ok(()) };
    // Rules 10.6 to 10.10.
    if let Some(rule) = defect {
        return check.deny(rule);
    }
    let change = PowerLevelChange::between(old, new, check.candidate.sender, check.rules);
    if change.is_allowed(sender) {
        return Ok(());
    }
    match change.forbidden_by(old, new, sender) {
        Some((rule, level)) => check.deny_for(rule, Fact::Levels(sender, level)),
        None => Ok(()),
    }
}
