use matrix_canonicaljson::Mode;
use matrix_redaction::EventReader;

#[test]
fn fields_of_an_event_are_read_by_name_and_only_in_their_type() {
    let mut reader = EventReader::new();
    let json = br#"{"depth":7,"event_id":"$e:a","origin_server_ts":-3,"room_id":"!r:a","sender":"@a:b","state_key":"\u006b","type":"m.x"}"#;
    let event = reader.read(json, Mode::Lenient).unwrap();
    assert_eq!(event.event_id().as_deref(), Some("$e:a"));
    assert_eq!(event.room_id().as_deref(), Some("!r:a"));
    assert_eq!(event.sender().as_deref(), Some("@a:b"));
    assert_eq!(event.state_key().as_deref(), Some("k"));
    assert_eq!(event.event_type().as_deref(), Ok("m.x"));
    assert_eq!((event.depth(), event.origin_server_ts()), (Some(7), Some(-3)));

    let json = br#"{"depth":"7","event_id":1,"origin_server_ts":1.5,"room_id":[],"sender":{},"state_key":null,"type":0}"#;
    let event = reader.read(json, Mode::Lenient).unwrap();
    let strings = [event.event_id(), event.room_id(), event.sender(), event.state_key()];
    assert_eq!(strings, [None, None, None, None]);
    assert_eq!(event.event_type().unwrap_err().kind(), "invalid_field");
    assert_eq!((event.depth(), event.origin_server_ts()), (None, None));

    let event = reader.read(b"{}", Mode::Lenient).unwrap();
    assert_eq!((event.sender(), event.depth()), (None, None));
    assert_eq!(event.event_type().unwrap_err().kind(), "missing_field");
}
