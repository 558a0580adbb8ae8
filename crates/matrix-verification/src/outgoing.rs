use matrix_canonicaljson::Object;
use matrix_identifiers::{OwnedDeviceId, OwnedRoomId, OwnedUserId};

/// A message to send.
///
/// In an encrypted room, `m.relates_to` goes outside of what is encrypted.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    /// Its type.
    pub event_type: &'static str,
    /// Its content.
    pub content: Object,
    /// To whom.
    pub to: Recipients,
}

/// To whom a message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipients {
    /// To devices of a user, as to-device messages.
    Devices {
        /// The user.
        user_id: OwnedUserId,
        /// The devices, at least one.
        device_ids: Vec<OwnedDeviceId>,
    },
    /// To all devices of a user, as to-device messages to `*`: the sender's device is not known.
    AllDevices {
        /// The user.
        user_id: OwnedUserId,
    },
    /// To a room.
    Room(OwnedRoomId),
}
