use matrix_canonicaljson::Object;
use matrix_keybackup::{
    ALGORITHM, AuthData, BACKUP_PREFERENCE, BackupInfo, Backups, Error, KeySelection, KeysCount, RoomKeys,
    enabled_preference, merge, preference_content,
};

use super::{data, key, metadata, object};

fn keys(entries: &[(&str, &str, u64)]) -> RoomKeys {
    let mut keys = RoomKeys::new();
    for (room, session, index) in entries {
        keys.insert(room, session, data(*index));
    }
    keys
}

fn backups() -> (Backups, String) {
    let mut backups = Backups::new();
    let version = backups.create(ALGORITHM, AuthData::new(*key(1).public_key()).content().clone());
    (backups, version)
}

fn errcode(error: &Error) -> (u16, &'static str) {
    error.response().unwrap()
}

#[test]
fn msc1219_uploads_are_merged_and_counted() {
    let (mut backups, version) = backups();
    let mut put = |entries: &[(&str, &str, u64)]| backups.put_keys(&version, keys(entries)).unwrap();
    let first = put(&[("!a", "1", 5), ("!a", "2", 5), ("!b", "1", 5)]);
    assert_eq!(first.count, 3);
    let better = put(&[("!a", "1", 4), ("!b", "2", 9)]);
    assert_eq!(better.count, 4);
    assert_ne!(better.etag, first.etag);
    // Neither worse nor equal keys change anything.
    assert_eq!(put(&[("!a", "1", 4), ("!a", "2", 6)]), better);
    assert_eq!(put(&[]), better);
    let backup = backups.current().unwrap();
    assert_eq!(backup.key("!a", "1").unwrap(), &data(4));
    assert_eq!(backup.key("!a", "2").unwrap(), &data(5));
    assert_eq!(errcode(&backup.key("!a", "3").unwrap_err()), (404, "M_NOT_FOUND"));
    assert_eq!(errcode(&backup.key("!c", "1").unwrap_err()), (404, "M_NOT_FOUND"));
}

#[test]
fn one_upload_of_many_is_many_uploads_of_one() {
    let entries = [("!a", "1", 5), ("!a", "2", 3), ("!b", "1", 2)];
    let (mut at_once, version) = backups();
    let (mut singly, _) = backups();
    at_once.put_keys(&version, keys(&[("!a", "1", 4), ("!b", "1", 3)])).unwrap();
    singly.put_keys(&version, keys(&[("!a", "1", 4), ("!b", "1", 3)])).unwrap();
    at_once.put_keys(&version, keys(&entries)).unwrap();
    for entry in entries {
        singly.put_keys(&version, keys(&[entry])).unwrap();
    }
    assert_eq!(at_once.current().unwrap().keys(), singly.current().unwrap().keys());
}

#[test]
fn a_merge_says_what_is_to_be_written() {
    let stored = |room: &str, session: &str| match (room, session) {
        ("!a", "1") => Some(metadata(4, 0, false)),
        ("!a", "2") => Some(metadata(6, 0, false)),
        _ => None,
    };
    let merge = merge(keys(&[("!a", "1", 5), ("!a", "2", 5), ("!b", "1", 5)]), stored);
    assert_eq!((merge.kept, merge.added(), merge.writes.len()), (1, 1, 2));
    let written: Vec<_> = merge
        .writes
        .iter()
        .map(|write| (write.room_id.as_str(), write.session_id.as_str(), write.replaces))
        .collect();
    assert_eq!(written, [("!a", "2", true), ("!b", "1", false)]);
}

