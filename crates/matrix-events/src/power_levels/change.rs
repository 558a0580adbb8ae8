use std::collections::BTreeMap;

use matrix_authrules::{PowerLevel, PowerLevelChange, PowerLevels};
use matrix_canonicaljson::Integer;
use matrix_identifiers::UserId;
use matrix_roomversion::{AuthorizationRules, Creators};

use super::LevelSetting;
use crate::content::{Level, RoomPowerLevels};

/// Making the content and changing it; what is not known in it stays as it is.
///
/// ```
/// use matrix_canonicaljson::Integer;
/// use matrix_events::content::RoomPowerLevels;
/// use matrix_identifiers::UserId;
/// use matrix_roomversion::RoomVersion;
///
/// let alice = UserId::parse("@alice:example.org")?;
/// let rules = &RoomVersion::V11.rules().authorization;
/// let mut levels = RoomPowerLevels::for_new_room(&[alice], rules);
/// levels.invite = Some(50.into());
/// levels.set_event("m.room.name", Integer::from(60));
/// assert_eq!(levels.levels(rules).required("m.room.name", true), 60);
/// assert!(levels.users.is_some_and(|users| users.contains_key(alice)));
/// # Ok::<(), matrix_identifiers::Error>(())
/// ```
impl RoomPowerLevels {
    /// The `events_default` of a space, which keeps people from talking in it (MSC1772).
    pub const SPACE_EVENTS_DEFAULT: i32 = 100;

    /// Makes the content that a room starts with: its creators have 100, who may give out power and end the room has to
    /// have 100 as well, everything else is as it is without a word.
    ///
    /// From room 12 on creators are above all levels and must not be named.
    #[must_use]
    pub fn for_new_room(creators: &[&UserId], rules: &AuthorizationRules) -> Self {
        let mut levels = Self::default();
        for setting in LevelSetting::ALL {
            levels.set(setting, Integer::new(setting.default_level()).unwrap_or_default());
        }
        let privileged = rules.creators == Creators::Privileged;
        for creator in creators.iter().filter(|_| !privileged) {
            levels.set_user(creator, Integer::from(100));
        }
        for event_type in
            ["m.room.encryption", "m.room.history_visibility", "m.room.power_levels", "m.room.server_acl"]
        {
            levels.set_event(event_type, Integer::from(100));
        }
        levels.set_event("m.room.tombstone", Integer::from(if privileged { 150 } else { 100 }));
        levels
    }

    /// Makes the content that a space starts with: that of a room, where nobody but its creators talks.
    #[must_use]
    pub fn for_new_space(creators: &[&UserId], rules: &AuthorizationRules) -> Self {
        let mut levels = Self::for_new_room(creators, rules);
        levels.events_default = Some(Self::SPACE_EVENTS_DEFAULT.into());
        levels
    }

    /// Returns the levels, as the rules of a room version read them.
    #[must_use]
    pub fn levels(&self, rules: &AuthorizationRules) -> PowerLevels {
        PowerLevels::parse(&self.to_text(), rules)
    }

    /// Returns whether a user of this level may put the content in the place of another.
    ///
    /// Whether the user may send power levels at all is one of the other rules; see
    /// [`check`](matrix_authrules::check).
    #[must_use]
    pub fn may_replace(
        &self,
        old: &Self,
        sender: &UserId,
        level: PowerLevel,
        rules: &AuthorizationRules,
    ) -> bool {
        let (old, new) = (old.levels(rules), self.levels(rules));
        new.defect().is_none() && PowerLevelChange::between(&old, &new, sender, rules).is_allowed(level)
    }

    /// Returns the level of a setting, as a room version reads it.
    #[must_use]
    pub fn get(&self, setting: LevelSetting, rules: &AuthorizationRules) -> i64 {
        let level = match setting {
            LevelSetting::Ban => &self.ban,
            LevelSetting::EventsDefault => &self.events_default,
            LevelSetting::Invite => &self.invite,
            LevelSetting::Kick => &self.kick,
            LevelSetting::Redact => &self.redact,
            LevelSetting::StateDefault => &self.state_default,
            LevelSetting::UsersDefault => &self.users_default,
        };
        level.as_ref().and_then(|level| read(level, rules)).unwrap_or(setting.default_level())
    }

