//! Putting an event into a graph: the checks, the numbering, and the depth of auth chains as they fill up.

use std::collections::BTreeSet;

use matrix_authrules::{AuthContent, Create, Event, Membership};
use matrix_identifiers::{EventId, OwnedEventId, OwnedRoomId, RoomId, UserId};
use matrix_roomversion::{RoomIdFormat, RoomVersion, StateResolution};

use crate::{
    error::Error,
    graph::{CREATE, EventGraph, EventIndex, JOIN_RULES, MEMBER_TYPE, OTHER_CONTENT, POWER_LEVELS},
    limits::MAX_EVENTS,
    node::{
        Key, KeyRef, Link, NAMED_CREATE, NO_ONLY_PREV, NONE, Node, POWER, PRESENT, TOO_DEEP, User, UserRef,
    },
};

/// # Errors
///
/// When the event exceeds one of the graph's limits.
pub(crate) fn check_limits<E: Event>(graph: &EventGraph, event: &E) -> Result<(), Error> {
    let limits = &graph.limits;
    let count = event.auth_events().count();
    // What is named is counted in a byte, whatever the caller's limit is.
    let limit = limits.auth_events.min(usize::from(NAMED_CREATE) - 1);
    if count > limit {
        return Err(Error::TooManyAuthEvents { event: event.event_id().to_owned(), count, limit });
    }
    if graph.nodes.len() + count >= limits.events.min(MAX_EVENTS)
        || graph.links.len().max(graph.keys.len()).max(graph.contents.len()) >= MAX_EVENTS - count
    {
        return Err(Error::GraphFull(event.event_id().to_owned()));
    }
    if graph.missing.len() + count > limits.missing {
        let is_known = |id: &EventId| {
            graph
                .index(id)
                .is_some_and(|index| graph.node(index.0).has(PRESENT) || graph.missing.contains(&index.0))
        };
        let unknown: BTreeSet<&EventId> = event.auth_events().filter(|id| !is_known(id)).collect();
        if !unknown.is_empty() && graph.missing.len() + unknown.len() > limits.missing {
            let event = event.event_id().to_owned();
            return Err(Error::TooManyMissing { event, limit: limits.missing });
        }
    }
    Ok(())
}

/// Returns the room that the event belongs to.
///
/// # Errors
///
/// When that is not the graph's room, or the event names none.
pub(crate) fn check_room<E: Event>(graph: &EventGraph, event: &E) -> Result<OwnedRoomId, Error> {
    let hashed = graph.rules.room_id_format == RoomIdFormat::CreateHash;
    let found = match event.room_id() {
        Some(room_id) => room_id.to_owned(),
        None if hashed && event.event_type() == "m.room.create" => {
            room_of_create(event.event_id()).ok_or_else(|| Error::NoRoomId(event.event_id().to_owned()))?
        }
        None => return Err(Error::NoRoomId(event.event_id().to_owned())),
    };
    match &graph.room_id {
        Some(expected) if *expected != found => {
            Err(Error::WrongRoom { event: event.event_id().to_owned(), found, expected: expected.clone() })
        }
        _ => Ok(found),
    }
}

/// # Errors
///
/// When the event is no proper create event, the graph has one, or this one is of a known room version with other
/// rules. A create event without `room_version` is taken as it is: the caller chose the rules.
pub(crate) fn check_create<E: Event>(graph: &EventGraph, event: &E, create: &Create) -> Result<(), Error> {
    let id = event.event_id();
    // The authorization rules do not look at these; a room's first event has an empty state key and nothing
    // before it that could authorize it.
    if event.state_key() != Some("") || event.auth_events().next().is_some() {
        return Err(Error::MalformedCreate(id.to_owned()));
    }
    if let Some(first) = graph.create.and_then(|create| graph.event_id(EventIndex(create))) {
        return Err(Error::SecondCreate { event: id.to_owned(), first: first.to_owned() });
    }
    match create.room_version().map(RoomVersion::try_from) {
        Some(Ok(version)) if *version.rules() != graph.rules => {
            Err(Error::WrongRoomVersion { event: id.to_owned(), found: version.to_string() })
        }
        _ => Ok(()),
    }
}

