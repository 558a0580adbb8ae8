use std::borrow::Cow;

use matrix_roomversion::AuthorizationRules;

use crate::{
    event::Event,
    member::{Member, Membership},
};

/// Types and state keys of state events, sorted.
pub type AuthTypes<'a> = Vec<(&'static str, Cow<'a, str>)>;

/// Returns which events of a room's state authorize an event, by type and state key, sorted and each once: those
/// that `auth_events` has to name, as far as they exist.
///
/// Source: [auth events selection](https://spec.matrix.org/v1.19/server-server-api/#auth-events-selection).
pub fn auth_types<'a, E: Event>(event: &'a E, rules: &AuthorizationRules) -> AuthTypes<'a> {
    let mut types: AuthTypes<'a> = Vec::new();
    if event.event_type() == "m.room.create" {
        return types;
    }
    if rules.selects_create_event {
        types.push(("m.room.create", Cow::Borrowed("")));
    }
    types.push(("m.room.power_levels", Cow::Borrowed("")));
    types.push(("m.room.member", Cow::Borrowed(event.sender().as_str())));
    if event.event_type() == "m.room.member" {
        let member = Member::parse(event.content(), rules);
        types.extend(event.state_key().map(|target| ("m.room.member", Cow::Borrowed(target))));
        if let Some(Membership::Join | Membership::Invite | Membership::Knock) = member.membership() {
            types.push(("m.room.join_rules", Cow::Borrowed("")));
        }
        if let Some(token) = member.third_party_invite().and_then(|invite| invite.token()) {
            types.push(("m.room.third_party_invite", Cow::Owned(token.to_owned())));
        }
        if let Some(authoriser) = member.join_authorised_via_users_server() {
            types.push(("m.room.member", Cow::Owned(authoriser.to_owned())));
        }
    }
    types.sort();
    types.dedup();
    types
}
