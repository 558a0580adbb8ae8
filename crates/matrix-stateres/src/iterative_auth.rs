//! Iterative auth checks.
//!
//! <https://spec.matrix.org/v1.19/rooms/v2/#definitions>: sorted events are tried one after the other on a state
//! that those which pass build up. What the state does not hold is looked up among the event's own auth events,
//! unless these were rejected.

use crate::{
    conflict::Conflict,
    graph::EventGraph,
    lookup::{self, AuthEvents, Lookup},
    resolution::Trace,
    table::Table,
};

/// What the iterative auth checks start from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Base {
    /// Version 2: the unconflicted state map.
    Unconflicted,
    /// Version 2.1: an empty state.
    Empty,
}

/// The state that is being built up.
pub(crate) struct PartialState<'a> {
    graph: &'a EventGraph,
    conflict: &'a Conflict<'a>,
    base: Base,
    /// One more than the event that passed under a key; 0 where none has.
    passed: Table<u32>,
}

impl<'a> PartialState<'a> {
    pub(crate) fn new(graph: &'a EventGraph, conflict: &'a Conflict<'a>, base: Base) -> Self {
        Self { graph, conflict, base, passed: Table::new(graph.key_count()) }
    }

    /// Tries the events in their order.
    pub(crate) fn try_all(&mut self, events: &[u32], trace: &mut Option<&mut Trace>) {
        for event in events {
            let verdict = lookup::check(self.graph, *event, self, AuthEvents::StandIn);
            if verdict.is_ok() {
                self.passed.replace(self.graph.node(*event).key, *event + 1);
            }
            if let Some(trace) = trace {
                trace.note(*event, verdict);
            }
        }
    }

    /// Returns the event that has passed under `key`.
    pub(crate) fn passed(&self, key: u32) -> Option<u32> {
        self.passed.get(key).checked_sub(1)
    }
}

impl Lookup for PartialState<'_> {
    fn event(&self, key: u32) -> Option<u32> {
        self.passed(key).or_else(|| match self.base {
            Base::Unconflicted => self.conflict.unconflicted(key),
            Base::Empty => None,
        })
    }
}
