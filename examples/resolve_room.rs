//! Replays a room from its PDUs: checks format, hashes and signatures, walks the event graph, resolves the state
//! wherever it merges, and prints the current state and what was rejected.
//!
//!     cargo run --release --example resolve_room
//!     cargo run --release --example resolve_room -- room.jsonl --keys keys.json
//!     cargo run --release --example resolve_room -- - --no-verify --room-version 10 < room.json
//!     cargo run --release --example resolve_room -- --explain m.room.power_levels --resets
//!     cargo run --release --example resolve_room -- --dot merge.dot && dot -Tsvg merge.dot > merge.svg
//!
//! Without a path it reads the room that ships in `examples/data/v12-main`.

#[path = "resolve_room/explain.rs"]
mod explain;
#[path = "resolve_room/read.rs"]
mod read;
#[path = "resolve_room/report.rs"]
mod report;
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

use report::Summary;
use room_file::{Refusal, Row};

const SAMPLE: &str = include_str!("data/v12-main/pdus.jsonl");
const SAMPLE_KEYS: &str = include_str!("data/v12-main/keys.json");
/// When the sample room's keys were fetched, in milliseconds: they are good for a week from then.
const SAMPLE_NOW_MS: i64 = 1_795_408_113_382;

const USAGE: &str = "usage: resolve_room [PATH | -] [--room-version VERSION] [--keys FILE | --no-verify]
                    [--explain KEY] [--resets] [--dot FILE] [--at EVENT_ID] [--json]

PATH holds JSON lines or one array, each item a PDU or {\"event_id\", \"event\"}; `-` is standard input.
Without PATH a sample room is read.

--explain KEY    tells, for each merge at which KEY was in question, which event won over which and why; KEY is an event
                 type, or a type, a space and a state key: m.room.topic, \"m.room.member @alice:example.org\"
--resets         lists the keys that a merge lost, or put back to an event from before, with the reason
--dot FILE       writes the conflicted part of the auth graph at a merge, in the language of Graphviz
--at EVENT_ID    names the merge: the event that the branches meet in; without it --dot takes the one that tried most
--json           prints everything as JSON";

/// What the command line asks for.
#[derive(Default)]
struct Options {
    path: Option<String>,
    version: Option<String>,
    keys: Option<String>,
    no_verify: bool,
    explain: Option<String>,
    resets: bool,
    dot: Option<String>,
    at: Option<String>,
    json: bool,
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
            "--explain" => options.explain = Some(value()?),
            "--resets" => options.resets = true,
            "--dot" => options.dot = Some(value()?),
            "--at" => options.at = Some(value()?),
            "--json" => options.json = true,
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
    let mut merges: Vec<(i64, OwnedEventId)> = events
        .iter()
        .filter(|event| event.prev_events().count() > 1)
        .map(|event| (event.origin_server_ts(), event.event_id().to_owned()))
        .collect();
    merges.sort();
    let merges: Vec<OwnedEventId> = merges.into_iter().map(|(_, id)| id).collect();
    let mut replay = Replay::new(rules);
    events.into_iter().for_each(|event| replay.feed(event));
    replay.run();

    let mut summary = Summary::new(&replay, rows.len(), merges.len(), &senders, refused);
    summary.version = version.to_string();
    if let Some(key) = &options.explain {
        summary.explanations = Some(explain::key(&replay, &merges, key));
    }
    if options.resets {
        summary.resets = Some(explain::resets(&replay, &merges));
    }
    if let Some(path) = &options.dot {
        let dot = explain::dot(&replay, &merges, options.at.as_deref())?;
        std::fs::write(path, dot).map_err(|error| format!("{path}: {error}"))?;
    }
    if options.json {
        *report += &format!("{:#}\n", summary.json());
    } else {
        *report += &summary.to_string();
    }
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
