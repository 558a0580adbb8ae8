//! The rules about federation, aliases, what takes power to send, and redactions.

use matrix_authrules::Rule;
use matrix_roomversion::RoomVersion::{V1, V2, V3, V5, V6, V11, V12};

use super::{Case, allow, deny};
use crate::scene::{
    ADMIN, ALICE, BOB, EVE, IVY, LEE, MEMBER, MOD, NEW, POWER_LEVELS, Scene, THIRD_PARTY_INVITE,
};

fn closed(scene: &mut Scene, value: &str) {
    let content = scene.create_content().replace('}', &format!(r#", "m.federate": {value}}}"#));
    scene.create(&content);
}

pub(super) fn federate() -> Vec<Case> {
    vec![
        allow(Rule::Federate, "nothing is said", |_| {}),
        allow(Rule::Federate, "true", |scene| closed(scene, "true")),
        allow(Rule::Federate, "anything but false", |scene| closed(scene, r#""false""#)),
        allow(Rule::Federate, "null", |scene| closed(scene, "null")),
        allow(Rule::Federate, "false, the same server", |scene| {
            closed(scene, "false");
            scene.send("m.room.message", ALICE, None, "{}");
        }),
        deny(Rule::Federate, "false, another server", |scene| closed(scene, "false")),
        deny(Rule::Federate, "false, another server's admin", |scene| {
            closed(scene, "false");
            scene.send("m.room.topic", ADMIN, Some(""), "{}");
        }),
        deny(Rule::Federate, "false, a join of another server", |scene| {
            closed(scene, "false");
            scene.send_member(NEW, NEW, "join");
        }),
        deny(Rule::Federate, "the last of two values counts", |scene| {
            closed(scene, r#"true, "m.federate": false"#)
        }),
    ]
}

pub(super) fn aliases() -> Vec<Case> {
    vec![
        allow(Rule::AliasesStateKey, "one's own domain", |scene| {
            scene.send("m.room.aliases", BOB, Some("b.example"), "{}");
        }),
        deny(Rule::AliasesStateKey, "no state event", |scene| {
            scene.send("m.room.aliases", BOB, None, "{}");
        }),
        allow(Rule::AliasesDomain, "without power or membership", |scene| {
            scene.send("m.room.aliases", LEE, Some("c.example"), "{}");
        }),
        allow(Rule::AliasesDomain, "when banned", |scene| {
            scene.send("m.room.aliases", EVE, Some("c.example"), "{}");
        }),
        deny(Rule::AliasesDomain, "another domain", |scene| {
            scene.send("m.room.aliases", ADMIN, Some("a.example"), "{}");
        }),
        deny(Rule::AliasesDomain, "an empty state key", |scene| {
            scene.send("m.room.aliases", ADMIN, Some(""), "{}");
        }),
        deny(Rule::RequiredLevel, "msc2432_aliases_are_ordinary_state", |scene| {
            scene.send("m.room.aliases", BOB, Some("b.example"), "{}");
        })
        .from(V6),
        allow(Rule::RequiredLevel, "msc2432_anybody_with_the_level_sets_aliases", |scene| {
            scene.send("m.room.aliases", MOD, Some("a.example"), "{}");
        })
        .from(V6),
        allow(Rule::SenderNotJoined, "before room 6 aliases need no membership", |scene| {
            scene.send("m.room.aliases", NEW, Some("c.example"), "{}");
        })
        .to(V5),
    ]
}

pub(super) fn sending() -> Vec<Case> {
    vec![
        allow(Rule::SenderNotJoined, "joined", |_| {}),
        deny(Rule::SenderNotJoined, "never seen", |scene| scene.send("m.room.message", NEW, None, "{}")),
        deny(Rule::SenderNotJoined, "invited", |scene| scene.send("m.room.message", IVY, None, "{}")),
        deny(Rule::SenderNotJoined, "left", |scene| scene.send("m.room.message", LEE, None, "{}")),
        deny(Rule::SenderNotJoined, "banned", |scene| scene.send("m.room.message", EVE, None, "{}")),
        deny(Rule::SenderNotJoined, "an unknown membership", |scene| {
            scene.member(BOB, "guest");
        }),
        deny(Rule::SenderNotJoined, "the creator who never joined", |scene| {
            scene.take(MEMBER, ALICE);
            scene.send("m.room.topic", ALICE, Some(""), "{}");
        }),
        allow(Rule::ThirdPartyInviteLevel, "the invite level is 0", |scene| {
            scene.send(THIRD_PARTY_INVITE, BOB, Some("token"), "{}");
        }),
        allow(Rule::ThirdPartyInviteLevel, "whatever its type would take, and its state key", |scene| {
            let users = scene.users("");
            scene.levels(&format!(
                r#"{{"users": {users}, "invite": 50, "events": {{"m.room.third_party_invite": 100}}}}"#
            ));
            scene.send(THIRD_PARTY_INVITE, MOD, Some("@token:x"), "{}");
        }),
        deny(Rule::ThirdPartyInviteLevel, "below the invite level", |scene| {
            let users = scene.users("");
            scene.levels(&format!(r#"{{"users": {users}, "invite": 51}}"#));
            scene.send(THIRD_PARTY_INVITE, MOD, Some("token"), "{}");
        }),
        allow(Rule::RequiredLevel, "a message takes 0", |_| {}),
        allow(Rule::RequiredLevel, "state takes 50", |scene| scene.send("m.room.topic", MOD, Some(""), "{}")),
        deny(Rule::RequiredLevel, "state takes 50: 0", |scene| {
            scene.send("m.room.topic", BOB, Some(""), "{}")
        }),
        deny(Rule::RequiredLevel, "a message of an open room takes 0: -1", |scene| {
            let users = scene.users(&format!(r#", "{BOB}": -1"#));
            scene.levels(&format!(r#"{{"users": {users}}}"#));
        }),
        allow(Rule::RequiredLevel, "an entry below state_default", |scene| {
            let users = scene.users("");
            scene.levels(&format!(r#"{{"users": {users}, "events": {{"m.room.topic": 0}}}}"#));
            scene.send("m.room.topic", BOB, Some(""), "{}");
        }),
        deny(Rule::RequiredLevel, "an entry above", |scene| {
            let users = scene.users("");
            scene.levels(&format!(r#"{{"users": {users}, "events": {{"m.room.topic": 51}}}}"#));
            scene.send("m.room.topic", MOD, Some(""), "{}");
        }),
        deny(Rule::RequiredLevel, "an entry holds for messages too", |scene| {
            let users = scene.users("");
            scene.levels(&format!(r#"{{"users": {users}, "events": {{"m.room.message": 1}}}}"#));
        }),
        deny(Rule::RequiredLevel, "events_default", |scene| {
            let users = scene.users("");
            scene.levels(&format!(r#"{{"users": {users}, "events_default": 1}}"#));
        }),
        allow(Rule::RequiredLevel, "state_default", |scene| {
            let users = scene.users("");
            scene.levels(&format!(r#"{{"users": {users}, "events_default": 1, "state_default": 0}}"#));
            scene.send("m.room.topic", BOB, Some(""), "{}");
        }),
        allow(Rule::RequiredLevel, "users_default", |scene| {
            let users = scene.users("");
            scene.levels(&format!(r#"{{"users": {users}, "users_default": 50}}"#));
            scene.send("m.room.topic", BOB, Some(""), "{}");
        }),
        deny(Rule::RequiredLevel, "without power levels state takes 50", |scene| {
            scene.take(POWER_LEVELS, "");
            scene.send("m.room.topic", ADMIN, Some(""), "{}");
        }),
        allow(Rule::RequiredLevel, "without power levels the creator has 100", |scene| {
            scene.take(POWER_LEVELS, "");
            scene.send("m.room.topic", ALICE, Some(""), "{}");
        }),
        deny(Rule::RequiredLevel, "the creator is nobody where power levels do not say so", |scene| {
            scene.levels("{}");
            scene.send("m.room.topic", ALICE, Some(""), "{}");
        })
        .to(V11),
        allow(Rule::RequiredLevel, "a creator is above everything", |scene| {
            scene.levels(r#"{"events": {"m.room.topic": 9007199254740991}}"#);
            scene.send("m.room.topic", ALICE, Some(""), "{}");
        })
        .from(V12),
        allow(Rule::RequiredLevel, "an additional creator is above everything", |scene| {
            scene.create(&format!(r#"{{"room_version": "12", "additional_creators": ["{BOB}"]}}"#));
            scene.levels(r#"{"events": {"m.room.topic": 100}}"#);
            scene.send("m.room.topic", BOB, Some(""), "{}");
        })
        .from(V12),
        deny(Rule::RequiredLevel, "nobody else is a creator", |scene| {
            scene.create(&format!(
                r#"{{"room_version": "11", "additional_creators": ["{BOB}"], "creator": "{BOB}"}}"#
            ));
            scene.take(POWER_LEVELS, "");
            scene.send("m.room.topic", BOB, Some(""), "{}");
        })
        .from(V11)
        .to(V11),
        allow(Rule::StateKeyOfOther, "one's own ID", |scene| scene.send("org.example", MOD, Some(MOD), "{}")),
        allow(Rule::StateKeyOfOther, "no @ at the start", |scene| {
            scene.send("org.example", MOD, Some("_@bob:b.example"), "{}");
        }),
        deny(Rule::StateKeyOfOther, "another user's ID", |scene| {
            scene.send("org.example", MOD, Some(BOB), "{}");
        }),
        deny(Rule::StateKeyOfOther, "a lone @", |scene| scene.send("org.example", ADMIN, Some("@"), "{}")),
        deny(Rule::StateKeyOfOther, "before the power levels' own rules", |scene| {
            scene.send(POWER_LEVELS, ADMIN, Some("@bob"), r#"{"users": 5}"#);
        }),
    ]
}

fn redact(scene: &mut Scene, sender: &str, target: &str) {
    scene.send("m.room.redaction", sender, None, "{}");
    scene.event.redacts = Some(target.to_owned());
}

pub(super) fn redactions() -> Vec<Case> {
    vec![
        allow(Rule::RedactionOtherwise, "the redact level is 50", |scene| redact(scene, MOD, "$x:c.example")),
        allow(Rule::RedactionOtherwise, "the same domain", |scene| redact(scene, BOB, "$x:b.example")),
        deny(Rule::RedactionOtherwise, "another domain", |scene| redact(scene, BOB, "$x:c.example")),
        deny(Rule::RedactionOtherwise, "below a redact level", |scene| {
            let users = scene.users("");
            scene.levels(&format!(r#"{{"users": {users}, "redact": 51}}"#));
            redact(scene, MOD, "$x:c.example");
        }),
        deny(Rule::RedactionOtherwise, "no target", |scene| scene.send("m.room.redaction", BOB, None, "{}")),
        deny(Rule::RedactionOtherwise, "a target without a domain", |scene| redact(scene, BOB, "$x")),
        deny(Rule::RequiredLevel, "redactions take what their type takes first", |scene| {
            let users = scene.users("");
            scene.levels(&format!(r#"{{"users": {users}, "events": {{"m.room.redaction": 51}}}}"#));
            redact(scene, MOD, "$x:b.example");
        }),
        allow(Rule::RequiredLevel, "the redact level is no matter of authorization", |scene| {
            redact(scene, BOB, "$x:c.example");
        })
        .from(V3),
        deny(Rule::RedactionOtherwise, "the domain is that of the IDs", |scene| {
            redact(scene, BOB, "$x:b.example");
            scene.event.id = "$y:c.example".to_owned();
        })
        .from(V1)
        .to(V2),
        allow(Rule::RequiredLevel, "not a creator's either", |scene| redact(scene, ALICE, "$x:c.example"))
            .from(V12),
    ]
}
