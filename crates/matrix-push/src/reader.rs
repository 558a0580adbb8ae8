use std::cell::OnceCell;

use matrix_canonicaljson::{Object, Value};
use matrix_events::Case;
use matrix_identifiers::UserId;

use crate::{
    Context, PropertyPath, Scalar,
    pattern::Pattern,
    test::{Slot, Test},
};

/// How many properties are remembered once they have been found. The predefined rules ask for ten.
const REMEMBERED: usize = 16;

/// Reads an event for the tests of a set of rules: each property is looked up once.
pub(crate) struct Reader<'e> {
    paths: &'e [PropertyPath],
    event: &'e Object,
    context: &'e Context<'e>,
    found: [Found<'e>; REMEMBERED],
    /// The text of the message, folded for globs.
    folded: OnceCell<std::borrow::Cow<'e, str>>,
}

/// What is known about a property.
#[derive(Clone, Copy)]
enum Found<'e> {
    Unread,
    Absent,
    Value(&'e Value),
}

impl<'e> Reader<'e> {
    pub(crate) fn new(paths: &'e [PropertyPath], event: &'e Object, context: &'e Context<'e>) -> Self {
        Self { paths, event, context, found: [Found::Unread; REMEMBERED], folded: OnceCell::new() }
    }

    /// Finds a property.
    fn value(&mut self, slot: Slot) -> Option<&'e Value> {
        match self.found.get(slot) {
            Some(Found::Absent) => return None,
            Some(Found::Value(value)) => return Some(value),
            Some(Found::Unread) | None => {}
        }
        let value = self.paths.get(slot).and_then(|path| path.get(self.event));
        if let Some(found) = self.found.get_mut(slot) {
            *found = value.map_or(Found::Absent, Found::Value);
        }
        value
    }

    /// Finds a property that is a string.
    pub(crate) fn text(&mut self, slot: Slot) -> Option<&'e str> {
        match self.value(slot) {
            Some(value) => value.as_str(),
            None if self.is_room_id(slot) => self.context.room_id.map(|room| room.as_str()),
            None => None,
        }
    }

    /// Clients get events without their room.
    fn is_room_id(&self, slot: Slot) -> bool {
        self.context.room_id.is_some() && self.paths.get(slot).is_some_and(|path| path.is(&["room_id"]))
    }

    /// Tells whether the user sent the event.
    pub(crate) fn is_own(&mut self, sender: Slot) -> bool {
        self.text(sender) == Some(self.context.user_id.as_str())
    }

    /// Tells whether a pattern stands in the text of the message, between word boundaries.
    pub(crate) fn contains(&mut self, body: Slot, pattern: &Pattern) -> bool {
        let Some(text) = self.text(body) else { return false };
        pattern.is_word_match(text, || self.folded.get_or_init(|| Case::Unicode.fold(text)))
    }

    /// Tells whether a condition holds.
    pub(crate) fn holds(&mut self, test: &Test) -> bool {
        match test {
            Test::Whole(slot, pattern) => self.text(*slot).is_some_and(|text| pattern.is_match(text)),
            Test::Word(slot, pattern) => self.contains(*slot, pattern),
            Test::Is(slot, Scalar::String(wanted)) => self.text(*slot) == Some(wanted),
            Test::Is(slot, wanted) => self.value(*slot).is_some_and(|value| wanted.is(value)),
            Test::Contains(slot, wanted) => {
                let items = self.value(*slot).and_then(Value::as_array);
                items.is_some_and(|items| items.iter().any(|item| wanted.is(item)))
            }
            Test::DisplayName(body) => {
                let name = self.context.display_name.filter(|name| !name.is_empty());
                name.is_some_and(|name| {
                    self.text(*body).is_some_and(|text| crate::words::contains(text, name))
                })
            }
            Test::MemberCount(count) => {
                self.context.member_count.is_some_and(|members| count.includes(members))
            }
            Test::Permission { sender, key } => self.may_notify(*sender, key),
        }
    }

    fn may_notify(&mut self, sender: Slot, key: &str) -> bool {
        let Some(levels) = self.context.levels else { return false };
        let sender = self.text(sender).and_then(|sender| UserId::parse(sender).ok());
        sender.is_some_and(|sender| levels.user(sender) >= levels.notification(key))
    }
}
