use matrix_identifiers::UserId;
use matrix_roomversion::{AuthorizationRules, Creators};

use crate::{create::Create, level::PowerLevel, power_levels::PowerLevels};

/// The power levels of a room at some point: those of its `m.room.power_levels`, of its creators, and what holds
/// where there is no such event.
///
/// Without `m.room.power_levels`, the creator of a room 1 to 11 has level 100 and everybody else 0; sending
/// state, banning, kicking and redacting take 50, anything else 0. The creators of a room 12 are always above all
/// levels (MSC4289).
///
/// ```
/// use matrix_authrules::{PowerLevel, RoomLevels};
/// use matrix_roomversion::RoomVersion;
///
/// let nothing = RoomLevels::new(&RoomVersion::V11.rules().authorization, None, None);
/// assert_eq!(nothing.required("m.room.topic", true), PowerLevel::Finite(50));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RoomLevels<'a> {
    creators: Creators,
    create: Option<&'a Create>,
    power_levels: Option<&'a PowerLevels>,
}

impl<'a> RoomLevels<'a> {
    /// Takes the create event and the power levels that are in force, of a room with these rules.
    pub const fn new(
        rules: &AuthorizationRules,
        create: Option<&'a Create>,
        power_levels: Option<&'a PowerLevels>,
    ) -> Self {
        Self { creators: rules.creators, create, power_levels }
    }

    /// Returns the level of a user.
    pub fn user(&self, user_id: &UserId) -> PowerLevel {
        self.of_member(user_id.as_str())
    }

    /// The level of the user with this ID, be it a valid one or not.
    pub(crate) fn of_member(&self, state_key: &str) -> PowerLevel {
        let is_creator = || self.create.is_some_and(|create| create.is_creator(state_key));
        match self.power_levels {
            _ if self.creators == Creators::Privileged && is_creator() => PowerLevel::Infinite,
            Some(power_levels) => power_levels.of_member(state_key).into(),
            None => PowerLevel::Finite(if is_creator() { 100 } else { 0 }),
        }
    }

    /// Returns the level that sending an event of this type takes.
    pub fn required(&self, event_type: &str, is_state: bool) -> PowerLevel {
        let default = if is_state { 50 } else { 0 };
        self.power_levels.map_or(default, |levels| levels.required(event_type, is_state)).into()
    }

    /// Returns the level that banning takes.
    pub fn ban(&self) -> PowerLevel {
        self.power_levels.map_or(50, PowerLevels::ban).into()
    }

    /// Returns the level that redacting other users' events takes.
    pub fn redact(&self) -> PowerLevel {
        self.power_levels.map_or(50, PowerLevels::redact).into()
    }

    /// Returns the level that kicking takes.
    pub fn kick(&self) -> PowerLevel {
        self.power_levels.map_or(50, PowerLevels::kick).into()
    }

    /// Returns the level that inviting takes.
    pub fn invite(&self) -> PowerLevel {
        self.power_levels.map_or(0, PowerLevels::invite).into()
    }

    /// Returns the level that notifying with this key, such as `room`, takes.
    pub fn notification(&self, key: &str) -> PowerLevel {
        self.power_levels.map_or(50, |levels| levels.notification(key)).into()
    }
}
