use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::ServerName;
use matrix_roomversion::{KeyValidity, RoomVersionRules};

use crate::{
    error::Error,
    event::event_signing_bytes,
    fields,
    hash::{Sha256Hash, content_hash},
    json::{check_signature, is_supported, signatures_of},
    key_ring::KeyRing,
    required::required_signers,
};

/// What the signatures and hashes of an event say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The signatures hold, and the content is what was signed.
    Valid,
    /// The signatures hold, but the content hash does not match: the event has been redacted, or changed, on its way. It
    /// has to be redacted ([`matrix_redaction::redact`]) before it is used.
    Redact,
}

/// Verifies the signatures of a received event and its content hash.
///
/// Each of the [`required_signers`](crate::required_signers) has to have signed. Of a server's signatures, those of
/// keys that the ring does not have and of algorithms other than `ed25519` are passed over, and in rooms 5 and later
/// those of keys that were not valid at `origin_server_ts` ([`VerifyKey::is_valid_at`](crate::VerifyKey::is_valid_at),
/// MSC2076). **All** the rest have to hold, and there has to be at least one: a good signature does not make up for
/// a bad one by a known, unexpired key. Signatures of other servers are not looked at.
///
/// `now_ms` is the present in milliseconds since the Unix epoch. The format of the event is a matter of its own:
/// [`check_format`](crate::check_format).
/// See [validating hashes and signatures](https://spec.matrix.org/v1.19/server-server-api/#validating-hashes-and-signatures-on-received-events).
///
/// # Errors
///
/// - [`Error::MissingSignature`], [`Error::UnknownKey`] or [`Error::ExpiredKey`]: a server has not signed with a key
///   that counts. The last two may change when its keys are asked for, see [`keys_to_query`](crate::keys_to_query).
/// - [`Error::InvalidSignature`] or [`Error::MalformedSignature`] for a signature that does not hold.
/// - [`Error::Unredactable`], [`Error::MissingField`], [`Error::InvalidField`] or [`Error::InvalidIdentifier`]: the event
///   lacks what is needed, such as `signatures`, `sender` or `hashes.sha256`.
pub fn verify_event(
    event: &Object,
    keys: &KeyRing,
    now_ms: i64,
    rules: &RoomVersionRules,
) -> Result<Verdict, Error> {
    let signatures = fields::object(event, "signatures")?;
    let valid_at_ms = key_time(event, rules)?;
    let bytes = event_signing_bytes(event, rules)?;
    for server in required_signers(event, rules)? {
        check_server(signatures, server, keys, valid_at_ms, now_ms, &bytes)?;
    }
    Ok(if content_hash_matches(event)? { Verdict::Valid } else { Verdict::Redact })
}

/// Returns whether the content of an event has the hash that its `hashes.sha256` names.
///
/// A hash that is not 32 bytes in base64 matches nothing.
///
/// # Errors
///
/// [`Error::MissingField`] or [`Error::InvalidField`] if `hashes.sha256` is not there or is not a string.
pub fn content_hash_matches(event: &Object) -> Result<bool, Error> {
    let named = fields::object(event, "hashes")?
        .get("sha256")
        .ok_or_else(|| Error::MissingField("hashes.sha256".to_owned()))?
        .as_str()
        .ok_or_else(|| fields::invalid("hashes.sha256", "a string"))?;
    Ok(Sha256Hash::from_base64(named).is_ok_and(|named| named == content_hash(event)))
}

/// Returns the time at which the keys of an event's signatures have to be valid, if the room version cares.
pub(crate) fn key_time(event: &Object, rules: &RoomVersionRules) -> Result<Option<i64>, Error> {
    match rules.key_validity {
        KeyValidity::Ignored => Ok(None),
        KeyValidity::Enforced => fields::integer(event, "origin_server_ts").map(Some),
    }
}

/// Checks the signatures of one server over bytes: all that count have to hold, and there has to be one.
pub(crate) fn check_server(
    signatures: &Object,
    server: &ServerName,
    keys: &KeyRing,
    valid_at_ms: Option<i64>,
    now_ms: i64,
    bytes: &[u8],
) -> Result<(), Error> {
    let entity = server.as_str();
    let own = signatures_of(signatures, entity)?
        .filter(|own| !own.is_empty())
        .ok_or_else(|| Error::MissingSignature { entity: entity.to_owned() })?;
    let mut verified = false;
    let mut expired = None;
    for (key_id, signature) in supported(own) {
        let Some(key) = keys.get(server, key_id) else { continue };
        if let Some(at_ms) = valid_at_ms.filter(|at_ms| !key.is_valid_at(*at_ms, now_ms)) {
            expired = Some((key_id, at_ms));
            continue;
        }
        check_signature(signature, entity, key_id, &key.key, bytes)?;
        verified = true;
    }
    match expired {
        _ if verified => Ok(()),
        Some((key_id, at_ms)) => {
            Err(Error::ExpiredKey { entity: entity.to_owned(), key_id: key_id.to_owned(), at_ms })
        }
        None => Err(Error::UnknownKey { entity: entity.to_owned() }),
    }
}

/// Returns the signatures of algorithms that are known here.
pub(crate) fn supported(own: &Object) -> impl Iterator<Item = (&str, &Value)> {
    own.iter().filter(|(key_id, _)| is_supported(key_id))
}
