//! Replay of a room: PDUs in any order, the state before each of them, and what became of it.

mod explain;
mod extremities;
mod order;

use std::collections::BTreeMap;

use matrix_authrules::{AuthContent, AuthEvent, Denied, Event, VerifyInvite, check_state_independent};
use matrix_identifiers::{EventId, OwnedEventId};
use matrix_roomversion::RoomVersionRules;

use crate::{
    error::Error,
    graph::EventGraph,
    lookup::{self, AuthEvents, NoState},
    node::REJECTED,
    resolution::resolve,
    state_set::StateSet,
};

use extremities::Extremities;
use order::Order;

/// What became of an event: the checks on receipt of a PDU, from the authorization rules on.
///
/// <https://spec.matrix.org/v1.19/server-server-api/#checks-performed-on-receipt-of-a-pdu>
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The event passed every check.
    Accepted,
    /// The event passed against its auth events and the state before it, but not against the state that was
    /// current when its turn came (check 6).
    SoftFailed(Denied),
    /// The event failed against its auth events or the state before it (checks 4 and 5).
    Rejected(Denied),
    /// The event cannot be judged: something that it builds on is missing or cannot be placed itself.
    Unplaced(Error),
}

/// A room that is replayed: fed with events in any order, it works out the state before each.
///
/// Events should have passed the checks of format, signatures and hashes before (`matrix-signatures`); one whose
/// content hash does not match is fed in redacted form.
///
/// The state before an event depends on the events before it alone, so any order of feeding ends in the same
/// states and rejections. Soft failure depends, by its nature, on what had arrived when: events that are fed
/// before one call of [`Replay::run`] take their turns by `origin_server_ts`, then event ID, as far as their
/// previous events allow.
#[derive(Clone, Debug)]
pub struct Replay<E> {
    graph: EventGraph,
    waiting: BTreeMap<OwnedEventId, E>,
    placed: BTreeMap<OwnedEventId, Placed>,
    refused: BTreeMap<OwnedEventId, Error>,
    order: Order,
    extremities: Extremities,
    current: StateSet,
}

/// An event that had its turn.
#[derive(Clone, Debug)]
struct Placed {
    before: StateSet,
    after: StateSet,
    outcome: Outcome,
    prev_events: Vec<OwnedEventId>,
}

impl<E: Event> Replay<E> {
    /// Begins the replay of a room of the version that has `rules`.
    #[cfg(feature = "third-party-invite")]
    pub fn new(rules: &RoomVersionRules) -> Self {
        Self::on(EventGraph::new(rules))
    }

    /// As `new`, verifying the signatures of third-party invites with `verify_invite`.
    pub fn with_invite_verifier(rules: &RoomVersionRules, verify_invite: VerifyInvite) -> Self {
        Self::on(EventGraph::with_invite_verifier(rules, verify_invite))
    }

    fn on(graph: EventGraph) -> Self {
        let current = graph.empty_state();
        Self {
            graph,
            waiting: BTreeMap::new(),
            placed: BTreeMap::new(),
            refused: BTreeMap::new(),
            order: Order::default(),
            extremities: Extremities::default(),
            current,
        }
    }

    /// Hands in an event. One with a known ID is left out.
    pub fn feed(&mut self, event: E) {
        let id = event.event_id();
        if self.placed.contains_key(id) || self.refused.contains_key(id) || self.waiting.contains_key(id) {
            return;
        }
        self.order.add(&event, |id| self.placed.contains_key(id));
        self.waiting.insert(id.to_owned(), event);
    }

    /// Gives its turn to each event whose previous and auth events have had theirs.
    ///
    /// Events that lack something keep waiting for it, at no cost to those that come; [`Replay::outcome`] says what.
    pub fn run(&mut self) {
        while let Some(id) = self.order.next() {
            let Some(event) = self.waiting.remove(&id) else { continue };
            match self.place(&event) {
                Ok(placed) => {
                    self.placed.insert(id.clone(), placed);
                    self.order.placed(&id);
                }
                Err(error) => _ = self.refused.insert(id, error),
            }
        }
    }

    /// Returns the graph that the states are to be read with.
    pub fn graph(&self) -> &EventGraph {
        &self.graph
    }

    /// Returns what became of an event; `None` for one that has not been fed.
    pub fn outcome(&self, id: &EventId) -> Option<Outcome> {
        if let Some(placed) = self.placed.get(id) {
            return Some(placed.outcome.clone());
        }
        if let Some(error) = self.refused.get(id) {
            return Some(Outcome::Unplaced(error.clone()));
        }
        self.waiting.get(id).map(|event| Outcome::Unplaced(self.obstacle(event)))
    }

    /// Returns every event that has been fed, by event ID, with what became of it.
    pub fn outcomes(&self) -> BTreeMap<&EventId, Outcome> {
        let ids = self.placed.keys().chain(self.refused.keys()).chain(self.waiting.keys());
        ids.filter_map(|id| Some((&**id, self.outcome(id)?))).collect()
    }

