//! Events as bytes: ours and ruma's side by side.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use matrix_benches::pdus::{Corpus, NOW_MS, Style, write};
use matrix_benches::peer;
use matrix_benches::rng::Rng;
use matrix_benches::work::{Ours, peers};
use matrix_canonicaljson::{Mode, Object};
use matrix_roomversion::RoomVersion;

const VERSION: RoomVersion = RoomVersion::V11;

/// Measures one work on one event after the other.
fn side(
    criterion: &mut Criterion,
    name: &str,
    side: &str,
    pdus: &[Vec<u8>],
    mut work: impl FnMut(&[u8]) -> bool,
) {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes((pdus.iter().map(Vec::len).sum::<usize>() / pdus.len()) as u64));
    let mut next = pdus.iter().cycle();
    group.bench_function(side, |bencher| {
        bencher.iter_batched(
            || next.next().map(Vec::as_slice).unwrap_or_default(),
            |pdu| assert!(work(black_box(pdu))),
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

fn events(criterion: &mut Criterion) {
    let corpus = Corpus::generate(4, VERSION, 10_000);
    let (pdus, rules, peer_rules) = (&corpus.pdus, VERSION.rules(), peer::rules(VERSION));
    let peer_keys = peer::keys(&corpus.keys);
    let mut ours = Ours::default();
    let mut rng = Rng::new(9);
    let unsorted: Vec<Vec<u8>> = pdus
        .iter()
        .map(|pdu| write(&Object::parse(pdu, Mode::Strict).expect("an event"), Style::Unsorted, &mut rng))
        .collect();

    side(criterion, "event_id", "ours", pdus, |pdu| black_box(ours.event_id(pdu, rules)).is_some());
    side(criterion, "event_id", "ruma", pdus, |pdu| black_box(peers::event_id(pdu, &peer_rules)).is_some());
    side(criterion, "redact", "ours", pdus, |pdu| black_box(ours.redacted(pdu, rules)).is_some());
    side(criterion, "redact", "ruma", pdus, |pdu| black_box(peers::redacted(pdu, &peer_rules)).is_some());
    side(criterion, "canonicalize", "ours", &unsorted, |pdu| black_box(ours.canonical(pdu)).is_some());
    side(criterion, "canonicalize", "ruma", &unsorted, |pdu| black_box(peers::canonical(pdu)).is_some());
    side(criterion, "verify", "ours", pdus, |pdu| {
        black_box(ours.verify(pdu, &corpus.keys, NOW_MS, rules)).is_some()
    });
    side(criterion, "verify", "ruma", pdus, |pdu| {
        black_box(peers::verify(pdu, &peer_keys, &peer_rules)).is_some()
    });
}

criterion_group!(benches, events);
criterion_main!(benches);
