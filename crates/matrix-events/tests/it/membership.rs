use matrix_events::content::RoomMember;
use matrix_events::{MembershipChange, Wire, membership_change};
use serde_json::{Value, json};

use crate::object;

fn member(content: &Value) -> RoomMember {
    RoomMember::of(&object(content)).unwrap()
}

/// The table of the specification; `x` must never happen. Where a leave means two things, the first is by oneself.
const TABLE: [[&str; 6]; 5] = [
    ["invite", "none", "joined", "rejected revoked", "banned", "knocked"],
    ["join", "x", "none", "left kicked", "kicked_banned", "x"],
    ["leave", "invited", "joined", "none", "banned", "knocked"],
    ["ban", "x", "x", "unbanned", "none", "x"],
    ["knock", "accepted", "x", "retracted denied", "banned", "none"],
];

fn word(change: MembershipChange) -> &'static str {
    use MembershipChange as Change;
    match change {
        Change::None => "none",
        Change::Profile { .. } => "profile",
        Change::Invited => "invited",
        Change::Joined => "joined",
        Change::Left => "left",
        Change::Kicked => "kicked",
        Change::InviteRejected => "rejected",
        Change::InviteRevoked => "revoked",
        Change::Banned => "banned",
        Change::KickedAndBanned => "kicked_banned",
        Change::Unbanned => "unbanned",
        Change::Knocked => "knocked",
        Change::KnockAccepted => "accepted",
        Change::KnockRetracted => "retracted",
        Change::KnockDenied => "denied",
        Change::Impossible => "x",
    }
}

#[test]
fn msc2403_every_change_is_what_the_table_says() {
    for [from, wanted @ ..] in TABLE {
        for (to, wanted) in ["invite", "join", "leave", "ban", "knock"].into_iter().zip(wanted) {
            let (before, after) = (member(&json!({"membership": from})), member(&json!({"membership": to})));
            let (alone, by_others) = wanted.split_once(' ').unwrap_or((wanted, wanted));
            assert_eq!(word(membership_change(Some(&before), &after, true)), alone, "{from} to {to}");
            assert_eq!(word(membership_change(Some(&before), &after, false)), by_others, "{from} to {to}");
        }
    }
}

#[test]
fn whoever_has_no_membership_has_left() {
    let of = |membership: &str| RoomMember::new(membership.into());
    assert_eq!(word(membership_change(None, &of("join"), true)), "joined");
    assert_eq!(word(membership_change(None, &of("leave"), true)), "none");
    // A membership that nobody knows is kept and changes into nothing.
    assert_eq!(word(membership_change(Some(&of("dance")), &of("join"), true)), "x");
    assert_eq!(word(membership_change(None, &of("dance"), true)), "x");
    assert_eq!(of("dance").membership.as_str(), "dance");
    assert_eq!(RoomMember::of(&object(&json!({"membership": 1}))), None);
}

#[test]
fn a_join_on_top_of_a_join_changes_the_profile() {
    let join =
        |name, avatar| member(&json!({"membership": "join", "displayname": name, "avatar_url": avatar}));
    let change = |after| membership_change(Some(&join("A", "mxc://x/1")), &after, true);
    let profile = |displayname, avatar_url| MembershipChange::Profile { displayname, avatar_url };
    assert_eq!(change(join("B", "mxc://x/1")), profile(true, false));
    assert_eq!(change(join("A", "mxc://x/2")), profile(false, true));
    assert_eq!(change(member(&json!({"membership": "join"}))), profile(true, true));
    assert_eq!(change(join("A", "mxc://x/1")), MembershipChange::None);
}

#[test]
fn msc2367_reasons_of_invites_and_knocks_are_not_shown_and_long_ones_are_cut() {
    for (membership, shown) in
        [("leave", true), ("ban", true), ("join", true), ("invite", false), ("knock", false)]
    {
        let member =
            RoomMember { reason: Some("because é".to_owned()), ..RoomMember::new(membership.into()) };
        assert_eq!(member.shown_reason(99), shown.then_some("because é"), "{membership}");
        assert_eq!(member.shown_reason(9), shown.then_some("because é"), "a code point is one");
        assert_eq!(member.shown_reason(7), shown.then_some("because"), "{membership}");
        assert_eq!(member.reason.as_deref(), Some("because é"), "it is kept all the same");
    }
    for reason in [json!(5), json!(""), json!(null)] {
        assert_eq!(member(&json!({"membership": "ban", "reason": reason})).shown_reason(9), None, "{reason}");
    }
}
