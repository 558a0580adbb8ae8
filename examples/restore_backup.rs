//! Restores a key backup: the response of `GET /_matrix/client/v3/room_keys/keys` and a recovery key in, Megolm
//! sessions out; their keys with `--show` only.
//!
//!     cargo run --example restore_backup --features restore_backup
//!     cargo run --example restore_backup --features restore_backup -- room_keys.json --all-cores
//!
//! Without a path it restores the backup in `examples/data/key-backup` with the recovery key that lies there.

mod terminal;

use std::{fmt::Write as _, io::Write as _, process::ExitCode};

use indicatif::{ProgressBar, ProgressStyle};
use matrix_canonicaljson::{Mode, Object};
use matrix_keybackup::{
    BackupDecryptionKey, Cores, RecoveryKey, RestoredSession, RoomKeys, Secret, decrypt_all,
};

const SAMPLE: &[u8] = include_bytes!("data/key-backup/room_keys.json");
const SAMPLE_KEY: &str = include_str!("data/key-backup/recovery_key.txt");

const USAGE: &str = "usage: restore_backup [PATH] [--all-cores] [--show]

PATH holds the response of GET /_matrix/client/v3/room_keys/keys. The recovery key is asked for without echo; when
standard input is no terminal, its first line is taken. Without PATH a sample is restored. --show prints a session a
line as JSON, with its key.";

#[derive(Default)]
struct Options {
    path: Option<String>,
    all_cores: bool,
    show: bool,
    help: bool,
}

fn main() -> ExitCode {
    let result = options(std::env::args().skip(1)).and_then(|options| run(&options));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn options(arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options::default();
    for argument in arguments {
        match argument.as_str() {
            "--all-cores" => options.all_cores = true,
            "--show" => options.show = true,
            "--help" | "-h" => options.help = true,
            other if other.starts_with('-') => return Err(format!("unknown option {other}\n\n{USAGE}")),
            _ => options.path = Some(argument),
        }
    }
    Ok(options)
}

fn run(options: &Options) -> Result<(), String> {
    let mut stdout = std::io::stdout().lock();
    if options.help {
        _ = writeln!(stdout, "{USAGE}");
        return Ok(());
    }
    let (json, typed) = match &options.path {
        Some(path) => (terminal::read(path)?, terminal::ask("Recovery key of the backup: ")?),
        None => (SAMPLE.to_vec(), Secret::new(SAMPLE_KEY)),
    };
    let key = RecoveryKey::parse(typed.as_str()).map_err(|error| error.to_string())?;
    let key = BackupDecryptionKey::from_recovery_key(&key);
    let body = Object::parse(&json, Mode::Lenient).map_err(|error| format!("the backup: {error}"))?;
    let (keys, misfits) = RoomKeys::read(&body).map_err(|error| format!("the backup: {error}"))?;

    let bar = progress_bar(keys.len());
    let cores = if options.all_cores { Cores::All } else { Cores::One };
    let (restored, failed) = decrypt_all(&key, &keys, cores, |progress| {
        bar.set_position(u64::try_from(progress.done).unwrap_or(u64::MAX));
    });
    bar.finish_and_clear();

    let mut report = String::new();
    _ = writeln!(
        report,
        "backup of {}: {} of {} sessions",
        key.public_key(),
        restored.len(),
        keys.len() + misfits.len()
    );
    for session in restored.iter().filter(|_| !options.show) {
        describe(session, &mut report);
    }
    for failed in &failed {
        _ = writeln!(report, "not restored: {}  {}: {}", failed.room_id, failed.session_id, failed.error);
    }
    for misfit in &misfits {
        _ = writeln!(report, "not a key: {}  {}: {}", misfit.room_id, misfit.session_id, misfit.error);
    }
    // Whoever reads may have seen enough.
    _ = stdout.write_all(report.as_bytes());
    for session in restored.iter().filter(|_| options.show) {
        _ = stdout.write_all(session.session.to_json().as_bytes());
        _ = stdout.write_all(b"\n");
    }
    if restored.is_empty() && !keys.is_empty() {
        Err("that is not the key of this backup".to_owned())
    } else {
        Ok(())
    }
}

/// Shows itself on a terminal only.
fn progress_bar(sessions: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(sessions).unwrap_or(u64::MAX));
    match ProgressStyle::with_template("{bar:40} {pos} of {len} sessions, {eta} to go") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn describe(session: &RestoredSession, report: &mut String) {
    let RestoredSession { room_id, session_id, metadata, session } = session;
    let verified = if metadata.is_verified { ", verified" } else { "" };
    // The server names the sessions, and could swap them.
    let swapped = match session.session_id() {
        Ok(id) if id == *session_id => "",
        _ => ", BUT THE KEY IS ANOTHER SESSION'S",
    };
    let from = metadata.first_message_index;
    _ = writeln!(report, "  {room_id}  {session_id}  from message {from}{verified}{swapped}");
}
