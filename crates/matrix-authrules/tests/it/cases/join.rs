//! `m.room.member` and joining.

use matrix_authrules::Rule;
use matrix_roomversion::RoomVersion::{V6, V7, V8, V9, V10, V11, V12};

use super::{Case, allow, deny};
use crate::scene::{
    ALICE, BOB, CREATE, EVE, IVY, JOIN_RULES, KIM, LEE, MEMBER, MOD, NEW, POWER_LEVELS, Scene,
};

/// The event becomes the first after the create event, which is all the state there is.
fn first_join(scene: &mut Scene, sender: &str, target: &str) {
    scene.send_member(sender, target, "join");
    scene.event.prev_events = vec![scene.id_of(CREATE, "")];
    scene.state.retain(|event| event.kind == CREATE);
}

fn join(scene: &mut Scene, rule: &str, user: &str) {
    scene.join_rule(rule);
    scene.send_member(user, user, "join");
}

fn vouched(scene: &mut Scene, rule: &str, authoriser: &str) {
    scene.join_rule(rule);
    scene.send(
        MEMBER,
        NEW,
        Some(NEW),
        &format!(r#"{{"membership": "join", "join_authorised_via_users_server": {authoriser}}}"#),
    );
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        allow(Rule::MemberFields, "both there", |scene| join(scene, "public", NEW)),
        deny(Rule::MemberFields, "no state key", |scene| {
            scene.send(MEMBER, BOB, None, r#"{"membership": "join"}"#);
        }),
        deny(Rule::MemberFields, "no membership", |scene| {
            scene.send(MEMBER, BOB, Some(BOB), r#"{"displayname": "Bob"}"#);
        }),
        deny(Rule::MembershipUnknown, "an unknown word", |scene| scene.send_member(ALICE, BOB, "guest")),
        deny(Rule::MembershipUnknown, "the case of letters counts", |scene| {
            scene.send_member(NEW, NEW, "Join");
        }),
        deny(Rule::MembershipUnknown, "no word", |scene| {
            scene.send(MEMBER, BOB, Some(BOB), r#"{"membership": 5}"#);
        }),
        deny(Rule::MembershipUnknown, "null", |scene| {
            scene.send(MEMBER, BOB, Some(BOB), r#"{"membership": null}"#);
        }),
        deny(Rule::MembershipUnknown, "knock before room 7", |scene| {
            join(scene, "knock", NEW);
            scene.send_member(NEW, NEW, "knock");
        })
        .to(V6),
        allow(Rule::MembershipUnknown, "a word written with escapes", |scene| {
            scene.send(MEMBER, NEW, Some(NEW), r#"{"membership": "\u006aoin"}"#);
        }),
        // The creator's first join.
        allow(Rule::JoinSender, "the creator's first join", |scene| first_join(scene, ALICE, ALICE)),
        allow(Rule::JoinSender, "the creator's first join, whoever sends it", |scene| {
            first_join(scene, BOB, ALICE);
        }),
        allow(Rule::JoinOtherwise, "the creator's first join takes no join rule", |scene| {
            first_join(scene, ALICE, ALICE);
        }),
        deny(Rule::JoinOtherwise, "somebody else's first join", |scene| first_join(scene, BOB, BOB)),
        deny(Rule::JoinOtherwise, "the creator's join with another previous event", |scene| {
            first_join(scene, ALICE, ALICE);
            scene.event.prev_events.push("$other:a.example".to_owned());
        }),
        deny(Rule::JoinOtherwise, "the creator's join without a previous event", |scene| {
            first_join(scene, ALICE, ALICE);
            scene.event.prev_events.clear();
        }),
        deny(Rule::JoinOtherwise, "the creator's join after another event", |scene| {
            first_join(scene, ALICE, ALICE);
            scene.event.prev_events = vec!["$other:a.example".to_owned()];
        }),
        deny(Rule::JoinOtherwise, "the sender of the create event where `creator` is another", |scene| {
            scene.create(&format!(r#"{{"creator": "{BOB}"}}"#));
            first_join(scene, ALICE, ALICE);
        })
        .to(V10),
        allow(Rule::JoinOtherwise, "`creator` where that is not the sender", |scene| {
            scene.create(&format!(r#"{{"creator": "{BOB}"}}"#));
            first_join(scene, BOB, BOB);
        })
        .to(V10),
        deny(Rule::JoinOtherwise, "`creator` that is no user ID", |scene| {
            scene.create(r#"{"creator": "alice"}"#);
            first_join(scene, ALICE, ALICE);
        })
        .to(V10),
        allow(Rule::JoinOtherwise, "msc2175_the_sender_whatever_creator_says", |scene| {
            scene.create(&format!(r#"{{"creator": "{BOB}"}}"#));
            first_join(scene, ALICE, ALICE);
        })
        .from(V11),
        deny(Rule::JoinOtherwise, "an additional creator is not the first to join", |scene| {
            scene.create(&format!(r#"{{"additional_creators": ["{BOB}"]}}"#));
            first_join(scene, BOB, BOB);
        })
        .from(V12),
        // Joining.
        allow(Rule::JoinSender, "for oneself", |scene| join(scene, "public", NEW)),
        deny(Rule::JoinSender, "for somebody else", |scene| scene.send_member(ALICE, NEW, "join")),
        deny(Rule::JoinSender, "for somebody else, who is banned", |scene| {
            scene.send_member(ALICE, EVE, "join");
        }),
        allow(Rule::JoinBanned, "not banned", |scene| join(scene, "public", LEE)),
        deny(Rule::JoinBanned, "banned", |scene| join(scene, "public", EVE)),
        deny(Rule::JoinBanned, "banned from an open room by invitation only", |scene| {
            join(scene, "invite", EVE);
        }),
        allow(Rule::JoinOtherwise, "public", |scene| join(scene, "public", NEW)),
        allow(Rule::JoinOtherwise, "public and there already", |scene| join(scene, "public", BOB)),
        allow(Rule::JoinOtherwise, "invite and invited", |scene| join(scene, "invite", IVY)),
        allow(Rule::JoinOtherwise, "invite and there already", |scene| join(scene, "invite", BOB)),
        deny(Rule::JoinOtherwise, "invite and not invited", |scene| join(scene, "invite", NEW)),
        deny(Rule::JoinOtherwise, "invite and left", |scene| join(scene, "invite", LEE)),
        allow(Rule::JoinOtherwise, "msc2403_knock_and_invited", |scene| join(scene, "knock", IVY)).from(V7),
        allow(Rule::JoinOtherwise, "msc2403_knock_and_there_already", |scene| join(scene, "knock", BOB))
            .from(V7),
        deny(Rule::JoinOtherwise, "msc2403_knocking_is_not_enough", |scene| join(scene, "knock", KIM))
            .from(V7),
        deny(Rule::JoinOtherwise, "knock means nothing before room 7", |scene| join(scene, "knock", IVY))
            .to(V6),
        deny(Rule::JoinOtherwise, "private and invited", |scene| join(scene, "private", IVY)),
        deny(Rule::JoinOtherwise, "private and there already", |scene| join(scene, "private", BOB)),
        deny(Rule::JoinOtherwise, "an unknown join rule", |scene| join(scene, "org.example", IVY)),
        deny(Rule::JoinOtherwise, "a join rule that is no word", |scene| {
            join(scene, "invite", IVY);
            scene.put(JOIN_RULES, "", ALICE, r#"{"join_rule": ["invite"]}"#);
        }),
        deny(Rule::JoinOtherwise, "restricted means nothing before room 8", |scene| {
            join(scene, "restricted", IVY);
        })
        .to(V7),
        deny(Rule::JoinOtherwise, "knock_restricted means nothing before room 10", |scene| {
            join(scene, "knock_restricted", IVY);
        })
        .to(V9),
        deny(Rule::JoinOtherwise, "knock_restricted and vouched for before room 10", |scene| {
            vouched(scene, "knock_restricted", &format!(r#""{MOD}""#));
        })
        .from(V8)
        .to(V9),
        deny(Rule::JoinOtherwise, "vouching does not open an invite room", |scene| {
            vouched(scene, "invite", &format!(r#""{MOD}""#));
        }),
        // Restricted rooms.
        allow(Rule::JoinAuthoriser, "invited", |scene| join(scene, "restricted", IVY)),
        allow(Rule::JoinAuthoriser, "there already", |scene| join(scene, "restricted", BOB)),
        allow(Rule::JoinAuthoriser, "vouched for", |scene| {
            vouched(scene, "restricted", &format!(r#""{BOB}""#))
        }),
        allow(Rule::JoinAuthoriser, "vouched for by the invite level", |scene| {
            let users = scene.users("");
            scene.levels(&format!(r#"{{"users": {users}, "invite": 50}}"#));
            vouched(scene, "restricted", &format!(r#""{MOD}""#));
        }),
        allow(Rule::JoinAuthoriser, "knock_restricted and invited", |scene| {
            join(scene, "knock_restricted", IVY);
        })
        .from(V10),
        allow(Rule::JoinAuthoriser, "knock_restricted and vouched for", |scene| {
            vouched(scene, "knock_restricted", &format!(r#""{BOB}""#));
        })
        .from(V10),
        deny(Rule::JoinAuthoriser, "nobody vouches", |scene| join(scene, "restricted", NEW)),
        deny(Rule::JoinAuthoriser, "nobody vouches in a knock_restricted room", |scene| {
            join(scene, "knock_restricted", NEW);
        })
        .from(V10),
        deny(Rule::JoinAuthoriser, "something else vouches", |scene| vouched(scene, "restricted", "5")),
        deny(Rule::JoinAuthoriser, "no user ID vouches", |scene| vouched(scene, "restricted", r#""bob""#)),
        deny(Rule::JoinAuthoriser, "somebody below the invite level vouches", |scene| {
            let users = scene.users("");
            scene.levels(&format!(r#"{{"users": {users}, "invite": 51}}"#));
            vouched(scene, "restricted", &format!(r#""{MOD}""#));
        }),
        deny(Rule::JoinAuthoriser, "somebody who has left vouches", |scene| {
            vouched(scene, "restricted", &format!(r#""{LEE}""#));
        }),
        deny(Rule::JoinAuthoriser, "somebody who is invited vouches", |scene| {
            vouched(scene, "restricted", &format!(r#""{IVY}""#));
        }),
        deny(Rule::JoinAuthoriser, "the creator without power levels, who left, vouches", |scene| {
            scene.take(POWER_LEVELS, "");
            scene.member(ALICE, "leave");
            vouched(scene, "restricted", &format!(r#""{ALICE}""#));
        }),
        allow(Rule::MembershipUnknown, "join", |scene| join(scene, "public", NEW)),
    ]
}
