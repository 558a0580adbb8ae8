//! Replays a room from its PDUs: checks format, hashes and signatures, walks the event graph, resolves the state
//! wherever it merges, and prints the current state and what was rejected.
//!
//!     cargo run --release --example resolve_room
//!     cargo run --release --example resolve_room -- room.jsonl --keys keys.json
//!     cargo run --release --example resolve_room -- - --no-verify --room-version 10 < room.json
//!
//! Without a path it reads the room that ships in `examples/data/v12-main`.

#[path = "resolve_room/read.rs"]
mod read;
mod room_file;

use std::{
    collections::BTreeMap,
    io::{ErrorKind, Read as _, Write as _},
    process::ExitCode,
    time::SystemTime,
};

use matrix_authrules::{Event as _, Pdu};
use matrix_canonicaljson::{Mode, Object};
use matrix_identifiers::OwnedEventId;
use matrix_roomversion::RoomVersionRules;
use matrix_signatures::KeyRing;
use matrix_stateres::{Outcome, Replay};

use room_file::{Refusal, Row};

const SAMPLE: &str = include_str!("data/v12-main/pdus.jsonl");
const SAMPLE_KEYS: &str = include_str!("data/v12-main/keys.json");
/// When the sample room's keys were fetched, in milliseconds: they are good for a week from then.
const SAMPLE_NOW_MS: i64 = 1_795_408_113_382;

const USAGE: &str = "usage: resolve_room [PATH | -] [--room-version VERSION] [--keys FILE | --no-verify]

PATH holds JSON lines or one array, each item a PDU or {\"event_id\", \"event\"}; `-` is standard input.
Without PATH a sample room is read.";

/// What the command line asks for.
#[derive(Default)]
struct Options {
    path: Option<String>,
    version: Option<String>,
    keys: Option<String>,
    no_verify: bool,
    help: bool,
}

fn main() -> ExitCode {
    let mut report = String::new();
    let result = options(std::env::args().skip(1)).and_then(|options| run(&options, &mut report));
    let printed = match std::io::stdout().write_all(report.as_bytes()) {
        // Whoever reads may have seen enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("standard output: {error}")),
        _ => Ok(()),
    };
    match result.and(printed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Nothing is left to be done where even this cannot be said.
            _ = writeln!(std::io::stderr(), "error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value\n\n{USAGE}"));
        match argument.as_str() {
            "--room-version" => options.version = Some(value()?),
            "--keys" => options.keys = Some(value()?),
            "--no-verify" => options.no_verify = true,
            "--help" | "-h" => options.help = true,
            path if path == "-" || !path.starts_with('-') => options.path = Some(path.to_owned()),
            unknown => return Err(format!("unknown option {unknown}\n\n{USAGE}")),
        }
    }
    Ok(options)
}

fn run(options: &Options, report: &mut String) -> Result<(), String> {
    if options.help {
        *report += USAGE;
        report.push('\n');
        return Ok(());
    }
    let rows = read::rows(&input(options)?)?;
    let version = match &options.version {
        Some(version) => version.parse().map_err(|error| format!("--room-version: {error}"))?,
        None => read::version_of(&rows)?,
    };
    let rules = version.rules();
    let (events, refused) = receive(options, &rows, rules)?;
    let senders: BTreeMap<OwnedEventId, String> =
        events.iter().map(|event| (event.event_id().to_owned(), event.sender().to_string())).collect();
    let mut replay = Replay::new(rules);
    let merges = events.iter().filter(|event| event.prev_events().count() > 1).count();
    events.into_iter().for_each(|event| replay.feed(event));
    replay.run();

    *report += &format!(
        "room {}, version {version}: {} events, {merges} merges, {} forward extremities\n",
        replay.graph().room_id().map_or("?", |id| id.as_str()),
        rows.len(),
        replay.forward_extremities().count(),
    );
    write_state(report, &replay, &senders);
    write_outcomes(report, &replay, &refused);
    let placed = |outcome: &Outcome| !matches!(outcome, Outcome::Unplaced(_));
    if replay.outcomes().values().any(placed) {
        Ok(())
    } else {
        Err(format!("no event of version {version} could be placed: the room cannot be read"))
    }
}

