//! Iterative auth checks.
//!
//! <https://spec.matrix.org/v1.19/rooms/v2/#definitions>: sorted events are tried one after the other on a state
//! that those which pass build up. What the state does not hold is looked up among the event's own auth events,
//! unless these were rejected.

use core::cell::RefCell;

use crate::{
    conflict::Conflict,
    graph::EventGraph,
    lookup::{self, AuthEvents, Lookup},
    table::Table,
    trace::{Phase, Source, Trace},
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
    /// What stands under a key, be it that it passed or that somebody asked: [`NOTHING`], or two more than the event.
    /// 0 where nothing is known.
    known: RefCell<Table<u32>>,
}

/// Nothing stands under the key.
const NOTHING: u32 = 1;

impl<'a> PartialState<'a> {
    pub(crate) fn new(graph: &'a EventGraph, conflict: &'a Conflict<'a>, base: Base) -> Self {
        Self { graph, conflict, base, known: RefCell::new(Table::new(graph.key_count())) }
    }

    /// Tries the events in their order.
    pub(crate) fn try_all(
        &mut self,
        events: impl Iterator<Item = (Phase, u32)>,
        trace: &mut Option<&mut Trace>,
    ) {
        for (phase, event) in events {
            let verdict = lookup::check(self.graph, event, self, AuthEvents::StandIn);
            if let Some(trace) = trace {
                trace.note(self.graph, event, phase, (self, AuthEvents::StandIn), verdict);
            }
            if verdict.is_ok() {
                self.known.get_mut().replace(self.graph.node(event).key, event + 2);
            }
        }
    }
}

impl Lookup for PartialState<'_> {
    fn event(&self, key: u32) -> Option<u32> {
        let known = self.known.borrow().get(key);
        if known != 0 {
            return known.checked_sub(2);
        }
        let event = match self.base {
            Base::Unconflicted => self.conflict.unconflicted(key),
            Base::Empty => None,
        };
        self.known.borrow_mut().replace(key, event.map_or(NOTHING, |event| event + 2));
        event
    }

    fn source(&self, key: u32) -> Source {
        let unconflicted = self.base == Base::Unconflicted && !self.conflict.is_conflicted(key);
        if unconflicted && self.event(key) == self.conflict.base.get(key) {
            Source::Unconflicted
        } else {
            Source::Resolved
        }
    }
}
