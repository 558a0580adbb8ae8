//! One case a line: a rule, what is changed in the small room, and what comes of it. A case runs in every version
//! that has the rule, unless it says otherwise.

mod auth_events;
mod events;
mod invite;
mod join;
mod leave_ban_knock;
mod power_levels;

use std::ops::RangeInclusive;

use matrix_authrules::Rule;
use matrix_roomversion::RoomVersion;

use crate::scene::Scene;

pub(crate) struct Case {
    pub(crate) rule: Rule,
    pub(crate) name: &'static str,
    pub(crate) allowed: bool,
    pub(crate) rooms: RangeInclusive<RoomVersion>,
    pub(crate) change: fn(&mut Scene),
}

impl Case {
    fn from(self, first: RoomVersion) -> Self {
        Self { rooms: first..=*self.rooms.end(), ..self }
    }

    fn to(self, last: RoomVersion) -> Self {
        Self { rooms: *self.rooms.start()..=last, ..self }
    }
}

fn allow(rule: Rule, name: &'static str, change: fn(&mut Scene)) -> Case {
    Case { rule, name, allowed: true, rooms: RoomVersion::V1..=RoomVersion::V12, change }
}

fn deny(rule: Rule, name: &'static str, change: fn(&mut Scene)) -> Case {
    Case { allowed: false, ..allow(rule, name, change) }
}

pub(crate) fn all() -> Vec<Case> {
    [
        auth_events::create(),
        auth_events::room_id(),
        auth_events::selection(),
        events::federate(),
        events::aliases(),
        events::sending(),
        events::redactions(),
        join::cases(),
        invite::cases(),
        invite::third_party(),
        leave_ban_knock::leave(),
        leave_ban_knock::ban(),
        leave_ban_knock::knocking(),
        power_levels::reading(),
        power_levels::settings(),
        power_levels::entries(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
