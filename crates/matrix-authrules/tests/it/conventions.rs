//! Where the text leaves room, or servers fell into a trap: one test each.

use matrix_authrules::{PowerLevel, PowerLevelChange, PowerLevels, Rule};
use matrix_identifiers::UserId;
use matrix_roomversion::RoomVersion;

use crate::scene::{
    ADMIN, ALICE, BOB, CREATE, IVY, JOIN_RULES, MEMBER, MOD, NEW, POWER_LEVELS, Scene, THIRD_PARTY_INVITE,
};

/// Runs a change of the small room in all versions of a range and returns who refuses, if anybody.
fn verdicts(
    first: RoomVersion,
    last: RoomVersion,
    change: impl Fn(&mut Scene),
) -> impl Iterator<Item = Option<Rule>> {
    RoomVersion::ALL.into_iter().filter(move |version| (first..=last).contains(version)).map(move |version| {
        let mut scene = Scene::new(version);
        change(&mut scene);
        scene.verdict().err().map(|denied| denied.kind())
    })
}

fn all(change: impl Fn(&mut Scene)) -> impl Iterator<Item = Option<Rule>> {
    verdicts(RoomVersion::V1, RoomVersion::V12, change)
}

#[test]
fn m_federate_false_looks_at_the_sender_and_not_at_a_member_events_target() {
    let close = |scene: &mut Scene| {
        let content = scene.create_content().replace('}', r#", "m.federate": false}"#);
        scene.create(&content);
    };
    assert!(
        all(|scene| {
            close(scene);
            scene.send_member(ALICE, NEW, "invite");
        })
        .all(|refusal| refusal.is_none())
    );
    assert!(
        all(|scene| {
            close(scene);
            scene.send_member(NEW, NEW, "join");
        })
        .all(|refusal| refusal == Some(Rule::Federate))
    );
}

#[test]
fn no_join_rules_or_none_with_a_join_rule_are_invite() {
    for user in [IVY, NEW] {
        let expected = (user == NEW).then_some(Rule::JoinOtherwise);
        assert!(
            all(|scene| {
                scene.send_member(user, user, "join");
                scene.take(JOIN_RULES, "");
            })
            .all(|refusal| refusal == expected)
        );
        assert!(
            all(|scene| {
                scene.send_member(user, user, "join");
                scene.put(JOIN_RULES, "", ALICE, "{}");
            })
            .all(|refusal| refusal == expected)
        );
    }
}

#[test]
fn misfits_in_events_and_notifications_are_read_as_absent_below_room_10() {
    let misfits = r#", "events": {"m.room.topic": "high", "m.room.name": null}, "notifications": [], "events_default": 0"#;
    let set = |scene: &mut Scene, sender: &str| {
        let users = scene.users("");
        scene.send_levels(sender, &format!(r#"{{"users": {users}{misfits}}}"#));
    };
    assert!(
        verdicts(RoomVersion::V1, RoomVersion::V9, |scene| set(scene, MOD)).all(|refusal| refusal.is_none())
    );
    assert!(
        verdicts(RoomVersion::V10, RoomVersion::V12, |scene| set(scene, MOD))
            .all(|refusal| refusal == Some(Rule::PowerLevelsMaps))
    );
    assert!(
        verdicts(RoomVersion::V1, RoomVersion::V9, |scene| {
            let users = scene.users("");
            scene.levels(&format!(r#"{{"users": {users}{misfits}}}"#));
            scene.send("m.room.topic", MOD, Some(""), "{}");
        })
        .all(|refusal| refusal.is_none()),
        "state_default holds for the topic"
    );
}

#[test]
fn a_rejected_event_of_the_state_still_is_the_state() {
    assert!(
        all(|scene| {
            scene.rejected = vec![scene.id_of(JOIN_RULES, ""), scene.id_of(MEMBER, ADMIN)];
            scene.send("m.room.message", ADMIN, None, "{}");
            scene.event.auth_events = Some(vec![scene.id_of(CREATE, "")]);
            if scene.version == RoomVersion::V12 {
                scene.event.auth_events = Some(Vec::new());
            }
        })
        .all(|refusal| refusal.is_none())
    );
}

#[test]
fn power_levels_count_with_an_empty_state_key_only() {
    assert!(
        all(|scene| {
            scene.take(POWER_LEVELS, "");
            scene.put(POWER_LEVELS, "x", ALICE, &format!(r#"{{"users": {{"{BOB}": 100}}}}"#));
            scene.send("m.room.topic", BOB, Some(""), "{}");
        })
        .all(|refusal| refusal == Some(Rule::RequiredLevel))
    );
}

#[test]
fn join_rules_count_with_an_empty_state_key_only() {
    assert!(
        all(|scene| {
            scene.take(JOIN_RULES, "");
            scene.put(JOIN_RULES, "x", ALICE, r#"{"join_rule": "public"}"#);
            scene.send_member(NEW, NEW, "join");
        })
        .all(|refusal| refusal == Some(Rule::JoinOtherwise))
    );
}

#[test]
fn a_room_12_names_its_create_event_in_nobodys_auth_events() {
    let mut scene = Scene::new(RoomVersion::V12);
    scene.event.auth_events = Some(vec![scene.id_of(CREATE, "")]);
    assert_eq!(scene.verdict().unwrap_err().rule(), "3.2");
    scene.event.auth_events = Some(vec![]);
    assert_eq!(scene.verdict(), Ok(()));
}

#[test]
fn the_target_of_a_third_party_invite_may_be_joined_but_not_banned() {
    let answer = |scene: &mut Scene, membership: &str| {
        scene.put(THIRD_PARTY_INVITE, "t", MOD, r#"{"public_key": "good"}"#);
        let signed = format!(r#"{{"mxid": "{NEW}", "token": "t", "signatures": {{}}}}"#);
        let content = format!(r#"{{"membership": "invite", "third_party_invite": {{"signed": {signed}}}}}"#);
        scene.send(MEMBER, MOD, Some(NEW), &content);
        scene.member(NEW, membership);
    };
    assert!(all(|scene| answer(scene, "join")).all(|refusal| refusal.is_none()));
    assert!(all(|scene| answer(scene, "ban")).all(|refusal| refusal == Some(Rule::ThirdPartyInviteBanned)));
}

#[test]
fn one_may_always_demote_oneself_and_never_promote() {
    let between = |from: i64, to: &str| {
        let rules = &RoomVersion::V11.rules().authorization;
        let old = PowerLevels::parse(&format!(r#"{{"users": {{"{MOD}": {from}}}}}"#), rules);
        let new = PowerLevels::parse(&format!(r#"{{"users": {{{to}}}}}"#), rules);
        let change = PowerLevelChange::between(&old, &new, UserId::parse(MOD).unwrap(), rules);
        change.is_allowed(PowerLevel::Finite(from))
    };
    for level in [49, 0, -1] {
        assert!(between(50, &format!(r#""{MOD}": {level}"#)));
    }
    assert!(between(50, ""), "removed");
    assert!(!between(50, &format!(r#""{MOD}": 51"#)));
}

#[test]
fn msc2209_notifications_change_by_those_who_have_their_level_from_room_6_on() {
    for version in RoomVersion::ALL {
        let rules = &version.rules().authorization;
        let levels =
            |room: i64| PowerLevels::parse(&format!(r#"{{"notifications": {{"room": {room}}}}}"#), rules);
        let may = |level: i64, from: i64, to: i64| {
            let change =
                PowerLevelChange::between(&levels(from), &levels(to), UserId::parse(MOD).unwrap(), rules);
            change.is_allowed(PowerLevel::Finite(level))
        };
        let is_free = version < RoomVersion::V6;
        assert!(may(50, 50, 20) && may(50, 20, 50), "{version}");
        assert_eq!((may(50, 51, 50), may(50, 50, 51)), (is_free, is_free), "{version}");
    }
}

#[test]
fn without_power_levels_state_takes_50_and_messages_0() {
    assert!(
        all(|scene| {
            scene.take(POWER_LEVELS, "");
            scene.send("m.room.topic", BOB, Some(""), "{}");
        })
        .all(|refusal| refusal == Some(Rule::RequiredLevel))
    );
    assert!(all(|scene| scene.take(POWER_LEVELS, "")).all(|refusal| refusal.is_none()));
}

#[test]
fn a_state_without_a_create_event_allows_nothing() {
    for version in RoomVersion::ALL {
        let mut scene = Scene::new(version);
        let (event, _) = scene.pdus();
        scene.take(CREATE, "");
        let state: Vec<_> = scene.pdus().1;
        let rules = &scene.rules().authorization;
        let mut parsed = matrix_authrules::ParsedState::new(rules, scene.verify);
        state.iter().for_each(|event| parsed.insert(event));
        let content = matrix_authrules::AuthContent::parse(&event, rules);
        let candidate = matrix_authrules::Candidate::new(&event, &content, None);
        let denied = matrix_authrules::check_state_dependent(&candidate, rules, &parsed).unwrap_err();
        assert_eq!(denied.rule(), if version == RoomVersion::V12 { "2" } else { "2.4" });
    }
}

#[test]
fn a_refusal_says_what_it_turned_on() {
    let text = |change: fn(&mut Scene)| {
        let mut scene = Scene::new(RoomVersion::V11);
        change(&mut scene);
        let denied = scene.verdict().unwrap_err();
        (denied.rule(), denied.to_string(), denied.levels())
    };
    let (rule, reason, levels) = text(|scene| scene.send("m.room.topic", BOB, Some(""), "{}"));
    assert_eq!(rule, "7");
    assert_eq!(
        reason,
        "the sender is below the level that this type of event requires (sender: 0, against: 50)"
    );
    assert_eq!(levels, Some((PowerLevel::Finite(0), PowerLevel::Finite(50))));
    let (rule, reason, levels) = text(|scene| scene.send("m.room.message", IVY, None, "{}"));
    assert_eq!((rule, &*reason, levels), ("5", "the sender is not in the room (membership: invite)", None));
    let (rule, reason, _) = text(|scene| {
        scene.join_rule("private");
        scene.send_member(NEW, NEW, "join");
    });
    assert_eq!(rule, "4.3.7");
    assert_eq!(reason, "the join rule does not let the sender in (join rule: private, membership: none)");
    let mut scene = Scene::new(RoomVersion::V12);
    scene.send_member(ADMIN, ALICE, "ban");
    let denied = scene.verdict().unwrap_err();
    assert_eq!(denied.levels(), Some((PowerLevel::Finite(100), PowerLevel::Infinite)));
    assert!(denied.to_string().ends_with("(sender: 100, against: infinite)"), "{denied}");
}
