use matrix_identifiers::UserId;
use matrix_roomversion::AuthorizationRules;

use crate::{
    content::{AuthContent, event_type},
    event::Event,
    member::{Member, Membership},
    state::Candidate,
};

/// Returns the types and state keys of the events that authorize `event`, sorted: what its `auth_events` should
/// name, as far as the room's state has it.
///
/// Nothing authorizes a create event. In room 12 the create event itself is not among them.
///
/// <https://spec.matrix.org/v1.19/server-server-api/#auth-events-selection>
pub fn auth_types<E: Event>(event: &E, rules: &AuthorizationRules) -> Vec<(&'static str, String)> {
    let content = AuthContent::parse(event, rules);
    let types = AuthTypes::of(&Candidate::new(event, &content, None), rules);
    types.iter().map(|(event_type, state_key)| (event_type, state_key.to_owned())).collect()
}

/// The types and state keys of the events that authorize an event, sorted: as [`auth_types`] returns them, but
/// borrowed from an event that has been read.
#[derive(Clone, Copy, Debug)]
pub struct AuthTypes<'a> {
    /// `None`: not selected.
    keys: [Option<(&'static str, &'a str)>; 7],
}

impl<'a> AuthTypes<'a> {
    /// Selects what authorizes an event.
    pub fn of(candidate: &Candidate<'a>, rules: &AuthorizationRules) -> Self {
        let member = match candidate.content {
            AuthContent::Create(_) => return Self { keys: [None; 7] },
            AuthContent::Member(member) => Some(member),
            _ => None,
        };
        let [first, second, third] = members(candidate.sender, candidate.state_key, member);
        let member_type = |state_key: Option<&'a str>| state_key.map(|key| (event_type::MEMBER, key));
        let join_rules = member.is_some_and(|member| {
            matches!(member.membership, Some(Membership::Join | Membership::Invite | Membership::Knock))
        });
        let invite = member.and_then(|member| member.third_party_invite.as_deref());
        Self {
            keys: [
                rules.selects_create_event.then_some((event_type::CREATE, "")),
                join_rules.then_some((event_type::JOIN_RULES, "")),
                member_type(first),
                member_type(second),
                member_type(third),
                Some((event_type::POWER_LEVELS, "")),
                invite.and_then(|invite| invite.token()).map(|token| (event_type::THIRD_PARTY_INVITE, token)),
            ],
        }
    }

    /// Returns the types and state keys, sorted, each once.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &'a str)> {
        self.keys.into_iter().flatten()
    }

    /// Tells whether an event of this type and state key is selected.
    pub fn contains(&self, event_type: &str, state_key: &str) -> bool {
        self.iter().any(|key| key == (event_type, state_key))
    }
}

/// The state keys of the member events: sender, target and authoriser, sorted and each once.
fn members<'a>(
    sender: &'a UserId,
    target: Option<&'a str>,
    member: Option<&'a Member>,
) -> [Option<&'a str>; 3] {
    let authoriser = member.and_then(|member| member.join_authorised_via_users_server.as_deref());
    let mut keys = [Some(sender.as_str()), member.and(target), authoriser];
    keys.sort_unstable();
    let [first, second, third] = keys;
    [first, second.filter(|_| second != first), third.filter(|_| third != second)]
}
