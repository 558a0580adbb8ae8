/// A level of `m.room.power_levels` that stands for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LevelSetting {
    /// `ban`: banning and unbanning. 50 where it is absent.
    Ban,
    /// `events_default`: sending events that are no state. 0 where it is absent.
    EventsDefault,
    /// `invite`: inviting. 0 where it is absent.
    Invite,
    /// `kick`: kicking. 50 where it is absent.
    Kick,
    /// `redact`: redacting other users' events. 50 where it is absent.
    Redact,
    /// `state_default`: sending state. 50 where it is absent.
    StateDefault,
    /// `users_default`: the level of users that are not named. 0 where it is absent.
    UsersDefault,
}

impl LevelSetting {
    /// Every setting.
    pub const ALL: [Self; 7] = [
        Self::Ban,
        Self::EventsDefault,
        Self::Invite,
        Self::Kick,
        Self::Redact,
        Self::StateDefault,
        Self::UsersDefault,
    ];

    /// Returns the field's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ban => "ban",
            Self::EventsDefault => "events_default",
            Self::Invite => "invite",
            Self::Kick => "kick",
            Self::Redact => "redact",
            Self::StateDefault => "state_default",
            Self::UsersDefault => "users_default",
        }
    }

    /// Returns the level that holds where the content has none.
    #[must_use]
    pub const fn default_level(self) -> i64 {
        match self {
            Self::EventsDefault | Self::Invite | Self::UsersDefault => 0,
            Self::Ban | Self::Kick | Self::Redact | Self::StateDefault => 50,
        }
    }
}
