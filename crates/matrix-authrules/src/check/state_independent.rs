use matrix_identifiers::{EventId, RoomId};
use matrix_roomversion::AuthorizationRules;

use crate::{
    auth_types::AuthTypes,
    content::{AuthContent, event_type},
    create::Create,
    denied::{Denied, Fact},
    event::Event,
    rule::Rule,
    state::Candidate,
};

/// What the rules about `auth_events` read of an event that is named there.
#[derive(Clone, Copy, Debug)]
pub struct AuthEvent<'a> {
    /// Its `type`.
    pub event_type: &'a str,
    /// Its `state_key`, if it is a state event.
    pub state_key: Option<&'a str>,
    /// Its `room_id`.
    pub room_id: Option<&'a RoomId>,
    /// Whether it was rejected on receipt.
    pub rejected: bool,
}

impl<'a> AuthEvent<'a> {
    /// Takes from an event what the rules read.
    pub fn new<E: Event>(event: &'a E, rejected: bool) -> Self {
        Self {
            event_type: event.event_type(),
            state_key: event.state_key(),
            room_id: event.room_id(),
            rejected,
        }
    }
}

/// Checks an event by the rules that need no state: those about create events, and those about `auth_events`
/// (rules 1 and 2; 1 to 3 in room 12). `content` is what [`AuthContent::parse`] reads of the event.
///
/// `auth_event` finds an event by its ID: those in `auth_events`, and in room 12 the create event. One that it
/// does not know is passed over; a caller that receives events makes sure to have all of them first. Where the
/// create event has to be named, one that is not known is not there.
///
/// A create event that names a room version of the caller's own is denied with
/// [`Rule::CreateRoomVersion`](crate::Rule::CreateRoomVersion), as the versions that `matrix-roomversion` has are
/// the recognised ones.
///
/// <https://spec.matrix.org/v1.19/rooms/v12/#authorisation-rules>
///
/// # Errors
///
/// When a rule rejects the event: the first that does.
pub fn check_state_independent<'a, E: Event>(
    event: &E,
    content: &AuthContent,
    rules: &AuthorizationRules,
    auth_event: impl Fn(&EventId) -> Option<AuthEvent<'a>>,
) -> Result<(), Denied> {
    let deny = |rule| Err(Denied::new(rule, rules.numbering, Fact::None));
    if let AuthContent::Create(create) = content {
        return check_create(event, create, rules).map_or(Ok(()), deny);
    }
    // Rule 2: the room ID names the create event.
    if !rules.selects_create_event {
        let create = event.room_id().and_then(RoomId::create_event_id).and_then(|id| auth_event(&id));
        if !create.is_some_and(|create| create.event_type == event_type::CREATE && !create.rejected) {
            return deny(Rule::RoomIdOfNoCreateEvent);
        }
    }
    // Rule 3.
    let known: Vec<AuthEvent<'_>> = event.auth_events().filter_map(auth_event).collect();
    let selected = AuthTypes::of(&Candidate::new(event, content, None), rules);
    check_auth_events(&known, &selected, event.room_id(), rules).map_or(Ok(()), deny)
}

/// Rule 1.
fn check_create<E: Event>(event: &E, create: &Create, rules: &AuthorizationRules) -> Option<Rule> {
    if event.prev_events().next().is_some() {
        return Some(Rule::CreatePrevEvents);
    }
    if !rules.selects_create_event {
        // The room ID is made of this event.
        if event.room_id().is_some() {
            return Some(Rule::CreateRoomId);
        }
    } else if event.room_id().and_then(RoomId::server_name) != Some(event.sender().server_name()) {
        return Some(Rule::CreateRoomIdDomain);
    }
    create.defect()
}

/// Rules 3.1 to 3.4, each over all the events before the next.
fn check_auth_events(
    events: &[AuthEvent<'_>],
    selected: &AuthTypes<'_>,
    room_id: Option<&RoomId>,
    rules: &AuthorizationRules,
) -> Option<Rule> {
    let mut keys: Vec<_> = events.iter().map(|event| (event.event_type, event.state_key)).collect();
    keys.sort_unstable();
    let is_selected = |(event_type, state_key): (&str, Option<&str>)| {
        state_key.is_some_and(|state_key| selected.contains(event_type, state_key))
    };
    if keys.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
        Some(Rule::AuthEventsDuplicate)
    } else if !keys.iter().copied().all(is_selected) {
        Some(Rule::AuthEventsNotSelected)
    } else if events.iter().any(|event| event.rejected) {
        Some(Rule::AuthEventsRejected)
    } else if rules.selects_create_event && !keys.contains(&(event_type::CREATE, Some(""))) {
        Some(Rule::AuthEventsNoCreate)
    } else if events.iter().any(|event| room_id.is_none() || event.room_id != room_id) {
        Some(Rule::AuthEventsOtherRoom)
    } else {
        None
    }
}
