//! Event IDs and hashes.

use matrix_canonicaljson::{Object, Value};
use matrix_redaction::redact;
use matrix_roomversion::{EventIdFormat, RoomIdFormat, RoomVersionRules};
use matrix_signatures::{content_hash, event_id, hash_event, reference_hash, room_id_of_create};

use crate::event::in_each_version;

/// Checks, in every room version, that neither `unsigned` nor signatures nor a redaction changes an event's ID, and
/// that it has the version's form.
pub fn run(data: &[u8]) {
    in_each_version(data, |event, rules| {
        check(event, rules);
        check_content_hash(event);
    });
}

fn check(event: &Object, rules: &RoomVersionRules) {
    let id = event_id(event, rules);
    let hash = reference_hash(event, rules);
    let mut changed = event.clone();
    changed.insert("unsigned", Object::from([("age", 4)]));
    changed.insert("signatures", Object::new());
    assert_eq!(event_id(&changed, rules).ok(), id.as_ref().ok().cloned());
    assert_eq!(reference_hash(&changed, rules).ok(), hash.as_ref().ok().cloned());
    changed.remove("unsigned");
    changed.remove("signatures");
    assert_eq!(event_id(&changed, rules).ok(), id.as_ref().ok().cloned());
    if let Ok(redacted) = redact(event, &rules.redaction) {
        assert_eq!(event_id(&redacted, rules).ok(), id.as_ref().ok().cloned());
        assert_eq!(reference_hash(&redacted, rules).ok(), hash.as_ref().ok().cloned());
    }
    let room = room_id_of_create(event, rules);
    let Ok(id) = id else { return };
    match rules.event_id_format {
        EventIdFormat::Field => assert_eq!(event.get_str("event_id"), Some(id.as_str())),
        EventIdFormat::Hash => assert!(id.is_v3()),
        EventIdFormat::UrlSafeHash => assert!(id.is_v4()),
    }
    if rules.room_id_format == RoomIdFormat::CreateHash {
        assert!(room.is_ok_and(|room| room.is_created_by(&id)));
    }
}

fn check_content_hash(event: &Object) {
    let hash = content_hash(event);
    let mut changed = event.clone();
    for key in ["unsigned", "signatures", "hashes"] {
        changed.insert(key, Value::Null);
        assert_eq!(content_hash(&changed), hash);
        changed.remove(key);
    }
    assert_eq!(content_hash(&changed), hash);
    hash_event(&mut changed);
    assert_eq!(content_hash(&changed), hash);
}
