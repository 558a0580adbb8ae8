//! Whether a change leaves the auth chains of states as they were, but for the changed events themselves.

use std::collections::BTreeSet;

use super::Obstacle;
use crate::{graph::EventGraph, state_set::StateSet};

/// How many links a search may follow before the states are resolved in full instead.
const MAX_SEARCH: usize = 4_096;

/// Under a key, one of the states changed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    pub(super) set: usize,
    pub(super) key: u32,
    pub(super) old: Option<u32>,
    pub(super) new: Option<u32>,
}

/// States before and after a change of some keys.
pub(super) struct Chains<'a> {
    pub(super) graph: &'a EventGraph,
    pub(super) before: &'a [StateSet],
    pub(super) after: &'a [StateSet],
    pub(super) keys: &'a BTreeSet<u32>,
}

impl Chains<'_> {
    /// What stands under a key in any of the states, each value once.
    pub(super) fn values(&self, states: &[StateSet], key: u32) -> Vec<Option<u32>> {
        let mut values: Vec<Option<u32>> = states.iter().map(|state| state.get(key)).collect();
        values.sort_unstable();
        values.dedup();
        values
    }

    /// The events that stand under a key before or after the change.
    pub(super) fn events(&self, key: u32) -> BTreeSet<u32> {
        [self.before, self.after].into_iter().flatten().filter_map(|state| state.get(key)).collect()
    }

    /// Checks that what the changed events name was in the auth chains of their states and stays there.
    pub(super) fn check(&self, changes: &[Change]) -> Result<(), Obstacle> {
        for change in changes {
            let named = |event: Option<u32>| -> BTreeSet<u32> {
                event.into_iter().flat_map(|event| self.graph.auth_events(event)).collect()
            };
            let (old, new) = (named(change.old), named(change.new));
            // What the new event names stays for its sake, and was there if the old event is or names it, or something
            // else leads to it.
            let was_there = |event: u32| {
                old.contains(&event) || Some(event) == change.old || self.is_led_to(change.set, event)
            };
            // What the old event names was there, and stays if the new event names it or the old event.
            let names_old = change.old.is_some_and(|old| new.contains(&old));
            let stays = |event: u32| names_old || new.contains(&event) || self.is_led_to(change.set, event);
            if !new.iter().copied().all(was_there) || !old.iter().copied().all(stays) {
                return Err(Obstacle::Authorization);
            }
        }
        Ok(())
    }

    /// Tells whether an event is part of the auth chain of what does not change in a state; `false` also where that takes
    /// too long to find out.
    fn is_led_to(&self, set: usize, event: u32) -> bool {
        let Some(state) = self.after.get(set) else { return false };
        let mut seen = BTreeSet::new();
        let mut next = vec![event];
        let mut followed = 0;
        while let Some(event) = next.pop() {
            let key = self.graph.node(event).key;
            if !self.keys.contains(&key) && state.get(key) == Some(event) {
                return true;
            }
            for dependent in self.graph.dependents(event) {
                followed += 1;
                if followed > MAX_SEARCH {
                    return false;
                }
                if seen.insert(dependent) {
                    next.push(dependent);
                }
            }
        }
        false
    }

    /// Version 2.1: checks that no event lies between one that the states begin or cease to disagree on and another that
    /// they disagree on. `lowest` is the depth of the lowest such event.
    pub(super) fn check_subgraph(&self, lowest: u32) -> Result<(), Obstacle> {
        let events = self.keys.iter().flat_map(|key| self.events(*key));
        let changing: BTreeSet<u32> = events
            .filter(|event| self.is_conflicted(self.before, *event) != self.is_conflicted(self.after, *event))
            .collect();
        let lowest =
            changing.iter().map(|event| self.graph.node(*event).auth_depth).min().unwrap_or(0).min(lowest);
        let is_conflicted =
            |event: u32| self.is_conflicted(self.before, event) || self.is_conflicted(self.after, event);
        let mut next: Vec<u32> = Vec::new();
        for event in &changing {
            if self.graph.dependents(*event).any(|dependent| !changing.contains(&dependent)) {
                return Err(Obstacle::Authorization);
            }
            // One that is named outright has nothing between.
            next.extend(self.graph.auth_events(*event).filter(|auth_event| !is_conflicted(*auth_event)));
        }
        let mut seen: BTreeSet<u32> = BTreeSet::new();
        while let Some(event) = next.pop() {
            if self.graph.node(event).auth_depth <= lowest || !seen.insert(event) {
                continue;
            }
            if seen.len() > MAX_SEARCH || self.graph.auth_events(event).any(is_conflicted) {
                return Err(Obstacle::Authorization);
            }
            next.extend(self.graph.auth_events(event));
        }
        Ok(())
    }

    fn is_conflicted(&self, states: &[StateSet], event: u32) -> bool {
        let key = self.graph.node(event).key;
        let stands = |state: &StateSet| state.get(key) == Some(event);
        states.iter().any(stands) && !states.iter().all(stands)
    }
}
