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
    /// What the target becomes; `None` where the content does not say.
    pub membership: Option<Membership>,
    /// The state key of the member event that vouches for a join: whoever let the user into a restricted room.
    ///
    /// Read of joins in versions that have restricted rooms (8 and later), where it is a string: it may hold
    /// anything.
    pub join_authorised_via_users_server: Option<Box<str>>,
    /// What makes an invite the answer to a third-party invite. Read of invites.
    pub third_party_invite: Option<Box<SignedInvite>>,
}

impl Member {
    pub(crate) fn parse(content: &str, rules: &AuthorizationRules) -> Self {
        let [membership, authoriser, invite] =
            json::fields(content, ["membership", "join_authorised_via_users_server", "third_party_invite"])
                .unwrap_or_default();
        let membership = membership.map(Membership::read);
        let authoriser = authoriser.filter(|_| rules.restricted && membership == Some(Membership::Join));
        let invite = invite.filter(|_| membership == Some(Membership::Invite));
        Self {
            membership,
            join_authorised_via_users_server: authoriser.and_then(json::string).map(Into::into),
            third_party_invite: invite.map(|invite| Box::new(SignedInvite::parse(invite))),
        }
    }
}
