//! Behaviour of keys, trust and uploads through the public names of the crate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod changes;
mod fallback_keys;
mod keys;
mod migration;
mod olm_session;
mod properties;
mod signatures_upload;
mod trust;
mod upload;
mod vectors;
mod visibility;

use matrix_canonicaljson::{Mode, Object};
use matrix_crosssigning::{CrossSigningKeys, DeviceKeys, KeySet, TrustGraph};
use matrix_identifiers::{DeviceId, UserId};
use matrix_signatures::{SigningKey, sign_json};
use rand::{SeedableRng as _, rngs::StdRng};

fn rng(seed: u8) -> StdRng {
    StdRng::from_seed([seed; 32])
}

fn keys(seed: u8) -> CrossSigningKeys {
    CrossSigningKeys::generate(&mut rng(seed)).unwrap()
}

fn alice() -> &'static UserId {
    UserId::parse("@alice:example.org").unwrap()
}

fn bob() -> &'static UserId {
    UserId::parse("@bob:example.net").unwrap()
}

fn device(id: &str) -> &DeviceId {
    DeviceId::parse(id).unwrap()
}

fn object(json: &str) -> Object {
    Object::parse(json.as_bytes(), Mode::Lenient).unwrap()
}

/// The secret key of a device.
fn device_key(id: &str, fill: u8) -> SigningKey {
    SigningKey::from_seed(id, &[fill; 32]).unwrap()
}

/// A device with a key of that seed, signed by itself.
fn device_keys(user: &UserId, id: &str, fill: u8) -> DeviceKeys {
    let key = device_key(id, fill);
    let mut object = object(&format!(
        r#"{{"user_id":"{user}","device_id":"{id}","algorithms":["m.olm.v1.curve25519-aes-sha2"],
            "keys":{{"curve25519:{id}":"F4uCNNlcbRvc7CfBz95ZGWBvY1ALniG1J8+6rhVoKS0","ed25519:{id}":"{}"}}}}"#,
        key.public_key()
    ));
    sign_json(&mut object, user.as_str(), &key).unwrap();
    DeviceKeys::parse(object).unwrap()
}

/// Alice's graph after she trusts her own keys.
fn alices_graph(keys: &CrossSigningKeys) -> TrustGraph {
    let mut graph = TrustGraph::new(alice());
    graph.update(KeySet::from_identity(&keys.to_public(alice())));
    graph.trust_own_master_key(&keys.master.public_key()).unwrap();
    graph
}

/// Bob's keys with Alice's signature of his master key.
fn bob_verified_by(alices: &CrossSigningKeys, bobs: &CrossSigningKeys) -> KeySet {
    let identity = bobs.to_public(bob());
    let signed = alices.user_signing.sign_master(alice(), identity.master()).unwrap();
    KeySet::from_identity(&identity).with_key(signed).unwrap()
}
