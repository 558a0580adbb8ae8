use matrix_canonicaljson::Object;
use matrix_crosssigning::{Change, ChangeKind, DeviceTrust, KeyRole, KeySet};

use super::{alice, alices_graph, bob, bob_verified_by, device, device_keys, keys};

fn kinds(changes: &[Change]) -> Vec<String> {
    changes
        .iter()
        .map(|change| {
            let shown = format!("{:?}", change.kind);
            shown.split(['(', ' ']).next().unwrap().to_owned()
        })
        .collect()
}

#[test]
fn msc1756_a_changed_master_key_must_be_told_and_acknowledged() {
    let (alices, bobs, others) = (keys(1), keys(2), keys(3));
    let mut graph = alices_graph(&alices);
    let first = graph.update(bob_verified_by(&alices, &bobs));
    assert_eq!(kinds(&first), ["MasterKeyFirstSeen", "KeyReplaced", "KeyReplaced", "UserVerified"]);
    assert!(!first.iter().any(Change::must_be_told));
    assert_eq!(graph.update(bob_verified_by(&alices, &bobs)), []);

    let changes = graph.update(KeySet::from_identity(&others.to_public(bob())));
    let (from, to) = (bobs.master.public_key(), others.master.public_key());
    assert!(changes.iter().any(|change| change.kind == ChangeKind::MasterKeyChanged { from, to }));
    assert_eq!(kinds(&changes), ["MasterKeyChanged", "KeyReplaced", "KeyReplaced", "UserNotVerified"]);
    let told: Vec<bool> = changes.iter().map(Change::must_be_told).collect();
    assert_eq!(told, [true, false, false, true]);
    assert_eq!(graph.check_may_verify(bob()).unwrap_err().kind(), "master_key_changed");
    // It stays a change until somebody has been told, whatever else comes.
    graph.update(KeySet::from_identity(&others.to_public(bob())));
    assert!(graph.check_may_verify(bob()).is_err());
    graph.acknowledge_master_key(bob());
    assert_eq!(graph.check_may_verify(bob()), Ok(()));
}

#[test]
fn msc1756_a_master_key_that_was_away_is_not_a_new_one() {
    let (alices, bobs, others) = (keys(1), keys(2), keys(3));
    let mut graph = alices_graph(&alices);
    graph.update(KeySet::from_identity(&bobs.to_public(bob())));
    let gone = graph.update(KeySet::new(bob()));
    assert_eq!(kinds(&gone), ["KeyRemoved", "KeyRemoved", "KeyRemoved"]);
    assert_eq!(graph.check_user(bob()).unwrap_err().kind(), "missing_key");
    let back = graph.update(KeySet::from_identity(&others.to_public(bob())));
    assert_eq!(kinds(&back)[0], "MasterKeyChanged");
}

#[test]
fn msc1756_a_reissued_self_signing_key_drops_the_devices_it_has_not_signed() {
    let (alices, bobs) = (keys(1), keys(2));
    let mut graph = alices_graph(&alices);
    let phone = bobs.self_signing.sign_device(&device_keys(bob(), "PHONE", 1));
    graph.update(bob_verified_by(&alices, &bobs).with_device(phone.clone()).unwrap());
    let reissued = bobs.master.sign_self_signing(bob(), &keys(9).self_signing);
    let set = bob_verified_by(&alices, &bobs).with_key(reissued).unwrap().with_device(phone.clone()).unwrap();
    let changes = graph.update(set);
    assert_eq!(
        changes.into_iter().map(|change| change.kind).collect::<Vec<_>>(),
        [
            ChangeKind::KeyReplaced(KeyRole::SelfSigning),
            ChangeKind::DeviceNotTrusted(device("PHONE").to_owned())
        ]
    );
    // A device that goes away is no trust lost.
    graph.update(bob_verified_by(&alices, &bobs).with_device(phone).unwrap());
    let changes = graph.update(bob_verified_by(&alices, &bobs));
    assert_eq!(kinds(&changes), ["DeviceRemoved"]);
}

#[test]
fn msc1756_own_new_keys_change_whom_one_has_verified() {
    let (alices, bobs) = (keys(1), keys(2));
    let mut graph = alices_graph(&alices);
    graph.update(bob_verified_by(&alices, &bobs));
    let changes = graph.update(KeySet::from_identity(&keys(5).to_public(alice())));
    let lost: Vec<_> = changes
        .iter()
        .filter(|change| change.kind == ChangeKind::UserNotVerified)
        .map(|change| change.user_id.as_str())
        .collect();
    assert_eq!(lost, ["@alice:example.org", "@bob:example.net"]);
    assert_eq!(
        graph.trust_own_master_key(&alices.master.public_key()).unwrap_err().kind(),
        "master_key_changed"
    );
    let gained = graph.trust_own_master_key(&keys(5).master.public_key()).unwrap();
    assert_eq!(kinds(&gained), ["UserVerified"]);
}

