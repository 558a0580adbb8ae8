//! Behaviour of hashes, signatures and keys through the public names of the crate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[cfg(feature = "batch")]
mod batch;
mod bytes;
mod ed25519;
mod event;
mod format;
mod json;
mod key_query;
mod key_ring;
mod properties;
mod required;
mod server_keys;
mod signing_key;
mod synapse_rooms;
mod verify;

use matrix_canonicaljson::{Mode, Object};
use matrix_identifiers::ServerName;
use matrix_roomversion::{RoomVersion, RoomVersionRules};
use matrix_signatures::{KeyRing, SigningKey, VerifyKey};

/// The seed of the specification's test vectors; its last character has a spare bit set.
const SEED_LINE: &str = "ed25519 1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1";

const NOW_MS: i64 = 1_750_000_000_000;

fn spec_key() -> SigningKey {
    SEED_LINE.parse().unwrap()
}

fn key(version: &str, fill: u8) -> SigningKey {
    SigningKey::from_seed(version, &[fill; 32]).unwrap()
}

fn server(name: &str) -> &ServerName {
    ServerName::parse(name).unwrap()
}

fn object(json: &str) -> Object {
    Object::parse(json.as_bytes(), Mode::Lenient).unwrap()
}

fn rules(version: &str) -> &'static RoomVersionRules {
    RoomVersion::try_from(version).unwrap().rules()
}

/// A ring in which each key is good for another hour.
fn ring(keys: &[(&str, &SigningKey)]) -> KeyRing {
    let mut ring = KeyRing::new();
    for (name, key) in keys {
        let valid_until_ts = Some(NOW_MS + 3_600_000);
        let entry = VerifyKey { key: key.public_key(), valid_until_ts, expired_ts: None };
        ring.insert(server(name), key.key_id(), entry);
    }
    ring
}

/// A JSON file of `tests/data`.
fn data(file: &str) -> serde_json::Value {
    serde_json::from_str(&text(file)).unwrap()
}

/// A file of `tests/data`.
fn text(file: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/data/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}
