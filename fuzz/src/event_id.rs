//! Event IDs and hashes.

use matrix_canonicaljson::{Mode, Object, Value};
use matrix_redaction::redact;
use matrix_roomversion::{EventIdFormat, RoomIdFormat, RoomVersion, RoomVersionRules};
use matrix_signatures::bytes::{self, EventReader, Scratch};
use matrix_signatures::{content_hash, event_id, hash_event, reference_hash, room_id_of_create};

use crate::event::in_each_version;

/// Checks, in every room version, that neither `unsigned` nor signatures nor a redaction changes an event's ID, and
/// that it has the version's form.
pub fn run(data: &[u8]) {
    in_each_version(data, |event, rules| {
        check(event, rules);
        check_content_hash(event);
    });
    over_bytes(data);
}

/// Checks that the bytes of an event have the hashes and the ID of its tree.
fn over_bytes(data: &[u8]) {
    let (mut reader, mut scratch) = (EventReader::new(), Scratch::new());
    let (Ok(event), Ok(tree)) = (reader.read(data, Mode::Lenient), Object::parse(data, Mode::Lenient)) else {
        return;
    };
    let content = content_hash(&tree);
    assert_eq!(bytes::content_hash(&event, &mut scratch), content);
    for version in RoomVersion::ALL {
        let rules = version.rules();
        let both = reference_hash(&tree, rules).map(|reference| (content, reference));
        assert_eq!(bytes::hashes(&event, rules, &mut scratch), both);
        assert_eq!(bytes::event_id(&event, rules, &mut scratch), event_id(&tree, rules));
        assert_eq!(bytes::room_id_of_create(&event, rules, &mut scratch), room_id_of_create(&tree, rules));
    }
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
