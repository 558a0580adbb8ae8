use matrix_identifiers::OwnedDeviceId;
use matrix_verification::{
    CancelCode, CancelledBy, Flow, Incoming, MAX_TRANSACTION_ID, Method, Outgoing, Party, Recipients,
    RequestReceived, RequestSent, Step, Via,
};

use super::{MINUTE, NOW, alice, arriving, bob, message, object, party};

const SAS: &[Method] = &[Method::Sas];

fn ids(names: &[&str]) -> Vec<OwnedDeviceId> {
    names.iter().map(|name| OwnedDeviceId::try_from(*name).unwrap()).collect()
}

/// Alice asks three devices of Bob.
fn asked() -> (RequestSent, Outgoing) {
    let bob = bob();
    RequestSent::to_devices(alice(), &bob.user_id, ids(&["LAPTOP", "TABLET", "TV"]), SAS, "abc", NOW).unwrap()
}

fn devices(outgoing: &Outgoing) -> Vec<String> {
    match &outgoing.to {
        Recipients::Devices { user_id, device_ids } => {
            assert_eq!(*user_id, *bob().user_id);
            device_ids.iter().map(ToString::to_string).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn ready(device: &str, methods: &str) -> matrix_canonicaljson::Object {
    object(&format!(r#"{{"transaction_id":"abc","from_device":"{device}","methods":{methods}}}"#))
}

#[test]
fn msc1717_a_request_goes_to_all_devices_but_this_one() {
    let (state, outgoing) = asked();
    assert_eq!(outgoing.event_type, "m.key.verification.request");
    assert_eq!(devices(&outgoing), ["LAPTOP", "TABLET", "TV"]);
    assert_eq!(state.devices().len(), 3);
    let content = object(&format!(
        r#"{{"from_device":"PHONE","methods":["m.sas.v1"],"timestamp":{NOW},"transaction_id":"abc"}}"#
    ));
    assert_eq!(outgoing.content, content);
    let own = alice();
    let (state, _) =
        RequestSent::to_devices(own.clone(), &own.user_id, ids(&["PHONE", "OTHER"]), SAS, "x", NOW).unwrap();
    assert_eq!(state.devices(), ids(&["OTHER"]));
    let kind = |devices: &[&str], methods: &[Method]| {
        RequestSent::to_devices(own.clone(), &own.user_id, ids(devices), methods, "x", NOW)
            .unwrap_err()
            .kind()
    };
    assert_eq!(kind(&["PHONE"], SAS), "no_devices");
    assert_eq!(kind(&["OTHER"], &[Method::QrCodeShow]), "no_common_method");
}

#[test]
fn msc2366_the_first_device_to_answer_is_verified_and_the_others_are_told() {
    let content = ready("TABLET", r#"["m.sas.v1"]"#);
    let start = object(
        r#"{"transaction_id":"abc","from_device":"TABLET","method":"m.sas.v1","hashes":[],"key_agreement_protocols":[],
            "message_authentication_codes":[],"short_authentication_string":[]}"#,
    );
    for (event_type, content) in [("m.key.verification.ready", content), ("m.key.verification.start", start)]
    {
        let (state, _) = asked();
        let step = state.on_message(&message(&bob(), event_type, &content), NOW);
        assert_eq!(step.send.len(), 1);
        assert_eq!(devices(&step.send[0]), ["LAPTOP", "TV"]);
        assert_eq!(step.send[0].event_type, "m.key.verification.cancel");
        assert_eq!(step.send[0].content.get_str("code"), Some("m.accepted"));
        assert_eq!(step.flow.other().unwrap().device_id, *"TABLET");
        assert!(matches!(step.flow, Flow::Ready(_) | Flow::SasStartReceived(_)), "{event_type}");
    }
}

#[test]
fn msc1717_one_device_that_declines_declines_for_all() {
    let content = object(r#"{"transaction_id":"abc","code":"m.user","reason":"no"}"#);
    for (sender_device, told) in
        [(None, vec!["LAPTOP", "TABLET", "TV"]), (Some("TABLET"), vec!["LAPTOP", "TV"])]
    {
        let (state, _) = asked();
        let sender_device = sender_device.map(|id| matrix_identifiers::DeviceId::parse(id).unwrap());
        let bob = bob();
        let via = Via::ToDevice { sender_device };
        let incoming = Incoming {
            sender: &bob.user_id,
            event_type: "m.key.verification.cancel",
            content: &content,
            via,
        };
        let Step { flow: Flow::Cancelled(cancelled), send } = state.on_message(&incoming, NOW) else {
            panic!()
        };
        assert_eq!((cancelled.by(), cancelled.code()), (CancelledBy::Them, &CancelCode::User));
        assert_eq!(cancelled.reason(), Some("no"));
        assert_eq!(devices(&send[0]), told);
        assert_eq!(send[0].content.get_str("code"), Some("m.user"));
    }
}

#[test]
fn answers_that_are_not_ours_are_ignored() {
    let stays = |sender: &Party, event_type: &str, content: &str| {
        let (state, _) = asked();
        let content = object(content);
        let step = state.on_message(&message(sender, event_type, &content), NOW);
        matches!(step.flow, Flow::RequestSent(_)) && step.send.is_empty()
    };
    let good = r#"{"transaction_id":"abc","from_device":"TV","methods":["m.sas.v1"]}"#;
    assert!(!stays(&bob(), "m.key.verification.ready", good));
    assert!(stays(&party("@carol:c", "TV"), "m.key.verification.ready", good));
    assert!(stays(&alice(), "m.key.verification.ready", good));
    assert!(stays(&bob(), "m.key.verification.ready", &good.replace("abc", "other")));
    assert!(stays(&bob(), "m.key.verification.ready", &good.replace("TV", "NOT-ASKED")));
    assert!(stays(&bob(), "m.room.message", good));
    assert!(stays(&bob(), "m.key.verification.cancel", r#"{"transaction_id":"other","code":"m.user"}"#));
}

#[test]
fn answers_that_make_no_sense_cancel_for_everybody() {
    for (event_type, content, code) in [
        (
            "m.key.verification.ready",
            r#"{"transaction_id":"abc","from_device":"TV","methods":["x"]}"#,
            CancelCode::UnknownMethod,
        ),
        (
            "m.key.verification.ready",
            r#"{"transaction_id":"abc","from_device":7}"#,
            CancelCode::InvalidMessage,
        ),
        ("m.key.verification.key", r#"{"transaction_id":"abc","key":"x"}"#, CancelCode::UnexpectedMessage),
        ("m.key.verification.done", r#"{"transaction_id":"abc"}"#, CancelCode::UnexpectedMessage),
    ] {
        let (state, _) = asked();
        let content = object(content);
        let Step { flow: Flow::Cancelled(cancelled), send } =
            state.on_message(&message(&bob(), event_type, &content), NOW)
        else {
            panic!("{event_type}")
        };
        assert_eq!(cancelled.code(), &code);
        assert!(send.iter().any(|sent| sent.content.get_str("code") == Some(code.as_str())));
    }
}

fn received(own: &Party, now_ms: i64) -> Result<RequestReceived, &'static str> {
    let (_, request) = asked();
    RequestReceived::new(own, &arriving(&alice(), &request), now_ms).map_err(|error| error.kind())
}

#[test]
fn msc1717_requests_are_shown_while_current() {
    assert!(received(&bob(), NOW).is_ok());
    assert_eq!(received(&alice(), NOW).unwrap_err(), "not_for_us");
    assert!(received(&bob(), NOW + 10 * MINUTE).is_ok());
    assert_eq!(received(&bob(), NOW + 10 * MINUTE + 1).unwrap_err(), "not_current");
    assert!(received(&bob(), NOW - 5 * MINUTE).is_ok());
    assert_eq!(received(&bob(), NOW - 5 * MINUTE - 1).unwrap_err(), "not_current");
    // Two minutes from its receipt, or ten from its time.
    assert_eq!(received(&bob(), NOW).unwrap().deadline_ms(), NOW + 2 * MINUTE);
    assert_eq!(received(&bob(), NOW + 9 * MINUTE).unwrap().deadline_ms(), NOW + 10 * MINUTE);
    let step = received(&bob(), NOW).unwrap().on_time(NOW + 2 * MINUTE - 1);
    let Flow::RequestReceived(state) = step.flow else { panic!() };
    let step = state.on_time(NOW + 2 * MINUTE);
    let Flow::Cancelled(cancelled) = step.flow else { panic!() };
    assert_eq!(cancelled.code(), &CancelCode::Timeout);
    assert!(step.send.is_empty(), "another device may still answer");
}

#[test]
fn msc1717_requests_without_a_common_method_can_only_be_declined() {
    let state = received(&bob(), NOW).unwrap();
    assert_eq!(state.methods(), SAS);
    assert_eq!(state.usable_methods(&[Method::Reciprocate, Method::QrCodeShow]), []);
    let refused = state.accept(&[Method::Reciprocate, Method::QrCodeShow], NOW).unwrap_err();
    assert_eq!(refused.error.kind(), "no_common_method");
    let (cancelled, outgoing) = refused.state.decline();
    assert_eq!((cancelled.by(), cancelled.code()), (CancelledBy::Us, &CancelCode::User));
    assert_eq!(outgoing.content.get_str("code"), Some("m.user"));
    assert!(outgoing.content.get_str("reason").is_some());
}

#[test]
fn msc1717_a_request_accepted_elsewhere_is_over_here() {
    let content = object(r#"{"transaction_id":"abc","code":"m.accepted","reason":""}"#);
    let step = received(&bob(), NOW)
        .unwrap()
        .on_message(&message(&alice(), "m.key.verification.cancel", &content), NOW);
    let Flow::Cancelled(cancelled) = step.flow else { panic!() };
    assert_eq!((cancelled.by(), cancelled.code()), (CancelledBy::Them, &CancelCode::Accepted));
    assert!(step.send.is_empty(), "a cancellation is never answered by one");
}

#[test]
fn nothing_but_a_cancellation_follows_a_request() {
    let content = object(r#"{"transaction_id":"abc"}"#);
    let step = received(&bob(), NOW)
        .unwrap()
        .on_message(&message(&alice(), "m.key.verification.done", &content), NOW);
    let Flow::Cancelled(cancelled) = step.flow else { panic!() };
    assert_eq!(cancelled.code(), &CancelCode::UnexpectedMessage);
    // The same request again is no second one.
    let (_, request) = asked();
    let step = received(&bob(), NOW).unwrap().on_message(&arriving(&alice(), &request), NOW);
    assert!(matches!(step.flow, Flow::RequestReceived(_)) && step.send.is_empty());
}

#[test]
fn msc1543_what_one_shows_the_other_scans() {
    let bob = bob();
    let all = [Method::Sas, Method::QrCodeShow, Method::QrCodeScan, Method::Reciprocate];
    let scanner = [Method::QrCodeScan, Method::Reciprocate, Method::Other("org.example".into())];
    let (asker, request) =
        RequestSent::to_devices(alice(), &bob.user_id, ids(&["LAPTOP"]), &all, "abc", NOW).unwrap();
    let state = RequestReceived::new(&bob, &arriving(&alice(), &request), NOW).unwrap();
    let (state, answer) = state.accept(&scanner, NOW).unwrap();
    assert_eq!(state.methods(), [Method::QrCodeScan, Method::Reciprocate]);
    assert!(state.can_scan_qr_code() && !state.can_show_qr_code());
    let Flow::Ready(asker) = asker.on_message(&arriving(&bob, &answer), NOW).flow else { panic!() };
    assert_eq!(asker.methods(), [Method::QrCodeShow, Method::Reciprocate]);
    assert!(asker.can_show_qr_code() && !asker.can_scan_qr_code());
}

#[test]
fn an_answer_from_another_device_than_it_names_is_ignored() {
    let bob = bob();
    let answer = |sender_device: &str, event_type: &str, content: &str| {
        let (state, _) = asked();
        let content = object(content);
        let sender_device = Some(matrix_identifiers::DeviceId::parse(sender_device).unwrap());
        let via = Via::ToDevice { sender_device };
        let step =
            state.on_message(&Incoming { sender: &bob.user_id, event_type, content: &content, via }, NOW);
        assert!(step.send.is_empty() || !matches!(step.flow, Flow::RequestSent(_)));
        !matches!(step.flow, Flow::RequestSent(_))
    };
    let ready = r#"{"transaction_id":"abc","from_device":"TV","methods":["m.sas.v1"]}"#;
    assert!(answer("TV", "m.key.verification.ready", ready));
    assert!(!answer("TABLET", "m.key.verification.ready", ready), "asked, but not the one it says");
    assert!(!answer("STOLEN", "m.key.verification.ready", ready));
    let cancel = r#"{"transaction_id":"abc","code":"m.user"}"#;
    assert!(answer("TABLET", "m.key.verification.cancel", cancel));
    assert!(!answer("STOLEN", "m.key.verification.cancel", cancel), "it was not asked");
    assert!(!answer("STOLEN", "m.key.verification.ready", r#"{"transaction_id":"abc"}"#));
}

#[test]
fn a_cancellation_that_cannot_be_read_is_one_and_not_answered() {
    let bob = bob();
    for content in [r#"{"transaction_id":"abc"}"#, r#"{"transaction_id":"abc","code":7}"#] {
        let content = object(content);
        let cancel = |via| Incoming {
            sender: &bob.user_id,
            event_type: "m.key.verification.cancel",
            content: &content,
            via,
        };
        let sender_device = Some(&*bob.device_id);
        let by_them = |step: Step| {
            let Flow::Cancelled(cancelled) = step.flow else { panic!("{:?}", step.flow) };
            assert_eq!((cancelled.by(), cancelled.code()), (CancelledBy::Them, &CancelCode::InvalidMessage));
            step.send
        };
        // The device that has sent it is not told; the others that were asked are.
        let (state, _) = asked();
        let sent = by_them(state.on_message(&cancel(Via::ToDevice { sender_device }), NOW));
        assert_eq!(devices(&sent[0]), ["TABLET", "TV"]);
        let (state, _) = asked();
        let answer = ready("LAPTOP", r#"["m.sas.v1"]"#);
        let step = state.on_message(&message(&bob, "m.key.verification.ready", &answer), NOW);
        let sent = by_them(step.flow.on_message(&cancel(Via::ToDevice { sender_device: None }), NOW));
        assert!(sent.is_empty());
    }
}

#[test]
fn a_request_of_a_room_is_none_to_a_device() {
    let content = object(&format!(
        r#"{{"msgtype":"m.key.verification.request","from_device":"PHONE","methods":["m.sas.v1"],
            "timestamp":{NOW},"transaction_id":"abc","to":"@bob:example.net","body":""}}"#
    ));
    let kind = |event_type| {
        let request = RequestReceived::new(&bob(), &message(&alice(), event_type, &content), NOW);
        request.map(|_| ()).map_err(|error| error.kind())
    };
    assert_eq!(kind("m.room.message"), Err("not_verification"));
    assert_eq!(kind("m.key.verification.request"), Ok(()));
}

#[test]
fn transaction_ids_are_of_255_bytes_at_most() {
    let bob = bob();
    for (length, taken) in [(MAX_TRANSACTION_ID, true), (MAX_TRANSACTION_ID + 1, false)] {
        let id = "x".repeat(length);
        let sent = RequestSent::to_devices(alice(), &bob.user_id, ids(&["LAPTOP"]), SAS, id.as_str(), NOW);
        assert_eq!(sent.is_ok(), taken);
        let content = object(&format!(
            r#"{{"from_device":"PHONE","methods":["m.sas.v1"],"timestamp":{NOW},"transaction_id":"{id}"}}"#
        ));
        let received =
            RequestReceived::new(&bob, &message(&alice(), "m.key.verification.request", &content), NOW);
        assert_eq!(received.is_ok(), taken);
    }
}
