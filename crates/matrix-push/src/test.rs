//! Conditions compiled.

use matrix_canonicaljson::Object;

use crate::{Condition, Context, MemberCount, PropertyPath, Scalar, pattern::Pattern, reader::Reader};

/// The place of a property among those that the tests of a set of rules ask for.
pub(crate) type Slot = usize;

/// A condition, compiled.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    Whole(Slot, Pattern),
    Word(Slot, Pattern),
    Is(Slot, Scalar),
    Contains(Slot, Scalar),
    DisplayName(Slot),
    MemberCount(MemberCount),
    Permission { sender: Slot, key: Box<str> },
}

/// The properties that tests ask for, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tests {
    paths: Vec<PropertyPath>,
}

impl Tests {
    /// Finds the place of a property.
    pub(crate) fn slot(&mut self, path: &PropertyPath) -> Slot {
        self.paths.iter().position(|known| known == path).unwrap_or_else(|| {
            self.paths.push(path.clone());
            self.paths.len() - 1
        })
    }

    /// Finds the place of a property by its path as text.
    pub(crate) fn slot_of(&mut self, path: &str) -> Slot {
        self.slot(&PropertyPath::parse(path))
    }

    /// Compiles a condition; `None` where it never holds.
    pub(crate) fn add(&mut self, condition: &Condition) -> Option<Test> {
        Some(match condition {
            Condition::EventMatch { key, pattern } => {
                let (slot, pattern) = (self.slot(key), Pattern::new(pattern));
                if key.is(&["content", "body"]) {
                    Test::Word(slot, pattern)
                } else {
                    Test::Whole(slot, pattern)
                }
            }
            Condition::EventPropertyIs { key, value } => Test::Is(self.slot(key), value.clone()),
            Condition::EventPropertyContains { key, value } => Test::Contains(self.slot(key), value.clone()),
            Condition::ContainsDisplayName => Test::DisplayName(self.slot_of("content.body")),
            Condition::RoomMemberCount(count) => Test::MemberCount(*count),
            Condition::SenderNotificationPermission { key } => {
                Test::Permission { sender: self.slot_of("sender"), key: key.as_str().into() }
            }
            Condition::Unknown(_) => return None,
        })
    }

    /// Compiles conditions all of which have to hold, the cheap ones first; `None` where they never do.
    pub(crate) fn add_all(&mut self, conditions: &[Condition]) -> Option<Box<[Test]>> {
        let mut tests: Vec<Test> =
            conditions.iter().map(|condition| self.add(condition)).collect::<Option<_>>()?;
        tests.sort_by_key(|test| self.cost(test));
        Some(tests.into_boxed_slice())
    }

    /// Begins to read an event.
    pub(crate) fn reader<'e>(&'e self, event: &'e Object, context: &'e Context<'e>) -> Reader<'e> {
        Reader::new(&self.paths, event, context)
    }

    fn cost(&self, test: &Test) -> u8 {
        match test {
            Test::MemberCount(_) => 0,
            Test::Whole(slot, pattern) if pattern.is_plain() => {
                // Most rules ask for the type, so it has been looked up already.
                if self.paths.get(*slot).is_some_and(|path| path.is(&["type"])) { 1 } else { 2 }
            }
            Test::Is(..) | Test::Contains(..) => 2,
            Test::Permission { .. } => 3,
            Test::Whole(..) => 4,
            Test::Word(..) | Test::DisplayName(_) => 5,
        }
    }
}
