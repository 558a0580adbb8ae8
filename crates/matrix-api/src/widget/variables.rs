//! What the URLs of widgets are filled in with.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{RoomId, UserId};

/// The variables of a widget's URL and their values, not yet encoded.
///
/// None of them proves anything: whoever opens the URL can write what they like.
///
/// Source: MSC1236, MSC2774.
#[derive(Clone, Debug, Default)]
pub struct TemplateVariables<'a> {
    standard: BTreeMap<&'static str, Cow<'a, str>>,
    data: BTreeMap<&'a str, Cow<'a, str>>,
}

impl<'a> TemplateVariables<'a> {
    /// Takes the user and the widget's ID: `$matrix_user_id` and `$matrix_widget_id`, the latter also by the name that it
    /// had as a proposal, `$org.matrix.msc2774_widget_id`.
    ///
    /// Until they are given, `$matrix_display_name` is the user's ID, and `$matrix_room_id` and `$matrix_avatar_url` are
    /// empty.
    #[must_use]
    pub fn new(user: &'a UserId, widget_id: &'a str) -> Self {
        let standard = [
            ("matrix_user_id", user.as_str()),
            ("matrix_display_name", user.as_str()),
            ("matrix_avatar_url", ""),
            ("matrix_room_id", ""),
            ("matrix_widget_id", widget_id),
            ("org.matrix.msc2774_widget_id", widget_id),
        ];
        let standard = standard.into_iter().map(|(name, value)| (name, Cow::Borrowed(value))).collect();
        Self { standard, data: BTreeMap::new() }
    }

    /// Sets `$matrix_room_id`: the room in which the widget is shown.
    #[must_use]
    pub fn room_id(self, room: &'a RoomId) -> Self {
        self.set("matrix_room_id", room.as_str())
    }

    /// Sets `$matrix_display_name`.
    #[must_use]
    pub fn display_name(self, name: &'a str) -> Self {
        self.set("matrix_display_name", name)
    }

    /// Sets `$matrix_avatar_url`.
    #[must_use]
    pub fn avatar_url(self, url: &'a str) -> Self {
        self.set("matrix_avatar_url", url)
    }

    /// Adds the `data` of the widget: texts as they are, integers, `true` and `false` as they are written. Others are no
    /// values, and a variable above is none of these.
    #[must_use]
    pub fn data(mut self, data: &'a Object) -> Self {
        self.data = data.iter().filter_map(|(name, value)| Some((name, text(value)?))).collect();
        self.data.remove("");
        self
    }

    /// Returns the same without `data`: so it is for integration managers that a homeserver or a client names (MSC1957).
    #[must_use]
    pub fn without_data(mut self) -> Self {
        self.data = BTreeMap::new();
        self
    }

    /// Returns the value of a variable.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.standard.get(name).or_else(|| self.data.get(name)).map(|value| &**value)
    }

    /// Finds the variable with the longest name that a text begins with: its name and its value.
    pub(super) fn longest(&self, text: &str, lengths: &BTreeSet<usize>) -> Option<(usize, &str)> {
        let candidates = lengths.iter().rev().filter_map(|length| text.get(..*length));
        candidates.into_iter().find_map(|name| Some((name.len(), self.get(name)?)))
    }

    /// Returns the lengths that names have.
    pub(super) fn lengths(&self) -> BTreeSet<usize> {
        self.standard.keys().copied().chain(self.data.keys().copied()).map(str::len).collect()
    }

    fn set(mut self, name: &'static str, value: &'a str) -> Self {
        self.standard.insert(name, Cow::Borrowed(value));
        self
    }
}

fn text(value: &Value) -> Option<Cow<'_, str>> {
    match (value.as_str(), value.as_i64(), value.as_bool()) {
        (Some(text), ..) => Some(Cow::Borrowed(text)),
        (_, Some(integer), _) => Some(Cow::Owned(integer.to_string())),
        (.., Some(truth)) => Some(Cow::Borrowed(if truth { "true" } else { "false" })),
        _ => None,
    }
}
