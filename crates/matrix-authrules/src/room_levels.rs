use matrix_roomversion::{AuthorizationRules, Creators};

use crate::{
    create::Create,
    level::PowerLevel,
    power_levels::{PowerLevels, Setting},
};

/// The level that a room's creator has in rooms 1 to 11 as long as there is no power levels event.
const CREATOR_LEVEL: i64 = 100;

/// The power levels in force in a room: what its events say, and what holds where they say nothing.
///
/// Sources: [`m.room.power_levels`](https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels) and the
/// [definitions](https://spec.matrix.org/v1.19/server-server-api/#definitions) of the levels.
#[derive(Clone, Copy, Debug)]
pub struct RoomLevels<'a> {
    create: Option<&'a Create>,
    power_levels: Option<&'a PowerLevels>,
    creators: Creators,
}

impl<'a> RoomLevels<'a> {
    /// Puts together the events that decide, as far as the room has them.
    pub fn new(
        rules: &AuthorizationRules,
        create: Option<&'a Create>,
        power_levels: Option<&'a PowerLevels>,
    ) -> Self {
        Self { create, power_levels, creators: rules.creators }
    }

    /// Returns the level of a user. Creators of a room 12 stand above all others.
    pub fn user(&self, user_id: &str) -> PowerLevel {
        let is_creator = || self.create.is_some_and(|create| create.is_creator(user_id));
        if self.creators == Creators::Privileged && is_creator() {
            return PowerLevel::Infinite;
        }
        PowerLevel::Finite(match self.power_levels {
            Some(power_levels) => {
                power_levels.user(user_id).unwrap_or_else(|| self.level(Setting::UsersDefault))
            }
            None if is_creator() => CREATOR_LEVEL,
            None => Setting::UsersDefault.default_level(),
        })
    }

    /// Returns the level that sending an event of this type takes.
    pub fn required(&self, event_type: &str, is_state: bool) -> PowerLevel {
        let default = if is_state { Setting::StateDefault } else { Setting::EventsDefault };
        let listed = self.power_levels.and_then(|power_levels| power_levels.event(event_type));
        PowerLevel::Finite(listed.unwrap_or_else(|| self.level(default)))
    }

    /// Returns the level that stands for itself under a name: the invite, kick, ban and redact levels, and the
    /// defaults.
    pub fn setting(&self, setting: Setting) -> PowerLevel {
        PowerLevel::Finite(self.level(setting))
    }

    /// Returns the level that notifying the room as `name` takes, 50 where nothing is said: a matter of push
    /// rules, not of authorization.
    pub fn notification(&self, name: &str) -> PowerLevel {
        let listed = self.power_levels.and_then(|power_levels| power_levels.notification(name));
        PowerLevel::Finite(listed.unwrap_or(50))
    }

    fn level(&self, setting: Setting) -> i64 {
        let given = self.power_levels.and_then(|power_levels| power_levels.setting(setting));
        given.unwrap_or(setting.default_level())
    }
}
