use matrix_roomversion::AuthorizationRules;

use crate::{json, third_party_invite::SignedInvite};

/// What a user is to a room: `membership` of `m.room.member`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Membership {
    /// `join`.
    Join,
    /// `invite`.
    Invite,
    /// `leave`.
    Leave,
    /// `ban`.
    Ban,
    /// `knock`, with a meaning from room 7 on (MSC2403).
    Knock,
    /// Any other value.
    Other,
}

impl Membership {
    /// Returns the word of the wire, `other` for one that is not known.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Invite => "invite",
            Self::Leave => "leave",
            Self::Ban => "ban",
            Self::Knock => "knock",
            Self::Other => "other",
        }
    }

    fn read(value: &str) -> Self {
        match json::string(value).as_deref() {
            Some("join") => Self::Join,
            Some("invite") => Self::Invite,
            Some("leave") => Self::Leave,
            Some("ban") => Self::Ban,
            Some("knock") => Self::Knock,
            _ => Self::Other,
        }
    }
}

/// The content of `m.room.member`, as the rules read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    membership: Option<Membership>,
    more: Option<Box<More>>,
}

/// What few member events have.
#[derive(Clone, Debug, PartialEq, Eq)]
enum More {
    /// The join names who authorised it; `None`: by something else than a string.
    Authoriser(Option<Box<str>>),
    /// The invite answers a third-party invite.
    ThirdPartyInvite(SignedInvite),
}

impl Member {
    /// Returns the membership, `None` where the content has none.
    pub fn membership(&self) -> Option<Membership> {
        self.membership
    }

    /// Returns `join_authorised_via_users_server` of a join, in versions with restricted rooms (8 and later).
    ///
    /// It is the state key of the member event of the user on whose server the join was authorised, who may have
    /// written anything there. `None` where it is absent or no string.
    pub fn join_authorised_via_users_server(&self) -> Option<&str> {
        match self.more.as_deref() {
            Some(More::Authoriser(authoriser)) => authoriser.as_deref(),
            _ => None,
        }
    }

    /// Tells whether the content of a join has a `join_authorised_via_users_server`, be it readable or not, in
    /// versions with restricted rooms (8 and later).
    pub fn has_authoriser(&self) -> bool {
        matches!(self.more.as_deref(), Some(More::Authoriser(_)))
    }

    /// Returns `third_party_invite` of an invite.
    pub fn third_party_invite(&self) -> Option<&SignedInvite> {
        match self.more.as_deref() {
            Some(More::ThirdPartyInvite(invite)) => Some(invite),
            _ => None,
        }
    }

    pub(crate) fn parse(content: &str, rules: &AuthorizationRules) -> Self {
        let (mut membership, mut authoriser, mut invite) = (None, None, None);
        json::object(content, |key, value| match &*key {
            "membership" => membership = Some(value),
            "join_authorised_via_users_server" => authoriser = Some(value),
            "third_party_invite" => invite = Some(value),
            _ => {}
        });
        let membership = membership.map(Membership::read);
        let more = match membership {
            Some(Membership::Join) if rules.restricted => {
                authoriser.map(|value| More::Authoriser(json::string(value).map(Into::into)))
            }
            Some(Membership::Invite) => {
                invite.map(|value| More::ThirdPartyInvite(SignedInvite::parse(value)))
            }
            _ => None,
        };
        Self { membership, more: more.map(Box::new) }
    }
}
