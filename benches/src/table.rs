//! Pairs of works, measured with a plain timer.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

const ROUNDS: usize = 21;
const LEAST_ROUNDS: usize = 5;
/// After this long a pair is measured no further than the least number of rounds.
const PATIENCE: Duration = Duration::from_secs(8);

/// Where the whole table is written.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/RATIOS.md");

/// The table that the `ratios` binary prints, row by row, and writes into `RATIOS.md` when it is the whole one.
pub struct Table {
    wanted: String,
    rows: String,
    load_before: String,
}

impl Table {
    /// Prints the head of the table. Only rows whose name contains `wanted` are measured.
    pub fn new(wanted: String) -> Self {
        let rows = "| work | ours | peer | ratio | rounds |\n|---|---|---|---|---|\n".to_owned();
        print!("{rows}");
        Self { wanted, rows, load_before: load() }
    }

    /// Writes the table, if no row was left out.
    pub fn finish(self) {
        if !self.wanted.is_empty() {
            return;
        }
        let Self { rows, load_before, .. } = self;
        let (rustc, processor) = (rustc(), processor());
        let text = format!(
            "# Ratios\n\n\
             Written by `cargo run --release --bin ratios`: {rustc}, {processor}, load average {load_before} before and \
             {} after. Both sides of a row are measured in turn; times are medians over the rounds, a ratio is the \
             peer's time by ours. What the rows are, and which versions of which peers, is in `README.md`.\n\n{rows}",
            load()
        );
        fs::write(FILE, text).expect("the file of ratios");
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
        let row =
            format!("| {name} | {} | {} | {ratio:.2} | {} |", shown(ours), shown(peers), our_times.len());
        println!("{row}");
        writeln!(self.rows, "{row}").expect("memory");
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

/// The load average over the last minute, where the system says it.
fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("unknown").to_owned()
}

fn processor() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let models: Vec<&str> = info.lines().filter_map(|line| line.strip_prefix("model name")).collect();
    let model =
        models.first().map_or("unknown processor", |model| model.trim_start_matches(['\t', ':', ' ']));
    format!("{model}, {} processors", models.len())
}

fn rustc() -> String {
    let output = Command::new("rustc").arg("--version").output();
    let version = output.ok().and_then(|output| String::from_utf8(output.stdout).ok()).unwrap_or_default();
    version.split(" (").next().unwrap_or_default().to_owned()
}
