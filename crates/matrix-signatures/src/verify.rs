use std::borrow::Cow;

use matrix_canonicaljson::Object;
use matrix_identifiers::ServerName;
use matrix_roomversion::{KeyValidity, RoomVersionRules};

use crate::{
    error::Error,
    event::event_signing_bytes,
    fields,
    hash::{Sha256Hash, content_hash},
    json::{is_supported, read_signature, signatures_of},
    key_ring::KeyRing,
    public_key::PublicKey,
    required::required_signers,
    signature::Signature,
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
    let keys = Keys { ring: keys, valid_at_ms: key_time(event, rules)?, now_ms };
    let bytes = event_signing_bytes(event, rules)?;
    for server in required_signers(event, rules)? {
        let own = own_signatures(signatures, server.as_str())?;
        check_server(own, server, keys, &mut |check| check.over(&bytes))?;
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

/// A signature to check.
#[derive(Clone, Copy)]
pub(crate) struct Check<'c> {
    pub(crate) entity: &'c str,
    pub(crate) key_id: &'c str,
    pub(crate) key: &'c PublicKey,
    pub(crate) signature: Signature,
}

impl Check<'_> {
    /// Checks the signature over the signed bytes.
    pub(crate) fn over(&self, bytes: &[u8]) -> Result<(), Error> {
        if self.key.verify(bytes, &self.signature) {
            return Ok(());
        }
        Err(Error::InvalidSignature { entity: self.entity.to_owned(), key_id: self.key_id.to_owned() })
    }
}

/// The keys that signatures are checked with, and the times at which they have to be valid.
#[derive(Clone, Copy)]
pub(crate) struct Keys<'k> {
    pub(crate) ring: &'k KeyRing,
    /// When something was signed, if the validity of keys matters.
    pub(crate) valid_at_ms: Option<i64>,
    pub(crate) now_ms: i64,
}

/// Hands over the signatures of one server that count: all of them have to hold, and there has to be one.
///
/// `own` are its key IDs and signatures, `None` for one that is no string.
pub(crate) fn check_server<'s>(
    own: impl Iterator<Item = (Cow<'s, str>, Option<Cow<'s, str>>)>,
    server: &ServerName,
    keys: Keys<'_>,
    check: &mut impl FnMut(Check<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let entity = server.as_str();
    let (mut signed, mut verified, mut expired) = (false, false, None);
    for (key_id, signature) in own {
        signed = true;
        let Some(key) = keys.ring.get(server, &key_id).filter(|_| is_supported(&key_id)) else { continue };
        if let Some(at_ms) = keys.valid_at_ms.filter(|at_ms| !key.is_valid_at(*at_ms, keys.now_ms)) {
            expired = Some((key_id.into_owned(), at_ms));
            continue;
        }
        let signature = read_signature(signature.as_deref(), entity, &key_id)?;
        check(Check { entity, key_id: &key_id, key: &key.key, signature })?;
        verified = true;
    }
    match expired {
        _ if verified => Ok(()),
        Some((key_id, at_ms)) => Err(Error::ExpiredKey { entity: entity.to_owned(), key_id, at_ms }),
        None if signed => Err(Error::UnknownKey { entity: entity.to_owned() }),
        None => Err(Error::MissingSignature { entity: entity.to_owned() }),
    }
}

/// The signatures of an entity in `signatures`, as [`check_server`] takes them.
pub(crate) fn own_signatures<'s>(
    signatures: &'s Object,
    entity: &str,
) -> Result<impl Iterator<Item = (Cow<'s, str>, Option<Cow<'s, str>>)>, Error> {
    let own = signatures_of(signatures, entity)?.into_iter().flat_map(Object::iter);
    Ok(own.map(|(key_id, signature)| (Cow::Borrowed(key_id), signature.as_str().map(Cow::Borrowed))))
}
