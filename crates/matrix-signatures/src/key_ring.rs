use std::collections::BTreeMap;

use matrix_canonicaljson::Object;
use matrix_identifiers::{OwnedServerName, ServerName};

use crate::{error::Error, fields, json::is_supported, public_key::PublicKey, server_keys::ServerKeys};

/// How long a key is trusted beyond now, whatever its server says: 7 days, in milliseconds.
///
/// See [signing requirements](https://spec.matrix.org/v1.19/rooms/v5/#signing-key-validity-period).
pub const MAX_KEY_VALIDITY_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// A key that a server's signatures are verified with, and how long it is good.
///
/// Times are milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifyKey {
    /// The key, decoded.
    pub key: PublicKey,
    /// Until when the server vouches for its current keys; `None` for keys it no longer uses, or if unknown.
    pub valid_until_ts: Option<i64>,
    /// When the server stopped using the key.
    pub expired_ts: Option<i64>,
}

impl VerifyKey {
    /// Returns whether the key may have signed something at that time (MSC2076).
    ///
    /// It may up to `expired_ts` and `valid_until_ts`, both included, but not beyond seven days from now: that is
    /// how far a server can vouch for a key.
    pub fn is_valid_at(&self, at_ms: i64, now_ms: i64) -> bool {
        let horizon = now_ms.saturating_add(MAX_KEY_VALIDITY_MS);
        [self.valid_until_ts, self.expired_ts, Some(horizon)]
            .into_iter()
            .flatten()
            .all(|until| until >= at_ms)
    }
}

/// The keys of servers, by server and key ID.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyRing {
    servers: BTreeMap<OwnedServerName, BTreeMap<String, VerifyKey>>,
}

impl KeyRing {
    /// Makes a ring without keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads `{server: {key_id: {"key", "valid_until_ts"?, "expired_ts"?}}}`.
    ///
    /// Keys of unknown algorithms are left out.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidField`] or [`Error::MissingField`] where the object has another shape,
    /// [`Error::InvalidIdentifier`] for a server name, or what [`PublicKey::from_base64`] gives.
    pub fn from_object(object: &Object) -> Result<Self, Error> {
        let mut ring = Self::new();
        for (server, _) in object {
            let name =
                ServerName::parse(server).map_err(|source| fields::identifier("server", server, source))?;
            let keys = fields::object(object, server)?;
            for (key_id, _) in keys.iter().filter(|(key_id, _)| is_supported(key_id)) {
                let entry = fields::object(keys, key_id)?;
                let time = |field| entry.get(field).map(|_| fields::integer(entry, field)).transpose();
                let key = VerifyKey {
                    key: PublicKey::from_base64(fields::string(entry, "key")?)?,
                    valid_until_ts: time("valid_until_ts")?,
                    expired_ts: time("expired_ts")?,
                };
                ring.insert(name, key_id, key);
            }
        }
        Ok(ring)
    }

    /// Returns a server's key of that ID.
    pub fn get(&self, server: &ServerName, key_id: &str) -> Option<&VerifyKey> {
        self.servers.get(server)?.get(key_id)
    }

    /// Sets a server's key of that ID, such as `ed25519:1`, and returns the one it had.
    pub fn insert(&mut self, server: &ServerName, key_id: &str, key: VerifyKey) -> Option<VerifyKey> {
        self.servers.entry(server.to_owned()).or_default().insert(key_id.to_owned(), key)
    }

    /// Takes in the keys that a server published; see [`ServerKeys::check`] for making sure that it did.
    ///
    /// Responses may arrive in any order, so nothing is unlearnt: the earliest `expired_ts` of a key counts, or else
    /// the latest `valid_until_ts`. If two responses give one ID to different keys, that of the response that is
    /// valid longer stays, and a key in use stays before one that no longer is.
    pub fn add(&mut self, keys: &ServerKeys) {
        for (key_id, key) in &keys.verify_keys {
            let key = VerifyKey { key: *key, valid_until_ts: Some(keys.valid_until_ts), expired_ts: None };
            self.merge(&keys.server_name, key_id, key);
        }
        for (key_id, old) in &keys.old_verify_keys {
            let key = VerifyKey { key: old.key, valid_until_ts: None, expired_ts: Some(old.expired_ts) };
            self.merge(&keys.server_name, key_id, key);
        }
    }

    /// Returns the servers and their keys, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&ServerName, &str, &VerifyKey)> {
        self.servers.iter().flat_map(|(server, keys)| {
            keys.iter().map(move |(key_id, key)| (server.as_ref(), key_id.as_str(), key))
        })
    }

    fn merge(&mut self, server: &ServerName, key_id: &str, new: VerifyKey) {
        let Some(old) = self.servers.get_mut(server).and_then(|keys| keys.get_mut(key_id)) else {
            self.insert(server, key_id, new);
            return;
        };
        if old.key == new.key {
            old.expired_ts = [old.expired_ts, new.expired_ts].into_iter().flatten().min();
            // What the server vouched for while it used the key says nothing once the end is known.
            old.valid_until_ts =
                old.valid_until_ts.max(new.valid_until_ts).filter(|_| old.expired_ts.is_none());
        } else if new.valid_until_ts > old.valid_until_ts {
            *old = new;
        }
    }
}
