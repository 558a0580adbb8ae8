use matrix_roomversion::AuthorizationRules;

use crate::{
    create::Create, event::Event, join_rules::JoinRules, member::Member, power_levels::PowerLevels,
    third_party_invite::ThirdPartyInvite,
};

/// What an event says to the authorization rules, read once.
///
/// Which it is depends on the event's type alone. Reading never fails: what does not fit is read as absent, and
/// where a rule of the version rejects it, that rule is remembered ([`Create::defect`],
/// [`PowerLevels::defect`]) and the check reports it in its turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthContent {
    /// `m.room.create`.
    Create(Box<Create>),
    /// `m.room.member`.
    Member(Member),
    /// `m.room.power_levels`.
    PowerLevels(Box<PowerLevels>),
    /// `m.room.join_rules`.
    JoinRules(JoinRules),
    /// `m.room.third_party_invite`.
    ThirdPartyInvite(Box<ThirdPartyInvite>),
    /// Any other type: nothing that the rules read.
    Other,
}

impl AuthContent {
    /// Reads the content of an event, as the rules of a room version do.
    pub fn parse<E: Event>(event: &E, rules: &AuthorizationRules) -> Self {
        match event.event_type() {
            event_type::CREATE => Self::Create(Box::new(Create::parse(event, rules))),
            event_type::MEMBER => Self::Member(Member::parse(event.content(), rules)),
            event_type::POWER_LEVELS => {
                Self::PowerLevels(Box::new(PowerLevels::parse(event.content(), rules)))
            }
            event_type::JOIN_RULES => Self::JoinRules(JoinRules::parse(event.content())),
            event_type::THIRD_PARTY_INVITE => {
                Self::ThirdPartyInvite(Box::new(ThirdPartyInvite::parse(event.sender(), event.content())))
            }
            _ => Self::Other,
        }
    }
}

/// The types of events that the rules know by name.
pub(crate) mod event_type {
    pub(crate) const CREATE: &str = "m.room.create";
    pub(crate) const JOIN_RULES: &str = "m.room.join_rules";
    pub(crate) const MEMBER: &str = "m.room.member";
    pub(crate) const POWER_LEVELS: &str = "m.room.power_levels";
    pub(crate) const THIRD_PARTY_INVITE: &str = "m.room.third_party_invite";
    pub(crate) const ALIASES: &str = "m.room.aliases";
    pub(crate) const REDACTION: &str = "m.room.redaction";
}
