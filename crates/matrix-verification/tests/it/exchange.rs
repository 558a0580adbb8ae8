use matrix_canonicaljson::{Object, Value};
use matrix_verification::{
    CancelCode, Flow, Outcome, PartyKeys,
    sas::{EphemeralKey, KeyAgreement, MacMethod, SasOptions},
};

use super::{
    alice, alices_keys, bob, bobs_keys, keys, rng,
    scene::{Fault, Transport, World, check_sent},
};

fn run(transport: Transport) -> World {
    let mut world = World::new(transport);
    world.run(&|_| None);
    world
}

fn content(world: &World, event_type: &str) -> Object {
    let sent = world.sent.iter().find(|(_, outgoing)| outgoing.event_type.ends_with(event_type));
    sent.unwrap().1.content.clone()
}

#[test]
fn msc2366_a_whole_exchange_verifies_both_sides_over_every_transport() {
    for transport in [Transport::ToDevice, Transport::Room, Transport::EncryptedRoom] {
        let world = run(transport);
        assert!(world.both_done(), "{transport:?}: {} {}", world.sides[0].name(), world.sides[1].name());
        for (side, other) in [(0, bobs_keys()), (1, alices_keys())] {
            let verified = world.sides[side].verified().unwrap();
            assert_eq!(verified.device_key(), Some(other.device_key()));
            assert_eq!(verified.master_key(), other.master_key());
            let Some(Flow::Done(done)) = &world.sides[side].flow else { panic!() };
            assert_eq!(done.outcome(), &Outcome::BothDone);
        }
        let request = if transport == Transport::ToDevice { "request" } else { "m.room.message" };
        assert_eq!(world.types(0), [request, "start", "key", "mac", "done"]);
        assert_eq!(world.types(1), ["ready", "accept", "key", "mac", "done"]);
        check_sent(&world);
        assert_eq!(world.sides[0].shown, world.sides[1].shown);
    }
}

