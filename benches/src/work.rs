//! What is measured: the same work by our crates and by ruma's, from the same bytes to the same result.
//!
//! Where ruma has several ways, the quickest one is taken.

use matrix_canonicaljson::{Canonicalizer, Mode};
use matrix_identifiers::OwnedEventId;
use matrix_redaction::RedactedBytes;
use matrix_roomversion::RoomVersionRules;
use matrix_signatures::bytes::{self, Batch, EventReader, Scratch};
use matrix_signatures::{KeyRing, Verdict};
use ruma_common::canonical_json::{CanonicalJsonObject, RedactingSerializer, redact};
use ruma_common::room_version_rules::RoomVersionRules as PeerRules;
use ruma_signatures::{PublicKeyMap, Verified};

/// Our crates, by the path over bytes, in room that is kept from one event to the next. Everything is `None` where an
/// event is not taken.
#[derive(Debug, Default)]
pub struct Ours {
    reader: EventReader,
    scratch: Scratch,
    canonicalizer: Canonicalizer,
    out: Vec<u8>,
}

impl Ours {
    /// From an event's bytes to its ID.
    pub fn event_id(&mut self, pdu: &[u8], rules: &RoomVersionRules) -> Option<OwnedEventId> {
        let event = self.reader.read(pdu, Mode::Strict).ok()?;
        bytes::event_id(&event, rules, &mut self.scratch).ok()
    }

    /// From an event's bytes to its content hash and its ID.
    pub fn hashes(&mut self, pdu: &[u8], rules: &RoomVersionRules) -> Option<([u8; 32], OwnedEventId)> {
        let event = self.reader.read(pdu, Mode::Strict).ok()?;
        let (hash, id) = bytes::content_hash_and_id(&event, rules, &mut self.scratch).ok()?;
        Some((*hash.as_bytes(), id))
    }

    /// From an event's bytes to the bytes of the redacted event.
    pub fn redacted(&mut self, pdu: &[u8], rules: &RoomVersionRules) -> Option<&[u8]> {
        let event = self.reader.read(pdu, Mode::Strict).ok()?;
        self.out.clear();
        RedactedBytes::new(&event, &rules.redaction)
            .ok()?
            .write_canonical(&mut self.scratch.redaction, &mut self.out);
        Some(&self.out)
    }

    /// From JSON text to canonical JSON.
    pub fn canonical(&mut self, json: &[u8]) -> Option<&[u8]> {
        self.out.clear();
        self.canonicalizer.canonicalize_into(json, Mode::Strict, &mut self.out).ok()?;
        Some(&self.out)
    }

    /// From an event's bytes to the verdict on its signatures and content hash: whether the content is the one signed.
    pub fn verify(
        &mut self,
        pdu: &[u8],
        keys: &KeyRing,
        now_ms: i64,
        rules: &RoomVersionRules,
    ) -> Option<bool> {
        let event = self.reader.read(pdu, Mode::Strict).ok()?;
        let verdict = bytes::verify_event(&event, keys, now_ms, rules, &mut self.scratch).ok()?;
        Some(verdict == Verdict::Valid)
    }

    /// Adds an event's bytes to a batch.
    pub fn add(
        &mut self,
        pdu: &[u8],
        keys: &KeyRing,
        now_ms: i64,
        rules: &RoomVersionRules,
        batch: &mut Batch,
    ) {
        let event = self.reader.read(pdu, Mode::Strict).expect("an event");
        batch.add(&event, keys, now_ms, rules, &mut self.scratch);
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

    /// The same by the function that its users find first, which redacts the tree.
    pub fn redacted_tree(pdu: &[u8], rules: &PeerRules) -> Option<Vec<u8>> {
        serde_json::to_vec(&redact(parse(pdu)?, &rules.redaction, None).ok()?).ok()
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
