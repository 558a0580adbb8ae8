//! The conflicted state subgraph of state resolution 2.1.
//!
//! <https://spec.matrix.org/v1.19/rooms/v12/#definitions>: every event on a path of auth events that leads from
//! one conflicted event to another. Equally: what has a conflicted event above it (or is one) and one below it
//! (or is one). That takes two walks, whatever the number of paths.

use crate::{graph::EventGraph, table::Table};

/// An event that is, or that some conflicted event leads down to.
const BELOW: u8 = 1;
/// An event that is, or that leads down to, a conflicted event; only noted for those that are [`BELOW`] one.
const ABOVE: u8 = 2;

/// Returns the conflicted state subgraph, the conflicted events among it, in no particular order.
pub(crate) fn conflicted_subgraph(graph: &EventGraph, conflicted: &[u32]) -> Vec<u32> {
    let depth = |event: u32| graph.node(event).auth_depth;
    // No path between conflicted events goes deeper down than the lowest of them.
    let lowest = conflicted.iter().map(|event| depth(*event)).min().unwrap_or(0);
    let mut marks = Table::new(graph.node_count());
    let mut found: Vec<u32> = Vec::new();
    for event in conflicted {
        if marks.replace(*event, BELOW | ABOVE) == 0 {
            found.push(*event);
        }
    }
    let mut next = 0;
    while let Some(event) = found.get(next).copied() {
        next += 1;
        for auth_event in graph.auth_events(event) {
            if depth(auth_event) > lowest && marks.get(auth_event) == 0 {
                marks.replace(auth_event, BELOW);
                found.push(auth_event);
            }
        }
    }
    // From the bottom up: an event leads down to a conflicted one when one of its auth events does.
    found.sort_unstable_by_key(|event| depth(*event));
    found.retain(|event| {
        let above = marks.get(*event) & ABOVE != 0
            || graph.auth_events(*event).any(|auth_event| marks.get(auth_event) & ABOVE != 0);
        if above {
            marks.replace(*event, BELOW | ABOVE);
        }
        above
    });
    found
}