#[test]
fn msc1219_keys_go_to_the_current_backup_only() {
    let (mut backups, old) = backups();
    backups.put_keys(&old, keys(&[("!a", "1", 5)])).unwrap();
    let new = backups.create(ALGORITHM, Object::new());
    assert_ne!(old, new);
    for version in [old.as_str(), "7", "", "x", "02", "-1", "18446744073709551616"] {
        let error = backups.put_keys(version, keys(&[("!a", "2", 5)])).unwrap_err();
        assert_eq!(errcode(&error), (403, "M_WRONG_ROOM_KEYS_VERSION"), "{version:?}");
        let body = error.response_body().unwrap();
        assert_eq!(body.get_str("errcode"), Some("M_WRONG_ROOM_KEYS_VERSION"));
        assert_eq!(body.get_str("current_version"), Some(new.as_str()));
        assert!(body.contains_key("error"));
        assert_eq!(Error::from_response_body(&body), Some(error));
    }
    assert_eq!(backups.get(&old).unwrap().count().count, 1, "the old one is still there");
    let none = Backups::new().put_keys("1", RoomKeys::new()).unwrap_err();
    assert_eq!(errcode(&none), (404, "M_NOT_FOUND"));
    let body = none.response_body().unwrap();
    assert_eq!(Error::from_response_body(&body).unwrap().kind(), "not_found");
    assert_eq!(Error::from_response_body(&object(r#"{"errcode":"M_FORBIDDEN"}"#)), None);
    assert_eq!(Error::from_response_body(&object(r#"{"errcode":"M_WRONG_ROOM_KEYS_VERSION"}"#)), None);
    assert_eq!(Error::MacMismatch.response_body(), None);
}

#[test]
fn msc2526_deleting_a_deleted_backup_succeeds_and_one_that_never_was_does_not() {
    let (mut backups, old) = backups();
    backups.put_keys(&old, keys(&[("!a", "1", 5)])).unwrap();
    let new = backups.create(ALGORITHM, Object::new());
    assert_eq!(backups.delete(&new), Ok(()));
    assert_eq!(backups.delete(&new), Ok(()));
    assert_eq!(errcode(&backups.delete("3").unwrap_err()), (404, "M_NOT_FOUND"));
    assert_eq!(errcode(&backups.delete("0").unwrap_err()), (404, "M_NOT_FOUND"));
    assert_eq!(errcode(&backups.get(&new).unwrap_err()), (404, "M_NOT_FOUND"));
    assert_eq!(backups.current().unwrap().info().version, old);
    // Keys and all.
    assert_eq!(backups.delete(&old), Ok(()));
    assert_eq!(errcode(&backups.current().unwrap_err()), (404, "M_NOT_FOUND"));
    // A version is not used again.
    let next = backups.create(ALGORITHM, Object::new());
    assert!(next != old && next != new);
    assert!(backups.current().unwrap().keys().is_empty());
}

#[test]
fn msc1219_auth_data_can_be_changed_and_nothing_else() {
    let (mut backups, version) = backups();
    let auth_data = object(r#"{"public_key":"x"}"#);
    assert_eq!(backups.update(&version, ALGORITHM, auth_data.clone(), None), Ok(()));
    assert_eq!(backups.update(&version, ALGORITHM, auth_data.clone(), Some(&version)), Ok(()));
    assert_eq!(backups.current().unwrap().info().auth_data, auth_data);
    let mut update = |version: &str, algorithm: &str, in_body: Option<&str>| {
        let error = backups.update(version, algorithm, Object::new(), in_body).unwrap_err();
        (error.kind(), errcode(&error))
    };
    assert_eq!(update("7", ALGORITHM, None), ("not_found", (404, "M_NOT_FOUND")));
    assert_eq!(update(&version, ALGORITHM, Some("7")), ("version_mismatch", (400, "M_INVALID_PARAM")));
    assert_eq!(update(&version, "other", None), ("algorithm_mismatch", (400, "M_INVALID_PARAM")));
    assert_eq!(backups.current().unwrap().info().auth_data, auth_data);
}

#[test]
fn msc1219_keys_are_deleted_by_session_by_room_and_all() {
    let (mut backups, version) = backups();
    let start = backups.put_keys(&version, keys(&[("!a", "1", 5), ("!a", "2", 5), ("!b", "1", 5)])).unwrap();
    let mut delete = |which| backups.delete_keys(&version, which).unwrap();
    let none = delete(KeySelection::Session("!a", "3"));
    assert_eq!(none, start, "nothing is deleted, nothing changes");
    assert_eq!(delete(KeySelection::Room("!c")), start);
    let one = delete(KeySelection::Session("!a", "1"));
    assert!(one.count == 2 && one.etag != start.etag);
    let room = delete(KeySelection::Room("!a"));
    assert!(room.count == 1 && room.etag != one.etag);
    assert_eq!(delete(KeySelection::All).count, 0);
    assert_eq!(errcode(&backups.delete_keys("7", KeySelection::All).unwrap_err()), (404, "M_NOT_FOUND"));
}

#[test]
fn msc1219_a_backup_without_keys_gives_empty_maps() {
    let (backups, _) = backups();
    let keys = backups.current().unwrap().keys();
    assert_eq!(keys.to_object().to_string(), r#"{"rooms":{}}"#);
    assert_eq!(keys.to_room_object("!a").to_string(), r#"{"sessions":{}}"#);
}

#[test]
fn uploads_of_all_three_kinds_are_read_as_they_are_written() {
    let all = keys(&[("!a", "1", 5), ("!a", "2", 5), ("!b", "1", 5)]);
    assert_eq!(RoomKeys::from_object(&all.to_object()).unwrap(), all);
    let room = keys(&[("!a", "1", 5), ("!a", "2", 5)]);
    assert_eq!(RoomKeys::from_room_object("!a", &all.to_room_object("!a")).unwrap(), room);
    assert_eq!((all.len(), all.get("!b", "1")), (3, Some(&data(5))));
    for (json, kind) in [
        ("{}", "missing_field"),
        (r#"{"rooms":[]}"#, "invalid_field"),
        (r#"{"rooms":{"!a":7}}"#, "invalid_field"),
        (r#"{"rooms":{"!a":{}}}"#, "missing_field"),
        (r#"{"rooms":{"!a":{"sessions":{"1":7}}}}"#, "invalid_field"),
        (r#"{"rooms":{"!a":{"sessions":{"1":{}}}}}"#, "missing_field"),
    ] {
        assert_eq!(RoomKeys::from_object(&object(json)).unwrap_err().kind(), kind, "{json}");
    }
    assert_eq!(RoomKeys::from_room_object("!a", &object("{}")).unwrap_err().kind(), "missing_field");
}

#[test]
fn one_malformed_key_does_not_hide_the_others() {
    let mut body = keys(&[("!a", "1", 5), ("!b", "1", 5)]).to_object();
    let rooms = body.get_object_mut("rooms").unwrap();
    rooms.insert("!c", Object::new());
    let sessions = rooms.get_object_mut("!a").unwrap().get_object_mut("sessions").unwrap();
    sessions.insert("2", 7_u8);
    let (read, misfits) = RoomKeys::read(&body).unwrap();
    assert_eq!(read, keys(&[("!a", "1", 5), ("!b", "1", 5)]));
    let places: Vec<_> =
        misfits.iter().map(|misfit| (misfit.room_id.as_str(), misfit.session_id.as_str())).collect();
    assert_eq!(places, [("!a", "2"), ("!c", "")]);
    assert_eq!(RoomKeys::read(&Object::new()).unwrap_err().kind(), "missing_field");
}

#[test]
fn msc1219_what_a_server_says_of_a_backup_is_read_as_it_is_written() {
    let (mut backups, version) = backups();
    backups.put_keys(&version, keys(&[("!a", "1", 5)])).unwrap();
    let info = backups.current().unwrap().info();
    let body = info.to_object();
    assert_eq!(body.keys().collect::<Vec<_>>(), ["algorithm", "auth_data", "count", "etag", "version"]);
    assert_eq!(BackupInfo::from_object(&body).unwrap(), info);
    assert_eq!(info.auth_data().unwrap().public_key(), key(1).public_key());
    let other = BackupInfo { algorithm: "org.other".to_owned(), ..info };
    assert_eq!(other.auth_data().unwrap_err(), Error::UnsupportedAlgorithm("org.other".to_owned()));
    assert_eq!(BackupInfo::from_object(&object("{}")).unwrap_err().kind(), "missing_field");
    assert_eq!(
        KeysCount::from_object(&object(r#"{"etag":"1","count":-1}"#)).unwrap_err().kind(),
        "invalid_field"
    );
}

#[test]
fn the_preference_is_a_truth_value_or_nothing() {
    assert_eq!(BACKUP_PREFERENCE, "m.key_backup");
    for enabled in [true, false] {
        assert_eq!(enabled_preference(&preference_content(enabled)), Some(enabled));
    }
    for json in ["{}", r#"{"enabled":1}"#, r#"{"enabled":"true"}"#, r#"{"enabled":null}"#] {
        assert_eq!(enabled_preference(&object(json)), None, "{json}");
    }
}
