use matrix_canonicaljson::Object;
use matrix_signatures::{
    KeyQuery, KeyRing, VerifyKey, key_query_body, keys_to_query, minimum_valid_until_ts,
};

use super::{NOW_MS, key, object, rules, server};

const EVENT: &str = r#"{"type":"m.room.member","content":{"membership":"join","join_authorised_via_users_server":"@v:b.example"},"sender":"@u:a.example","origin_server_ts":1749913600000,"signatures":{
    "a.example":{"ed25519:1":"s","ed25519:2":"s","rsa:1":"s"},"b.example":{"ed25519:1":"s"},"c.example":{"ed25519:1":"s"}}}"#;
const SENT_MS: i64 = 1_749_913_600_000;

fn wanted(event: &Object, ring: &KeyRing, version: &str) -> Vec<(String, String, i64)> {
    let queries = keys_to_query(event, ring, NOW_MS, rules(version)).unwrap();
    queries
        .into_iter()
        .map(|query| (query.server.to_string(), query.key_id, query.minimum_valid_until_ts))
        .collect()
}

fn query(name: &str, key_id: &str, time: i64) -> (String, String, i64) {
    (name.to_owned(), key_id.to_owned(), time)
}

#[test]
fn msc2076_minimum_valid_until_ts_is_the_events_time_from_room_5_on() {
    let event = object(EVENT);
    for (version, expected) in [("1", 0), ("4", 0), ("5", SENT_MS), ("12", SENT_MS)] {
        assert_eq!(minimum_valid_until_ts(&event, rules(version)), Ok(expected));
    }
    assert_eq!(minimum_valid_until_ts(&object("{}"), rules("4")), Ok(0));
    assert_eq!(minimum_valid_until_ts(&object("{}"), rules("5")).unwrap_err().kind(), "missing_field");
}

#[test]
fn missing_keys_of_required_signers_are_asked_for() {
    let event = object(EVENT);
    let nothing = KeyRing::new();
    assert_eq!(
        wanted(&event, &nothing, "10"),
        [
            query("a.example", "ed25519:1", SENT_MS),
            query("a.example", "ed25519:2", SENT_MS),
            query("b.example", "ed25519:1", SENT_MS),
        ],
    );
    assert_eq!(
        wanted(&event, &nothing, "4"),
        [query("a.example", "ed25519:1", 0), query("a.example", "ed25519:2", 0)],
    );
    assert!(
        wanted(&object(r#"{"type":"x","sender":"@u:a","origin_server_ts":1}"#), &nothing, "12").is_empty()
    );
}

#[test]
fn msc2076_stale_keys_are_asked_for_again_and_expired_ones_not() {
    let event = object(EVENT);
    let mut ring = KeyRing::new();
    let public = key("1", 1).public_key();
    let entry = |valid_until_ts, expired_ts| VerifyKey { key: public, valid_until_ts, expired_ts };
    ring.insert(server("a.example"), "ed25519:1", entry(Some(SENT_MS - 1), None));
    ring.insert(server("a.example"), "ed25519:2", entry(None, Some(SENT_MS - 1)));
    ring.insert(server("b.example"), "ed25519:1", entry(Some(SENT_MS), None));
    assert_eq!(wanted(&event, &ring, "10"), [query("a.example", "ed25519:1", SENT_MS)]);
    assert!(wanted(&event, &ring, "4").is_empty());
}

#[test]
fn notary_is_asked_for_the_later_time_of_each_key() {
    let query = |name: &str, key_id: &str, minimum_valid_until_ts| KeyQuery {
        server: server(name).to_owned(),
        key_id: key_id.to_owned(),
        minimum_valid_until_ts,
    };
    let queries = [
        query("b.example", "ed25519:1", 5),
        query("a.example", "ed25519:1", 7),
        query("b.example", "ed25519:1", 3),
        query("b.example", "ed25519:2", i64::MAX),
        query("b.example", "ed25519:3", -1),
    ];
    assert_eq!(
        key_query_body(&queries).to_string(),
        r#"{"server_keys":{"a.example":{"ed25519:1":{"minimum_valid_until_ts":7}},"b.example":{"ed25519:1":{"minimum_valid_until_ts":5},"ed25519:2":{"minimum_valid_until_ts":9007199254740991},"ed25519:3":{"minimum_valid_until_ts":0}}}}"#,
    );
    assert_eq!(key_query_body(&[]).to_string(), r#"{"server_keys":{}}"#);
}
