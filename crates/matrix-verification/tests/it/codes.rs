use matrix_verification::{CancelCode, CancelledBy, Error, Flow, MAX_MESSAGES};

use super::{
    NOW, message, object,
    scene::{Fault, Transport, World},
};

#[test]
fn codes_have_names_and_words() {
    for code in CancelCode::KNOWN {
        assert_eq!(CancelCode::parse(code.as_str()), code);
        assert!(code.as_str().starts_with("m.") && code.reason().ends_with('.'));
    }
    assert_eq!(CancelCode::KNOWN.len(), 12);
    let other = CancelCode::parse("org.example.bored");
    assert_eq!((other.as_str(), other.to_string()), ("org.example.bored", "org.example.bored".to_owned()));
}

#[test]
fn errors_name_the_code_to_cancel_with() {
    let code = |error: Error| error.cancel_code();
    assert_eq!(code(Error::UnknownTransaction("x".into())), CancelCode::UnknownTransaction);
    assert_eq!(code(Error::NothingVerified), CancelCode::KeyMismatch);
    assert_eq!(code(Error::InvalidEphemeralKey), CancelCode::InvalidMessage);
    assert_eq!(code(Error::MismatchedCommitment), CancelCode::MismatchedCommitment);
    assert_eq!(code(Error::NotCurrent { timestamp_ms: 0, now_ms: 0 }), CancelCode::Timeout);
}

/// In every state, what arrives out of turn or malformed cancels, and a cancellation is taken without an answer.
#[test]
fn every_state_takes_cancellations_and_refuses_what_has_no_place() {
    for messages in 0..8 {
        for side in 0..2 {
            let stop = |event_type: &'static str, json: &str| {
                let mut world = World::new(Transport::ToDevice);
                world.run(&|number| (number >= messages).then_some(Fault::Drop));
                let (name, sender) = (world.sides[side].name(), world.sides[1 - side].own.party().clone());
                let flow = world.sides[side].flow.take()?;
                let content = object(json);
                Some((name, flow.on_message(&message(&sender, event_type, &content), NOW)))
            };
            let Some((name, step)) =
                stop("m.key.verification.cancel", r#"{"transaction_id":"abc","code":"m.user"}"#)
            else {
                continue;
            };
            match step.flow {
                Flow::Cancelled(cancelled) => {
                    assert_eq!((cancelled.by(), cancelled.code()), (CancelledBy::Them, &CancelCode::User));
                }
                Flow::Done(_) => assert_eq!(name, "Verified"),
                other => panic!("{name}: {other:?}"),
            }
            let told = if name == "RequestSent" { 1 } else { 0 };
            assert_eq!(step.send.len(), told, "{name}");
            for (event_type, json, code) in [
                ("m.key.verification.ready", r#"{"transaction_id":"abc"}"#, "m.invalid_message"),
                ("m.key.verification.key", r#"{"transaction_id":"abc","key":[]}"#, "m.invalid_message"),
                (
                    "m.key.verification.request",
                    r#"{"transaction_id":"abc","from_device":"PHONE","methods":[]}"#,
                    "m.unexpected_message",
                ),
            ] {
                let (name, step) = stop(event_type, json).unwrap();
                if name == "Verified" || (json.contains("PHONE") && side == 0) {
                    assert!(!matches!(step.flow, Flow::Cancelled(_)), "{name}");
                    continue;
                }
                let Flow::Cancelled(cancelled) = &step.flow else {
                    panic!("{name} {event_type}: {:?}", step.flow)
                };
                assert_eq!(cancelled.code().as_str(), code, "{name} {event_type}");
                assert_eq!(step.send[0].content.get_str("code"), Some(code));
            }
        }
    }
}

#[test]
fn the_user_can_cancel_in_every_state() {
    for messages in 0..8 {
        let mut world = World::new(Transport::ToDevice);
        world.run(&|number| (number >= messages).then_some(Fault::Drop));
        for side in &mut world.sides {
            let name = side.name();
            let Some(flow) = side.flow.take() else { continue };
            let step = flow.cancel(CancelCode::User);
            if name == "Verified" {
                assert!(matches!(step.flow, Flow::Verified(_)));
                continue;
            }
            let Flow::Cancelled(cancelled) = step.flow else { panic!("{name}") };
            assert_eq!((cancelled.by(), cancelled.code()), (CancelledBy::Us, &CancelCode::User));
            assert_eq!(step.send[0].event_type, "m.key.verification.cancel");
        }
    }
}

#[test]
fn what_is_over_stays_over() {
    let mut world = World::new(Transport::ToDevice);
    world.run(&|_| None);
    let flow = world.sides[0].flow.take().unwrap();
    assert!(flow.is_over() && flow.deadline_ms().is_none());
    let content = object(r#"{"transaction_id":"abc","code":"m.user"}"#);
    let step = flow.on_message(&message(&super::bob(), "m.key.verification.cancel", &content), NOW);
    let step = step.flow.cancel(CancelCode::User);
    let step = step.flow.on_time(i64::MAX);
    assert!(matches!(step.flow, Flow::Done(_)) && step.send.is_empty());
}

#[test]
fn one_verification_takes_so_many_messages() {
    let mut world = World::new(Transport::ToDevice);
    world.run(&|number| (number >= 3).then_some(Fault::Drop));
    let Some(mut flow) = world.sides[0].flow.take() else { panic!() };
    assert!(matches!(flow, Flow::SasStartSent(_)));
    // Bob's start messages lose against Alice's, each of them another.
    for number in 0..MAX_MESSAGES + 1 {
        let mut content = object(
            r#"{"transaction_id":"abc","from_device":"LAPTOP","method":"m.sas.v1","hashes":[],"key_agreement_protocols":[],
                "message_authentication_codes":[],"short_authentication_string":[]}"#,
        );
        content.insert("number", u32::try_from(number).unwrap());
        flow = flow.on_message(&message(&super::bob(), "m.key.verification.start", &content), NOW).flow;
    }
    assert!(matches!(flow, Flow::Cancelled(cancelled) if *cancelled.code() == CancelCode::UnexpectedMessage));
}
