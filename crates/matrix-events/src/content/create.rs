//! `m.room.create`.

use matrix_identifiers::{OwnedEventId, OwnedRoomId, OwnedRoomVersionId, OwnedUserId, UserId};
use matrix_roomversion::{AuthorizationRules, Creators};

names! {
    /// What a room is for (MSC1772).
    pub enum RoomType / OtherRoomType {
        /// A space.
        Space = "m.space",
    }
}

object! {
    /// The content of [`m.room.create`](https://spec.matrix.org/v1.19/client-server-api/#mroomcreate).
    pub struct RoomCreate {
        /// Who else counts as a creator; from room 12 on.
        additional_creators: Option<Vec<OwnedUserId>> = "additional_creators",
        /// Who made the room; up to room 10. See [`creators`](Self::creators).
        creator: Option<OwnedUserId> = "creator",
        /// Whether users of other servers may join; when absent, they may.
        federate: Option<bool> = "m.federate",
        /// The room that this one replaces (MSC1501).
        predecessor: Option<Predecessor> = "predecessor",
        /// The room's version; when absent, that is 1.
        room_version: Option<OwnedRoomVersionId> = "room_version",
        /// What the room is for; when absent, to talk in.
        room_type: Option<RoomType> = "type",
    }
}

object! {
    /// The room that a room replaces ([MSC1501](https://spec.matrix.org/v1.19/client-server-api/#room-upgrades)).
    pub struct Predecessor {
        /// The last event known of the old room; deprecated, and not there where the new room is of version 12.
        event_id: Option<OwnedEventId> = "event_id",
        /// The old room.
        room_id: OwnedRoomId = "room_id",
    }
}

impl RoomCreate {
    /// Returns who made the room, of which version, by the rules of it (MSC2175): up to room 10 whom `creator` names,
    /// from room 11 on the sender of the event, from room 12 on the `additional_creators` as well.
    pub fn creators<'a>(&'a self, sender: &'a UserId, rules: &AuthorizationRules) -> Vec<&'a UserId> {
        match rules.creators {
            Creators::ContentCreator => self.creator.as_deref().into_iter().collect(),
            Creators::Sender => vec![sender],
            Creators::Privileged => {
                let others = self.additional_creators.iter().flatten().map(|id| &**id);
                std::iter::once(sender).chain(others.filter(|id| *id != sender)).collect()
            }
        }
    }

    /// Returns whether the room is a space (MSC1772).
    pub fn is_space(&self) -> bool {
        self.room_type == Some(RoomType::Space)
    }
}
