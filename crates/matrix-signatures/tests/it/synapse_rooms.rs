//! Two rooms as Synapse servers made them.

use matrix_roomversion::RoomVersion;
use matrix_signatures::{
    KeyRing, Verdict, check_format, event_id, keys_to_query, room_id_of_create, verify_event,
};

use super::{data, object, text};

fn check_room(folder: &str, events: usize) {
    let room = data(&format!("synapse/{folder}/room.json"));
    let rules = RoomVersion::try_from(room["room_version"].as_str().unwrap()).unwrap().rules();
    let now_ms = room["now_ms"].as_i64().unwrap();
    let keys = KeyRing::from_object(&object(&text(&format!("synapse/{folder}/keys.json")))).unwrap();
    let mut seen = 0;
    for line in text(&format!("synapse/{folder}/pdus.jsonl")).split_terminator('\n') {
        let line = object(line);
        let id = line.get_str("event_id").unwrap();
        let event = line.get_object("event").unwrap();
        assert_eq!(check_format(event, rules), Ok(()), "{id}");
        assert_eq!(event_id(event, rules).unwrap().as_str(), id);
        assert_eq!(verify_event(event, &keys, now_ms, rules), Ok(Verdict::Valid), "{id}");
        assert_eq!(keys_to_query(event, &keys, now_ms, rules), Ok(Vec::new()), "{id}");
        if event.get_str("type") == Some("m.room.create") {
            assert_eq!(room_id_of_create(event, rules).unwrap().as_str(), room["room_id"]);
        }
        seen += 1;
    }
    assert_eq!(seen, events);
}

#[test]
fn every_event_of_the_version_12_room_has_its_id_and_verifies() {
    check_room("v12-main", 146);
}

#[test]
fn every_event_of_the_version_6_room_has_its_id_and_verifies() {
    check_room("v6-pair", 85);
}
