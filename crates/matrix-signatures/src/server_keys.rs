//! The objects in which servers publish their keys.

use std::collections::BTreeMap;

use matrix_canonicaljson::{Integer, Object, Value};
use matrix_identifiers::{OwnedServerName, OwnedServerSigningKeyId, ServerName};

use crate::{
    error::Error,
    fields,
    json::{is_supported, read_signature, sign_json, signatures_of, signing_bytes, verify_json_by_server},
    key_ring::KeyRing,
    public_key::PublicKey,
    signing_key::SigningKey,
    verify::Check,
};

/// The keys of a server as it publishes them.
///
/// Times are milliseconds since the Unix epoch.
/// See [publishing keys](https://spec.matrix.org/v1.19/server-server-api/#publishing-keys).
///
/// ```
/// use matrix_identifiers::ServerName;
/// use matrix_signatures::{ServerKeys, SigningKey};
///
/// let server = ServerName::parse("example.org")?;
/// let key: SigningKey = "ed25519 1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1".parse()?;
/// let mut keys = ServerKeys::new(server.to_owned(), 1_700_000_000_000);
/// keys.add_key(&key);
/// let published = keys.sign(&[&key])?;
/// assert_eq!(ServerKeys::check(&published, server)?, keys);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerKeys {
    /// Whose keys these are.
    pub server_name: OwnedServerName,
    /// The keys in use, by key ID.
    pub verify_keys: BTreeMap<String, PublicKey>,
    /// The keys no longer in use, by key ID.
    pub old_verify_keys: BTreeMap<String, OldVerifyKey>,
    /// Until when the server vouches for `verify_keys`.
    pub valid_until_ts: i64,
}

/// A key that a server no longer uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OldVerifyKey {
    /// The key.
    pub key: PublicKey,
    /// When the server stopped using it.
    pub expired_ts: i64,
}

impl ServerKeys {
    /// Starts the keys of a server, without any.
    pub fn new(server_name: OwnedServerName, valid_until_ts: i64) -> Self {
        Self { server_name, verify_keys: BTreeMap::new(), old_verify_keys: BTreeMap::new(), valid_until_ts }
    }

    /// Adds a key that is in use.
    pub fn add_key(&mut self, key: &SigningKey) {
        self.verify_keys.insert(key.key_id().to_owned(), key.public_key());
    }

    /// Adds a key that is no longer in use.
    pub fn add_old_key(&mut self, key_id: OwnedServerSigningKeyId, key: PublicKey, expired_ts: i64) {
        self.old_verify_keys.insert(key_id.into(), OldVerifyKey { key, expired_ts });
    }

    /// Returns the object to publish at `/_matrix/key/v2/server`, signed with each of the keys.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownKey`] if a key is not among `verify_keys`, [`Error::MissingSignature`] if there is none;
    /// [`Error::InvalidField`] if a time is beyond ±(2^53 − 1).
    pub fn sign(&self, keys: &[&SigningKey]) -> Result<Object, Error> {
        let entity = self.server_name.as_str();
        if keys.is_empty() {
            return Err(Error::MissingSignature { entity: entity.to_owned() });
        }
        let mut object = self.to_object()?;
        for key in keys {
            if self.verify_keys.get(key.key_id()) != Some(&key.public_key()) {
                return Err(Error::UnknownKey { entity: entity.to_owned() });
            }
            sign_json(&mut object, entity, key)?;
        }
        Ok(object)
    }

    /// Reads a server's key object and checks that it is the server's: it names the server, is signed with at
    /// least one of its `verify_keys`, and every signature by one of them holds.
    ///
    /// Keys of unknown algorithms are left out. Whether the object is still valid is a question of
    /// [`ServerKeys::valid_until_ts`], which matters when a key is used ([`KeyRing`]).
    ///
    /// # Errors
    ///
    /// As [`ServerKeys::from_object`]; [`Error::WrongServer`], [`Error::MissingSignature`], [`Error::UnknownKey`],
    /// [`Error::MalformedSignature`] or [`Error::InvalidSignature`].
    pub fn check(object: &Object, server: &ServerName) -> Result<Self, Error> {
        let keys = Self::from_object(object)?;
        if *keys.server_name != *server {
            return Err(Error::WrongServer {
                expected: server.as_str().to_owned(),
                found: keys.server_name.as_str().to_owned(),
            });
        }
        keys.check_own_signatures(object)?;
        Ok(keys)
    }

