use matrix_identifiers::{OwnedRoomId, OwnedUserId};

use crate::content::{AccountDataContent, EduContent, EphemeralContent, ToDeviceContent};

object! {
    /// An event from one device to another
    /// ([send-to-device](https://spec.matrix.org/v1.19/client-server-api/#send-to-device-messaging)).
    pub struct ToDeviceEvent tagged "type" {
        /// The content.
        content: ToDeviceContent = "content" or fallback,
        /// Who sent it.
        sender: OwnedUserId = "sender",
    }
}

object! {
    /// What a client keeps with the server
    /// ([client config](https://spec.matrix.org/v1.19/client-server-api/#client-config)).
    pub struct AccountDataEvent tagged "type" {
        /// The content.
        content: AccountDataContent = "content" or fallback,
    }
}

object! {
    /// An event that is not kept: of a room, or that a user is there.
    pub struct EphemeralEvent tagged "type" {
        /// The content.
        content: EphemeralContent = "content" or fallback,
        /// The room, where it is not clear.
        room_id: Option<OwnedRoomId> = "room_id",
        /// The user, of `m.presence`.
        sender: Option<OwnedUserId> = "sender",
    }
}

object! {
    /// What a server tells another beside events
    /// ([EDUs](https://spec.matrix.org/v1.19/server-server-api/#edus)).
    pub struct Edu tagged "edu_type" {
        /// The content.
        content: EduContent = "content" or fallback,
    }
}
