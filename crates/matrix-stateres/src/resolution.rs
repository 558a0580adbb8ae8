//! The front door: states in, one state out.

use matrix_roomversion::StateResolution;

use crate::{
    conflict::Conflict, error::Error, graph::EventGraph, iterative_auth::Base, state_set::StateSet,
    trace::Trace, v1, v2,
};

/// A resolved state, and how it came about.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Resolution {
    /// The resolved state: what [`resolve`] returns.
    pub state: StateSet,
    /// What was tried, and why each key ended as it did.
    pub trace: Trace,
}

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
pub fn resolve_with_trace(graph: &EventGraph, states: &[StateSet]) -> Result<Resolution, Error> {
    let mut trace = Trace::default();
    let state = run(graph, states, Some(&mut trace))?;
    Ok(Resolution { state, trace })
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
    let state = match base(graph) {
        None => v1::resolve(graph, &conflict, &mut trace),
        Some(base) => v2::resolve(graph, &conflict, base, &mut trace),
    };
    if let Some(trace) = trace {
        trace.finish(graph, &conflict, &state);
    }
    Ok(state)
}

/// What the iterative auth checks of the room's version start from; `None` in version 1, which has none.
pub(crate) fn base(graph: &EventGraph) -> Option<Base> {
    match graph.rules().state_resolution {
        StateResolution::V1 => None,
        StateResolution::V2 => Some(Base::Unconflicted),
        StateResolution::V2_1 => Some(Base::Empty),
    }
}
