use matrix_canonicaljson::Object;
use matrix_crosssigning::{Error, KeyRole, StoredKeys, check_device_signing_upload, check_new_device_id};

use super::{alice, bob, device, keys};

fn check(body: &Object, stored: &StoredKeys) -> Result<bool, (&'static str, &'static str)> {
    check_device_signing_upload(alice(), body, stored)
        .map(|upload| upload.needs_authentication())
        .map_err(|error| (error.kind(), error.errcode()))
}

fn stored(seed: u8) -> StoredKeys {
    let identity = keys(seed).to_public(alice());
    StoredKeys {
        master: Some(identity.master().clone()),
        self_signing: Some(identity.self_signing().clone()),
        user_signing: identity.user_signing().cloned(),
        ..StoredKeys::default()
    }
}

#[test]
fn msc1756_a_first_upload_is_taken_and_any_change_needs_authentication() {
    let body = keys(1).to_public(alice()).upload_body();
    assert_eq!(check(&body, &StoredKeys::default()), Ok(false));
    assert_eq!(check(&body, &stored(1)), Ok(false), "the same keys again");
    assert_eq!(check(&body, &stored(2)), Ok(true));
    let mut reissued = Object::new();
    let key = keys(1).master.sign_self_signing(alice(), &keys(9).self_signing);
    reissued.insert("self_signing_key", key.into_object());
    assert_eq!(check(&reissued, &stored(1)), Ok(true));
    let upload = check_device_signing_upload(alice(), &body, &StoredKeys::default()).unwrap();
    assert_eq!(upload.keys().len(), 3);
    assert_eq!(upload.key(KeyRole::Master).unwrap().public_key(), &keys(1).master.public_key());
}

#[test]
fn msc1756_subkeys_are_signed_by_the_master_key_beside_them_or_the_stored_one() {
    let invalid = Err(("broken_link", "M_INVALID_SIGNATURE"));
    let mut body = keys(1).to_public(alice()).upload_body();
    body.insert("user_signing_key", keys(2).to_public(alice()).user_signing().unwrap().object().clone());
    assert_eq!(check(&body, &StoredKeys::default()), invalid);
    let mut unsigned = keys(1).to_public(alice()).upload_body();
    unsigned.get_object_mut("self_signing_key").unwrap().remove("signatures");
    assert_eq!(check(&unsigned, &StoredKeys::default()), invalid);
    let mut alone = keys(1).to_public(alice()).upload_body();
    alone.remove("master_key");
    assert_eq!(check(&alone, &stored(1)), Ok(false));
    assert_eq!(check(&alone, &stored(2)), invalid);
    assert_eq!(check(&alone, &StoredKeys::default()), Err(("missing_key", "M_MISSING_PARAM")));
    assert_eq!(check(&Object::new(), &stored(1)), Err(("nothing_to_upload", "M_MISSING_PARAM")));
    // With a new master key in the request, the stored one no longer counts.
    alone.insert("master_key", keys(2).master.to_public(alice()).into_object());
    assert_eq!(check(&alone, &stored(1)), invalid);
}

#[test]
fn msc1756_a_key_that_is_a_device_id_is_forbidden() {
    let body = keys(1).to_public(alice()).upload_body();
    for key in
        [keys(1).master.public_key(), keys(1).self_signing.public_key(), keys(1).user_signing.public_key()]
    {
        let device_ids = [device("PHONE").to_owned(), device(&key.to_base64()).to_owned()].into();
        let stored_ids = StoredKeys { device_ids, ..StoredKeys::default() };
        assert_eq!(check(&body, &stored_ids), Err(("device_id_is_key", "M_FORBIDDEN")));
        let error = check_new_device_id(device(&key.to_base64()), &stored(1)).unwrap_err();
        assert_eq!(
            (&error, error.errcode()),
            (&Error::DeviceIdIsKey(device(&key.to_base64()).to_owned()), "M_FORBIDDEN")
        );
    }
    assert_eq!(check_new_device_id(device("PHONE"), &stored(1)), Ok(()));
}

#[test]
fn msc1756_keys_are_the_uploaders_and_well_formed() {
    let body = keys(1).to_public(bob()).upload_body();
    assert_eq!(check(&body, &StoredKeys::default()), Err(("wrong_user", "M_INVALID_PARAM")));
    let mut swapped = keys(1).to_public(alice()).upload_body();
    let usk = swapped.remove("user_signing_key").unwrap();
    swapped.insert("self_signing_key", usk);
    assert_eq!(check(&swapped, &StoredKeys::default()), Err(("wrong_usage", "M_INVALID_PARAM")));
    swapped.insert("self_signing_key", "none");
    assert_eq!(check(&swapped, &StoredKeys::default()), Err(("invalid_field", "M_INVALID_PARAM")));
}