    /// Sets a level that stands for itself.
    pub fn set(&mut self, setting: LevelSetting, level: Integer) {
        *self.setting_mut(setting) = Some(level.into());
    }

    /// Sets a user's level.
    pub fn set_user(&mut self, user_id: &UserId, level: Integer) {
        self.users.get_or_insert_default().insert(user_id.into(), level.into());
    }

    /// Takes a user's level out, so that `users_default` holds.
    pub fn unset_user(&mut self, user_id: &UserId) {
        self.users.as_mut().and_then(|users| users.remove(user_id));
    }

    /// Sets the level that sending events of a type takes.
    pub fn set_event(&mut self, event_type: &str, level: Integer) {
        self.events.get_or_insert_default().insert(event_type.into(), level.into());
    }

    /// Takes the level of an event type out, so that `events_default` or `state_default` holds.
    pub fn unset_event(&mut self, event_type: &str) {
        self.events.as_mut().and_then(|events| events.remove(event_type));
    }

    /// Sets the level that notifying with a key, such as `room`, takes.
    pub fn set_notification(&mut self, key: &str, level: Integer) {
        self.notifications.get_or_insert_default().insert(key.into(), level.into());
    }

    /// Takes the level of a key of `notifications` out, so that its default holds.
    pub fn unset_notification(&mut self, key: &str) {
        self.notifications.as_mut().and_then(|levels| levels.remove(key));
    }

    /// Rewrites levels that only older rooms read, such as strings, as the integers that they are (the nearest one that
    /// there is), and takes out what is no level, so that the content may stand in any room version.
    pub fn normalize(&mut self, rules: &AuthorizationRules) {
        for setting in LevelSetting::ALL {
            let level = self.setting_mut(setting);
            *level = level.take().and_then(|level| integer(level, rules));
        }
        for levels in [&mut self.events, &mut self.notifications].into_iter().flatten() {
            normalize_each(levels, rules);
        }
        self.users.iter_mut().for_each(|levels| normalize_each(levels, rules));
    }

    fn setting_mut(&mut self, setting: LevelSetting) -> &mut Option<Level> {
        match setting {
            LevelSetting::Ban => &mut self.ban,
            LevelSetting::EventsDefault => &mut self.events_default,
            LevelSetting::Invite => &mut self.invite,
            LevelSetting::Kick => &mut self.kick,
            LevelSetting::Redact => &mut self.redact,
            LevelSetting::StateDefault => &mut self.state_default,
            LevelSetting::UsersDefault => &mut self.users_default,
        }
    }
}

fn normalize_each<K: Ord>(levels: &mut BTreeMap<K, Level>, rules: &AuthorizationRules) {
    let read = std::mem::take(levels).into_iter();
    levels.extend(read.filter_map(|(name, level)| Some((name, integer(level, rules)?))));
}

/// The level as an integer, the nearest that there is.
fn integer(level: Level, rules: &AuthorizationRules) -> Option<Level> {
    let level = read(&level, rules)?.clamp(Integer::MIN.get(), Integer::MAX.get());
    Integer::new(level).map(Level::Integer)
}

/// Reads a level as a room version does; `None` where it is none.
///
/// That reading stands in `matrix-authrules` once. `ban` and `invite` have different defaults: where the value is no
/// level, the two differ.
fn read(level: &Level, rules: &AuthorizationRules) -> Option<i64> {
    if let Level::Integer(level) = level {
        return Some(level.get());
    }
    let mut probe = RoomPowerLevels::new();
    (probe.ban, probe.invite) = (Some(level.clone()), Some(level.clone()));
    let levels = probe.levels(rules);
    (levels.ban() == levels.invite()).then(|| levels.ban())
}