#[test]
fn msc2241_messages_carry_the_transaction_or_the_relation() {
    let world = run(Transport::ToDevice);
    assert!(world.sent.iter().all(|(_, sent)| sent.content.get_str("transaction_id") == Some("abc")));
    let world = run(Transport::Room);
    let relation = super::object(r#"{"event_id":"$0","rel_type":"m.reference"}"#);
    for (_, sent) in world.sent.iter().skip(1) {
        assert_eq!(sent.content.get_object("m.relates_to"), Some(&relation));
        assert!(!sent.content.contains_key("transaction_id"));
    }
    let request = &world.sent[0].1.content;
    assert_eq!(
        (request.get_str("msgtype"), request.get_str("to")),
        (Some("m.key.verification.request"), Some("@bob:example.net"))
    );
}

#[test]
fn sas_messages_have_their_required_fields() {
    let world = run(Transport::ToDevice);
    let start = content(&world, "start");
    let list = |field: &str| {
        let items = start.get_array(field).unwrap();
        items.iter().map(|item| item.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(list("key_agreement_protocols"), ["curve25519-hkdf-sha256"]);
    assert_eq!(list("hashes"), ["sha256"]);
    assert_eq!(
        list("message_authentication_codes"),
        ["hkdf-hmac-sha256.v2", "org.matrix.msc3783.hkdf-hmac-sha256", "hkdf-hmac-sha256"]
    );
    assert_eq!(list("short_authentication_string"), ["decimal", "emoji"]);
    assert_eq!((start.get_str("method"), start.get_str("from_device")), (Some("m.sas.v1"), Some("PHONE")));
    let accept = content(&world, "accept");
    assert_eq!(accept.get_str("message_authentication_code"), Some("hkdf-hmac-sha256.v2"));
    assert_eq!(accept.get_str("commitment").unwrap().len(), 43);
    let mac = content(&world, "mac");
    let master = alices_keys().master_key().unwrap().to_base64();
    let mut names = ["ed25519:PHONE".to_owned(), format!("ed25519:{master}")];
    names.sort();
    assert_eq!(mac.get_object("mac").unwrap().keys().collect::<Vec<_>>(), names);
}

#[test]
fn the_best_that_both_know_is_chosen() {
    let old = SasOptions { emoji: false, old_mac: true, old_key_agreement: true };
    let agreed = |change: &dyn Fn(&mut World), fault: &dyn Fn(usize) -> Option<Fault>| {
        let mut world = World::new(Transport::ToDevice);
        change(&mut world);
        world.run(fault);
        (
            world.both_done(),
            world.types(1).contains(&"accept").then(|| content(&world, "accept")),
            world.code(),
        )
    };
    // One side without emoji: numbers.
    let (done, accept, _) = agreed(&|world| world.sides[1].options = old, &|_| None);
    assert!(done);
    assert_eq!(accept.unwrap().get_array("short_authentication_string").unwrap(), [Value::from("decimal")]);
    // Where both know the old as well, the new is chosen.
    let all = SasOptions { emoji: true, old_mac: true, old_key_agreement: true };
    let (done, accept, _) =
        agreed(&|world| world.sides.iter_mut().for_each(|side| side.options = all), &|_| None);
    let accept = accept.unwrap();
    assert!(done);
    assert_eq!(accept.get_str("message_authentication_code"), Some("hkdf-hmac-sha256.v2"));
    assert_eq!(accept.get_str("key_agreement_protocol"), Some("curve25519-hkdf-sha256"));
}

/// Runs with a start message that offers one name alone; the device that has sent it does not know of the change,
/// so the commitment is over another content, which the starter notices.
#[test]
fn a_start_message_changed_on_its_way_breaks_the_commitment() {
    for (place, name) in [("message_authentication_codes", "hkdf-hmac-sha256"), ("hashes", "sha256")] {
        let mut world = World::new(Transport::ToDevice);
        let start_fields =
            ["from_device", "hashes", "key_agreement_protocols", "message_authentication_codes", "method"];
        let number = start_fields.iter().position(|field| *field == place).unwrap();
        let value = Value::Array(vec![name.into(), "extra".into()]);
        world.run(&|message| (message == 2).then(|| Fault::Tamper(number, Some(value.clone()))));
        assert_eq!(world.code().as_deref(), Some("m.mismatched_commitment"));
        assert!(world.sides.iter().all(|side| side.verified().is_none()));
    }
}

#[test]
fn nothing_in_common_is_unknown_method() {
    for field in
        ["key_agreement_protocols", "hashes", "message_authentication_codes", "short_authentication_string"]
    {
        let mut world = World::new(Transport::ToDevice);
        let number = [
            "from_device",
            "hashes",
            "key_agreement_protocols",
            "message_authentication_codes",
            "method",
            "short_authentication_string",
        ]
        .iter()
        .position(|name| *name == field)
        .unwrap();
        let value = Value::Array(vec!["org.example.unknown".into()]);
        world.run(&|message| (message == 2).then(|| Fault::Tamper(number, Some(value.clone()))));
        assert_eq!(world.code().as_deref(), Some("m.unknown_method"), "{field}");
    }
}

#[test]
fn old_peers_are_met_with_the_faulty_mac_and_on_request_the_old_agreement() {
    // Two devices of which one, by hand, offers the old alone.
    for (old_agreement, succeeds) in [(false, false), (true, true)] {
        let options = SasOptions { old_key_agreement: old_agreement, ..SasOptions::default() };
        let outcome = super::direct::old_peer(options, "curve25519", "hkdf-hmac-sha256.v2");
        assert_eq!(outcome.is_some(), succeeds);
    }
    for (old_mac, succeeds) in [(false, false), (true, true)] {
        let options = SasOptions { old_mac, ..SasOptions::default() };
        let agreed = super::direct::old_peer(options, "curve25519-hkdf-sha256", "hkdf-hmac-sha256");
        assert_eq!(agreed.is_some(), succeeds);
        if let Some(agreed) = agreed {
            assert_eq!(agreed.mac, MacMethod::HkdfHmacSha256);
            assert_eq!(agreed.key_agreement, KeyAgreement::Curve25519HkdfSha256);
        }
    }
}

#[test]
fn users_who_see_different_strings_cancel() {
    let mut world = World::new(Transport::ToDevice);
    // The accepter's key is another one on its way: the commitment catches that. The starter's key is not committed
    // to, so the strings differ.
    let other = EphemeralKey::generate(&mut rng(9)).public_key().to_base64();
    world.run(&|message| (message == 4).then(|| Fault::Tamper(0, Some(Value::from(other.as_str())))));
    assert_ne!(world.sides[0].shown, world.sides[1].shown);
    assert_eq!(world.code().as_deref(), Some("m.mismatched_sas"));
    assert!(world.sides.iter().all(|side| matches!(side.flow, Some(Flow::Cancelled(_)))));
    let mut world = World::new(Transport::ToDevice);
    world.run(&|message| (message == 5).then(|| Fault::Tamper(0, Some(Value::from(other.as_str())))));
    assert_eq!(world.code().as_deref(), Some("m.mismatched_commitment"));
}

#[test]
fn keys_that_a_server_has_exchanged_are_not_verified() {
    // Alice's server tells her another device key, or another master key, than Bob's.
    let wrong = keys(&bob(), 7);
    let right = bobs_keys();
    for other in
        [PartyKeys::new(bob(), *wrong.device_key(), right.master_key().copied()).unwrap(), wrong.clone()]
    {
        let mut world = World::new(Transport::ToDevice);
        world.sides[0].other = other;
        world.run(&|_| None);
        assert_eq!(world.code().as_deref(), Some("m.key_mismatch"));
        assert!(world.sides[0].verified().is_none());
    }
    // With another master key alone, Bob's device is verified and the master key is not.
    let mut world = World::new(Transport::ToDevice);
    world.sides[0].other = PartyKeys::new(bob(), *right.device_key(), wrong.master_key().copied()).unwrap();
    world.run(&|_| None);
    let verified = world.sides[0].verified().unwrap();
    assert_eq!((verified.device_key(), verified.master_key()), (Some(right.device_key()), None));
}

#[test]
fn a_device_without_a_trusted_master_key_gives_its_own_key_alone() {
    let mut world = World::new(Transport::ToDevice);
    world.sides[0].own = alices_keys().without_master_key();
    world.run(&|_| None);
    assert!(world.both_done());
    assert_eq!(world.sides[1].verified().unwrap().master_key(), None);
    assert!(world.sides[0].verified().unwrap().master_key().is_some());
}

#[test]
fn macs_that_verify_no_key_are_no_success() {
    let verify = |key_id| {
        let (agreement, mac) = ("curve25519-hkdf-sha256", "hkdf-hmac-sha256.v2");
        super::direct::old_peer_with(SasOptions::default(), agreement, mac, key_id)
    };
    assert!(verify("ed25519:LAPTOP").is_some());
    // The list of keys is right, and none of them is known here.
    assert_eq!(verify("ed25519:OTHER"), None);
}

#[test]
fn msc1756_a_device_called_as_a_key_is_refused() {
    use matrix_verification::Error;
    let master = *alices_keys().master_key().unwrap();
    let party = super::party("@alice:example.org", &master.to_base64());
    let error = PartyKeys::new(party.clone(), *alices_keys().device_key(), Some(master)).unwrap_err();
    assert_eq!(error, Error::DeviceIdIsKey(party.device_id));
    assert_eq!(error.cancel_code(), CancelCode::KeyMismatch);
    assert_eq!(alice().device_id, *"PHONE");
}

#[test]
fn keys_come_from_the_graph_of_cross_signing() {
    use matrix_crosssigning::{CrossSigningKeys, DeviceKeys, KeySet, TrustGraph};
    let bobs = CrossSigningKeys::generate(&mut rng(3)).unwrap();
    let user = super::user("@bob:example.net");
    let device = |id: &str| {
        let key = matrix_signatures::SigningKey::from_seed(id, &[2; 32]).unwrap();
        let mut object = super::object(&format!(
            r#"{{"user_id":"{user}","device_id":"{id}","keys":{{"ed25519:{id}":"{}"}}}}"#,
            key.public_key()
        ));
        matrix_signatures::sign_json(&mut object, user.as_str(), &key).unwrap();
        DeviceKeys::parse(object).unwrap()
    };
    let mut graph = TrustGraph::new(super::user("@alice:example.org"));
    let set = KeySet::from_identity(&bobs.to_public(user)).with_device(device("LAPTOP")).unwrap();
    graph.update(set.clone());
    let keys = PartyKeys::from_graph(&graph, bob()).unwrap();
    assert_eq!(keys.master_key(), Some(&bobs.master.public_key()));
    assert_eq!(keys.device_key(), bobs_keys().device_key());
    assert_eq!(PartyKeys::from_graph(&graph, alice()).unwrap_err().kind(), "keys");
    assert_eq!(
        PartyKeys::from_graph(&graph, super::party("@bob:example.net", "X")).unwrap_err().kind(),
        "keys"
    );
    // Any device of the user that is called as a key forbids the verification.
    let name = bobs.self_signing.public_key().to_base64();
    graph.update(set.with_device(device(&name)).unwrap());
    assert_eq!(PartyKeys::from_graph(&graph, bob()).unwrap_err().kind(), "device_id_is_key");
}
