//! The auth graph of one room, built once and kept.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use matrix_authrules::{AuthContent, Event, Membership, VerifyInvite};
use matrix_identifiers::{EventId, OwnedEventId, OwnedRoomId, RoomId};
use matrix_roomversion::RoomVersionRules;

use crate::{
    error::Error,
    insert,
    intern::Interner,
    node::{Edge, Key, KeyRef, Node, PRESENT, REJECTED, User},
    state_set::StateSet,
};

/// How many auth events an event may name: the limit that the specification's PDU schemas set.
///
/// <https://spec.matrix.org/v1.19/rooms/v12/#event-format>
pub const MAX_AUTH_EVENTS: usize = 10;

/// The number of the key of `m.room.create`.
pub(crate) const CREATE: u32 = 0;
/// The number of the key of `m.room.power_levels`.
pub(crate) const POWER_LEVELS: u32 = 1;
/// The number of the key of `m.room.join_rules`.
pub(crate) const JOIN_RULES: u32 = 2;
/// The number of the type `m.room.member`.
pub(crate) const MEMBER_TYPE: u32 = 3;
/// The number of the type `m.room.third_party_invite`.
pub(crate) const THIRD_PARTY_INVITE_TYPE: u32 = 4;
/// The number of the content that says nothing to the rules.
pub(crate) const OTHER_CONTENT: u32 = 0;

/// The events of a room and how they authorize each other, read once and kept for every resolution.
///
/// Events come in any order. [`EventGraph::missing`] says which auth events have been named but not given:
/// that is how a database or an async server drives the graph, in batches. Of each event the graph keeps its
/// ID, its auth events, its sender, its timestamp and the parsed content that authorization reads; not the
/// event.
///
/// The graph trusts its caller for what cannot be seen here: that an event's ID, hashes and signatures are
/// right (`matrix-signatures`), and which events were rejected ([`EventGraph::set_rejected`]).
#[derive(Clone, Debug)]
pub struct EventGraph {
    /// Tells this graph's state sets from those of others.
    pub(crate) id: u64,
    pub(crate) rules: RoomVersionRules,
    pub(crate) verify_invite: VerifyInvite,
    pub(crate) room_id: Option<OwnedRoomId>,
    pub(crate) ids: Interner<OwnedEventId>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) types: Interner<Box<str>>,
    pub(crate) keys: Interner<Key>,
    pub(crate) users: Interner<User>,
    pub(crate) contents: Vec<AuthContent>,
    /// The contents of member events that say nothing but the membership, each stored once.
    pub(crate) plain_members: Vec<(Option<Membership>, u32)>,
    /// What redaction events that are state redact: rule 11 of rooms 1 and 2 reads it.
    pub(crate) redacts: BTreeMap<u32, OwnedEventId>,
    pub(crate) create: Option<u32>,
    pub(crate) missing: BTreeSet<u32>,
}

/// Where an event stands in its graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventIndex(pub(crate) u32);

impl EventGraph {
    /// Makes an empty graph for a room of the version that has `rules`.
    #[cfg(feature = "third-party-invite")]
    pub fn new(rules: &RoomVersionRules) -> Self {
        Self::with_invite_verifier(rules, matrix_authrules::verify_signed)
    }

