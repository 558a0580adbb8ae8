use matrix_canonicaljson::Object;
use matrix_verification::{
    CancelCode, Flow, FlowId, MAX_FLOWS, MAX_FLOWS_OF_USER, MAX_OVER, Method, OnChangedEvent, Received,
    Recipients, RequestSent, Verifications,
};

use super::{MINUTE, NOW, alice, arriving, bob, in_room, message, object, party};

const SAS: &[Method] = &[Method::Sas];

fn bobs() -> Verifications {
    Verifications::new(bob(), SAS, OnChangedEvent::default())
}

fn request(id: &str) -> Object {
    object(&format!(
        r#"{{"from_device":"PHONE","methods":["m.sas.v1"],"timestamp":{NOW},"transaction_id":"{id}"}}"#
    ))
}

fn ask(all: &mut Verifications, id: &str) -> Received {
    all.on_message(&message(&alice(), "m.key.verification.request", &request(id)), NOW)
}

fn codes(received: &Received) -> Vec<String> {
    received.send.iter().map(|sent| sent.content.get_str("code").unwrap_or("none").to_owned()).collect()
}

#[test]
fn messages_find_their_verification() {
    let mut all = bobs();
    let received = ask(&mut all, "one");
    let key = received.moved[0].clone();
    assert_eq!(key, (alice().user_id, FlowId::ToDevice("one".into())));
    let Some(Flow::RequestReceived(state)) = all.take(&key) else { panic!() };
    let (state, ready) = state.accept(SAS, NOW).unwrap();
    assert!(all.put(state).is_none());
    assert_eq!(ready.content.get_str("transaction_id"), Some("one"));
    let cancel = object(r#"{"transaction_id":"one","code":"m.user"}"#);
    // The same ID of another user is another verification.
    let other = all.on_message(&message(&party("@carol:c", "X"), "m.key.verification.cancel", &cancel), NOW);
    assert!(other.moved.is_empty() && matches!(all.get(&key), Some(Flow::Ready(_))));
    let received = all.on_message(&message(&alice(), "m.key.verification.cancel", &cancel), NOW);
    assert!(matches!(&received.over[..], [Flow::Cancelled(_)]) && received.send.is_empty());
    assert_eq!(all.iter().count(), 0);
}

#[test]
fn msc1717_several_attempts_of_one_device_are_all_cancelled() {
    let mut all = bobs();
    ask(&mut all, "one").moved.pop().unwrap();
    let again = ask(&mut all, "one");
    assert!(again.over.is_empty() && again.send.is_empty(), "the same request again is no second attempt");
    let received = ask(&mut all, "two");
    assert_eq!(codes(&received), ["m.unexpected_message", "m.unexpected_message"]);
    assert_eq!(received.over.len(), 2);
    assert_eq!(all.iter().count(), 0);
    // Two devices may ask at once.
    let mut all = bobs();
    let _ = ask(&mut all, "one");
    let other = object(&request("two").to_string().replace("PHONE", "TABLET"));
    let received = all.on_message(&message(&alice(), "m.key.verification.request", &other), NOW);
    assert!(received.over.is_empty());
    assert_eq!(all.iter().count(), 2);
}

#[test]
fn unknown_transactions_are_answered_but_never_starts_or_cancellations() {
    let mut all = bobs();
    let send = |all: &mut Verifications, event_type: &str, json: &str| {
        let content = object(json);
        all.on_message(&message(&alice(), &format!("m.key.verification.{event_type}"), &content), NOW)
    };
    let received = send(&mut all, "key", r#"{"transaction_id":"none","key":"x"}"#);
    assert_eq!(codes(&received), ["m.unknown_transaction"]);
    assert_eq!(received.send[0].to, Recipients::AllDevices { user_id: alice().user_id });
    let received = send(&mut all, "ready", r#"{"transaction_id":"none","from_device":"PHONE","methods":[]}"#);
    let to = Recipients::Devices { user_id: alice().user_id, device_ids: vec![alice().device_id] };
    assert_eq!(received.send[0].to, to);
    assert_eq!(received.ignored.unwrap().kind(), "unknown_transaction");
    let received = send(&mut all, "cancel", r#"{"transaction_id":"none","code":"m.user"}"#);
    assert!(received.send.is_empty() && received.moved.is_empty());
    // An unknown start begins a verification, as old clients do.
    let start = super::direct::old_start("curve25519-hkdf-sha256", "hkdf-hmac-sha256.v2").to_string();
    let received = send(&mut all, "start", &start.replace("LAPTOP", "PHONE"));
    assert!(
        received.send.is_empty() && matches!(all.get(&received.moved[0]), Some(Flow::SasStartReceived(_)))
    );
    // Messages without any ID, or of other types, are nothing.
    assert!(send(&mut all, "key", r#"{"key":"x"}"#).send.is_empty());
    let other = object(r#"{"transaction_id":"none"}"#);
    assert!(all.on_message(&message(&alice(), "m.dummy", &other), NOW).send.is_empty());
}

#[test]
fn what_is_over_is_remembered_for_ten_minutes_from_the_last_message() {
    let mut all = bobs();
    let key = ask(&mut all, "one").moved.pop().unwrap();
    let step = all.take(&key).unwrap().cancel(CancelCode::User);
    assert!(matches!(all.put(step.flow), Some(Flow::Cancelled(_))));
    let late = object(r#"{"transaction_id":"one"}"#);
    let done = |all: &mut Verifications, now_ms: i64| {
        codes(&all.on_message(&message(&alice(), "m.key.verification.done", &late), now_ms))
    };
    assert!(done(&mut all, NOW + 5 * MINUTE).is_empty());
    let _ = all.on_time(NOW + 15 * MINUTE - 1);
    assert!(done(&mut all, NOW + 15 * MINUTE - 1).is_empty(), "used again five minutes later");
    let _ = all.on_time(NOW + 25 * MINUTE - 1);
    assert_eq!(done(&mut all, NOW + 25 * MINUTE), ["m.unknown_transaction"]);
}

#[test]
fn the_clock_is_looked_at_for_all() {
    let bob = bob();
    let mut all = Verifications::new(alice(), SAS, OnChangedEvent::default());
    let (state, _) =
        RequestSent::to_devices(alice(), &bob.user_id, [bob.device_id.clone()], SAS, "abc", NOW).unwrap();
    all.put(state);
    let other = object(&request("two").to_string().replace("PHONE", "TV"));
    let _ = all.on_message(&message(&party("@carol:c", "TV"), "m.key.verification.request", &other), NOW);
    assert_eq!(all.deadline_ms(), Some(NOW + 2 * MINUTE));
    let received = all.on_time(NOW + 2 * MINUTE);
    assert_eq!((received.over.len(), received.send.len()), (1, 0));
    assert_eq!(all.deadline_ms(), Some(NOW + 10 * MINUTE));
    let received = all.on_time(NOW + 10 * MINUTE);
    assert_eq!(codes(&received), ["m.timeout"]);
    assert_eq!(all.deadline_ms(), None);
}

#[test]
fn msc2241_redactions_and_edits_by_the_other_side_cancel_or_are_ignored() {
    let content = object(
        r#"{"msgtype":"m.key.verification.request","from_device":"PHONE","methods":["m.sas.v1"],
            "to":"@bob:example.net","body":"hello"}"#,
    );
    let redaction = object(r#"{"redacts":"$req"}"#);
    let edit = object(r#"{"m.relates_to":{"rel_type":"m.replace","event_id":"$req"}}"#);
    for (event_type, change) in [("m.room.redaction", &redaction), ("m.room.message", &edit)] {
        for (policy, over) in [(OnChangedEvent::Cancel, 1), (OnChangedEvent::Ignore, 0)] {
            let mut all = Verifications::new(bob(), SAS, policy);
            let _ = all.on_message(&in_room(&alice(), "m.room.message", &content, "$req"), NOW);
            assert_eq!(all.iter().count(), 1);
            let carol = party("@carol:c", "X");
            assert!(all.on_message(&in_room(&carol, event_type, change, "$2"), NOW).over.is_empty());
            let received = all.on_message(&in_room(&alice(), event_type, change, "$2"), NOW);
            assert_eq!(received.over.len(), over, "{event_type} {policy:?}");
            assert_eq!(codes(&received), vec!["m.unexpected_message"; over]);
        }
    }
}

#[test]
fn msc2241_what_others_do_in_a_room_is_not_ours() {
    let content = object(
        r#"{"msgtype":"m.key.verification.request","from_device":"PHONE","methods":["m.sas.v1"],"to":"@carol:c","body":""}"#,
    );
    let mut all = bobs();
    let received = all.on_message(&in_room(&alice(), "m.room.message", &content, "$req"), NOW);
    assert_eq!(received.ignored.unwrap().kind(), "not_for_us");
    let ready = object(
        r#"{"from_device":"X","methods":["m.sas.v1"],"m.relates_to":{"rel_type":"m.reference","event_id":"$req"}}"#,
    );
    let received =
        all.on_message(&in_room(&party("@carol:c", "X"), "m.key.verification.ready", &ready, "$1"), NOW);
    assert!(
        received.send.is_empty() && received.moved.is_empty(),
        "nobody is told of unknown transactions in a room"
    );
    // An answer by another own device is seen and ends the request here.
    let content = object(&content.to_string().replace("@carol:c", "@bob:example.net"));
    let key =
        all.on_message(&in_room(&alice(), "m.room.message", &content, "$req"), NOW).moved.pop().unwrap();
    assert!(matches!(all.get(&key), Some(Flow::RequestReceived(_))));
    let received = all
        .on_message(&in_room(&party("@bob:example.net", "X"), "m.key.verification.ready", &ready, "$1"), NOW);
    assert!(
        matches!(&received.over[..], [Flow::Cancelled(cancelled)] if *cancelled.code() == CancelCode::Accepted)
    );
    let (_, sent) =
        RequestSent::to_devices(alice(), &bob().user_id, [bob().device_id], SAS, "x", NOW).unwrap();
    assert_eq!(all.on_message(&arriving(&alice(), &sent), NOW).moved.len(), 1);
}

/// A request of a device that nobody has heard of.
fn ask_from(all: &mut Verifications, user_id: &str, number: usize) -> Received {
    let content = object(&request(&format!("t{number}")).to_string().replace("PHONE", &format!("D{number}")));
    let sender = party(user_id, "ANY");
    all.on_message(&message(&sender, "m.key.verification.request", &content), NOW)
}

#[test]
fn a_user_who_asks_without_end_is_ignored_and_others_are_heard() {
    let mut all = bobs();
    for number in 0..MAX_FLOWS_OF_USER {
        assert_eq!(ask_from(&mut all, "@eve:evil.com", number).moved.len(), 1);
    }
    let received = ask_from(&mut all, "@eve:evil.com", 999);
    assert!(received.moved.is_empty() && received.send.is_empty());
    assert_eq!(received.ignored.unwrap().kind(), "too_many_verifications");
    let start = super::direct::old_start("curve25519-hkdf-sha256", "hkdf-hmac-sha256.v2");
    let eve = party("@eve:evil.com", "LAPTOP");
    let received = all.on_message(&message(&eve, "m.key.verification.start", &start), NOW);
    assert_eq!(received.ignored.unwrap().kind(), "too_many_verifications");
    assert_eq!(ask(&mut all, "one").moved.len(), 1);
    // Many users together do not use up what the own devices need.
    let mut number = 0;
    while all.iter().count() < MAX_FLOWS {
        number += 1;
        let _ = ask_from(&mut all, &format!("@eve{number}:evil.com"), number);
    }
    assert_eq!(ask_from(&mut all, "@late:x", 1).ignored.unwrap().kind(), "too_many_verifications");
    assert_eq!(ask_from(&mut all, "@bob:example.net", 1).moved.len(), 1);
    // Time makes room again.
    let _ = all.on_time(NOW + 2 * MINUTE);
    assert_eq!(all.iter().count(), 0);
}

#[test]
fn of_what_is_over_a_limited_number_is_remembered() {
    let mut all = bobs();
    let cancel = |all: &mut Verifications, number: usize, now_ms: i64| {
        let content = object(&format!(r#"{{"transaction_id":"t{number}","code":"m.user"}}"#));
        all.on_message(
            &message(&party("@eve:evil.com", "ANY"), "m.key.verification.cancel", &content),
            now_ms,
        )
    };
    let key =
        |all: &mut Verifications, number: usize| {
            let content = object(&format!(r#"{{"transaction_id":"t{number}","key":"x"}}"#));
            codes(&all.on_message(
                &message(&party("@eve:evil.com", "ANY"), "m.key.verification.key", &content),
                NOW,
            ))
        };
    for number in 0..=MAX_OVER {
        assert_eq!(ask_from(&mut all, "@eve:evil.com", number).moved.len(), 1);
        assert_eq!(cancel(&mut all, number, NOW + i64::try_from(number).unwrap()).over.len(), 1);
    }
    assert_eq!(key(&mut all, 0), ["m.unknown_transaction"], "the oldest is forgotten");
    assert!(key(&mut all, 1).is_empty() && key(&mut all, MAX_OVER).is_empty());
}

#[test]
fn what_is_over_is_forgotten_without_a_look_at_the_clock() {
    let mut all = bobs();
    let key = ask(&mut all, "one").moved.pop().unwrap();
    let step = all.take(&key).unwrap().cancel(CancelCode::User);
    assert!(all.put(step.flow).is_some());
    // Another one ends, much later.
    let later = NOW + 10 * MINUTE;
    let content = object(&request("two").to_string().replace(&NOW.to_string(), &later.to_string()));
    assert_eq!(
        all.on_message(&message(&alice(), "m.key.verification.request", &content), later).moved.len(),
        1
    );
    let cancel = object(r#"{"transaction_id":"two","code":"m.user"}"#);
    assert_eq!(all.on_message(&message(&alice(), "m.key.verification.cancel", &cancel), later).over.len(), 1);
    let done = object(r#"{"transaction_id":"one"}"#);
    let received = all.on_message(&message(&alice(), "m.key.verification.done", &done), later);
    assert_eq!(codes(&received), ["m.unknown_transaction"]);
}

#[test]
fn a_relation_means_nothing_to_a_device() {
    let mut all = bobs();
    let _ = ask(&mut all, "one");
    let cancel = object(
        r#"{"transaction_id":"one","code":"m.user","m.relates_to":{"rel_type":"m.replace","event_id":"$e"}}"#,
    );
    assert_eq!(all.on_message(&message(&alice(), "m.key.verification.cancel", &cancel), NOW).over.len(), 1);
}
