//! What has happened since: `GET /sync`.
//!
//! Events are read one by one: see [`Raw`]. What is under the ID of a room, a user or an event that is none is left out,
//! so that a room with such an ID keeps nobody from going on.

use std::collections::BTreeMap;

use matrix_events::{AccountDataEvent, EphemeralEvent, StrippedState, SyncEvent, ToDeviceEvent};
use matrix_identifiers::{OwnedEventId, OwnedRoomId, OwnedUserId};
use serde::{Deserialize, Serialize};

use crate::endpoint::{endpoint, is_default, r0, registry, stable};
use crate::{Raw, tolerant};

registry!(self);

endpoint! {
    GET [
        stable("/_matrix/client/v3/sync", 1, 1),
        r0("/_matrix/client/r0/sync", 0, 0),
    ],
    authentication: AccessToken, rate_limited: false, guests: true,

    /// Asks what has happened since.
    request {
        query {
            ..
            /// The ID of a filter, or a filter as JSON.
            filter: Option<String>,
            /// The `next_batch` of the last answer; without it, all that there is is meant.
            since: Option<String>,
            /// Whether the whole state of rooms is meant.
            full_state: bool,
            /// Whether the user counts as there.
            set_presence: SetPresence,
            /// How long to wait for something to happen, in milliseconds; without it, not at all.
            timeout: Option<u64>,
            /// Whether the state at the end of the timeline is meant, from version 1.16 on.
            use_state_after: bool,
        }
    }

    /// What has happened since.
    response #[serde(from = "WireResponse")] {
        /// What to ask with next time.
        next_batch: String,
        ..
        /// What has happened in rooms.
        rooms: Rooms,
        /// Who is there.
        presence: Events<EphemeralEvent>,
        /// What the user has stored.
        account_data: Events<AccountDataEvent>,
        /// What other devices have sent to this one.
        to_device: Events<ToDeviceEvent>,
        /// Whose keys have changed.
        device_lists: DeviceLists,
        /// How many keys of each algorithm the server has that are not used yet; without it, none.
        device_one_time_keys_count: BTreeMap<String, u64>,
        /// The algorithms of fallback keys that are not used yet (MSC2732); without it, the server does not know
        /// fallback keys.
        device_unused_fallback_key_types: Option<Vec<String>>,
    }
}

/// The body with the name that `device_unused_fallback_key_types` had before, beside which there may be the new one.
#[derive(Deserialize)]
struct WireResponse {
    next_batch: String,
    #[serde(default)]
    rooms: Rooms,
    #[serde(default)]
    presence: Events<EphemeralEvent>,
    #[serde(default)]
    account_data: Events<AccountDataEvent>,
    #[serde(default)]
    to_device: Events<ToDeviceEvent>,
    #[serde(default)]
    device_lists: DeviceLists,
    #[serde(default)]
    device_one_time_keys_count: BTreeMap<String, u64>,
    device_unused_fallback_key_types: Option<Vec<String>>,
    #[serde(rename = "org.matrix.msc2732.device_unused_fallback_key_types")]
    unstable_fallback_key_types: Option<Vec<String>>,
}

impl From<WireResponse> for Response {
    fn from(wire: WireResponse) -> Self {
        Self {
            next_batch: wire.next_batch,
            rooms: wire.rooms,
            presence: wire.presence,
            account_data: wire.account_data,
            to_device: wire.to_device,
            device_lists: wire.device_lists,
            device_one_time_keys_count: wire.device_one_time_keys_count,
            device_unused_fallback_key_types: wire
                .device_unused_fallback_key_types
                .or(wire.unstable_fallback_key_types),
        }
    }
}

/// Whether a user counts as there for asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SetPresence {
    /// As there.
    #[default]
    Online,
    /// As before.
    Offline,
    /// As idle.
    Unavailable,
}

/// Events of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Events<T> {
    /// The events.
    #[serde(default = "Vec::new")]
    pub events: Vec<Raw<T>>,
}

impl<T> Default for Events<T> {
    fn default() -> Self {
        Self { events: Vec::new() }
    }
}

/// What has happened in rooms, by what the user is to them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "WireRooms")]
pub struct Rooms {
    /// Rooms that the user has joined.
    #[serde(skip_serializing_if = "is_default")]
    pub join: BTreeMap<OwnedRoomId, JoinedRoom>,
    /// Rooms to which the user is invited.
    #[serde(skip_serializing_if = "is_default")]
    pub invite: BTreeMap<OwnedRoomId, InvitedRoom>,
    /// Rooms at which the user has knocked (MSC2403).
    #[serde(skip_serializing_if = "is_default")]
    pub knock: BTreeMap<OwnedRoomId, KnockedRoom>,
    /// Rooms that the user has left, or from which the user is banned.
    #[serde(skip_serializing_if = "is_default")]
    pub leave: BTreeMap<OwnedRoomId, LeftRoom>,
}

