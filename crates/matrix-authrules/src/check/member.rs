//! The rule about `m.room.member`. Numbers are those of room 12.

use crate::{
    create::Create,
    denied::Fact,
    join_rules::JoinRule,
    member::{Member, Membership},
    power_levels::Setting,
    room_levels::RoomLevels,
    rule::Rule,
    state::AuthState,
    third_party_invite::SignedInvite,
};

use super::{Check, Verdict, at_least, deny};

impl<S: AuthState> Check<'_, S> {
    /// Rule 5.
    pub(super) fn member(&self, create: &Create, member: &Member) -> Verdict {
        // 5.1
        let (Some(target), Some(membership)) = (self.event.state_key, member.membership()) else {
            return deny(Rule::MemberFields);
        };
        match membership {
            Membership::Join => self.join(create, member, target),
            Membership::Invite => self.invite(create, member, target),
            Membership::Leave => self.leave(create, target),
            Membership::Ban => self.ban(create, target),
            Membership::Knock if self.rules.knock => self.knock(target),
            // 5.8
            Membership::Knock | Membership::Other => deny(Rule::MembershipUnknown),
        }
    }

    /// Rule 5.3.
    fn join(&self, create: &Create, member: &Member, target: &str) -> Verdict {
        // 5.3.1
        let is_creator = create.first_member().is_some_and(|creator| creator.as_str() == target);
        if self.event.only_prev_event_is_create && is_creator {
            return Ok(());
        }
        // 5.3.2
        if self.event.sender.as_str() != target {
            return deny(Rule::JoinSender);
        }
        // 5.3.3
        let present = self.state.membership(target);
        if present == Some(Membership::Ban) {
            return deny(Rule::JoinBanned);
        }
        let is_in = matches!(present, Some(Membership::Join | Membership::Invite));
        let join_rule = self.join_rule();
        match join_rule {
            // 5.3.4
            JoinRule::Invite if is_in => Ok(()),
            JoinRule::Knock if self.rules.knock && is_in => Ok(()),
            // 5.3.5
            JoinRule::Restricted if self.rules.restricted => self.restricted(create, member, is_in),
            JoinRule::KnockRestricted if self.rules.knock_restricted => self.restricted(create, member, is_in),
            // 5.3.6
            JoinRule::Public => Ok(()),
            // 5.3.7
            _ => Err((Rule::JoinOtherwise, Fact::JoinRule(join_rule, present))),
        }
    }

    /// Rule 5.3.5.
    fn restricted(&self, create: &Create, member: &Member, is_in: bool) -> Verdict {
        let levels = self.levels(create);
        let may_invite = |authoriser: &str| {
            self.state.membership(authoriser) == Some(Membership::Join)
                && levels.user(authoriser) >= levels.setting(Setting::Invite)
        };
        let authorised = || member.join_authorised_via_users_server().is_some_and(may_invite);
        if is_in || authorised() { Ok(()) } else { deny(Rule::JoinAuthoriser) }
    }

    /// Rule 5.4.
    fn invite(&self, create: &Create, member: &Member, target: &str) -> Verdict {
        // 5.4.1
        if let Some(invite) = member.third_party_invite() {
            return self.third_party_invite(invite, target);
        }
        // 5.4.2
        self.sender_is_joined(Rule::InviteSenderNotJoined)?;
        // 5.4.3
        let present = self.state.membership(target);
        if let Some(Membership::Join | Membership::Ban) = present {
            return Err((Rule::InviteTarget, Fact::Membership(present)));
        }
        // 5.4.4, 5.4.5
        let levels = self.levels(create);
        let sender = levels.user(self.event.sender.as_str());
        at_least(sender, levels.setting(Setting::Invite), Rule::InviteOtherwise)
    }

    /// Rule 5.4.1.
    fn third_party_invite(&self, invite: &SignedInvite, target: &str) -> Verdict {
        if self.state.membership(target) == Some(Membership::Ban) {
            return deny(Rule::ThirdPartyInviteBanned);
        }
        let Some(signed) = invite.signed() else { return deny(Rule::ThirdPartyInviteSigned) };
        let (Some(mxid), Some(token)) = (invite.mxid(), invite.token()) else {
            return deny(Rule::ThirdPartyInviteFields);
        };
        if mxid != target {
            return deny(Rule::ThirdPartyInviteMxid);
        }
        let Some(offer) = self.state.third_party_invite(token) else {
            return deny(Rule::ThirdPartyInviteToken);
        };
        if offer.sender() != self.event.sender {
            return deny(Rule::ThirdPartyInviteSender);
        }
        let verify = self.state.verify_invite();
        if verify(signed, offer.public_keys()) { Ok(()) } else { deny(Rule::ThirdPartyInviteSignature) }
    }

    /// Rule 5.5.
    fn leave(&self, create: &Create, target: &str) -> Verdict {
        let sender = self.event.sender.as_str();
        let present = self.state.membership(target);
        // 5.5.1
        if sender == target {
            return match present {
                Some(Membership::Join | Membership::Invite) => Ok(()),
                Some(Membership::Knock) if self.rules.knock => Ok(()),
                _ => Err((Rule::LeaveMembership, Fact::Membership(present))),
            };
        }
        // 5.5.2
        self.sender_is_joined(Rule::LeaveSenderNotJoined)?;
        let levels = self.levels(create);
        let level = levels.user(sender);
        // 5.5.3
        if present == Some(Membership::Ban) {
            at_least(level, levels.setting(Setting::Ban), Rule::LeaveBanned)?;
        }
        // 5.5.4, 5.5.5
        self.overrules(&levels, target, Setting::Kick, Rule::LeaveOtherwise)
    }

    /// Rule 5.6.
    fn ban(&self, create: &Create, target: &str) -> Verdict {
        // 5.6.1
        self.sender_is_joined(Rule::BanSenderNotJoined)?;
        // 5.6.2, 5.6.3
        self.overrules(&self.levels(create), target, Setting::Ban, Rule::BanOtherwise)
    }

    /// Rule 5.7.
    fn knock(&self, target: &str) -> Verdict {
        let present = self.state.membership(target);
        // 5.7.1
        match self.join_rule() {
            JoinRule::Knock => {}
            JoinRule::KnockRestricted if self.rules.knock_restricted => {}
            other => return Err((Rule::KnockJoinRule, Fact::JoinRule(other, present))),
        }
        // 5.7.2
        if self.event.sender.as_str() != target {
            return deny(Rule::KnockSender);
        }
        // 5.7.3, 5.7.4
        match present {
            Some(Membership::Ban | Membership::Invite | Membership::Join) => {
                Err((Rule::KnockOtherwise, Fact::Membership(present)))
            }
            _ => Ok(()),
        }
    }

    fn levels<'a>(&'a self, create: &'a Create) -> RoomLevels<'a> {
        RoomLevels::new(self.rules, Some(create), self.state.power_levels())
    }

    fn join_rule(&self) -> JoinRule {
        self.state.join_rule().unwrap_or(JoinRule::Invite)
    }

    fn sender_is_joined(&self, rule: Rule) -> Verdict {
        match self.state.membership(self.event.sender.as_str()) {
            Some(Membership::Join) => Ok(()),
            other => Err((rule, Fact::Membership(other))),
        }
    }

    /// The sender has the level of `setting`, and stands above the target.
    fn overrules(&self, levels: &RoomLevels<'_>, target: &str, setting: Setting, rule: Rule) -> Verdict {
        let sender = levels.user(self.event.sender.as_str());
        at_least(sender, levels.setting(setting), rule)?;
        let target = levels.user(target);
        if target < sender { Ok(()) } else { Err((rule, Fact::Levels(sender, target))) }
    }
}