/// Adds an event that has passed the checks. `None` only where a number does not fit, which the checks exclude.
pub(crate) fn add<E: Event>(
    graph: &mut EventGraph,
    event: &E,
    room_id: OwnedRoomId,
    content: AuthContent,
) -> Option<EventIndex> {
    graph.name_room(room_id);
    let index = graph.event_number(event.event_id())?;
    graph.missing.remove(&index);
    graph.unavailable.remove(&index);
    graph.given += 1;
    let event_type = graph.type_number(event.event_type())?;
    let key = graph.key_number(event_type, event.state_key())?;
    let is_member = matches!(content, AuthContent::Member(_));
    let power = is_power_event(event, key, &content);
    let mut node = Node {
        origin_server_ts: event.origin_server_ts(),
        key,
        sender: graph.user_number(event.sender())?,
        content: graph.content_number(content)?,
        auth_events: u32::try_from(graph.auth_events.len()).ok()?,
        dependents: graph.node(index).dependents,
        flags: PRESENT | if power { POWER } else { 0 },
        ..Node::unknown()
    };
    if key == CREATE {
        graph.create = Some(index);
        graph.revision += 1;
        graph.named_create = Some(index);
    }
    graph.set_node(index, node.clone());
    for auth_event in event.auth_events() {
        let to = graph.event_number(auth_event)?;
        let link = u32::try_from(graph.links.len()).ok()?;
        let target = graph.nodes.get_mut(to as usize)?;
        let next = core::mem::replace(&mut target.dependents, link);
        if !target.has(PRESENT) && !graph.unavailable.contains(&to) {
            graph.missing.insert(to);
        }
        node.waiting += u8::from(target.auth_depth == 0);
        node.auth_count += 1;
        graph.auth_events.push(to);
        graph.links.push(Link { from: index, next });
    }
    node.dependents = graph.node(index).dependents;
    if is_member {
        node.only_prev = only_prev(graph, event);
    }
    let complete = node.waiting == 0;
    let content = node.content;
    graph.set_node(index, node);
    if key == POWER_LEVELS {
        graph.share_power_levels(index, content);
    }
    if let (true, Some(target)) = (graph.rules.authorization.redaction_rule, event.redacts()) {
        graph.redacts.insert(index, target.to_owned());
    }
    if graph.rules.state_resolution == StateResolution::V1 {
        graph.depths.resize(graph.nodes.len(), 0);
        *graph.depths.get_mut(index as usize)? = event.depth();
    }
    if complete {
        graph.complete(index);
    }
    Some(EventIndex(index))
}

/// Room 12: the room that a create event makes, by its ID with the other sigil. Experiments with other event
/// IDs than hashes are none of the graph's business.
fn room_of_create(event_id: &EventId) -> Option<OwnedRoomId> {
    event_id.as_str().strip_prefix('$').and_then(|rest| format!("!{rest}").parse().ok())
}

/// Room 12: the create event that a room's ID names.
pub(crate) fn create_of_room(room_id: &RoomId) -> Option<OwnedEventId> {
    room_id.as_str().strip_prefix('!').and_then(|rest| format!("${rest}").parse().ok())
}

/// Tells whether an event is a power event (<https://spec.matrix.org/v1.19/rooms/v2/#definitions>), counting
/// the create event among them as Synapse and ruma do.
fn is_power_event<E: Event>(event: &E, key: u32, content: &AuthContent) -> bool {
    match content {
        AuthContent::Member(member) => {
            matches!(member.membership, Some(Membership::Leave | Membership::Ban))
                && event.state_key().is_some_and(|state_key| state_key != event.sender().as_str())
        }
        _ => matches!(key, CREATE | POWER_LEVELS | JOIN_RULES),
    }
}

/// The event's only previous event, if that is one of its auth events or the room ID names the create event.
/// What else the graph happens to hold does not matter: the order of insertion must not show.
fn only_prev<E: Event>(graph: &EventGraph, event: &E) -> u8 {
    let mut prev_events = event.prev_events();
    let (Some(only), None) = (prev_events.next(), prev_events.next()) else { return NO_ONLY_PREV };
    if graph.rules.authorization.selects_create_event {
        let place = event.auth_events().position(|auth_event| auth_event == only);
        place.and_then(|place| u8::try_from(place).ok()).unwrap_or(NO_ONLY_PREV)
    } else if graph.named_create.is_some() && graph.index(only).map(|index| index.0) == graph.named_create {
        NAMED_CREATE
    } else {
        NO_ONLY_PREV
    }
}

impl EventGraph {
    pub(crate) fn type_number(&mut self, event_type: &str) -> Option<u32> {
        self.types.intern(event_type, |name| name.into())
    }

    pub(crate) fn key_number(&mut self, event_type: u32, state_key: Option<&str>) -> Option<u32> {
        let key = KeyRef { event_type, state_key };
        self.keys.intern(&key, |key| Key { event_type, state_key: key.state_key.map(Into::into) })
    }

