use matrix_canonicaljson::Object;
use matrix_crosssigning::{CrossSigningKey, DeviceTrust, Error, KeyRole, KeySet, Link, TrustGraph};

use super::{alice, alices_graph, bob, bob_verified_by, device, device_keys, keys};

fn link(error: Error) -> Link {
    match error {
        Error::BrokenLink { link, .. } => link,
        other => panic!("{other}"),
    }
}

#[test]
fn msc1756_a_device_is_trusted_along_five_keys() {
    let (alices, bobs) = (keys(1), keys(2));
    let phone = bobs.self_signing.sign_device(&device_keys(bob(), "PHONE", 1));
    let mut graph = alices_graph(&alices);
    graph.update(bob_verified_by(&alices, &bobs).with_device(phone).unwrap());
    assert_eq!(graph.check_user(bob()), Ok(()));
    assert_eq!(graph.check_device(bob(), device("PHONE")), Ok(DeviceTrust::CrossSigned));
    assert_eq!(graph.check_device(bob(), device("OTHER")).unwrap_err().kind(), "unknown_device");
    let carol = matrix_identifiers::UserId::parse("@carol:c").unwrap();
    assert_eq!(graph.check_device(carol, device("PHONE")).unwrap_err().kind(), "unknown_user");
}

#[test]
fn msc1756_each_missing_link_is_named() {
    let (alices, bobs, others) = (keys(1), keys(2), keys(3));
    let phone = device_keys(bob(), "PHONE", 1);
    let signed_phone = bobs.self_signing.sign_device(&phone);
    let device_error = |graph: &TrustGraph| graph.check_device(bob(), device("PHONE")).unwrap_err();

    // The own master key is not trusted, or is another one meanwhile.
    let mut graph = TrustGraph::new(alice());
    graph.update(KeySet::from_identity(&alices.to_public(alice())));
    graph.update(bob_verified_by(&alices, &bobs).with_device(signed_phone.clone()).unwrap());
    assert_eq!(device_error(&graph), Error::OwnMasterKeyUntrusted);
    graph.trust_own_master_key(&alices.master.public_key()).unwrap();
    assert!(graph.is_device_trusted(bob(), device("PHONE")));
    graph.update(KeySet::from_identity(&others.to_public(alice())));
    assert_eq!(device_error(&graph), Error::OwnMasterKeyUntrusted);

    // Without an own user-signing key nobody is verified.
    let mut graph = TrustGraph::new(alice());
    let own = alices.to_public(alice());
    graph.update(KeySet::new(alice()).with_key(own.master().clone()).unwrap());
    graph.trust_own_master_key(&alices.master.public_key()).unwrap();
    graph.update(bob_verified_by(&alices, &bobs).with_device(signed_phone.clone()).unwrap());
    assert_eq!(
        device_error(&graph),
        Error::MissingKey { user_id: alice().to_owned(), role: KeyRole::UserSigning }
    );

    // The user-signing key has not signed Bob's master key, or another's has.
    let mut graph = alices_graph(&alices);
    graph.update(KeySet::from_identity(&bobs.to_public(bob())).with_device(signed_phone.clone()).unwrap());
    assert_eq!(link(device_error(&graph)), Link::UserSigningToMaster);
    graph.update(bob_verified_by(&others, &bobs).with_device(signed_phone.clone()).unwrap());
    assert_eq!(link(device_error(&graph)), Link::UserSigningToMaster);

    // Bob's master key has not signed the self-signing key.
    let foreign = CrossSigningKey::new(bob(), KeyRole::SelfSigning, bobs.self_signing.public_key());
    let set = bob_verified_by(&alices, &bobs).with_key(foreign).unwrap();
    let changes = graph.update(set.with_device(signed_phone).unwrap());
    let refused = changes.iter().find_map(|change| match &change.kind {
        matrix_crosssigning::ChangeKind::Refused { error, .. } => Some(error.clone()),
        _ => None,
    });
    assert_eq!(link(refused.unwrap()), Link::MasterToSelfSigning);
    assert_eq!(
        device_error(&graph),
        Error::MissingKey { user_id: bob().to_owned(), role: KeyRole::SelfSigning }
    );

    // The self-signing key has not signed the device.
    graph.update(bob_verified_by(&alices, &bobs).with_device(phone).unwrap());
    assert_eq!(link(device_error(&graph)), Link::SelfSigningToDevice);
    assert!(graph.is_user_verified(bob()));
}

