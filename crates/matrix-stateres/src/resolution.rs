//! The front door: states in, one state out.

use matrix_authrules::Denied;
use matrix_identifiers::EventId;
use matrix_roomversion::StateResolution;

use crate::{
    conflict::Conflict,
    error::Error,
    graph::{EventGraph, EventIndex},
    iterative_auth::Base,
    state_set::StateSet,
    v1, v2,
};

/// Resolves the states of a room into one, by the algorithm of the room's version.
///
/// The order of the states and whether some occur more than once change nothing. One state is its own
/// resolution; none at all resolve to the empty state, as before a room's first event.
///
/// The cost grows with what the states differ in and the part of the auth graph that this touches, not with the
/// size of the room.
///
/// # Errors
///
/// When a state was made by another graph.
pub fn resolve(graph: &EventGraph, states: &[StateSet]) -> Result<StateSet, Error> {
    run(graph, states, None)
}

/// As [`resolve`], with an account of every event that was tried.
///
/// # Errors
///
/// As [`resolve`].
pub fn resolve_with_trace(graph: &EventGraph, states: &[StateSet]) -> Result<(StateSet, Trace), Error> {
    let mut trace = Trace { tried: Vec::new() };
    let state = run(graph, states, Some(&mut trace))?;
    Ok((state, trace))
}

/// What a resolution tried, in the order in which it did.
#[derive(Clone, Debug)]
pub struct Trace {
    tried: Vec<(EventIndex, Result<(), Denied>)>,
}

impl Trace {
    /// Returns each event that was tried, in order, with the verdict of the authorization rules.
    pub fn tried<'a>(
        &'a self,
        graph: &'a EventGraph,
    ) -> impl Iterator<Item = (&'a EventId, &'a Result<(), Denied>)> {
        self.tried.iter().filter_map(|(event, verdict)| Some((graph.event_id(*event)?, verdict)))
    }

    pub(crate) fn note(&mut self, event: u32, verdict: Result<(), Denied>) {
        self.tried.push((EventIndex(event), verdict));
    }
}

fn run(graph: &EventGraph, states: &[StateSet], mut trace: Option<&mut Trace>) -> Result<StateSet, Error> {
    for state in states {
        graph.check_own(state)?;
    }
    let Some((first, others)) = states.split_first() else { return Ok(graph.empty_state()) };
    let conflict = Conflict::between(graph, first, others);
    if conflict.keys.is_empty() {
        return Ok(first.clone());
    }
    Ok(match graph.rules().state_resolution {
        StateResolution::V1 => v1::resolve(graph, &conflict, &mut trace),
        StateResolution::V2 => v2::resolve(graph, &conflict, Base::Unconflicted, &mut trace),
        StateResolution::V2_1 => v2::resolve(graph, &conflict, Base::Empty, &mut trace),
    })
}
