//! Behaviour of secret storage and sharing through the public names of the crate.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod answering;
mod asking;
mod dependencies;
mod key_description;
mod passphrase;
mod properties;
mod random;
mod recovery_key;
mod secrecy;
mod secret_storage;
mod vectors;

use std::collections::BTreeMap;

use matrix_canonicaljson::{Mode, Object};
use matrix_ssss::{AccountDataEvent, Iv, KeyDescription, KeyId, Secret, SecretStorage, SecretStorageKey};

fn object(json: &str) -> Object {
    Object::parse(json.as_bytes(), Mode::Strict).unwrap()
}

fn key(fill: u8) -> SecretStorageKey {
    SecretStorageKey::from_bytes(&[fill; 32]).unwrap()
}

fn id(text: &str) -> KeyId {
    KeyId::new(text).unwrap()
}

fn iv(fill: u8) -> Iv {
    Iv::from_random([fill; 16])
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// A user's account data, written as the crate says.
#[derive(Default)]
struct Account(BTreeMap<String, Object>);

impl Account {
    fn put(&mut self, event: AccountDataEvent) {
        self.0.insert(event.event_type, event.content);
    }

    fn set(&mut self, event_type: &str, json: &str) {
        self.0.insert(event_type.to_owned(), object(json));
    }

    fn storage(&self) -> SecretStorage<&BTreeMap<String, Object>> {
        SecretStorage::new(&self.0)
    }

    /// Two keys, `home` (the default) and `work`, and a secret `m.test` that the first opens.
    fn with_keys() -> Self {
        let mut account = Self::default();
        for (name, fill) in [("home", 1), ("work", 2)] {
            let description = KeyDescription::new(&key(fill), iv(fill)).unwrap();
            account.put(account.storage().add_key(&id(name), &description).unwrap());
        }
        account.put(account.storage().set_default_key(&id("home")).unwrap());
        let keys = [(&id("home"), &key(1), iv(9))];
        account.put(account.storage().store_with_ivs("m.test", &Secret::new("swordfish"), &keys).unwrap());
        account
    }
}

/// A JSON file of `tests/data`.
fn data(file: &str) -> serde_json::Value {
    let path = format!("{}/tests/data/{file}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}
