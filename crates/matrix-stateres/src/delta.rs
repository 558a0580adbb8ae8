//! Delta resolution: MSC1442, "Efficiency and Delta State Resolution".
//!
//! Of states that have been resolved, some change a little. The proposal says that steps 3 and 4, applied to the
//! change alone, then give the new resolution, if three conditions hold. Here they are held against the algorithm as
//! it is, so that the answer is always that of the whole:
//!
//! 1. No event of the change is a power event.
//! 2. What is to stand under a changed key has its place in the order after every event that was tried, and was sent
//!    after all of them. (Events that no states disagree on have no place in the order.)
//! 3. No changed key is one that an event tried before names among its auth events or that the rules may ask of it;
//!    and the auth chains of the states are what they were, but for the changed events themselves.
//!
//! Where one of them does not hold, or cannot be seen to without a long search, the states are resolved in full.

mod chains;

use std::collections::BTreeSet;

use matrix_authrules::AuthContent;

use crate::{
    conflict::Conflict,
    error::Error,
    graph::{CREATE, EventGraph, JOIN_RULES, MEMBER_TYPE, POWER_LEVELS, THIRD_PARTY_INVITE_TYPE},
    iterative_auth::Base,
    lookup::{self, AuthEvents, Lookup, auth_event},
    mainline::{Epochs, Position},
    node::POWER,
    resolution::{base, resolve},
    state_set::StateSet,
    table::Table,
    v2::Work,
};

use chains::{Chains, Change};

/// States with their resolution, and what it takes to resolve them again when they have changed a little.
///
/// A server that keeps one for the forward extremities of a room pays for each new event by what it changes.
#[derive(Clone, Debug)]
pub struct Resolved {
    states: Vec<StateSet>,
    state: StateSet,
    method: Method,
    facts: Facts,
}

/// How a state was resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Method {
    /// From the resolution before, by what had changed.
    Delta,
    /// In full, for this reason.
    Full(Obstacle),
}

/// Why a state was resolved in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// There was no resolution before.
    First,
    /// State resolution version 1 knows no delta.
    Version1,
    /// The graph is another, has been compacted, or an event of it was rejected or accepted since.
    Graph,
    /// There are more or fewer states than before.
    StateCount,
    /// Condition 1: a power event is among what changed.
    PowerEvent,
    /// Condition 2: what changed does not come after all that was tried before.
    Order,
    /// Condition 3: what changed has a part in authorizing other events, or in what the auth chains of the states
    /// differ in.
    Authorization,
    /// The rules refuse what would stand under a changed key.
    Denied,
}

/// What the next delta has to know of a resolution.
#[derive(Clone, Debug)]
struct Facts {
    /// The graph and its revision.
    graph: (u64, u64),
    /// The state that the iterative auth checks ended with.
    partial: StateSet,
    /// The keys that the tried events name among their auth events, or that the rules may ask for.
    read: BTreeSet<u32>,
    /// Keys from this number on did not exist, if a tried event has the rules ask for one that was not found.
    unknown_from: u32,
    /// The keys that events were tried for.
    tried: BTreeSet<u32>,
    power_levels: Option<u32>,
    /// The last of the remaining events, in mainline ordering.
    last: Option<(Position, u32)>,
    /// The newest of the events that were tried.
    newest: Option<i64>,
    /// The depth of the lowest event that the states disagree on.
    lowest: u32,
}

impl Resolved {
    /// Resolves states in full.
    ///
    /// # Errors
    ///
    /// When a state was made by another graph.
    pub fn new(graph: &EventGraph, states: Vec<StateSet>) -> Result<Self, Error> {
        Self::full(graph, states, Obstacle::First)
    }

    /// Resolves these states in the place of the ones before, the first in that of the first and so on: by what has
    /// changed if that can be done, else in full. [`Resolved::method`] tells which.
    ///
    /// # Errors
    ///
    /// When a state was made by another graph.
    pub fn update(&self, graph: &EventGraph, states: Vec<StateSet>) -> Result<Self, Error> {
        for state in &states {
            graph.check_own(state)?;
        }
        match self.delta(graph, &states) {
            Ok((state, facts)) => Ok(Self { states, state, method: Method::Delta, facts }),
            Err(obstacle) => Self::full(graph, states, obstacle),
        }
    }

    /// Returns the resolved state.
    pub fn state(&self) -> &StateSet {
        &self.state
    }

    /// Returns the states that were resolved.
    pub fn states(&self) -> &[StateSet] {
        &self.states
    }

    /// Tells how the state was resolved.
    pub fn method(&self) -> Method {
        self.method
    }

