use matrix_canonicaljson::Object;
use matrix_crosssigning::{
    CheckedSignatures, KeySet, SignedKeys, TrustGraph, check_signatures_upload, sign_master_key_with_device,
};

use super::{alice, bob, device, device_key, device_keys, keys, object};

/// A server that knows Alice with a phone, and Bob.
fn server() -> TrustGraph {
    let mut graph = TrustGraph::new(alice());
    let alices = KeySet::from_identity(&keys(1).to_public(alice()));
    graph.update(alices.with_device(device_keys(alice(), "PHONE", 1)).unwrap());
    let bobs = KeySet::from_identity(&keys(2).to_public(bob()));
    graph.update(bobs.with_device(device_keys(bob(), "LAPTOP", 2)).unwrap());
    graph
}

fn check(body: &Object) -> CheckedSignatures {
    let server = server();
    check_signatures_upload(alice(), body, |user_id| server.user(user_id)).unwrap()
}

#[test]
fn msc1756_the_three_kinds_of_signatures_are_taken() {
    let alices = keys(1);
    let phone = alices.self_signing.sign_device(&device_keys(alice(), "PHONE", 1));
    let master = alices.master.to_public(alice());
    let own = sign_master_key_with_device(&master, device("PHONE"), &device_key("PHONE", 1)).unwrap();
    let theirs = alices.user_signing.sign_master(alice(), keys(2).to_public(bob()).master()).unwrap();
    let body = SignedKeys::new().with_device(&phone).with_master_key(&own).with_master_key(&theirs).to_body();
    let checked = check(&body);
    assert_eq!(checked.refused, []);
    assert!(checked.failures().is_empty());
    let mut by: Vec<(&str, &str)> =
        checked.accepted.iter().map(|new| (new.user_id.as_str(), new.signing_key_id.as_str())).collect();
    by.sort_unstable();
    assert_eq!(
        by,
        [
            ("@alice:example.org", "ed25519:PHONE"),
            ("@alice:example.org", alices.self_signing.key_id()),
            ("@bob:example.net", alices.user_signing.key_id()),
        ]
    );
    // What is accepted makes the stored object the signed one.
    let new = checked.accepted.iter().find(|new| new.user_id == *bob()).unwrap();
    let mut stored = keys(2).to_public(bob()).master().object().clone();
    new.add_to(alice(), &mut stored);
    assert_eq!(&stored, theirs.object());
}

#[test]
fn msc1756_what_fails_is_listed_and_the_rest_is_taken() {
    let alices = keys(1);
    let phone = alices.self_signing.sign_device(&device_keys(alice(), "PHONE", 1));
    let wrong = keys(9).user_signing.sign_master(alice(), keys(2).to_public(bob()).master()).unwrap();
    let foreign = keys(2).self_signing.sign_device(&device_keys(bob(), "LAPTOP", 2));
    let unknown = alices.self_signing.sign_device(&device_keys(alice(), "GONE", 3));
    let unsigned = alices.master.to_public(alice());
    let body = SignedKeys::new()
        .with_device(&phone)
        .with_device(&foreign)
        .with_device(&unknown)
        .with_master_key(&wrong)
        .with_master_key(&unsigned)
        .to_body();
    let checked = check(&body);
    assert_eq!(checked.accepted.len(), 1);
    let failures = checked.failures();
    let code = |user: &str, key: &str| {
        failures.get_object(user).unwrap().get_object(key).unwrap().get_str("errcode").unwrap().to_owned()
    };
    assert_eq!(failures.get_object("@alice:example.org").unwrap().len(), 2);
    assert_eq!(code("@alice:example.org", "GONE"), "M_NOT_FOUND");
    assert_eq!(code("@alice:example.org", &alices.master.public_key().to_base64()), "M_INVALID_SIGNATURE");
    assert_eq!(code("@bob:example.net", "LAPTOP"), "M_INVALID_PARAM");
    assert_eq!(code("@bob:example.net", &keys(2).master.public_key().to_base64()), "M_INVALID_SIGNATURE");
}

#[test]
fn msc1756_a_signed_object_is_the_stored_one() {
    let alices = keys(1);
    let mut changed = device_keys(alice(), "PHONE", 1).into_object();
    changed.insert("algorithms", "others");
    let changed = matrix_crosssigning::DeviceKeys::parse(changed).unwrap();
    let checked = check(&SignedKeys::new().with_device(&alices.self_signing.sign_device(&changed)).to_body());
    assert_eq!(checked.refused[0].2.kind(), "object_mismatch");
    // `unsigned` is no difference.
    let mut named = device_keys(alice(), "PHONE", 1).into_object();
    named.insert("unsigned", object(r#"{"device_display_name":"Phone"}"#));
    let named = matrix_crosssigning::DeviceKeys::parse(named).unwrap();
    let checked = check(&SignedKeys::new().with_device(&alices.self_signing.sign_device(&named)).to_body());
    assert_eq!(checked.refused, []);
}

#[test]
fn msc1756_own_master_keys_are_signed_by_known_devices_alone() {
    let master = keys(1).master.to_public(alice());
    let stranger =
        sign_master_key_with_device(&master, device("STRANGER"), &device_key("STRANGER", 8)).unwrap();
    let both = sign_master_key_with_device(&stranger, device("PHONE"), &device_key("PHONE", 1)).unwrap();
    let wrong_key = sign_master_key_with_device(&master, device("PHONE"), &device_key("PHONE", 7)).unwrap();
    for key in [stranger, both, wrong_key] {
        let checked = check(&SignedKeys::new().with_master_key(&key).to_body());
        assert_eq!(checked.accepted, []);
        assert_eq!(checked.refused[0].2.errcode(), "M_INVALID_SIGNATURE");
    }
}

#[test]
fn malformed_bodies_are_refused_whole_and_malformed_objects_by_themselves() {
    let server = server();
    let kind = |json: &str| {
        check_signatures_upload(alice(), &object(json), |user_id| server.user(user_id))
            .map_err(|error| error.kind())
    };
    assert_eq!(kind(r#"{"alice":{}}"#), Err("invalid_identifier"));
    assert_eq!(kind(r#"{"@alice:example.org":[]}"#), Err("invalid_field"));
    let checked = kind(r#"{"@alice:example.org":{"PHONE":1},"@carol:c":{"X":{}}}"#).unwrap();
    let codes: Vec<_> = checked.refused.iter().map(|(_, _, error)| error.errcode()).collect();
    assert_eq!(codes, ["M_INVALID_PARAM", "M_NOT_FOUND"]);
}
