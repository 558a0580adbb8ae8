use alloc::collections::btree_map::{self, BTreeMap};
use alloc::string::String;
use alloc::vec::Vec;

use crate::{Error, Integer, Options, Value, path, write};

/// A JSON object, its members sorted by key as canonical JSON wants them: by code point.
///
/// ```
/// use matrix_canonicaljson::{Mode, Object};
///
/// let mut event = Object::parse(br#"{"type":"m.room.topic","age":3}"#, Mode::Strict)?;
/// event.remove("age");
/// event.insert("depth", 7);
/// assert_eq!(event.to_canonical(), br#"{"depth":7,"type":"m.room.topic"}"#);
/// # Ok::<(), matrix_canonicaljson::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Object(BTreeMap<String, Value>);

impl Object {
    /// Makes an empty object.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Reads the text of a JSON object.
    ///
    /// # Errors
    ///
    /// When the text is no JSON, the mode excludes it, or it is no object; see [`ErrorKind`](crate::ErrorKind).
    pub fn parse(json: &[u8], options: impl Into<Options>) -> Result<Self, Error> {
        Value::parse(json, options)?.into_object()
    }

    /// Returns the canonical form.
    #[must_use]
    pub fn to_canonical(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write_canonical(&mut out);
        out
    }

    /// Appends the canonical form to `out`.
    pub fn write_canonical(&self, out: &mut Vec<u8>) {
        write::object(&self.0, out);
    }

    /// Checks that the object is strict canonical JSON; see [`Value::check_strict`].
    ///
    /// # Errors
    ///
    /// As for [`Value::check_strict`].
    pub fn check_strict(&self) -> Result<(), Error> {
        path::check_strict(path::Node::Object(self))
    }

    /// Returns the value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// Returns the value of a key, for change.
    #[must_use]
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.0.get_mut(key)
    }

    /// Returns the value of a key when it is a string.
    #[must_use]
    pub fn get_str(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// Returns the value of a key when it is an integer within ±(2<sup>53</sup> − 1).
    #[must_use]
    pub fn get_integer(&self, key: &str) -> Option<Integer> {
        self.get(key)?.as_integer()
    }

    /// Returns the value of a key when it is an object.
    #[must_use]
    pub fn get_object(&self, key: &str) -> Option<&Object> {
        self.get(key)?.as_object()
    }

    /// Returns the value of a key, for change, when it is an object.
    #[must_use]
    pub fn get_object_mut(&mut self, key: &str) -> Option<&mut Object> {
        self.get_mut(key)?.as_object_mut()
    }

    /// Returns the value of a key when it is an array.
    #[must_use]
    pub fn get_array(&self, key: &str) -> Option<&[Value]> {
        self.get(key)?.as_array()
    }

    /// Returns whether the key is there.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Sets the value of a key and returns the one it had.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.0.insert(key.into(), value.into())
    }

    /// Takes a key out and returns its value.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.0.remove(key)
    }

    /// Gives access to the place of a key, whether it is there or not.
    pub fn entry(&mut self, key: impl Into<String>) -> btree_map::Entry<'_, String, Value> {
        self.0.entry(key.into())
    }

    /// Keeps the members for which `keep` returns true.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &mut Value) -> bool) {
        self.0.retain(|key, value| keep(key, value));
    }

    /// Takes all members out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Returns the number of members.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there are no members.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Iterates over the keys in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.0.keys().map(String::as_str)
    }

    /// Iterates over the values in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Value> + ExactSizeIterator {
        self.0.values()
    }

    /// Iterates over the members in the order of their keys.
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.0.iter())
    }

    /// Iterates over the members in the order of their keys, the values for change.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&str, &mut Value)> + ExactSizeIterator {
        self.0.iter_mut().map(|(key, value)| (key.as_str(), value))
    }

    pub(crate) fn as_map(&self) -> &BTreeMap<String, Value> {
        &self.0
    }
}

impl core::fmt::Display for Object {
    /// Writes the canonical form.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.to_canonical()))
    }
}

impl core::str::FromStr for Object {
    type Err = Error;

    /// Reads the text of a JSON object strictly.
    fn from_str(json: &str) -> Result<Self, Error> {
        Self::parse(json.as_bytes(), Options::default())
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for Object {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        Self(members.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

impl<K: Into<String>, V: Into<Value>> Extend<(K, V)> for Object {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, members: I) {
        self.0.extend(members.into_iter().map(|(key, value)| (key.into(), value.into())));
    }
}

impl<K: Into<String>, V: Into<Value>, const N: usize> From<[(K, V); N]> for Object {
    fn from(members: [(K, V); N]) -> Self {
        members.into_iter().collect()
    }
}

/// Iterates over the members of an [`Object`] in the order of their keys.
#[derive(Clone, Debug)]
pub struct Iter<'a>(btree_map::Iter<'a, String, Value>);

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a str, &'a Value);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.as_str(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Iter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(key, value)| (key.as_str(), value))
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl<'a> IntoIterator for &'a Object {
    type Item = (&'a str, &'a Value);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl IntoIterator for Object {
    type Item = (String, Value);
    type IntoIter = btree_map::IntoIter<String, Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
