use matrix_authrules::Membership;
use matrix_events::{MembershipChange, membership, membership_change, shown_reason};
use serde_json::json;

use crate::object;

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
            let (before, after) = (object(&json!({"membership": from})), object(&json!({"membership": to})));
            let (alone, by_others) = wanted.split_once(' ').unwrap_or((wanted, wanted));
            assert_eq!(word(membership_change(Some(&before), &after, true)), alone, "{from} to {to}");
            assert_eq!(word(membership_change(Some(&before), &after, false)), by_others, "{from} to {to}");
        }
    }
}

#[test]
fn whoever_has_no_membership_has_left() {
    let change = |before, to| {
        let before: Option<serde_json::Value> = before;
        word(membership_change(
            before.map(|before| object(&before)).as_ref(),
            &object(&json!({"membership": to})),
            true,
        ))
    };
    assert_eq!(change(None, "join"), "joined");
    assert_eq!(change(Some(json!({})), "invite"), "invited");
    assert_eq!(change(Some(json!({"membership": "dance"})), "join"), "x");
    assert_eq!(change(None, "dance"), "x");
    assert_eq!(membership(&object(&json!({"membership": "dance"}))), Some(Membership::Other));
    assert_eq!(membership(&object(&json!({"membership": 1}))), None);
}

#[test]
fn a_join_on_top_of_a_join_changes_the_profile() {
    let join =
        |name, avatar| object(&json!({"membership": "join", "displayname": name, "avatar_url": avatar}));
    let change = |after| membership_change(Some(&join("A", "mxc://x/1")), &after, true);
    let profile = |displayname, avatar_url| MembershipChange::Profile { displayname, avatar_url };
    assert_eq!(change(join("B", "mxc://x/1")), profile(true, false));
    assert_eq!(change(join("A", "mxc://x/2")), profile(false, true));
    assert_eq!(change(object(&json!({"membership": "join"}))), profile(true, true));
    assert_eq!(change(join("A", "mxc://x/1")), MembershipChange::None);
}

#[test]
fn msc2367_reasons_of_invites_and_knocks_are_not_shown() {
    for (membership, shown) in
        [("leave", true), ("ban", true), ("join", true), ("invite", false), ("knock", false)]
    {
        let content = object(&json!({"membership": membership, "reason": "because é"}));
        assert_eq!(shown_reason(&content, 99), shown.then_some("because é"), "{membership}");
        assert_eq!(shown_reason(&content, 7), shown.then_some("because"), "{membership}");
    }
    assert_eq!(shown_reason(&object(&json!({"membership": "ban", "reason": 5})), 9), None);
    assert_eq!(shown_reason(&object(&json!({"membership": "ban", "reason": ""})), 9), None);
}