/// The rooms with the name that `knock` had before, beside which there may be the new one.
#[derive(Deserialize)]
struct WireRooms {
    #[serde(default, deserialize_with = "tolerant::map")]
    join: BTreeMap<OwnedRoomId, JoinedRoom>,
    #[serde(default, deserialize_with = "tolerant::map")]
    invite: BTreeMap<OwnedRoomId, InvitedRoom>,
    #[serde(default, deserialize_with = "tolerant::map")]
    knock: BTreeMap<OwnedRoomId, KnockedRoom>,
    #[serde(default, rename = "xyz.amorgan.knock", deserialize_with = "tolerant::map")]
    unstable_knock: BTreeMap<OwnedRoomId, KnockedRoom>,
    #[serde(default, deserialize_with = "tolerant::map")]
    leave: BTreeMap<OwnedRoomId, LeftRoom>,
}

impl From<WireRooms> for Rooms {
    fn from(wire: WireRooms) -> Self {
        let knock = if wire.knock.is_empty() { wire.unstable_knock } else { wire.knock };
        Self { join: wire.join, invite: wire.invite, knock, leave: wire.leave }
    }
}

/// What has happened in a room that the user has joined.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct JoinedRoom {
    /// What is needed to name the room.
    #[serde(skip_serializing_if = "is_default")]
    pub summary: RoomSummary,
    /// The state at the start of the timeline, as far as it has changed.
    #[serde(skip_serializing_if = "is_default")]
    pub state: Events<SyncEvent>,
    /// The state at the end of the timeline, as far as it has changed; where it is there, it alone says what the state is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_after: Option<Events<SyncEvent>>,
    /// The events.
    #[serde(skip_serializing_if = "is_default")]
    pub timeline: Timeline,
    /// Who types, and who has read what.
    #[serde(skip_serializing_if = "is_default")]
    pub ephemeral: Events<EphemeralEvent>,
    /// What the user has stored for the room.
    #[serde(skip_serializing_if = "is_default")]
    pub account_data: Events<AccountDataEvent>,
    /// How many notifications there are.
    #[serde(skip_serializing_if = "is_default")]
    pub unread_notifications: UnreadNotifications,
    /// How many there are of each thread, by its root.
    #[serde(skip_serializing_if = "is_default", deserialize_with = "tolerant::map")]
    pub unread_thread_notifications: BTreeMap<OwnedEventId, UnreadNotifications>,
}

/// What is needed to name a room; what is not there has not changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RoomSummary {
    /// Users after whom the room is named when it has no name.
    #[serde(rename = "m.heroes", default, skip_serializing_if = "is_default")]
    #[serde(deserialize_with = "tolerant::optional_list")]
    pub heroes: Option<Vec<OwnedUserId>>,
    /// How many users have joined.
    #[serde(rename = "m.joined_member_count", default, skip_serializing_if = "is_default")]
    pub joined_member_count: Option<u64>,
    /// How many users are invited.
    #[serde(rename = "m.invited_member_count", default, skip_serializing_if = "is_default")]
    pub invited_member_count: Option<u64>,
}

/// The events of a room.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Timeline {
    /// The events, in their order.
    pub events: Vec<Raw<SyncEvent>>,
    /// Whether there are more before these that the client does not have.
    #[serde(skip_serializing_if = "is_default")]
    pub limited: bool,
    /// Where to ask for these.
    #[serde(skip_serializing_if = "is_default")]
    pub prev_batch: Option<String>,
}

/// How many notifications are unread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadNotifications {
    /// Those that stand out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub highlight_count: Option<u64>,
    /// All of them.
    #[serde(default, skip_serializing_if = "is_default")]
    pub notification_count: Option<u64>,
}

/// A room to which the user is invited.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct InvitedRoom {
    /// What the user may see of its state.
    pub invite_state: Events<StrippedState>,
}

/// A room at which the user has knocked (MSC2403).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KnockedRoom {
    /// What the user may see of its state.
    pub knock_state: Events<StrippedState>,
}

/// A room that the user has left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LeftRoom {
    /// The state at the start of the timeline, as far as it has changed.
    #[serde(skip_serializing_if = "is_default")]
    pub state: Events<SyncEvent>,
    /// The state at the end of the timeline, as far as it has changed; where it is there, it alone says what the state is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state_after: Option<Events<SyncEvent>>,
    /// The events up to the leave.
    #[serde(skip_serializing_if = "is_default")]
    pub timeline: Timeline,
    /// What the user has stored for the room.
    #[serde(skip_serializing_if = "is_default")]
    pub account_data: Events<AccountDataEvent>,
}

/// Whose keys have changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeviceLists {
    /// Users who have changed their keys, or with whom an encrypted room is shared now.
    #[serde(skip_serializing_if = "is_default", deserialize_with = "tolerant::list")]
    pub changed: Vec<OwnedUserId>,
    /// Users with whom no encrypted room is shared any more.
    #[serde(skip_serializing_if = "is_default", deserialize_with = "tolerant::list")]
    pub left: Vec<OwnedUserId>,
}
