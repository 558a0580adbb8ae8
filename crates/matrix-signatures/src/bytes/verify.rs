use std::borrow::Cow;

use matrix_canonicaljson::{Field, Name, Outline};
use matrix_identifiers::ServerName;
use matrix_roomversion::{KeyValidity, RoomVersionRules};

use super::{EventBytes, Scratch, content_hash};
use crate::{
    error::Error,
    fields::invalid,
    hash::Sha256Hash,
    json::malformed_entry,
    key_ring::KeyRing,
    required::signers,
    verify::{Check, Keys, Verdict, check_server},
};

/// Verifies the signatures of a received event and its content hash; see [`verify_event`](crate::verify_event).
///
/// # Errors
///
/// As [`verify_event`](crate::verify_event).
pub fn verify_event(
    event: &EventBytes<'_>,
    keys: &KeyRing,
    now_ms: i64,
    rules: &RoomVersionRules,
    scratch: &mut Scratch,
) -> Result<Verdict, Error> {
    let check = |check: Check<'_>, bytes: &[u8]| check.over(bytes);
    verify_with(event, keys, now_ms, rules, scratch, check)
}

/// Verifies an event by handing over each signature that counts, with the signed bytes.
pub(super) fn verify_with(
    event: &EventBytes<'_>,
    keys: &KeyRing,
    now_ms: i64,
    rules: &RoomVersionRules,
    scratch: &mut Scratch,
    mut check: impl FnMut(Check<'_>, &[u8]) -> Result<(), Error>,
) -> Result<Verdict, Error> {
    let signatures = object_field(event, "signatures")?;
    let keys = Keys { ring: keys, valid_at_ms: key_time(event, rules)?, now_ms };
    super::event_signing_bytes(event, rules, scratch)?;
    let Scratch { bytes, signatures: room, .. } = &mut *scratch;
    // The text was checked as part of the whole.
    let signatures = room.read(signatures.raw(), signatures.mode())?;
    for server in signers(event, rules)?.iter().flatten() {
        let Ok(server) = ServerName::parse(server) else { continue };
        let own = own_signatures(&signatures, server.as_str())?;
        check_server(own, server, keys, &mut |one| check(one, bytes))?;
    }
    Ok(if content_hash_matches(event, scratch)? { Verdict::Valid } else { Verdict::Redact })
}

/// Returns whether the content of an event has the hash that its `hashes.sha256` names; see
/// [`content_hash_matches`](crate::content_hash_matches).
///
/// # Errors
///
/// As [`content_hash_matches`](crate::content_hash_matches).
pub fn content_hash_matches(event: &EventBytes<'_>, scratch: &mut Scratch) -> Result<bool, Error> {
    let named = object_field(event, "hashes")?
        .get(const { &Name::new("sha256") })
        .ok_or_else(|| Error::MissingField("hashes.sha256".to_owned()))?
        .as_str()
        .ok_or_else(|| invalid("hashes.sha256", "a string"))?;
    Ok(Sha256Hash::from_base64(&named).is_ok_and(|named| named == content_hash(event, scratch)))
}

fn key_time(event: &EventBytes<'_>, rules: &RoomVersionRules) -> Result<Option<i64>, Error> {
    match rules.key_validity {
        KeyValidity::Ignored => Ok(None),
        KeyValidity::Enforced => required(event, "origin_server_ts")?
            .as_i64()
            .map(Some)
            .ok_or_else(|| invalid("origin_server_ts", "an integer")),
    }
}

fn required<'a>(event: &EventBytes<'a>, field: &'static str) -> Result<Field<'a>, Error> {
    event.get(&Name::new(field)).ok_or_else(|| Error::MissingField(field.to_owned()))
}

fn object_field<'a>(event: &EventBytes<'a>, field: &'static str) -> Result<Field<'a>, Error> {
    let value = required(event, field)?;
    if value.is_object() { Ok(value) } else { Err(invalid(field, "an object")) }
}

/// The signatures of an entity, as [`check_server`] takes them; none of an entity that has not signed.
fn own_signatures<'s>(
    signatures: &Outline<'s>,
    entity: &str,
) -> Result<impl Iterator<Item = (Cow<'s, str>, Option<Cow<'s, str>>)>, Error> {
    let own = match signatures.get(&Name::new(entity)) {
        None => None,
        Some(own) => Some(own.fields().ok_or_else(|| malformed_entry(entity))?),
    };
    Ok(own.into_iter().flatten().map(|signature| (signature.key(), signature.as_str())))
}
