//! Leaving, kicking and unbanning; banning; knocking.

use matrix_authrules::Rule;
use matrix_roomversion::RoomVersion::{V6, V7, V9, V10, V12};

use super::{Case, allow, deny};
use crate::scene::{ADMIN, ALICE, BOB, EVE, IVY, KIM, LEE, MEMBER, MOD, MOD2, NEW, POWER_LEVELS, Scene};

fn levels(scene: &mut Scene, more: &str) {
    let users = scene.users("");
    scene.levels(&format!(r#"{{"users": {users}{more}}}"#));
}

pub(super) fn leave() -> Vec<Case> {
    vec![
        allow(Rule::LeaveMembership, "joined", |scene| scene.send_member(BOB, BOB, "leave")),
        allow(Rule::LeaveMembership, "invited", |scene| scene.send_member(IVY, IVY, "leave")),
        allow(Rule::LeaveMembership, "msc2403_knocked", |scene| scene.send_member(KIM, KIM, "leave"))
            .from(V7),
        deny(Rule::LeaveMembership, "knock means nothing before room 7", |scene| {
            scene.member(NEW, "knock");
            scene.send_member(NEW, NEW, "leave");
        })
        .to(V6),
        deny(Rule::LeaveMembership, "left", |scene| scene.send_member(LEE, LEE, "leave")),
        deny(Rule::LeaveMembership, "banned", |scene| scene.send_member(EVE, EVE, "leave")),
        deny(Rule::LeaveMembership, "never seen", |scene| scene.send_member(NEW, NEW, "leave")),
        allow(Rule::LeaveSenderNotJoined, "joined", |scene| scene.send_member(MOD, BOB, "leave")),
        deny(Rule::LeaveSenderNotJoined, "left", |scene| {
            scene.member(ADMIN, "leave");
            scene.send_member(ADMIN, BOB, "leave");
        }),
        allow(Rule::LeaveBanned, "at the ban level", |scene| scene.send_member(MOD, EVE, "leave")),
        deny(Rule::LeaveBanned, "below the ban level", |scene| {
            levels(scene, r#", "ban": 51"#);
            scene.send_member(MOD, EVE, "leave");
        }),
        allow(Rule::LeaveBanned, "below the ban level, but not banned", |scene| {
            levels(scene, r#", "ban": 51"#);
            scene.send_member(MOD, IVY, "leave");
        }),
        deny(Rule::LeaveOtherwise, "unbanning takes the kick level as well", |scene| {
            levels(scene, r#", "ban": 0, "kick": 51"#);
            scene.send_member(MOD, EVE, "leave");
        }),
        allow(Rule::LeaveOtherwise, "kicking takes 50", |scene| scene.send_member(MOD, BOB, "leave")),
        deny(Rule::LeaveOtherwise, "kicking takes 50: 0", |scene| scene.send_member(BOB, IVY, "leave")),
        deny(Rule::LeaveOtherwise, "an equal", |scene| scene.send_member(MOD, MOD2, "leave")),
        deny(Rule::LeaveOtherwise, "one above", |scene| scene.send_member(MOD, ADMIN, "leave")),
        allow(Rule::LeaveOtherwise, "kick level 0 and above the target", |scene| {
            let users = scene.users(&format!(r#", "{LEE}": -1"#));
            scene.levels(&format!(r#"{{"users": {users}, "kick": 0}}"#));
            scene.send_member(BOB, LEE, "leave");
        }),
        allow(Rule::LeaveOtherwise, "one who is not there", |scene| scene.send_member(MOD, NEW, "leave")),
        deny(Rule::LeaveOtherwise, "without power levels kicking takes 50", |scene| {
            scene.take(POWER_LEVELS, "");
            scene.send_member(ADMIN, IVY, "leave");
        }),
        deny(Rule::LeaveOtherwise, "a creator is above all", |scene| {
            let users = scene.users("");
            scene.levels(&format!(r#"{{"users": {users}}}"#));
            scene.send_member(ADMIN, ALICE, "leave");
        }),
        deny(Rule::LeaveOtherwise, "a creator does not kick a creator", |scene| {
            scene.create(&format!(r#"{{"room_version": "12", "additional_creators": ["{BOB}"]}}"#));
            scene.send_member(ALICE, BOB, "leave");
        })
        .from(V12),
    ]
}

pub(super) fn ban() -> Vec<Case> {
    vec![
        allow(Rule::BanSenderNotJoined, "joined", |scene| scene.send_member(MOD, BOB, "ban")),
        deny(Rule::BanSenderNotJoined, "left", |scene| {
            scene.member(ADMIN, "leave");
            scene.send_member(ADMIN, BOB, "ban");
        }),
        deny(Rule::BanSenderNotJoined, "never seen", |scene| scene.send_member(NEW, BOB, "ban")),
        allow(Rule::BanOtherwise, "banning takes 50", |scene| scene.send_member(MOD, NEW, "ban")),
        allow(Rule::BanOtherwise, "again", |scene| scene.send_member(MOD, EVE, "ban")),
        deny(Rule::BanOtherwise, "banning takes 50: 0", |scene| scene.send_member(BOB, NEW, "ban")),
        deny(Rule::BanOtherwise, "below a ban level", |scene| {
            levels(scene, r#", "ban": 51"#);
            scene.send_member(MOD, BOB, "ban");
        }),
        deny(Rule::BanOtherwise, "an equal", |scene| scene.send_member(MOD, MOD2, "ban")),
        deny(Rule::BanOtherwise, "one above", |scene| scene.send_member(MOD, ADMIN, "ban")),
        deny(Rule::BanOtherwise, "oneself", |scene| scene.send_member(MOD, MOD, "ban")),
        deny(Rule::BanOtherwise, "without power levels banning takes 50", |scene| {
            scene.take(POWER_LEVELS, "");
            scene.send_member(BOB, NEW, "ban");
        }),
        allow(Rule::BanOtherwise, "without power levels the creator bans", |scene| {
            scene.take(POWER_LEVELS, "");
            scene.send_member(ALICE, ADMIN, "ban");
        }),
        deny(Rule::BanOtherwise, "nobody bans a creator", |scene| scene.send_member(ADMIN, ALICE, "ban"))
            .from(V12),
        allow(Rule::BanOtherwise, "a creator bans anybody", |scene| scene.send_member(ALICE, ADMIN, "ban"))
            .from(V12),
    ]
}

fn knock(scene: &mut Scene, rule: &str, user: &str) {
    scene.join_rule(rule);
    scene.send_member(user, user, "knock");
}

pub(super) fn knocking() -> Vec<Case> {
    vec![
        allow(Rule::KnockJoinRule, "msc2403_knock", |scene| knock(scene, "knock", NEW)),
        deny(Rule::KnockJoinRule, "msc2403_public", |scene| knock(scene, "public", NEW)),
        deny(Rule::KnockJoinRule, "msc2403_invite", |scene| knock(scene, "invite", NEW)),
        deny(Rule::KnockJoinRule, "restricted", |scene| knock(scene, "restricted", NEW)),
        deny(Rule::KnockJoinRule, "no join rules", |scene| {
            knock(scene, "knock", NEW);
            scene.take(crate::scene::JOIN_RULES, "");
        }),
        deny(Rule::KnockJoinRule, "knock_restricted before room 10", |scene| {
            knock(scene, "knock_restricted", NEW);
        })
        .to(V9),
        allow(Rule::KnockJoinRule, "knock_restricted", |scene| knock(scene, "knock_restricted", NEW))
            .from(V10),
        deny(Rule::KnockJoinRule, "before anything else", |scene| {
            scene.send_member(BOB, NEW, "knock");
        }),
        allow(Rule::KnockSender, "for oneself", |scene| knock(scene, "knock", NEW)),
        deny(Rule::KnockSender, "msc2403_for_somebody_else", |scene| {
            knock(scene, "knock", NEW);
            scene.send_member(ADMIN, NEW, "knock");
        }),
        allow(Rule::KnockOtherwise, "msc2403_left", |scene| knock(scene, "knock", LEE)),
        allow(Rule::KnockOtherwise, "msc2403_knocked_before", |scene| knock(scene, "knock", KIM)),
        deny(Rule::KnockOtherwise, "msc2403_banned", |scene| knock(scene, "knock", EVE)),
        deny(Rule::KnockOtherwise, "msc2403_invited", |scene| knock(scene, "knock", IVY)),
        deny(Rule::KnockOtherwise, "msc2403_joined", |scene| knock(scene, "knock", BOB)),
        allow(Rule::KnockOtherwise, "takes no power", |scene| {
            let users = scene.users(&format!(r#", "{NEW}": -100"#));
            scene.levels(&format!(r#"{{"users": {users}, "events": {{"{MEMBER}": 100}}, "invite": 100}}"#));
            knock(scene, "knock", NEW);
        }),
    ]
}
