//! The rules, in the order in which the specification has them.

mod auth_events;
mod member;
mod power_levels;

use matrix_identifiers::EventId;
use matrix_roomversion::{AuthorizationRules, RoomVersionRules};

use crate::{
    content::AuthContent,
    denied::{Denied, Fact},
    event::Event,
    level::PowerLevel,
    member::Membership,
    power_levels::Setting,
    room_levels::RoomLevels,
    rule::Rule,
    state::{AuthState, Candidate, ParsedState, Redaction, VerifyInvite},
};

pub use auth_events::{AuthEvent, check_state_independent};

/// Checks an event against a state, by all rules: the front door for callers with whole events at hand.
///
/// `state` are the events of the state; those of them that the event names as its auth events are looked at in
/// that role as well, and `rejected` tells which were rejected. Auth events that are not among them are not
/// looked at. Restricted joins are assumed to carry the signature of the authoriser's server, which
/// `matrix_signatures::verify_event` makes sure of.
///
/// # Errors
///
/// When a rule refuses the event.
pub fn check<E: Event>(
    event: &E,
    rules: &RoomVersionRules,
    state: &[E],
    rejected: impl Fn(&EventId) -> bool,
    verify_invite: VerifyInvite,
) -> Result<(), Denied> {
    let rules = &rules.authorization;
    let by_id: std::collections::BTreeMap<&EventId, &E> =
        state.iter().map(|event| (event.event_id(), event)).collect();
    check_state_independent(event, rules, |id| {
        by_id.get(id).map(|event| AuthEvent {
            event_type: event.event_type(),
            state_key: event.state_key(),
            room_id: event.room_id(),
            rejected: rejected(id),
        })
    })?;
    let state = ParsedState::new(state, rules, verify_invite);
    let content = AuthContent::parse(event, rules);
    let mut prev_events = event.prev_events();
    let only_prev_event = prev_events.next().filter(|_| prev_events.next().is_none());
    let create = state.create().map(|create| create.event_id());
    let candidate = Candidate {
        event_type: event.event_type(),
        state_key: event.state_key(),
        sender: event.sender(),
        content: &content,
        only_prev_event_is_create: only_prev_event.is_some() && only_prev_event == create,
        redaction: Some(Redaction { event_id: event.event_id(), redacts: event.redacts() }),
    };
    check_state_dependent(&candidate, rules, &state)
}

/// Checks an event by the rules that need a state. Never allocates.
///
/// The rule that a restricted join be signed by the authoriser's server (4.2 in room 8) is not among them:
/// `matrix_signatures::verify_event` asks for that signature.
///
/// # Errors
///
/// When a rule refuses the event.
pub fn check_state_dependent<S: AuthState>(
    event: &Candidate<'_>,
    rules: &AuthorizationRules,
    state: &S,
) -> Result<(), Denied> {
    Check { event, rules, state }.run().map_err(|(rule, fact)| Denied::new(rule, rules.numbering, fact))
}

/// The verdict of one rule: nothing to say against the event, or what.
type Verdict = Result<(), (Rule, Fact)>;

fn deny(rule: Rule) -> Verdict {
    Err((rule, Fact::None))
}

struct Check<'a, S> {
    event: &'a Candidate<'a>,
    rules: &'a AuthorizationRules,
    state: &'a S,
}

impl<S: AuthState> Check<'_, S> {
    /// Rules 3 to the last (4 to the last in room 12). The numbers beside the steps are those of room 1.
    fn run(&self) -> Verdict {
        let event = self.event;
        if let AuthContent::Create(create) = event.content {
            // Rule 1, as far as the content goes.
            return create.defect().map_or(Ok(()), deny);
        }
        let Some(create) = self.state.create() else {
            let named = self.rules.selects_create_event;
            return deny(if named { Rule::AuthEventsNoCreate } else { Rule::RoomIdOfNoCreateEvent });
        };
        // 3.
        if !create.federate() && event.sender.server_name() != create.sender().server_name() {
            return deny(Rule::Federate);
        }
        match event.content {
            // 4.
            _ if self.rules.aliases_rule && event.event_type == "m.room.aliases" => return self.aliases(),
            // 5.
            AuthContent::Member(member) => return self.member(create, member),
            _ => {}
        }
        // 6.
        let sender = event.sender.as_str();
        let membership = self.state.membership(sender);
        if membership != Some(Membership::Join) {
            return Err((Rule::SenderNotJoined, Fact::Membership(membership)));
        }
        let levels = RoomLevels::new(self.rules, Some(create), self.state.power_levels());
        let level = levels.user(sender);
        // 7.
        if let AuthContent::ThirdPartyInvite(_) = event.content {
            return at_least(level, levels.setting(Setting::Invite), Rule::ThirdPartyInviteLevel);
        }
        // 8.
        let required = levels.required(event.event_type, event.state_key.is_some());
        at_least(level, required, Rule::RequiredLevel)?;
        // 9.
        if event.state_key.is_some_and(|state_key| state_key.starts_with('@') && state_key != sender) {
            return deny(Rule::StateKeyOfOther);
        }
        // 10.
        if let AuthContent::PowerLevels(new) = event.content {
            return self.power_levels(create, new, level);
        }
        // 11.
        if self.rules.redaction_rule && event.event_type == "m.room.redaction" {
            return self.redaction(level, levels.setting(Setting::Redact));
        }
        // 12.
        Ok(())
    }

    /// Rule 4 of rooms 1 to 5.
    fn aliases(&self) -> Verdict {
        match self.event.state_key {
            None => deny(Rule::AliasesStateKey),
            Some(state_key) if self.event.sender.server_name().as_str() != state_key => {
                deny(Rule::AliasesDomain)
            }
            Some(_) => Ok(()),
        }
    }

    /// Rule 11 of rooms 1 and 2.
    fn redaction(&self, sender: PowerLevel, redact: PowerLevel) -> Verdict {
        let same_server = self.event.redaction.is_some_and(|redaction| {
            let own = redaction.event_id.server_name();
            own.is_some() && own == redaction.redacts.and_then(EventId::server_name)
        });
        if same_server { Ok(()) } else { at_least(sender, redact, Rule::RedactionOtherwise) }
    }
}

/// Holds a sender's level against the one that is needed.
fn at_least(sender: PowerLevel, needed: PowerLevel, rule: Rule) -> Verdict {
    if sender >= needed { Ok(()) } else { Err((rule, Fact::Levels(sender, needed))) }
}
