//! `m.room.member`.

use std::collections::BTreeMap;

use matrix_identifiers::{OwnedMxcUri, OwnedServerName, OwnedServerSigningKeyId, OwnedUserId};

names! {
    /// What a user is to a room.
    pub enum Membership / OtherMembership {
        /// Kept out, and not to be invited.
        Ban = "ban",
        /// Invited.
        Invite = "invite",
        /// In the room.
        Join = "join",
        /// Asking to be let in (MSC2403).
        Knock = "knock",
        /// Not in the room.
        Leave = "leave",
    }
}

object! {
    /// The content of [`m.room.member`](https://spec.matrix.org/v1.19/client-server-api/#mroommember).
    pub struct RoomMember {
        /// The user's avatar in this room.
        avatar_url: Option<OwnedMxcUri> = "avatar_url",
        /// The user's name in this room.
        displayname: Option<String> = "displayname",
        /// Whether the room is meant as a direct chat; of invites.
        is_direct: Option<bool> = "is_direct",
        /// A member who has the power to invite, for the join of a restricted room.
        join_authorised_via_users_server: Option<OwnedUserId> = "join_authorised_via_users_server",
        /// What the user is to the room.
        membership: Membership = "membership",
        /// Why: of any membership (MSC1983, MSC2367, MSC2403). See [`shown_reason`](Self::shown_reason).
        reason: Option<String> = "reason",
        /// What makes an invite the answer to a third-party invite.
        third_party_invite: Option<Box<AnsweredInvite>> = "third_party_invite",
    }
}

object! {
    /// The third-party invite that an invite answers.
    pub struct AnsweredInvite {
        /// A name for the invited user; a redaction removes it.
        display_name: Option<String> = "display_name",
        /// What the identity server has signed.
        signed: SignedInvite = "signed",
    }
}

object! {
    /// What an identity server has signed about an invited user.
    pub struct SignedInvite {
        /// The invited user.
        mxid: OwnedUserId = "mxid",
        /// The signatures, by server and key.
        signatures: BTreeMap<OwnedServerName, BTreeMap<OwnedServerSigningKeyId, String>> = "signatures",
        /// The token, which is the state key of the third-party invite.
        token: String = "token",
    }
}

impl RoomMember {
    /// Returns the reason as a client may show it unasked: at most `max` code points of it, and none of an invite or a
    /// knock, which come from people the user may not know and can be spam (MSC2367, MSC2403). An empty one is none.
    pub fn shown_reason(&self, max: usize) -> Option<&str> {
        if matches!(self.membership, Membership::Invite | Membership::Knock) {
            return None;
        }
        let reason = self.reason.as_deref().filter(|reason| !reason.is_empty())?;
        let end = reason.char_indices().nth(max).map_or(reason.len(), |(at, _)| at);
        reason.get(..end)
    }
}
