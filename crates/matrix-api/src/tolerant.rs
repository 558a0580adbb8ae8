//! Serde of what many have a hand in, for `#[serde(deserialize_with = …)]`: what is malformed is passed over, so that it
//! keeps nothing else from being read (MSC2801).
#![cfg_attr(not(feature = "client"), allow(dead_code, reason = "no other API needs all of it"))]

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::PathParameter;

/// Reads a list, leaving out what is none of its items.
pub(crate) fn list<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let items = Vec::<Box<RawValue>>::deserialize(deserializer)?;
    Ok(items.iter().filter_map(|item| read(item)).collect())
}

/// Reads a list that may be missing, leaving out what is none of its items.
pub(crate) fn optional_list<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<T>>, D::Error> {
    let items = Option::<Vec<Box<RawValue>>>::deserialize(deserializer)?;
    Ok(items.map(|items| items.iter().filter_map(|item| read(item)).collect()))
}

/// Reads a map, leaving out what is under a name that is none.
pub(crate) fn map<'de, K, V, D>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    K: PathParameter + Ord,
    V: Deserialize<'de>,
    D: Deserializer<'de>,
{
    let entries = BTreeMap::<String, V>::deserialize(deserializer)?;
    Ok(entries.into_iter().filter_map(|(name, value)| Some((K::from_text(name).ok()?, value))).collect())
}

/// Reads a map, leaving out names whose value is none.
pub(crate) fn values<'de, V: DeserializeOwned, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, V>, D::Error> {
    let entries = BTreeMap::<String, Box<RawValue>>::deserialize(deserializer)?;
    Ok(entries.into_iter().filter_map(|(name, value)| Some((name, read(&value)?))).collect())
}

/// Reads a value; one that is malformed counts as missing.
pub(crate) fn field<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(Option::<Box<RawValue>>::deserialize(deserializer)?.and_then(|value| read(&value)))
}

/// Reads a text; one that is malformed counts as missing.
pub(crate) fn name<'de, T: PathParameter, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(field::<String, D>(deserializer)?.and_then(|text| T::from_text(text).ok()))
}

fn read<T: DeserializeOwned>(json: &RawValue) -> Option<T> {
    serde_json::from_str(json.get()).ok()
}
