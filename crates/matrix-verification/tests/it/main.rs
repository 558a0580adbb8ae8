//! Behaviour of verifications through the public names of the crate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod codes;
mod direct;
mod exchange;
mod messages;
mod methods;
mod properties;
mod requests;
mod rooms;
mod scene;
mod secrets;
mod tie_break;
mod times;
mod vectors;
mod verifications;

use matrix_canonicaljson::{Mode, Object};
use matrix_crosssigning::MasterKey;
use matrix_identifiers::{DeviceId, EventId, RoomId, UserId};
use matrix_signatures::SigningKey;
use matrix_verification::{Incoming, Outgoing, Party, PartyKeys, Via};
use rand::{SeedableRng as _, rngs::StdRng};

const NOW: i64 = 1_700_000_000_000;
const MINUTE: i64 = 60_000;
const ROOM: &str = "!room:example.org";
const TO_DEVICE: Via<'_> = Via::ToDevice { sender_device: None };

fn rng(seed: u8) -> StdRng {
    StdRng::from_seed([seed; 32])
}

fn object(json: &str) -> Object {
    Object::parse(json.as_bytes(), Mode::Lenient).unwrap()
}

fn user(id: &str) -> &UserId {
    UserId::parse(id).unwrap()
}

fn party(user_id: &str, device_id: &str) -> Party {
    Party::new(user(user_id), DeviceId::parse(device_id).unwrap())
}

fn alice() -> Party {
    party("@alice:example.org", "PHONE")
}

fn bob() -> Party {
    party("@bob:example.net", "LAPTOP")
}

/// Keys of a device, with a master key, that come from a number.
fn keys(party: &Party, fill: u8) -> PartyKeys {
    let device = SigningKey::from_seed(party.device_id.as_str(), &[fill; 32]).unwrap().public_key();
    let master = MasterKey::from_seed(&[fill + 100; 32]).unwrap().public_key();
    PartyKeys::new(party.clone(), device, Some(master)).unwrap()
}

fn alices_keys() -> PartyKeys {
    keys(&alice(), 1)
}

fn bobs_keys() -> PartyKeys {
    keys(&bob(), 2)
}

/// What was sent, as it arrives as a to-device message.
fn arriving<'a>(sender: &'a Party, outgoing: &'a Outgoing) -> Incoming<'a> {
    Incoming {
        sender: &sender.user_id,
        event_type: outgoing.event_type,
        content: &outgoing.content,
        via: TO_DEVICE,
    }
}

/// A message that a party makes by hand.
fn message<'a>(sender: &'a Party, event_type: &'a str, content: &'a Object) -> Incoming<'a> {
    Incoming { sender: &sender.user_id, event_type, content, via: TO_DEVICE }
}

/// An event that a party sends to the room.
fn in_room<'a>(
    sender: &'a Party,
    event_type: &'a str,
    content: &'a Object,
    event_id: &'a str,
) -> Incoming<'a> {
    let via = Via::Room {
        room_id: RoomId::parse(ROOM).unwrap(),
        event_id: EventId::parse(event_id).unwrap(),
        origin_server_ts: NOW,
        relates_to: None,
    };
    Incoming { sender: &sender.user_id, event_type, content, via }
}
