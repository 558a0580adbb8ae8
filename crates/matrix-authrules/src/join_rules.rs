use crate::json;

/// Who may join a room: `join_rule` of `m.room.join_rules`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JoinRule {
    /// `public`.
    Public,
    /// `invite`, which also holds where nothing is said.
    Invite,
    /// `knock`, with a meaning from room 7 on (MSC2403).
    Knock,
    /// `restricted`, with a meaning from room 8 on.
    Restricted,
    /// `knock_restricted`, with a meaning from room 10 on.
    KnockRestricted,
    /// `private`, a word without a meaning: nobody joins.
    Private,
    /// Any other value: nobody joins.
    Other,
}

impl JoinRule {
    /// Returns the word of the wire, `other` for one that is not known.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Invite => "invite",
            Self::Knock => "knock",
            Self::Restricted => "restricted",
            Self::KnockRestricted => "knock_restricted",
            Self::Private => "private",
            Self::Other => "other",
        }
    }

    fn read(value: &str) -> Self {
        match json::string(value).as_deref() {
            Some("public") => Self::Public,
            Some("invite") => Self::Invite,
            Some("knock") => Self::Knock,
            Some("restricted") => Self::Restricted,
            Some("knock_restricted") => Self::KnockRestricted,
            Some("private") => Self::Private,
            _ => Self::Other,
        }
    }
}

/// The content of `m.room.join_rules`, as the rules read it.
///
/// The conditions in `allow` are no matter of authorization: the server that lets a user in checks them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JoinRules {
    /// The join rule: [`JoinRule::Invite`] where the content has none.
    pub join_rule: JoinRule,
}

impl JoinRules {
    pub(crate) fn parse(content: &str) -> Self {
        let [join_rule] = json::fields(content, ["join_rule"]).unwrap_or_default();
        Self { join_rule: join_rule.map_or(JoinRule::Invite, JoinRule::read) }
    }
}
