use matrix_canonicaljson::Object;
use matrix_verification::{
    CancelCode, Flow, Method, Outcome, Ready, RequestReceived, RequestSent, VerifiedKeys, sas::SasOptions,
};

use super::{NOW, alice, alices_keys, arriving, bob, bobs_keys, message, object, rng};

const METHODS: &[Method] = &[Method::Reciprocate, Method::QrCodeShow, Method::QrCodeScan];

fn both_ready() -> (Ready, Ready) {
    let bob = bob();
    let devices = [bob.device_id.clone()];
    let (asker, request) =
        RequestSent::to_devices(alice(), &bob.user_id, devices, METHODS, "abc", NOW).unwrap();
    let state = RequestReceived::new(&bob, &arriving(&alice(), &request), NOW).unwrap();
    let (answerer, answer) = state.accept(METHODS, NOW).unwrap();
    let Flow::Ready(asker) = asker.on_message(&arriving(&bob, &answer), NOW).flow else { panic!() };
    (asker, answerer)
}

fn bob_verified() -> VerifiedKeys {
    VerifiedKeys::new(bob(), None, bobs_keys().master_key().copied()).unwrap()
}

#[test]
fn a_method_of_elsewhere_goes_from_start_to_done() {
    for early in [false, true] {
        let (alices, bobs) = both_ready();
        let fields = Object::from([("secret", "c2VjcmV0")]);
        let (alices, start) = alices.start_method(Method::Reciprocate, fields, bob_verified(), NOW).unwrap();
        assert_eq!(alices.verified(), &bob_verified());
        assert_eq!(
            start.content,
            object(
                r#"{"from_device":"PHONE","method":"m.reciprocate.v1","secret":"c2VjcmV0","transaction_id":"abc"}"#
            )
        );
        let Flow::MethodReceived(mut bobs) = bobs.on_message(&arriving(&alice(), &start), NOW).flow else {
            panic!()
        };
        assert_eq!(bobs.start().content.get_str("secret"), Some("c2VjcmV0"));
        assert_eq!(bobs.check_method(&Method::Reciprocate), Ok(()));
        assert_eq!(bobs.check_method(&Method::Sas).unwrap_err().kind(), "no_common_method");
        let done = object(r#"{"transaction_id":"abc"}"#);
        if early {
            // The scanner may be done before the other user has confirmed.
            let step = bobs.on_message(&message(&alice(), "m.key.verification.done", &done), NOW);
            let Flow::MethodReceived(state) = step.flow else { panic!() };
            bobs = state;
        }
        let wrong = bobs.finish(bob_verified(), NOW).unwrap_err();
        assert_eq!(wrong.error.kind(), "wrong_party");
        let verified = VerifiedKeys::new(alice(), None, alices_keys().master_key().copied()).unwrap();
        let step = wrong.state.finish(verified.clone(), NOW).unwrap();
        assert_eq!(step.send[0].event_type, "m.key.verification.done");
        let bobs = match step.flow {
            Flow::Done(done) if early => done,
            Flow::Verified(state) if !early => {
                let step_alice = alices.on_message(&arriving(&bob(), &step.send[0]), NOW);
                let Flow::Done(alices) = step_alice.flow else { panic!() };
                assert_eq!((alices.keys(), alices.outcome()), (&bob_verified(), &Outcome::BothDone));
                let Flow::Done(done) = state.on_message(&arriving(&alice(), &step_alice.send[0]), NOW).flow
                else {
                    panic!()
                };
                done
            }
            other => panic!("{other:?}"),
        };
        assert_eq!((bobs.keys(), bobs.outcome()), (&verified, &Outcome::BothDone));
    }
}

#[test]
fn what_is_not_in_common_is_not_started() {
    let (alices, _) = both_ready();
    let keys = alices.fix_keys(alices_keys(), bobs_keys()).unwrap();
    let refused = alices.start_sas(keys, SasOptions::default(), &mut rng(1), NOW).unwrap_err();
    assert_eq!(refused.error.kind(), "no_common_method");
    for method in [Method::QrCodeShow, Method::QrCodeScan, Method::Other("x".into())] {
        let (alices, _) = both_ready();
        let refused = alices.start_method(method, Object::new(), bob_verified(), NOW).unwrap_err();
        assert_eq!(refused.error.kind(), "no_common_method");
    }
    let (alices, _) = both_ready();
    let own = VerifiedKeys::new(alice(), Some(*alices_keys().device_key()), None).unwrap();
    let refused = alices.start_method(Method::Reciprocate, Object::new(), own, NOW).unwrap_err();
    assert_eq!(refused.error.kind(), "wrong_party");
    assert_eq!(VerifiedKeys::new(alice(), None, None).unwrap_err().kind(), "nothing_verified");
}

#[test]
fn the_other_sides_cancellation_does_not_undo_what_is_verified() {
    let (alices, bobs) = both_ready();
    let (alices, start) =
        alices.start_method(Method::Reciprocate, Object::new(), bob_verified(), NOW).unwrap();
    let Flow::MethodReceived(bobs) = bobs.on_message(&arriving(&alice(), &start), NOW).flow else { panic!() };
    let verified = VerifiedKeys::new(alice(), None, alices_keys().master_key().copied()).unwrap();
    let Flow::Verified(bobs) = bobs.finish(verified, NOW).unwrap().flow else { panic!() };
    let (_, cancel) = alices.cancel(CancelCode::User);
    let step = bobs.on_message(&arriving(&alice(), &cancel), NOW);
    let Flow::Done(done) = step.flow else { panic!() };
    assert_eq!(done.outcome(), &Outcome::OtherCancelled(CancelCode::User));
    assert!(step.send.is_empty());
}
