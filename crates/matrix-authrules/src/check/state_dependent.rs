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

/// Checks an event by the rules that need a state.
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
    let levels = RoomLevels::new(rules, Some(create), state.power_levels());
    Check { candidate, rules, state, create, levels }.run()
}

/// One check: the event, the rules and the state.
pub(super) struct Check<'a, S: ?Sized> {
    pub(super) candidate: &'a Candidate<'a>,
    pub(super) rules: &'a AuthorizationRules,
    pub(super) state: &'a S,
    pub(super) create: &'a Create,
    pub(super) levels: RoomLevels<'a>,
}

impl<S: AuthState + ?Sized> Check<'_, S> {
    fn run(&self) -> Result<(), Denied> {
        let candidate = self.candidate;
        // Rule 4. Only the sender's server counts, not that of a member event's target.
        if !self.create.federate()
            && candidate.sender.server_name() != self.create.sender().server_name()
        {
            return self.deny(Rule::Federate);
        }
        if self.rules.aliases_rule && candidate.event_type == event_type::ALIASES {
            return self.aliases();
        }
        if let AuthContent::Member(content) = candidate.content {
            return member::check(self, content); // Rule 5.
        }
        self.joined(candidate.sender.as_str(), Rule::SenderNotJoined)?; // Rule 6.
        let sender = self.levels.user(candidate.sender);
        if let AuthContent::ThirdPartyInvite(_) = candidate.content {
            return self.at_least(sender, self.levels.invite(), Rule::ThirdPartyInviteLevel); // Rule 7.
        }
        let required = self.levels.required(candidate.event_type, candidate.state_key.is_some());
        self.at_least(sender, required, Rule::RequiredLevel)?; // Rule 8.
        if candidate.state_key.is_some_and(|key| key.starts_with('@') && key != candidate.sender.as_str()) {
            return self.deny(Rule::StateKeyOfOther); // Rule 9.
        }
        if let AuthContent::PowerLevels(content) = candidate.content {
            return power_levels::check(self, content, sender); // Rule 10.
        }
        if self.rules.redaction_rule && candidate.event_type == event_type::REDACTION {
            return self.redaction(sender);
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
    fn redaction(&self, sender: PowerLevel) -> Result<(), Denied> {
        let same_server = |(own, target): (&EventId, &EventId)| {
            own.server_name().is_some() && own.server_name() == target.server_name()
        };
        if self.candidate.redaction.is_some_and(same_server) {
            return Ok(());
        }
        self.at_least(sender, self.levels.redact(), Rule::RedactionOtherwise)
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