    fn full(graph: &EventGraph, states: Vec<StateSet>, obstacle: Obstacle) -> Result<Self, Error> {
        for state in &states {
            graph.check_own(state)?;
        }
        let (state, facts) = match (states.split_first(), base(graph)) {
            (Some((first, others)), Some(base)) => {
                let conflict = Conflict::between(graph, first, others);
                let work = Work::new(graph, &conflict, base, &mut None);
                (work.settle(&conflict), Facts::of(graph, &conflict, &work, base))
            }
            _ => (resolve(graph, &states)?, Facts::none(graph)),
        };
        Ok(Self { states, state, method: Method::Full(obstacle), facts })
    }

    fn delta(&self, graph: &EventGraph, states: &[StateSet]) -> Result<(StateSet, Facts), Obstacle> {
        let base = base(graph).ok_or(Obstacle::Version1)?;
        if self.facts.graph != (graph.id, graph.revision) {
            return Err(Obstacle::Graph);
        }
        if states.len() != self.states.len() {
            return Err(Obstacle::StateCount);
        }
        let mut changes = Vec::new();
        for (number, (before, after)) in self.states.iter().zip(states).enumerate() {
            before.diff(after, &mut |key, old, new| changes.push(Change { set: number, key, old, new }));
        }
        let keys: BTreeSet<u32> = changes.iter().map(|change| change.key).collect();
        let chains = Chains { graph, before: &self.states, after: states, keys: &keys };
        self.check_power(graph, &chains)?;
        let is_new = |key: &u32| *key >= self.facts.unknown_from;
        if !keys.is_disjoint(&self.facts.read) || keys.iter().any(is_new) {
            return Err(Obstacle::Authorization);
        }
        let (mut state, mut facts) = (self.state.clone(), self.facts.clone());
        let mut epochs = Epochs::new(graph, facts.power_levels);
        for key in &keys {
            let values = chains.values(states, *key);
            match values.as_slice() {
                // The states agree.
                [None] => {
                    state.remove(*key);
                    facts.partial.remove(*key);
                }
                [Some(event)] => {
                    state.insert(*key, *event);
                    match base {
                        Base::Unconflicted => facts.partial.insert(*key, *event),
                        Base::Empty => facts.partial.remove(*key),
                    }
                }
                _ => {
                    let winner = self.winner(&chains, *key, &values, &mut epochs)?;
                    state.insert(*key, winner);
                    facts.partial.insert(*key, winner);
                    facts.note(graph, &values, (epochs.position(winner), winner));
                }
            }
        }
        chains.check(&changes)?;
        if base == Base::Empty {
            chains.check_subgraph(facts.lowest)?;
        }
        Ok((state, facts))
    }

    /// Condition 1.
    fn check_power(&self, graph: &EventGraph, chains: &Chains<'_>) -> Result<(), Obstacle> {
        let is_power = |event: u32| graph.node(event).has(POWER);
        let events = chains.keys.iter().flat_map(|key| chains.events(*key));
        if events.into_iter().any(is_power) { Err(Obstacle::PowerEvent) } else { Ok(()) }
    }

    /// The event that comes to stand under a key on which the states now disagree: the last in the order, if it comes
    /// after all that was tried before, and passes.
    fn winner(
        &self,
        chains: &Chains<'_>,
        key: u32,
        values: &[Option<u32>],
        epochs: &mut Epochs<'_>,
    ) -> Result<u32, Obstacle> {
        let graph = chains.graph;
        let mut place = |event: u32| (epochs.position(event), graph.id_of(event));
        let last = values.iter().flatten().copied().max_by_key(|event| place(*event));
        let winner = last.ok_or(Obstacle::Order)?;
        let before = self.facts.last.map(|(position, event)| (position, graph.id_of(event)));
        let is_newer = Some(graph.node(winner).origin_server_ts) > self.facts.newest;
        if before.is_some_and(|before| place(winner) <= before) || !is_newer {
            return Err(Obstacle::Order);
        }
        let mut read: BTreeSet<u32> = may_read(graph, winner).collect();
        let reads_own = read.remove(&key);
        if !read.is_disjoint(chains.keys) {
            return Err(Obstacle::Authorization);
        }
        if reads_own {
            // It sees its own auth event under its key if nothing else can have passed there.
            let own = auth_event(graph, winner, key);
            let others = values.iter().flatten().filter(|event| **event != winner);
            if self.facts.tried.contains(&key) || others.copied().any(|event| Some(event) != own) {
                return Err(Obstacle::Authorization);
            }
        }
        let state = Without { state: &self.facts.partial, key };
        match lookup::check(graph, winner, &state, AuthEvents::StandIn) {
            Ok(()) => Ok(winner),
            Err(_) => Err(Obstacle::Denied),
        }
    }
}

/// Keys, each once, in the order in which they come.
struct KeySet {
    keys: Vec<u32>,
    known: Table<bool>,
}

impl KeySet {
    fn new(graph: &EventGraph) -> Self {
        Self { keys: Vec::new(), known: Table::new(graph.key_count()) }
    }