    /// Returns the state before an event that has had its turn.
    pub fn state_before(&self, id: &EventId) -> Option<&StateSet> {
        self.placed.get(id).map(|placed| &placed.before)
    }

    /// Returns the state after an event that has had its turn.
    pub fn state_after(&self, id: &EventId) -> Option<&StateSet> {
        self.placed.get(id).map(|placed| &placed.after)
    }

    /// Returns the state of the room as it is now: the resolution of the states after the forward extremities.
    pub fn current_state(&self) -> &StateSet {
        &self.current
    }

    /// Returns the forward extremities, by event ID: accepted events that no accepted event comes after.
    pub fn forward_extremities(&self) -> impl Iterator<Item = &EventId> {
        self.extremities.iter()
    }

    /// Judges an event whose previous and auth events have had their turns.
    fn place(&mut self, event: &E) -> Result<Placed, Error> {
        let index = self.graph.insert(event)?.0;
        let before = self.state_after_all(event.prev_events())?;
        let verdict = self
            .check_auth_events(event)
            .and_then(|()| lookup::check(&self.graph, index, &NoState, AuthEvents::StandIn))
            .and_then(|()| lookup::check(&self.graph, index, &before, AuthEvents::Ignored));
        let outcome = match verdict {
            Err(denied) => Outcome::Rejected(denied),
            // What comes first in its room, or after all that is current, has nothing else to be checked against.
            Ok(()) if before == self.current => Outcome::Accepted,
            Ok(()) => match lookup::check(&self.graph, index, &self.current, AuthEvents::Ignored) {
                Ok(()) => Outcome::Accepted,
                Err(denied) => Outcome::SoftFailed(denied),
            },
        };
        let mut after = before.clone();
        match outcome {
            Outcome::Rejected(_) => self.graph.set_rejected(event.event_id(), true)?,
            _ if event.state_key().is_some() => self.graph.update(&mut after, event.event_id())?,
            _ => {}
        }
        let prev_events: Vec<OwnedEventId> = event.prev_events().map(EventId::to_owned).collect();
        if outcome == Outcome::Accepted {
            let passed_over = |id: &EventId| match self.placed.get(id) {
                Some(placed) if placed.outcome != Outcome::Accepted => Some(placed.prev_events.as_slice()),
                _ => None,
            };
            self.extremities.advance(event.event_id(), &prev_events, passed_over);
            self.current = self.state_of_extremities(event.event_id(), &after)?;
        }
        Ok(Placed { before, after, outcome, prev_events })
    }

    /// The rules that need no state but the event's auth events.
    fn check_auth_events(&self, event: &E) -> Result<(), Denied> {
        let graph = &self.graph;
        let content = graph.index(event.event_id()).map(|index| graph.content(graph.node(index.0)));
        check_state_independent(
            event,
            content.unwrap_or(&AuthContent::Other),
            &graph.rules().authorization,
            |id| {
                let node = graph.node(graph.index(id)?.0);
                let (event_type, state_key) = graph.key(node.key)?;
                // Every event of a graph is of its room.
                let room_id = graph.room_id();
                Some(AuthEvent { event_type, state_key, room_id, rejected: node.has(REJECTED) })
            },
        )
    }

    fn state_after_all<'a>(&self, events: impl Iterator<Item = &'a EventId>) -> Result<StateSet, Error> {
        let mut states: Vec<StateSet> = Vec::new();
        for id in events {
            let placed = self.placed.get(id).ok_or_else(|| Error::UnknownEvent(id.to_owned()))?;
            if !states.contains(&placed.after) {
                states.push(placed.after.clone());
            }
        }
        resolve(&self.graph, &states)
    }

    fn state_of_extremities(&self, newest: &EventId, after: &StateSet) -> Result<StateSet, Error> {
        let others = self.extremities.iter().filter(|id| *id != newest);
        let mut states = vec![after.clone()];
        states.extend(others.filter_map(|id| self.state_after(id)).cloned());
        resolve(&self.graph, &states)
    }

    /// Says why an event still waits.
    fn obstacle(&self, event: &E) -> Error {
        let own = event.event_id();
        let known = |id: &EventId| self.placed.contains_key(id) || self.waiting.contains_key(id);
        let missing = |id: &&EventId| !known(id) && !self.refused.contains_key(*id);
        let unplaced = |id: &&EventId| !self.placed.contains_key(*id);
        if let Some(missing) = event.auth_events().find(missing) {
            Error::MissingAuthEvent { event: own.to_owned(), missing: missing.to_owned() }
        } else if let Some(missing) = event.prev_events().find(missing) {
            Error::MissingPrevEvent { event: own.to_owned(), missing: missing.to_owned() }
        } else if order::reaches_itself(&self.waiting, own) {
            Error::Cycle(own.to_owned())
        } else {
            let cause = event.auth_events().chain(event.prev_events()).find(unplaced).unwrap_or(own);
            Error::AfterUnplaced { event: own.to_owned(), cause: cause.to_owned() }
        }
    }
}
