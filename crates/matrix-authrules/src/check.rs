//! The rules themselves. Comments give a rule's number in room 12, as the most complete.

mod member;
mod power_levels;
mod state_dependent;
mod state_independent;

use matrix_identifiers::EventId;
use matrix_roomversion::RoomVersionRules;

pub use state_dependent::check_state_dependent;
pub use state_independent::{AuthEvent, check_state_independent};

use crate::{
    content::AuthContent,
    denied::Denied,
    event::Event,
    state::{AuthState as _, Candidate, ParsedState, VerifyInvite},
};

/// Checks an event against the events of a state: the whole of the rules in one call.
pub fn check<E: Event>(
    event: &E,
    rules: &RoomVersionRules,
    state: &[E],
    is_rejected: impl Fn(&EventId) -> bool,
    verify_invite: VerifyInvite,
) -> Result<(), Denied> {
    let rules = &rules.authorization;
    let content = AuthContent::parse(event, rules);
    check_state_independent(event, &content, rules, |id| {
        let known = state.iter().find(|event| event.event_id() == id)?;
        Some(AuthEvent::new(known, is_rejected(id)))
    })?;
    let mut parsed = ParsedState::new(rules, verify_invite);
    state.iter().for_each(|event| parsed.insert(event));
    let candidate = Candidate::new(event, &content, parsed.create().map(|create| create.event_id()));
    check_state_dependent(&candidate, rules, &parsed)
}
