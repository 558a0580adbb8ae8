use matrix_canonicaljson::Object;
use matrix_ssss::{
    Answering, Decision, MAX_PENDING, Offer, RequestId, Requester, Secret, SecretRequest, Silence,
};

use super::object;

const ALICE: Requester<'_> = Requester { user_id: "@alice:example.org", verified: true };

fn answering() -> Answering {
    Answering::new("@alice:example.org", "OLD")
}

fn request(device: &str, id: &str, name: &str) -> Object {
    let (requesting_device_id, request_id) = (device.to_owned(), RequestId::new(id));
    SecretRequest::Request { name: name.to_owned(), requesting_device_id, request_id }.to_object()
}

fn cancellation(device: &str, id: &str) -> Object {
    let (requesting_device_id, request_id) = (device.to_owned(), RequestId::new(id));
    SecretRequest::Cancellation { requesting_device_id, request_id }.to_object()
}

fn offer(answering: &mut Answering, device: &str, id: &str) -> Offer {
    match answering.on_request(&ALICE, &request(device, id, "m.x"), |name| name == "m.x") {
        Decision::Offer(offer) => offer,
        other => panic!("{other:?}"),
    }
}

#[test]
fn msc1946_a_verified_device_of_the_own_user_is_given_a_known_secret() {
    let mut answering = answering();
    let offer = offer(&mut answering, "NEW", "r1");
    assert_eq!((offer.device_id.as_str(), offer.name.as_str()), ("NEW", "m.x"));
    let send = answering.answer(offer, Secret::new("swordfish")).unwrap();
    assert_eq!(send.to_object().to_string(), r#"{"request_id":"r1","secret":"swordfish"}"#);
}

#[test]
fn msc1946_everyone_else_hears_nothing() {
    let mut answering = answering();
    let sound = request("NEW", "r1", "m.x");
    for (from, content, silence) in [
        (Requester { user_id: "@mallory:example.org", ..ALICE }, sound.clone(), Silence::OtherUser),
        (Requester { verified: false, ..ALICE }, sound.clone(), Silence::NotVerified),
        (ALICE, request("OLD", "r1", "m.x"), Silence::OwnDevice),
        (ALICE, request("NEW", "r1", "m.y"), Silence::UnknownSecret),
        (ALICE, object(r#"{"action":"request"}"#), Silence::Malformed),
        (ALICE, cancellation("NEW", "r1"), Silence::NothingToWithdraw),
    ] {
        let decision = answering.on_request(&from, &content, |name| name == "m.x");
        assert_eq!(decision, Decision::Silent(silence), "{content}");
    }
}

#[test]
fn a_stranger_does_not_learn_which_secrets_there_are() {
    let stranger = Requester { verified: false, ..ALICE };
    answering().on_request(&stranger, &request("NEW", "r1", "m.x"), |_| panic!("looked up"));
}

#[test]
fn msc1946_a_device_may_withdraw_while_the_user_is_asked() {
    let mut answering = answering();
    let offered = offer(&mut answering, "NEW", "r1");
    let withdrawn = answering.on_request(&ALICE, &cancellation("NEW", "r1"), |_| true);
    assert_eq!(
        withdrawn,
        Decision::Withdrawn { device_id: "NEW".to_owned(), request_id: RequestId::new("r1") }
    );
    assert!(answering.answer(offered, Secret::new("swordfish")).is_none());
}

#[test]
fn another_devices_or_users_cancellation_withdraws_nothing() {
    let mut answering = answering();
    let offered = offer(&mut answering, "NEW", "r1");
    let mallory = Requester { user_id: "@mallory:example.org", ..ALICE };
    for (from, content) in [
        (ALICE, cancellation("B", "r1")),
        (ALICE, cancellation("NEW", "r2")),
        (mallory, cancellation("NEW", "r1")),
    ] {
        assert!(matches!(answering.on_request(&from, &content, |_| true), Decision::Silent(_)));
    }
    assert!(answering.answer(offered, Secret::new("swordfish")).is_some());
}

#[test]
fn an_offer_is_answered_once_and_not_after_it_was_declined() {
    let mut answering = answering();
    let (first, again) = (offer(&mut answering, "NEW", "r1"), offer(&mut answering, "NEW", "r1"));
    assert!(answering.answer(first, Secret::new("x")).is_some());
    assert!(answering.answer(again, Secret::new("x")).is_none());
    let (first, again) = (offer(&mut answering, "NEW", "r2"), offer(&mut answering, "NEW", "r2"));
    answering.decline(first);
    assert!(answering.answer(again, Secret::new("x")).is_none());
}

#[test]
fn requests_beyond_what_may_wait_are_met_with_silence() {
    let mut answering = answering();
    for number in 0..MAX_PENDING {
        offer(&mut answering, "NEW", &format!("r{number}"));
    }
    let one_more = answering.on_request(&ALICE, &request("NEW", "more", "m.x"), |_| true);
    assert_eq!(one_more, Decision::Silent(Silence::TooMany));
    let known = offer(&mut answering, "NEW", "r0");
    answering.decline(known);
    offer(&mut answering, "NEW", "more");
}
