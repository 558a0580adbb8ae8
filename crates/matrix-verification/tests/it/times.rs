use matrix_verification::{
    CancelCode, Flow, IDLE_TIMEOUT_MS, MAX_REQUEST_AGE_MS, MAX_REQUEST_AHEAD_MS, Outcome,
    PROMPT_AFTER_RECEIPT_MS, TOTAL_TIMEOUT_MS, is_request_current, prompt_until_ms,
};

use super::{
    MINUTE, NOW,
    scene::{Fault, Transport, World},
};

#[test]
fn the_times_are_those_of_the_specification() {
    assert_eq!((TOTAL_TIMEOUT_MS, IDLE_TIMEOUT_MS), (10 * MINUTE, 10 * MINUTE));
    assert_eq!((MAX_REQUEST_AGE_MS, MAX_REQUEST_AHEAD_MS), (10 * MINUTE, 5 * MINUTE));
    assert_eq!(PROMPT_AFTER_RECEIPT_MS, 2 * MINUTE);
    assert!(!is_request_current(i64::MAX, i64::MIN) && !is_request_current(i64::MIN, i64::MAX));
    assert_eq!(prompt_until_ms(i64::MAX, i64::MAX), i64::MAX);
}

/// Stops an exchange after so many messages and lets time pass.
fn stopped(messages: usize, after_ms: i64) -> Vec<(String, Option<CancelCode>, Vec<String>)> {
    let mut world = World::new(Transport::ToDevice);
    world.run(&|message| (message >= messages).then_some(Fault::Drop));
    world
        .sides
        .iter_mut()
        .map(|side| {
            let name = side.name();
            let Some(flow) = side.flow.take() else { return (name, None, Vec::new()) };
            assert!(flow.deadline_ms().is_none_or(|deadline| deadline <= NOW + 10 * MINUTE));
            let step = flow.on_time(NOW + after_ms);
            let codes = step
                .send
                .iter()
                .map(|sent| sent.content.get_str("code").unwrap_or("none").to_owned())
                .collect();
            match step.flow {
                Flow::Cancelled(cancelled) => (name, Some(cancelled.code().clone()), codes),
                _ => (name, None, codes),
            }
        })
        .collect()
}

#[test]
fn every_state_times_out_after_ten_minutes_and_says_so() {
    let mut names = std::collections::BTreeSet::new();
    for messages in 0..9 {
        for (name, code, _) in stopped(messages, 10 * MINUTE - 1) {
            assert_eq!(code, None, "{name}");
        }
        for (name, code, sent) in stopped(messages, 10 * MINUTE) {
            names.insert(name.clone());
            match name.as_str() {
                "None" | "Verified" | "Done" => assert_eq!((code, sent), (None, vec![])),
                _ => assert_eq!(
                    (code, sent),
                    (Some(CancelCode::Timeout), vec!["m.timeout".to_owned()]),
                    "{name}"
                ),
            }
        }
    }
    let waiting = [
        "RequestSent",
        "Ready",
        "SasStartSent",
        "SasAcceptSent",
        "SasKeySent",
        "SasShow",
        "SasMacSent",
        "Verified",
    ];
    for name in waiting {
        assert!(names.contains(name), "{name} in {names:?}");
    }
}

#[test]
fn a_message_after_the_deadline_comes_too_late() {
    let mut world = World::new(Transport::ToDevice);
    world.run(&|message| (message >= 3).then_some(Fault::Drop));
    let (_, accept) = world.sent.last().unwrap().clone();
    assert_eq!(accept.event_type, "m.key.verification.accept");
    world.now_ms = NOW + 10 * MINUTE;
    world.deliver(1, &accept, 50);
    let Some(Flow::Cancelled(cancelled)) = &world.sides[0].flow else { panic!() };
    assert_eq!(cancelled.code(), &CancelCode::Timeout);
}

#[test]
fn success_does_not_wait_for_ever_for_the_other_side() {
    let mut world = World::new(Transport::ToDevice);
    world.run(&|message| (message >= 8).then_some(Fault::Drop));
    let Some(Flow::Verified(state)) = world.sides[0].flow.take() else { panic!("{}", world.sides[0].name()) };
    let Flow::Verified(state) = state.on_time(NOW + 10 * MINUTE - 1).flow else { panic!() };
    let Flow::Done(done) = state.on_time(NOW + 10 * MINUTE).flow else { panic!() };
    assert_eq!(done.outcome(), &Outcome::OtherSilent);
}
