use matrix_roomversion::AuthorizationRules;

use crate::{
    create::Create, event::Event, join_rules::JoinRules, member::Member, power_levels::PowerLevels,
    third_party_invite::ThirdPartyInvite,
};

/// The content of an event, read once, as far as the rules look at it.
///
/// Reading never fails: content is untrusted (MSC2801), and what it says wrong is for the rules to judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthContent {
    /// Of `m.room.create`.
    Create(Box<Create>),
    /// Of `m.room.member`.
    Member(Member),
    /// Of `m.room.power_levels`.
    PowerLevels(Box<PowerLevels>),
    /// Of `m.room.join_rules`.
    JoinRules(JoinRules),
    /// Of `m.room.third_party_invite`.
    ThirdPartyInvite(Box<ThirdPartyInvite>),
    /// Of any other event, which says nothing to the rules.
    Other,
}

impl AuthContent {
    /// Reads the content of an event as the given rules do.
    pub fn parse<E: Event>(event: &E, rules: &AuthorizationRules) -> Self {
        match event.event_type() {
            "m.room.create" => Self::Create(Box::new(Create::parse(event, rules))),
            "m.room.member" => Self::Member(Member::parse(event.content(), rules)),
            "m.room.power_levels" => Self::PowerLevels(Box::new(PowerLevels::parse(event.content(), rules))),
            "m.room.join_rules" => Self::JoinRules(JoinRules::parse(event.content())),
            "m.room.third_party_invite" => {
                Self::ThirdPartyInvite(Box::new(ThirdPartyInvite::parse(event.sender(), event.content())))
            }
            _ => Self::Other,
        }
    }
}
