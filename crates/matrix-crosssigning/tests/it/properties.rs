use matrix_canonicaljson::{Object, Value};
use matrix_crosssigning::{CrossSigningKey, DeviceKeys, KeyRole, KeySet};
use proptest::prelude::*;

use super::{alice, alices_graph, bob, bob_verified_by, device, device_keys, keys};

/// All places of an object that hold a string or an array.
fn places(object: &Object, path: &mut Vec<String>, out: &mut Vec<Vec<String>>) {
    for (key, value) in object {
        path.push(key.to_owned());
        out.push(path.clone());
        if let Some(inner) = value.as_object() {
            places(inner, path, out);
        }
        path.pop();
    }
}

fn change(object: &mut Object, path: &[String], new: &Value) {
    match path {
        [last] => _ = object.insert(last.as_str(), new.clone()),
        [first, rest @ ..] => change(object.get_object_mut(first).unwrap(), rest, new),
        [] => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is changed in the keys on the way to Bob's device, trust is gone or the change was in what no
    /// signature of the chain covers.
    #[test]
    fn msc1756_no_changed_key_is_trusted(which in 0_usize..3, place in any::<prop::sample::Index>(), new in "[A-Za-z0-9+/]{0,44}") {
        let (alices, bobs) = (keys(1), keys(2));
        let identity = bobs.to_public(bob());
        let signed = alices.user_signing.sign_master(alice(), identity.master()).unwrap();
        let phone = bobs.self_signing.sign_device(&device_keys(bob(), "PHONE", 1));
        let mut objects =
            [signed.object().clone(), identity.self_signing().object().clone(), phone.object().clone()];
        let mut all = Vec::new();
        places(&objects[which], &mut Vec::new(), &mut all);
        let before = objects[which].clone();
        change(&mut objects[which], place.get(all.as_slice()).as_slice(), &Value::from(new));
        let changed = matrix_signatures::signing_bytes(&before) != matrix_signatures::signing_bytes(&objects[which]);
        let [master, ssk, device_object] = objects;
        let mut graph = alices_graph(&alices);
        let mut set = KeySet::new(bob());
        for key in [CrossSigningKey::parse(KeyRole::Master, master), CrossSigningKey::parse(KeyRole::SelfSigning, ssk)] {
            let Ok(key) = key else { return Ok(()) };
            let Ok(more) = set.with_key(key) else { return Ok(()) };
            set = more;
        }
        let Ok(changed_device) = DeviceKeys::parse(device_object) else { return Ok(()) };
        let Ok(set) = set.with_device(changed_device) else { return Ok(()) };
        graph.update(set);
        if changed {
            prop_assert!(!graph.is_device_trusted(bob(), device("PHONE")));
        }
    }

    /// Trust depends on the last answer of the server alone, whatever came before.
    #[test]
    fn the_last_set_decides(history in prop::collection::vec((0_u8..3, any::<bool>(), any::<bool>()), 0..6)) {
        let alices = keys(1);
        let mut graph = alices_graph(&alices);
        for (seed, verified, with_device) in history {
            let bobs = keys(2 + seed);
            let mut set = match verified {
                true => bob_verified_by(&alices, &bobs),
                false => KeySet::from_identity(&bobs.to_public(bob())),
            };
            if with_device {
                let phone = device_keys(bob(), "PHONE", 1);
                set = set.with_device(bobs.self_signing.sign_device(&phone)).unwrap();
            }
            let trusted_before = graph.is_device_trusted(bob(), device("PHONE"));
            let changes = graph.update(set);
            prop_assert_eq!(graph.is_user_verified(bob()), verified);
            prop_assert_eq!(graph.is_device_trusted(bob(), device("PHONE")), verified && with_device);
            let said = changes.iter().any(|change| format!("{:?}", change.kind).contains("Trusted"));
            let trusted = graph.is_device_trusted(bob(), device("PHONE"));
            prop_assert_eq!(said, trusted != trusted_before && (trusted || with_device));
        }
    }
}
