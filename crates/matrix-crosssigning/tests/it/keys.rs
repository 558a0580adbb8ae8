use matrix_crosssigning::{
    CrossSigningKey, DeviceKeys, KeyRole, MasterKey, PublicIdentity, SelfSigningKey, UserSigningKey,
    sign_master_key_with_device,
};

use super::{alice, bob, device, device_key, device_keys, keys, object};

const KEY: &str = "J+5An10v1vzZpAXTYFokD1/PEVccFnLC61EfRXit0UY";

fn parse(json: &str) -> Result<CrossSigningKey, &'static str> {
    CrossSigningKey::parse(KeyRole::Master, object(json)).map_err(|error| error.kind())
}

#[test]
fn msc1756_keys_have_one_entry_and_a_usage_that_contains_the_role() {
    let key = |usage: &str, keys: &str| {
        parse(&format!(r#"{{"user_id":"@a:b","usage":{usage},"keys":{keys},"extra":1}}"#))
    };
    let one = format!(r#"{{"ed25519:{KEY}":"{KEY}"}}"#);
    assert!(key(r#"["master"]"#, &one).is_ok());
    assert!(key(r#"["org.example.other","master",7]"#, &one).is_ok());
    assert_eq!(key(r#"["self_signing"]"#, &one), Err("wrong_usage"));
    assert_eq!(key("[]", &one), Err("wrong_usage"));
    assert_eq!(key(r#""master""#, &one), Err("invalid_field"));
    let master = r#"["master"]"#;
    assert_eq!(key(master, "{}"), Err("not_one_key"));
    assert_eq!(key(master, &format!(r#"{{"ed25519:{KEY}":"{KEY}","x:y":"z"}}"#)), Err("not_one_key"));
    assert_eq!(key(master, &format!(r#"{{"ed25519:OTHER":"{KEY}"}}"#)), Err("key_id_mismatch"));
    assert_eq!(key(master, &format!(r#"{{"rsa:{KEY}":"{KEY}"}}"#)), Err("key_id_mismatch"));
    assert!(key(master, &format!(r#"{{"ed25519:{KEY}":"{KEY}="}}"#)).is_ok(), "a padded value");
    assert_eq!(key(master, &format!(r#"{{"ed25519:{KEY}=":"{KEY}="}}"#)), Err("key_id_mismatch"));
    assert_eq!(key(master, r#"{"ed25519:AAAA":"AAAA"}"#), Err("invalid_key"));
    assert_eq!(key(master, &format!(r#"{{"ed25519:{KEY}":7}}"#)), Err("invalid_field"));
    assert_eq!(parse("{}"), Err("missing_field"));
    assert_eq!(parse(r#"{"user_id":"alice"}"#), Err("invalid_identifier"));
}

#[test]
fn msc1756_unknown_fields_are_kept_and_covered_by_the_signature() {
    let keys = keys(1);
    let mut object = keys.to_public(alice()).self_signing().object().clone();
    object.remove("signatures");
    object.insert("org.example.extra", 5);
    let signed = {
        keys.master.sign_json(alice(), &mut object).unwrap();
        CrossSigningKey::parse(KeyRole::SelfSigning, object.clone()).unwrap()
    };
    signed.check_signed_by_master(&keys.master.to_public(alice())).unwrap();
    object.remove("org.example.extra");
    let without = CrossSigningKey::parse(KeyRole::SelfSigning, object).unwrap();
    let error = without.check_signed_by_master(&keys.master.to_public(alice())).unwrap_err();
    assert_eq!(error.to_string().split(':').next(), Some("master key to self-signing key"));
}

#[test]
fn msc1756_secrets_have_names_and_survive_storage() {
    for (role, name) in KeyRole::ALL.into_iter().zip(["master", "self_signing", "user_signing"]) {
        assert_eq!(role.secret_name(), format!("m.cross_signing.{name}"));
        assert_eq!(KeyRole::from_secret_name(role.secret_name()), Some(role));
    }
    assert_eq!(KeyRole::from_secret_name("m.megolm_backup.v1"), None);
    let key = MasterKey::from_seed(&[7; 32]).unwrap();
    let secret = key.to_secret();
    assert_eq!(secret.len(), 43);
    assert_eq!(MasterKey::from_secret(&secret).unwrap(), key);
    assert_eq!(MasterKey::from_secret(&format!("{}=", *secret)).unwrap(), key, "as Element Web stores it");
    for bad in ["", "AAAA", "!", &"A".repeat(44), &"A".repeat(500)] {
        let error = SelfSigningKey::from_secret(bad).unwrap_err();
        assert_eq!(error.kind(), "invalid_secret");
        assert!(bad.is_empty() || !error.to_string().contains(bad));
    }
}

#[test]
fn secrets_are_not_shown() {
    let key = UserSigningKey::from_seed(&[7; 32]).unwrap();
    let shown = format!("{key:?}");
    assert!(shown.contains(&key.public_key().to_base64()));
    assert!(!shown.contains(&**key.to_secret()) && !shown.contains("7, 7"), "{shown}");
    assert_eq!(key.key_id(), format!("ed25519:{}", key.public_key()));
    assert_ne!(key, UserSigningKey::from_seed(&[8; 32]).unwrap());
}

#[cfg(feature = "getrandom")]
#[test]
fn the_systems_randomness_makes_different_keys() {
    use matrix_crosssigning::CrossSigningKeys;
    let (one, two) =
        (CrossSigningKeys::from_os_randomness().unwrap(), CrossSigningKeys::from_os_randomness().unwrap());
    assert_ne!(one.master, two.master);
    assert_ne!(one.master.public_key(), one.self_signing.public_key());
}

#[test]
fn msc1756_an_identity_is_one_users_and_signed_by_its_master() {
    let (keys, others) = (keys(1), keys(2));
    let own = keys.to_public(alice());
    let (master, ssk) = (own.master().clone(), own.self_signing().clone());
    let usk = own.user_signing().cloned();
    assert!(PublicIdentity::new(master.clone(), ssk.clone(), usk.clone()).is_ok());
    let of = |identity: &PublicIdentity| identity.self_signing().clone();
    let kind = |master, ssk, usk| PublicIdentity::new(master, ssk, usk).unwrap_err().kind();
    assert_eq!(kind(master.clone(), of(&others.to_public(alice())), None), "broken_link");
    assert_eq!(kind(master.clone(), of(&keys.to_public(bob())), None), "wrong_user");
    assert_eq!(kind(master.clone(), master.clone(), None), "wrong_usage");
    assert_eq!(kind(master, ssk.clone(), Some(ssk)), "wrong_usage");
    let body = own.upload_body();
    assert_eq!(body.len(), 3);
    let read = |role: KeyRole| {
        CrossSigningKey::parse(role, body.get_object(role.upload_field()).unwrap().clone()).unwrap()
    };
    assert_eq!(
        PublicIdentity::new(
            read(KeyRole::Master),
            read(KeyRole::SelfSigning),
            Some(read(KeyRole::UserSigning))
        ),
        Ok(own.clone())
    );
    let phone = keys.self_signing.sign_device(&device_keys(alice(), "PHONE", 1));
    own.check_device(&phone).unwrap();
    phone.check_self_signature().unwrap();
    assert_eq!(own.check_device(&device_keys(alice(), "PHONE", 1)).unwrap_err().kind(), "broken_link");
    assert_eq!(own.check_device(&device_keys(bob(), "PHONE", 1)).unwrap_err().kind(), "wrong_user");
}

#[test]
fn msc1756_master_keys_alone_are_signed_by_users_and_devices() {
    let (alices, bobs) = (keys(1), keys(2));
    let identity = bobs.to_public(bob());
    assert_eq!(
        alices.user_signing.sign_master(alice(), identity.self_signing()).unwrap_err().kind(),
        "wrong_usage"
    );
    let signed = alices.user_signing.sign_master(alice(), identity.master()).unwrap();
    let alices_identity = alices.to_public(alice());
    signed.check_signed_by_user_signing(alices_identity.user_signing().unwrap()).unwrap();
    assert_eq!(
        signed.check_signed_by_user_signing(alices_identity.self_signing()).unwrap_err().kind(),
        "wrong_usage"
    );
    let (id, key) = (device("DYNABOOK"), device_key("DYNABOOK", 3));
    let signed = sign_master_key_with_device(identity.master(), id, &key).unwrap();
    signed.check_signed_by_device(&device_keys(bob(), "DYNABOOK", 3)).unwrap();
    assert_eq!(
        signed.check_signed_by_device(&device_keys(bob(), "DYNABOOK", 4)).unwrap_err().to_string(),
        "device to master key: the signature of @bob:example.net with ed25519:DYNABOOK does not verify"
    );
    assert_eq!(
        sign_master_key_with_device(identity.master(), device("OTHER"), &key).unwrap_err().kind(),
        "key_id_mismatch"
    );
}

#[test]
fn device_keys_name_their_own_signing_key() {
    let parse = |json: &str| DeviceKeys::parse(object(json)).map_err(|error| error.kind());
    assert_eq!(parse(r#"{"user_id":"@a:b","device_id":"D","keys":{}}"#), Err("missing_field"));
    let other = format!(r#"{{"user_id":"@a:b","device_id":"D","keys":{{"ed25519:E":"{KEY}"}}}}"#);
    assert_eq!(parse(&other), Err("missing_field"));
    assert_eq!(parse(r#"{"user_id":"@a:b","device_id":"D","keys":{"ed25519:D":"x"}}"#), Err("invalid_key"));
    let device = device_keys(alice(), "D", 1);
    assert_eq!(device.key("curve25519"), Some("F4uCNNlcbRvc7CfBz95ZGWBvY1ALniG1J8+6rhVoKS0"));
    assert_eq!(device.key("rsa"), None);
    let mut tampered = device.object().clone();
    tampered.insert("algorithms", "none");
    assert_eq!(
        DeviceKeys::parse(tampered).unwrap().check_self_signature().unwrap_err().kind(),
        "broken_link"
    );
}

#[test]
fn signatures_replace_what_cannot_hold_them() {
    let bobs = keys(2);
    let mut object = bobs.master.to_public(bob()).into_object();
    object.insert("signatures", super::object(r#"{"@alice:example.org":[1],"@c:d":7}"#));
    let master = CrossSigningKey::parse(KeyRole::Master, object).unwrap();
    let alices = keys(1);
    let signed = alices.user_signing.sign_master(alice(), &master).unwrap();
    signed.check_signed_by_user_signing(alices.to_public(alice()).user_signing().unwrap()).unwrap();
}
