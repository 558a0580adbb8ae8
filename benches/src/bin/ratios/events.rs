//! Events as bytes.

use std::hint::black_box;
use std::time::Instant;

use matrix_benches::pdus::{Corpus, NOW_MS, Style, write};
use matrix_benches::peer;
use matrix_benches::rng::Rng;
use matrix_benches::table::Table;
use matrix_benches::work::{ours, peers};
use matrix_canonicaljson::{Mode, Object};
use matrix_roomversion::RoomVersion;

const VERSION: RoomVersion = RoomVersion::V11;
const PDUS: usize = 10_000;

pub(crate) fn rows(table: &mut Table) {
    let corpus = Corpus::generate(4, VERSION, PDUS);
    let (pdus, rules, peer_rules) = (&corpus.pdus, VERSION.rules(), peer::rules(VERSION));
    let peer_keys = peer::keys(&corpus.keys);
    let mut rng = Rng::new(9);
    let unsorted: Vec<Vec<u8>> = pdus
        .iter()
        .map(|pdu| write(&Object::parse(pdu, Mode::Strict).expect("an event"), Style::Unsorted, &mut rng))
        .collect();
    let each = |pdus: &[Vec<u8>], work: &dyn Fn(&[u8]) -> bool| {
        let start = Instant::now();
        let taken = pdus.iter().filter(|pdu| work(black_box(pdu))).count();
        let time = start.elapsed();
        assert_eq!(taken, pdus.len());
        time / PDUS as u32
    };
    table.row(
        "bytes → event ID",
        || each(pdus, &|pdu| black_box(ours::event_id(pdu, rules)).is_some()),
        || each(pdus, &|pdu| black_box(peers::event_id(pdu, &peer_rules)).is_some()),
    );
    table.row(
        "bytes → content hash and event ID",
        || each(pdus, &|pdu| black_box(ours::hashes(pdu, rules)).is_some()),
        || each(pdus, &|pdu| black_box(peers::hashes(pdu, &peer_rules)).is_some()),
    );
    table.row(
        "bytes → redacted bytes",
        || each(pdus, &|pdu| black_box(ours::redacted(pdu, rules)).is_some()),
        || each(pdus, &|pdu| black_box(peers::redacted(pdu, &peer_rules)).is_some()),
    );
    table.row(
        "unsorted bytes → canonical bytes",
        || each(&unsorted, &|pdu| black_box(ours::canonical(pdu)).is_some()),
        || each(&unsorted, &|pdu| black_box(peers::canonical(pdu)).is_some()),
    );
    table.row(
        "bytes → verdict on signatures and hash",
        || each(pdus, &|pdu| black_box(ours::verify(pdu, &corpus.keys, NOW_MS, rules)).is_some()),
        || each(pdus, &|pdu| black_box(peers::verify(pdu, &peer_keys, &peer_rules)).is_some()),
    );
}
