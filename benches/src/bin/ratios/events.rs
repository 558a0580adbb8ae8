//! Events as bytes.

use std::cell::RefCell;
use std::hint::black_box;
use std::time::{Duration, Instant};

use matrix_benches::pdus::{Corpus, NOW_MS, Style, write};
use matrix_benches::peer;
use matrix_benches::rng::Rng;
use matrix_benches::table::Table;
use matrix_benches::work::{Ours, peers};
use matrix_canonicaljson::{Mode, Object};
use matrix_identifiers::ServerName;
use matrix_roomversion::RoomVersion;
use matrix_signatures::bytes::{Batch, EventReader};
use matrix_signatures::{PublicKey, Signature, event_signing_bytes};
use serde::de::IgnoredAny;

const VERSION: RoomVersion = RoomVersion::V11;
const PDUS: usize = 10_000;
const BATCH: usize = 64;

pub(crate) fn rows(table: &mut Table) {
    let corpus = Corpus::generate(4, VERSION, PDUS);
    works(table, "", &corpus.pdus);
    let (trees, mut rng) = (trees(&corpus.pdus), Rng::new(9));
    let mut written =
        |style| -> Vec<Vec<u8>> { trees.iter().map(|event| write(event, style, &mut rng)).collect() };
    let [canonical, unsorted, loose] = [Style::Canonical, Style::Unsorted, Style::Loose].map(&mut written);
    works(table, "canonical ", &canonical);
    works(table, "unsorted ", &unsorted);
    works(table, "loose ", &loose);
    let ours = RefCell::new(Ours::default());
    let ours = || ours.borrow_mut();
    table.row(
        "unsorted bytes → canonical bytes",
        || each(&unsorted, |pdu| black_box(ours().canonical(pdu)).is_some()),
        || each(&unsorted, |pdu| black_box(peers::canonical(pdu)).is_some()),
    );
    table.row(
        "are bytes canonical (peer: serde_json reads past them)",
        || each(&canonical, matrix_canonicaljson::is_canonical),
        || each(&canonical, |pdu| serde_json::from_slice::<IgnoredAny>(pdu).is_ok()),
    );
    parsers(table, &corpus.pdus);
    verification(table, &corpus);
}

/// The works that start with the bytes of an event.
fn works(table: &mut Table, which: &str, pdus: &[Vec<u8>]) {
    let (rules, peer_rules) = (VERSION.rules(), peer::rules(VERSION));
    let ours = RefCell::new(Ours::default());
    let ours = || ours.borrow_mut();
    table.row(
        &format!("{which}bytes → event ID"),
        || each(pdus, |pdu| black_box(ours().event_id(pdu, rules)).is_some()),
        || each(pdus, |pdu| black_box(peers::event_id(pdu, &peer_rules)).is_some()),
    );
    table.row(
        &format!("{which}bytes → content hash and event ID"),
        || each(pdus, |pdu| black_box(ours().hashes(pdu, rules)).is_some()),
        || each(pdus, |pdu| black_box(peers::hashes(pdu, &peer_rules)).is_some()),
    );
    table.row(
        &format!("{which}bytes → redacted bytes"),
        || each(pdus, |pdu| black_box(ours().redacted(pdu, rules)).is_some()),
        || each(pdus, |pdu| black_box(peers::redacted(pdu, &peer_rules)).is_some()),
    );
    table.row(
        &format!("{which}bytes → redacted bytes (peer: `redact`, then written)"),
        || each(pdus, |pdu| black_box(ours().redacted(pdu, rules)).is_some()),
        || each(pdus, |pdu| black_box(peers::redacted_tree(pdu, &peer_rules)).is_some()),
    );
}

