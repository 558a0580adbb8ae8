//! Which events authorize an event.

use matrix_authrules::{AuthContent, AuthTypes, Candidate, Event, auth_types};
use matrix_roomversion::RoomVersion;

use crate::scene::{ALICE, BOB, CREATE, MEMBER, MOD, NEW, Scene};

/// What is selected, as `type|state_key`, without the create event that rooms 1 to 11 have in it.
fn selected(version: RoomVersion, change: impl Fn(&mut Scene)) -> Vec<String> {
    let mut scene = Scene::new(version);
    change(&mut scene);
    scene.event.auth_events = Some(Vec::new());
    let event = scene.event.read(scene.rules());
    let rules = &scene.rules().authorization;
    let types = auth_types(&event, rules);
    assert!(types.is_sorted(), "{types:?}");

    let content = AuthContent::parse(&event, rules);
    let borrowed = AuthTypes::of(&Candidate::new(&event, &content, None), rules);
    assert!(borrowed.iter().eq(types.iter().map(|(kind, key)| (*kind, &**key))));
    assert!(types.iter().all(|(kind, key)| borrowed.contains(kind, key)));
    assert!(!borrowed.contains(event.event_type(), "nobody"));

    let mut types: Vec<String> = types.iter().map(|(kind, key)| format!("{kind}|{key}")).collect();
    let create = types.first().is_some_and(|first| first == "m.room.create|");
    if event.event_type() != CREATE {
        assert_eq!(create, version <= RoomVersion::V11, "room {version}");
    }
    if create {
        types.remove(0);
    }
    types
}

fn member(json: &str) -> impl Fn(&mut Scene) {
    move |scene| scene.send(MEMBER, MOD, Some(BOB), json)
}

#[test]
fn nothing_authorizes_a_create_event() {
    for version in RoomVersion::ALL {
        assert!(selected(version, |scene| scene.send(CREATE, ALICE, Some(""), "{}")).is_empty());
    }
}

#[test]
fn any_event_takes_power_levels_and_its_senders_membership() {
    for version in RoomVersion::ALL {
        for kind in ["m.room.message", "m.room.topic", "m.room.power_levels", "m.room.third_party_invite"] {
            let content = r#"{"membership": "join", "third_party_invite": {"signed": {"token": "t"}}}"#;
            let types = selected(version, |scene| scene.send(kind, BOB, Some(""), content));
            assert_eq!(types, [&format!("m.room.member|{BOB}"), "m.room.power_levels|"], "{kind}");
        }
    }
}

#[test]
fn a_member_event_takes_its_targets_membership() {
    let both =
        [format!("m.room.member|{BOB}"), format!("m.room.member|{MOD}"), "m.room.power_levels|".to_owned()];
    for version in RoomVersion::ALL {
        for membership in ["leave", "ban", "org.example"] {
            let json = format!(r#"{{"membership": "{membership}"}}"#);
            assert_eq!(selected(version, member(&json)), both, "{membership}");
        }
        for json in ["{}", r#"{"membership": 5}"#] {
            assert_eq!(selected(version, member(json)), both, "{json}");
        }
    }
}

#[test]
fn a_state_key_that_is_the_sender_or_missing_adds_nothing() {
    let one = [format!("m.room.member|{BOB}"), "m.room.power_levels|".to_owned()];
    for version in RoomVersion::ALL {
        for state_key in [Some(BOB), None] {
            let change = |scene: &mut Scene| scene.send(MEMBER, BOB, state_key, r#"{"membership": "leave"}"#);
            assert_eq!(selected(version, change), one);
        }
    }
}

#[test]
fn join_invite_and_knock_take_the_join_rules() {
    for version in RoomVersion::ALL {
        for membership in ["join", "invite", "knock"] {
            let types = selected(version, member(&format!(r#"{{"membership": "{membership}"}}"#)));
            assert_eq!(types[0], "m.room.join_rules|", "{membership} in room {version}");
            assert_eq!(types.len(), 4);
        }
    }
}

#[test]
fn an_invite_takes_the_third_party_invite_that_it_answers() {
    let content = |membership: &str, invite: &str| {
        format!(r#"{{"membership": "{membership}", "third_party_invite": {invite}}}"#)
    };
    let signed = r#"{"signed": {"token": "the token", "mxid": 5}}"#;
    for version in RoomVersion::ALL {
        let types = selected(version, member(&content("invite", signed)));
        assert_eq!(types.last().unwrap(), "m.room.third_party_invite|the token");
        assert_eq!(types.len(), 5);
        for (membership, invite) in [
            ("join", signed),
            ("leave", signed),
            ("invite", "{}"),
            ("invite", r#"{"signed": {}}"#),
            ("invite", r#"{"signed": {"token": 5}}"#),
            ("invite", r#"{"token": "t"}"#),
            ("invite", "null"),
        ] {
            let types = selected(version, member(&content(membership, invite)));
            assert_eq!(types.last().unwrap(), "m.room.power_levels|", "{membership} {invite}");
        }
    }
}

#[test]
fn join_authorised_via_users_server_selects_for_joins_from_room_8_on() {
    let content = |membership: &str, authoriser: &str| {
        format!(r#"{{"membership": "{membership}", "join_authorised_via_users_server": {authoriser}}}"#)
    };
    let alice = format!("m.room.member|{ALICE}");
    for version in RoomVersion::ALL {
        let selects = |membership: &str, authoriser: &str| {
            let types = selected(version, |scene| {
                scene.send(MEMBER, NEW, Some(NEW), &content(membership, authoriser));
            });
            types.contains(&alice)
        };
        let named = format!(r#""{ALICE}""#);
        assert_eq!(selects("join", &named), version >= RoomVersion::V8, "room {version}");
        for membership in ["invite", "knock", "leave", "ban", "org.example"] {
            assert!(!selects(membership, &named), "{membership}");
        }
        assert!(!selects("join", "5"));
    }
}

#[test]
fn an_authoriser_who_is_the_sender_is_selected_once() {
    let json = format!(r#"{{"membership": "join", "join_authorised_via_users_server": "{NEW}"}}"#);
    let types = selected(RoomVersion::V11, |scene| scene.send(MEMBER, NEW, Some(NEW), &json));
    assert_eq!(types.iter().filter(|key| key.ends_with(NEW)).count(), 1);
}
