//! Encrypted events, and the keys that devices give one another.

use std::collections::BTreeMap;

use matrix_canonicaljson::Integer;
use matrix_identifiers::{OwnedDeviceId, OwnedRoomId};

use super::relates_to::RelatesTo;
use super::room::EncryptionAlgorithm;
use crate::wire::{Field, Node, State};
use crate::{Misfit, Secret};

object! {
    /// The content of [`m.room.encrypted`](https://spec.matrix.org/v1.19/client-server-api/#mroomencrypted), of a room
    /// or to a device.
    pub struct Encrypted check check_encrypted {
        /// How it is encrypted.
        algorithm: EncryptionAlgorithm = "algorithm",
        /// What is encrypted.
        ciphertext: Ciphertext = "ciphertext",
        /// The sender's device; with Megolm, and not to be relied on.
        device_id: Option<OwnedDeviceId> = "device_id",
        /// What the event relates to, which is not encrypted (MSC2674).
        relates_to: Option<RelatesTo> = "m.relates_to",
        /// The sender's Curve25519 key in unpadded base64; has to be there with Olm.
        sender_key: Option<String> = "sender_key",
        /// The session; has to be there with Megolm.
        session_id: Option<String> = "session_id",
    }
}

/// What is encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ciphertext {
    /// For all who have the session: Megolm.
    Text(String),
    /// For each device, by its Curve25519 key: Olm.
    ByKey(BTreeMap<String, OlmMessage>),
}

object! {
    /// A message for one device.
    pub struct OlmMessage {
        /// The message in unpadded base64.
        body: String = "body",
        /// 0 when it begins a session, 1 otherwise.
        message_type: Integer = "type",
    }
}

impl Field for Ciphertext {
    fn read(node: &Node<'_>, state: &mut State) -> Result<Self, Misfit> {
        if node.is_object() {
            return Field::read(node, state).map(Self::ByKey);
        }
        Field::read(node, state).map(Self::Text).map_err(|_| Misfit::expected("a string or an object"))
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Text(text) => text.write(out),
            Self::ByKey(messages) => messages.write(out),
        }
    }
}

fn check_encrypted(content: &Encrypted) -> Result<(), Misfit> {
    match (&content.algorithm, &content.ciphertext) {
        (EncryptionAlgorithm::Megolm, Ciphertext::ByKey(_)) => {
            Err(Misfit::expected("a string").within_key("ciphertext"))
        }
        (EncryptionAlgorithm::Megolm, _) if content.session_id.is_none() => {
            Err(Misfit::missing("session_id"))
        }
        (EncryptionAlgorithm::Olm, Ciphertext::Text(_)) => {
            Err(Misfit::expected("an object").within_key("ciphertext"))
        }
        (EncryptionAlgorithm::Olm, _) if content.sender_key.is_none() => Err(Misfit::missing("sender_key")),
        _ => Ok(()),
    }
}

object! {
    /// The content of [`m.room_key`](https://spec.matrix.org/v1.19/client-server-api/#mroom_key).
    pub struct RoomKey {
        /// What the key is for.
        algorithm: EncryptionAlgorithm = "algorithm",
        /// The room whose events it decrypts.
        room_id: OwnedRoomId = "room_id",
        /// The session.
        session_id: String = "session_id",
        /// The key.
        session_key: Secret = "session_key",
    }
}

names! {
    /// What a request for a key or secret does.
    pub enum RequestAction / OtherRequestAction {
        /// It asks.
        Request = "request",
        /// It takes the question back.
        Cancel = "request_cancellation",
    }
}

object! {
    /// The content of [`m.room_key_request`](https://spec.matrix.org/v1.19/client-server-api/#mroom_key_request).
    pub struct RoomKeyRequest check check_key_request {
        /// Whether a key is asked for, or no more.
        action: RequestAction = "action",
        /// Which key; has to be there when one is asked for.
        body: Option<RequestedKey> = "body",
        /// The request.
        request_id: String = "request_id",
        /// The device that asks.
        requesting_device_id: OwnedDeviceId = "requesting_device_id",
    }
}

object! {
    /// A key that is asked for.
    pub struct RequestedKey {
        /// What the key is for.
        algorithm: EncryptionAlgorithm = "algorithm",
        /// The room.
        room_id: OwnedRoomId = "room_id",
        /// The Curve25519 key of the device that made the session; deprecated.
        sender_key: Option<String> = "sender_key",
        /// The session.
        session_id: String = "session_id",
    }
}

