//! Verifications by hand: a peer that speaks as old clients do, and a start message that answers no request.

use matrix_canonicaljson::{Object, Value};
use matrix_verification::{
    CancelCode, CancelledBy, Flow, Method, Outgoing, Step,
    sas::{Agreed, EphemeralKey, EphemeralPublicKey, KeyAgreement, MacInfo, MacMethod, SasOptions, SasParty},
};

use super::{NOW, alice, alices_keys, bob, bobs_keys, message, object, rng};

/// A start message of an old client.
pub(crate) fn old_start(key_agreement: &str, mac: &str) -> Object {
    let mut start = object(
        r#"{"from_device":"LAPTOP","transaction_id":"abc","method":"m.sas.v1","hashes":["sha256"],
            "short_authentication_string":["decimal"],"org.example.unknown":[1,{"a":null}]}"#,
    );
    start.insert("key_agreement_protocols", vec![Value::from(key_agreement)]);
    start.insert("message_authentication_codes", vec![Value::from(mac)]);
    start
}

pub(crate) fn begin(start: &Object) -> Step {
    let incoming = message(&BOB, "m.key.verification.start", start);
    Flow::from_start(&alice(), &[Method::Sas], &incoming, NOW).unwrap()
}

static BOB: std::sync::LazyLock<matrix_verification::Party> = std::sync::LazyLock::new(bob);

/// Bob's device speaks as it did years ago; it is played by the computations alone. Returns what was agreed on if
/// both sides end well.
pub(crate) fn old_peer(options: SasOptions, key_agreement: &str, mac: &str) -> Option<Agreed> {
    old_peer_with(options, key_agreement, mac, "ed25519:LAPTOP")
}

/// The same, with a MAC for a key of that ID.
pub(crate) fn old_peer_with(
    options: SasOptions,
    key_agreement: &str,
    mac: &str,
    key_id: &str,
) -> Option<Agreed> {
    let start = old_start(key_agreement, mac);
    let Flow::SasStartReceived(state) = begin(&start).flow else { panic!() };
    let keys = state.fix_keys(alices_keys(), bobs_keys()).unwrap();
    let (state, accept) = match state.accept(keys, options, &mut rng(1), NOW) {
        Ok(accepted) => accepted,
        Err(refused) => {
            let (cancelled, outgoing) = refused.cancel();
            assert_eq!((cancelled.by(), cancelled.code()), (CancelledBy::Us, &CancelCode::UnknownMethod));
            assert_eq!(outgoing.content.get_str("code"), Some("m.unknown_method"));
            return None;
        }
    };
    let (agreed, text) = (state.agreed(), |field: &str| accept.content.get_str(field).unwrap().to_owned());
    assert_eq!(
        (text("key_agreement_protocol"), text("message_authentication_code")),
        (key_agreement.into(), mac.into())
    );

    // Bob sends his key, and gets Alice's, which has to be the one that she has committed to.
    let bobs = EphemeralKey::generate(&mut rng(2));
    let bobs_public = bobs.public_key();
    let mut key = object(r#"{"transaction_id":"abc"}"#);
    key.insert("key", bobs_public.to_base64());
    let step = state.on_message(&message(&BOB, "m.key.verification.key", &key), NOW);
    let alices_text = step.send[0].content.get_str("key").unwrap().to_owned();
    assert_eq!(matrix_verification::sas::commitment(&alices_text, &start), text("commitment"));
    let alices_public = EphemeralPublicKey::from_base64(&alices_text).unwrap();
    let secret = bobs.agree(&alices_public).unwrap();
    let (own, other) = (bob(), alice());
    let agreement = KeyAgreement::parse(key_agreement).unwrap();
    let starter = SasParty { user_id: &own.user_id, device_id: &own.device_id, public_key: &bobs_public };
    let accepter =
        SasParty { user_id: &other.user_id, device_id: &other.device_id, public_key: &alices_public };
    let shown = secret.sas_bytes(agreement, starter, accepter, "abc");
    let Flow::SasShow(state) = step.flow else { panic!() };
    assert_eq!((state.decimal(), state.emoji()), (Some(shown.decimal()), None));

    // Bob is the faster one to confirm.
    let method = MacMethod::parse(mac).unwrap();
    let info = MacInfo {
        sender_user: &own.user_id,
        sender_device: &own.device_id,
        receiver_user: &other.user_id,
        receiver_device: &other.device_id,
        transaction_id: "abc",
    };
    let device = bobs_keys().device_key().to_base64();
    let mut macs = Object::new();
    macs.insert(key_id, secret.mac(method, info, key_id, &device));
    let mut content = object(r#"{"transaction_id":"abc"}"#);
    content.insert("keys", secret.keys_mac(method, info, [key_id]));
    content.insert("mac", macs);
    let Step { flow, send } = state.on_message(&message(&BOB, "m.key.verification.mac", &content), NOW);
    let state = match flow {
        Flow::SasShow(state) => state,
        Flow::Cancelled(cancelled) => {
            assert_eq!(cancelled.code(), &CancelCode::KeyMismatch);
            return None;
        }
        other => panic!("{other:?}"),
    };
    assert!(send.is_empty(), "nothing is verified before the user has confirmed");
    let Step { flow: Flow::Verified(state), send } = state.confirm(NOW) else { panic!() };
    assert_eq!(types(&send), ["m.key.verification.mac", "m.key.verification.done"]);
    assert_eq!(state.keys().device_key(), Some(bobs_keys().device_key()));
    Some(agreed)
}

fn types(sent: &[Outgoing]) -> Vec<&'static str> {
    sent.iter().map(|outgoing| outgoing.event_type).collect()
}

#[test]
fn msc1717_a_start_without_a_request_is_taken_from_other_devices_alone() {
    let start = old_start("curve25519-hkdf-sha256", "hkdf-hmac-sha256.v2");
    let incoming = message(&BOB, "m.key.verification.start", &start);
    let kind = |own: &matrix_verification::Party, incoming: &matrix_verification::Incoming<'_>| {
        Flow::from_start(own, &[Method::Sas], incoming, NOW).map(|_| ()).unwrap_err().kind()
    };
    assert_eq!(kind(&bob(), &incoming), "not_for_us");
    let elsewhere = Some(matrix_identifiers::DeviceId::parse("TABLET").unwrap());
    let via = matrix_verification::Via::ToDevice { sender_device: elsewhere };
    assert_eq!(kind(&alice(), &matrix_verification::Incoming { via, ..incoming }), "not_for_us");
    let done = message(&BOB, "m.key.verification.done", &start);
    assert_eq!(kind(&alice(), &done), "not_verification");
    let mut nameless = start.clone();
    nameless.remove("transaction_id");
    assert_eq!(kind(&alice(), &message(&BOB, "m.key.verification.start", &nameless)), "missing_field");
}

