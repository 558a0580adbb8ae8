//! What servers tell one another beside events.

use std::collections::BTreeMap;

use matrix_canonicaljson::{Integer, Object};
use matrix_identifiers::{OwnedDeviceId, OwnedDeviceKeyId, OwnedEventId, OwnedRoomId, OwnedUserId};

use super::account_data::PresenceState;
use super::ephemeral::{Receipt, ReceiptType};

object! {
    /// The content of the EDU [`m.typing`](https://spec.matrix.org/v1.19/server-server-api/#typing-notifications).
    pub struct TypingEdu {
        /// Where.
        room_id: OwnedRoomId = "room_id",
        /// Whether the user types.
        typing: bool = "typing",
        /// Who.
        user_id: OwnedUserId = "user_id",
    }
}

object! {
    /// The content of the EDU [`m.presence`](https://spec.matrix.org/v1.19/server-server-api/#presence).
    pub struct PresenceEdu {
        /// What has changed.
        push: Vec<PresenceUpdate> = "push" or fallback,
    }
}

object! {
    /// Whether a user is there.
    pub struct PresenceUpdate {
        /// Whether the user is active now.
        currently_active: Option<bool> = "currently_active",
        /// For how many milliseconds the user has not been active.
        last_active_ago: Integer = "last_active_ago" or fallback,
        /// Whether the user is there.
        presence: PresenceState = "presence",
        /// What the user says about it.
        status_msg: Option<String> = "status_msg",
        /// Who.
        user_id: OwnedUserId = "user_id",
    }
}

map! {
    /// The content of the EDU [`m.receipt`](https://spec.matrix.org/v1.19/server-server-api/#receipts): by room, by type,
    /// by user.
    pub struct ReceiptEdu(BTreeMap<OwnedRoomId, BTreeMap<ReceiptType, BTreeMap<OwnedUserId, ReceiptUpdate>>>)
}

object! {
    /// That a user has read up to some events.
    pub struct ReceiptUpdate {
        /// When, and in which thread.
        data: Receipt = "data",
        /// The events.
        event_ids: Vec<OwnedEventId> = "event_ids",
    }
}

object! {
    /// The content of the EDU
    /// [`m.signing_key_update`](https://spec.matrix.org/v1.19/server-server-api/#definition-msigning_key_update).
    pub struct SigningKeyUpdate {
        /// The user's master key.
        master_key: Option<Box<CrossSigningKey>> = "master_key",
        /// The user's self-signing key.
        self_signing_key: Option<Box<CrossSigningKey>> = "self_signing_key",
        /// The user.
        user_id: OwnedUserId = "user_id",
    }
}

object! {
    /// A [cross-signing key](https://spec.matrix.org/v1.19/client-server-api/#key-and-signature-security), as it is
    /// written; `matrix-crosssigning` checks it.
    pub struct CrossSigningKey {
        /// The key in unpadded base64, by its ID.
        keys: BTreeMap<String, String> = "keys",
        /// Signatures, by user and key.
        signatures: Option<BTreeMap<OwnedUserId, BTreeMap<String, String>>> = "signatures",
        /// What the key is for.
        usage: Vec<String> = "usage",
        /// The user.
        user_id: OwnedUserId = "user_id",
    }
}

object! {
    /// The content of the EDU
    /// [`m.device_list_update`](https://spec.matrix.org/v1.19/server-server-api/#definition-mdevice_list_update).
    pub struct DeviceListUpdate {
        /// Whether the device is gone.
        deleted: Option<bool> = "deleted",
        /// The device's name for people.
        device_display_name: Option<String> = "device_display_name",
        /// The device.
        device_id: OwnedDeviceId = "device_id",
        /// The device's keys, when it has some.
        keys: Option<Box<DeviceKeys>> = "keys",
        /// The updates that came before and have not been followed by another.
        prev_id: Option<Vec<Integer>> = "prev_id",
        /// This update's number.
        stream_id: Integer = "stream_id",
        /// The user.
        user_id: OwnedUserId = "user_id",
    }
}

object! {
    /// The [identity keys](https://spec.matrix.org/v1.19/client-server-api/#device-keys) of a device, as they are
    /// written.
    pub struct DeviceKeys {
        /// The algorithms that the device knows.
        algorithms: Vec<String> = "algorithms",
        /// The device.
        device_id: OwnedDeviceId = "device_id",
        /// The keys in unpadded base64.
        keys: BTreeMap<OwnedDeviceKeyId, String> = "keys",
        /// Signatures, by user and key.
        signatures: BTreeMap<OwnedUserId, BTreeMap<String, String>> = "signatures",
        /// What servers add and nothing signs.
        unsigned: Option<Object> = "unsigned",
        /// The user.
        user_id: OwnedUserId = "user_id",
    }
}

object! {
    /// The content of the EDU
    /// [`m.direct_to_device`](https://spec.matrix.org/v1.19/server-server-api/#send-to-device-messaging).
    pub struct DirectToDevice {
        /// This message, so that it is delivered once.
        message_id: String = "message_id",
        /// The contents, by user and device; `*` is every device.
        messages: BTreeMap<OwnedUserId, BTreeMap<String, Object>> = "messages" or fallback,
        /// Who sends it.
        sender: OwnedUserId = "sender",
        /// The type of the events.
        event_type: String = "type",
    }
}