#[test]
fn devices_must_sign_themselves_and_keep_their_key() {
    let (alices, bobs) = (keys(1), keys(2));
    let mut graph = alices_graph(&alices);
    let phone = device_keys(bob(), "PHONE", 1);
    let added = graph.update(bob_verified_by(&alices, &bobs).with_device(phone.clone()).unwrap());
    assert!(kinds(&added).contains(&"DeviceAdded".to_owned()));
    let other = device_keys(bob(), "PHONE", 2);
    let changes = graph.update(bob_verified_by(&alices, &bobs).with_device(other.clone()).unwrap());
    assert_eq!(kinds(&changes), ["Refused"]);
    assert_eq!(graph.user(bob()).unwrap().device(device("PHONE")), Some(&phone));
    let mut unsigned = phone.object().clone();
    unsigned.remove("signatures");
    let unsigned = matrix_crosssigning::DeviceKeys::parse(unsigned).unwrap();
    let changes = graph.update(bob_verified_by(&alices, &bobs).with_device(unsigned).unwrap());
    assert_eq!(kinds(&changes), ["Refused", "DeviceRemoved"]);
    // Gone and back with another key is only noticed of a device that was verified.
    graph.update(bob_verified_by(&alices, &bobs).with_device(phone.clone()).unwrap());
    let verified = graph.mark_device_verified(bob(), device("PHONE"), phone.ed25519()).unwrap();
    assert_eq!(kinds(&verified), ["DeviceTrusted"]);
    assert_eq!(graph.check_device(bob(), device("PHONE")), Ok(DeviceTrust::Verified));
    graph.update(bob_verified_by(&alices, &bobs));
    let changes = graph.update(bob_verified_by(&alices, &bobs).with_device(other).unwrap());
    assert_eq!(kinds(&changes), ["Refused"]);
    assert!(graph.user(bob()).unwrap().device(device("PHONE")).is_none());
}

#[test]
fn msc1756_a_device_named_as_a_key_is_refused_and_its_user_not_verified() {
    let (alices, bobs) = (keys(1), keys(2));
    let mut graph = alices_graph(&alices);
    let name = bobs.self_signing.public_key().to_base64();
    let changes =
        graph.update(bob_verified_by(&alices, &bobs).with_device(device_keys(bob(), &name, 1)).unwrap());
    let refused = changes.iter().find(|change| matches!(change.kind, ChangeKind::Refused { .. })).unwrap();
    assert!(refused.must_be_told());
    assert_eq!(graph.check_may_verify(bob()).unwrap_err().kind(), "device_id_is_key");
    assert_eq!(graph.user(bob()).unwrap().colliding_device().unwrap(), device(&name));
    assert_eq!(graph.user(bob()).unwrap().devices().count(), 0);
    graph.update(bob_verified_by(&alices, &bobs));
    assert_eq!(graph.check_may_verify(bob()), Ok(()));
    // Also one whose keys cannot be read.
    let of_bob = |value: Object| Object::from([("@bob:example.net", value)]);
    let mut response = Object::from([("device_keys", of_bob(Object::from([(name.as_str(), 7)])))]);
    for (name, key) in bobs.to_public(bob()).upload_body() {
        response.insert(format!("{name}s"), of_bob(key.into_object().unwrap()));
    }
    let changes = graph.update(KeySet::from_query(bob(), &response).unwrap());
    assert!(changes.iter().any(Change::must_be_told), "{changes:?}");
    assert_eq!(graph.check_may_verify(bob()).unwrap_err().kind(), "device_id_is_key");
}

#[test]
fn a_device_is_verified_with_the_key_that_it_has() {
    let (alices, bobs) = (keys(1), keys(2));
    let mut graph = alices_graph(&alices);
    graph.update(bob_verified_by(&alices, &bobs).with_device(device_keys(bob(), "PHONE", 1)).unwrap());
    let other = *device_keys(bob(), "PHONE", 2).ed25519();
    let mut mark = |id: &str| graph.mark_device_verified(bob(), device(id), &other).unwrap_err().kind();
    assert_eq!(mark("PHONE"), "device_key_changed");
    assert_eq!(mark("NONE"), "unknown_device");
}