#[test]
fn msc1756_own_devices_need_no_user_signing_key() {
    let alices = keys(1);
    let mut graph = alices_graph(&alices);
    let own = alices.to_public(alice());
    let laptop = alices.self_signing.sign_device(&device_keys(alice(), "LAPTOP", 1));
    let stranger = device_keys(alice(), "STRANGER", 2);
    let set = KeySet::from_identity(&own).with_device(laptop).unwrap().with_device(stranger).unwrap();
    graph.update(set);
    assert_eq!(graph.check_device(alice(), device("LAPTOP")), Ok(DeviceTrust::CrossSigned));
    assert_eq!(link(graph.check_device(alice(), device("STRANGER")).unwrap_err()), Link::SelfSigningToDevice);
}

#[test]
fn msc1756_signatures_under_a_devices_name_are_not_a_keys() {
    // Alice's device is called as Bob's user-signing key would be: its signature is another key's.
    let (alices, bobs) = (keys(1), keys(2));
    let public = alices.user_signing.public_key().to_base64();
    let device = super::device_key(&public, 9);
    let mut forged = bobs.to_public(bob()).master().object().clone();
    matrix_signatures::sign_json(&mut forged, alice().as_str(), &device).unwrap();
    let forged = CrossSigningKey::parse(KeyRole::Master, forged).unwrap();
    let mut graph = alices_graph(&alices);
    graph.update(KeySet::from_identity(&bobs.to_public(bob())).with_key(forged).unwrap());
    assert_eq!(link(graph.check_user(bob()).unwrap_err()), Link::UserSigningToMaster);
}

#[test]
fn a_query_is_read_and_what_is_wrong_in_it_is_reported() {
    let (alices, bobs) = (keys(1), keys(2));
    let identity = bobs.to_public(bob());
    let signed = alices.user_signing.sign_master(alice(), identity.master()).unwrap();
    let of_bob = |value: Object| Object::from([("@bob:example.net", value)]);
    let phone = bobs.self_signing.sign_device(&device_keys(bob(), "PHONE", 1));
    let mut devices = Object::from([("PHONE", phone.object().clone())]);
    devices.insert("WRONG", phone.object().clone());
    devices.insert("FOREIGN", device_keys(alice(), "FOREIGN", 2).into_object());
    devices.insert("BROKEN", 7);
    let mut response = Object::new();
    response.insert("master_keys", of_bob(signed.into_object()));
    response.insert("self_signing_keys", of_bob(identity.self_signing().object().clone()));
    response.insert("user_signing_keys", of_bob(super::object(r#"{"user_id":"@bob:example.net"}"#)));
    response.insert("device_keys", of_bob(devices));
    let mut graph = alices_graph(&alices);
    let changes = graph.update(KeySet::from_query(bob(), &response).unwrap());
    assert!(graph.is_device_trusted(bob(), device("PHONE")));
    let refused: Vec<_> = changes
        .iter()
        .filter_map(|change| match &change.kind {
            matrix_crosssigning::ChangeKind::Refused { what, error } => Some((what.as_str(), error.kind())),
            _ => None,
        })
        .collect();
    assert_eq!(
        refused,
        [
            ("user-signing key", "missing_field"),
            (r#"device "BROKEN""#, "invalid_field"),
            (r#"device "FOREIGN""#, "wrong_user"),
            (r#"device "WRONG""#, "wrong_device"),
        ]
    );
    response.insert("device_keys", 5);
    assert_eq!(KeySet::from_query(bob(), &response).unwrap_err().kind(), "invalid_field");
}

#[test]
fn a_graph_survives_storage() {
    let (alices, bobs) = (keys(1), keys(2));
    let mut graph = alices_graph(&alices);
    let phone = bobs.self_signing.sign_device(&device_keys(bob(), "PHONE", 1));
    graph.update(bob_verified_by(&alices, &bobs).with_device(phone.clone()).unwrap());
    graph.mark_device_verified(bob(), device("PHONE"), phone.ed25519()).unwrap();
    graph.update(KeySet::from_identity(&keys(3).to_public(bob())));
    let text = graph.to_object().to_canonical();
    let read = Object::parse(&text, matrix_canonicaljson::Mode::Strict).unwrap();
    assert_eq!(TrustGraph::from_object(&read), Ok(graph));
    assert_eq!(TrustGraph::from_object(&Object::new()).unwrap_err().kind(), "missing_field");
}