#[test]
fn msc1717_an_unknown_method_is_cancelled() {
    for method in ["org.example.unknown", "m.qr_code.show.v1", "m.reciprocate.v1"] {
        let mut start = old_start("curve25519-hkdf-sha256", "hkdf-hmac-sha256.v2");
        start.insert("method", method);
        let Step { flow: Flow::Cancelled(cancelled), send } = begin(&start) else { panic!("{method}") };
        assert_eq!(cancelled.code(), &CancelCode::UnknownMethod);
        assert_eq!(send[0].content.get_str("code"), Some("m.unknown_method"));
    }
}

#[test]
fn keys_that_lead_to_a_known_secret_are_refused() {
    // The points of small order, of which the secret is zero whatever the own key is.
    for key in [[0; 32], {
        let mut one = [0; 32];
        one[0] = 1;
        one
    }] {
        let start = old_start("curve25519-hkdf-sha256", "hkdf-hmac-sha256.v2");
        let Flow::SasStartReceived(state) = begin(&start).flow else { panic!() };
        let keys = state.fix_keys(alices_keys(), bobs_keys()).unwrap();
        let (state, _) = state.accept(keys, SasOptions::default(), &mut rng(1), NOW).unwrap();
        let mut content = object(r#"{"transaction_id":"abc"}"#);
        let text = if key[0] == 0 { "A".repeat(43) } else { format!("AQ{}", "A".repeat(41)) };
        content.insert("key", text);
        let Step { flow: Flow::Cancelled(cancelled), send } =
            state.on_message(&message(&BOB, "m.key.verification.key", &content), NOW)
        else {
            panic!()
        };
        assert_eq!(cancelled.code(), &CancelCode::InvalidMessage);
        assert_eq!(types(&send), ["m.key.verification.cancel"], "the own key is not sent");
    }
}

#[test]
fn keys_of_other_parties_are_not_taken() {
    let start = old_start("curve25519-hkdf-sha256", "hkdf-hmac-sha256.v2");
    let Flow::SasStartReceived(state) = begin(&start).flow else { panic!() };
    assert_eq!(state.fix_keys(bobs_keys(), alices_keys()).unwrap_err().kind(), "wrong_party");
    let keys = state.fix_keys(alices_keys(), bobs_keys()).unwrap();
    let swapped = matrix_verification::FixedKeys { own: keys.other, other: keys.own };
    let refused = state.accept(swapped, SasOptions::default(), &mut rng(1), NOW).unwrap_err();
    assert_eq!(refused.error.kind(), "wrong_party");
    assert_eq!(refused.cancel().0.code(), &CancelCode::UserMismatch);
}
