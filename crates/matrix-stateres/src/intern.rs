//! Text to small numbers: event IDs, user IDs, and pairs of event type and state key.

use core::hash::{BuildHasher, Hash};

use foldhash::fast::RandomState;
use hashbrown::{Equivalent, HashTable};

/// Numbers each distinct value from 0, and finds it again by a borrowed form.
///
/// The hash is seeded anew in each process, so that nobody can choose values that collide; no order that
/// depends on it is ever visible.
#[derive(Clone, Debug)]
pub(crate) struct Interner<T> {
    values: Vec<T>,
    table: HashTable<u32>,
    hasher: RandomState,
}

impl<T: Hash> Interner<T> {
    pub(crate) fn new() -> Self {
        Self { values: Vec::new(), table: HashTable::new(), hasher: RandomState::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    pub(crate) fn get(&self, number: u32) -> Option<&T> {
        self.values.get(number as usize)
    }

    /// Returns the number of `value` if it has one.
    pub(crate) fn find<Q: ?Sized + Hash + Equivalent<T>>(&self, value: &Q) -> Option<u32> {
        let same = |number: &u32| self.get(*number).is_some_and(|known| value.equivalent(known));
        self.table.find(self.hasher.hash_one(value), same).copied()
    }

    /// Returns the number of `value`, giving it the next one if it is new; `None` when 32 bits are used up.
    pub(crate) fn intern<Q>(&mut self, value: &Q, own: impl FnOnce(&Q) -> T) -> Option<u32>
    where
        Q: ?Sized + Hash + Equivalent<T>,
    {
        let hash = self.hasher.hash_one(value);
        let Self { values, table, hasher } = self;
        let same = |number: &u32| values.get(*number as usize).is_some_and(|known| value.equivalent(known));
        if let Some(number) = table.find(hash, same) {
            return Some(*number);
        }
        // The highest numbers are never given out: compact tables use them to say "none".
        let number = u32::try_from(values.len()).ok().filter(|number| *number < u32::MAX - 1)?;
        values.push(own(value));
        let rehash = |number: &u32| values.get(*number as usize).map_or(0, |known| hasher.hash_one(known));
        table.insert_unique(hash, number, rehash);
        Some(number)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::node::{User, UserRef};

    #[test]
    fn values_are_found_by_what_they_were_given_as_however_often_the_table_grew() {
        let mut users: Interner<User> = Interner::new();
        let ids: Vec<String> = (0..1_000).map(|number| format!("@u{number}:example.org")).collect();
        for _ in 0..2 {
            for (id, number) in ids.iter().zip(0..) {
                let own = |_: &UserRef<'_>| User { id: id.parse().unwrap(), member_key: number };
                assert_eq!(users.intern(&UserRef(id), own), Some(number));
            }
        }
        assert_eq!(users.len(), ids.len());
        assert!(ids.iter().zip(0..).all(|(id, number)| users.find(&UserRef(id)) == Some(number)));
        assert_eq!(users.find(&UserRef("@nobody:example.org")), None);
    }
}
