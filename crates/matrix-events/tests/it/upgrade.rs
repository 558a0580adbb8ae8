use matrix_authrules::PowerLevels;
use matrix_canonicaljson::Object;
use matrix_events::Wire;
use matrix_events::content::{RoomCreate, RoomTombstone};
use matrix_events::upgrade::{
    Followed, MAX_TOMBSTONES, OldRoom, TRANSFERRED, Upgrade, follow_tombstones, is_upgrade, via,
};
use matrix_roomversion::RoomVersion;
use serde_json::{Value, json};

use crate::{event, object, room, user};

const ALICE: &str = "@alice:x";

/// The events of an upgrade of a room with this state, as JSON: create content, state, old power levels.
fn upgrade(
    from: RoomVersion,
    to: RoomVersion,
    state: &[(&str, Value)],
) -> (Value, Vec<(String, Value)>, Value) {
    let contents: Vec<(&str, Object)> = state.iter().map(|(key, content)| (*key, object(content))).collect();
    let lookup = |wanted: &str| contents.iter().find(|(key, _)| *key == wanted).map(|(_, content)| content);
    let old =
        OldRoom { room_id: room("!old:x"), version: from, last_event: Some(event("$last")), state: &lookup };
    let bob = [user("@bob:x")];
    let upgrade = Upgrade { sender: user(ALICE), version: to, additional_creators: &bob };
    let json = |content: &Object| serde_json::from_str(&content.to_string()).unwrap();
    let events =
        upgrade.state(&old).into_iter().map(|event| (event.event_type.to_owned(), json(&event.content)));
    let levels = upgrade.old_power_levels(&old).map_or(Value::Null, |content| json(&content.to_object()));
    (json(&upgrade.create(&old).to_object()), events.collect(), levels)
}

#[test]
fn msc1501_the_create_event_names_the_old_room() {
    let state =
        [("m.room.create", json!({"creator": ALICE, "type": "m.space", "m.federate": false, "x": 1}))];
    let predecessor = json!({"room_id": "!old:x", "event_id": "$last"});
    let wanted = json!({
        "room_version": "6", "predecessor": predecessor, "type": "m.space", "m.federate": false, "creator": ALICE,
    });
    assert_eq!(upgrade(RoomVersion::V1, RoomVersion::V6, &state).0, wanted);
    let state =
        [("m.room.create", json!({"creator": ALICE, "m.federate": true, "additional_creators": ["@eve:x"]}))];
    let wanted = json!({"room_version": "11", "predecessor": predecessor});
    assert_eq!(upgrade(RoomVersion::V1, RoomVersion::V11, &state).0, wanted);
    let wanted = json!({"room_version": "12", "predecessor": predecessor, "additional_creators": ["@bob:x"]});
    assert_eq!(upgrade(RoomVersion::V12, RoomVersion::V12, &state).0, wanted);
}

#[test]
fn msc1501_recommended_state_goes_over_and_power_levels_come_last() {
    let mut state: Vec<(&str, Value)> =
        TRANSFERRED.iter().rev().map(|kind| (*kind, json!({"of": kind}))).collect();
    state.extend([
        ("m.room.member", json!({})),
        ("org.example", json!({})),
        ("m.room.canonical_alias", json!({})),
    ]);
    let (_, events, _) = upgrade(RoomVersion::V10, RoomVersion::V11, &state);
    let types: Vec<&str> = events.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!((types, TRANSFERRED[8]), (TRANSFERRED.to_vec(), "m.room.power_levels"));
    assert!(events.iter().all(|(kind, content)| content["of"] == **kind));
    assert_eq!(upgrade(RoomVersion::V10, RoomVersion::V11, &state[..2]).1.len(), 2);
}

#[test]
fn msc1501_power_levels_fit_the_new_version() {
    let levels = json!({
        "users": {ALICE: "100", "@bob:x": 50, "@carol:x": " 7 ", "carol": 1},
        "events": {"m.room.name": "50", "m.room.topic": {}}, "ban": "60", "kick": null, "notifications": {"room": 20.5},
        "org.example": "stays",
    });
    let state = [("m.room.power_levels", levels)];
    let (_, events, _) = upgrade(RoomVersion::V9, RoomVersion::V10, &state);
    let wanted = json!({
        "users": {ALICE: 100, "@bob:x": 50, "@carol:x": 7}, "events": {"m.room.name": 50}, "ban": 60,
        "notifications": {"room": 20}, "org.example": "stays",
    });
    assert_eq!(events, [("m.room.power_levels".to_owned(), wanted)]);
    // Creators of room 12 are above all levels and must not be named.
    let (_, events, _) = upgrade(RoomVersion::V9, RoomVersion::V12, &state);
    assert_eq!(events[0].1["users"], json!({"@carol:x": 7}));
    for (from, to) in [(RoomVersion::V9, RoomVersion::V10), (RoomVersion::V9, RoomVersion::V12)] {
        let (_, events, _) = upgrade(from, to, &state);
        let read = PowerLevels::parse(&events[0].1.to_string(), &to.rules().authorization);
        assert_eq!(read.defect(), None);
        assert_eq!((read.ban(), read.kick(), read.user(user("@carol:x"))), (60, 50, 7));
    }
    // Beyond the integers of canonical JSON there is only the largest.
    let state =
        [("m.room.power_levels", json!({"users": {"@a:x": u64::MAX, "@b:x": "-99999999999999999999"}}))];
    let wanted = json!({"@a:x": 9_007_199_254_740_991_i64, "@b:x": -9_007_199_254_740_991_i64});
    assert_eq!(upgrade(RoomVersion::V5, RoomVersion::V6, &state).1[0].1["users"], wanted);
    // Back in a room that knows no such creators, who had all power keeps some.
    let state = [("m.room.power_levels", json!({"users": {}}))];
    assert_eq!(upgrade(RoomVersion::V12, RoomVersion::V11, &state).1[0].1["users"], json!({ALICE: 100}));
    // Who had been given more than that keeps it: tombstones of room 12 take 150.
    for (given, kept) in [(150, 150), (50, 100)] {
        let state = [("m.room.power_levels", json!({"users": {ALICE: given}}))];
        assert_eq!(upgrade(RoomVersion::V12, RoomVersion::V11, &state).1[0].1["users"], json!({ALICE: kept}));
    }
}

