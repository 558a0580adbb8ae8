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
    denied::{Denied, Fact},
    event::Event,
    rule::Rule,
    state::{AuthState as _, Candidate, ParsedState, VerifyInvite},
};

/// Checks an event against the events of a state, by all the rules: the front door for a caller that has whole
/// events at hand.
///
/// The events of `state` play two parts. Those that the event names among its `auth_events` are looked at by the
/// rules about these, `is_rejected` telling which of them were rejected on receipt. And all of them are the state
/// that the other rules ask, be they rejected or not. Of auth events that are not in `state` (another event may
/// have taken their place in it) nothing is known but whether they were rejected. The create event must be in it.
///
/// What [`check_state_independent`] and [`check_state_dependent`] say of what they leave to the caller holds
/// here too.
///
/// ```
/// use matrix_authrules::{Pdu, check};
/// use matrix_roomversion::RoomVersion;
///
/// let rules = RoomVersion::V11.rules();
/// let event = |id: &str, json: &str| -> Result<Pdu, Box<dyn std::error::Error>> {
///     let id: matrix_identifiers::OwnedEventId = id.parse()?;
///     Ok(Pdu::parse(json, Some(&id), rules)?)
/// };
/// let create = event("$create", r#"{"type": "m.room.create", "state_key": "", "sender": "@alice:example.org",
///     "room_id": "!r:example.org", "content": {"room_version": "11"}, "prev_events": [], "auth_events": []}"#)?;
/// let bob = event("$bob", r#"{"type": "m.room.member", "state_key": "@bob:example.org",
///     "sender": "@bob:example.org", "room_id": "!r:example.org", "content": {"membership": "join"},
///     "prev_events": ["$create"], "auth_events": ["$create"]}"#)?;
///
/// let denied = check(&bob, rules, &[create], |_| false, |_, _| false).expect_err("only the creator may join");
/// assert_eq!(denied.rule(), "4.3.7");
/// assert_eq!(
///     denied.to_string(),
///     "the join rule does not let the sender in (join rule: invite, membership: none)"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When a rule rejects the event: the first that does.
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
    // What was rejected is held against the event even if the state does not hold it.
    if event.auth_events().any(&is_rejected) {
        return Err(Denied::new(Rule::AuthEventsRejected, rules.numbering, Fact::None));
    }
    let mut parsed = ParsedState::new(rules, verify_invite);
    state.iter().for_each(|event| parsed.insert(event));
    let candidate = Candidate::new(event, &content, parsed.create().map(|create| create.event_id()));
    check_state_dependent(&candidate, rules, &parsed)
}
