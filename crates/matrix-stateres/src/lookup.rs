//! What an event of the graph is checked against: a state, its own auth events, or both.

use crate::{
    graph::{CREATE, EventGraph, EventIndex, JOIN_RULES, MEMBER_TYPE, POWER_LEVELS, THIRD_PARTY_INVITE_TYPE},
    node::{NONE, REJECTED},
    state_set::StateSet,
};
use matrix_authrules::{
    AuthContent, AuthState, Candidate, Create, Denied, JoinRule, Membership, PowerLevels, ThirdPartyInvite,
    VerifyInvite, check_state_dependent,
};

/// Where the event under a key is found.
pub(crate) trait Lookup {
    /// Returns the event under `key`, if there is one.
    fn event(&self, key: u32) -> Option<u32>;
}

impl Lookup for StateSet {
    fn event(&self, key: u32) -> Option<u32> {
        self.get(key)
    }
}

/// No state at all: only the event's own auth events count.
pub(crate) struct NoState;

impl Lookup for NoState {
    fn event(&self, _: u32) -> Option<u32> {
        None
    }
}

/// Whether an event's own auth events stand in for what a state does not hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AuthEvents {
    /// They do, except those that were rejected: the iterative auth checks, and the check against auth events.
    StandIn,
    /// They do not: the checks against the state before an event, and against the current state.
    Ignored,
}

/// Checks an event of the graph, by the rules that need a state.
///
/// # Errors
///
/// When a rule rejects the event.
pub(crate) fn check<L: Lookup>(
    graph: &EventGraph,
    index: u32,
    state: &L,
    auth_events: AuthEvents,
) -> Result<(), Denied> {
    let node = graph.node(index);
    let (Some((event_type, state_key)), Some(sender)) = (graph.key(node.key), graph.sender(node)) else {
        return Ok(()); // Not reached: events that are checked have been given.
    };
    let own_id = graph.event_id(EventIndex(index));
    let redaction = own_id.and_then(|event_id| Some((event_id, graph.redacts(index)?)));
    let candidate = Candidate {
        event_type,
        state_key,
        sender: &sender.id,
        content: graph.content(node),
        only_prev_event_is_create: node.only_prev != NONE && Some(node.only_prev) == graph.create(),
        redaction,
    };
    let view =
        View { graph, index, sender: sender.id.as_str(), member_key: sender.member_key, state, auth_events };
    check_state_dependent(&candidate, &graph.rules().authorization, &view)
}

/// The state as one event sees it.
struct View<'a, L> {
    graph: &'a EventGraph,
    index: u32,
    sender: &'a str,
    member_key: u32,
    state: &'a L,
    auth_events: AuthEvents,
}

impl<'a, L: Lookup> View<'a, L> {
    fn content(&self, key: u32) -> Option<&'a AuthContent> {
        let event = match self.state.event(key) {
            Some(event) => event,
            None if self.auth_events == AuthEvents::StandIn => self.auth_event(key)?,
            None => return None,
        };
        Some(self.graph.content(self.graph.node(event)))
    }

    /// The event's own auth event for a key. The create event of a room 12 is named by the room ID instead.
    fn auth_event(&self, key: u32) -> Option<u32> {
        if key == CREATE && !self.graph.rules().authorization.selects_create_event {
            return self.graph.create();
        }
        self.graph.auth_events(self.index).find(|auth| {
            let node = self.graph.node(*auth);
            node.key == key && !node.has(REJECTED)
        })
    }

    fn member_key(&self, user_id: &str) -> Option<u32> {
        if user_id == self.sender {
            return Some(self.member_key);
        }
        self.graph.find_key(MEMBER_TYPE, user_id)
    }
}

impl<L: Lookup> AuthState for View<'_, L> {
    fn create(&self) -> Option<&Create> {
        match self.content(CREATE)? {
            AuthContent::Create(create) => Some(create),
            _ => None,
        }
    }

    fn power_levels(&self) -> Option<&PowerLevels> {
        match self.content(POWER_LEVELS)? {
            AuthContent::PowerLevels(power_levels) => Some(power_levels),
            _ => None,
        }
    }

    fn join_rule(&self) -> Option<JoinRule> {
        match self.content(JOIN_RULES)? {
            AuthContent::JoinRules(join_rules) => Some(join_rules.join_rule),
            _ => None,
        }
    }

    fn membership(&self, user_id: &str) -> Option<Membership> {
        match self.content(self.member_key(user_id)?)? {
            AuthContent::Member(member) => member.membership,
            _ => None,
        }
    }

    fn third_party_invite(&self, token: &str) -> Option<&ThirdPartyInvite> {
        match self.content(self.graph.find_key(THIRD_PARTY_INVITE_TYPE, token)?)? {
            AuthContent::ThirdPartyInvite(invite) => Some(invite),
            _ => None,
        }
    }

    fn verify_invite(&self) -> VerifyInvite {
        self.graph.verify_invite()
    }
}
