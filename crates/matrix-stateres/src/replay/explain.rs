//! How the states of a replayed room came about.

use std::collections::BTreeSet;

use matrix_authrules::Event;
use matrix_identifiers::{EventId, OwnedEventId};

use super::Replay;
use crate::{
    resolution::{Resolution, resolve_with_trace},
    state_resets::{ResetKind, StateReset, resets},
    state_set::StateSet,
};

impl<E: Event> Replay<E> {
    /// Resolves the state before an event once more, with an account of what was tried; `None` for an event that has not
    /// had its turn.
    pub fn explain(&self, id: &EventId) -> Option<Resolution> {
        self.resolved_after(&self.placed.get(id)?.prev_events)
    }

    /// Resolves the current state once more, with an account of what was tried.
    pub fn explain_current(&self) -> Option<Resolution> {
        let extremities: Vec<OwnedEventId> = self.extremities.iter().map(EventId::to_owned).collect();
        self.resolved_after(&extremities)
    }

    /// Finds what the state before an event took back of the states after its previous events: keys whose value was lost,
    /// or replaced by one that the room's history had before it. Sorted by type, then state key, then what was there.
    pub fn state_resets(&self, id: &EventId) -> Vec<StateReset<'_>> {
        let (Some(placed), Some(resolution)) = (self.placed.get(id), self.explain(id)) else {
            return Vec::new();
        };
        let is_ancestor = |ancestor: &EventId, event: &EventId| self.comes_before(ancestor, event);
        let before = placed.prev_events.iter().filter_map(|prev| self.state_after(prev));
        let found = before.filter_map(|state| resets(&self.graph, state, &resolution, &is_ancestor).ok());
        let mut found: Vec<StateReset<'_>> =
            found.flatten().filter(|reset| reset.kind != ResetKind::Older).collect();
        found.sort_unstable_by_key(|reset| (reset.event_type, reset.state_key, reset.before));
        found.dedup();
        found
    }

    fn resolved_after(&self, events: &[OwnedEventId]) -> Option<Resolution> {
        let states: Vec<StateSet> = events.iter().filter_map(|id| self.state_after(id)).cloned().collect();
        resolve_with_trace(&self.graph, &states).ok()
    }

    /// Tells whether an event is among those that another comes after, by previous events.
    fn comes_before(&self, ancestor: &EventId, event: &EventId) -> bool {
        let mut seen: BTreeSet<&EventId> = BTreeSet::new();
        let mut next = vec![event];
        while let Some(placed) = next.pop().and_then(|id| self.placed.get(id)) {
            for prev in &placed.prev_events {
                if **prev == *ancestor {
                    return true;
                }
                if seen.insert(prev) {
                    next.push(prev);
                }
            }
        }
        false
    }
}
