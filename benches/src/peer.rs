//! ruma's crates on the same rooms and events, given their best case.
//!
//! Event IDs are borrowed for ever, so that cloning one costs nothing; contents are `RawValue`s made beforehand;
//! events are found through a fast hash; auth chains are made beforehand, outside of what is measured.

// ruma's state maps are hash maps of the standard library.
#![allow(clippy::disallowed_types)]

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;
use matrix_identifiers::ServerName;
use matrix_roomversion::RoomVersion;
use matrix_signatures::KeyRing;
use ruma_common::{
    EventId, MilliSecondsSinceUnixEpoch, OwnedRoomId, OwnedUserId, RoomId, RoomVersionId, UserId,
    room_version_rules::RoomVersionRules, serde::Base64,
};
use ruma_events::{StateEventType, TimelineEventType};
use ruma_signatures::PublicKeyMap;
use ruma_state_res::{
    StateMap, auth_types_for_event, check_state_dependent_auth_rules, utils::event_id_set::EventIdSet,
};
use serde_json::value::RawValue;

use crate::rooms::{Room, RoomEvent};

/// An event ID as the peer gets it: one that lives for ever.
pub type Id = &'static EventId;

/// A state as text: from type and state key to event ID.
pub type PlainState = BTreeMap<(String, String), String>;

/// Returns ruma's rules of a room version.
pub fn rules(version: RoomVersion) -> RoomVersionRules {
    RoomVersionId::try_from(version.as_str())
        .ok()
        .and_then(|version| version.rules())
        .expect("a version that ruma knows")
}

/// An event of a generated room as ruma sees it.
#[derive(Debug)]
pub struct PeerEvent {
    event_id: Id,
    room_id: Option<OwnedRoomId>,
    sender: OwnedUserId,
    origin_server_ts: MilliSecondsSinceUnixEpoch,
    event_type: TimelineEventType,
    content: Box<RawValue>,
    state_key: String,
    prev_events: Vec<Id>,
    auth_events: Vec<Id>,
}

impl ruma_state_res::Event for PeerEvent {
    type Id = Id;

    fn event_id(&self) -> &Id {
        &self.event_id
    }
    fn room_id(&self) -> Option<&RoomId> {
        self.room_id.as_deref()
    }
    fn sender(&self) -> &UserId {
        &self.sender
    }
    fn origin_server_ts(&self) -> MilliSecondsSinceUnixEpoch {
        self.origin_server_ts
    }
    fn event_type(&self) -> &TimelineEventType {
        &self.event_type
    }
    fn content(&self) -> &RawValue {
        &self.content
    }
    fn state_key(&self) -> Option<&str> {
        Some(&self.state_key)
    }
    fn prev_events(&self) -> Box<dyn DoubleEndedIterator<Item = &Id> + '_> {
        Box::new(self.prev_events.iter())
    }
    fn auth_events(&self) -> Box<dyn DoubleEndedIterator<Item = &Id> + '_> {
        Box::new(self.auth_events.iter())
    }
    fn redacts(&self) -> Option<&Id> {
        None
    }
    fn rejected(&self) -> bool {
        false
    }
}

/// A generated room, prepared for ruma.
#[derive(Debug)]
pub struct PeerRoom {
    rules: RoomVersionRules,
    events: HashMap<Id, PeerEvent, FixedState>,
    /// The states.
    pub states: Vec<StateMap<Id>>,
}

impl PeerRoom {
    /// Prepares a room.
    pub fn new(room: &Room) -> Self {
        let ids: Vec<Id> = room.events.iter().map(|event| leak(event.event_id.as_str())).collect();
        let known: HashMap<&str, Id, FixedState> = ids.iter().map(|id| (id.as_str(), *id)).collect();
        let states = room.states.iter().map(|state| {
            let entry = |((event_type, key), index): (&(String, String), &usize)| {
                ((StateEventType::from(event_type.as_str()), key.clone()), ids[*index])
            };
            state.iter().map(entry).collect()
        });
        Self {
            rules: rules(room.version),
            states: states.collect(),
            events: ids
                .iter()
                .zip(&room.events)
                .map(|(id, event)| (*id, PeerEvent::new(id, event, &known)))
                .collect(),
        }
    }

    /// Makes the auth chain of each state: what ruma leaves to its caller.
    pub fn auth_chains(&self) -> Vec<EventIdSet<Id>> {
        self.states
            .iter()
            .map(|state| {
                let mut chain = EventIdSet::new();
                let mut todo: Vec<Id> = state.values().copied().collect();
                while let Some(id) = todo.pop() {
                    if chain.insert(id) {
                        todo.extend(self.events.get(id).into_iter().flat_map(|event| &event.auth_events));
                    }
                }
                chain
            })
            .collect()
    }