/// What the quickest parsers of JSON take to no more than read past the events, or to note what is in them: how much
/// of the works above reading can be.
fn parsers(table: &mut Table, pdus: &[Vec<u8>]) {
    let reader = RefCell::new(EventReader::new());
    let read = || each(pdus, |pdu| reader.borrow_mut().read(pdu, Mode::Strict).is_ok());
    table.row("bytes → fields in order (peer: serde_json reads past them)", read, || {
        each(pdus, |pdu| serde_json::from_slice::<IgnoredAny>(pdu).is_ok())
    });
    table.row("bytes → fields in order (peer: sonic-rs reads past them)", read, || {
        each(pdus, |pdu| sonic_rs::from_slice::<IgnoredAny>(pdu).is_ok())
    });
    let room = RefCell::new((simd_json::Buffers::new(4_096), Vec::new()));
    table.row("bytes → fields in order (peer: simd-json's tape)", read, || {
        each(pdus, |pdu| {
            let (buffers, copy) = &mut *room.borrow_mut();
            // It writes into the text that it reads.
            copy.clear();
            copy.extend_from_slice(pdu);
            black_box(simd_json::to_tape_with_buffers(copy, buffers)).is_ok()
        })
    });
}

/// Signatures and content hashes: one by one, in batches, and beside the arithmetic alone.
fn verification(table: &mut Table, corpus: &Corpus) {
    let (pdus, rules, peer_rules) = (&corpus.pdus[..2_048], VERSION.rules(), peer::rules(VERSION));
    let (keys, peer_keys) = (&corpus.keys, peer::keys(&corpus.keys));
    let ours = RefCell::new(Ours::default());
    let ours = || ours.borrow_mut();
    let single = || each(pdus, |pdu| black_box(ours().verify(pdu, keys, NOW_MS, rules)).is_some());
    let peer = || each(pdus, |pdu| black_box(peers::verify(pdu, &peer_keys, &peer_rules)).is_some());
    table.row("bytes → verdict on signatures and hash", single, peer);
    let batches = || {
        let mut batch = Batch::new();
        let start = Instant::now();
        for pdus in pdus.chunks(BATCH) {
            pdus.iter().for_each(|pdu| ours().add(black_box(pdu), keys, NOW_MS, rules, &mut batch));
            assert!(black_box(batch.verify()).iter().all(Result::is_ok));
        }
        start.elapsed() / pdus.len() as u32
    };
    table.row("the same in batches of 64", batches, peer);
    let signed: Vec<_> = trees(pdus).iter().flat_map(|event| signatures(corpus, event)).collect();
    let bare = || {
        let start = Instant::now();
        let hold = |(key, signature, bytes): &&(PublicKey, Signature, Vec<u8>)| {
            ed25519_verify(key, signature, black_box(bytes))
        };
        assert_eq!(signed.iter().filter(hold).count(), signed.len());
        start.elapsed() / pdus.len() as u32
    };
    table.row("verdict (peer: Ed25519 of the same signatures alone)", single, bare);
}

/// What the arithmetic alone costs, without anything of ours around it.
fn ed25519_verify(key: &PublicKey, signature: &Signature, bytes: &[u8]) -> bool {
    key.verify(bytes, signature)
}

fn trees(pdus: &[Vec<u8>]) -> Vec<Object> {
    pdus.iter().map(|pdu| Object::parse(pdu, Mode::Strict).expect("an event")).collect()
}

/// The signatures of an event, with the bytes signed.
fn signatures(corpus: &Corpus, event: &Object) -> Vec<(PublicKey, Signature, Vec<u8>)> {
    let bytes = event_signing_bytes(event, VERSION.rules()).expect("an event");
    let mut found = Vec::new();
    for (server, own) in event.get_object("signatures").expect("signatures") {
        let server = ServerName::parse(server).expect("a server");
        for (key_id, signature) in own.as_object().expect("signatures of a server") {
            let signature = Signature::from_base64(signature.as_str().expect("text")).expect("a signature");
            found.push((corpus.keys.get(server, key_id).expect("a key").key, signature, bytes.clone()));
        }
    }
    found
}

/// How long a work takes on one event.
fn each(pdus: &[Vec<u8>], mut work: impl FnMut(&[u8]) -> bool) -> Duration {
    let start = Instant::now();
    let taken = pdus.iter().filter(|pdu| work(black_box(pdu))).count();
    let time = start.elapsed();
    assert_eq!(taken, pdus.len());
    time / pdus.len() as u32
}
