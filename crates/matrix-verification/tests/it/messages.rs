use matrix_canonicaljson::Value;
use matrix_verification::{Accept, Cancel, CancelCode, MAX_ITEMS, Message, Method};

use super::object;

fn parse(event_type: &str, json: &str) -> Result<Message, &'static str> {
    Message::parse(&format!("m.key.verification.{event_type}"), &object(json)).map_err(|error| error.kind())
}

#[test]
fn required_fields_are_missed_and_unknown_ones_are_not() {
    for (event_type, json) in [
        ("request", r#"{"from_device":"A","methods":[]}"#),
        ("ready", r#"{"from_device":"A","methods":["m.sas.v1",7]}"#),
        ("start", r#"{"from_device":"A","method":"org.example"}"#),
        (
            "start",
            r#"{"from_device":"A","method":"m.sas.v1","hashes":[],"key_agreement_protocols":[],
                "message_authentication_codes":[],"short_authentication_string":[]}"#,
        ),
        (
            "accept",
            r#"{"hash":"sha256","key_agreement_protocol":"x","message_authentication_code":"y",
                "short_authentication_string":[],"commitment":"z"}"#,
        ),
        ("key", r#"{"key":"x"}"#),
        ("mac", r#"{"mac":{"a:b":"c"},"keys":"d"}"#),
        ("cancel", r#"{"code":"m.user"}"#),
    ] {
        let mut content = object(json);
        content.insert("org.example.unknown", Value::Null);
        parse(event_type, &content.to_string()).unwrap();
        for field in object(json).keys() {
            let mut without = object(json);
            without.remove(field);
            assert_eq!(parse(event_type, &without.to_string()), Err("missing_field"), "{event_type}.{field}");
            without.insert(field, 7);
            assert_eq!(parse(event_type, &without.to_string()), Err("invalid_field"), "{event_type}.{field}");
        }
    }
    assert_eq!(parse("done", "{}"), Ok(Message::Done));
    assert_eq!(parse("other", "{}"), Err("not_verification"));
    assert_eq!(Message::parse("m.room.message", &object("{}")).unwrap_err().kind(), "not_verification");
    assert_eq!(
        parse("request", r#"{"from_device":"A","methods":[],"timestamp":"now"}"#),
        Err("invalid_field")
    );
    assert_eq!(parse("request", r#"{"from_device":"A","methods":[],"to":"bob"}"#), Err("invalid_identifier"));
    assert_eq!(parse("mac", r#"{"mac":{"a:b":7},"keys":"d"}"#), Err("invalid_field"));
}

#[test]
fn long_lists_are_refused() {
    let methods =
        |count: usize| format!(r#"{{"from_device":"A","methods":[{}]}}"#, vec![r#""x""#; count].join(","));
    assert!(parse("ready", &methods(MAX_ITEMS)).is_ok());
    assert_eq!(parse("ready", &methods(MAX_ITEMS + 1)), Err("too_many_items"));
    let macs = |count: usize| {
        let entries: Vec<String> = (0..count).map(|at| format!(r#""a:{at}":"x""#)).collect();
        format!(r#"{{"keys":"x","mac":{{{}}}}}"#, entries.join(","))
    };
    assert!(parse("mac", &macs(MAX_ITEMS)).is_ok());
    assert_eq!(parse("mac", &macs(MAX_ITEMS + 1)), Err("too_many_items"));
}

#[test]
fn details_of_messages() {
    let Message::Start(start) =
        parse("start", r#"{"from_device":"A","method":"m.reciprocate.v1","next_method":"m.sas.v1"}"#)
            .unwrap()
    else {
        panic!()
    };
    assert_eq!((start.method, start.next_method, start.sas), (Method::Reciprocate, Some(Method::Sas), None));
    // Deployed clients leave `method` out of accept messages.
    let accept = r#"{"hash":"a","key_agreement_protocol":"b","message_authentication_code":"c",
        "short_authentication_string":["d"],"commitment":"e"}"#;
    assert!(
        matches!(parse("accept", accept), Ok(Message::Accept(Accept { commitment, .. })) if commitment == "e")
    );
    let cancel = Cancel { code: CancelCode::Other("org.example.bored".into()), reason: Some("Yawn".into()) };
    assert_eq!(
        parse("cancel", r#"{"code":"org.example.bored","reason":"Yawn"}"#),
        Ok(Message::Cancel(cancel))
    );
}