    /// Makes an empty graph that verifies the signatures of third-party invites with `verify_invite`.
    pub fn with_invite_verifier(rules: &RoomVersionRules, verify_invite: VerifyInvite) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let mut graph = Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            rules: *rules,
            verify_invite,
            room_id: None,
            ids: Interner::new(),
            nodes: Vec::new(),
            edges: Vec::new(),
            types: Interner::new(),
            keys: Interner::new(),
            users: Interner::new(),
            contents: vec![AuthContent::Other],
            plain_members: Vec::new(),
            redacts: BTreeMap::new(),
            create: None,
            missing: BTreeSet::new(),
        };
        for (event_type, has_empty_key) in [
            ("m.room.create", true),
            ("m.room.power_levels", true),
            ("m.room.join_rules", true),
            ("m.room.member", false),
            ("m.room.third_party_invite", false),
        ] {
            if let (Some(number), true) = (graph.type_number(event_type), has_empty_key) {
                graph.key_number(number, Some(""));
            }
        }
        graph
    }

    /// Returns the rules of the room's version.
    pub fn rules(&self) -> &RoomVersionRules {
        &self.rules
    }

    /// Returns the room's ID, once an event that names it has been given.
    pub fn room_id(&self) -> Option<&RoomId> {
        self.room_id.as_deref()
    }

    /// Returns how many events have been given.
    pub fn len(&self) -> usize {
        self.nodes.iter().filter(|node| node.has(PRESENT)).count()
    }

    /// Tells whether no event has been given.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts an event into the graph. One that is there already is left as it is.
    ///
    /// The events need not come in order, and an event that is not state costs little: a server that only
    /// resolves state need not insert it.
    ///
    /// # Errors
    ///
    /// When the event is of another room or room version, is a second create event, or exceeds a limit. The
    /// graph is then unchanged.
    pub fn insert<E: Event>(&mut self, event: &E) -> Result<EventIndex, Error> {
        if let Some(known) = self.index(event.event_id()).filter(|index| self.node(index.0).has(PRESENT)) {
            return Ok(known);
        }
        insert::check_limits(self, event)?;
        let room_id = insert::check_room(self, event)?;
        let content = AuthContent::parse(event, &self.rules.authorization);
        if let AuthContent::Create(create) = &content {
            insert::check_create(self, event, create)?;
        }
        insert::add(self, event, room_id, content)
            .ok_or_else(|| Error::GraphFull(event.event_id().to_owned()))
    }

    /// Returns the auth events that have been named and not been given, in the order in which they were named.
    /// In room 12 the create event, named by the room ID, is one of them.
    pub fn missing(&self) -> impl Iterator<Item = &EventId> {
        self.missing.iter().filter_map(|index| self.event_id(EventIndex(*index)))
    }

    /// Returns where the event of that ID stands, given or only named; `None` if it is neither.
    pub fn index(&self, id: &EventId) -> Option<EventIndex> {
        self.ids.find(id).map(EventIndex)
    }

    /// Returns the ID of the event at `index`.
    pub fn event_id(&self, index: EventIndex) -> Option<&EventId> {
        self.ids.get(index.0).map(|id| &**id)
    }

    /// Tells whether the event has been given.
    pub fn contains(&self, id: &EventId) -> bool {
        self.index(id).is_some_and(|index| self.node(index.0).has(PRESENT))
    }

    /// Tells whether the event and its whole auth chain have been given, so that it can be part of a state.
    pub fn is_complete(&self, id: &EventId) -> bool {
        self.index(id).is_some_and(|index| self.node(index.0).auth_depth > 0)
    }

    /// Marks an event as rejected on receipt, or as accepted after all.
    ///
    /// A rejected event authorizes nothing. It may still be resolved into a state that it is part of, as
    /// MSC1442 says under "Rejected Events".
    ///
    /// # Errors
    ///
    /// When the event has not been given.
    pub fn set_rejected(&mut self, id: &EventId, rejected: bool) -> Result<(), Error> {
        let index = self.present(id)?;
        if let Some(node) = self.nodes.get_mut(index as usize) {
            node.flags = if rejected { node.flags | REJECTED } else { node.flags & !REJECTED };
        }
        Ok(())
    }

    /// Tells whether the event is marked as rejected.
    pub fn is_rejected(&self, id: &EventId) -> bool {
        self.index(id).is_some_and(|index| self.node(index.0).has(REJECTED))
    }

    /// Returns the events whose auth chain can never be complete because it runs in a circle, or through
    /// one. Only rooms 1 and 2 can have such, whose event IDs are not hashes.
    pub fn cyclic(&self) -> Vec<&EventId> {
        let mut waiting: Vec<u8> = self.nodes.iter().map(|node| node.waiting).collect();
        let mut free: Vec<u32> = self.missing.iter().copied().collect();
        while let Some(index) = free.pop() {
            for dependent in self.dependents(index) {
                if let Some(count) = waiting.get_mut(dependent as usize) {
                    *count = count.saturating_sub(1);
                    if *count == 0 {
                        free.push(dependent);
                    }
                }
            }
        }
        let stuck = waiting.iter().zip(0..).filter(|(count, _)| **count > 0);
        stuck.filter_map(|(_, index)| self.event_id(EventIndex(index))).collect()
    }

    /// Makes a state out of `(type, state key, event ID)` entries. A key that occurs twice keeps the last.
    ///
    /// # Errors
    ///
    /// When an event has not been given, lacks some of its auth chain, or is not of that type and state key.
    pub fn state_set<'a>(
        &self,
        entries: impl IntoIterator<Item = (&'a str, &'a str, &'a EventId)>,
    ) -> Result<StateSet, Error> {
        let mut set = StateSet::new(self.id);
        for (event_type, state_key, id) in entries {
            let (key, event) = self.state_entry(id)?;
            if self.key(key).is_none_or(|(t, k)| (t, k) != (event_type, Some(state_key))) {
                return Err(Error::WrongStateKey {
                    event: id.to_owned(),
                    event_type: event_type.to_owned(),
                    state_key: state_key.to_owned(),
                });
            }
            set.insert(key, event);
        }
        Ok(set)
    }

    /// Makes a state out of events, each standing under its own type and state key.
    ///
    /// # Errors
    ///
    /// As [`EventGraph::state_set`]; also when an event is not a state event.
    pub fn state_set_of<'a>(&self, events: impl IntoIterator<Item = &'a EventId>) -> Result<StateSet, Error> {
        let mut set = StateSet::new(self.id);
        for id in events {
            self.update(&mut set, id)?;
        }
        Ok(set)
    }

    /// Puts a state event into a state, in the place of the one that stood under its type and state key.
    ///
    /// # Errors
    ///
    /// As [`EventGraph::state_set_of`], and when the state is of another graph.
    pub fn update(&self, state: &mut StateSet, event: &EventId) -> Result<(), Error> {
        self.check_own(state)?;
        let (key, event) = self.state_entry(event)?;
        state.insert(key, event);
        Ok(())
    }

    /// Returns the event that stands under a type and state key.
    pub fn get<'a>(&'a self, state: &StateSet, event_type: &str, state_key: &str) -> Option<&'a EventId> {
        let event_type = self.types.find(event_type)?;
        let key = self.keys.find(&KeyRef { event_type, state_key: Some(state_key) })?;
        (state.graph() == self.id).then(|| state.get(key))?.and_then(|event| self.event_id(EventIndex(event)))
    }

    /// Returns the entries of a state as `(type, state key, event ID)`, sorted by type, then state key.
    /// Empty for a state of another graph.
    pub fn entries<'a>(&'a self, state: &StateSet) -> Vec<(&'a str, &'a str, &'a EventId)> {
        let own = if state.graph() == self.id { Some(state) } else { None };
        let mut entries: Vec<_> = own
            .into_iter()
            .flat_map(StateSet::iter)
            .filter_map(|(key, event)| {
                let (event_type, state_key) = self.key(key)?;
                Some((event_type, state_key?, self.event_id(EventIndex(event))?))
            })
            .collect();
        entries.sort_unstable();
        entries
    }

    /// # Errors
    ///
    /// When the state was made by another graph.
    pub(crate) fn check_own(&self, state: &StateSet) -> Result<(), Error> {
        if state.graph() == self.id { Ok(()) } else { Err(Error::ForeignStateSet) }
    }

    pub(crate) fn empty_state(&self) -> StateSet {
        StateSet::new(self.id)
    }

    pub(crate) fn verify_invite(&self) -> VerifyInvite {
        self.verify_invite
    }

    pub(crate) fn node_count(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn key_count(&self) -> usize {
        self.keys.len()
    }

    pub(crate) fn node(&self, index: u32) -> &Node {
        static UNKNOWN: Node = Node::unknown();
        self.nodes.get(index as usize).unwrap_or(&UNKNOWN)
    }

    pub(crate) fn id_of(&self, index: u32) -> &str {
        self.ids.get(index).map_or("", |id| id.as_str())
    }

    pub(crate) fn content(&self, node: &Node) -> &AuthContent {
        self.contents.get(node.content as usize).unwrap_or(&AuthContent::Other)
    }

    pub(crate) fn sender(&self, node: &Node) -> Option<&User> {
        self.users.get(node.sender)
    }

    pub(crate) fn redacts(&self, index: u32) -> Option<&EventId> {
        self.redacts.get(&index).map(|id| &**id)
    }

    pub(crate) fn type_name(&self, event_type: u32) -> Option<&str> {
        self.types.get(event_type).map(|name| &**name)
    }

    /// The type and state key that a key stands for.
    pub(crate) fn key(&self, key: u32) -> Option<(&str, Option<&str>)> {
        let key = self.keys.get(key)?;
        Some((self.types.get(key.event_type)?, key.state_key.as_deref()))
    }

    pub(crate) fn find_key(&self, event_type: u32, state_key: &str) -> Option<u32> {
        self.keys.find(&KeyRef { event_type, state_key: Some(state_key) })
    }

    /// The room's create event, if it has been given.
    pub(crate) fn create(&self) -> Option<u32> {
        self.create
    }

    /// An event's auth events, in its own order.
    pub(crate) fn auth_events(&self, index: u32) -> impl Iterator<Item = u32> {
        let node = self.node(index);
        let first = node.edges as usize;
        self.edges
            .get(first..first + usize::from(node.edge_count))
            .unwrap_or_default()
            .iter()
            .map(|edge| edge.to)
    }

    /// The events that name this one among their auth events, the last inserted first.
    pub(crate) fn dependents(&self, index: u32) -> impl Iterator<Item = u32> {
        let mut next = self.node(index).dependents;
        core::iter::from_fn(move || {
            let edge = self.edges.get(next as usize)?;
            next = edge.next;
            Some(edge.from)
        })
    }

    /// One edge of the chain that [`EventGraph::dependents`] follows, for walks that pause in the middle.
    pub(crate) fn edge(&self, edge: u32) -> Option<&Edge> {
        self.edges.get(edge as usize)
    }

    fn present(&self, id: &EventId) -> Result<u32, Error> {
        match self.index(id) {
            Some(index) if self.node(index.0).has(PRESENT) => Ok(index.0),
            _ => Err(Error::UnknownEvent(id.to_owned())),
        }
    }

    /// The key and number under which an event can stand in a state.
    fn state_entry(&self, id: &EventId) -> Result<(u32, u32), Error> {
        let index = self.present(id)?;
        let node = self.node(index);
        if node.auth_depth == 0 {
            return Err(Error::IncompleteAuthChain(id.to_owned()));
        }
        if self.key(node.key).is_none_or(|(_, state_key)| state_key.is_none()) {
            return Err(Error::NotStateEvent(id.to_owned()));
        }
        Ok((node.key, index))
    }
}
