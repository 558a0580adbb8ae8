use matrix_canonicaljson::{Mode, Object};
use matrix_signatures::{
    Error, ServerKeys, SigningKey, notary_response, read_notary_response, sign_json, verify_notary_signature,
};

use super::{NOW_MS, key, object, ring, server};

fn keys(current: &[&SigningKey]) -> ServerKeys {
    let mut keys = ServerKeys::new(server("a.example").to_owned(), 1_700_000_000_000);
    for key in current {
        keys.add_key(key);
    }
    keys.add_old_key("ed25519:old".parse().unwrap(), key("old", 9).public_key(), 1_600_000_000_000);
    keys
}

fn error(object: &Object) -> &'static str {
    ServerKeys::check(object, server("a.example")).unwrap_err().kind()
}

#[test]
fn published_object_is_read_back() {
    let (one, two) = (key("1", 1), key("2", 2));
    let keys = keys(&[&one, &two]);
    let published = keys.sign(&[&one, &two]).unwrap();
    assert_eq!(
        published.keys().collect::<Vec<_>>(),
        ["old_verify_keys", "server_name", "signatures", "valid_until_ts", "verify_keys"],
    );
    assert_eq!(
        published.get_object("old_verify_keys").unwrap().to_string(),
        format!(r#"{{"ed25519:old":{{"expired_ts":1600000000000,"key":"{}"}}}}"#, key("old", 9).public_key())
    );
    assert_eq!(ServerKeys::check(&published, server("a.example")), Ok(keys));
    Object::parse(&published.to_canonical(), Mode::Strict).unwrap();
}

#[test]
fn one_good_signature_by_a_published_key_is_enough_and_a_bad_one_too_much() {
    let (one, two) = (key("1", 1), key("2", 2));
    let keys = keys(&[&one, &two]);
    let mut published = keys.sign(&[&two]).unwrap();
    assert_eq!(ServerKeys::check(&published, server("a.example")).as_ref(), Ok(&keys));
    // By a key that is not published, and by an old one: neither helps nor harms.
    sign_json(&mut published, "a.example", &key("3", 3)).unwrap();
    sign_json(&mut published, "a.example", &key("old", 8)).unwrap();
    assert_eq!(ServerKeys::check(&published, server("a.example")).as_ref(), Ok(&keys));
    sign_json(&mut published, "a.example", &key("1", 4)).unwrap();
    assert_eq!(error(&published), "invalid_signature");
}

#[test]
fn object_has_to_be_the_servers_own() {
    let one = key("1", 1);
    let mut published = keys(&[&one]).sign(&[&one]).unwrap();
    let other = ServerKeys::check(&published, server("b.example")).unwrap_err();
    assert_eq!(other, Error::WrongServer { expected: "b.example".to_owned(), found: "a.example".to_owned() });
    published.insert("valid_until_ts", 1);
    assert_eq!(error(&published), "invalid_signature");
    published.remove("signatures");
    assert_eq!(error(&published), "missing_field");
    published.insert("signatures", object(r#"{"b.example":{}}"#));
    assert_eq!(error(&published), "missing_signature");
    published.insert("signatures", object(r#"{"a.example":{"ed25519:old":"x"}}"#));
    assert_eq!(error(&published), "unknown_key");
}

#[test]
fn malformed_objects_are_refused_and_unknown_algorithms_left_out() {
    let read = |json: &str| ServerKeys::from_object(&object(json)).map_err(|error| error.kind());
    assert_eq!(read("{}"), Err("missing_field"));
    assert_eq!(
        read(r#"{"server_name":"a b","valid_until_ts":1,"verify_keys":{}}"#),
        Err("invalid_identifier")
    );
    assert_eq!(read(r#"{"server_name":"a","verify_keys":{}}"#), Err("missing_field"));
    assert_eq!(read(r#"{"server_name":"a","valid_until_ts":"1","verify_keys":{}}"#), Err("invalid_field"));
    assert_eq!(read(r#"{"server_name":"a","valid_until_ts":1}"#), Err("missing_field"));
    assert_eq!(
        read(r#"{"server_name":"a","valid_until_ts":1,"verify_keys":{"ed25519:1":1}}"#),
        Err("invalid_field")
    );
    assert_eq!(
        read(r#"{"server_name":"a","valid_until_ts":1,"verify_keys":{"ed25519:1":{}}}"#),
        Err("missing_field")
    );
    let old = r#"{"server_name":"a","valid_until_ts":1,"verify_keys":{},"old_verify_keys":{"ed25519:1":{"key":"XGX0JRS2Af3be3knz2fBiRbApjm2Dh61gXDJA8kcJNI"}}}"#;
    assert_eq!(read(old), Err("missing_field"));
    let other = read(r#"{"server_name":"a","valid_until_ts":1,"verify_keys":{"rsa:1":1}}"#).unwrap();
    assert!(other.verify_keys.is_empty());
}

#[test]
fn only_published_keys_sign() {
    let one = key("1", 1);
    let keys = keys(&[&one]);
    assert_eq!(keys.sign(&[]).unwrap_err().kind(), "missing_signature");
    assert_eq!(keys.sign(&[&key("2", 2)]).unwrap_err().kind(), "unknown_key");
    assert_eq!(keys.sign(&[&key("1", 2)]).unwrap_err().kind(), "unknown_key");
    let mut far = keys;
    far.valid_until_ts = i64::MAX;
    assert_eq!(far.sign(&[&one]).unwrap_err().kind(), "invalid_field");
}

#[test]
fn notary_adds_its_signature_to_the_servers_own() {
    let (one, notary_key) = (key("1", 1), key("n", 7));
    let notary = server("notary.example");
    let published = keys(&[&one]).sign(&[&one]).unwrap();
    let response = notary_response(vec![published], notary, &notary_key).unwrap();
    let objects = read_notary_response(&response).unwrap();
    assert_eq!(objects.len(), 1);
    ServerKeys::check(objects[0], server("a.example")).unwrap();
    let trusted = ring(&[("notary.example", &notary_key)]);
    assert_eq!(verify_notary_signature(objects[0], notary, &trusted, NOW_MS), Ok(()));
    let imposter = ring(&[("notary.example", &key("n", 8))]);
    let kind = |ring, now_ms| verify_notary_signature(objects[0], notary, ring, now_ms).unwrap_err().kind();
    assert_eq!(kind(&imposter, NOW_MS), "invalid_signature");
    assert_eq!(kind(&trusted, NOW_MS + 3_600_001), "expired_key");
    assert_eq!(read_notary_response(&object("{}")).unwrap_err().kind(), "missing_field");
    assert_eq!(read_notary_response(&object(r#"{"server_keys":[1]}"#)).unwrap_err().kind(), "invalid_field");
}

#[test]
fn responses_are_handed_on_for_half_of_their_lifetime() {
    let keys = keys(&[]);
    assert_eq!(keys.cache_until(1_699_999_999_000), 1_699_999_999_500);
    assert_eq!(keys.cache_until(1_800_000_000_000), 1_800_000_000_000);
}
