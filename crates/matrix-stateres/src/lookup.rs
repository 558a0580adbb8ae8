//! What an event of the graph is checked against: a state, its own auth events, or both.

use crate::{
    graph::{CREATE, EventGraph, EventIndex, JOIN_RULES, MEMBER_TYPE, POWER_LEVELS, THIRD_PARTY_INVITE_TYPE},
    node::{NAMED_CREATE, NO_ONLY_PREV, Node, REJECTED, User},
    state_set::StateSet,
    trace::Source,
};
use matrix_authrules::{
    AuthContent, AuthState, Candidate, Create, Denied, JoinRule, Membership, PowerLevel, PowerLevels,
    ThirdPartyInvite, VerifyInvite, check_state_dependent,
};

/// Where the event under a key is found.
pub(crate) trait Lookup {
    /// Returns the event under `key`, if there is one.
    fn event(&self, key: u32) -> Option<u32>;

    /// Tells where the event under `key` comes from, if there is one.
    fn source(&self, _: u32) -> Source {
        Source::Unconflicted
    }
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
    let (Some(candidate), Some(sender)) = (candidate(graph, index), graph.sender(node)) else {
        return Ok(()); // Not reached: events that are checked have been given.
    };
    let target = if matches!(candidate.content, AuthContent::Member(_)) { candidate.state_key } else { None };
    let view = View { graph, index, node, sender, target, state, auth_events };
    check_state_dependent(&candidate, &graph.rules().authorization, &view)
}

/// What the rules read of an event of the graph.
pub(crate) fn candidate(graph: &EventGraph, index: u32) -> Option<Candidate<'_>> {
    let node = graph.node(index);
    let (event_type, state_key) = graph.key(node.key)?;
    Some(Candidate {
        event_type,
        state_key,
        sender: &graph.sender(node)?.id,
        content: graph.content(node),
        only_prev_event_is_create: follows_create(graph, node),
        redaction: graph.redacts(index).and_then(|target| Some((graph.event_id(EventIndex(index))?, target))),
    })
}

fn follows_create(graph: &EventGraph, node: &Node) -> bool {
    match node.only_prev {
        NO_ONLY_PREV => false,
        NAMED_CREATE => graph.create().is_some(),
        place => {
            let only = graph.auth_events_of(node).get(usize::from(place));
            only.is_some() && only.copied() == graph.create()
        }
    }
}

/// The event under a key among an event's own auth events. The create event of a room 12 is named by the room ID
/// instead.
pub(crate) fn auth_event(graph: &EventGraph, index: u32, key: u32) -> Option<u32> {
    if key == CREATE && !graph.rules().authorization.selects_create_event {
        return graph.create();
    }
    graph.auth_events(index).find(|auth| {
        let node = graph.node(*auth);
        node.key == key && !node.has(REJECTED)
    })
}

/// The state as one event sees it.
struct View<'a, L> {
    graph: &'a EventGraph,
    index: u32,
    node: &'a Node,
    sender: &'a User,
    /// The state key, if the event is a member event.
    target: Option<&'a str>,
    state: &'a L,
    auth_events: AuthEvents,
}

impl<'a, L: Lookup> View<'a, L> {
    fn event(&self, key: u32) -> Option<u32> {
        match self.state.event(key) {
            None if self.auth_events == AuthEvents::StandIn => auth_event(self.graph, self.index, key),
            event => event,
        }
    }

    fn content(&self, key: u32) -> Option<&'a AuthContent> {
        Some(self.graph.content(self.graph.node(self.event(key)?)))
    }

    /// The key of a user's membership. The rules mostly ask about the very strings that the event holds.
    fn member_key(&self, user_id: &str) -> Option<u32> {
        if same(user_id, self.sender.id.as_str()) {
            Some(self.sender.member_key)
        } else if self.target.is_some_and(|target| same(user_id, target)) {
            Some(self.node.key)
        } else {
            self.graph.find_key(MEMBER_TYPE, user_id)
        }
    }
}

fn same(left: &str, right: &str) -> bool {
    core::ptr::eq(left, right) || left == right
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

    fn sender_level(&self) -> Option<PowerLevel> {
        let in_force = self.event(POWER_LEVELS)?;
        if in_force == self.node.power_levels { self.graph.sender_level(self.node) } else { None }
    }

    fn verify_invite(&self) -> VerifyInvite {
        self.graph.verify_invite()
    }
}
