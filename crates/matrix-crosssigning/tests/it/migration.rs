use matrix_crosssigning::{KeySet, Migration, sign_master_key_with_device};

use super::{alices_graph, bob, bob_verified_by, device, device_key, device_keys, keys};

fn set(bobs: &matrix_crosssigning::CrossSigningKeys, signer: u8) -> KeySet {
    let identity = bobs.to_public(bob());
    let signed =
        sign_master_key_with_device(identity.master(), device("PHONE"), &device_key("PHONE", signer))
            .unwrap();
    KeySet::from_identity(&identity)
        .with_key(signed)
        .unwrap()
        .with_device(device_keys(bob(), "PHONE", 1))
        .unwrap()
}

#[test]
fn msc1756_a_verified_device_vouches_for_the_first_master_key_alone() {
    let (alices, bobs, stolen) = (keys(1), keys(2), keys(3));
    let phone = device_keys(bob(), "PHONE", 1);
    let mut graph = alices_graph(&alices);
    graph.update(set(&bobs, 1));
    assert_eq!(graph.migration(bob()), None, "the device is not verified");
    graph.mark_device_verified(bob(), device("PHONE"), phone.ed25519()).unwrap();
    assert_eq!(graph.migration(bob()), Some(Migration::Sign(device("PHONE").to_owned())));
    graph.update(set(&bobs, 2));
    assert_eq!(graph.migration(bob()), None, "signed by another key than the device's");
    graph.update(bob_verified_by(&alices, &bobs));
    assert_eq!(graph.migration(bob()), None, "verified already");
    // Whoever steals the phone can sign a master key with it, but not unasked.
    graph.update(set(&stolen, 1));
    assert_eq!(graph.migration(bob()), Some(Migration::Ask(device("PHONE").to_owned())));
}