#[test]
fn msc1501_the_old_room_falls_silent() {
    let silenced =
        |levels: Value| upgrade(RoomVersion::V9, RoomVersion::V11, &[("m.room.power_levels", levels)]).2;
    assert_eq!(silenced(json!({"ban": 7})), json!({"ban": 7, "events_default": 50, "invite": 50}));
    assert_eq!(
        silenced(json!({"users_default": "70", "invite": "10"})),
        json!({"users_default": "70", "events_default": 71, "invite": 71})
    );
    // What is higher already stays.
    assert_eq!(silenced(json!({"events_default": 100})), json!({"events_default": 100, "invite": 50}));
    assert_eq!(silenced(json!({"events_default": 50, "invite": 60})), Value::Null);
    let most = 9_007_199_254_740_991_i64;
    assert_eq!(silenced(json!({"users_default": most}))["invite"], json!(most));
    assert_eq!(
        upgrade(RoomVersion::V9, RoomVersion::V11, &[]).2,
        json!({"events_default": 50, "invite": 50})
    );
}

#[test]
fn msc1501_a_pair_is_believed_when_both_point_at_each_other() {
    let tombstone = |content| RoomTombstone::of(&object(&content));
    let create = |content| RoomCreate::of(&object(&content)).unwrap();
    let ends = tombstone(json!({"body": 5, "replacement_room": "!new:x"})).unwrap();
    let begins = create(json!({"predecessor": {"room_id": "!old:x", "event_id": 5}}));
    let [old, new] = ["!old:x", "!new:x"].map(room);
    assert!(is_upgrade(old, &ends, new, &begins));
    assert!(!is_upgrade(new, &ends, new, &begins));
    assert!(!is_upgrade(old, &ends, room("!other:x"), &begins));
    assert!(!is_upgrade(room("!other:x"), &ends, new, &begins));
    for content in [json!({}), json!({"predecessor": {"event_id": "$e"}}), json!({"predecessor": "!old:x"})] {
        assert!(!is_upgrade(old, &ends, new, &create(content)));
    }
    let to_itself = create(json!({"predecessor": {"room_id": "!new:x"}}));
    assert!(!is_upgrade(new, &ends, new, &to_itself));
    let predecessor = begins.predecessor.unwrap();
    assert_eq!((predecessor.room_id.as_str(), predecessor.event_id), ("!old:x", None));
    // Without a room there is nothing to follow.
    assert_eq!(tombstone(json!({"body": "gone"})), None);
    assert_eq!(tombstone(json!({"replacement_room": "#a:x"})), None);
    assert_eq!(ends.body, "");
}

#[test]
fn msc1501_the_tombstone_names_the_new_room_and_says_something() {
    let upgrade = Upgrade { sender: user(ALICE), version: RoomVersion::V11, additional_creators: &[] };
    let tombstone = upgrade.tombstone(room("!new:x"));
    assert_eq!(tombstone.replacement_room, *room("!new:x"));
    assert!(!tombstone.body.is_empty());
    assert_eq!(
        via(user("@alice:example.org:8448")),
        "example.org:8448",
        "and who sent it, through which server"
    );
}

#[test]
fn msc1501_tombstones_are_followed_to_the_room_that_is_alive() {
    let follow = |links: &[(&str, &str)]| {
        let next = |at: &matrix_identifiers::RoomId| {
            links.iter().find(|(from, _)| at == *from).map(|(_, to)| room(to).to_owned())
        };
        follow_tombstones(room("!a"), next)
    };
    let alive = |id| Followed::Alive(room(id).to_owned());
    assert_eq!(follow(&[]), alive("!a"));
    assert_eq!(follow(&[("!a", "!b"), ("!b", "!c")]), alive("!c"));
    assert_eq!(follow(&[("!a", "!a")]), Followed::Loop(room("!a").to_owned()));
    assert_eq!(follow(&[("!a", "!b"), ("!b", "!c"), ("!c", "!b")]), Followed::Loop(room("!c").to_owned()));
    let mut asked = 0;
    let ends = follow_tombstones(room("!0"), |_| {
        asked += 1;
        Some(room(&format!("!{asked}")).to_owned())
    });
    assert_eq!((ends, asked), (Followed::TooLong(room("!100").to_owned()), MAX_TOMBSTONES + 1));
}
