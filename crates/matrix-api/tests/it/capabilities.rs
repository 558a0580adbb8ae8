use http::StatusCode;
use matrix_api::{Capabilities, Errcode, MatrixError};
use matrix_identifiers::RoomVersionId;
use serde_json::{Value, json};

fn read(listed: Value) -> Capabilities {
    serde_json::from_value(listed).unwrap()
}

fn version(id: &str) -> &RoomVersionId {
    RoomVersionId::parse(id).unwrap()
}

#[test]
fn msc1753_a_password_can_be_changed_unless_the_server_says_no() {
    for (listed, expected) in [
        (json!({}), true),
        (json!({"m.capability_one": {}}), true),
        (json!({"m.change_password": {"enabled": false}}), false),
        (json!({"m.change_password": {"enabled": true}}), true),
        (json!({"m.change_password": {}}), true),
        (json!({"m.change_password": {"enabled": "no"}}), true),
        (json!({"m.change_password": false}), true),
    ] {
        assert_eq!(read(listed.clone()).change_password(), expected, "{listed}");
        assert_eq!(serde_json::to_value(read(listed.clone())).unwrap(), listed);
    }
}

#[test]
fn msc1753_a_server_without_the_endpoint_has_the_defaults() {
    let missing = MatrixError::new(StatusCode::NOT_FOUND, Errcode::Unrecognized, "");
    assert_eq!(Capabilities::of_error(&missing), Some(Capabilities::default()));
    for (status, errcode, is_missing) in [
        (StatusCode::NOT_FOUND, Errcode::NotFound, true),
        (StatusCode::BAD_REQUEST, Errcode::Unrecognized, true),
        (StatusCode::BAD_REQUEST, Errcode::BadJson, false),
        (StatusCode::FORBIDDEN, Errcode::Unrecognized, false),
    ] {
        let error = MatrixError::new(status, errcode, "");
        assert_eq!(Capabilities::of_error(&error).is_some(), is_missing, "{error}");
    }
    let refused = MatrixError::new(StatusCode::UNAUTHORIZED, Errcode::UnknownToken, "");
    assert_eq!(Capabilities::of_error(&refused), None);
}

#[test]
fn every_other_capability_has_its_default() {
    let none = Capabilities::default();
    assert!(none.set_displayname() && none.set_avatar_url() && none.threepid_changes());
    assert!(!none.get_login_token());
    let mut listed = Capabilities::default();
    for (name, enabled) in [
        ("m.set_displayname", false),
        ("m.set_avatar_url", false),
        ("m.3pid_changes", false),
        ("m.get_login_token", true),
    ] {
        listed.set_enabled(name, enabled);
    }
    assert!(!listed.set_displayname() && !listed.set_avatar_url() && !listed.threepid_changes());
    assert!(listed.get_login_token());
}

#[test]
fn msc1804_anything_but_stable_is_unstable() {
    let listed = json!({"m.room_versions": {"default": "1", "available": {
        "1": "stable", "2": "stable", "state-res-v2-test": "unstable", "event-ids-as-hashes": "unstable",
        "3": "future-scifi-label", "4": 5,
    }}});
    let capabilities = read(listed);
    assert_eq!(capabilities.default_room_version(), "1");
    for (id, stable) in
        [("1", true), ("2", true), ("3", false), ("4", false), ("state-res-v2-test", false), ("9", false)]
    {
        assert_eq!(capabilities.is_stable_room_version(version(id)), stable, "{id}");
        let upgrade = capabilities.suggested_room_upgrade(version(id));
        assert_eq!(upgrade.as_deref(), (!stable).then_some("1"), "{id}");
    }
    let mut again = Capabilities::default();
    again.set_room_versions(&capabilities.room_versions().unwrap());
    assert_eq!(again.room_versions(), capabilities.room_versions());
}

#[test]
fn msc1804_the_default_is_stable_though_not_listed() {
    let capabilities = read(json!({"m.room_versions": {"default": "12", "available": {"11": "unstable"}}}));
    assert!(capabilities.is_stable_room_version(version("12")));
    assert_eq!(capabilities.suggested_room_upgrade(version("11")).as_deref(), Some("12"));
}

#[test]
fn msc1804_without_the_capability_only_version_1_is_stable() {
    for listed in [
        json!({}),
        json!({"m.room_versions": {}}),
        json!({"m.room_versions": {"default": "A B"}}),
        json!({"m.room_versions": 1}),
    ] {
        let capabilities = read(listed);
        assert_eq!(capabilities.room_versions(), None);
        assert_eq!(capabilities.default_room_version(), "1");
        assert!(capabilities.is_stable_room_version(version("1")));
        assert!(!capabilities.is_stable_room_version(version("2")));
        assert_eq!(capabilities.suggested_room_upgrade(version("2")).as_deref(), Some("1"));
    }
    // One odd entry does not hide the others.
    let capabilities =
        read(json!({"m.room_versions": {"default": "6", "available": {"A B": "stable", "5": "stable"}}}));
    assert!(capabilities.is_stable_room_version(version("5")));
}
