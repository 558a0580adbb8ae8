//! What a membership event means: which of the changes of membership it is.

use matrix_authrules::Membership;
use matrix_canonicaljson::Object;

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

/// Returns the membership in a content of `m.room.member`; `None` where there is none.
#[must_use]
pub fn membership(content: &Object) -> Option<Membership> {
    const KNOWN: [Membership; 5] =
        [Membership::Ban, Membership::Invite, Membership::Join, Membership::Knock, Membership::Leave];
    let membership = content.get_str("membership")?;
    Some(KNOWN.into_iter().find(|known| known.as_str() == membership).unwrap_or(Membership::Other))
}

/// Returns what a membership event changes. `before` is the content of the user's membership event before it
/// (`prev_content`); a user without one has left. `by_themselves` is whether the sender is the user (the state key).
///
/// ```
/// use matrix_canonicaljson::Object;
/// use matrix_events::{MembershipChange, membership_change};
///
/// let knock: Object = r#"{"membership": "knock"}"#.parse()?;
/// let leave: Object = r#"{"membership": "leave"}"#.parse()?;
/// assert_eq!(membership_change(Some(&knock), &leave, true), MembershipChange::KnockRetracted);
/// assert_eq!(membership_change(Some(&knock), &leave, false), MembershipChange::KnockDenied);
/// # Ok::<(), matrix_canonicaljson::Error>(())
/// ```
#[must_use]
pub fn membership_change(before: Option<&Object>, after: &Object, by_themselves: bool) -> MembershipChange {
    use Membership::{Ban, Invite, Join, Knock, Leave};
    use MembershipChange as Change;
    let from = before.and_then(membership).unwrap_or(Leave);
    let Some(to) = membership(after) else { return Change::Impossible };
    match (from, to) {
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

/// Returns the reason in a content of `m.room.member`, if it is to be shown without being asked for.
///
/// Reasons stand in every membership event (MSC2367). Those of invites and knocks are from strangers and can be spam:
/// clients should hide them until people ask. What is shown is cut after `max_characters`.
#[must_use]
pub fn shown_reason(content: &Object, max_characters: usize) -> Option<&str> {
    let is_from_stranger = matches!(membership(content), Some(Membership::Invite | Membership::Knock));
    let reason = content.get_str("reason").filter(|reason| !is_from_stranger && !reason.is_empty())?;
    let end = reason.char_indices().nth(max_characters).map_or(reason.len(), |(at, _)| at);
    reason.get(..end)
}

fn profile_change(before: Option<&Object>, after: &Object) -> MembershipChange {
    let differs = |field| before.and_then(|before| before.get_str(field)) != after.get_str(field);
    match (differs("displayname"), differs("avatar_url")) {
        (false, false) => MembershipChange::None,
        (displayname, avatar_url) => MembershipChange::Profile { displayname, avatar_url },
    }
}
