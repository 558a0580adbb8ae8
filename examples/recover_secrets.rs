//! Opens the secrets of a Matrix account: account data in, names of the secrets out; their values with `--show` only.
//!
//!     cargo run --example recover_secrets --features recover_secrets
//!     cargo run --example recover_secrets --features recover_secrets -- account_data.json
//!
//! Without a path it opens the account data in `examples/data/secret-storage` with the recovery key that lies there.

mod terminal;

use std::{collections::BTreeMap, fmt::Write as _, io::Write as _, process::ExitCode};

use matrix_canonicaljson::{Mode, Object, Value};
use matrix_ssss::{KeyId, Limits, RecoveryKey, RemovedForm, Secret, SecretStorage, SecretStorageKey};

const SAMPLE: &[u8] = include_bytes!("data/secret-storage/account_data.json");
const SAMPLE_KEY: &str = include_str!("data/secret-storage/recovery_key.txt");

const USAGE: &str = "usage: recover_secrets [PATH] [--key ID] [--show]

PATH holds a user's account data: a map from type to content, or `account_data` as in the response of /sync. The
recovery key or passphrase of the key, the default one unless --key names another, is asked for without echo; when
standard input is no terminal, its first line is taken. Without PATH a sample is opened. --show prints the secrets.";

type Storage<'a> = SecretStorage<&'a BTreeMap<String, Object>>;

#[derive(Default)]
struct Options {
    path: Option<String>,
    key: Option<String>,
    show: bool,
    help: bool,
}

fn main() -> ExitCode {
    let result = options(std::env::args().skip(1)).and_then(|options| run(&options));
    match result {
        Ok(report) => {
            // Whoever reads may have seen enough.
            _ = std::io::stdout().write_all(report.as_str().as_bytes());
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--show" => options.show = true,
            "--help" | "-h" => options.help = true,
            "--key" => options.key = Some(arguments.next().ok_or("--key needs an ID")?),
            other if other.starts_with('-') => return Err(format!("unknown option {other}\n\n{USAGE}")),
            _ => options.path = Some(argument),
        }
    }
    Ok(options)
}

fn run(options: &Options) -> Result<Secret, String> {
    if options.help {
        return Ok(Secret::new(format!("{USAGE}\n")));
    }
    let account_data = match &options.path {
        Some(path) => account_data(&terminal::read(path)?)?,
        None => account_data(SAMPLE)?,
    };
    let storage = SecretStorage::new(&account_data);
    let id = key_id(&storage, options)?;
    let typed = match &options.path {
        Some(_) => terminal::ask(&format!("Recovery key or passphrase of the key {id}: "))?,
        None => Secret::new(SAMPLE_KEY),
    };
    let key = storage_key(&storage, &id, typed.as_str())?;
    report(&storage, &id, &key, options.show).map(Secret::new)
}

/// Reads `{type: content}`, `{"events": […]}` or `{"account_data": {"events": […]}}`.
fn account_data(json: &[u8]) -> Result<BTreeMap<String, Object>, String> {
    let mut data = Object::parse(json, Mode::Lenient).map_err(|error| format!("account data: {error}"))?;
    if let Some(Value::Object(inner)) = data.remove("account_data") {
        data = inner;
    }
    let Some(events) = data.get_array("events") else {
        return data
            .into_iter()
            .map(|(name, content)| match content {
                Value::Object(content) => Ok((name, content)),
                _ => Err(format!("account data: the content of {name:?} is not an object")),
            })
            .collect();
    };
    let event = |event: &Value| {
        let event = event.as_object()?;
        Some((event.get_str("type")?.to_owned(), event.get_object("content")?.clone()))
    };
    events
        .iter()
        .map(|item| event(item).ok_or_else(|| "account data: an event has no type or content".to_owned()))
        .collect()
}

fn key_id(storage: &Storage<'_>, options: &Options) -> Result<KeyId, String> {
    let id = match &options.key {
        Some(id) => Some(KeyId::new(id.as_str())),
        None => storage.default_key_id().transpose(),
    };
    let id = id.ok_or("there is no default key; --key names one")?.map_err(|error| error.to_string())?;
    storage.key(&id).map_err(|error| format!("key {id}: {error}"))?;
    Ok(id)
}

/// Makes the key of a recovery key, or else of a passphrase when the key has one.
fn storage_key(storage: &Storage<'_>, id: &KeyId, typed: &str) -> Result<SecretStorageKey, String> {
    let failed = |error: matrix_ssss::Error| format!("key {id}: {error}");
    let passphrase = storage.key(id).and_then(|description| description.passphrase()).map_err(failed);
    let key = match (RecoveryKey::parse(typed), passphrase) {
        (Ok(key), _) => SecretStorageKey::from(&key),
        (Err(_), Ok(Some(info))) => info.derive(typed, &Limits::default()).map_err(failed)?,
        (Err(error), Ok(None)) => return Err(format!("key {id} has no passphrase, and {error}")),
        (Err(_), Err(error)) => return Err(error),
    };
    storage.check_key(id, &key).map_err(|error| error.to_string())?;
    Ok(key)
}

fn report(storage: &Storage<'_>, id: &KeyId, key: &SecretStorageKey, show: bool) -> Result<String, String> {
    let description = storage.key(id).map_err(|error| error.to_string())?;
    let answer = description.check(key).map_err(|error| error.to_string())?;
    // Long enough for what is shown, so that it does not move.
    let mut out = String::with_capacity(1 << 16);
    let name = description.name().unwrap_or("Unnamed key");
    _ = writeln!(out, "key {id} ({name}): {}", answer.as_str());
    for name in storage.secret_names() {
        _ = match storage.open(&name, id, key) {
            Ok(secret) if show => writeln!(out, "  {name}  {}", secret.as_str()),
            Ok(secret) => writeln!(out, "  {name}  {} characters", secret.as_str().chars().count()),
            Err(error) => writeln!(out, "  {name}  not opened: {error}"),
        };
    }
    for form in storage.removed_forms() {
        _ = match form {
            RemovedForm::Key(id) => writeln!(out, "key {id} has the removed asymmetric form"),
            RemovedForm::Secret { name, key_id } | RemovedForm::Passthrough { name, key_id } => {
                writeln!(out, "{name} has a removed form under the key {key_id}")
            }
        };
    }
    Ok(out)
}
