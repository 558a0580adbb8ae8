use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{EventId, OwnedEventId, OwnedRoomId, RoomId, ServerName};
use matrix_redaction::Redacted;
use matrix_roomversion::{EventIdFormat, RoomIdFormat, RoomVersionRules};

use crate::{
    error::Error,
    fields,
    hash::{content_hash, reference_hash},
    json::{add_signature, check_can_add},
    signature::Signature,
    signing_key::SigningKey,
};

/// Returns the ID of an event.
///
/// Rooms 1 and 2: its own `event_id`. Room 3 (MSC1659): `$` and the reference hash in unpadded base64; rooms 4 and
/// later (MSC1884, MSC2002): in URL-safe unpadded base64. Adding `unsigned` or signatures does not change it.
///
/// # Errors
///
/// [`Error::Unredactable`] if the event has no `type` or `content`; in rooms 1 and 2 [`Error::MissingField`],
/// [`Error::InvalidField`] or [`Error::InvalidIdentifier`].
pub fn event_id(event: &Object, rules: &RoomVersionRules) -> Result<OwnedEventId, Error> {
    match rules.event_id_format {
        EventIdFormat::Field => {
            let id = fields::string(event, "event_id")?;
            EventId::parse(id)
                .map(ToOwned::to_owned)
                .map_err(|source| fields::identifier("event_id", id, source))
        }
        EventIdFormat::Hash => {
            reference_hash(event, rules).map(|hash| OwnedEventId::from_hash_v3(hash.as_bytes()))
        }
        EventIdFormat::UrlSafeHash => {
            reference_hash(event, rules).map(|hash| OwnedEventId::from_hash_v4(hash.as_bytes()))
        }
    }
}

/// Returns the ID of the room that an `m.room.create` event creates.
///
/// Rooms 1 to 11: its own `room_id`. Room 12: `!` and its reference hash, which is its event ID with another sigil.
///
/// # Errors
///
/// [`Error::Unredactable`] if the event has no `type` or `content`; before room 12 [`Error::MissingField`],
/// [`Error::InvalidField`] or [`Error::InvalidIdentifier`].
pub fn room_id_of_create(create: &Object, rules: &RoomVersionRules) -> Result<OwnedRoomId, Error> {
    match rules.room_id_format {
        RoomIdFormat::Domain => {
            let id = fields::string(create, "room_id")?;
            RoomId::parse(id)
                .map(ToOwned::to_owned)
                .map_err(|source| fields::identifier("room_id", id, source))
        }
        RoomIdFormat::CreateHash => {
            let id = format!("!{}", reference_hash(create, rules)?.to_url_safe_base64());
            RoomId::parse(&id)
                .map(ToOwned::to_owned)
                .map_err(|source| fields::identifier("room_id", &id, source))
        }
    }
}

/// Returns what a signature of an event covers: its redacted form but `signatures`, as canonical JSON.
///
/// The reference hash is the SHA-256 of the same bytes.
///
/// # Errors
///
/// [`Error::Unredactable`] if the event has no `type` or `content`.
pub fn event_signing_bytes(event: &Object, rules: &RoomVersionRules) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    Redacted::new(event, &rules.redaction)?.write_signing_bytes(&mut bytes);
    Ok(bytes)
}

/// Calculates the content hash of an event and stores it as `hashes.sha256`.
///
/// Hashes of other algorithms stay. A `hashes` that is no object is replaced.
pub fn hash_event(event: &mut Object) {
    let hash = content_hash(event).to_base64();
    match event.get_mut("hashes") {
        Some(Value::Object(hashes)) => hashes.insert("sha256", hash),
        _ => event.insert("hashes", Object::from([("sha256", hash)])),
    };
}

/// Hashes and signs an event for a server: `hashes.sha256` and one signature are added or replaced.
///
/// See [adding hashes and signatures](https://spec.matrix.org/v1.19/server-server-api/#adding-hashes-and-signatures-to-outgoing-events).
///
/// # Errors
///
/// [`Error::Unredactable`] if the event has no `type` or `content`, [`Error::InvalidField`] if `signatures` is no
/// object of objects; the event is then unchanged.
pub fn sign_event(
    event: &mut Object,
    server: &ServerName,
    key: &SigningKey,
    rules: &RoomVersionRules,
) -> Result<Signature, Error> {
    Redacted::new(event, &rules.redaction)?;
    check_can_add(event, server.as_str())?;
    hash_event(event);
    let signature = key.sign(&event_signing_bytes(event, rules)?);
    add_signature(event, server.as_str(), key.key_id(), &signature)?;
    Ok(signature)
}
