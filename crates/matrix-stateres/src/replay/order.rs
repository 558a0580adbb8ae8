//! The order in which waiting events take their turns.

use core::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use matrix_authrules::Event;
use matrix_identifiers::{EventId, OwnedEventId};

/// Kahn's algorithm over previous and auth events, as they come in: of all whose turn may come, the oldest is first.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    /// Of each event that waits for others: for how many, and its timestamp.
    waiting: BTreeMap<OwnedEventId, (usize, i64)>,
    followers: BTreeMap<OwnedEventId, Vec<OwnedEventId>>,
    ready: BinaryHeap<Reverse<(i64, OwnedEventId)>>,
}

impl Order {
    /// Takes in an event that is new.
    pub(super) fn add<E: Event>(&mut self, event: &E, is_placed: impl Fn(&EventId) -> bool) {
        let (id, origin_server_ts) = (event.event_id().to_owned(), event.origin_server_ts());
        let needed: BTreeSet<&EventId> =
            event.prev_events().chain(event.auth_events()).filter(|id| !is_placed(id)).collect();
        if needed.is_empty() {
            self.ready.push(Reverse((origin_server_ts, id)));
            return;
        }
        for needed in &needed {
            self.followers.entry((*needed).to_owned()).or_default().push(id.clone());
        }
        self.waiting.insert(id, (needed.len(), origin_server_ts));
    }

    pub(super) fn next(&mut self) -> Option<OwnedEventId> {
        self.ready.pop().map(|Reverse((_, id))| id)
    }

    /// Notes that an event has had its turn.
    pub(super) fn placed(&mut self, id: &EventId) {
        for follower in self.followers.remove(id).unwrap_or_default() {
            if let Some((count, origin_server_ts)) = self.waiting.get_mut(&follower) {
                *count -= 1;
                if *count == 0 {
                    self.ready.push(Reverse((*origin_server_ts, follower.clone())));
                    self.waiting.remove(&follower);
                }
            }
        }
    }
}

/// Tells whether an event comes, by way of other waiting events, after itself.
pub(super) fn reaches_itself<E: Event>(waiting: &BTreeMap<OwnedEventId, E>, start: &EventId) -> bool {
    let mut seen: BTreeSet<&EventId> = BTreeSet::new();
    let mut next: Vec<&EventId> = vec![start];
    while let Some(event) = next.pop().and_then(|id| waiting.get(id)) {
        for id in event.prev_events().chain(event.auth_events()) {
            if id == start {
                return true;
            }
            if waiting.contains_key(id) && seen.insert(id) {
                next.push(id);
            }
        }
    }
    false
}
