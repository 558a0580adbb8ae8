//! Inviting, also in answer to a third-party invite.

use matrix_authrules::Rule;

use super::{Case, allow, deny};
use crate::scene::{ADMIN, BOB, EVE, IVY, JOIN_RULES, LEE, MEMBER, MOD, NEW, Scene, THIRD_PARTY_INVITE};

fn level(scene: &mut Scene, invite: i64) {
    let users = scene.users("");
    scene.levels(&format!(r#"{{"users": {users}, "invite": {invite}}}"#));
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        allow(Rule::InviteSenderNotJoined, "joined", |scene| scene.send_member(BOB, NEW, "invite")),
        deny(Rule::InviteSenderNotJoined, "left", |scene| scene.send_member(LEE, NEW, "invite")),
        deny(Rule::InviteSenderNotJoined, "invited", |scene| scene.send_member(IVY, NEW, "invite")),
        deny(Rule::InviteSenderNotJoined, "never seen, oneself", |scene| {
            scene.send_member(NEW, NEW, "invite")
        }),
        allow(Rule::InviteTarget, "left", |scene| scene.send_member(BOB, LEE, "invite")),
        allow(Rule::InviteTarget, "invited already", |scene| scene.send_member(BOB, IVY, "invite")),
        allow(Rule::InviteTarget, "msc2403_who_knocked_is_invited", |scene| {
            scene.send_member(BOB, crate::scene::KIM, "invite");
        }),
        allow(Rule::InviteTarget, "a state key that is no user ID", |scene| {
            scene.send_member(BOB, "nobody", "invite");
        }),
        deny(Rule::InviteTarget, "joined", |scene| scene.send_member(ADMIN, BOB, "invite")),
        deny(Rule::InviteTarget, "banned", |scene| scene.send_member(ADMIN, EVE, "invite")),
        deny(Rule::InviteTarget, "oneself", |scene| scene.send_member(BOB, BOB, "invite")),
        allow(Rule::InviteOtherwise, "the invite level is 0", |scene| scene.send_member(BOB, NEW, "invite")),
        allow(Rule::InviteOtherwise, "at the invite level", |scene| {
            level(scene, 50);
            scene.send_member(MOD, NEW, "invite");
        }),
        deny(Rule::InviteOtherwise, "below the invite level", |scene| {
            level(scene, 51);
            scene.send_member(MOD, NEW, "invite");
        }),
        allow(Rule::InviteOtherwise, "the level of m.room.member does not count", |scene| {
            let users = scene.users("");
            scene.levels(&format!(r#"{{"users": {users}, "events": {{"m.room.member": 100}}}}"#));
            scene.send_member(BOB, NEW, "invite");
        }),
    ]
}

/// An invite by [`MOD`] of [`NEW`] that answers the third-party invite with the token `t`.
fn answer(scene: &mut Scene, third_party_invite: &str) {
    scene.put(
        THIRD_PARTY_INVITE,
        "t",
        MOD,
        r#"{"public_key": "bad", "public_keys": [{"public_key": "good"}]}"#,
    );
    scene.send(
        MEMBER,
        MOD,
        Some(NEW),
        &format!(r#"{{"membership": "invite", "third_party_invite": {third_party_invite}}}"#),
    );
}

const SIGNED: &str = r#"{"signed": {"mxid": "@new:c.example", "token": "t", "signatures": {}}}"#;

pub(super) fn third_party() -> Vec<Case> {
    vec![
        allow(Rule::ThirdPartyInviteBanned, "not banned", |scene| answer(scene, SIGNED)),
        allow(Rule::ThirdPartyInviteBanned, "joined", |scene| {
            answer(scene, SIGNED);
            scene.member(NEW, "join");
        }),
        deny(Rule::ThirdPartyInviteBanned, "banned", |scene| {
            answer(scene, SIGNED);
            scene.member(NEW, "ban");
        }),
        deny(Rule::ThirdPartyInviteBanned, "banned, before anything else", |scene| {
            answer(scene, "5");
            scene.member(NEW, "ban");
        }),
        allow(Rule::ThirdPartyInviteSigned, "signed", |scene| answer(scene, SIGNED)),
        allow(Rule::ThirdPartyInviteSigned, "an ordinary invite", |scene| {
            scene.send_member(BOB, NEW, "invite")
        }),
        deny(Rule::ThirdPartyInviteSigned, "empty", |scene| answer(scene, "{}")),
        deny(Rule::ThirdPartyInviteSigned, "no object", |scene| answer(scene, "[]")),
        deny(Rule::ThirdPartyInviteSigned, "null", |scene| answer(scene, "null")),
        allow(Rule::ThirdPartyInviteFields, "both there", |scene| answer(scene, SIGNED)),
        deny(Rule::ThirdPartyInviteFields, "no mxid", |scene| answer(scene, r#"{"signed": {"token": "t"}}"#)),
        deny(Rule::ThirdPartyInviteFields, "no token", |scene| {
            answer(scene, r#"{"signed": {"mxid": "@new:c.example"}}"#);
        }),
        deny(Rule::ThirdPartyInviteFields, "no object", |scene| answer(scene, r#"{"signed": "t"}"#)),
        allow(Rule::ThirdPartyInviteMxid, "the target", |scene| answer(scene, SIGNED)),
        deny(Rule::ThirdPartyInviteMxid, "somebody else", |scene| {
            answer(scene, r#"{"signed": {"mxid": "@lee:c.example", "token": "none"}}"#);
        }),
        allow(Rule::ThirdPartyInviteToken, "there", |scene| answer(scene, SIGNED)),
        deny(Rule::ThirdPartyInviteToken, "another token", |scene| {
            answer(scene, &SIGNED.replace("\"t\"", "\"u\""))
        }),
        deny(Rule::ThirdPartyInviteToken, "revoked by another token's sender", |scene| {
            answer(scene, SIGNED);
            scene.take(THIRD_PARTY_INVITE, "t");
        }),
        allow(Rule::ThirdPartyInviteSender, "the same", |scene| answer(scene, SIGNED)),
        allow(Rule::ThirdPartyInviteSender, "the same, who has left and lost all power", |scene| {
            answer(scene, SIGNED);
            scene.member(MOD, "leave");
            scene.levels(r#"{"invite": 100}"#);
        }),
        deny(Rule::ThirdPartyInviteSender, "another", |scene| {
            answer(scene, SIGNED);
            scene.event.sender = ADMIN.to_owned();
        }),
        allow(Rule::ThirdPartyInviteSignature, "by a listed key", |scene| answer(scene, SIGNED)),
        allow(Rule::ThirdPartyInviteSignature, "by the single key", |scene| {
            answer(scene, SIGNED);
            scene.put(THIRD_PARTY_INVITE, "t", MOD, r#"{"public_key": "good"}"#);
        }),
        deny(Rule::ThirdPartyInviteSignature, "by no listed key", |scene| {
            answer(scene, SIGNED);
            scene.put(
                THIRD_PARTY_INVITE,
                "t",
                MOD,
                r#"{"public_key": ["good"], "public_keys": ["good", {"public_key": 5}, {"key": "good"}, 5]}"#,
            );
        }),
        deny(Rule::ThirdPartyInviteSignature, "no keys", |scene| {
            answer(scene, SIGNED);
            scene.put(THIRD_PARTY_INVITE, "t", MOD, "{}");
        }),
        deny(Rule::ThirdPartyInviteSignature, "a wrong signature is not made good by power", |scene| {
            answer(scene, SIGNED);
            scene.verify = |_, _| false;
        }),
        allow(Rule::ThirdPartyInviteSigned, "third_party_invite means nothing to a join", |scene| {
            scene.put(JOIN_RULES, "", MOD, r#"{"join_rule": "public"}"#);
            scene.send(MEMBER, NEW, Some(NEW), r#"{"membership": "join", "third_party_invite": {}}"#);
        }),
    ]
}
