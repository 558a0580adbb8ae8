use matrix_events::content::{JoinRule, RoomType};
use matrix_identifiers::{OwnedMxcUri, OwnedRoomAliasId, OwnedRoomId};
use serde::{Deserialize, Serialize};

use super::foreign;
use crate::endpoint::is_default;
use crate::tolerant;

/// A room that a server publishes.
///
/// What stands in the room's state may be anything, so what is malformed of it counts as missing (MSC2801): an alias, an
/// avatar that is no `mxc` URI.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicRoom {
    /// The room.
    pub room_id: OwnedRoomId,
    /// How many users have joined it.
    pub num_joined_members: u64,
    /// Whether it can be viewed without joining.
    pub world_readable: bool,
    /// Whether guests may join it.
    pub guest_can_join: bool,
    /// Its alias.
    #[serde(default, skip_serializing_if = "is_default", deserialize_with = "tolerant::field")]
    pub canonical_alias: Option<OwnedRoomAliasId>,
    /// Its name.
    #[serde(default, skip_serializing_if = "is_default", deserialize_with = "tolerant::field")]
    pub name: Option<String>,
    /// Its topic.
    #[serde(default, skip_serializing_if = "is_default", deserialize_with = "tolerant::field")]
    pub topic: Option<String>,
    /// Its avatar.
    #[serde(default, skip_serializing_if = "is_default", deserialize_with = "tolerant::field")]
    pub avatar_url: Option<OwnedMxcUri>,
    /// Who may join it; everybody where it does not say (MSC2403): see [`join_rule`](Self::join_rule).
    #[serde(default, skip_serializing_if = "is_default")]
    #[serde(serialize_with = "foreign::optional_name::serialize", deserialize_with = "tolerant::name")]
    pub join_rule: Option<JoinRule>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "is_default")]
    #[serde(serialize_with = "foreign::optional_name::serialize", deserialize_with = "tolerant::name")]
    pub room_type: Option<RoomType>,
}

impl PublicRoom {
    /// Makes a room of what it must have.
    #[must_use]
    pub fn new(room_id: OwnedRoomId, num_joined_members: u64) -> Self {
        Self {
            room_id,
            num_joined_members,
            world_readable: false,
            guest_can_join: false,
            canonical_alias: None,
            name: None,
            topic: None,
            avatar_url: None,
            join_rule: None,
            room_type: None,
        }
    }

    /// Returns who may join the room; everybody, where it does not say (MSC2403).
    #[must_use]
    pub fn join_rule(&self) -> JoinRule {
        self.join_rule.clone().unwrap_or(JoinRule::Public)
    }
}

/// What to look for among the rooms that a server publishes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PublicRoomsFilter {
    /// A text in the name, topic or alias.
    #[serde(default, skip_serializing_if = "is_default")]
    pub generic_search_term: Option<String>,
    /// What the rooms are for; `None` among them stands for rooms that do not say. Without it, for anything.
    #[serde(default, skip_serializing_if = "is_default", with = "foreign::optional_json")]
    pub room_types: Option<Vec<Option<RoomType>>>,
}
