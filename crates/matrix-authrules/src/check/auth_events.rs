//! The rules that need no state: 1, and those about `auth_events` (2; in room 12, 2 and 3).

use std::collections::BTreeSet;

use matrix_identifiers::{EventId, RoomId};
use matrix_roomversion::AuthorizationRules;

use crate::{
    auth_types::auth_types,
    content::AuthContent,
    denied::{Denied, Fact},
    event::Event,
    rule::Rule,
};

use super::{Verdict, deny};

/// What the rules about `auth_events` read of one of them.
#[derive(Clone, Copy, Debug)]
pub struct AuthEvent<'a> {
    /// Its `type`.
    pub event_type: &'a str,
    /// Its `state_key`.
    pub state_key: Option<&'a str>,
    /// The room that it belongs to; `None` is not held against it.
    pub room_id: Option<&'a RoomId>,
    /// Whether it was rejected on receipt.
    pub rejected: bool,
}

/// Checks an event by the rules that look at nothing but the event and its auth events: check 4 on receipt of a
/// PDU begins with them.
///
/// `auth_event` finds an auth event, or in room 12 the create event, by its ID. Auth events that it does not
/// know are not looked at: that they are all there is for the caller to see to.
///
/// # Errors
///
/// When a rule refuses the event.
pub fn check_state_independent<'a, E: Event>(
    event: &E,
    rules: &AuthorizationRules,
    auth_event: impl Fn(&EventId) -> Option<AuthEvent<'a>>,
) -> Result<(), Denied> {
    let verdict = if event.event_type() == "m.room.create" {
        create(event, rules)
    } else {
        room_is_created(event, rules, &auth_event).and_then(|()| auth_events(event, rules, &auth_event))
    };
    verdict.map_err(|(rule, fact): (Rule, Fact)| Denied::new(rule, rules.numbering, fact))
}

/// Rule 1.
fn create<E: Event>(event: &E, rules: &AuthorizationRules) -> Verdict {
    if event.prev_events().next().is_some() {
        return deny(Rule::CreatePrevEvents);
    }
    if !rules.selects_create_event {
        if event.room_id().is_some() {
            return deny(Rule::CreateRoomId);
        }
    } else if event.room_id().and_then(RoomId::server_name) != Some(event.sender().server_name()) {
        return deny(Rule::CreateRoomIdDomain);
    }
    match AuthContent::parse(event, rules) {
        AuthContent::Create(create) => create.defect().map_or(Ok(()), deny),
        _ => Ok(()),
    }
}

/// Rule 2 of room 12: the room ID names an accepted create event.
fn room_is_created<'a, E: Event>(
    event: &E,
    rules: &AuthorizationRules,
    auth_event: &impl Fn(&EventId) -> Option<AuthEvent<'a>>,
) -> Verdict {
    if rules.selects_create_event {
        return Ok(());
    }
    let create = event.room_id().and_then(RoomId::create_event_id).and_then(|id| auth_event(&id));
    match create {
        Some(create) if create.event_type == "m.room.create" && !create.rejected => Ok(()),
        _ => deny(Rule::RoomIdOfNoCreateEvent),
    }
}

/// Rule 2; in room 12, rule 3.
fn auth_events<'a, E: Event>(
    event: &E,
    rules: &AuthorizationRules,
    auth_event: &impl Fn(&EventId) -> Option<AuthEvent<'a>>,
) -> Verdict {
    let known: Vec<AuthEvent<'a>> = event.auth_events().filter_map(auth_event).collect();
    let keys: BTreeSet<_> = known.iter().map(|known| (known.event_type, known.state_key)).collect();
    if keys.len() < known.len() {
        return deny(Rule::AuthEventsDuplicate);
    }
    let selected = auth_types(event, rules);
    let is_selected = |known: &AuthEvent<'_>| {
        let wanted = known.state_key.map(|state_key| (known.event_type, state_key));
        selected.iter().any(|(event_type, state_key)| wanted == Some((*event_type, state_key.as_ref())))
    };
    if !known.iter().all(is_selected) {
        return deny(Rule::AuthEventsNotSelected);
    }
    if known.iter().any(|known| known.rejected) {
        return deny(Rule::AuthEventsRejected);
    }
    if rules.selects_create_event && !known.iter().any(|known| known.event_type == "m.room.create") {
        return deny(Rule::AuthEventsNoCreate);
    }
    let other_room = |known: &AuthEvent<'_>| known.room_id.is_some_and(|room_id| event.room_id() != Some(room_id));
    if known.iter().any(other_room) {
        return deny(Rule::AuthEventsOtherRoom);
    }
    Ok(())
}
