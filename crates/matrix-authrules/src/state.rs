use std::{borrow::Cow, collections::BTreeMap};

use matrix_identifiers::{EventId, UserId};
use matrix_roomversion::AuthorizationRules;

use crate::{
    content::AuthContent, create::Create, event::Event, join_rules::JoinRule, member::Membership,
    power_level_change::PowerLevelChange, power_levels::PowerLevels, third_party_invite::ThirdPartyInvite,
};

/// Verifies the `signed` object of a third-party invite: its JSON text, and the keys of which one must have
/// signed it, in base64. `verify_signed` is this crate's own (feature `third-party-invite`).
pub type VerifyInvite = fn(signed: &str, public_keys: &[Box<str>]) -> bool;

/// The state that an event is checked against, answered in parsed form.
///
/// Only what the rules ask for is looked up. Users are asked for by the text of the state key under which their
/// member event stands, which need not be a user ID.
pub trait AuthState {
    /// Returns the room's `m.room.create`.
    fn create(&self) -> Option<&Create>;

    /// Returns `m.room.power_levels`.
    fn power_levels(&self) -> Option<&PowerLevels>;

    /// Returns the join rule; `None` where there is no `m.room.join_rules`, which is read as `invite`.
    fn join_rule(&self) -> Option<JoinRule>;

    /// Returns the `membership` in the `m.room.member` with this state key.
    fn membership(&self, user_id: &str) -> Option<Membership>;

    /// Returns the `m.room.third_party_invite` with this state key.
    fn third_party_invite(&self, token: &str) -> Option<&ThirdPartyInvite>;

    /// Returns what verifies the signatures of third-party invites.
    fn verify_invite(&self) -> VerifyInvite;

    /// Returns what the power levels event under check changes against the one of this state, where that is
    /// remembered; else it is worked out.
    fn power_level_change(&self) -> Option<&PowerLevelChange> {
        None
    }
}

/// What the rules read of the event under check.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The event's `type`.
    pub event_type: &'a str,
    /// The event's `state_key`, if it is a state event.
    pub state_key: Option<&'a str>,
    /// The event's `sender`.
    pub sender: &'a UserId,
    /// The event's content, as read by [`AuthContent::parse`].
    pub content: &'a AuthContent,
    /// The event has one previous event, and that is the room's create event.
    pub only_prev_event_is_create: bool,
    /// What the event redacts, which only rule 11 of rooms 1 and 2 looks at.
    pub redaction: Option<Redaction<'a>>,
}

/// A redaction as rule 11 of rooms 1 and 2 looks at it: by the two events' IDs.
#[derive(Clone, Copy, Debug)]
pub struct Redaction<'a> {
    /// The ID of the redaction.
    pub event_id: &'a EventId,
    /// The ID of the event that is redacted, where one is named.
    pub redacts: Option<&'a EventId>,
}

/// A state made of whole events, for callers that have nothing better.
#[derive(Clone, Debug)]
pub struct ParsedState<'a> {
    contents: BTreeMap<(Cow<'a, str>, Cow<'a, str>), AuthContent>,
    verify_invite: VerifyInvite,
}

impl<'a> ParsedState<'a> {
    /// Reads state events; of two with the same type and state key, the later one counts. Events that are not
    /// state are left out.
    pub fn new<E: Event + 'a>(
        events: impl IntoIterator<Item = &'a E>,
        rules: &AuthorizationRules,
        verify_invite: VerifyInvite,
    ) -> Self {
        let contents = events.into_iter().filter_map(|event| {
            let key = (Cow::Borrowed(event.event_type()), Cow::Borrowed(event.state_key()?));
            Some((key, AuthContent::parse(event, rules)))
        });
        Self { contents: contents.collect(), verify_invite }
    }

    fn get(&self, event_type: &'static str, state_key: &str) -> Option<&AuthContent> {
        // A short-lived copy of the state key buys a map that borrows from the events.
        self.contents.get(&(Cow::Borrowed(event_type), Cow::Owned(state_key.to_owned())))
    }
}

impl AuthState for ParsedState<'_> {
    fn create(&self) -> Option<&Create> {
        match self.get("m.room.create", "")? {
            AuthContent::Create(create) => Some(create),
            _ => None,
        }
    }

    fn power_levels(&self) -> Option<&PowerLevels> {
        match self.get("m.room.power_levels", "")? {
            AuthContent::PowerLevels(power_levels) => Some(power_levels),
            _ => None,
        }
    }

    fn join_rule(&self) -> Option<JoinRule> {
        match self.get("m.room.join_rules", "")? {
            AuthContent::JoinRules(join_rules) => Some(join_rules.join_rule()),
            _ => None,
        }
    }

    fn membership(&self, user_id: &str) -> Option<Membership> {
        match self.get("m.room.member", user_id)? {
            AuthContent::Member(member) => member.membership(),
            _ => None,
        }
    }

    fn third_party_invite(&self, token: &str) -> Option<&ThirdPartyInvite> {
        match self.get("m.room.third_party_invite", token)? {
            AuthContent::ThirdPartyInvite(invite) => Some(invite),
            _ => None,
        }
    }

    fn verify_invite(&self) -> VerifyInvite {
        self.verify_invite
    }
}