    /// Prepares an event that names events of the room; its own ID may be new.
    pub fn event(&self, event: &RoomEvent) -> PeerEvent {
        let known = self.events.keys().map(|id| (id.as_str(), *id)).collect();
        PeerEvent::new(leak(event.event_id.as_str()), event, &known)
    }

    /// Checks an event by the rules that look at a state, one of the room's.
    ///
    /// # Errors
    ///
    /// When ruma denies the event.
    pub fn check(&self, event: &PeerEvent, state: usize) -> Result<(), String> {
        let state = &self.states[state];
        check_state_dependent_auth_rules(&self.rules.authorization, event, |event_type, key| {
            // In room 12 the create event is in the state as well.
            self.events.get(state.get(&(event_type.clone(), key.to_owned()))?)
        })
    }

    /// Returns the types and state keys that authorize an event, sorted.
    ///
    /// # Errors
    ///
    /// When ruma cannot read the event.
    pub fn auth_types(&self, event: &PeerEvent) -> Result<Vec<(String, String)>, String> {
        let mut types: Vec<(String, String)> = auth_types_for_event(
            &event.event_type,
            &event.sender,
            Some(&event.state_key),
            &event.content,
            &self.rules.authorization,
        )?
        .into_iter()
        .map(|(event_type, key)| (event_type.to_string(), key))
        .collect();
        types.sort_unstable();
        Ok(types)
    }

    /// Resolves the states.
    ///
    /// # Errors
    ///
    /// When ruma refuses.
    ///
    /// # Panics
    ///
    /// In room 1, whose algorithm ruma does not have.
    pub fn resolve(&self, auth_chains: Vec<EventIdSet<Id>>) -> Result<StateMap<Id>, ruma_state_res::Error> {
        let state_res = self.rules.state_res.v2_rules().expect("version 2 of state resolution");
        ruma_state_res::resolve(
            &self.rules.authorization,
            state_res,
            &self.states,
            auth_chains,
            |id| self.events.get(id),
            |conflicted| Some(self.subgraph(conflicted.values().flatten().copied().collect())),
        )
    }

    /// The conflicted state subgraph: what is reached from conflicted events and reaches one.
    fn subgraph(&self, conflicted: Vec<Id>) -> EventIdSet<Id> {
        let auth = |id: Id| self.events.get(id).map(|event| &*event.auth_events).unwrap_or_default();
        let mut ancestors: HashMap<Id, (), FixedState> = HashMap::default();
        let mut parents: HashMap<Id, Vec<Id>, FixedState> = HashMap::default();
        let mut todo = conflicted.clone();
        while let Some(id) = todo.pop() {
            if ancestors.insert(id, ()).is_none() {
                for auth_event in auth(id) {
                    parents.entry(auth_event).or_default().push(id);
                    todo.push(auth_event);
                }
            }
        }
        let mut found = EventIdSet::new();
        let mut todo = conflicted;
        while let Some(id) = todo.pop() {
            if found.insert(id) {
                todo.extend(parents.get(id).into_iter().flatten());
            }
        }
        found
    }
}

impl PeerEvent {
    fn new(event_id: Id, event: &RoomEvent, known: &HashMap<&str, Id, FixedState>) -> Self {
        let find = |ids: &[matrix_identifiers::OwnedEventId]| -> Vec<Id> {
            ids.iter().map(|id| known[id.as_str()]).collect()
        };
        Self {
            event_id,
            room_id: event.room_id.as_ref().map(|id| id.as_str().try_into().expect("a room ID")),
            sender: event.sender.as_str().try_into().expect("a user ID"),
            origin_server_ts: MilliSecondsSinceUnixEpoch(event.origin_server_ts.try_into().expect("a time")),
            event_type: TimelineEventType::from(event.event_type.as_str()),
            content: RawValue::from_string(event.content.clone()).expect("JSON"),
            state_key: event.state_key.clone(),
            prev_events: find(&event.prev_events),
            auth_events: find(&event.auth_events),
        }
    }
}

/// Returns a state of ruma's as text.
pub fn plain(state: &StateMap<Id>) -> PlainState {
    state
        .iter()
        .map(|((event_type, key), id)| ((event_type.to_string(), key.clone()), id.to_string()))
        .collect()
}

/// Returns the keys of a ring as ruma takes them.
pub fn keys(ring: &KeyRing) -> PublicKeyMap {
    let mut keys = PublicKeyMap::new();
    for (server, key_id, key) in ring.iter() {
        let server: &ServerName = server;
        keys.entry(server.as_str().to_owned())
            .or_default()
            .insert(key_id.to_owned(), Base64::new(key.key.as_bytes().to_vec()));
    }
    keys
}

fn leak(id: &str) -> Id {
    let id: &'static str = Box::leak(id.to_owned().into_boxed_str());
    id.try_into().expect("an event ID")
}
