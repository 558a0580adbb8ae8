//! Signatures of events.

use std::sync::LazyLock;

use matrix_canonicaljson::{Mode, Object};
use matrix_identifiers::ServerName;
use matrix_redaction::redact;
use matrix_roomversion::{RoomVersion, RoomVersionRules};
use matrix_signatures::bytes::{self, Batch, EventReader, Scratch};
use matrix_signatures::{
    KeyRing, Signature, SigningKey, Verdict, VerifyKey, content_hash_matches, keys_to_query,
    minimum_valid_until_ts, required_signers, sign_event, verify_event,
};

use crate::event::in_each_version;

/// The present, in milliseconds since 1970: that of the vectors which the seeds come from.
const NOW_MS: i64 = 1_750_000_000_000;
/// Three servers, and the version of the one key that each has.
const SERVERS: [(&str, &str); 3] = [("a.example", "k1"), ("b.example", "k2"), ("c.example", "k3")];

struct Keys {
    ring: KeyRing,
    secrets: Vec<(&'static ServerName, SigningKey)>,
}

static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let mut keys = Keys { ring: KeyRing::new(), secrets: Vec::new() };
    for (number, (name, version)) in (1..).zip(SERVERS) {
        let server = ServerName::parse(name).expect("a server name");
        let secret = SigningKey::from_seed(version, &[number; 32]).expect("a key");
        let valid_until_ts = Some(NOW_MS + 1_000_000_000);
        let key = VerifyKey { key: secret.public_key(), valid_until_ts, expired_ts: None };
        keys.ring.insert(server, secret.key_id(), key);
        keys.secrets.push((server, secret));
    }
    keys
});

/// Checks, in every room version, that what verifies was signed by the keys of the ring, and that what these sign
/// verifies.
pub fn run(data: &[u8]) {
    in_each_version(data, |event, rules| {
        check(event, rules);
        sign(event, rules);
        _ = minimum_valid_until_ts(event, rules);
        _ = keys_to_query(event, &KEYS.ring, NOW_MS, rules);
    });
    over_bytes(data);
}

/// Checks that the bytes of an event, alone and in a batch with others, verify as its tree does.
fn over_bytes(data: &[u8]) {
    let (mut reader, mut scratch, mut batch) = (EventReader::new(), Scratch::new(), Batch::new());
    let (Ok(event), Ok(tree)) = (reader.read(data, Mode::Lenient), Object::parse(data, Mode::Lenient)) else {
        return;
    };
    let mut verdicts = Vec::new();
    for version in RoomVersion::ALL {
        let rules = version.rules();
        let verdict = verify_event(&tree, &KEYS.ring, NOW_MS, rules);
        assert_eq!(bytes::verify_event(&event, &KEYS.ring, NOW_MS, rules, &mut scratch), verdict);
        batch.add(&event, &KEYS.ring, NOW_MS, rules, &mut scratch);
        verdicts.push(verdict);
    }
    assert_eq!(batch.verify(), verdicts);
}

fn check(event: &Object, rules: &RoomVersionRules) {
    let verdict = match verify_event(event, &KEYS.ring, NOW_MS, rules) {
        Ok(verdict) => verdict,
        Err(error) => {
            assert!(!error.to_string().is_empty() && !error.kind().is_empty());
            return;
        }
    };
    assert_eq!(content_hash_matches(event), Ok(verdict == Verdict::Valid));
    let mut signed = redact(event, &rules.redaction).expect("an event that cannot be redacted verifies");
    signed.remove("signatures");
    let bytes = signed.to_canonical();
    for server in required_signers(event, rules).expect("an event without known signers verifies") {
        let (_, secret) = secret_of(server).expect("the ring has no key of this server");
        let found = event
            .get_object("signatures")
            .and_then(|signatures| signatures.get_object(server.as_str())?.get_str(secret.key_id()))
            .expect("an event without a signature verifies");
        // Ed25519 signatures are a function of key and message: another one is a forgery.
        let expected = secret.sign(&bytes);
        assert_eq!(Signature::from_base64(found).map(|found| *found.as_bytes()), Ok(*expected.as_bytes()));
    }
}

fn sign(event: &Object, rules: &RoomVersionRules) {
    let mut signed = event.clone();
    signed.insert("signatures", Object::new());
    for (server, secret) in &KEYS.secrets {
        if sign_event(&mut signed, server, secret, rules).is_err() {
            return;
        }
    }
    let Ok(signers) = required_signers(&signed, rules) else { return };
    if !signers.iter().all(|server| secret_of(server).is_some()) {
        return;
    }
    match verify_event(&signed, &KEYS.ring, NOW_MS, rules) {
        Ok(verdict) => assert_eq!(verdict, Verdict::Valid),
        // `origin_server_ts` is beyond the keys' time, or no time at all.
        Err(error) => {
            assert!(matches!(error.kind(), "expired_key" | "missing_field" | "invalid_field"), "{error}")
        }
    }
}

fn secret_of(server: &ServerName) -> Option<&'static (&'static ServerName, SigningKey)> {
    KEYS.secrets.iter().find(|(name, _)| *name == server)
}
