use matrix_identifiers::EventId;
use matrix_roomversion::AuthorizationRules;

use super::{member, power_levels};
use crate::{
    content::{AuthContent, event_type},
    create::Create,
    denied::{Denied, Fact},
    level::PowerLevel,
    member::Membership,
    room_levels::RoomLevels,
    rule::Rule,
    state::{AuthState, Candidate},
};

/// Checks an event by the rules that need a state: all but those of [`check_state_independent`], which an event
/// passes once, while these are asked again for each state that it is held against.
///
/// A create event needs no state and passes. One rule is not asked: that a join which names who authorised it
/// (`join_authorised_via_users_server`, rule 4.2 of rooms 8 to 11, 5.2 of room 12) is signed by that user's
/// server. `verify_event` of `matrix-signatures` sees to that, together with all other signatures.
///
/// Nothing is allocated, but by [`AuthState::verify_invite`] where a third-party invite comes to be verified.
///
/// <https://spec.matrix.org/v1.19/rooms/v12/#authorisation-rules> and the same section of the other versions
///
/// # Errors
///
/// When a rule rejects the event: the first that does, in the order of the version's text. A state without a
/// create event allows nothing (rule 2.4, in room 12 rule 2).
///
/// [`check_state_independent`]: crate::check_state_independent
pub fn check_state_dependent<S: AuthState + ?Sized>(
    candidate: &Candidate<'_>,
    rules: &AuthorizationRules,
    state: &S,
) -> Result<(), Denied> {
    if matches!(candidate.content, AuthContent::Create(_)) {
        return Ok(());
    }
    let Some(create) = state.create() else {
        let rule =
            if rules.selects_create_event { Rule::AuthEventsNoCreate } else { Rule::RoomIdOfNoCreateEvent };
        return Err(Denied::new(rule, rules.numbering, Fact::None));
    };
    Check { candidate, rules, state, create }.run()
}

/// One check: the event, the rules and the state.
pub(super) struct Check<'a, S: ?Sized> {
    pub(super) candidate: &'a Candidate<'a>,
    pub(super) rules: &'a AuthorizationRules,
    pub(super) state: &'a S,
    pub(super) create: &'a Create,
}

impl<S: AuthState + ?Sized> Check<'_, S> {
    fn run(&self) -> Result<(), Denied> {
        let candidate = self.candidate;
        // Rule 4. Only the sender's server counts, not that of a member event's target.
        if !self.create.federate() && candidate.sender.server_name() != self.create.sender().server_name() {
            return self.deny(Rule::Federate);
        }
        if self.rules.aliases_rule && candidate.event_type == event_type::ALIASES {
            return self.aliases();
        }
        if let AuthContent::Member(content) = candidate.content {
            return member::check(self, content); // Rule 5.
        }
        self.joined(candidate.sender.as_str(), Rule::SenderNotJoined)?; // Rule 6.
        let levels = self.levels();
        let sender = self.level_of_sender(&levels);
        if let AuthContent::ThirdPartyInvite(_) = candidate.content {
            return self.at_least(sender, levels.invite(), Rule::ThirdPartyInviteLevel); // Rule 7.
        }
        let required = levels.required(candidate.event_type, candidate.state_key.is_some());
        self.at_least(sender, required, Rule::RequiredLevel)?; // Rule 8.
        if candidate.state_key.is_some_and(|key| key.starts_with('@') && key != candidate.sender.as_str()) {
            return self.deny(Rule::StateKeyOfOther); // Rule 9.
        }
        if let AuthContent::PowerLevels(content) = candidate.content {
            return power_levels::check(self, content, sender); // Rule 10.
        }
        if self.rules.redaction_rule && candidate.event_type == event_type::REDACTION {
            return self.redaction(sender, levels.redact());
        }
        Ok(()) // Rule 11.
    }

    /// Rule 4 of rooms 1 to 5.
    fn aliases(&self) -> Result<(), Denied> {
        match self.candidate.state_key {
            None => self.deny(Rule::AliasesStateKey),
            Some(state_key) if state_key != self.candidate.sender.server_name().as_str() => {
                self.deny(Rule::AliasesDomain)
            }
            Some(_) => Ok(()),
        }
    }

    /// Rule 11 of rooms 1 and 2.
    fn redaction(&self, sender: PowerLevel, redact: PowerLevel) -> Result<(), Denied> {
        let same_server = |(own, target): (&EventId, &EventId)| {
            own.server_name().is_some() && own.server_name() == target.server_name()
        };
        if self.candidate.redaction.is_some_and(same_server) {
            return Ok(());
        }
        self.at_least(sender, redact, Rule::RedactionOtherwise)
    }

    /// The power levels in force: looked up only by the rules that ask for them.
    pub(super) fn levels(&self) -> RoomLevels<'_> {
        RoomLevels::new(self.rules, Some(self.create), self.state.power_levels())
    }

    /// The level of the event's sender.
    pub(super) fn level_of_sender(&self, levels: &RoomLevels<'_>) -> PowerLevel {
        self.state.sender_level().unwrap_or_else(|| levels.user(self.candidate.sender))
    }

    /// Denies by `rule` unless the user is in the room.
    pub(super) fn joined(&self, state_key: &str, rule: Rule) -> Result<(), Denied> {
        match self.state.membership(state_key) {
            Some(Membership::Join) => Ok(()),
            other => self.deny_for(rule, Fact::Membership(other)),
        }
    }

    /// Denies by `rule` unless `sender` is `required` or above.
    pub(super) fn at_least(
        &self,
        sender: PowerLevel,
        required: PowerLevel,
        rule: Rule,
    ) -> Result<(), Denied> {
        if sender >= required { Ok(()) } else { self.deny_for(rule, Fact::Levels(sender, required)) }
    }

    pub(super) fn deny(&self, rule: Rule) -> Result<(), Denied> {
        self.deny_for(rule, Fact::None)
    }

    pub(super) fn deny_for(&self, rule: Rule, fact: Fact) -> Result<(), Denied> {
        Err(Denied::new(rule, self.rules.numbering, fact))
    }
}
