//! Measures each pair of works with a plain timer, one after the other in turn, and prints a Markdown table of the
//! medians and their ratio.
//!
//! An argument selects the rows whose name contains it.

use std::hint::black_box;
use std::time::{Duration, Instant};

use matrix_benches::pdus::{Corpus, NOW_MS, Style, write};
use matrix_benches::peer::{self, PeerRoom};
use matrix_benches::rng::Rng;
use matrix_benches::rooms::{Options, Room};
use matrix_benches::work::{ours, peers};
use matrix_canonicaljson::{Mode, Object};
use matrix_roomversion::RoomVersion;
use matrix_stateres::resolve;

const VERSION: RoomVersion = RoomVersion::V11;
const PDUS: usize = 10_000;
const ROUNDS: usize = 21;
const LEAST_ROUNDS: usize = 5;
/// After this long a pair is measured no further than the least number of rounds.
const PATIENCE: Duration = Duration::from_secs(8);

fn main() {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let mut table = Table { wanted };
    println!("| work | ours | ruma | ratio | rounds |");
    println!("|---|---|---|---|---|");
    events(&mut table);
    rooms(&mut table);
}

fn events(table: &mut Table) {
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

fn rooms(table: &mut Table) {
    for events in [1_000, 10_000] {
        for sets in [2, 8] {
            let options = Options::new(1, VERSION, events, sets);
            table.room(&format!("resolve {events} events, {sets} sets"), options);
        }
    }
    table.room("resolve 100000 events, 8 sets", Options::new(1, VERSION, 100_000, 8));
    for events in [10_000, 100_000] {
        let name = format!("build and resolve {events} events, 8 sets");
        table.cold(&name, Options::new(1, VERSION, events, 8));
    }
    for listed_users in [10, 1_000] {
        let options = Options { listed_users, ..Options::new(1, VERSION, 10_000, 8) };
        table.room(&format!("resolve 10000 events, 8 sets, {listed_users} more users with levels"), options);
    }
    for events in [20_000, 40_000] {
        let options = Options { power_percent: 60, ..Options::new(1, VERSION, events, 2) };
        table.room(&format!("resolve {events} events, 2 sets, long power-level chains"), options);
    }
}

struct Table {
    wanted: String,
}

impl Table {
    fn wants(&self, name: &str) -> bool {
        name.contains(&self.wanted)
    }

    /// A room with everything prepared: ours has its graph and states, ruma its events, states and auth chains.
    fn room(&mut self, name: &str, options: Options) {
        if !self.wants(name) {
            return;
        }
        let room = Room::generate(options);
        let (graph, states) = room.graph();
        let peer = PeerRoom::new(&room);
        let chains = peer.auth_chains();
        self.row(
            name,
            || timed(|| resolve(&graph, black_box(&states)).expect("a resolution")),
            || {
                let chains = chains.clone();
                timed(|| peer.resolve(black_box(chains)).expect("a resolution"))
            },
        );
    }

    /// A room with its events alone prepared: ours builds graph and states, ruma's caller the auth chains.
    fn cold(&mut self, name: &str, options: Options) {
        if !self.wants(name) {
            return;
        }
        let room = Room::generate(options);
        let peer = PeerRoom::new(&room);
        self.row(
            name,
            || {
                timed(|| {
                    let (graph, states) = black_box(&room).graph();
                    let resolved = resolve(&graph, &states).expect("a resolution");
                    (graph, states, resolved)
                })
            },
            || timed(|| peer.resolve(black_box(&peer).auth_chains()).expect("a resolution")),
        );
    }

    fn row(&mut self, name: &str, ours: impl Fn() -> Duration, peers: impl Fn() -> Duration) {
        if !self.wants(name) {
            return;
        }
        let (mut our_times, mut peer_times) = (Vec::new(), Vec::new());
        black_box((ours(), peers()));
        let start = Instant::now();
        while our_times.len() < LEAST_ROUNDS || (our_times.len() < ROUNDS && start.elapsed() < PATIENCE) {
            our_times.push(ours());
            peer_times.push(peers());
        }
        let (ours, peers) = (median(&mut our_times), median(&mut peer_times));
        let ratio = peers.as_secs_f64() / ours.as_secs_f64();
        println!("| {name} | {} | {} | {ratio:.1} | {} |", shown(ours), shown(peers), our_times.len());
    }
}

/// How long a work takes, its result dropped afterwards.
fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = black_box(work());
    let time = start.elapsed();
    drop(result);
    time
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn shown(time: Duration) -> String {
    let nanoseconds = time.as_nanos() as f64;
    match nanoseconds {
        ..1e6 => format!("{:.2} µs", nanoseconds / 1e3),
        _ => format!("{:.2} ms", nanoseconds / 1e6),
    }
}
