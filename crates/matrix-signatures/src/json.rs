use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::ServerName;

use crate::{
    error::Error,
    fields,
    key_ring::KeyRing,
    public_key::PublicKey,
    signature::Signature,
    signing_key::{ALGORITHM, SigningKey},
    verify::{Check, Keys, check_server, own_signatures},
};

/// Signs an object for an entity, a server name or user ID, and adds the signature to `signatures`.
///
/// The signature covers the canonical JSON of the object but `signatures` and `unsigned`, which stay as they are.
/// See [signing details](https://spec.matrix.org/v1.19/appendices/#signing-details).
///
/// # Errors
///
/// [`Error::InvalidField`] if `signatures`, or the entity's entry in it, is there and no object; the object is then
/// unchanged.
pub fn sign_json(object: &mut Object, entity: &str, key: &SigningKey) -> Result<Signature, Error> {
    let signature = key.sign(&signing_bytes(object));
    add_signature(object, entity, key.key_id(), &signature)?;
    Ok(signature)
}

/// Verifies that an entity has signed an object with the key of that ID.
///
/// See [checking for a signature](https://spec.matrix.org/v1.19/appendices/#checking-for-a-signature).
///
/// # Errors
///
/// [`Error::MissingSignature`], [`Error::InvalidField`] if `signatures` is malformed, [`Error::UnsupportedAlgorithm`]
/// if `key_id` does not start with `ed25519:`, [`Error::MalformedSignature`] or [`Error::InvalidSignature`].
pub fn verify_json(object: &Object, entity: &str, key_id: &str, key: &PublicKey) -> Result<(), Error> {
    if !is_supported(key_id) {
        return Err(Error::UnsupportedAlgorithm(key_id.to_owned()));
    }
    let missing = || Error::MissingSignature { entity: entity.to_owned() };
    let signatures = match object.get("signatures") {
        None => return Err(missing()),
        Some(_) => fields::object(object, "signatures")?,
    };
    let signature =
        signatures_of(signatures, entity)?.and_then(|entry| entry.get(key_id)).ok_or_else(missing)?;
    let signature = read_signature(signature.as_str(), entity, key_id)?;
    Check { entity, key_id, key, signature }.over(&signing_bytes(object))
}

/// Verifies that a server has signed an object with a key of the ring.
///
/// The server's signatures are judged as in [`verify_event`](crate::verify_event): those of unknown keys and
/// algorithms are passed over, of the rest all have to hold, and there has to be one. With `valid_at_ms` a key
/// also has to be valid at that time, in milliseconds since the Unix epoch.
///
/// # Errors
///
/// As [`verify_event`](crate::verify_event) for one server.
pub fn verify_json_by_server(
    object: &Object,
    server: &ServerName,
    keys: &KeyRing,
    valid_at_ms: Option<i64>,
    now_ms: i64,
) -> Result<(), Error> {
    let empty = Object::new();
    let signatures = match object.get("signatures") {
        None => &empty,
        Some(_) => fields::object(object, "signatures")?,
    };
    let keys = Keys { ring: keys, valid_at_ms, now_ms };
    let bytes = signing_bytes(object);
    check_server(own_signatures(signatures, server.as_str())?, server, keys, &mut |check| check.over(&bytes))
}

/// Returns what a signature of an object covers: its canonical JSON but `signatures` and `unsigned`.
///
/// For an event it is [`event_signing_bytes`](crate::event_signing_bytes).
pub fn signing_bytes(object: &Object) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_without(object, &["signatures", "unsigned"], &mut bytes);
    bytes
}

/// Returns whether a key ID is of the one algorithm there is.
pub(crate) fn is_supported(key_id: &str) -> bool {
    key_id.split_once(':').is_some_and(|(algorithm, _)| algorithm == ALGORITHM)
}

/// Returns an entity's entry in `signatures`.
pub(crate) fn signatures_of<'a>(signatures: &'a Object, entity: &str) -> Result<Option<&'a Object>, Error> {
    let Some(entry) = signatures.get(entity) else { return Ok(None) };
    entry.as_object().map(Some).ok_or_else(|| malformed_entry(entity))
}

/// Reads a signature as it stands in `signatures`, where it should be a string.
pub(crate) fn read_signature(text: Option<&str>, entity: &str, key_id: &str) -> Result<Signature, Error> {
    text.and_then(|text| Signature::from_base64(text).ok())
        .ok_or_else(|| Error::MalformedSignature { entity: entity.to_owned(), key_id: key_id.to_owned() })
}

/// Adds a signature to `signatures`.
pub(crate) fn add_signature(
    object: &mut Object,
    entity: &str,
    key_id: &str,
    signature: &Signature,
) -> Result<(), Error> {
    check_can_add(object, entity)?;
    let empty = || Value::Object(Object::new());
    let signatures = object.entry("signatures").or_insert_with(empty);
    if let Value::Object(signatures) = signatures
        && let Value::Object(entry) = signatures.entry(entity).or_insert_with(empty)
    {
        entry.insert(key_id, signature.to_base64());
    }
    Ok(())
}

/// Refuses an object to which no signature can be added.
pub(crate) fn check_can_add(object: &Object, entity: &str) -> Result<(), Error> {
    if object.contains_key("signatures") {
        signatures_of(fields::object(object, "signatures")?, entity)?;
    }
    Ok(())
}

/// Appends the canonical JSON of an object without some of its keys.
pub(crate) fn write_without(object: &Object, keys: &[&str], out: &mut Vec<u8>) {
    out.push(b'{');
    let start = out.len();
    for (key, value) in object.iter().filter(|(key, _)| !keys.contains(key)) {
        if out.len() > start {
            out.push(b',');
        }
        write_string(key, out);
        out.push(b':');
        value.write_canonical(out);
    }
    out.push(b'}');
}

/// Appends a string; nearly every key is plain and needs no copy.
fn write_string(text: &str, out: &mut Vec<u8>) {
    if text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_' | b'.' | b'A'..=b'Z' | b'0'..=b'9')) {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else {
        Value::from(text).write_canonical(out);
    }
}

pub(crate) fn malformed_entry(entity: &str) -> Error {
    fields::invalid(format!("signatures.{entity:?}"), "an object")
}
