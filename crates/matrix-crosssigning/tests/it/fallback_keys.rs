use matrix_canonicaljson::Object;
use matrix_crosssigning::{
    FALLBACK_KEY_GRACE_MS, FallbackKeys, check_fallback_keys, fallback_key_algorithms_to_upload,
    signed_fallback_key,
};

use super::{alice, device_key, object};

const KEY: &str = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo";

#[test]
fn msc2732_the_mark_is_within_what_is_signed() {
    let secret = device_key("PHONE", 1);
    let key = signed_fallback_key(KEY, alice(), &secret).unwrap();
    let check = |keys: &Object| {
        check_fallback_keys(keys, alice(), "ed25519:PHONE", &secret.public_key())
            .map_err(|error| error.kind())
    };
    let mut keys = Object::from([("signed_curve25519:AAAAAA", key.clone())]);
    assert_eq!(check(&keys), Ok(()));
    let mut unmarked = key.clone();
    unmarked.remove("fallback");
    assert_eq!(check(&Object::from([("signed_curve25519:AAAAAA", unmarked)])), Err("not_a_fallback_key"));
    let mut other = key.clone();
    other.insert("key", "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08");
    assert_eq!(check(&Object::from([("signed_curve25519:AAAAAA", other)])), Err("invalid_signature"));
    keys.insert("signed_curve25519:BBBBBB", key);
    assert_eq!(check(&keys), Err("duplicate_algorithm"));
    assert_eq!(check(&object(r#"{"curve25519:A":"x"}"#)), Ok(()));
    assert_eq!(check(&object(r#"{"signed_curve25519:A":"x"}"#)), Err("invalid_field"));
    assert_eq!(check(&object(r#"{"nothing":"x"}"#)), Err("invalid_field"));
    assert_eq!(check(&object("{}")), Ok(()));
}

#[test]
fn msc2732_a_used_or_missing_key_is_uploaded_if_the_server_knows_of_them() {
    let wanted = ["signed_curve25519", "org.example.other"];
    assert_eq!(fallback_key_algorithms_to_upload(&wanted, None), Vec::<&str>::new());
    assert_eq!(fallback_key_algorithms_to_upload(&wanted, Some(&[])), wanted);
    assert_eq!(
        fallback_key_algorithms_to_upload(&wanted, Some(&["signed_curve25519"])),
        ["org.example.other"]
    );
}

#[test]
fn msc2732_two_private_keys_are_kept_and_the_old_one_for_an_hour_of_use() {
    let mut keys = FallbackKeys::new();
    assert_eq!(keys.rotate("A", "a"), None);
    assert_eq!(keys.rotate("B", "b"), None);
    assert_eq!(keys.on_message("A", 1_000), Some(&"a"));
    assert_eq!(keys.on_message("A", 9_000), Some(&"a"));
    assert_eq!(keys.on_message("C", 1_000), None);
    assert_eq!(keys.drop_expired(1_000 + FALLBACK_KEY_GRACE_MS - 1), None);
    assert_eq!(keys.drop_expired(1_000 + FALLBACK_KEY_GRACE_MS), Some("a"));
    assert_eq!(keys.on_message("A", 2_000), None);
    assert_eq!((keys.current().map(|key| key.key), keys.previous()), (Some("b"), None));
    // The current key is used and replaced: the hour runs from its first use.
    keys.on_message("B", 5_000);
    keys.rotate("C", "c");
    assert_eq!(keys.drop_expired(5_000 + FALLBACK_KEY_GRACE_MS), Some("b"));
    // A third key pushes out the first, used or not.
    keys.rotate("D", "d");
    assert_eq!(keys.drop_expired(i64::MAX), None, "never used");
    assert_eq!(keys.rotate("E", "e"), Some("c"));
}
