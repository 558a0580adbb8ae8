//! Rule 5: `m.room.member`.

use super::state_dependent::Check;
use crate::{
    denied::{Denied, Fact},
    join_rules::JoinRule,
    level::PowerLevel,
    member::{Member, Membership},
    rule::Rule,
    state::AuthState,
    third_party_invite::SignedInvite,
};

pub(super) fn check<S: AuthState + ?Sized>(check: &Check<'_, S>, content: &Member) -> Result<(), Denied> {
    let (Some(target), Some(membership)) = (check.candidate.state_key, content.membership) else {
        return check.deny(Rule::MemberFields); // Rule 5.1.
    };
    // Rule 5.2, the signature of who authorised a join, is verified with the event's other signatures.
    let sender = check.candidate.sender.as_str();
    match membership {
        Membership::Join => join(check, content, sender, target),
        Membership::Invite => match content.third_party_invite.as_deref() {
            Some(signed) => third_party_invite(check, signed, target),
            None => invite(check, sender, target),
        },
        Membership::Leave => leave(check, sender, target),
        Membership::Ban => ban(check, sender, target),
        Membership::Knock if check.rules.knock => knock(check, sender, target),
        Membership::Knock | Membership::Other => check.deny(Rule::MembershipUnknown), // Rule 5.8.
    }
}

/// Rule 5.3.
fn join<S: AuthState + ?Sized>(
    check: &Check<'_, S>,
    content: &Member,
    sender: &str,
    target: &str,
) -> Result<(), Denied> {
    let first = check.create.first_member();
    if check.candidate.only_prev_event_is_create && first.is_some_and(|first| first == target) {
        return Ok(()); // Rule 5.3.1.
    }
    if sender != target {
        return check.deny(Rule::JoinSender); // Rule 5.3.2.
    }
    let membership = check.state.membership(sender);
    if membership == Some(Membership::Ban) {
        return check.deny(Rule::JoinBanned); // Rule 5.3.3.
    }
    let join_rule = check.state.join_rule().unwrap_or(JoinRule::Invite);
    let expected = matches!(membership, Some(Membership::Invite | Membership::Join));
    let allowed = match join_rule {
        JoinRule::Invite => expected, // Rule 5.3.4.
        JoinRule::Knock => check.rules.knock && expected,
        JoinRule::Restricted if check.rules.restricted => {
            return if expected { Ok(()) } else { authorised(check, content) }; // Rule 5.3.5.
        }
        JoinRule::KnockRestricted if check.rules.knock_restricted => {
            return if expected { Ok(()) } else { authorised(check, content) };
        }
        JoinRule::Public => true, // Rule 5.3.6.
        JoinRule::Restricted | JoinRule::KnockRestricted | JoinRule::Private | JoinRule::Other => false,
    };
    if allowed {
        return Ok(());
    }
    check.deny_for(Rule::JoinOtherwise, Fact::JoinRule(join_rule, membership)) // Rule 5.3.7.
}

/// Rule 5.3.5.2.
fn authorised<S: AuthState + ?Sized>(check: &Check<'_, S>, content: &Member) -> Result<(), Denied> {
    let Some(authoriser) = content.join_authorised_via_users_server.as_deref() else {
        return check.deny(Rule::JoinAuthoriser);
    };
    check.joined(authoriser, Rule::JoinAuthoriser)?;
    let levels = check.levels();
    check.at_least(levels.of_member(authoriser), levels.invite(), Rule::JoinAuthoriser)
}

/// Rule 5.4.1.
fn third_party_invite<S: AuthState + ?Sized>(
    check: &Check<'_, S>,
    content: &SignedInvite,
    target: &str,
) -> Result<(), Denied> {
    if check.state.membership(target) == Some(Membership::Ban) {
        return check.deny(Rule::ThirdPartyInviteBanned); // Rule 5.4.1.1.
    }
    let Some(signed) = content.signed() else {
        return check.deny(Rule::ThirdPartyInviteSigned); // Rule 5.4.1.2.
    };
    let (Some(mxid), Some(token)) = (content.mxid(), content.token()) else {
        return check.deny(Rule::ThirdPartyInviteFields); // Rule 5.4.1.3.
    };
    if mxid != target {
        return check.deny(Rule::ThirdPartyInviteMxid); // Rule 5.4.1.4.
    }
    let Some(invite) = check.state.third_party_invite(token) else {
        return check.deny(Rule::ThirdPartyInviteToken); // Rule 5.4.1.5.
    };
    if check.candidate.sender != invite.sender() {
        return check.deny(Rule::ThirdPartyInviteSender); // Rule 5.4.1.6.
    }
    let verify = check.state.verify_invite();
    if verify(signed, invite.public_keys()) {
        return Ok(()); // Rule 5.4.1.7.
    }
    check.deny(Rule::ThirdPartyInviteSignature) // Rule 5.4.1.8.
}