fn check_key_request(request: &RoomKeyRequest) -> Result<(), Misfit> {
    match (&request.action, &request.body) {
        (RequestAction::Request, None) => Err(Misfit::missing("body")),
        _ => Ok(()),
    }
}

object! {
    /// The content of [`m.forwarded_room_key`](https://spec.matrix.org/v1.19/client-server-api/#mforwarded_room_key).
    pub struct ForwardedRoomKey {
        /// What the key is for.
        algorithm: EncryptionAlgorithm = "algorithm",
        /// The Curve25519 keys of the devices that the key came through.
        forwarding_curve25519_key_chain: Vec<String> = "forwarding_curve25519_key_chain" or fallback,
        /// The room whose events it decrypts.
        room_id: OwnedRoomId = "room_id",
        /// The Ed25519 key that the device that made the session is said to have.
        sender_claimed_ed25519_key: String = "sender_claimed_ed25519_key",
        /// The Curve25519 key of the device that made the session.
        sender_key: String = "sender_key",
        /// The session.
        session_id: String = "session_id",
        /// The key.
        session_key: Secret = "session_key",
        /// Why the forwarding device was not given the start of the session (MSC2399).
        withheld: Option<ForwardedWithheld> = "withheld",
    }
}

object! {
    /// Why a device was not given the start of a session that it forwards (MSC2399).
    pub struct ForwardedWithheld {
        /// Why.
        code: WithheldCode = "code",
        /// The same for people, where the code is not known.
        reason: Option<String> = "reason",
    }
}

names! {
    /// Why a device is not given a key (MSC2399).
    pub enum WithheldCode / OtherWithheldCode {
        /// The user or device is blocked.
        Blacklisted = "m.blacklisted",
        /// The history is not shared with new members.
        HistoryNotShared = "m.history_not_shared",
        /// No Olm session could be made: of all sessions, and sent once.
        NoOlm = "m.no_olm",
        /// The device may not have the key: its user was not in the room.
        Unauthorised = "m.unauthorised",
        /// The device that was asked has no such key.
        Unavailable = "m.unavailable",
        /// The user or device is not verified.
        Unverified = "m.unverified",
    }
}

object! {
    /// The content of [`m.room_key.withheld`](https://spec.matrix.org/v1.19/client-server-api/#mroom_keywithheld)
    /// (MSC2399).
    ///
    /// `room_id` and `session_id` have to be there unless the code is [`WithheldCode::NoOlm`]. To be sent once:
    /// [`WithheldNotices`](crate::WithheldNotices). What it explains: [`explains`](Self::explains).
    pub struct RoomKeyWithheld check check_withheld {
        /// What the key is for.
        algorithm: EncryptionAlgorithm = "algorithm",
        /// Why.
        code: WithheldCode = "code",
        /// The same for people, to be shown only where the code is not known: see
        /// [`shown_reason`](Self::shown_reason).
        reason: Option<String> = "reason",
        /// The room of the session.
        room_id: Option<OwnedRoomId> = "room_id",
        /// A Curve25519 key in unpadded base64: of the device that made the session, says MSC2399; of the device that
        /// sends this, says the specification.
        sender_key: String = "sender_key",
        /// The session.
        session_id: Option<String> = "session_id",
    }
}

impl RoomKeyWithheld {
    /// Returns the reason where it is to be shown: when the code is not known (MSC2399).
    pub fn shown_reason(&self) -> Option<&str> {
        match self.code {
            WithheldCode::Other(_) => self.reason.as_deref(),
            _ => None,
        }
    }
}

fn check_withheld(withheld: &RoomKeyWithheld) -> Result<(), Misfit> {
    match (&withheld.code, &withheld.room_id, &withheld.session_id) {
        (WithheldCode::NoOlm, _, _) | (_, Some(_), Some(_)) => Ok(()),
        (_, None, _) => Err(Misfit::missing("room_id")),
        (_, _, None) => Err(Misfit::missing("session_id")),
    }
}

object! {
    /// The content of [`m.dummy`](https://spec.matrix.org/v1.19/client-server-api/#mdummy) (MSC1719), which says nothing
    /// but that there is a new Olm session.
    pub struct Dummy {}
}