fn input(options: &Options) -> Result<String, String> {
    match options.path.as_deref() {
        None => Ok(SAMPLE.to_owned()),
        Some("-") => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map_err(|error| format!("standard input: {error}"))?;
            Ok(text)
        }
        Some(path) => std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}")),
    }
}

/// Events that passed the checks that come before authorization, and those that did not, by ID.
type Received = (Vec<Pdu>, Vec<(String, Refusal)>);

/// Puts the events through the checks that come before authorization. Those that fail are named with the reason.
fn receive(options: &Options, rows: &[Row], rules: &RoomVersionRules) -> Result<Received, String> {
    let keys = match (&options.keys, &options.path) {
        (Some(path), _) => std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?,
        (None, None) => SAMPLE_KEYS.to_owned(),
        (None, Some(_)) if options.no_verify => "{}".to_owned(),
        (None, Some(_)) => {
            return Err("signatures need keys: give --keys FILE, or --no-verify to go without".to_owned());
        }
    };
    let keys = Object::parse(keys.as_bytes(), Mode::Lenient).map_err(|error| format!("keys: {error}"))?;
    let keys = KeyRing::from_object(&keys).map_err(|error| format!("keys: {error}"))?;
    let now_ms = if options.path.is_some() { now_ms() } else { SAMPLE_NOW_MS };
    let (mut events, mut refused) = (Vec::new(), Vec::new());
    for (number, row) in rows.iter().enumerate() {
        let result = if options.no_verify {
            room_file::identify(row, rules).and_then(|id| room_file::pdu(&row.event, &id, rules))
        } else {
            room_file::receive(row, rules, &keys, now_ms)
        };
        match result {
            Ok(event) => events.push(event),
            Err(refusal) => {
                let id = row
                    .event_id
                    .clone()
                    .or_else(|| room_file::identify(row, rules).ok().map(|id| id.to_string()));
                refused.push((id.unwrap_or_else(|| format!("event {number} of the input")), refusal));
            }
        }
    }
    Ok((events, refused))
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

fn write_state(report: &mut String, replay: &Replay<Pdu>, senders: &BTreeMap<OwnedEventId, String>) {
    let entries = replay.graph().entries(replay.current_state());
    *report += &format!("\ncurrent state, {} entries:\n", entries.len());
    let rows = entries.into_iter().map(|(event_type, state_key, id)| {
        [
            event_type.to_owned(),
            state_key.to_owned(),
            id.to_string(),
            senders.get(id).cloned().unwrap_or_default(),
        ]
    });
    write_table(report, ["type", "state key", "event", "sender"], rows.collect());
}

fn write_outcomes(report: &mut String, replay: &Replay<Pdu>, refused: &[(String, Refusal)]) {
    let (mut rejected, mut soft_failed, mut unplaced) = (Vec::new(), Vec::new(), Vec::new());
    for (id, outcome) in replay.outcomes() {
        match outcome {
            Outcome::Rejected(denied) => {
                rejected.push([id.to_string(), format!("rule {}", denied.rule()), denied.to_string()]);
            }
            Outcome::SoftFailed(denied) => {
                soft_failed.push([id.to_string(), format!("rule {}", denied.rule()), denied.to_string()]);
            }
            Outcome::Unplaced(error) => unplaced.push([id.to_string(), String::new(), error.to_string()]),
            Outcome::Accepted => {}
        }
    }
    let refused = refused
        .iter()
        .map(|(id, refusal)| [id.clone(), format!("check {}", refusal.check), refusal.reason.clone()]);
    for (title, rows) in [
        ("dropped on receipt", refused.collect()),
        ("rejected", rejected),
        ("soft-failed", soft_failed),
        ("not placed", unplaced),
    ] {
        if !rows.is_empty() || title == "rejected" {
            *report += &format!("\n{title}, {} events:\n", rows.len());
            write_table(report, ["event", "by", "reason"], rows);
        }
    }
}

fn write_table<const N: usize>(report: &mut String, head: [&str; N], rows: Vec<[String; N]>) {
    let mut widths = head.map(str::len);
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for row in std::iter::once(head.map(str::to_owned)).chain(rows) {
        let cells: Vec<String> =
            row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        *report += &format!("  {}\n", cells.join("  ").trim_end());
    }
}
