use matrix_authrules::{PowerLevel, PowerLevelChange, PowerLevels};
use matrix_canonicaljson::{Integer, Object, Value};
use matrix_identifiers::UserId;
use matrix_roomversion::{AuthorizationRules, Creators};

use super::LevelSetting;

/// A content of `m.room.power_levels` being made or changed. Fields that it does not know stay as they are.
///
/// ```
/// use matrix_canonicaljson::Integer;
/// use matrix_events::{LevelSetting, PowerLevelsContent};
/// use matrix_identifiers::UserId;
/// use matrix_roomversion::RoomVersion;
///
/// let alice = UserId::parse("@alice:example.org")?;
/// let rules = &RoomVersion::V11.rules().authorization;
/// let mut levels = PowerLevelsContent::for_new_room(&[alice], rules);
/// levels.set(LevelSetting::Invite, Integer::from(50));
/// levels.set_event("m.room.name", Integer::from(60));
/// assert_eq!(levels.levels(rules).required("m.room.name", true), 60);
/// assert!(levels.content().get_object("users").is_some_and(|users| users.contains_key("@alice:example.org")));
/// # Ok::<(), matrix_identifiers::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PowerLevelsContent(Object);

impl PowerLevelsContent {
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
        levels.set(LevelSetting::EventsDefault, Integer::from(Self::SPACE_EVENTS_DEFAULT));
        levels
    }

    /// Starts from a content.
    #[must_use]
    pub const fn new(content: Object) -> Self {
        Self(content)
    }

    /// Returns the content.
    #[must_use]
    pub const fn content(&self) -> &Object {
        &self.0
    }

    /// Returns the content itself.
    #[must_use]
    pub fn into_content(self) -> Object {
        self.0
    }

    /// Returns the levels, as the rules of a room version read them.
    #[must_use]
    pub fn levels(&self, rules: &AuthorizationRules) -> PowerLevels {
        PowerLevels::parse(&self.0.to_string(), rules)
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

    /// Sets a level that stands for itself.
    pub fn set(&mut self, setting: LevelSetting, level: Integer) {
        self.0.insert(setting.as_str(), level);
    }

    /// Takes a level out, so that its default holds.
    pub fn unset(&mut self, setting: LevelSetting) {
        self.0.remove(setting.as_str());
    }

    /// Sets a user's level.
    pub fn set_user(&mut self, user_id: &UserId, level: Integer) {
        self.set_in("users", user_id.as_str(), level);
    }

    /// Takes a user's level out, so that `users_default` holds.
    pub fn unset_user(&mut self, user_id: &UserId) {
        self.unset_in("users", user_id.as_str());
    }

    /// Sets the level that sending events of a type takes.
    pub fn set_event(&mut self, event_type: &str, level: Integer) {
        self.set_in("events", event_type, level);
    }

    /// Takes the level of an event type out, so that `events_default` or `state_default` holds.
    pub fn unset_event(&mut self, event_type: &str) {
        self.unset_in("events", event_type);
    }

    /// Sets the level that notifying with a key, such as `room`, takes.
    pub fn set_notification(&mut self, key: &str, level: Integer) {
        self.set_in("notifications", key, level);
    }

    /// Takes the level of a key of `notifications` out, so that its default holds.
    pub fn unset_notification(&mut self, key: &str) {
        self.unset_in("notifications", key);
    }

    /// Returns the level of a setting, as a room version reads it.
    #[must_use]
    pub fn get(&self, setting: LevelSetting, rules: &AuthorizationRules) -> i64 {
        let level = self.0.get(setting.as_str()).and_then(|value| read_level(value, rules));
        level.unwrap_or(setting.default_level())
    }

    /// Rewrites levels that only older rooms read, such as strings, as the integers that they are (the nearest one that
    /// there is), and takes out what is no level, so that the content may stand in any room version.
    pub fn normalize(&mut self, rules: &AuthorizationRules) {
        let (least, most) = (Integer::MIN.get(), Integer::MAX.get());
        let integer = |value: &Value| Integer::new(read_level(value, rules)?.clamp(least, most));
        for setting in LevelSetting::ALL {
            match self.0.get(setting.as_str()).map(integer) {
                Some(Some(level)) => self.set(setting, level),
                Some(None) => self.unset(setting),
                None => {}
            }
        }
        for map in ["events", "notifications", "users"] {
            let Some(levels) = self.0.get(map) else { continue };
            let levels = levels.as_object().into_iter().flatten().filter_map(|(name, value)| {
                let is_name = map != "users" || UserId::parse(name).is_ok();
                Some((name, integer(value)?)).filter(|_| is_name)
            });
            let levels: Object = levels.collect();
            self.0.insert(map, levels);
        }
    }

    fn set_in(&mut self, map: &str, name: &str, level: Integer) {
        let levels = self.0.entry(map).or_insert_with(|| Object::new().into());
        if levels.as_object().is_none() {
            *levels = Object::new().into();
        }
        if let Some(levels) = levels.as_object_mut() {
            levels.insert(name, level);
        }
    }

    fn unset_in(&mut self, map: &str, name: &str) {
        if let Some(levels) = self.0.get_object_mut(map) {
            levels.remove(name);
        }
    }
}

/// Reads a value as a room version reads power levels; `None` where it is none.
///
/// That reading stands in `matrix-authrules` once. `ban` and `invite` have different defaults: where the value is no
/// level, the two differ.
fn read_level(value: &Value, rules: &AuthorizationRules) -> Option<i64> {
    let probe = Object::from([("ban", value.clone()), ("invite", value.clone())]);
    let levels = PowerLevels::parse(&probe.to_string(), rules);
    (levels.ban() == levels.invite()).then(|| levels.ban())
}
