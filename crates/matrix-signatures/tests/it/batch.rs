//! Batches give the verdicts of single verification.

use matrix_canonicaljson::{Mode, Object, Value};
use matrix_signatures::bytes::{self, Batch, EventReader, Scratch};
use matrix_signatures::{Error, KeyRing, Verdict, sign_event};
use proptest::prelude::*;

use super::bytes::loose;
use super::properties::{any_rules, event, signed, value};
use super::{NOW_MS, key, object, ring, rules, server};

/// Verifies texts in a batch and one by one; both have to agree.
fn verdicts(
    texts: &[String],
    keys: &KeyRing,
    version: &matrix_roomversion::RoomVersionRules,
) -> Vec<Result<Verdict, Error>> {
    let (mut reader, mut room, mut batch) = (EventReader::new(), Scratch::new(), Batch::new());
    let mut single = Vec::new();
    for text in texts {
        let event = reader.read(text.as_bytes(), Mode::Lenient).unwrap();
        single.push(bytes::verify_event(&event, keys, NOW_MS, version, &mut room));
        batch.add(&event, keys, NOW_MS, version, &mut room);
        assert!(!batch.is_empty());
    }
    assert_eq!(batch.len(), texts.len());
    let together = batch.verify();
    assert!(batch.is_empty());
    assert_eq!(together, single);
    together
}

fn message(body: &str) -> Object {
    object(&format!(
        r#"{{"type":"m.room.message","content":{{"body":"{body}"}},"sender":"@u:a.example","origin_server_ts":1}}"#
    ))
}

#[test]
fn one_bad_signature_spoils_no_other_verdict() {
    let (rules, key) = (rules("11"), key("1", 1));
    let keys = ring(&[("a.example", &key)]);
    let mut events: Vec<Object> = (0..70).map(|number| message(&number.to_string())).collect();
    for event in &mut events {
        sign_event(event, server("a.example"), &key, rules).unwrap();
    }
    let texts = |events: &[Object]| events.iter().map(Object::to_string).collect::<Vec<_>>();
    assert!(verdicts(&texts(&events), &keys, rules).iter().all(|verdict| *verdict == Ok(Verdict::Valid)));

    events[3].insert("depth", 4);
    events[5].get_object_mut("content").unwrap().insert("body", "changed");
    events[7].remove("signatures");
    let outcomes = verdicts(&texts(&events), &keys, rules);
    assert_eq!(outcomes[3].as_ref().unwrap_err().kind(), "invalid_signature");
    assert_eq!(outcomes[5], Ok(Verdict::Redact));
    assert_eq!(outcomes[7].as_ref().unwrap_err().kind(), "missing_field");
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Ok(Verdict::Valid)).count(), 67);
}

/// Two servers have to sign: one signed other bytes, the other's key is not known. Which error is told does not depend
/// on how far a batch has got with the arithmetic.
#[test]
fn of_two_faults_the_first_is_told_as_in_single_verification() {
    let (rules, key) = (rules("1"), key("1", 1));
    let mut event = message("twice");
    event.insert("event_id", "$e:b.example");
    sign_event(&mut event, server("a.example"), &key, rules).unwrap();
    sign_event(&mut event, server("b.example"), &key, rules).unwrap();
    let good = event.to_string();
    event.insert("depth", 4);
    let texts = [good, event.to_string()];
    let kinds = |servers: &[(&str, &matrix_signatures::SigningKey)]| -> Vec<_> {
        let outcomes = verdicts(&texts, &ring(servers), rules);
        outcomes.into_iter().map(|outcome| outcome.map_err(|error| error.kind())).collect()
    };
    let both = kinds(&[("a.example", &key), ("b.example", &key)]);
    assert_eq!(both, [Ok(Verdict::Valid), Err("invalid_signature")]);
    let one = kinds(&[("a.example", &key)]);
    assert_eq!(one[1], Err("invalid_signature"));
    assert!(one[0].is_err() && one[0] != one[1], "{one:?}");
}

#[test]
fn an_empty_batch_has_no_verdicts() {
    assert_eq!(Batch::new().verify(), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn batches_and_single_verification_agree(
        events in prop::collection::vec(event(), 1..6), rules in any_rules(), mut seed in any::<u64>(),
        change in prop::option::of((any::<prop::sample::Index>(), prop::sample::select(vec!["type", "content", "sender", "signatures", "hashes", "depth"]), value())),
    ) {
        let mut keys = KeyRing::new();
        let mut all = Vec::new();
        for event in events {
            let (event, ring) = signed(event, rules);
            keys = ring;
            all.push(event);
        }
        if let Some((place, field, new)) = change {
            let place = place.index(all.len());
            all[place].insert(field, new);
        }
        let texts: Vec<String> = all.into_iter().map(|event| loose(&Value::Object(event), &mut seed)).collect();
        verdicts(&texts, &keys, rules);
    }
}
