//! Whatever the network does: never a false success.

use matrix_canonicaljson::Value;
use matrix_verification::{PartyKeys, sas::EphemeralKey, sas::SasOptions};
use proptest::prelude::*;

use super::{
    alices_keys, bobs_keys, keys, rng,
    scene::{Fault, Transport, World},
};

const TYPES: [&str; 9] = [
    "m.key.verification.request",
    "m.key.verification.ready",
    "m.key.verification.start",
    "m.key.verification.accept",
    "m.key.verification.key",
    "m.key.verification.mac",
    "m.key.verification.done",
    "m.key.verification.cancel",
    "m.room.message",
];

fn value() -> impl Strategy<Value = Option<Value>> {
    prop_oneof![
        Just(None),
        Just(Some(Value::Null)),
        Just(Some(Value::from("m.sas.v1"))),
        Just(Some(Value::from("hkdf-hmac-sha256"))),
        Just(Some(Value::from(EphemeralKey::generate(&mut rng(77)).public_key().to_base64()))),
        Just(Some(Value::Array(vec![
            "decimal".into(),
            "hkdf-hmac-sha256".into(),
            "sha256".into(),
            "curve25519".into()
        ]))),
        "[ -~]{0,12}".prop_map(|text| Some(Value::from(text))),
        any::<u32>().prop_map(|number| Some(Value::from(number))),
    ]
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        2 => Just(Fault::Drop),
        3 => Just(Fault::Repeat),
        3 => Just(Fault::Late),
        6 => (any::<usize>(), value()).prop_map(|(place, value)| Fault::Tamper(place, value)),
        1 => (0..TYPES.len()).prop_map(|at| Fault::Retype(TYPES[at])),
    ]
}

fn faults() -> impl Strategy<Value = Vec<(usize, Fault)>> {
    prop::collection::vec((0_usize..12, fault()), 0..4)
}

fn transport() -> impl Strategy<Value = Transport> {
    prop_oneof![Just(Transport::ToDevice), Just(Transport::Room), Just(Transport::EncryptedRoom)]
}

/// What a server tells each side of the other's keys: the truth, or another device key, master key or both.
fn told(truth: &PartyKeys, lie: u8) -> PartyKeys {
    let other = keys(truth.party(), 33);
    let device = if lie & 1 == 0 { truth.device_key() } else { other.device_key() };
    let master = if lie & 2 == 0 { truth.master_key() } else { other.master_key() };
    PartyKeys::new(truth.party().clone(), *device, master.copied()).unwrap()
}

fn check(world: &World) {
    for (side, truth) in [(0, bobs_keys()), (1, alices_keys())] {
        let Some(verified) = world.sides[side].verified() else { continue };
        assert_eq!(verified.party(), truth.party());
        assert!(verified.device_key().is_none_or(|key| key == truth.device_key()));
        assert!(verified.master_key().is_none_or(|key| Some(key) == truth.master_key()));
        assert!(verified.device_key().is_some() || verified.master_key().is_some());
        assert_eq!(world.sides[0].shown, world.sides[1].shown, "success needs the same strings");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn never_a_false_success(
        transport in transport(),
        faults in faults(),
        lies in (0_u8..4, 0_u8..4, 0_u8..3),
        old in any::<bool>(),
    ) {
        let mut world = World::new(transport);
        // Most servers tell the truth.
        if lies.2 == 0 {
            world.sides[0].other = told(&bobs_keys(), lies.0);
            world.sides[1].other = told(&alices_keys(), lies.1);
        }
        for side in &mut world.sides {
            side.options = SasOptions { old_key_agreement: old, ..SasOptions::default() };
        }
        world.run(&|number| faults.iter().find(|(at, _)| *at == number).map(|(_, fault)| fault.clone()));
        check(&world);
        // Nobody waits for ever.
        for side in &mut world.sides {
            let Some(flow) = side.flow.take() else { continue };
            prop_assert!(flow.on_time(super::NOW + 10 * super::MINUTE).flow.is_over());
        }
    }

    /// Messages that only come twice do no harm.
    #[test]
    fn repeated_messages_change_nothing(transport in transport(), which in prop::collection::vec(any::<bool>(), 12)) {
        let mut world = World::new(transport);
        world.run(&|number| which.get(number).copied().unwrap_or(false).then_some(Fault::Repeat));
        prop_assert!(world.both_done(), "{} {}", world.sides[0].name(), world.sides[1].name());
        check(&world);
    }

    /// One side that gives up tells the other, and no cancellation is answered by another, whatever is left of it when it
    /// comes: that is checked with each delivery.
    #[test]
    fn a_cancellation_is_never_answered_by_another(
        faults in faults(),
        place in any::<usize>(),
        value in value(),
        at in 0_usize..10,
    ) {
        let mut world = World::new(Transport::ToDevice);
        world.run(&|number| {
            let fault = faults.iter().find(|(at, _)| *at == number).map(|(_, fault)| fault.clone());
            if number == at { Some(Fault::Retype("m.key.verification.cancel")) } else { fault }
        });
        for side in 0..2 {
            let cancels = world.types(side).iter().filter(|name| **name == "cancel").count();
            prop_assert!(cancels <= 1, "each side cancels once at most");
        }
        // And one that was spoilt on its way.
        let mut world = World::new(Transport::ToDevice);
        world.run(&|number| match number {
            _ if number == at => Some(Fault::Retype("m.dummy")),
            _ if number > at => Some(Fault::Tamper(place, value.clone())),
            _ => None,
        });
    }
}

/// A server that stands between the two plays each to the other, with keys of its own. Both exchanges are perfect by
/// themselves, and the two users see different strings.
#[test]
fn a_man_in_the_middle_is_seen() {
    let shown = |server: usize, truth: PartyKeys, seed: u8| {
        let mut world = World::new(Transport::ToDevice);
        world.sides[server].own = told(&truth, 3);
        world.sides[1 - server].other = world.sides[server].own.clone();
        world.sides[server].reseed(seed);
        world.run(&|_| None);
        assert!(world.both_done());
        world.sides[1 - server].shown.clone().unwrap()
    };
    let (alice_sees, bob_sees) = (shown(1, bobs_keys(), 11), shown(0, alices_keys(), 12));
    assert_ne!(alice_sees, bob_sees);
}