/// Rules 5.4.2 to 5.4.5.
fn invite<S: AuthState + ?Sized>(check: &Check<'_, S>, sender: &str, target: &str) -> Result<(), Denied> {
    check.joined(sender, Rule::InviteSenderNotJoined)?; // Rule 5.4.2.
    let membership = check.state.membership(target);
    if matches!(membership, Some(Membership::Join | Membership::Ban)) {
        return check.deny_for(Rule::InviteTarget, Fact::Membership(membership)); // Rule 5.4.3.
    }
    let levels = check.levels();
    check.at_least(check.level_of_sender(&levels), levels.invite(), Rule::InviteOtherwise) // Rules 5.4.4, 5.4.5.
}

/// Rule 5.5.
fn leave<S: AuthState + ?Sized>(check: &Check<'_, S>, sender: &str, target: &str) -> Result<(), Denied> {
    if sender == target {
        // Rule 5.5.1.
        return match check.state.membership(sender) {
            Some(Membership::Invite | Membership::Join) => Ok(()),
            Some(Membership::Knock) if check.rules.knock => Ok(()),
            other => check.deny_for(Rule::LeaveMembership, Fact::Membership(other)),
        };
    }
    check.joined(sender, Rule::LeaveSenderNotJoined)?; // Rule 5.5.2.
    let levels = check.levels();
    let power = check.level_of_sender(&levels);
    if check.state.membership(target) == Some(Membership::Ban) {
        check.at_least(power, levels.ban(), Rule::LeaveBanned)?; // Rule 5.5.3.
    }
    check.at_least(power, levels.kick(), Rule::LeaveOtherwise)?; // Rules 5.5.4, 5.5.5.
    above(check, power, levels.of_member(target), Rule::LeaveOtherwise)
}

/// Rule 5.6.
fn ban<S: AuthState + ?Sized>(check: &Check<'_, S>, sender: &str, target: &str) -> Result<(), Denied> {
    check.joined(sender, Rule::BanSenderNotJoined)?; // Rule 5.6.1.
    let levels = check.levels();
    let power = check.level_of_sender(&levels);
    check.at_least(power, levels.ban(), Rule::BanOtherwise)?; // Rules 5.6.2, 5.6.3.
    above(check, power, levels.of_member(target), Rule::BanOtherwise)
}

/// Denies by `rule` unless the sender is above the target.
fn above<S: AuthState + ?Sized>(
    check: &Check<'_, S>,
    sender: PowerLevel,
    target: PowerLevel,
    rule: Rule,
) -> Result<(), Denied> {
    if target < sender { Ok(()) } else { check.deny_for(rule, Fact::Levels(sender, target)) }
}

/// Rule 5.7.
fn knock<S: AuthState + ?Sized>(check: &Check<'_, S>, sender: &str, target: &str) -> Result<(), Denied> {
    let join_rule = check.state.join_rule().unwrap_or(JoinRule::Invite);
    let membership = check.state.membership(sender);
    match join_rule {
        JoinRule::Knock => {}
        JoinRule::KnockRestricted if check.rules.knock_restricted => {}
        _ => return check.deny_for(Rule::KnockJoinRule, Fact::JoinRule(join_rule, membership)), // Rule 5.7.1.
    }
    if sender != target {
        return check.deny(Rule::KnockSender); // Rule 5.7.2.
    }
    match membership {
        Some(Membership::Ban | Membership::Invite | Membership::Join) => {
            check.deny_for(Rule::KnockOtherwise, Fact::Membership(membership)) // Rule 5.7.4.
        }
        _ => Ok(()), // Rule 5.7.3.
    }
}
