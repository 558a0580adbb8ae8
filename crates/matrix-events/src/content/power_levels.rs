//! `m.room.power_levels`.

use std::collections::BTreeMap;

use matrix_canonicaljson::{Integer, Value};
use matrix_identifiers::OwnedUserId;
use matrix_roomversion::PowerLevelFormat;

use crate::wire::{Field, Node, State, write_string};
use crate::{Misfit, Wire as _};

object! {
    /// The content of [`m.room.power_levels`](https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels), as it
    /// is written.
    ///
    /// Who may do what, with the defaults that depend on the room version, is for `matrix-authrules` to say: see
    /// [`levels`](Self::levels).
    pub struct RoomPowerLevels {
        /// To ban and unban.
        ban: Option<Level> = "ban",
        /// To send events of a type.
        events: Option<BTreeMap<String, Level>> = "events",
        /// To send message events of other types.
        events_default: Option<Level> = "events_default",
        /// To invite.
        invite: Option<Level> = "invite",
        /// To kick.
        kick: Option<Level> = "kick",
        /// To make others be notified: `room` for `@room`.
        notifications: Option<BTreeMap<String, Level>> = "notifications",
        /// To redact the events of others.
        redact: Option<Level> = "redact",
        /// To send state events of other types.
        state_default: Option<Level> = "state_default",
        /// What users have.
        users: Option<BTreeMap<OwnedUserId, Level>> = "users",
        /// What other users have.
        users_default: Option<Level> = "users_default",
    }
}

impl RoomPowerLevels {
    /// Checks that the levels are written as a room version wants them: from room 10 on as integers.
    ///
    /// # Errors
    ///
    /// The path of the first level that is not.
    pub fn check(&self, format: PowerLevelFormat) -> Result<(), Misfit> {
        if format == PowerLevelFormat::Tolerant {
            return Ok(());
        }
        let single = [
            ("ban", &self.ban),
            ("events_default", &self.events_default),
            ("invite", &self.invite),
            ("kick", &self.kick),
            ("redact", &self.redact),
            ("state_default", &self.state_default),
            ("users_default", &self.users_default),
        ];
        for (key, level) in single {
            level.iter().try_for_each(|level| level.check().map_err(|misfit| misfit.within_key(key)))?;
        }
        check_each(self.events.iter().flatten().map(|(key, level)| (key.as_str(), level)), "events")?;
        check_each(
            self.notifications.iter().flatten().map(|(key, level)| (key.as_str(), level)),
            "notifications",
        )?;
        check_each(self.users.iter().flatten().map(|(key, level)| (key.as_str(), level)), "users")
    }

    /// Returns the text, for `matrix_authrules::PowerLevels::parse`.
    pub fn to_text(&self) -> String {
        String::from_utf8(self.to_canonical()).unwrap_or_default()
    }
}

fn check_each<'a>(mut levels: impl Iterator<Item = (&'a str, &'a Level)>, map: &str) -> Result<(), Misfit> {
    levels.try_for_each(|(key, level)| level.check().map_err(|misfit| misfit.within_key(key).within_key(map)))
}

/// A power level as it is written: an integer or, below room 10, anything that Python would make one of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Level {
    /// An integer.
    Integer(Integer),
    /// The text of a string; whether there is a level in it is for `matrix-authrules` to say.
    Text(String),
    /// A float, or an integer beyond the range of canonical JSON.
    Number(matrix_canonicaljson::Number),
}

impl Level {
    /// Returns the level when it is written as an integer within ±(2<sup>53</sup> − 1).
    pub fn as_integer(&self) -> Option<Integer> {
        match self {
            Self::Integer(level) => Some(*level),
            Self::Text(_) | Self::Number(_) => None,
        }
    }

    fn check(&self) -> Result<(), Misfit> {
        match self {
            Self::Integer(_) => Ok(()),
            Self::Text(_) | Self::Number(_) => {
                Err(Misfit::expected("an integer, which this room version asks for"))
            }
        }
    }
}

impl<T: Into<Integer>> From<T> for Level {
    fn from(level: T) -> Self {
        Self::Integer(level.into())
    }
}

impl Field for Level {
    fn read(node: &Node<'_>, _: &mut State) -> Result<Self, Misfit> {
        if let Some(level) = node.as_i64().and_then(Integer::new) {
            return Ok(level.into());
        }
        match node.value() {
            Value::String(text) => Ok(Self::Text(text)),
            Value::Integer(level) => Ok(level.into()),
            Value::Number(number) => Ok(Self::Number(number)),
            _ => Err(Misfit::expected("a power level")),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Integer(level) => level.write(out),
            Self::Text(text) => write_string(text, out),
            Self::Number(number) => Value::Number(number.clone()).write(out),
        }
    }
}
