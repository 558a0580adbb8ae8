//! What the states to be resolved disagree on.

use crate::{graph::EventGraph, node::NONE, state_set::StateSet, table::Table};

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
    /// Where a set is not as the base, by key.
    differences: Vec<Difference>,
}

/// Under a conflicted key, a set holds something else than the base.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Difference {
    key: u32,
    /// The number of the set; the base has number 0.
    set: u32,
    /// What stands in the base, or [`NONE`].
    in_base: u32,
    /// What stands in the set, or [`NONE`].
    event: u32,
}

/// How many sets, beside the base, have a mark of their own in one word.
pub(crate) const SETS_IN_A_WORD: usize = 63;

impl<'a> Conflict<'a> {
    /// Compares the sets, at least one; those that are equal to another are left out.
    pub(crate) fn between(graph: &EventGraph, base: &'a StateSet, others: &'a [StateSet]) -> Self {
        let mut sets = vec![base];
        let mut differences: Vec<Difference> = Vec::new();
        for set in others {
            let (before, number) = (differences.len(), sets.len() as u32);
            base.diff(set, &mut |key, in_base, event| {
                let (in_base, event) = (in_base.unwrap_or(NONE), event.unwrap_or(NONE));
                differences.push(Difference { key, set: number, in_base, event });
            });
            if differences.len() == before {
                continue;
            }
            if sets.contains(&set) {
                differences.truncate(before);
            } else {
                sets.push(set);
            }
        }
        differences.sort_unstable();
        let mut is_conflicted = Table::new(graph.key_count());
        let mut keys: Vec<u32> = differences.iter().map(|difference| difference.key).collect();
        keys.dedup();
        for key in &keys {
            is_conflicted.replace(*key, true);
        }
        Self { base, sets, keys, is_conflicted, differences }
    }

    pub(crate) fn is_conflicted(&self, key: u32) -> bool {
        self.is_conflicted.get(key)
    }

    /// Returns the event that stands under `key` in every set.
    pub(crate) fn unconflicted(&self, key: u32) -> Option<u32> {
        if self.is_conflicted(key) { None } else { self.base.get(key) }
    }

    /// Returns the conflicted state set: each event under a conflicted key, some more than once.
    pub(crate) fn events(&self) -> impl Iterator<Item = u32> {
        self.differences.chunk_by(|left, right| left.key == right.key).flat_map(|differences| {
            let in_base = differences.first().map(|difference| difference.in_base);
            let in_sets = differences.iter().map(|difference| difference.event);
            in_base.into_iter().chain(in_sets).filter(|event| *event != NONE)
        })
    }

    /// Returns the conflicted events with marks for the sets that they stand in: the lowest bit is the base's, the
    /// others are those of the sets from `first` on.
    pub(crate) fn marks(&self, first: usize) -> impl Iterator<Item = (u32, u64)> {
        let last = self.sets.len().min(first + SETS_IN_A_WORD);
        let mark = move |set: u32| match (set as usize).checked_sub(first) {
            Some(place) if (set as usize) < last => 2 << place,
            _ => 0,
        };
        let all = all_marks(last - first);
        self.differences.chunk_by(|left, right| left.key == right.key).flat_map(move |differences| {
            let others: u64 = differences.iter().map(|difference| mark(difference.set)).sum();
            let in_base = differences.first().map(|difference| (difference.in_base, all & !others));
            let in_sets = differences.iter().map(move |difference| (difference.event, mark(difference.set)));
            in_base.into_iter().chain(in_sets).filter(|(event, marks)| *event != NONE && *marks != 0)
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

/// The marks of the base and of so many sets more.
pub(crate) const fn all_marks(sets: usize) -> u64 {
    u64::MAX >> (SETS_IN_A_WORD - sets)
}

/// Finds what is unconflicted, and remembers it.
pub(crate) struct Unconflicted<'a> {
    conflict: &'a Conflict<'a>,
    /// Two more than the event under a key; 1 where there is none, 0 where nobody asked.
    known: Table<u32>,
}

impl<'a> Unconflicted<'a> {
    pub(crate) fn new(graph: &EventGraph, conflict: &'a Conflict<'a>) -> Self {
        Self { conflict, known: Table::new(graph.key_count()) }
    }

    pub(crate) fn get(&mut self, key: u32) -> Option<u32> {
        match self.known.get(key) {
            0 => {
                let event = self.conflict.unconflicted(key);
                self.known.replace(key, event.map_or(1, |event| event + 2));
                event
            }
            known => known.checked_sub(2),
        }
    }
}
