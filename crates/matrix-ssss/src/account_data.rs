use std::borrow::Cow;
use std::collections::BTreeMap;

use matrix_canonicaljson::Object;

/// A user's account data, as far as secret storage reads it: a map from event type to content, or a closure that looks
/// one up.
pub trait AccountData {
    /// Returns the content of a type.
    fn content(&self, event_type: &str) -> Option<Cow<'_, Object>>;

    /// Returns all types, where they are known; a closure does not know them.
    fn event_types(&self) -> Option<Vec<&str>> {
        None
    }
}

impl AccountData for BTreeMap<String, Object> {
    fn content(&self, event_type: &str) -> Option<Cow<'_, Object>> {
        self.get(event_type).map(Cow::Borrowed)
    }

    fn event_types(&self) -> Option<Vec<&str>> {
        Some(self.keys().map(String::as_str).collect())
    }
}

impl AccountData for &BTreeMap<String, Object> {
    fn content(&self, event_type: &str) -> Option<Cow<'_, Object>> {
        (**self).content(event_type)
    }

    fn event_types(&self) -> Option<Vec<&str>> {
        (**self).event_types()
    }
}

impl<F: Fn(&str) -> Option<Object>> AccountData for F {
    fn content(&self, event_type: &str) -> Option<Cow<'_, Object>> {
        self(event_type).map(Cow::Owned)
    }
}

/// Account data to be written: `PUT /_matrix/client/v3/user/{userId}/account_data/{type}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountDataEvent {
    /// The type.
    pub event_type: String,
    /// The content, which replaces what was there.
    pub content: Object,
}