    /// Reads a server's key object without checking its signatures.
    ///
    /// # Errors
    ///
    /// [`Error::MissingField`], [`Error::InvalidField`] or [`Error::InvalidIdentifier`] where the object has another
    /// shape, or what [`PublicKey::from_base64`] gives.
    pub fn from_object(object: &Object) -> Result<Self, Error> {
        let name = fields::string(object, "server_name")?;
        let name =
            ServerName::parse(name).map_err(|source| fields::identifier("server_name", name, source))?;
        let mut keys = Self::new(name.to_owned(), fields::integer(object, "valid_until_ts")?);
        for (key_id, entry) in entries(fields::object(object, "verify_keys")?, "verify_keys") {
            keys.verify_keys.insert(key_id.to_owned(), public_key(entry?)?);
        }
        if object.contains_key("old_verify_keys") {
            for (key_id, entry) in entries(fields::object(object, "old_verify_keys")?, "old_verify_keys") {
                let entry = entry?;
                let expired_ts = fields::integer(entry, "expired_ts")?;
                let old = OldVerifyKey { key: public_key(entry)?, expired_ts };
                keys.old_verify_keys.insert(key_id.to_owned(), old);
            }
        }
        Ok(keys)
    }

    /// Returns until when an answer fetched at that time may be handed on: half of its lifetime.
    pub fn cache_until(&self, fetched_ms: i64) -> i64 {
        fetched_ms.saturating_add(self.valid_until_ts.saturating_sub(fetched_ms).max(0) / 2)
    }

    fn to_object(&self) -> Result<Object, Error> {
        let mut object = Object::new();
        object.insert("server_name", self.server_name.as_str());
        object.insert("valid_until_ts", time(self.valid_until_ts, "valid_until_ts")?);
        let keys = self.verify_keys.iter().map(|(key_id, key)| (key_id.as_str(), key_entry(key)));
        object.insert("verify_keys", keys.collect::<Object>());
        let mut old_keys = Object::new();
        for (key_id, old) in &self.old_verify_keys {
            let mut entry = key_entry(&old.key);
            entry.insert("expired_ts", time(old.expired_ts, "expired_ts")?);
            old_keys.insert(key_id.as_str(), entry);
        }
        object.insert("old_verify_keys", old_keys);
        Ok(object)
    }

    fn check_own_signatures(&self, object: &Object) -> Result<(), Error> {
        let entity = self.server_name.as_str();
        let own = signatures_of(fields::object(object, "signatures")?, entity)?
            .ok_or_else(|| Error::MissingSignature { entity: entity.to_owned() })?;
        let bytes = signing_bytes(object);
        let mut verified = false;
        for (key_id, signature) in own {
            let Some(key) = self.verify_keys.get(key_id) else { continue };
            let signature = read_signature(signature.as_str(), entity, key_id)?;
            Check { entity, key_id, key, signature }.over(&bytes)?;
            verified = true;
        }
        if verified { Ok(()) } else { Err(Error::UnknownKey { entity: entity.to_owned() }) }
    }
}

/// Signs other servers' key objects as a notary and wraps them into the answer to a key query.
///
/// See [querying keys through another server](https://spec.matrix.org/v1.19/server-server-api/#querying-keys-through-another-server).
///
/// # Errors
///
/// As [`sign_json`].
pub fn notary_response(
    mut keys: Vec<Object>,
    notary: &ServerName,
    signing_key: &SigningKey,
) -> Result<Object, Error> {
    for object in &mut keys {
        sign_json(object, notary.as_str(), signing_key)?;
    }
    let keys: Vec<Value> = keys.into_iter().map(Value::Object).collect();
    Ok(Object::from([("server_keys", keys)]))
}

/// Returns the key objects in a notary's answer, unchecked.
///
/// # Errors
///
/// [`Error::MissingField`] or [`Error::InvalidField`] for `server_keys`.
pub fn read_notary_response(response: &Object) -> Result<Vec<&Object>, Error> {
    fields::required(response, "server_keys")?
        .as_array()
        .and_then(|keys| keys.iter().map(Value::as_object).collect())
        .ok_or_else(|| fields::invalid("server_keys", "a list of objects"))
}

/// Verifies a notary's signature on another server's key object.
///
/// [`ServerKeys::check`] is needed besides it: a notary passes the server's own signatures on.
///
/// # Errors
///
/// As [`verify_json_by_server`].
pub fn verify_notary_signature(
    object: &Object,
    notary: &ServerName,
    keys: &KeyRing,
    now_ms: i64,
) -> Result<(), Error> {
    verify_json_by_server(object, notary, keys, Some(now_ms), now_ms)
}

/// The entries of known algorithms.
fn entries<'a>(
    keys: &'a Object,
    field: &'static str,
) -> impl Iterator<Item = (&'a str, Result<&'a Object, Error>)> {
    keys.iter().filter(|(key_id, _)| is_supported(key_id)).map(move |(key_id, entry)| {
        (key_id, entry.as_object().ok_or_else(|| fields::invalid(format!("{field}.{key_id:?}"), "an object")))
    })
}

fn public_key(entry: &Object) -> Result<PublicKey, Error> {
    PublicKey::from_base64(fields::string(entry, "key")?)
}

fn key_entry(key: &PublicKey) -> Object {
    Object::from([("key", key.to_base64())])
}

fn time(time: i64, field: &str) -> Result<Integer, Error> {
    Integer::new(time).ok_or_else(|| fields::invalid(field, "a time within ±(2^53 − 1)"))
}
