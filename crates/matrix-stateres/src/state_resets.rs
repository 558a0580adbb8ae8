//! State resets: what a resolution took back.

use core::fmt;

use matrix_identifiers::EventId;

use crate::{
    error::Error,
    graph::{EventGraph, EventIndex},
    report::{Loss, loss, shown},
    resolution::Resolution,
    state_set::StateSet,
    table::Table,
};

/// A key whose value was lost, or went back to an event from before.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct StateReset<'a> {
    /// The type.
    pub event_type: &'a str,
    /// The state key.
    pub state_key: &'a str,
    /// The event that stood there before.
    pub before: &'a str,
    /// The event that stands there now, if any does.
    pub after: Option<&'a str>,
    /// What happened to the key.
    pub kind: ResetKind,
    /// Why the event that stood there before did not stay.
    pub reason: Loss,
}

/// What a state reset did to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ResetKind {
    /// Nothing stands under the key any more.
    Lost,
    /// What stands there now is an ancestor of what stood there before.
    Ancestor,
    /// What stands there now was sent before what stood there, as the `origin_server_ts` of both have it.
    Older,
}

/// Finds the keys of `before` (the state that a server went by until now) whose value the resolution replaced by an
/// ancestor or lost, each with the reason; sorted by type, then state key.
///
/// A graph knows ancestors among the auth events only. Events that do not authorize each other, such as two topics, are
/// compared by their timestamps ([`ResetKind::Older`]); [`Replay::state_resets`](crate::Replay::state_resets) knows
/// the room's history.
///
/// # Errors
///
/// When `before` is of another graph.
pub fn state_resets<'a>(
    graph: &'a EventGraph,
    before: &StateSet,
    resolution: &Resolution,
) -> Result<Vec<StateReset<'a>>, Error> {
    resets(graph, before, resolution, &|_, _| false)
}

pub(crate) fn resets<'a>(
    graph: &'a EventGraph,
    before: &StateSet,
    resolution: &Resolution,
    is_ancestor: &dyn Fn(&EventId, &EventId) -> bool,
) -> Result<Vec<StateReset<'a>>, Error> {
    graph.check_own(before)?;
    graph.check_own(&resolution.state)?;
    let mut changed: Vec<(u32, u32, Option<u32>)> = Vec::new();
    before.diff(&resolution.state, &mut |key, old, new| changed.extend(old.map(|old| (key, old, new))));
    let event_id = |event: u32| graph.event_id(EventIndex(event));
    let verdicts = resolution.trace.verdicts();
    let mut found: Vec<StateReset<'a>> = Vec::new();
    for (key, old, new) in changed {
        let kind = match new {
            None => ResetKind::Lost,
            Some(new) => {
                let by_history = || match (event_id(new), event_id(old)) {
                    (Some(new), Some(old)) => is_ancestor(new, old),
                    _ => false,
                };
                if authorizes(graph, new, old) || by_history() {
                    ResetKind::Ancestor
                } else if graph.node(new).origin_server_ts < graph.node(old).origin_server_ts {
                    ResetKind::Older
                } else {
                    continue;
                }
            }
        };
        let (event_type, state_key) = graph.key(key).unwrap_or_default();
        let decided = resolution.trace.keys.iter().find(|decided| decided.key == key);
        let reason = match decided.filter(|decided| decided.losers.contains(&old)) {
            Some(decided) => loss(verdicts.get(&old).copied(), decided.is_conflicted),
            None => Loss::NotInStates,
        };
        found.push(StateReset {
            event_type,
            state_key: state_key.unwrap_or_default(),
            before: graph.id_of(old),
            after: new.map(|new| graph.id_of(new)),
            kind,
            reason,
        });
    }
    found.sort_unstable_by_key(|reset| (reset.event_type, reset.state_key));
    Ok(found)
}

/// Tells whether an event is in the auth chain of another.
fn authorizes(graph: &EventGraph, ancestor: u32, event: u32) -> bool {
    let lowest = graph.node(ancestor).auth_depth;
    let mut seen = Table::new(graph.node_count());
    let mut next = vec![event];
    while let Some(event) = next.pop() {
        for auth_event in graph.auth_events(event) {
            if auth_event == ancestor {
                return true;
            }
            if graph.node(auth_event).auth_depth > lowest && !seen.replace(auth_event, true) {
                next.push(auth_event);
            }
        }
    }
    false
}

impl fmt::Display for StateReset<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [event_type, state_key, before] = [self.event_type, self.state_key, self.before].map(shown);
        let kind = match self.kind {
            ResetKind::Lost => "lost",
            ResetKind::Ancestor => "back to an ancestor",
            ResetKind::Older => "back to an older event",
        };
        write!(f, "({event_type}, {state_key:?}) {kind}: {before}")?;
        if let Some(after) = self.after {
            write!(f, " -> {}", shown(after))?;
        }
        write!(f, ": {}", self.reason)
    }
}
