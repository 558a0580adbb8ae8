//! Descriptions of keys, and account data as a whole.

use std::collections::BTreeMap;

use matrix_canonicaljson::{Mode, Object, Value};
use matrix_ssss::{
    Error, Iv, KeyCheckResult, KeyDescription, KeyId, Limits, PassphraseInfo, Secret, SecretStorage,
    SecretStorageKey, names,
};

/// Small, so that an input is worked off quickly.
const LIMITS: Limits = Limits { max_iterations: 50, max_bits: 1024 };

/// Reads an object as a description and as a map of account data.
pub fn run(data: &[u8]) {
    let Ok(object) = Object::parse(data, Mode::Lenient) else { return };
    let key = SecretStorageKey::from_bytes(&[7; 32]).expect("a key");
    describe(&object, &key);
    if let Some(passphrase) = object.get_object("passphrase") {
        derive(passphrase);
    }
    let contents = object.into_iter().filter_map(|(name, content)| match content {
        Value::Object(content) => Some((name, content)),
        _ => None,
    });
    store(&contents.collect(), &key);
}

fn describe(object: &Object, key: &SecretStorageKey) {
    let Ok(description) = KeyDescription::from_object(object) else { return };
    assert_eq!(KeyDescription::from_object(description.content()).as_ref(), Ok(&description));
    let answer = description.check(key).expect("an answer");
    assert_eq!(answer == KeyCheckResult::Unknown, description.key_check().is_none());
    if let Some(check) = description.key_check() {
        let sound = key.key_check(check.iv).expect("a check");
        assert_eq!(answer == KeyCheckResult::Match, sound == *check);
        assert_eq!(key.check(Some(&sound)), Ok(KeyCheckResult::Match));
    }
    if let Ok(Some(info)) = description.passphrase() {
        derive(&info.to_object().expect("numbers that were read"));
    }
}

fn derive(passphrase: &Object) {
    let Ok(info) = PassphraseInfo::from_object(passphrase) else { return };
    match info.derive("swordfish", &LIMITS) {
        Ok(key) => {
            assert!((1..=50).contains(&info.iterations));
            assert_eq!(i64::try_from(key.as_bytes().len() * 8).ok(), Some(info.bits.unwrap_or(256)));
        }
        Err(error) => {
            assert!(
                matches!(error, Error::IterationsOutOfRange { .. } | Error::BitsOutOfRange { .. }),
                "{error}"
            );
        }
    }
}

fn store(account_data: &BTreeMap<String, Object>, key: &SecretStorageKey) {
    let storage = SecretStorage::new(account_data);
    _ = (storage.default_key(), storage.removed_forms());
    for (id, description) in storage.keys() {
        let is_there = account_data.contains_key(&id.event_type());
        assert!(is_there && !matches!(description, Err(Error::UnknownKey(_))));
    }
    for name in storage.secret_names() {
        for id in storage.keys_for(&name).unwrap_or_default() {
            assert!(storage.key(&id).is_ok() && storage.encrypted(&name, &id).is_ok());
            _ = storage.open(&name, &id, key);
        }
    }
    // A new key fits in, and what it encrypts opens.
    let (id, iv) = (KeyId::new("fuzzed").expect("an ID"), Iv::from_random([1; 16]));
    let description = KeyDescription::new(key, iv).expect("a description");
    let Ok(event) = storage.add_key(&id, &description) else { return };
    let mut account_data = account_data.clone();
    account_data.insert(event.event_type, event.content);
    let secret = Secret::new("swordfish");
    let event = SecretStorage::new(&account_data)
        .store_with_ivs(names::MASTER_KEY, &secret, &[(&id, key, iv)])
        .expect("it is stored");
    account_data.insert(event.event_type, event.content);
    assert_eq!(SecretStorage::new(&account_data).open(names::MASTER_KEY, &id, key), Ok(secret));
}
