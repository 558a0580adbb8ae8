//! What is measured: the same work by our crates and by ruma's, from the same bytes to the same result.
//!
//! Where ruma has several ways, the quickest one is taken.

use matrix_canonicaljson::{Mode, Object};
use matrix_redaction::Redacted;
use matrix_roomversion::RoomVersionRules;
use matrix_signatures::{KeyRing, Verdict};
use ruma_common::canonical_json::{CanonicalJsonObject, RedactingSerializer};
use ruma_common::room_version_rules::RoomVersionRules as PeerRules;
use ruma_signatures::{PublicKeyMap, Verified};

/// Our crates. Everything is `None` where an event is not taken.
pub mod ours {
    use super::*;

    /// From an event's bytes to its ID.
    pub fn event_id(pdu: &[u8], rules: &RoomVersionRules) -> Option<String> {
        let event = Object::parse(pdu, Mode::Strict).ok()?;
        matrix_signatures::event_id(&event, rules).ok().map(Into::into)
    }

    /// From an event's bytes to its content hash and its ID.
    pub fn hashes(pdu: &[u8], rules: &RoomVersionRules) -> Option<([u8; 32], String)> {
        let event = Object::parse(pdu, Mode::Strict).ok()?;
        let hash = *matrix_signatures::content_hash(&event).as_bytes();
        Some((hash, matrix_signatures::event_id(&event, rules).ok()?.into()))
    }

    /// From an event's bytes to the bytes of the redacted event.
    pub fn redacted(pdu: &[u8], rules: &RoomVersionRules) -> Option<Vec<u8>> {
        let event = Object::parse(pdu, Mode::Strict).ok()?;
        let mut out = Vec::new();
        Redacted::new(&event, &rules.redaction).ok()?.write_canonical(&mut out);
        Some(out)
    }

    /// From JSON text to canonical JSON.
    pub fn canonical(json: &[u8]) -> Option<Vec<u8>> {
        matrix_canonicaljson::canonicalize(json).ok().map(|json| json.into_owned())
    }

    /// From an event's bytes to the verdict on its signatures and content hash: whether the content is the one signed.
    pub fn verify(pdu: &[u8], keys: &KeyRing, now_ms: i64, rules: &RoomVersionRules) -> Option<bool> {
        let event = Object::parse(pdu, Mode::Strict).ok()?;
        let verdict = matrix_signatures::verify_event(&event, keys, now_ms, rules).ok()?;
        Some(verdict == Verdict::Valid)
    }
}

/// ruma's crates. Everything is `None` where an event is not taken.
pub mod peers {
    use super::*;

    fn parse(json: &[u8]) -> Option<CanonicalJsonObject> {
        serde_json::from_slice(json).ok()
    }

    /// From an event's bytes to its ID.
    pub fn event_id(pdu: &[u8], rules: &PeerRules) -> Option<String> {
        let hash = ruma_signatures::reference_hash(&parse(pdu)?, rules).ok()?;
        Some(format!("${hash}"))
    }

    /// From an event's bytes to its content hash and its ID.
    pub fn hashes(pdu: &[u8], rules: &PeerRules) -> Option<([u8; 32], String)> {
        let event = parse(pdu)?;
        let hash = ruma_signatures::content_hash(&event).ok()?.into_inner();
        Some((hash, format!("${}", ruma_signatures::reference_hash(&event, rules).ok()?)))
    }

    /// From an event's bytes to the bytes of the redacted event.
    pub fn redacted(pdu: &[u8], rules: &PeerRules) -> Option<Vec<u8>> {
        let serializer = RedactingSerializer::new().rules(&rules.redaction);
        serializer.serialize(&parse(pdu)?).ok().map(String::into_bytes)
    }

    /// From JSON text to canonical JSON.
    pub fn canonical(json: &[u8]) -> Option<Vec<u8>> {
        serde_json::to_vec(&parse(json)?).ok()
    }

    /// From an event's bytes to the verdict on its signatures and content hash: whether the content is the one signed.
    pub fn verify(pdu: &[u8], keys: &PublicKeyMap, rules: &PeerRules) -> Option<bool> {
        let verified = ruma_signatures::verify_event(keys, &parse(pdu)?, rules).ok()?;
        Some(verified == Verified::All)
    }
}
