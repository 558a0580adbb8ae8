//! Ours and ruma's on the bytes of one event, and the differences that are accepted.

mod accepted;

use matrix_canonicaljson::{Mode, Object};
use matrix_roomversion::RoomVersion;
use matrix_signatures::{KeyRing, check_format};
use ruma_common::canonical_json::CanonicalJsonObject;

pub use accepted::{Difference, Works};

use crate::pdus::NOW_MS;
use crate::peer;
use crate::work::{Ours, peers};

/// What ours makes of the bytes of an event.
fn our_works(pdu: &[u8], version: RoomVersion, keys: &KeyRing) -> Works {
    let rules = version.rules();
    let event = Object::parse(pdu, Mode::Strict).ok();
    Works {
        canonical: Ours::default().canonical(pdu).map(<[u8]>::to_vec).filter(|_| event.is_some()),
        content_hash: event.as_ref().map(|event| *matrix_signatures::content_hash(event).as_bytes()),
        event_id: Ours::default().event_id(pdu, rules).map(Into::into),
        redacted: Ours::default().redacted(pdu, rules).map(<[u8]>::to_vec),
        verdict: Ours::default().verify(pdu, keys, NOW_MS, rules),
        well_formed: event.is_some_and(|event| check_format(&event, rules).is_ok()),
    }
}

/// What ruma makes of them.
fn peer_works(pdu: &[u8], version: RoomVersion, keys: &KeyRing) -> Works {
    let rules = peer::rules(version);
    let event: Option<CanonicalJsonObject> = serde_json::from_slice(pdu).ok();
    Works {
        canonical: peers::canonical(pdu),
        content_hash: event
            .as_ref()
            .and_then(|event| ruma_signatures::content_hash(event).ok())
            .map(|hash| hash.into_inner()),
        event_id: peers::event_id(pdu, &rules),
        redacted: peers::redacted(pdu, &rules),
        verdict: peers::verify(pdu, &peer::keys(keys), &rules),
        well_formed: event
            .is_some_and(|event| ruma_state_res::check_pdu_format(&event, &rules.event_format).is_ok()),
    }
}

/// Compares both on the bytes of an event; the accepted differences that showed.
///
/// # Errors
///
/// A report of a difference that is not accepted.
pub fn compare(pdu: &[u8], version: RoomVersion, keys: &KeyRing) -> Result<Vec<Difference>, String> {
    let (ours, peers) = (our_works(pdu, version, keys), peer_works(pdu, version, keys));
    let event = Object::parse(pdu, Mode::Strict).unwrap_or_default();
    Difference::between(&event, version, &ours, &peers).map_err(|work| {
        format!(
            "{work} in room {}:\n  event {}\n  ours {}\n  ruma {}",
            version.as_str(),
            String::from_utf8_lossy(pdu),
            ours.shown(&work),
            peers.shown(&work)
        )
    })
}

/// The body of the fuzz target `differential`: compares both on the bytes, in every room version that ruma reads JSON
/// for as we do.
///
/// # Panics
///
/// On a difference that is not accepted.
pub fn run(data: &[u8]) {
    let keys = KeyRing::new();
    for version in RoomVersion::ALL.iter().copied().filter(|version| *version >= RoomVersion::V6) {
        if let Err(report) = compare(data, version, &keys) {
            panic!("{report}");
        }
    }
}
