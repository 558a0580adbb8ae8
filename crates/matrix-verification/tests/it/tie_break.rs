use matrix_canonicaljson::Object;
use matrix_verification::{
    CancelCode, Flow, Method, Outgoing, Party, PartyKeys, Ready, RequestReceived, RequestSent, TieBreak,
    VerifiedKeys, sas::SasOptions, tie_break,
};

use super::{NOW, alice, arriving, bob, keys, party, rng};

const METHODS: &[Method] = &[Method::Sas, Method::Reciprocate];

#[test]
fn msc2366_the_smaller_user_wins_and_then_the_smaller_device() {
    let order = |one: (&str, &str), other: (&str, &str)| {
        tie_break((&party(one.0, one.1), &Method::Sas), (&party(other.0, other.1), &Method::Sas))
    };
    assert_eq!(order(("@a:x", "Z"), ("@b:x", "A")), TieBreak::First);
    assert_eq!(order(("@b:x", "A"), ("@a:x", "Z")), TieBreak::Second);
    assert_eq!(order(("@a:x", "A"), ("@a:x", "B")), TieBreak::First);
    assert_eq!(order(("@a:x", "b"), ("@a:x", "B")), TieBreak::Second, "as bytes");
    let cancel = TieBreak::Cancel(CancelCode::UnexpectedMessage);
    assert_eq!(tie_break((&alice(), &Method::Sas), (&bob(), &Method::Reciprocate)), cancel);
}

/// Two sides that are ready.
fn both_ready(one: &Party, other: &Party) -> (Ready, Ready) {
    let devices = [other.device_id.clone()];
    let (asker, request) =
        RequestSent::to_devices(one.clone(), &other.user_id, devices, METHODS, "abc", NOW).unwrap();
    let state = RequestReceived::new(other, &arriving(one, &request), NOW).unwrap();
    let (answerer, answer) = state.accept(METHODS, NOW).unwrap();
    let Flow::Ready(asker) = asker.on_message(&arriving(other, &answer), NOW).flow else { panic!() };
    (asker, answerer)
}

fn sas(ready: Ready, own: &PartyKeys, other: &PartyKeys, seed: u8) -> (Flow, Outgoing) {
    let keys = ready.fix_keys(own.clone(), other.clone()).unwrap();
    let (state, start) = ready.start_sas(keys, SasOptions::default(), &mut rng(seed), NOW).unwrap();
    (state.into(), start)
}

#[test]
fn msc2366_two_sas_at_once_become_one_that_succeeds() {
    // Two users, and two devices of one user.
    for (smaller, larger) in [(alice(), bob()), (party("@a:x", "A"), party("@a:x", "B"))] {
        let (small_keys, large_keys) = (keys(&smaller, 1), keys(&larger, 2));
        let (small, large) = both_ready(&smaller, &larger);
        let (small, small_start) = sas(small, &small_keys, &large_keys, 1);
        let (large, large_start) = sas(large, &large_keys, &small_keys, 2);
        let step = small.on_message(&arriving(&larger, &large_start), NOW);
        assert!(matches!(step.flow, Flow::SasStartSent(_)) && step.send.is_empty());
        let Flow::SasStartSent(small) = step.flow else { panic!() };
        let Flow::SasStartReceived(large) = large.on_message(&arriving(&smaller, &small_start), NOW).flow
        else {
            panic!()
        };
        let fixed = large.fix_keys(large_keys.clone(), small_keys.clone()).unwrap();
        let (large, accept) = large.accept(fixed, SasOptions::default(), &mut rng(3), NOW).unwrap();
        let step = small.on_message(&arriving(&larger, &accept), NOW);
        let step_large = large.on_message(&arriving(&smaller, &step.send[0]), NOW);
        let Flow::SasShow(small) = step.flow.on_message(&arriving(&larger, &step_large.send[0]), NOW).flow
        else {
            panic!()
        };
        let Flow::SasShow(large) = step_large.flow else { panic!() };
        assert_eq!(small.emoji(), large.emoji());
    }
}

#[test]
fn msc2366_two_methods_at_once_cancel_on_both_sides() {
    let (alices, bobs) = (keys(&alice(), 1), keys(&bob(), 2));
    let (one, other) = both_ready(&alice(), &bob());
    let (one, sas_start) = sas(one, &alices, &bobs, 1);
    let verified = VerifiedKeys::new(alice(), Some(*alices.device_key()), None).unwrap();
    let (other, start) = other.start_method(Method::Reciprocate, Object::new(), verified, NOW).unwrap();
    for step in [
        one.on_message(&arriving(&bob(), &start), NOW),
        other.on_message(&arriving(&alice(), &sas_start), NOW),
    ] {
        let Flow::Cancelled(cancelled) = step.flow else { panic!() };
        assert_eq!(cancelled.code(), &CancelCode::UnexpectedMessage);
        assert_eq!(step.send[0].content.get_str("code"), Some("m.unexpected_message"));
    }
}
