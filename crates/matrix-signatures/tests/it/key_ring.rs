use matrix_signatures::{KeyRing, ServerKeys, VerifyKey};

use super::{key, object, server};

fn published(valid_until_ts: i64) -> ServerKeys {
    ServerKeys::new(server("a.example").to_owned(), valid_until_ts)
}

#[test]
fn object_of_keys_is_read() {
    let json = r#"{"a.example":{
        "ed25519:1":{"key":"XGX0JRS2Af3be3knz2fBiRbApjm2Dh61gXDJA8kcJNI=","valid_until_ts":5},
        "ed25519:0":{"key":"EOVQ6ImCH6U8RF2WO8i28G20pId4Dnm/SVlTO10O78I","expired_ts":3},
        "rsa:1":"whatever"},"b.example":{}}"#;
    let ring = KeyRing::from_object(&object(json)).unwrap();
    let found: Vec<_> =
        ring.iter().map(|(name, id, key)| (name.as_str(), id, key.valid_until_ts, key.expired_ts)).collect();
    assert_eq!(found, [("a.example", "ed25519:0", None, Some(3)), ("a.example", "ed25519:1", Some(5), None)],);
    assert_eq!(ring.get(server("a.example"), "ed25519:2"), None);
    assert_eq!(ring.get(server("b.example"), "ed25519:1"), None);
}

#[test]
fn malformed_objects_of_keys_are_refused() {
    let kind = |json: &str| KeyRing::from_object(&object(json)).unwrap_err().kind();
    assert_eq!(kind(r#"{"a b":{}}"#), "invalid_identifier");
    assert_eq!(kind(r#"{"a":1}"#), "invalid_field");
    assert_eq!(kind(r#"{"a":{"ed25519:1":"x"}}"#), "invalid_field");
    assert_eq!(kind(r#"{"a":{"ed25519:1":{}}}"#), "missing_field");
    assert_eq!(kind(r#"{"a":{"ed25519:1":{"key":"x!"}}}"#), "invalid_base64");
    assert_eq!(kind(r#"{"a":{"ed25519:1":{"key":"AAAA"}}}"#), "invalid_length");
    assert_eq!(
        kind(
            r#"{"a":{"ed25519:1":{"key":"XGX0JRS2Af3be3knz2fBiRbApjm2Dh61gXDJA8kcJNI","valid_until_ts":"5"}}}"#
        ),
        "invalid_field",
    );
}

#[test]
fn published_keys_are_taken_in_whatever_their_order() {
    let one = key("1", 1);
    let (mut early, mut late, mut after) = (published(10), published(20), published(30));
    early.add_key(&one);
    late.add_key(&one);
    after.add_old_key("ed25519:1".parse().unwrap(), one.public_key(), 25);
    let orders = [[&early, &late, &after], [&after, &late, &early], [&late, &after, &early]];
    for order in orders {
        let mut ring = KeyRing::new();
        for keys in order {
            ring.add(keys);
        }
        let expected = VerifyKey { key: one.public_key(), valid_until_ts: None, expired_ts: Some(25) };
        assert_eq!(ring.get(server("a.example"), "ed25519:1"), Some(&expected));
    }
    let mut ring = KeyRing::new();
    ring.add(&late);
    ring.add(&early);
    assert_eq!(
        ring.get(server("a.example"), "ed25519:1").unwrap().valid_until_ts,
        Some(20),
        "nothing is unlearnt"
    );
}

#[test]
fn longer_valid_response_wins_when_an_id_names_two_keys() {
    let (mut early, mut late) = (published(10), published(20));
    early.add_key(&key("1", 1));
    late.add_key(&key("1", 2));
    for order in [[&early, &late], [&late, &early]] {
        let mut ring = KeyRing::new();
        ring.add(order[0]);
        ring.add(order[1]);
        let found = ring.get(server("a.example"), "ed25519:1").unwrap();
        assert_eq!((found.key, found.valid_until_ts), (key("1", 2).public_key(), Some(20)));
    }
    // Of two that are valid equally long the one that is known stays.
    let mut other = published(20);
    other.add_key(&key("1", 3));
    let mut ring = KeyRing::new();
    ring.add(&late);
    ring.add(&other);
    assert_eq!(ring.get(server("a.example"), "ed25519:1").unwrap().key, key("1", 2).public_key());
}
