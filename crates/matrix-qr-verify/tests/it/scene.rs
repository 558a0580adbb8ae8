//! Two devices that are ready to verify each other by QR code.

use matrix_identifiers::{DeviceId, UserId};
use matrix_signatures::{PublicKey, SigningKey};
use matrix_verification::{
    FixedKeys, Flow, Incoming, Method, Outgoing, Party, PartyKeys, Ready, RequestReceived, RequestSent, Via,
};
use rand::{SeedableRng as _, rngs::StdRng};

pub(crate) const NOW: i64 = 1_700_000_000_000;
pub(crate) const ALL: &[Method] = &[Method::Sas, Method::QrCodeShow, Method::QrCodeScan, Method::Reciprocate];

pub(crate) fn rng(seed: u8) -> StdRng {
    StdRng::from_seed([seed; 32])
}

pub(crate) fn public_key(fill: u8) -> PublicKey {
    SigningKey::from_seed("x", &[fill; 32]).unwrap().public_key()
}

/// A side, with a device key and a master key that come from numbers.
pub(crate) fn keys(user_id: &str, device_id: &str, device: u8, master: Option<u8>) -> PartyKeys {
    let party = Party::new(UserId::parse(user_id).unwrap(), DeviceId::parse(device_id).unwrap());
    PartyKeys::new(party, public_key(device), master.map(public_key)).unwrap()
}

/// Alice and Bob.
pub(crate) fn two_users() -> [PartyKeys; 2] {
    [keys("@alice:a", "PHONE", 1, Some(11)), keys("@bob:b", "LAPTOP", 2, Some(12))]
}

/// Alice's device that trusts her master key, and her new one.
pub(crate) fn two_devices() -> [PartyKeys; 2] {
    [keys("@alice:a", "OSBORNE2", 1, Some(11)), keys("@alice:a", "DYNABOOK", 2, Some(11))]
}

pub(crate) fn arriving<'a>(sender: &'a PartyKeys, outgoing: &'a Outgoing) -> Incoming<'a> {
    let (sender, via) = (&sender.party().user_id, Via::ToDevice { sender_device: None });
    Incoming { sender, event_type: outgoing.event_type, content: &outgoing.content, via }
}

/// Both sides after the second has accepted the request of the first.
pub(crate) fn both_ready([one, other]: &[PartyKeys; 2], methods: [&[Method]; 2]) -> [Ready; 2] {
    let (own, party) = (one.party().clone(), other.party());
    let devices = [party.device_id.clone()];
    let (asker, request) =
        RequestSent::to_devices(own, &party.user_id, devices, methods[0], "abc", NOW).unwrap();
    let state = RequestReceived::new(party, &arriving(one, &request), NOW).unwrap();
    let (answerer, answer) = state.accept(methods[1], NOW).unwrap();
    let Flow::Ready(asker) = asker.on_message(&arriving(other, &answer), NOW).flow else { panic!() };
    [asker, answerer]
}

/// What each side knows.
pub(crate) fn fixed([one, other]: &[PartyKeys; 2]) -> [FixedKeys; 2] {
    let fix = |own: &PartyKeys, other: &PartyKeys| FixedKeys { own: own.clone(), other: other.clone() };
    [fix(one, other), fix(other, one)]
}
