use std::collections::BTreeMap;

use matrix_identifiers::{EventId, UserId};
use matrix_roomversion::AuthorizationRules;

use crate::{
    content::AuthContent, create::Create, event::Event, join_rules::JoinRule, level::PowerLevel,
    member::Membership, power_levels::PowerLevels, third_party_invite::ThirdPartyInvite,
};

/// How the `signed` object of a third-party invite is verified: given its JSON text and the public keys in
/// base64, tells whether one of its signatures is by one of those keys.
///
/// `verify_signed`, with the feature `third-party-invite`, is one.
pub type VerifyInvite = fn(signed: &str, public_keys: &[Box<str>]) -> bool;

/// The state that an event is checked against, in parsed form.
///
/// Only events with the state keys named here count: `""` for all but members and third-party invites.
pub trait AuthState {
    /// Returns the room's `m.room.create`. In room 12 it is the event that the room ID names, part of the state
    /// or not.
    fn create(&self) -> Option<&Create>;

    /// Returns the `m.room.power_levels` in force.
    fn power_levels(&self) -> Option<&PowerLevels>;

    /// Returns the join rule of the `m.room.join_rules` in force.
    fn join_rule(&self) -> Option<JoinRule>;

    /// Returns the membership in the `m.room.member` with this state key, which need not be a valid user ID.
    fn membership(&self, state_key: &str) -> Option<Membership>;

    /// Returns the `m.room.third_party_invite` whose state key is `token`.
    fn third_party_invite(&self, token: &str) -> Option<&ThirdPartyInvite>;

    /// Returns how the signature of a third-party invite is verified.
    fn verify_invite(&self) -> VerifyInvite;

    /// Returns the level of the sender of the event being checked under [`power_levels`](Self::power_levels) and
    /// [`create`](Self::create), if it is remembered. `None` has it looked up.
    fn sender_level(&self) -> Option<PowerLevel> {
        None
    }
}

/// What the rules read of the event being checked.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Its `type`.
    pub event_type: &'a str,
    /// Its `state_key`, if it is a state event.
    pub state_key: Option<&'a str>,
    /// Its `sender`.
    pub sender: &'a UserId,
    /// Its content, read by [`AuthContent::parse`].
    pub content: &'a AuthContent,
    /// Whether `prev_events` holds one event and that is the room's create event.
    pub only_prev_event_is_create: bool,
    /// The event's own ID and that of the event it redacts, read for the rule of rooms 1 and 2.
    pub redaction: Option<(&'a EventId, &'a EventId)>,
}

impl<'a> Candidate<'a> {
    /// Takes from an event what the rules read, given its content and the ID of the room's create event.
    pub fn new<E: Event>(event: &'a E, content: &'a AuthContent, create: Option<&EventId>) -> Self {
        let mut prev_events = event.prev_events();
        let only = match (prev_events.next(), prev_events.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        };
        Self {
            event_type: event.event_type(),
            state_key: event.state_key(),
            sender: event.sender(),
            content,
            only_prev_event_is_create: only.is_some() && only == create,
            redaction: event.redacts().map(|target| (event.event_id(), target)),
        }
    }
}

/// A state that was read from its events and owns what the rules need of them.
#[derive(Clone, Debug)]
pub struct ParsedState {
    rules: AuthorizationRules,
    verify_invite: VerifyInvite,
    create: Option<Box<Create>>,
    power_levels: Option<Box<PowerLevels>>,
    join_rule: Option<JoinRule>,
    members: BTreeMap<Box<str>, Option<Membership>>,
    invites: BTreeMap<Box<str>, Box<ThirdPartyInvite>>,
}

impl ParsedState {
    /// Makes an empty state of a room with these rules.
    pub const fn new(rules: &AuthorizationRules, verify_invite: VerifyInvite) -> Self {
        Self {
            rules: *rules,
            verify_invite,
            create: None,
            power_levels: None,
            join_rule: None,
            members: BTreeMap::new(),
            invites: BTreeMap::new(),
        }
    }

    /// Puts an event into the state, in place of one with the same type and state key. Events that the rules do
    /// not read leave no trace.
    pub fn insert<E: Event>(&mut self, event: &E) {
        let Some(state_key) = event.state_key() else { return };
        match AuthContent::parse(event, &self.rules) {
            AuthContent::Member(member) => {
                self.members.insert(state_key.into(), member.membership);
            }
            AuthContent::ThirdPartyInvite(invite) => {
                self.invites.insert(state_key.into(), invite);
            }
            _ if !state_key.is_empty() => {}
            AuthContent::Create(create) => self.create = Some(create),
            AuthContent::PowerLevels(power_levels) => self.power_levels = Some(power_levels),
            AuthContent::JoinRules(join_rules) => self.join_rule = Some(join_rules.join_rule),
            AuthContent::Other => {}
        }
    }
}

impl AuthState for ParsedState {
    fn create(&self) -> Option<&Create> {
        self.create.as_deref()
    }

    fn power_levels(&self) -> Option<&PowerLevels> {
        self.power_levels.as_deref()
    }

    fn join_rule(&self) -> Option<JoinRule> {
        self.join_rule
    }

    fn membership(&self, state_key: &str) -> Option<Membership> {
        self.members.get(state_key).copied().flatten()
    }

    fn third_party_invite(&self, token: &str) -> Option<&ThirdPartyInvite> {
        self.invites.get(token).map(|invite| &**invite)
    }

    fn verify_invite(&self) -> VerifyInvite {
        self.verify_invite
    }
}
