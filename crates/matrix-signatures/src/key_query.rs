//! Which keys are missing, and asking a notary for them.

use std::collections::BTreeMap;

use matrix_canonicaljson::{Integer, Object, Value};
use matrix_identifiers::{OwnedServerName, ServerName};
use matrix_roomversion::RoomVersionRules;

use crate::{
    error::Error,
    json::{is_supported, signatures_of},
    key_ring::KeyRing,
    required::required_signers,
    verify::key_time,
};

/// A key to ask for, of its server or of a notary.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyQuery {
    /// Whose key it is.
    pub server: OwnedServerName,
    /// The key's ID.
    pub key_id: String,
    /// Until when the answer should at least be valid, in milliseconds since the Unix epoch.
    pub minimum_valid_until_ts: i64,
}

/// Returns what to ask for as `minimum_valid_until_ts` for an event's keys (MSC2076).
///
/// In rooms 5 and later it is the event's `origin_server_ts`, which makes a notary refresh a key that would
/// not do; in rooms 1 to 4 validity does not matter, and it is 0.
///
/// # Errors
///
/// [`Error::MissingField`] or [`Error::InvalidField`] for `origin_server_ts`.
pub fn minimum_valid_until_ts(event: &Object, rules: &RoomVersionRules) -> Result<i64, Error> {
    key_time(event, rules).map(Option::unwrap_or_default)
}

/// Returns the keys that the ring lacks for verifying an event, sorted.
///
/// These are the keys that its required signers signed with, where the ring has none of that ID or one that
/// was not valid at `origin_server_ts` and that its server still used. An empty answer means that asking changes
/// nothing.
///
/// # Errors
///
/// As [`required_signers`] and [`minimum_valid_until_ts`].
pub fn keys_to_query(
    event: &Object,
    keys: &KeyRing,
    now_ms: i64,
    rules: &RoomVersionRules,
) -> Result<Vec<KeyQuery>, Error> {
    let at_ms = key_time(event, rules)?;
    let mut queries = Vec::new();
    let Some(signatures) = event.get_object("signatures") else { return Ok(queries) };
    for server in required_signers(event, rules)? {
        let Some(own) = signatures_of(signatures, server.as_str())? else { continue };
        let lacking = |key_id: &str| is_supported(key_id) && lacks(keys, server, key_id, at_ms, now_ms);
        for (key_id, _) in own.iter().filter(|(key_id, _)| lacking(key_id)) {
            queries.push(KeyQuery {
                server: server.to_owned(),
                key_id: key_id.to_owned(),
                minimum_valid_until_ts: at_ms.unwrap_or_default(),
            });
        }
    }
    Ok(queries)
}

/// Returns the body of a [`POST /_matrix/key/v2/query`](https://spec.matrix.org/v1.19/server-server-api/#post_matrixkeyv2query)
/// that asks a notary for keys; for a key that is asked for twice the later time counts.
pub fn key_query_body(queries: &[KeyQuery]) -> Object {
    let mut servers: BTreeMap<&str, BTreeMap<&str, i64>> = BTreeMap::new();
    for query in queries {
        let keys = servers.entry(query.server.as_str()).or_default();
        let time = keys.entry(&query.key_id).or_insert(query.minimum_valid_until_ts);
        *time = query.minimum_valid_until_ts.max(*time);
    }
    let servers: Object = servers.into_iter().map(|(server, keys)| (server, criteria(keys))).collect();
    Object::from([("server_keys", servers)])
}

fn criteria(keys: BTreeMap<&str, i64>) -> Object {
    keys.into_iter()
        .map(|(key_id, time)| {
            let time = Integer::new(time.max(0)).unwrap_or(Integer::MAX);
            (key_id, Value::from(Object::from([("minimum_valid_until_ts", time)])))
        })
        .collect()
}

/// Whether asking could give a key that will do.
fn lacks(keys: &KeyRing, server: &ServerName, key_id: &str, at_ms: Option<i64>, now_ms: i64) -> bool {
    match (keys.get(server, key_id), at_ms) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(key), Some(at_ms)) => key.expired_ts.is_none() && !key.is_valid_at(at_ms, now_ms),
    }
}