    fn add(&mut self, key: u32) {
        if !self.known.replace(key, true) {
            self.keys.push(key);
        }
    }
}

/// The keys that the rules may ask of an event, and those of its auth events.
fn may_read(graph: &EventGraph, event: u32) -> impl Iterator<Item = u32> {
    let node = graph.node(event);
    let target = matches!(graph.content(node), AuthContent::Member(_)).then_some(node.key);
    let (authoriser, invite) = named(graph, event);
    let named = [authoriser, invite].map(Option::flatten);
    let sender = graph.sender(node).map(|sender| sender.member_key);
    let of_rules = [Some(CREATE), Some(POWER_LEVELS), Some(JOIN_RULES), sender, target];
    let of_auth_events = graph.auth_events(event).map(|auth_event| graph.node(auth_event).key);
    of_rules.into_iter().chain(named).flatten().chain(of_auth_events)
}

/// The keys of the membership of who let a user in, and of the third-party invite that an invite answers, where the
/// event names such; `None` inside where no event has given it.
fn named(graph: &EventGraph, event: u32) -> (Option<Option<u32>>, Option<Option<u32>>) {
    let AuthContent::Member(member) = graph.content(graph.node(event)) else { return (None, None) };
    let authoriser = member.join_authorised_via_users_server.as_deref();
    let token = member.third_party_invite.as_deref().and_then(|invite| invite.token());
    (
        authoriser.map(|user| graph.find_key(MEMBER_TYPE, user)),
        token.map(|token| graph.find_key(THIRD_PARTY_INVITE_TYPE, token)),
    )
}

/// A state without one of its entries.
struct Without<'a> {
    state: &'a StateSet,
    key: u32,
}

impl Lookup for Without<'_> {
    fn event(&self, key: u32) -> Option<u32> {
        if key == self.key { None } else { self.state.get(key) }
    }
}

impl Facts {
    fn none(graph: &EventGraph) -> Self {
        Self {
            graph: (graph.id, graph.revision),
            partial: graph.empty_state(),
            read: BTreeSet::new(),
            unknown_from: u32::MAX,
            tried: BTreeSet::new(),
            power_levels: None,
            last: None,
            newest: None,
            lowest: u32::MAX,
        }
    }

    fn of(graph: &EventGraph, conflict: &Conflict<'_>, work: &Work<'_>, base: Base) -> Self {
        let mut facts = Self::none(graph);
        facts.power_levels = work.power_levels;
        facts.last = work.remaining.last().copied();
        if base == Base::Unconflicted {
            facts.partial = conflict.base.clone();
            conflict.keys.iter().for_each(|key| facts.partial.remove(*key));
        }
        let remaining = work.remaining.iter().map(|(_, event)| *event);
        let (mut read, mut tried) = (KeySet::new(graph), KeySet::new(graph));
        for event in work.power_events.iter().copied().chain(remaining) {
            let node = graph.node(event);
            facts.newest = facts.newest.max(Some(node.origin_server_ts));
            facts.note_unknown(graph, event);
            may_read(graph, event).for_each(|key| read.add(key));
            tried.add(node.key);
        }
        for key in &tried.keys {
            match work.state.event(*key) {
                Some(passed) => facts.partial.insert(*key, passed),
                None => facts.partial.remove(*key),
            }
        }
        facts.read = read.keys.into_iter().collect();
        facts.tried = tried.keys.into_iter().collect();
        let depths = conflict.events().map(|event| graph.node(event).auth_depth);
        facts.lowest = depths.min().unwrap_or(u32::MAX);
        facts
    }

    fn note_read(&mut self, graph: &EventGraph, event: u32) {
        let node = graph.node(event);
        self.tried.insert(node.key);
        self.newest = self.newest.max(Some(node.origin_server_ts));
        self.note_unknown(graph, event);
        self.read.extend(may_read(graph, event));
    }

    /// Notes whether the rules ask for a membership or an invite that no event has given yet.
    fn note_unknown(&mut self, graph: &EventGraph, event: u32) {
        let (authoriser, invite) = named(graph, event);
        if [authoriser, invite].into_iter().flatten().any(|key| key.is_none()) {
            self.unknown_from = self.unknown_from.min(graph.key_count() as u32);
        }
    }

    /// Notes the events that the states now disagree on under a key, and the last of all in the order.
    fn note(&mut self, graph: &EventGraph, values: &[Option<u32>], winner: (Position, u32)) {
        for event in values.iter().flatten() {
            self.note_read(graph, *event);
            self.lowest = self.lowest.min(graph.node(*event).auth_depth);
        }
        let place = |(position, event): (Position, u32)| (position, graph.id_of(event));
        self.last = self.last.into_iter().chain([winner]).max_by_key(|last| place(*last));
    }
}