    pub(crate) fn event_number(&mut self, id: &EventId) -> Option<u32> {
        let number = self.ids.intern(id, EventId::to_owned)?;
        if number as usize == self.nodes.len() {
            self.nodes.push(Node::unknown());
        }
        Some(number)
    }

    pub(crate) fn user_number(&mut self, id: &UserId) -> Option<u32> {
        if let Some(known) = self.users.find(&UserRef(id.as_str())) {
            return Some(known);
        }
        let member_key = self.key_number(MEMBER_TYPE, Some(id.as_str()))?;
        self.users.intern(&UserRef(id.as_str()), |_| User { id: id.to_owned(), member_key })
    }

    /// Stores content, once for all events that say nothing to the rules, for all join rules and memberships alike.
    pub(crate) fn content_number(&mut self, content: AuthContent) -> Option<u32> {
        let is_plain = match &content {
            AuthContent::Other => return Some(OTHER_CONTENT),
            AuthContent::Member(member) => {
                member.join_authorised_via_users_server.is_none() && member.third_party_invite.is_none()
            }
            AuthContent::JoinRules(_) => true,
            _ => false,
        };
        if is_plain {
            let known =
                self.plain.iter().find(|number| self.contents.get(**number as usize) == Some(&content));
            if let Some(number) = known {
                return Some(*number);
            }
        }
        let number = u32::try_from(self.contents.len()).ok()?;
        self.contents.push(content);
        if is_plain {
            self.plain.push(number);
        }
        Some(number)
    }

    /// Remembers the room's ID and, where that names the create event, that this one is needed.
    fn name_room(&mut self, room_id: OwnedRoomId) {
        if self.room_id.is_some() {
            return;
        }
        if self.rules.room_id_format == RoomIdFormat::CreateHash
            && let Some(create) = create_of_room(&room_id)
            && let Some(index) = self.event_number(&create)
        {
            self.missing.insert(index);
            self.named_create = Some(index);
        }
        self.room_id = Some(room_id);
    }

    fn set_node(&mut self, index: u32, node: Node) {
        if let Some(place) = self.nodes.get_mut(index as usize) {
            *place = node;
        }
    }

    /// Has power levels share their content with those that they follow, or with the last that were given.
    fn share_power_levels(&mut self, index: u32, content: u32) {
        let cited = self.auth_events(index).find(|auth_event| self.node(*auth_event).key == POWER_LEVELS);
        let other = self.node(cited.unwrap_or(self.last_power_levels)).content;
        self.last_power_levels = index;
        let Some(place) = self.contents.get_mut(content as usize) else { return };
        let mut own = core::mem::replace(place, AuthContent::Other);
        if let (AuthContent::PowerLevels(own), Some(AuthContent::PowerLevels(other))) =
            (&mut own, self.contents.get(other as usize))
        {
            own.share_with(other);
        }
        if let Some(place) = self.contents.get_mut(content as usize) {
            *place = own;
        }
    }

    /// Gives an event whose auth events are complete its depth, and so on to those that waited for it. Each
    /// link is followed once in a graph's life, whatever the order in which events come.
    fn complete(&mut self, index: u32) {
        let mut complete = vec![index];
        while let Some(index) = complete.pop() {
            let deepest = self.auth_events(index).map(|auth| self.node(auth).auth_depth).max().unwrap_or(0);
            let power_levels =
                self.auth_events(index).find(|auth| self.node(*auth).key == POWER_LEVELS).unwrap_or(NONE);
            let sender_level = self.level_under(index, power_levels);
            let limit = self.limits.auth_depth;
            let Some(node) = self.nodes.get_mut(index as usize) else { continue };
            if deepest >= limit {
                node.flags |= TOO_DEEP;
                continue;
            }
            node.auth_depth = deepest + 1;
            node.power_levels = power_levels;
            node.sender_level = sender_level;
            let mut next = node.dependents;
            while let Some(link) = self.links.get(next as usize).copied() {
                next = link.next;
                if let Some(dependent) = self.nodes.get_mut(link.from as usize) {
                    dependent.waiting = dependent.waiting.saturating_sub(1);
                    if dependent.waiting == 0 {
                        complete.push(link.from);
                    }
                }
            }
        }
    }

    fn level_under(&self, index: u32, power_levels: u32) -> i64 {
        match (self.content(self.node(power_levels)), self.sender(self.node(index))) {
            (AuthContent::PowerLevels(power_levels), Some(sender)) => power_levels.user(&sender.id),
            _ => 0,
        }
    }
}
