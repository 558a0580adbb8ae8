//! Rules 1 and 2; 1 to 3 in room 12.

use matrix_authrules::Rule;
use matrix_roomversion::RoomVersion::{V1, V11, V12};

use super::{Case, allow, deny};
use crate::scene::{ADMIN, ALICE, BOB, CREATE, JOIN_RULES, LEE, MEMBER, MOD, POWER_LEVELS, Scene};

fn create_with(scene: &mut Scene, more: &str) {
    let content = scene.create_content().replace('}', more) + "}";
    scene.send_create(&content);
}

pub(super) fn create() -> Vec<Case> {
    vec![
        allow(Rule::CreatePrevEvents, "no previous events", |scene| create_with(scene, "")),
        deny(Rule::CreatePrevEvents, "a previous event", |scene| {
            create_with(scene, "");
            scene.event.prev_events = vec!["$before:a.example".to_owned()];
        }),
        allow(Rule::CreateRoomIdDomain, "the sender's domain", |scene| create_with(scene, "")),
        deny(Rule::CreateRoomIdDomain, "another domain", |scene| {
            create_with(scene, "");
            scene.event.room_id = Some("!room:b.example".to_owned());
        }),
        deny(Rule::CreateRoomIdDomain, "another port", |scene| {
            create_with(scene, "");
            scene.event.room_id = Some("!room:a.example:8448".to_owned());
        }),
        deny(Rule::CreateRoomIdDomain, "no domain", |scene| {
            create_with(scene, "");
            scene.event.room_id = Some("!room".to_owned());
        }),
        deny(Rule::CreateRoomIdDomain, "no room ID", |scene| {
            create_with(scene, "");
            scene.event.room_id = None;
        }),
        allow(Rule::CreateRoomId, "no room ID", |scene| create_with(scene, "")),
        deny(Rule::CreateRoomId, "the room's own ID", |scene| {
            create_with(scene, "");
            scene.event.room_id = Some("!createAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned());
        }),
        allow(Rule::CreateRoomVersion, "the version's own name", |scene| create_with(scene, "")),
        allow(Rule::CreateRoomVersion, "another known name", |scene| {
            create_with(scene, r#", "room_version": "1""#)
        }),
        allow(Rule::CreateRoomVersion, "no name", |scene| {
            let content = format!(r#"{{"creator": "{ALICE}"}}"#);
            scene.send_create(&content);
        }),
        deny(Rule::CreateRoomVersion, "an unknown name", |scene| {
            create_with(scene, r#", "room_version": "org.example.mine""#)
        }),
        deny(Rule::CreateRoomVersion, "a number", |scene| create_with(scene, r#", "room_version": 9"#)),
        deny(Rule::CreateRoomVersion, "null", |scene| create_with(scene, r#", "room_version": null"#)),
        deny(Rule::CreateRoomVersion, "before no creator", |scene| {
            scene.send_create(r#"{"room_version": "0"}"#)
        }),
        allow(Rule::CreateCreator, "a creator", |scene| create_with(scene, "")),
        allow(Rule::CreateCreator, "a creator of any sort", |scene| create_with(scene, r#", "creator": 5"#)),
        deny(Rule::CreateCreator, "no creator", |scene| scene.send_create("{}")),
        allow(Rule::CreateRoomVersion, "msc2175_no_creator_is_asked_for", |scene| {
            scene.send_create(r#"{"room_version": "11"}"#)
        })
        .from(V11),
        allow(Rule::CreateAdditionalCreators, "none", |scene| create_with(scene, "")),
        allow(Rule::CreateAdditionalCreators, "an empty list", |scene| {
            create_with(scene, r#", "additional_creators": []"#)
        }),
        allow(Rule::CreateAdditionalCreators, "user IDs, historical ones as well", |scene| {
            create_with(scene, r#", "additional_creators": ["@b:b.example", "@ODD one:c.example"]"#)
        }),
        deny(Rule::CreateAdditionalCreators, "no list", |scene| {
            create_with(scene, r#", "additional_creators": "@b:b.example""#)
        }),
        deny(Rule::CreateAdditionalCreators, "null", |scene| {
            create_with(scene, r#", "additional_creators": null"#)
        }),
        deny(Rule::CreateAdditionalCreators, "a number among them", |scene| {
            create_with(scene, r#", "additional_creators": ["@b:b.example", 5]"#)
        }),
        deny(Rule::CreateAdditionalCreators, "no user ID", |scene| {
            create_with(scene, r#", "additional_creators": ["b"]"#)
        }),
        allow(Rule::CreateRoomVersion, "additional_creators means nothing yet", |scene| {
            create_with(scene, r#", "additional_creators": 5"#)
        })
        .to(V11),
    ]
}

pub(super) fn room_id() -> Vec<Case> {
    vec![
        allow(Rule::RoomIdOfNoCreateEvent, "an accepted create event", |_| {}),
        deny(Rule::RoomIdOfNoCreateEvent, "a rejected create event", |scene| {
            scene.rejected = vec![scene.id_of(CREATE, "")];
        }),
        deny(Rule::RoomIdOfNoCreateEvent, "an unknown event", |scene| scene.take(CREATE, "")),
        deny(Rule::RoomIdOfNoCreateEvent, "an event of another type", |scene| {
            let id = scene.id_of(POWER_LEVELS, "");
            scene.event.room_id = Some(id.replace('$', "!"));
        }),
        deny(Rule::RoomIdOfNoCreateEvent, "a room ID with a domain", |scene| {
            scene.event.room_id = Some("!room:a.example".to_owned());
        }),
        deny(Rule::RoomIdOfNoCreateEvent, "no room ID", |scene| scene.event.room_id = None),
    ]
}

/// A second event for a key, of which the state knows both.
fn twice(scene: &mut Scene, kind: &str) {
    let mut second = scene.of(kind, "").clone();
    second.id = "$secondAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned();
    let mut auth_events = scene.selected();
    auth_events.push(second.id.clone());
    scene.state.push(second);
    scene.event.auth_events = Some(auth_events);
}

fn also(scene: &mut Scene, kind: &str, state_key: &str) {
    let mut auth_events = scene.selected();
    auth_events.push(scene.id_of(kind, state_key));
    scene.event.auth_events = Some(auth_events);
}

pub(super) fn selection() -> Vec<Case> {
    vec![
        allow(Rule::AuthEventsDuplicate, "each once", |_| {}),
        deny(Rule::AuthEventsDuplicate, "two for one key", |scene| twice(scene, POWER_LEVELS)),
        deny(Rule::AuthEventsDuplicate, "one event twice", |scene| also(scene, POWER_LEVELS, "")),
        deny(Rule::AuthEventsDuplicate, "before one that is not selected", |scene| {
            twice(scene, POWER_LEVELS);
            also(scene, JOIN_RULES, "");
        }),
        allow(Rule::AuthEventsNotSelected, "fewer than selected", |scene| {
            let create = scene.id_of(CREATE, "");
            scene.event.auth_events = Some(vec![create]);
        })
        .to(V11),
        allow(Rule::AuthEventsNotSelected, "none at all", |scene| scene.event.auth_events = Some(vec![]))
            .from(V12),
        allow(Rule::AuthEventsNotSelected, "one that is not known", |scene| {
            let mut auth_events = scene.selected();
            auth_events.push("$unknown:a.example".to_owned());
            scene.event.auth_events = Some(auth_events);
        }),
        deny(Rule::AuthEventsNotSelected, "another type", |scene| {
            scene.put("m.room.topic", "", ALICE, "{}");
            also(scene, "m.room.topic", "");
        }),
        deny(Rule::AuthEventsNotSelected, "join rules of a message", |scene| also(scene, JOIN_RULES, "")),
        deny(Rule::AuthEventsNotSelected, "another member", |scene| also(scene, MEMBER, ADMIN)),
        deny(Rule::AuthEventsNotSelected, "another state key", |scene| {
            scene.put(POWER_LEVELS, "odd", ALICE, "{}");
            also(scene, POWER_LEVELS, "odd");
        }),
        deny(Rule::AuthEventsNotSelected, "no state event", |scene| {
            scene.put(POWER_LEVELS, "odd", ALICE, "{}").state_key = None;
            let mut auth_events = scene.selected();
            auth_events.push(scene.state.last().unwrap().id.clone());
            scene.event.auth_events = Some(auth_events);
        }),
        deny(Rule::AuthEventsNotSelected, "the create event", |scene| also(scene, CREATE, "")).from(V12),
        deny(Rule::AuthEventsNotSelected, "before a rejected one", |scene| {
            also(scene, JOIN_RULES, "");
            scene.rejected = vec![scene.id_of(MEMBER, BOB)];
        }),
        deny(Rule::AuthEventsNotSelected, "join rules of a kick", |scene| {
            scene.send_member(MOD, BOB, "leave");
            also(scene, JOIN_RULES, "");
        }),
        allow(Rule::AuthEventsRejected, "a rejected event elsewhere", |scene| {
            scene.rejected = vec![scene.id_of(MEMBER, LEE), "$unknown:a.example".to_owned()];
        }),
        deny(Rule::AuthEventsRejected, "a rejected member event", |scene| {
            scene.rejected = vec![scene.id_of(MEMBER, BOB)];
        }),
        deny(Rule::AuthEventsRejected, "a rejected create event", |scene| {
            scene.rejected = vec![scene.id_of(CREATE, "")];
        })
        .to(V11),
        deny(Rule::AuthEventsRejected, "a rejected event that is not in the state", |scene| {
            scene.rejected = vec!["$unknown:a.example".to_owned()];
            let mut auth_events = scene.selected();
            auth_events.push(scene.rejected[0].clone());
            scene.event.auth_events = Some(auth_events);
        }),
        deny(Rule::AuthEventsRejected, "before no create event", |scene| {
            scene.rejected = vec![scene.id_of(MEMBER, BOB)];
            scene.event.auth_events = Some(scene.rejected.clone());
        }),
        allow(Rule::AuthEventsNoCreate, "a create event", |_| {}),
        deny(Rule::AuthEventsNoCreate, "all but the create event", |scene| {
            let create = scene.id_of(CREATE, "");
            let mut auth_events = scene.selected();
            auth_events.retain(|id| *id != create);
            scene.event.auth_events = Some(auth_events);
        }),
        deny(Rule::AuthEventsNoCreate, "none at all", |scene| scene.event.auth_events = Some(vec![])),
        deny(Rule::AuthEventsNoCreate, "one that is not known", |scene| scene.take(CREATE, "")),
        allow(Rule::AuthEventsOtherRoom, "the same room", |_| {}),
        deny(Rule::AuthEventsOtherRoom, "a member of another room", |scene| {
            let member = scene.state.iter_mut().find(|event| event.state_key.as_deref() == Some(BOB));
            member.unwrap().room_id = Some("!other:a.example".to_owned());
        }),
        deny(Rule::AuthEventsOtherRoom, "a member of no room", |scene| {
            let member = scene.state.iter_mut().find(|event| event.state_key.as_deref() == Some(BOB));
            member.unwrap().room_id = None;
        }),
        deny(Rule::AuthEventsOtherRoom, "no room ID", |scene| scene.event.room_id = None).from(V1).to(V11),
    ]
}
