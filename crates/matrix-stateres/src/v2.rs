//! State resolution versions 2 and 2.1.
//!
//! <https://spec.matrix.org/v1.19/rooms/v2/#algorithm> (MSC1442) and
//! <https://spec.matrix.org/v1.19/rooms/v12/#algorithm> (MSC4297), which starts the iterative auth checks from an
//! empty state and adds the conflicted state subgraph to the full conflicted set.

use crate::{
    auth_difference::auth_difference,
    conflict::Conflict,
    graph::{EventGraph, POWER_LEVELS},
    iterative_auth::{Base, PartialState},
    lookup::Lookup,
    mainline::{Position, mainline_order},
    node::POWER,
    power_order::reverse_topological_power_order,
    state_set::StateSet,
    subgraph::conflicted_subgraph,
    table::Table,
    trace::{Phase, Trace},
};

/// Resolves a conflict.
pub(crate) fn resolve(
    graph: &EventGraph,
    conflict: &Conflict<'_>,
    base: Base,
    trace: &mut Option<&mut Trace>,
) -> StateSet {
    Work::new(graph, conflict, base, trace).settle(conflict)
}

/// What steps 1 to 4 make of a conflict.
pub(crate) struct Work<'a> {
    /// The power events and those among their auth events, in the order in which they were tried.
    pub(crate) power_events: Vec<u32>,
    /// The `m.room.power_levels` event that is the head of the mainline.
    pub(crate) power_levels: Option<u32>,
    /// The other events, in the order in which they were tried.
    pub(crate) remaining: Vec<(Position, u32)>,
    /// The state that those which passed built up.
    pub(crate) state: PartialState<'a>,
}

impl<'a> Work<'a> {
    pub(crate) fn new(
        graph: &'a EventGraph,
        conflict: &'a Conflict<'a>,
        base: Base,
        trace: &mut Option<&mut Trace>,
    ) -> Self {
        let mut full = FullConflictedSet::new(graph, conflict, base);
        // Step 1.
        let power_events = reverse_topological_power_order(graph, &full.take_power_events());
        // Step 2.
        let mut state = PartialState::new(graph, conflict, base);
        state.try_all(power_events.iter().map(|event| (Phase::PowerEvents, *event)), trace);
        // Step 3.
        let power_levels = state.event(POWER_LEVELS);
        let remaining = mainline_order(graph, power_levels, full.remaining());
        // Step 4.
        let phase = |(epoch, _): Position| Phase::Mainline { epoch };
        state.try_all(remaining.iter().map(|(position, event)| (phase(*position), *event)), trace);
        Self { power_events, power_levels, remaining, state }
    }

    /// Step 5.
    pub(crate) fn settle(&self, conflict: &Conflict<'_>) -> StateSet {
        conflict.settle(|key| self.state.event(key))
    }
}

/// The full conflicted set, and which of its events step 1 has taken.
struct FullConflictedSet<'a> {
    graph: &'a EventGraph,
    events: Vec<u32>,
    member: Table<u8>,
}

/// The event is in the set.
const IN: u8 = 1;
/// The event is in the set and has been taken.
const TAKEN: u8 = 2;

impl<'a> FullConflictedSet<'a> {
    fn new(graph: &'a EventGraph, conflict: &Conflict<'_>, base: Base) -> Self {
        let mut set = Self { graph, events: Vec::new(), member: Table::new(graph.node_count()) };
        for event in conflict.events() {
            set.add(event);
        }
        if base == Base::Empty {
            for event in conflicted_subgraph(graph, &set.events) {
                set.add(event);
            }
        }
        for event in auth_difference(graph, conflict) {
            set.add(event);
        }
        set
    }

    fn add(&mut self, event: u32) {
        if self.member.replace(event, IN) == 0 {
            self.events.push(event);
        }
    }

    /// Takes the power events and, from each on, the auth events that are in the set.
    fn take_power_events(&mut self) -> Vec<u32> {
        let mut taken: Vec<u32> = Vec::new();
        for event in &self.events {
            if self.graph.node(*event).has(POWER) {
                self.member.replace(*event, TAKEN);
                taken.push(*event);
            }
        }
        let mut next = 0;
        while let Some(event) = taken.get(next).copied() {
            next += 1;
            for auth_event in self.graph.auth_events(event) {
                if self.member.get(auth_event) == IN {
                    self.member.replace(auth_event, TAKEN);
                    taken.push(auth_event);
                }
            }
        }
        taken
    }

    fn remaining(&self) -> impl Iterator<Item = u32> {
        self.events.iter().copied().filter(|event| self.member.get(*event) == IN)
    }
}
