//! Fallback keys (MSC2732): what is uploaded, and which private keys are kept for how long.

use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::UserId;
use matrix_signatures::{PublicKey, SigningKey, sign_json};

use crate::{error::Error, fields, link::check_signature};

/// How long a replaced key is kept after the first message that used it: one hour.
///
/// Source: [uploading keys](https://spec.matrix.org/v1.19/client-server-api/#uploading-keys).
pub const FALLBACK_KEY_GRACE_MS: i64 = 60 * 60 * 1000;

/// Returns the object of a `signed_curve25519` fallback key, signed by the device's key. The mark `fallback` is within
/// what is signed. `public_key` is the Curve25519 key in unpadded base64.
///
/// Source: [key algorithms](https://spec.matrix.org/v1.19/client-server-api/#key-algorithms), MSC2732.
///
/// # Errors
///
/// None in practice: the object can take a signature.
pub fn signed_fallback_key(
    public_key: &str,
    user_id: &UserId,
    device_key: &SigningKey,
) -> Result<Object, Error> {
    let mut object = Object::from([("fallback", Value::from(true)), ("key", public_key.into())]);
    sign_json(&mut object, user_id.as_str(), device_key)?;
    Ok(object)
}

/// Checks the `fallback_keys` of `POST /_matrix/client/v3/keys/upload`: at most one key of each algorithm, and those
/// of signed algorithms marked and signed by the device.
///
/// # Errors
///
/// [`Error::InvalidField`], [`Error::DuplicateAlgorithm`], [`Error::NotAFallbackKey`], [`Error::Signature`].
pub fn check_fallback_keys(
    keys: &Object,
    user_id: &UserId,
    device_key_id: &str,
    device_key: &PublicKey,
) -> Result<(), Error> {
    let mut last = None;
    for (key_id, key) in keys {
        let Some((algorithm, _)) = key_id.split_once(':') else {
            return Err(fields::invalid(format!("fallback_keys.{key_id:?}"), "named by algorithm and ID"));
        };
        // Keys are sorted, so those of one algorithm stand together.
        if last == Some(algorithm) {
            return Err(Error::DuplicateAlgorithm(algorithm.to_owned()));
        }
        last = Some(algorithm);
        match key {
            Value::String(_) if !algorithm.starts_with("signed_") => {}
            Value::Object(key) => {
                if key.get("fallback").and_then(Value::as_bool) != Some(true) {
                    return Err(Error::NotAFallbackKey(key_id.to_owned()));
                }
                check_signature(key, user_id, device_key_id, device_key)?;
            }
            _ => return Err(fields::invalid(format!("fallback_keys.{key_id:?}"), "a key")),
        }
    }
    Ok(())
}

/// Returns which of the wanted algorithms need a new fallback key, by the `device_unused_fallback_key_types` of a sync.
/// Without that field the server does not know fallback keys, and none is uploaded.
///
/// Source: [extensions to sync](https://spec.matrix.org/v1.19/client-server-api/#e2e-extensions-to-sync), MSC2732.
pub fn fallback_key_algorithms_to_upload<'a>(wanted: &[&'a str], unused: Option<&[&str]>) -> Vec<&'a str> {
    let Some(unused) = unused else { return Vec::new() };
    wanted.iter().copied().filter(|algorithm| !unused.contains(algorithm)).collect()
}

/// A private fallback key, of whatever type the embedder's Olm has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FallbackKey<K> {
    /// The key's ID, what follows the colon in `signed_curve25519:AAAAAA`.
    pub id: String,
    /// The private key.
    pub key: K,
    first_used_ms: Option<i64>,
}

/// The private fallback keys of one algorithm: the current one and at most one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FallbackKeys<K> {
    current: Option<FallbackKey<K>>,
    previous: Option<FallbackKey<K>>,
}

impl<K> Default for FallbackKeys<K> {
    fn default() -> Self {
        Self { current: None, previous: None }
    }
}

impl<K> FallbackKeys<K> {
    /// Begins without a key.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the current key.
    pub fn current(&self) -> Option<&FallbackKey<K>> {
        self.current.as_ref()
    }

    /// Returns the key before the current one, until it is dropped.
    pub fn previous(&self) -> Option<&FallbackKey<K>> {
        self.previous.as_ref()
    }

    /// Takes a new current key. The one that was current becomes the previous one, whose place it takes; what is
    /// returned is the key that must be forgotten now.
    pub fn rotate(&mut self, id: impl Into<String>, key: K) -> Option<K> {
        let new = FallbackKey { id: id.into(), key, first_used_ms: None };
        let dropped = core::mem::replace(&mut self.previous, self.current.take());
        self.current = Some(new);
        dropped.map(|key| key.key)
    }

    /// Returns the key of an ID, for a message that names it, and remembers when it was first used.
    pub fn on_message(&mut self, id: &str, now_ms: i64) -> Option<&K> {
        let keys = [self.current.as_mut(), self.previous.as_mut()];
        let key = keys.into_iter().flatten().find(|key| key.id == id)?;
        key.first_used_ms.get_or_insert(now_ms);
        Some(&key.key)
    }

    /// Takes out the previous key once an hour has passed since the first message that used it. One that was never
    /// used stays until it is replaced.
    pub fn drop_expired(&mut self, now_ms: i64) -> Option<K> {
        let first_used_ms = self.previous.as_ref()?.first_used_ms?;
        if now_ms.saturating_sub(first_used_ms) < FALLBACK_KEY_GRACE_MS {
            return None;
        }
        self.previous.take().map(|key| key.key)
    }
}
