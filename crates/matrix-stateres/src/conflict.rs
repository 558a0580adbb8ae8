//! What the states to be resolved disagree on.

use crate::{graph::EventGraph, state_set::StateSet, table::Table};

/// The keys and events on which state sets differ, found by comparing each set with the first.
///
/// <https://spec.matrix.org/v1.19/rooms/v2/#definitions>, "Unconflicted state map and conflicted state set".
pub(crate) struct Conflict<'a> {
    /// The first set: every key that is not conflicted stands in all sets as it stands here.
    pub(crate) base: &'a StateSet,
    pub(crate) sets: Vec<&'a StateSet>,
    /// The conflicted keys, ascending.
    pub(crate) keys: Vec<u32>,
    is_conflicted: Table<bool>,
}

impl<'a> Conflict<'a> {
    /// Compares the sets, at least one; those that are equal to another are left out.
    pub(crate) fn between(graph: &EventGraph, base: &'a StateSet, others: &'a [StateSet]) -> Self {
        let mut is_conflicted = Table::new(graph.key_count());
        let mut keys = Vec::new();
        let mut sets = vec![base];
        for set in others {
            let mut differs = false;
            base.diff(set, &mut |key, _, _| {
                differs = true;
                if !is_conflicted.replace(key, true) {
                    keys.push(key);
                }
            });
            if differs && !sets.contains(&set) {
                sets.push(set);
            }
        }
        keys.sort_unstable();
        Self { base, sets, keys, is_conflicted }
    }

    pub(crate) fn is_conflicted(&self, key: u32) -> bool {
        self.is_conflicted.get(key)
    }

    /// Returns the event that stands under `key` in every set.
    pub(crate) fn unconflicted(&self, key: u32) -> Option<u32> {
        if self.is_conflicted(key) { None } else { self.base.get(key) }
    }

    /// Returns the conflicted state set: each event under a conflicted key, with the sets that it stands in.
    pub(crate) fn events(&self) -> impl Iterator<Item = (usize, u32)> {
        self.keys.iter().flat_map(|key| {
            self.sets.iter().enumerate().filter_map(|(number, set)| Some((number, set.get(*key)?)))
        })
    }

    /// Returns the base with what stands under the conflicted keys replaced by what `resolved` says.
    pub(crate) fn settle(&self, resolved: impl Fn(u32) -> Option<u32>) -> StateSet {
        let mut state = self.base.clone();
        for key in &self.keys {
            match resolved(*key) {
                Some(event) => state.insert(*key, event),
                None => state.remove(*key),
            }
        }
        state
    }
}
