use matrix_canonicaljson::Object;
use matrix_ssss::{Asked, Asking, DeviceMessage, Ignored, RequestId, SecretRequest, SendSource, names};

use super::object;

const ALICE: &str = "@alice:example.org";

fn start(devices: &[&str]) -> (Asking, Vec<DeviceMessage>) {
    Asking::start(ALICE, "NEW", names::MASTER_KEY, RequestId::new("r1"), devices.iter().copied())
}

fn from(device_id: &str) -> SendSource<'_> {
    SendSource { user_id: ALICE, device_id, encrypted: true, verified: true }
}

fn answer(request_id: &str) -> Object {
    Object::from([("request_id", request_id), ("secret", "swordfish")])
}

fn devices(messages: &[DeviceMessage]) -> Vec<&str> {
    messages.iter().map(|message| message.device_id.as_str()).collect()
}

/// Feeds an answer that is ignored, and returns the request and why.
fn ignored(asking: Asking, from: &SendSource<'_>, content: Object) -> (Asking, Ignored) {
    match asking.on_send(from, content, |secret| secret == "swordfish") {
        Asked::Waiting { asking, ignored } => (asking, ignored),
        Asked::Received { .. } => panic!("accepted"),
    }
}

#[test]
fn msc1946_requests_go_to_each_other_device_once() {
    let (_, messages) = start(&["B", "A", "NEW", "B"]);
    assert_eq!(devices(&messages), ["A", "B"]);
    for message in &messages {
        assert_eq!(message.event_type, "m.secret.request");
        assert_eq!(
            message.content.to_string(),
            r#"{"action":"request","name":"m.cross_signing.master","request_id":"r1","requesting_device_id":"NEW"}"#
        );
    }
}

#[test]
fn msc1946_first_valid_answer_is_accepted_and_the_others_hear_that_it_is_over() {
    let (asking, _) = start(&["A", "B", "C"]);
    let Asked::Received { secret, cancellations } =
        asking.on_send(&from("B"), answer("r1"), |secret| secret == "swordfish")
    else {
        panic!("ignored");
    };
    assert_eq!(secret.as_str(), "swordfish");
    assert_eq!(devices(&cancellations), ["A", "C"]);
    assert_eq!(
        cancellations[0].content.to_string(),
        r#"{"action":"request_cancellation","request_id":"r1","requesting_device_id":"NEW"}"#
    );
}

#[test]
fn msc1946_answers_that_were_not_asked_for_are_ignored_and_the_request_goes_on() {
    let (mut asking, _) = start(&["A", "B"]);
    let mut why;
    for (source, content, expected) in [
        (SendSource { user_id: "@mallory:example.org", ..from("A") }, answer("r1"), Ignored::OtherUser),
        (SendSource { encrypted: false, ..from("A") }, answer("r1"), Ignored::NotEncrypted),
        (SendSource { verified: false, ..from("A") }, answer("r1"), Ignored::NotVerified),
        (from("C"), answer("r1"), Ignored::NotAsked),
        (from("NEW"), answer("r1"), Ignored::NotAsked),
        (from("A"), answer("r2"), Ignored::OtherRequest),
        (from("A"), object(r#"{"request_id":"r1"}"#), Ignored::Malformed),
        (from("A"), object(r#"{"request_id":"r1","secret":7}"#), Ignored::Malformed),
        (from("A"), object(r#"{"secret":"swordfish"}"#), Ignored::Malformed),
        (from("A"), object(r#"{"request_id":"r1","secret":"forged"}"#), Ignored::Invalid),
    ] {
        (asking, why) = ignored(asking, &source, content);
        assert_eq!(why, expected, "{source:?}");
    }
    // None of them has spoilt it, not even for the device that sent a forged secret.
    assert!(matches!(asking.on_send(&from("A"), answer("r1"), |_| true), Asked::Received { .. }));
}

#[test]
fn a_secret_from_a_stranger_is_not_even_looked_at() {
    let (asking, _) = start(&["A"]);
    let asked = asking.on_send(&from("C"), answer("r1"), |_| panic!("looked at"));
    assert!(matches!(asked, Asked::Waiting { ignored: Ignored::NotAsked, .. }));
}

#[test]
fn msc1946_asking_again_uses_the_same_id() {
    let (mut asking, _) = start(&["A"]);
    let messages = asking.ask(["A", "B"]);
    assert_eq!(devices(&messages), ["A", "B"]);
    assert_eq!(messages[1].content.get_str("request_id"), Some("r1"));
    assert_eq!((asking.name(), asking.request_id().as_str()), (names::MASTER_KEY, "r1"));
    let Asked::Received { cancellations, .. } = asking.on_send(&from("B"), answer("r1"), |_| true) else {
        panic!("ignored");
    };
    assert_eq!(devices(&cancellations), ["A"]);
}

#[test]
fn msc1946_giving_up_tells_all_devices() {
    let (asking, _) = start(&["A", "B"]);
    assert_eq!(devices(&asking.cancel()), ["A", "B"]);
}

#[test]
fn requests_are_read_as_they_are_written_and_others_refused() {
    for json in [
        r#"{"action":"request","name":"a","request_id":"r","requesting_device_id":"D"}"#,
        r#"{"action":"request_cancellation","request_id":"r","requesting_device_id":"D"}"#,
    ] {
        assert_eq!(SecretRequest::from_object(&object(json)).unwrap().to_object().to_string(), json);
    }
    for (json, kind) in [
        (r#"{"action":"request","request_id":"r","requesting_device_id":"D"}"#, "missing_field"),
        (r#"{"action":"reply","name":"a","request_id":"r","requesting_device_id":"D"}"#, "invalid_field"),
        (r#"{"name":"a","request_id":"r","requesting_device_id":"D"}"#, "missing_field"),
        (r#"{"action":"request","name":"a","requesting_device_id":"D"}"#, "missing_field"),
        (r#"{"action":"request","name":"a","request_id":"r"}"#, "missing_field"),
    ] {
        assert_eq!(SecretRequest::from_object(&object(json)).unwrap_err().kind(), kind, "{json}");
    }
}
