use matrix_canonicaljson::{Integer, Object};
use matrix_identifiers::{EventId, RoomId, UserId};
use matrix_roomversion::{Creators, RoomVersion};

use crate::Wire as _;
use crate::content::{Predecessor, RoomCreate, RoomPowerLevels, RoomTombstone};
use crate::power_levels::LevelSetting;

/// The state that goes over into the new room, in the order in which it should be sent.
///
/// Power levels come last: until then the creator may send everything, however little power the old levels leave.
pub const TRANSFERRED: [&str; 9] = [
    "m.room.server_acl",
    "m.room.encryption",
    "m.room.name",
    "m.room.avatar",
    "m.room.topic",
    "m.room.guest_access",
    "m.room.history_visibility",
    "m.room.join_rules",
    "m.room.power_levels",
];

/// What an upgrade needs to know of the old room.
pub struct OldRoom<'a> {
    /// Its ID.
    pub room_id: &'a RoomId,
    /// Its version.
    pub version: RoomVersion,
    /// The last event known of it; it may be left out in rooms 12 and later.
    pub last_event: Option<&'a EventId>,
    /// Its state: the content of the event with this type and an empty state key.
    pub state: &'a dyn Fn(&str) -> Option<&'a Object>,
}

/// A state event with an empty state key, to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpgradeEvent {
    /// The type.
    pub event_type: &'static str,
    /// The content.
    pub content: Object,
}

/// Makes the events that an upgrade sends, in this order: the new room's create event, its state, then the old room's
/// tombstone and power levels.
///
/// In between the new room's creator joins, and local aliases move. Whether the user may send a tombstone is asked
/// first, of the rules ([`check`](matrix_authrules::check)). Memberships do not go over.
#[derive(Clone, Copy, Debug)]
pub struct Upgrade<'a> {
    /// Who upgrades.
    pub sender: &'a UserId,
    /// The version of the new room.
    pub version: RoomVersion,
    /// Who is to be a creator beside the sender, in rooms 12 and later. Those of the old room do not go over by
    /// themselves.
    pub additional_creators: &'a [&'a UserId],
}

impl Upgrade<'_> {
    /// Returns the content of the new room's `m.room.create`: the version, the predecessor, the old room's type, and its
    /// `m.federate` where that keeps other servers out.
    #[must_use]
    pub fn create(&self, old: &OldRoom<'_>) -> RoomCreate {
        let before = (old.state)("m.room.create").and_then(RoomCreate::of).unwrap_or_default();
        let mut predecessor = Predecessor::new(old.room_id.into());
        predecessor.event_id = old.last_event.map(Into::into);
        let mut create = RoomCreate::new();
        create.room_version = self.version.as_str().parse().ok();
        create.predecessor = Some(predecessor);
        create.room_type = before.room_type;
        create.federate = before.federate.filter(|federate| !federate);
        match self.version.rules().authorization.creators {
            Creators::ContentCreator => create.creator = Some(self.sender.into()),
            Creators::Privileged if !self.additional_creators.is_empty() => {
                let creators = self.additional_creators.iter().map(|user_id| (*user_id).into());
                create.additional_creators = Some(creators.collect());
            }
            _ => {}
        }
        create
    }

    /// Returns the state of the new room that goes over from the old one; see [`TRANSFERRED`].
    #[must_use]
    pub fn state(&self, old: &OldRoom<'_>) -> Vec<UpgradeEvent> {
        let events = TRANSFERRED.iter().filter_map(|&event_type| {
            let content = (old.state)(event_type)?;
            let content = match event_type {
                "m.room.power_levels" => self.power_levels(content, old),
                _ => content.clone(),
            };
            Some(UpgradeEvent { event_type, content })
        });
        events.collect()
    }

    /// Returns the content of the old room's `m.room.tombstone`.
    #[must_use]
    pub fn tombstone(&self, replacement_room: &RoomId) -> RoomTombstone {
        RoomTombstone::new("This room has been replaced".to_owned(), replacement_room.into())
    }

    /// Returns the content of the old room's new power levels, which stop people from talking and inviting there:
    /// `events_default` and `invite` are at least 50 and at least one above `users_default`. Levels that are higher
    /// stay. `None` where nothing changes.
    #[must_use]
    pub fn old_power_levels(&self, old: &OldRoom<'_>) -> Option<RoomPowerLevels> {
        let rules = &old.version.rules().authorization;
        let before = (old.state)("m.room.power_levels").and_then(RoomPowerLevels::of).unwrap_or_default();
        let above_users = before.get(LevelSetting::UsersDefault, rules).saturating_add(1).max(50);
        let level = Integer::new(above_users).unwrap_or(Integer::MAX);
        let mut after = before.clone();
        for setting in [LevelSetting::EventsDefault, LevelSetting::Invite] {
            if before.get(setting, rules) < level.get() {
                after.set(setting, level);
            }
        }
        (after != before).then_some(after)
    }

    /// The old room's power levels, as the new room may have them: as integers, and without its creators where these are
    /// above all levels. The sender, who may have been above them and is not any more, has 100 at least.
    fn power_levels(&self, content: &Object, old: &OldRoom<'_>) -> Object {
        let old_rules = &old.version.rules().authorization;
        let mut levels = RoomPowerLevels::of(content).unwrap_or_default();
        levels.normalize(old_rules);
        if self.version.rules().authorization.creators == Creators::Privileged {
            levels.unset_user(self.sender);
            self.additional_creators.iter().for_each(|user_id| levels.unset_user(user_id));
        } else if old_rules.creators == Creators::Privileged {
            let least = Integer::from(100);
            let named = levels.users.as_ref().and_then(|users| users.get(self.sender)?.as_integer());
            levels.set_user(self.sender, named.map_or(least, |level| level.max(least)));
        }
        levels.to_object()
    }
}
