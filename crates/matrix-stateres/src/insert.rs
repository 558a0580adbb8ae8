//! Putting an event into a graph: the checks, the numbering, and the depth of auth chains as they fill up.

use matrix_authrules::{AuthContent, Create, Event, Member, Membership};
use matrix_identifiers::{EventId, OwnedEventId, OwnedRoomId, RoomId, UserId};
use matrix_roomversion::{RoomIdFormat, RoomVersion};

use crate::{
    error::Error,
    graph::{
        CREATE, EventGraph, EventIndex, JOIN_RULES, MAX_AUTH_EVENTS, MEMBER_TYPE, OTHER_CONTENT, POWER_LEVELS,
    },
    node::{Edge, Key, KeyRef, NONE, Node, POWER, PRESENT, User, UserRef},
};

/// Numbers above this one are never given to events and edges.
const MAX_NUMBER: usize = (u32::MAX - 64) as usize;

/// # Errors
///
/// When the event names too many auth events, or the graph is full.
pub(crate) fn check_limits<E: Event>(graph: &EventGraph, event: &E) -> Result<(), Error> {
    let count = event.auth_events().count();
    if count > MAX_AUTH_EVENTS {
        let event = event.event_id().to_owned();
        return Err(Error::TooManyAuthEvents { event, count, limit: MAX_AUTH_EVENTS });
    }
    if graph.nodes.len().max(graph.edges.len()).max(graph.keys.len()) > MAX_NUMBER {
        return Err(Error::GraphFull(event.event_id().to_owned()));
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
    let event_type = graph.type_number(event.event_type())?;
    let key = graph.key_number(event_type, event.state_key())?;
    let power = is_power_event(event, key, &content);
    let mut node = Node {
        origin_server_ts: event.origin_server_ts(),
        depth: event.depth(),
        key,
        sender: graph.user_number(event.sender())?,
        content: graph.content_number(content)?,
        edges: u32::try_from(graph.edges.len()).ok()?,
        dependents: graph.node(index).dependents,
        flags: PRESENT | if power { POWER } else { 0 },
        ..Node::unknown()
    };
    if key == CREATE {
        graph.create = Some(index);
    }
    graph.set_node(index, node.clone());
    for auth_event in event.auth_events() {
        let to = graph.event_number(auth_event)?;
        let edge = u32::try_from(graph.edges.len()).ok()?;
        let target = graph.nodes.get_mut(to as usize)?;
        let next = core::mem::replace(&mut target.dependents, edge);
        if !target.has(PRESENT) {
            graph.missing.insert(to);
        }
        node.waiting += u8::from(target.auth_depth == 0);
        node.edge_count += 1;
        graph.edges.push(Edge { from: index, to, next });
    }
    node.dependents = graph.node(index).dependents;
    node.only_prev = only_prev(graph, event);
    let complete = node.waiting == 0;
    graph.set_node(index, node);
    if let (true, Some(target)) = (graph.rules.authorization.redaction_rule, event.redacts()) {
        graph.redacts.insert(index, target.to_owned());
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
fn only_prev<E: Event>(graph: &EventGraph, event: &E) -> u32 {
    let mut prev_events = event.prev_events();
    let (Some(only), None) = (prev_events.next(), prev_events.next()) else { return NONE };
    let can_be_create =
        !graph.rules.authorization.selects_create_event || event.auth_events().any(|auth| auth == only);
    if can_be_create { graph.index(only).map_or(NONE, |index| index.0) } else { NONE }
}

impl EventGraph {
    pub(crate) fn type_number(&mut self, event_type: &str) -> Option<u32> {
        self.types.intern(event_type, |name| name.into())
    }

    pub(crate) fn key_number(&mut self, event_type: u32, state_key: Option<&str>) -> Option<u32> {
        let key = KeyRef { event_type, state_key };
        self.keys.intern(&key, |key| Key { event_type, state_key: key.state_key.map(Into::into) })
    }

    fn event_number(&mut self, id: &EventId) -> Option<u32> {
        let number = self.ids.intern(id, EventId::to_owned)?;
        if number as usize == self.nodes.len() {
            self.nodes.push(Node::unknown());
        }
        Some(number)
    }

    fn user_number(&mut self, id: &UserId) -> Option<u32> {
        if let Some(known) = self.users.find(&UserRef(id.as_str())) {
            return Some(known);
        }
        let member_key = self.key_number(MEMBER_TYPE, Some(id.as_str()))?;
        self.users.intern(&UserRef(id.as_str()), |_| User { id: id.to_owned(), member_key })
    }

    /// Stores content, once for all events that say nothing to the rules, and for all memberships alike.
    fn content_number(&mut self, content: AuthContent) -> Option<u32> {
        let plain = match &content {
            AuthContent::Other => return Some(OTHER_CONTENT),
            AuthContent::Member(Member {
                membership,
                join_authorised_via_users_server: None,
                third_party_invite: None,
            }) => Some(*membership),
            _ => None,
        };
        let known = self.plain_members.iter().find(|(membership, _)| Some(*membership) == plain);
        if let Some((_, number)) = known {
            return Some(*number);
        }
        let number = u32::try_from(self.contents.len()).ok()?;
        self.contents.push(content);
        if let Some(membership) = plain {
            self.plain_members.push((membership, number));
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
        }
        self.room_id = Some(room_id);
    }

    fn set_node(&mut self, index: u32, node: Node) {
        if let Some(place) = self.nodes.get_mut(index as usize) {
            *place = node;
        }
    }

    /// Gives an event whose auth events are complete its depth, and so on to those that waited for it. Each
    /// edge is followed once in a graph's life, whatever the order in which events come.
    fn complete(&mut self, index: u32) {
        let mut complete = vec![index];
        while let Some(index) = complete.pop() {
            let deepest = self.auth_events(index).map(|auth| self.node(auth).auth_depth).max().unwrap_or(0);
            let power_levels =
                self.auth_events(index).find(|auth| self.node(*auth).key == POWER_LEVELS).unwrap_or(NONE);
            if let Some(node) = self.nodes.get_mut(index as usize) {
                node.auth_depth = deepest.saturating_add(1);
                node.power_levels = power_levels;
            }
            let mut next = self.node(index).dependents;
            while let Some(edge) = self.edges.get(next as usize).copied() {
                next = edge.next;
                if let Some(dependent) = self.nodes.get_mut(edge.from as usize) {
                    dependent.waiting = dependent.waiting.saturating_sub(1);
                    if dependent.waiting == 0 {
                        complete.push(edge.from);
                    }
                }
            }
        }
    }
}
