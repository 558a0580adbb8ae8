//! What a membership event means: which of the changes of membership it is.

use crate::content::{Membership, RoomMember};

/// What happened to a user's membership, as people are told.
///
/// Source: the table of [`m.room.member`](https://spec.matrix.org/v1.19/client-server-api/#mroommember); knocks: MSC2403.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MembershipChange {
    /// Nothing that people are told.
    None,
    /// The display name or the avatar is another.
    Profile {
        /// Whether `displayname` changed.
        displayname: bool,
        /// Whether `avatar_url` changed.
        avatar_url: bool,
    },
    /// Somebody invited the user.
    Invited,
    /// The user joined.
    Joined,
    /// The user left.
    Left,
    /// Somebody removed the user from the room.
    Kicked,
    /// The user turned the invite down.
    InviteRejected,
    /// Somebody took the invite back.
    InviteRevoked,
    /// Somebody banned the user, who was not in the room.
    Banned,
    /// Somebody removed the user from the room and banned the user.
    KickedAndBanned,
    /// Somebody lifted the ban.
    Unbanned,
    /// The user knocked, or knocked again after an invite.
    Knocked,
    /// Somebody accepted the knock: the user is invited.
    KnockAccepted,
    /// The user took the knock back.
    KnockRetracted,
    /// Somebody turned the knock down.
    KnockDenied,
    /// A change that no room should see, or one to or from a membership that nobody knows.
    Impossible,
}

/// Returns what a membership event changes. `before` is the content of the user's membership event before it
/// (`prev_content`); a user without one has left. `by_themselves` is whether the sender is the user (the state key).
///
/// ```
/// use matrix_events::content::{Membership, RoomMember};
/// use matrix_events::{MembershipChange, membership_change};
///
/// let [knock, leave] = [Membership::Knock, Membership::Leave].map(RoomMember::new);
/// assert_eq!(membership_change(Some(&knock), &leave, true), MembershipChange::KnockRetracted);
/// assert_eq!(membership_change(Some(&knock), &leave, false), MembershipChange::KnockDenied);
/// ```
#[must_use]
pub fn membership_change(
    before: Option<&RoomMember>,
    after: &RoomMember,
    by_themselves: bool,
) -> MembershipChange {
    use Membership::{Ban, Invite, Join, Knock, Leave};
    use MembershipChange as Change;
    let from = before.map_or(&Leave, |before| &before.membership);
    match (from, &after.membership) {
        (Join, Join) => profile_change(before, after),
        (Invite, Invite) | (Leave, Leave) | (Ban, Ban) | (Knock, Knock) => Change::None,
        (Invite | Leave, Join) => Change::Joined,
        (Leave, Invite) => Change::Invited,
        (Knock, Invite) => Change::KnockAccepted,
        (Invite | Leave, Knock) => Change::Knocked,
        (Invite, Leave) if by_themselves => Change::InviteRejected,
        (Invite, Leave) => Change::InviteRevoked,
        (Join, Leave) if by_themselves => Change::Left,
        (Join, Leave) => Change::Kicked,
        (Knock, Leave) if by_themselves => Change::KnockRetracted,
        (Knock, Leave) => Change::KnockDenied,
        (Ban, Leave) => Change::Unbanned,
        (Join, Ban) => Change::KickedAndBanned,
        (Invite | Leave | Knock, Ban) => Change::Banned,
        _ => Change::Impossible,
    }
}

fn profile_change(before: Option<&RoomMember>, after: &RoomMember) -> MembershipChange {
    let displayname = before.and_then(|before| before.displayname.as_ref()) != after.displayname.as_ref();
    let avatar_url = before.and_then(|before| before.avatar_url.as_ref()) != after.avatar_url.as_ref();
    match (displayname, avatar_url) {
        (false, false) => MembershipChange::None,
        (displayname, avatar_url) => MembershipChange::Profile { displayname, avatar_url },
    }
}
