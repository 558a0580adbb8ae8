//! The forward extremities of a room.

use std::collections::BTreeSet;

use matrix_identifiers::{EventId, OwnedEventId};

/// The accepted events that no accepted event comes after.
#[derive(Clone, Debug, Default)]
pub(super) struct Extremities {
    events: BTreeSet<OwnedEventId>,
}

impl Extremities {
    pub(super) fn iter(&self) -> impl Iterator<Item = &EventId> {
        self.events.iter().map(|id| &**id)
    }

    /// Puts an accepted event in the place of what it comes after. `passed_over` gives the previous events of
    /// an event that was rejected or soft-failed: what comes after such a one comes after those as well.
    pub(super) fn advance<'a>(
        &mut self,
        event: &EventId,
        prev_events: &'a [OwnedEventId],
        passed_over: impl Fn(&EventId) -> Option<&'a [OwnedEventId]>,
    ) {
        let mut behind: Vec<&OwnedEventId> = prev_events.iter().collect();
        let mut seen: BTreeSet<&OwnedEventId> = behind.iter().copied().collect();
        while let Some(id) = behind.pop() {
            self.events.remove(id);
            for earlier in passed_over(id).unwrap_or_default() {
                if seen.insert(earlier) {
                    behind.push(earlier);
                }
            }
        }
        self.events.insert(event.to_owned());
    }
}
