//! What a resolution tried, against what, and why each key ended as it did.

use std::collections::{BTreeMap, BTreeSet};

use matrix_authrules::{AuthTypes, Denied};
use matrix_identifiers::EventId;

use crate::{
    conflict::Conflict,
    graph::{CREATE, EventGraph, EventIndex, POWER_LEVELS},
    lookup::{AuthEvents, Lookup, auth_event, candidate},
    node::NONE,
    state_set::StateSet,
};

/// The account of a resolution: every event that was tried, in order, and every key that was in question.
///
/// It holds numbers of the graph's events; [`Trace::report`] and [`Trace::dot`] put them into words and pictures.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    pub(crate) steps: Vec<Step>,
    pub(crate) keys: Vec<Decided>,
    /// The mainline of the power levels in force when the remaining events were ordered, youngest first.
    pub(crate) mainline: Vec<u32>,
}

/// One event's turn.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) event: u32,
    pub(crate) phase: Phase,
    pub(crate) verdict: Result<(), Denied>,
    /// The events that it was checked against.
    pub(crate) against: Vec<(u32, Source)>,
}

/// How a key ended.
#[derive(Clone, Debug)]
pub(crate) struct Decided {
    pub(crate) key: u32,
    pub(crate) is_conflicted: bool,
    pub(crate) winner: Option<u32>,
    /// The other events under the key that stood in a state or were tried.
    pub(crate) losers: Vec<u32>,
}

/// At which point of the algorithm an event was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Phase {
    /// Version 2, steps 1 and 2: power events and those that authorize them, in reverse topological power ordering.
    PowerEvents,
    /// Version 2, steps 3 and 4: the other events, in mainline ordering.
    Mainline {
        /// The place of the closest mainline event among the mainline, 1 for the oldest; 0 where there is none.
        epoch: u32,
    },
    /// Version 1, which tries events key by key.
    Version1,
}

/// Where an event that another was checked against came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Source {
    /// It had passed before, in this resolution.
    Resolved,
    /// All states agree on it.
    Unconflicted,
    /// No state had any, and it is one of the event's own auth events.
    AuthEvents,
}

impl Trace {
    /// Returns each event that was tried, in order, with the verdict of the authorization rules.
    pub fn tried<'a>(
        &'a self,
        graph: &'a EventGraph,
    ) -> impl Iterator<Item = (&'a EventId, &'a Result<(), Denied>)> {
        self.steps.iter().filter_map(|step| Some((graph.event_id(EventIndex(step.event))?, &step.verdict)))
    }

    /// Notes that an event was tried on a state.
    pub(crate) fn note<L: Lookup>(
        &mut self,
        graph: &EventGraph,
        event: u32,
        phase: Phase,
        (state, auth_events): (&L, AuthEvents),
        verdict: Result<(), Denied>,
    ) {
        if matches!(phase, Phase::Mainline { .. }) && self.mainline.is_empty() {
            self.note_mainline(graph, state.event(POWER_LEVELS));
        }
        let source = |key: u32| match state.event(key) {
            Some(event) => Some((event, state.source(key))),
            None if auth_events == AuthEvents::StandIn => {
                auth_event(graph, event, key).map(|event| (event, Source::AuthEvents))
            }
            None => None,
        };
        let against = auth_keys(graph, event).into_iter().filter_map(source).collect();
        self.steps.push(Step { event, phase, verdict, against });
    }

    fn note_mainline(&mut self, graph: &EventGraph, power_levels: Option<u32>) {
        let mut next = power_levels.unwrap_or(NONE);
        while next != NONE {
            self.mainline.push(next);
            next = graph.node(next).power_levels;
        }
    }

    /// Notes, when all is done, how each key ended that was in conflict or that an event was tried for.
    pub(crate) fn finish(&mut self, graph: &EventGraph, conflict: &Conflict<'_>, state: &StateSet) {
        let events = conflict.events().chain(self.steps.iter().map(|step| step.event));
        let mut events: Vec<(u32, u32)> = events.map(|event| (graph.node(event).key, event)).collect();
        // Auth events that are no state, which a hostile room may have, have nothing to win.
        events.retain(|(key, _)| graph.key(*key).is_some_and(|(_, state_key)| state_key.is_some()));
        events.sort_unstable();
        events.dedup();
        for same_key in events.chunk_by(|(left, _), (right, _)| left == right) {
            let Some((key, _)) = same_key.first().copied() else { continue };
            let winner = state.get(key);
            let losers = same_key.iter().map(|(_, event)| *event).filter(|event| Some(*event) != winner);
            let (is_conflicted, losers) = (conflict.is_conflicted(key), losers.collect());
            self.keys.push(Decided { key, is_conflicted, winner, losers });
        }
    }

    /// The verdict on each event that was tried.
    pub(crate) fn verdicts(&self) -> BTreeMap<u32, &Result<(), Denied>> {
        self.steps.iter().map(|step| (step.event, &step.verdict)).collect()
    }
}

/// The keys that the rules may ask for when they check an event.
fn auth_keys(graph: &EventGraph, event: u32) -> BTreeSet<u32> {
    let Some(candidate) = candidate(graph, event) else { return BTreeSet::new() };
    let types = AuthTypes::of(&candidate, &graph.rules().authorization);
    let mut keys: BTreeSet<u32> = types
        .iter()
        .filter_map(|(event_type, state_key)| graph.find_key(graph.types.find(event_type)?, state_key))
        .collect();
    keys.insert(CREATE);
    keys
}
