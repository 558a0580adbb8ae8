use matrix_canonicaljson::Object;
use matrix_ssss::{Error, RemovedForm, Secret, SecretStorage, names};

use super::{Account, id, iv, key, object};

const REMOVED_KEY: &str = r#"{"algorithm":"m.secret_storage.v1.curve25519-aes-sha2","pubkey":"abc"}"#;

#[test]
fn names_are_those_of_the_specification() {
    assert_eq!(
        names::SECRETS,
        [
            "m.cross_signing.master",
            "m.cross_signing.self_signing",
            "m.cross_signing.user_signing",
            "m.megolm_backup.v1"
        ]
    );
    assert_eq!(id("abc").event_type(), "m.secret_storage.key.abc");
}

#[test]
fn the_keys_there_are_and_the_default_one() {
    let account = Account::with_keys();
    let storage = account.storage();
    assert_eq!(storage.key_ids(), [id("home"), id("work")]);
    assert!(storage.keys().iter().all(|(_, description)| description.is_ok()));
    let (default, description) = storage.default_key().unwrap().unwrap();
    assert_eq!((default, description.check(&key(1)).unwrap().as_str()), (id("home"), "match"));
}

#[test]
fn account_data_that_was_emptied_is_absent() {
    let mut account = Account::with_keys();
    account.set("m.secret_storage.default_key", "{}");
    account.set("m.secret_storage.key.work", "{}");
    account.set("m.test", "{}");
    account.set("m.empty", r#"{"encrypted":{}}"#);
    let storage = account.storage();
    assert_eq!(storage.default_key_id(), Ok(None));
    assert_eq!(storage.default_key(), Ok(None));
    assert_eq!(storage.key_ids(), [id("home")]);
    assert_eq!(storage.key(&id("work")), Err(Error::UnknownKey("work".to_owned())));
    assert!(!storage.has_secret("m.test") && !storage.has_secret("m.empty"));
    assert_eq!(storage.secret_names(), [""; 0]);
    assert_eq!(storage.keys_for("m.empty"), Err(Error::UnknownSecret("m.empty".to_owned())));
    assert_eq!(
        storage.open("m.test", &id("home"), &key(1)).unwrap_err(),
        Error::UnknownSecret("m.test".to_owned())
    );
    assert_eq!(SecretStorage::new(|_: &str| None).default_key_id(), Ok(None));
}

#[test]
fn malformed_account_data_is_an_error() {
    let mut account = Account::with_keys();
    for (content, kind) in [(r#"{"key":7}"#, "invalid_field"), (r#"{"key":""}"#, "invalid_field")] {
        account.set("m.secret_storage.default_key", content);
        assert_eq!(account.storage().default_key_id().unwrap_err().kind(), kind, "{content}");
    }
    account.set("m.secret_storage.default_key", r#"{"key":"gone"}"#);
    assert_eq!(account.storage().default_key().unwrap_err().kind(), "unknown_key");
    for (content, kind) in [
        (r#"{"encrypted":[]}"#, "invalid_field"),
        (r#"{"encrypted":{"home":"x"}}"#, "invalid_field"),
        (r#"{"encrypted":{"home":{}}}"#, "missing_field"),
        (r#"{"encrypted":{"work":{}}}"#, "not_encrypted_with"),
    ] {
        account.set("m.test", content);
        let error = account.storage().open("m.test", &id("home"), &key(1)).unwrap_err();
        assert_eq!(error.kind(), kind, "{content}");
    }
}

#[test]
fn which_keys_open_a_secret() {
    let mut account = Account::with_keys();
    assert_eq!(account.storage().keys_for("m.test").unwrap(), [id("home")]);
    let added = account.storage().add_key_to_secret_with_iv(
        "m.test",
        (&id("home"), &key(1)),
        (&id("work"), &key(2)),
        iv(8),
    );
    account.put(added.unwrap());
    assert_eq!(account.storage().keys_for("m.test").unwrap(), [id("home"), id("work")]);
    account.put(account.storage().set_default_key(&id("work")).unwrap());
    assert_eq!(
        account.storage().keys_for("m.test").unwrap(),
        [id("work"), id("home")],
        "the default key first"
    );
    for (name, fill) in [("home", 1), ("work", 2)] {
        let secret = account.storage().open("m.test", &id(name), &key(fill)).unwrap();
        assert_eq!(secret.as_str(), "swordfish");
    }
    account.set("m.secret_storage.key.work", "{}");
    assert_eq!(
        account.storage().keys_for("m.test").unwrap(),
        [id("home")],
        "a key without description is none"
    );
    assert_eq!(account.storage().keys_for("m.none").unwrap_err().kind(), "unknown_secret");
}

#[test]
fn a_wrong_key_is_refused_before_anything_is_encrypted_or_decrypted() {
    let account = Account::with_keys();
    let storage = account.storage();
    let wrong = Error::WrongKey("home".to_owned());
    let (home, work) = (id("home"), id("work"));
    let secret = Secret::new("x");
    assert_eq!(storage.open("m.test", &home, &key(2)).unwrap_err(), wrong);
    assert_eq!(storage.store_with_ivs("m.new", &secret, &[(&home, &key(2), iv(1))]).unwrap_err(), wrong);
    let added = storage.add_key_to_secret_with_iv("m.test", (&home, &key(1)), (&work, &key(1)), iv(1));
    assert_eq!(added.unwrap_err(), Error::WrongKey("work".to_owned()));
    assert_eq!(storage.store_with_ivs("m.new", &secret, &[]).unwrap_err(), Error::NoKeys);
    let unknown = storage.store_with_ivs("m.new", &secret, &[(&id("none"), &key(1), iv(1))]);
    assert_eq!(unknown.unwrap_err().kind(), "unknown_key");
}

#[test]
fn a_key_that_cannot_be_checked_is_tried() {
    let mut account = Account::with_keys();
    account.set("m.secret_storage.key.home", r#"{"algorithm":"m.secret_storage.v1.aes-hmac-sha2"}"#);
    let storage = account.storage();
    assert_eq!(storage.open("m.test", &id("home"), &key(1)).unwrap().as_str(), "swordfish");
    assert_eq!(storage.open("m.test", &id("home"), &key(2)).unwrap_err(), Error::MacMismatch);
}

#[test]
fn storing_anew_leaves_no_stale_secret_behind() {
    let mut account = Account::with_keys();
    let work = [(&id("work"), &key(2), iv(7))];
    account.put(account.storage().store_with_ivs("m.test", &Secret::new("changed"), &work).unwrap());
    assert_eq!(account.storage().keys_for("m.test").unwrap(), [id("work")]);
    assert_eq!(account.storage().open("m.test", &id("work"), &key(2)).unwrap().as_str(), "changed");
}

#[test]
fn adding_a_key_keeps_entries_that_are_not_understood() {
    let mut account = Account::with_keys();
    let mut content = account.0["m.test"].clone();
    content.get_object_mut("encrypted").unwrap().insert("other", object(r#"{"passthrough":true}"#));
    content.insert("org.x", 1_u8);
    account.0.insert("m.test".to_owned(), content);
    let (home, work) = (id("home"), id("work"));
    let event =
        account.storage().add_key_to_secret_with_iv("m.test", (&home, &key(1)), (&work, &key(2)), iv(3));
    let content = event.unwrap().content;
    assert_eq!(
        content.get_object("encrypted").unwrap().keys().collect::<Vec<_>>(),
        ["home", "other", "work"]
    );
    assert!(content.contains_key("org.x"));
}

#[test]
fn a_key_is_not_replaced_and_an_unknown_one_not_made_the_default() {
    let account = Account::with_keys();
    let storage = account.storage();
    let description = storage.key(&id("home")).unwrap();
    assert_eq!(storage.add_key(&id("home"), &description).unwrap_err(), Error::KeyExists("home".to_owned()));
    assert_eq!(storage.set_default_key(&id("none")).unwrap_err(), Error::UnknownKey("none".to_owned()));
    let default = storage.set_default_key(&id("work")).unwrap();
    assert_eq!(
        (default.event_type.as_str(), default.content.to_string()),
        ("m.secret_storage.default_key", r#"{"key":"work"}"#.to_owned())
    );
}

#[test]
fn msc2472_removed_forms_are_found_and_named() {
    let mut account = Account::with_keys();
    assert_eq!(account.storage().removed_forms(), []);
    account.set("m.secret_storage.key.old", REMOVED_KEY);
    account.set("m.old", r#"{"encrypted":{"old":{"ciphertext":"A","ephemeral":"A","mac":"A"}}}"#);
    account.set("m.megolm_backup.v1", r#"{"encrypted":{"home":{"passthrough":true}}}"#);
    let storage = account.storage();
    assert_eq!(
        storage.removed_forms(),
        [
            RemovedForm::Key(id("old")),
            RemovedForm::Secret { name: "m.old".to_owned(), key_id: id("old") },
            RemovedForm::Passthrough { name: "m.megolm_backup.v1".to_owned(), key_id: id("home") },
        ]
    );
    assert_eq!(storage.keys_for("m.old").unwrap_err(), Error::RemovedAlgorithm);
    assert_eq!(storage.keys_for("m.megolm_backup.v1").unwrap_err(), Error::RemovedPassthrough);
    assert_eq!(storage.open("m.old", &id("old"), &key(1)).unwrap_err(), Error::RemovedAlgorithm);
    assert_eq!(
        storage.open("m.megolm_backup.v1", &id("home"), &key(1)).unwrap_err(),
        Error::RemovedPassthrough
    );
    assert_eq!(storage.keys()[1].1, Err(Error::RemovedAlgorithm));
}

/// Through a closure, types cannot be listed: the default key and the secrets of the specification are what is known.
#[test]
fn a_closure_answers_as_a_map_does() {
    let mut account = Account::with_keys();
    let work = [(&id("work"), &key(2), iv(7))];
    account.put(account.storage().store_with_ivs(names::MASTER_KEY, &Secret::new("master"), &work).unwrap());
    assert_eq!(account.storage().secret_names(), ["m.cross_signing.master", "m.test"]);
    let storage =
        SecretStorage::new(|event_type: &str| -> Option<Object> { account.0.get(event_type).cloned() });
    assert_eq!(storage.key_ids(), [id("home"), id("work")]);
    assert_eq!(storage.secret_names(), ["m.cross_signing.master"]);
    assert_eq!(storage.keys_for("m.test").unwrap(), [id("home")]);
    assert_eq!(storage.open(names::MASTER_KEY, &id("work"), &key(2)).unwrap().as_str(), "master");
    let owned = SecretStorage::new(account.0.clone());
    assert_eq!(owned.secret_names(), account.storage().secret_names());
}
