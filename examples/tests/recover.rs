//! `recover_secrets` and `restore_backup` as a user runs them.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]

mod program;

use std::path::{Path, PathBuf};

use program::text;

/// Whether an example succeeds, what it prints, and its complaints.
fn run(name: &str, arguments: &[&str], typed: &str) -> (bool, String, String) {
    let output = program::run(name, arguments, typed);
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

fn sample(path: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(path);
    path.to_str().unwrap().to_owned()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(sample(path)).unwrap()
}

const NAMES: &str = "  m.cross_signing.master  43 characters
  m.cross_signing.self_signing  43 characters
  m.cross_signing.user_signing  43 characters
  m.megolm_backup.v1  43 characters
";

#[test]
fn recover_secrets_opens_the_sample_without_arguments() {
    let (success, printed, errors) = run("recover_secrets", &[], "");
    assert!(success, "{errors}");
    assert!(printed.starts_with("key home (At home): match\n"), "{printed}");
    assert!(printed.contains(NAMES), "{printed}");
    assert!(printed.contains("org.example.removed has a removed form under the key home\n"), "{printed}");
}

#[test]
fn recover_secrets_takes_a_recovery_key_or_a_passphrase() {
    let path = sample("secret-storage/account_data.json");
    let recovery_key = read("secret-storage/recovery_key.txt");
    for typed in [recovery_key.as_str(), "correct horse battery staple\n"] {
        let (success, printed, errors) = run("recover_secrets", &[&path], typed);
        assert!(success && printed.contains(NAMES), "{printed} {errors}");
    }
}

#[test]
fn recover_secrets_shows_secrets_when_asked_only() {
    let backup_key = {
        let (_, printed, _) = run("recover_secrets", &["--show"], "");
        let line = printed.lines().find(|line| line.contains("m.megolm_backup.v1")).unwrap();
        line.split("  ").last().unwrap().to_owned()
    };
    assert_eq!(backup_key.len(), 43);
    assert!(!run("recover_secrets", &[], "").1.contains(&backup_key));
}

#[test]
fn recover_secrets_says_what_is_wrong_and_repeats_nothing_that_was_typed() {
    let path = sample("secret-storage/account_data.json");
    for (arguments, typed, message) in [
        (&[path.as_str()][..], "sw0rdfish\n", "that is not the key \"home\""),
        (&[&path, "--key", "work"], "sw0rdfish\n", "key work has no passphrase, and no base58 digit at byte"),
        (&[&path, "--key", "none"], "sw0rdfish\n", "there is no key \"none\""),
        (&["/no/such/file"], "", "/no/such/file: "),
        (&["--colour"], "", "unknown option --colour"),
    ] {
        let (success, printed, errors) = run("recover_secrets", arguments, typed);
        assert!(!success && printed.is_empty(), "{printed}");
        assert!(errors.contains(message) && !errors.contains("sw0rdfish"), "{errors}");
    }
}

#[test]
fn restore_backup_restores_the_sample_without_arguments() {
    let (success, printed, errors) = run("restore_backup", &[], "");
    assert!(success, "{errors}");
    assert!(printed.contains("40 of 40 sessions"), "{printed}");
    assert_eq!(printed.matches("from message ").count(), 40);
    assert_eq!(printed.matches("ANOTHER SESSION'S").count(), 0);
    assert_eq!(run("restore_backup", &["--all-cores"], "").1, printed);
}

#[test]
fn restore_backup_takes_the_key_that_secret_storage_holds() {
    let path = sample("key-backup/room_keys.json");
    let (success, printed, _) = run("restore_backup", &[&path], &read("key-backup/recovery_key.txt"));
    assert!(success && printed.contains("40 of 40 sessions"), "{printed}");
    let (success, printed, errors) =
        run("restore_backup", &[&path], &read("secret-storage/recovery_key.txt"));
    assert!(!success && printed.contains("0 of 40 sessions"), "{printed}");
    assert!(errors.contains("that is not the key of this backup"), "{errors}");
}

#[test]
fn restore_backup_shows_session_keys_when_asked_only() {
    let shown = run("restore_backup", &["--show"], "").1;
    let sessions: Vec<serde_json::Value> =
        shown.lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(sessions.len(), 40);
    let quiet = run("restore_backup", &[], "").1;
    for session in &sessions {
        assert!(!quiet.contains(session["session_key"].as_str().unwrap()));
    }
}

#[test]
fn restore_backup_says_what_is_wrong() {
    let path = sample("key-backup/room_keys.json");
    for (arguments, typed, message) in [
        (&[path.as_str()][..], "EsTc LW2K\n", "a recovery key of 8 digits does not hold 35 bytes"),
        (&[&sample("key-backup/recovery_key.txt")], "EsTc\n", "a recovery key of 4 digits"),
        (&["--colour"], "", "unknown option --colour"),
    ] {
        let (success, printed, errors) = run("restore_backup", arguments, typed);
        assert!(!success && printed.is_empty(), "{printed}");
        assert!(errors.contains(message), "{errors}");
    }
}
