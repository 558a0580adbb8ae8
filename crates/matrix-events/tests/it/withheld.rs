use matrix_events::content::{EncryptionAlgorithm, RoomKeyWithheld, ToDeviceContent, WithheldCode};
use matrix_events::{UnreadableMessage, WithheldNotices};
use matrix_identifiers::DeviceId;

use crate::{room, user};

fn notice(code: &str, session: Option<(&str, &str)>) -> RoomKeyWithheld {
    let code = WithheldCode::from(code);
    let mut notice = RoomKeyWithheld::new(EncryptionAlgorithm::Megolm, code, "key".to_owned());
    if let Some((room_id, session_id)) = session {
        (notice.room_id, notice.session_id) = (Some(room(room_id).into()), Some(session_id.to_owned()));
    }
    notice
}

#[test]
fn msc2399_a_device_is_told_once_of_a_session() {
    let mut notices = WithheldNotices::new();
    let mut tell = |user_id: &str, device_id: &str, code: &str, room_id: &str, session_id: &str| {
        let device_id = DeviceId::parse(device_id).unwrap();
        notices.tell(user(user_id), device_id, &notice(code, Some((room_id, session_id))))
    };
    assert!(tell("@b:x", "D", "m.unverified", "!r:x", "s"));
    assert!(!tell("@b:x", "D", "m.unverified", "!r:x", "s"));
    assert!(!tell("@b:x", "D", "m.blacklisted", "!r:x", "s"), "another code is no other session");
    for (user_id, device_id, room_id, session_id) in [
        ("@b:x", "E", "!r:x", "s"),
        ("@c:x", "D", "!r:x", "s"),
        ("@b:x", "D", "!q:x", "s"),
        ("@b:x", "D", "!r:x", "t"),
    ] {
        assert!(tell(user_id, device_id, "m.unverified", room_id, session_id));
        assert!(!tell(user_id, device_id, "m.unverified", room_id, session_id));
    }
    notices.forget_session(room("!r:x"), "s");
    let device = DeviceId::parse("D").unwrap();
    assert!(notices.tell(user("@b:x"), device, &notice("m.unverified", Some(("!r:x", "s")))));
    assert!(!notices.tell(user("@b:x"), device, &notice("m.unverified", Some(("!r:x", "t")))));
    assert!(!notices.tell(user("@b:x"), device, &notice("m.unverified", None)), "about nothing");
}

#[test]
fn msc2399_a_device_is_told_once_that_there_is_no_olm_session_until_there_was_one() {
    let mut notices = WithheldNotices::new();
    let (bob, device) = (user("@b:x"), DeviceId::parse("D").unwrap());
    let no_olm = notice("m.no_olm", None);
    assert!(notices.tell(bob, device, &no_olm));
    assert!(!notices.tell(bob, device, &no_olm));
    assert!(!notices.tell(bob, device, &notice("m.no_olm", Some(("!r:x", "s")))), "of whatever session");
    assert!(notices.tell(bob, DeviceId::parse("E").unwrap(), &no_olm));
    notices.forget_session(room("!r:x"), "s");
    assert!(!notices.tell(bob, device, &no_olm));
    notices.made_olm_session(bob, device);
    assert!(notices.tell(bob, device, &no_olm));
    assert!(!notices.tell(bob, device, &no_olm));
}

#[test]
fn msc2399_a_notice_explains_the_messages_that_it_is_about() {
    let message = UnreadableMessage {
        room_id: room("!r:x"),
        session_id: "s",
        index: 5,
        first_known_index: None,
        sender_key: None,
        is_before_notice: false,
    };
    let of_session = notice("m.unverified", Some(("!r:x", "s")));
    assert!(of_session.explains(&message));
    assert!(!of_session.explains(&UnreadableMessage { session_id: "t", ..message }));
    assert!(!of_session.explains(&UnreadableMessage { room_id: room("!q:x"), ..message }));
    for (first, explains) in [(0, false), (5, false), (6, true)] {
        assert_eq!(
            of_session.explains(&UnreadableMessage { first_known_index: Some(first), ..message }),
            explains
        );
    }
    assert!(!notice("m.unverified", None).explains(&message));

    let no_olm = notice("m.no_olm", None);
    let before = UnreadableMessage { sender_key: Some("key"), is_before_notice: true, ..message };
    assert!(no_olm.explains(&before));
    assert!(!no_olm.explains(&UnreadableMessage { is_before_notice: false, ..before }));
    assert!(!no_olm.explains(&UnreadableMessage { sender_key: Some("other"), ..before }));
    assert!(!no_olm.explains(&UnreadableMessage { sender_key: None, ..before }));
}

#[test]
fn msc2399_the_type_of_before_it_was_stable_is_read() {
    let json = br#"{"algorithm":"m.megolm.v1.aes-sha2","code":"m.no_olm","sender_key":"key"}"#;
    let content = ToDeviceContent::read_strict("org.matrix.room_key.withheld", json).unwrap();
    let ToDeviceContent::LegacyRoomKeyWithheld(notice) = &content else { panic!("{content:?}") };
    assert_eq!(notice.code, WithheldCode::NoOlm);
    assert_eq!(content.event_type(), "org.matrix.room_key.withheld");
}
