//! Events: parsing, canonical form, content hash, ID, redaction, verdict and format, of generated events and of
//! events that were changed in one to three places.

use matrix_benches::differential::{self, Difference};
use matrix_benches::pdus::{Corpus, NOW_MS, Style, write};
use matrix_benches::rng::Rng;
use matrix_benches::work::{Ours, peers};
use matrix_canonicaljson::{Mode, Object, Value};
use matrix_roomversion::RoomVersion;

use crate::mutations::{mutate, mutate_bytes};

const EVENTS_FOR_EACH_VERSION: usize = 1_500;

fn versions() -> impl Iterator<Item = RoomVersion> {
    RoomVersion::ALL.iter().copied().filter(|version| *version >= RoomVersion::V6)
}

fn compare(pdu: &[u8], corpus: &Corpus) -> Result<Vec<Difference>, String> {
    differential::compare(pdu, corpus.version, &corpus.keys)
}

fn check(reports: Vec<String>, tried: usize) {
    let shown: Vec<&str> = reports.iter().take(8).map(String::as_str).collect();
    assert!(reports.is_empty(), "{} of {tried} events differ:\n{}", reports.len(), shown.join("\n"));
}

/// What the fuzz target `differential` does, over what the other targets have collected.
#[test]
fn seeds_of_the_fuzz_targets_are_taken_alike() {
    let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    let mut tried = 0;
    for target in ["canonicalize", "check_format", "event_id", "redact", "verify_event"] {
        for file in std::fs::read_dir(seeds.join(target)).expect("a folder of seeds") {
            let seed = std::fs::read(file.expect("an entry").path()).expect("a seed");
            matrix_benches::differential::run(&seed);
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried} seeds");
}

#[test]
fn generated_events_are_taken_alike() {
    let mut reports = Vec::new();
    for (seed, version) in (100..).zip(versions()) {
        let corpus = Corpus::generate(seed, version, EVENTS_FOR_EACH_VERSION);
        for pdu in &corpus.pdus {
            match compare(pdu, &corpus) {
                Ok(_) => {}
                Err(report) => reports.push(report),
            }
            assert!(Ours::default().verify(pdu, &corpus.keys, NOW_MS, version.rules()) == Some(true));
        }
    }
    check(reports, EVENTS_FOR_EACH_VERSION * versions().count());
}

#[test]
fn changed_events_are_taken_alike_but_for_the_accepted_differences() {
    let mut reports = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (seed, version) in (200..).zip(versions()) {
        let corpus = Corpus::generate(seed, version, 0);
        let mut rng = Rng::new(seed);
        for _ in 0..EVENTS_FOR_EACH_VERSION {
            let mut event = corpus.event(&mut rng);
            for _ in 0..rng.between(1, 4) {
                mutate(&mut event, &mut rng);
            }
            if rng.chance(50) {
                sign_again(&mut event, &corpus);
            }
            match compare(&write(&event, Style::Unsorted, &mut rng), &corpus) {
                Ok(differences) => seen.extend(differences),
                Err(report) => reports.push(report),
            }
        }
    }
    check(reports, EVENTS_FOR_EACH_VERSION * versions().count());
    // These have tests of their own.
    seen.extend([Difference::PduSize, Difference::CreateInAuthEvents]);
    assert_eq!(
        seen.into_iter().collect::<Vec<_>>(),
        Difference::OF_EVENTS,
        "a listed difference no longer shows"
    );
}

#[test]
fn changed_bytes_are_taken_alike_but_for_the_accepted_differences() {
    let mut reports = Vec::new();
    for (seed, version) in (300..).zip(versions()) {
        let corpus = Corpus::generate(seed, version, EVENTS_FOR_EACH_VERSION);
        let mut rng = Rng::new(seed);
        for pdu in &corpus.pdus {
            let mut pdu = pdu.clone();
            mutate_bytes(&mut pdu, &mut rng);
            reports.extend(compare(&pdu, &corpus).err());
        }
    }
    check(reports, EVENTS_FOR_EACH_VERSION * versions().count());
}

/// Signs a changed event for its sender's server, as far as that can still be done.
fn sign_again(event: &mut Object, corpus: &Corpus) {
    let sender = event.get_str("sender").and_then(|id| matrix_identifiers::UserId::parse(id).ok());
    let Some(server) = sender.map(|sender| sender.server_name().to_owned()) else { return };
    if let Some(key) = corpus.signers.get(&server) {
        let _ = matrix_signatures::sign_event(event, &server, key, corpus.version.rules());
    }
}

/// A PDU of exactly so many bytes.
fn sized(corpus: &Corpus, bytes: usize) -> Vec<u8> {
    let mut rng = Rng::new(1);
    let mut event = corpus.event(&mut rng);
    event.insert("content", Object::new());
    let padded = |event: &Object, length: usize| {
        let mut event = event.clone();
        event.insert("content", Object::from([("body", Value::from("x".repeat(length)))]));
        sign_again(&mut event, corpus);
        event.to_canonical()
    };
    let bare = padded(&event, 0).len();
    padded(&event, bytes - bare)
}

#[test]
fn sizes_differ_by_one_byte() {
    for version in versions() {
        let corpus = Corpus::generate(7, version, 0);
        for (bytes, expected) in [(65_535, vec![]), (65_536, vec![Difference::PduSize]), (65_537, vec![])] {
            let pdu = sized(&corpus, bytes);
            assert_eq!(pdu.len(), bytes);
            assert_eq!(compare(&pdu, &corpus), Ok(expected), "{bytes} bytes");
        }
    }
}

#[test]
fn the_create_event_among_auth_events_is_a_matter_of_format_to_ruma_alone() {
    for version in versions() {
        let corpus = Corpus::generate(8, version, 0);
        let mut event = corpus.event(&mut Rng::new(5));
        let create = event.get_str("room_id").expect("a room ID").replacen('!', "$", 1);
        event.insert("auth_events", Value::Array(vec![Value::from(create)]));
        sign_again(&mut event, &corpus);
        let expected =
            if version == RoomVersion::V12 { vec![Difference::CreateInAuthEvents] } else { vec![] };
        assert_eq!(compare(&event.to_canonical(), &corpus), Ok(expected));
    }
}

#[test]
fn nesting_is_bounded_alike() {
    for depth in 100..160 {
        let text = format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(
            Ours::default().canonical(text.as_bytes()),
            peers::canonical(text.as_bytes()).as_deref(),
            "{depth} lists"
        );
        let text = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        assert_eq!(
            Ours::default().canonical(text.as_bytes()),
            peers::canonical(text.as_bytes()).as_deref(),
            "{depth} objects"
        );
    }
}

#[test]
fn numbers_and_repeated_keys_are_read_alike() {
    for value in [
        "0",
        "-0",
        "1",
        "-1",
        "00",
        "01",
        "+1",
        "1.0",
        "1.5",
        "1e2",
        "1E2",
        "-0.0",
        "9007199254740991",
        "9007199254740992",
        "-9007199254740991",
        "-9007199254740992",
        "18446744073709551616",
        "1e400",
        "NaN",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"\\u0000\"",
        "{\"b\":1,\"b\":2}",
        "[1,]",
        "{}x",
    ] {
        let text = format!("{{\"a\":{value}}}");
        assert_eq!(
            Ours::default().canonical(text.as_bytes()),
            peers::canonical(text.as_bytes()).as_deref(),
            "{text}"
        );
    }
}

/// [`Difference::OverwrittenNumber`].
#[test]
fn an_overwritten_number_that_is_not_strict_is_refused_by_ours_alone() {
    for number in ["1.5", "1e2", "9007199254740992", "-0.0"] {
        let text = format!(r#"{{"a":{{"b":{number},"b":2}}}}"#);
        assert_eq!(Ours::default().canonical(text.as_bytes()), None, "{text}");
        assert_eq!(Object::parse(text.as_bytes(), Mode::Strict).ok(), None, "{text}");
        assert_eq!(
            peers::canonical(text.as_bytes()).as_deref(),
            Some(br#"{"a":{"b":2}}"#.as_slice()),
            "{text}"
        );
    }
}
