//! Who comes in and who sees what: `m.room.join_rules`, `m.room.guest_access`, `m.room.history_visibility`,
//! `m.room.third_party_invite`.

use matrix_identifiers::OwnedRoomId;

use crate::Misfit;

names! {
    /// Who may join a room.
    pub enum JoinRule / OtherJoinRule {
        /// Who is invited.
        Invite = "invite",
        /// Who is invited, which one may knock for (MSC2403).
        Knock = "knock",
        /// Who is in another room, or invited, which one may knock for.
        KnockRestricted = "knock_restricted",
        /// Nobody: a word without a meaning.
        Private = "private",
        /// Everybody.
        Public = "public",
        /// Who is in another room, or invited.
        Restricted = "restricted",
    }
}

object! {
    /// The content of [`m.room.join_rules`](https://spec.matrix.org/v1.19/client-server-api/#mroomjoin_rules).
    pub struct RoomJoinRules {
        /// What lets a user into a restricted room, any one of it.
        allow: Option<Vec<AllowCondition>> = "allow",
        /// Who may join.
        join_rule: JoinRule = "join_rule",
    }
}

names! {
    /// What lets a user into a restricted room.
    pub enum AllowType / OtherAllowType {
        /// Being in another room.
        RoomMembership = "m.room_membership",
    }
}

object! {
    /// Something that lets a user into a restricted room. Lenient reading leaves out those that lack what they need.
    pub struct AllowCondition check check_allow {
        /// The other room, for [`AllowType::RoomMembership`].
        room_id: Option<OwnedRoomId> = "room_id",
        /// What kind of condition this is.
        allow_type: AllowType = "type",
    }
}

fn check_allow(condition: &AllowCondition) -> Result<(), Misfit> {
    match (&condition.allow_type, &condition.room_id) {
        (AllowType::RoomMembership, None) => Err(Misfit::missing("room_id")),
        _ => Ok(()),
    }
}

names! {
    /// Whether guests may join.
    pub enum GuestAccess / OtherGuestAccess {
        /// They may.
        CanJoin = "can_join",
        /// They may not.
        Forbidden = "forbidden",
    }
}

object! {
    /// The content of [`m.room.guest_access`](https://spec.matrix.org/v1.19/client-server-api/#mroomguest_access).
    pub struct RoomGuestAccess {
        /// Whether guests may join.
        guest_access: GuestAccess = "guest_access",
    }
}

names! {
    /// Who sees what was sent.
    pub enum HistoryVisibility / OtherHistoryVisibility {
        /// Members, from when they were invited.
        Invited = "invited",
        /// Members, from when they joined.
        Joined = "joined",
        /// Members, all of it.
        Shared = "shared",
        /// Everybody.
        WorldReadable = "world_readable",
    }
}

object! {
    /// The content of
    /// [`m.room.history_visibility`](https://spec.matrix.org/v1.19/client-server-api/#mroomhistory_visibility).
    pub struct RoomHistoryVisibility {
        /// Who sees what is sent from now on.
        history_visibility: HistoryVisibility = "history_visibility",
    }
}

object! {
    /// The content of
    /// [`m.room.third_party_invite`](https://spec.matrix.org/v1.19/client-server-api/#mroomthird_party_invite).
    pub struct RoomThirdPartyInvite {
        /// A name for the invited user, which does not give the address away.
        display_name: String = "display_name" or fallback,
        /// Where to ask whether the key is still valid.
        key_validity_url: String = "key_validity_url" or fallback,
        /// A key that signs the answer, in base64.
        public_key: String = "public_key" or fallback,
        /// Keys that sign the answer, `public_key` among them.
        public_keys: Option<Vec<InviteKey>> = "public_keys",
    }
}

object! {
    /// A key that signs the answer to a third-party invite.
    pub struct InviteKey {
        /// Where to ask whether the key is still valid; when absent, it is.
        key_validity_url: Option<String> = "key_validity_url",
        /// The key, in base64.
        public_key: String = "public_key",
    }
}
