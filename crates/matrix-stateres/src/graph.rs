//! The auth graph of one room, built once and kept.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use matrix_authrules::{AuthContent, Event, PowerLevel, VerifyInvite};
use matrix_identifiers::{EventId, OwnedEventId, OwnedRoomId, RoomId};
use matrix_roomversion::{Creators, RoomVersionRules};

use crate::{
    error::Error,
    insert,
    intern::Interner,
    limits::Limits,
    node::{Key, KeyRef, Link, NONE, Node, PRESENT, REJECTED, TOO_DEEP, User},
};

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
    /// The auth events of all events, each event's side by side.
    pub(crate) auth_events: Vec<u32>,
    /// Of each of `auth_events`, the link in the chain of events that name it.
    pub(crate) links: Vec<Link>,
    pub(crate) types: Interner<Box<str>>,
    pub(crate) keys: Interner<Key>,
    pub(crate) users: Interner<User>,
    pub(crate) contents: Vec<AuthContent>,
    /// Contents that many events have, each stored once: join rules, and memberships that say nothing else.
    pub(crate) plain: Vec<u32>,
    /// What redaction events that are state redact: rule 11 of rooms 1 and 2 reads it.
    pub(crate) redacts: BTreeMap<u32, OwnedEventId>,
    /// The `depth` of each event, in room version 1, whose resolution reads it.
    pub(crate) depths: Vec<i64>,
    pub(crate) create: Option<u32>,
    /// The create event as soon as its ID is known: the room ID may name it.
    pub(crate) named_create: Option<u32>,
    /// The power levels that were given last: contents like it share what they have in common.
    pub(crate) last_power_levels: u32,
    pub(crate) missing: BTreeSet<u32>,
    /// Named and not to be had.
    pub(crate) unavailable: BTreeSet<u32>,
    pub(crate) given: usize,
    /// Counts what changes the verdict on events that are there already.
    pub(crate) revision: u64,
    pub(crate) limits: Limits,
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
            auth_events: Vec::new(),
            links: Vec::new(),
            types: Interner::new(),
            keys: Interner::new(),
            users: Interner::new(),
            contents: vec![AuthContent::Other],
            plain: Vec::new(),
            redacts: BTreeMap::new(),
            depths: Vec::new(),
            create: None,
            named_create: None,
            last_power_levels: NONE,
            missing: BTreeSet::new(),
            unavailable: BTreeSet::new(),
            given: 0,
            revision: 0,
            limits: Limits::default(),
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

    /// Sets other limits against hostile rooms than the default ones, for what is given from now on.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
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
        self.given
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
    ///
    /// `missing().take(100)` is a batch. What a database or another server does not have is taken off with
    /// [`EventGraph::set_unavailable`], so that it is not asked for again.
    pub fn missing(&self) -> impl Iterator<Item = &EventId> {
        self.missing.iter().filter_map(|index| self.event_id(EventIndex(*index)))
    }

    /// Notes that an auth event is not to be had, so that [`EventGraph::missing`] no longer names it. Returns whether
    /// it did.
    ///
    /// Events that need it stay incomplete. It may still be given later.
    pub fn set_unavailable(&mut self, id: &EventId) -> bool {
        let missing = self.index(id).filter(|index| self.missing.remove(&index.0));
        self.unavailable.extend(missing.map(|index| index.0));
        missing.is_some()
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
        if let Some(node) = self.nodes.get_mut(index as usize)
            && node.has(REJECTED) != rejected
        {
            self.revision += 1;
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
        let mut free: Vec<u32> = self.missing.union(&self.unavailable).copied().collect();
        let too_deep = self.nodes.iter().zip(0..).filter(|(node, _)| node.has(TOO_DEEP));
        free.extend(too_deep.map(|(_, index)| index));
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
        if self.redacts.is_empty() { None } else { self.redacts.get(&index).map(|id| &**id) }
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

    /// An event's own `depth`, not to be confused with its depth in the auth graph; 0 but in room version 1.
    pub(crate) fn depth(&self, index: u32) -> i64 {
        self.depths.get(index as usize).copied().unwrap_or(0)
    }

    /// The room's create event, if it has been given.
    pub(crate) fn create(&self) -> Option<u32> {
        self.create
    }

    /// An event's auth events, in its own order.
    pub(crate) fn auth_events(&self, index: u32) -> impl Iterator<Item = u32> {
        self.auth_events_of(self.node(index)).iter().copied()
    }

    pub(crate) fn auth_events_of(&self, node: &Node) -> &[u32] {
        let first = node.auth_events as usize;
        self.auth_events.get(first..first + usize::from(node.auth_count)).unwrap_or_default()
    }

    /// The events that name this one among their auth events, the last inserted first.
    pub(crate) fn dependents(&self, index: u32) -> impl Iterator<Item = u32> {
        let mut next = self.node(index).dependents;
        core::iter::from_fn(move || {
            let link = self.link(next)?;
            next = link.next;
            Some(link.from)
        })
    }

    /// One link of the chain that [`EventGraph::dependents`] follows, for walks that pause in the middle.
    pub(crate) fn link(&self, link: u32) -> Option<&Link> {
        self.links.get(link as usize)
    }

    /// The level of the event's sender under the power levels among its auth events, if there are any.
    pub(crate) fn sender_level(&self, node: &Node) -> Option<PowerLevel> {
        if node.power_levels == NONE {
            return None;
        }
        if self.rules.authorization.creators == Creators::Privileged
            && let Some(AuthContent::Create(create)) =
                self.create.map(|create| self.content(self.node(create)))
            && self.sender(node).is_some_and(|sender| create.is_creator(sender.id.as_str()))
        {
            return Some(PowerLevel::Infinite);
        }
        Some(PowerLevel::Finite(node.sender_level))
    }
}
