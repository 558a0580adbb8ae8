//! The example `login_and_whoami` against servers on loopback that are made from the same types.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]

mod program;
#[path = "../login_and_whoami/server.rs"]
mod server;

use std::process::Output;

use server::Config;

fn run(arguments: &[&str], password: &str) -> Output {
    program::command("login_and_whoami").args(arguments).env("MATRIX_PASSWORD", password).output().unwrap()
}

/// Runs the example against a server and returns what it prints, and whether it succeeds.
fn session(config: Config, user: &str, password: &str) -> (String, bool) {
    let url = server::start(config).unwrap();
    let output = run(&[&url, user], password);
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8(printed).unwrap();
    for secret in [server::PASSWORD, "access1", "access2", "refresh1", "refresh2"] {
        assert!(!printed.contains(secret), "{printed}");
    }
    (printed, output.status.success())
}

#[track_caller]
fn assert_lines(printed: &str, lines: &[&str]) {
    let found: Vec<&str> = printed.lines().map(str::trim).collect();
    assert_eq!(found, lines, "{printed}");
}

#[test]
fn it_runs_without_arguments() {
    let output = run(&[], "");
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    assert!(printed.contains("whoami      @alice:localhost on LAPTOP"), "{printed}");
}

#[test]
fn msc2918_an_expired_token_is_refreshed_and_the_request_sent_again() {
    let (printed, success) = session(Config::default(), "alice", server::PASSWORD);
    assert!(success, "{printed}");
    assert_lines(
        &printed,
        &[
            "versions    r0.6.1 v1.1 v1.11",
            "logins      m.login.password",
            "logged in   @alice:localhost on LAPTOP",
            "whoami      @alice:localhost on LAPTOP",
            "the access token is refused: status 401, M_UNKNOWN_TOKEN: unknown or expired token",
            "refreshed   the tokens would be stored now",
            "whoami      @alice:localhost on LAPTOP",
            "logged out",
            "the access token is refused: status 401, M_UNKNOWN_TOKEN: unknown or expired token",
            "whoami      refused: DestroyData",
        ],
    );
}

#[test]
fn msc1466_without_refresh_tokens_a_soft_logout_keeps_what_is_stored() {
    let config = Config { refreshes: false, soft_logout: true, ..Config::default() };
    let (printed, success) = session(config, "@alice:localhost", server::PASSWORD);
    assert!(!success, "{printed}");
    assert!(printed.contains("KeepData"), "{printed}");
    assert!(!printed.contains("refreshed"), "{printed}");
}

#[test]
fn msc2844_a_server_of_before_version_1_1_is_spoken_to_by_its_paths() {
    let config =
        Config { versions: vec!["r0.6.1".to_owned()], uses: 9, refreshes: false, ..Config::default() };
    let (printed, success) = session(config, "alice", server::PASSWORD);
    assert!(success, "{printed}");
    assert!(printed.contains("versions    r0.6.1\n"), "{printed}");
}

#[test]
fn a_wrong_password_is_refused() {
    let (printed, success) = session(Config::default(), "alice", "wrong");
    assert!(!success && printed.contains("M_FORBIDDEN"), "{printed}");
}

#[test]
fn what_is_no_matrix_server_is_an_error() {
    let output = run(&["http://127.0.0.1:9", "alice"], "p");
    assert!(!output.status.success());
}
