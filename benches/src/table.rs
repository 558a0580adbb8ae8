//! Pairs of works, measured with a plain timer.

use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 21;
const LEAST_ROUNDS: usize = 5;
/// After this long a pair is measured no further than the least number of rounds.
const PATIENCE: Duration = Duration::from_secs(8);

/// The table that the `ratios` binary prints, row by row.
pub struct Table {
    wanted: String,
}

impl Table {
    /// Prints the head of the table. Only rows whose name contains `wanted` are measured.
    pub fn new(wanted: String) -> Self {
        println!("| work | ours | peer | ratio | rounds |");
        println!("|---|---|---|---|---|");
        Self { wanted }
    }

    /// Tells whether a row is asked for, before anything is prepared for it.
    pub fn wants(&self, name: &str) -> bool {
        name.contains(&self.wanted)
    }

    /// Measures a pair of works, one after the other in turn, and prints the medians and their ratio.
    pub fn row(&mut self, name: &str, ours: impl Fn() -> Duration, peers: impl Fn() -> Duration) {
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
        println!("| {name} | {} | {} | {ratio:.2} | {} |", shown(ours), shown(peers), our_times.len());
    }
}

/// How long a work takes, its result dropped afterwards.
pub fn timed<T>(work: impl FnOnce() -> T) -> Duration {
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
