//! The example `discover` against servers of DNS and HTTPS on loopback, and on its recorded answers. No network is
//! needed.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]

#[path = "discover/dns.rs"]
mod dns;
#[path = "discover/https.rs"]
mod https;
mod program;

use std::process::Output;

use dns::{Record, a, srv};
use https::{Answer, Https, json, redirect, status};
use program::text;

/// Names, their servers, and a certificate authority of their own.
struct World {
    https: Https,
    dns: std::net::SocketAddr,
}

impl World {
    /// `records` and `answers` are made once the port of the HTTPS server is known.
    fn new(records: impl Fn(u16) -> Vec<Record>, answers: impl Fn(u16) -> Vec<Answer>) -> Self {
        let https = Https::start(answers);
        let dns = dns::start(records(https.port));
        Self { https, dns }
    }

    /// Runs the example.
    fn discover(&self, name: &str) -> Output {
        let (dns, port) = (self.dns.to_string(), self.https.port.to_string());
        let ca = self.https.ca.path();
        run(&[name, "--dns", &dns, "--https-port", &port, "--ca", ca.to_str().unwrap()])
    }

    /// Runs the example, which has to succeed.
    fn found(&self, name: &str) -> String {
        let output = self.discover(name);
        assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
        text(&output.stdout)
    }
}

fn run(arguments: &[&str]) -> Output {
    program::run("discover", arguments, "")
}

#[track_caller]
fn assert_lines(output: &str, lines: &[&str]) {
    for line in lines {
        assert!(output.lines().any(|printed| printed.trim() == *line), "no {line:?} in\n{output}");
    }
}

const WELL_KNOWN: &str = "/.well-known/matrix/server";

#[test]
fn a_delegated_name_with_srv_records_is_reached() {
    let world = World::new(
        |port| {
            vec![
                a("example.org"),
                a("www.example.org"),
                a("live.example.net"),
                srv("_matrix-fed._tcp.matrix.example.org", 10, 5, 1, "live.example.net"),
                srv("_matrix-fed._tcp.matrix.example.org", 20, 5, port, "live.example.net"),
            ]
        },
        |_| {
            vec![
                redirect("example.org", WELL_KNOWN, "https://www.example.org/moved"),
                json("www.example.org", "/moved", r#"{"m.server": "matrix.example.org"}"#)
                    .with("Cache-Control: max-age=60"),
            ]
        },
    );
    let port = world.https.port;
    let printed = world.found("example.org");
    assert_lines(
        &printed,
        &[
            "GET https://example.org/.well-known/matrix/server",
            "GET https://www.example.org/moved",
            "delegates to matrix.example.org, good for 60 s",
            "SRV _matrix-fed._tcp.matrix.example.org",
            "step 3.3: Host matrix.example.org, certificate for matrix.example.org",
            // The first target is down, the second answers: under the delegated name, not its own.
            "connect to 127.0.0.1:1",
            &format!("connect to 127.0.0.1:{port}"),
            &format!("127.0.0.1:{port} runs matrix.example.org on loopback (status 200)"),
        ],
    );
}

#[test]
fn a_delegated_port_is_reached() {
    let world = World::new(
        |_| vec![a("example.org"), a("matrix.example.org")],
        |port| {
            let body = format!(r#"{{"m.server": "matrix.example.org:{port}"}}"#);
            vec![json("example.org", WELL_KNOWN, &body)]
        },
    );
    let port = world.https.port;
    assert_lines(
        &world.found("example.org"),
        &[
            &format!("step 3.2: Host matrix.example.org:{port}, certificate for matrix.example.org"),
            &format!("127.0.0.1:{port} runs matrix.example.org:{port} on loopback (status 200)"),
        ],
    );
}

#[test]
fn without_well_known_the_srv_records_of_the_name_count() {
    let world = World::new(
        |port| {
            vec![
                a("example.org"),
                a("live.example.net"),
                srv("_matrix._tcp.example.org", 0, 0, port, "live.example.net"),
            ]
        },
        |_| vec![status("example.org", WELL_KNOWN, 404)],
    );
    let port = world.https.port;
    assert_lines(
        &world.found("example.org"),
        &[
            "no delegation, to be looked for again in 300 s",
            "SRV _matrix-fed._tcp.example.org",
            "SRV _matrix._tcp.example.org",
            "step 5: Host example.org, certificate for example.org",
            &format!("127.0.0.1:{port} runs example.org on loopback (status 200)"),
        ],
    );
}

#[test]
fn redirect_loops_and_bad_bodies_are_no_delegation() {
    let world = World::new(
        |port| {
            let srv = |name| srv(&format!("_matrix-fed._tcp.{name}"), 0, 0, port, "live.example.net");
            vec![
                a("example.org"),
                a("www.example.org"),
                a("live.example.net"),
                srv("example.org"),
                srv("www.example.org"),
            ]
        },
        |_| {
            vec![
                redirect("example.org", WELL_KNOWN, "https://example.org/.well-known/matrix/server"),
                json("www.example.org", WELL_KNOWN, "<html>"),
            ]
        },
    );
    for name in ["example.org", "www.example.org"] {
        assert_lines(&world.found(name), &[&format!("step 4: Host {name}, certificate for {name}")]);
    }
}

#[test]
fn addresses_and_ports_need_neither_well_known_nor_srv() {
    let world = World::new(|_| vec![a("matrix.example.org")], |_| Vec::new());
    let port = world.https.port;
    let printed = world.found(&format!("127.0.0.1:{port}"));
    assert_lines(
        &printed,
        &[
            &format!("step 1: Host 127.0.0.1:{port}, certificate for 127.0.0.1"),
            &format!("127.0.0.1:{port} runs 127.0.0.1:{port} on loopback (status 200)"),
        ],
    );
    assert!(!printed.contains("GET") && !printed.contains("SRV"), "{printed}");
    let printed = world.found(&format!("matrix.example.org:{port}"));
    assert_lines(&printed, &["AAAA, A matrix.example.org"]);
    assert!(printed.contains("step 2") && !printed.contains("GET") && !printed.contains("SRV"), "{printed}");
}

#[test]
fn msc1711_a_certificate_for_the_srv_target_is_not_good_enough() {
    let world = World::new(
        |port| {
            vec![
                srv("_matrix-fed._tcp.wrong.example.com", 0, 0, port, "live.example.net"),
                a("live.example.net"),
            ]
        },
        |_| Vec::new(),
    );
    // The certificate covers live.example.net, but not wrong.example.com.
    let output = world.discover("wrong.example.com");
    assert_eq!(output.status.code(), Some(1));
    assert_lines(
        &text(&output.stdout),
        &["step 4: Host wrong.example.com, certificate for wrong.example.com"],
    );
    assert!(text(&output.stderr).contains("certificate"), "{}", text(&output.stderr));
}

#[test]
fn names_without_a_server_are_errors() {
    let world = World::new(|_| vec![srv("_matrix-fed._tcp.example.org", 0, 0, 0, "")], |_| Vec::new());
    for (name, message) in [
        ("example.org", "says that there is no such service"),
        ("nowhere.example.org", "no address for nowhere.example.org"),
        ("exam ple", "' ' is not allowed"),
    ] {
        let output = world.discover(name);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(text(&output.stderr).contains(message), "{}", text(&output.stderr));
    }
    for arguments in [&["--colour"][..], &["a", "b"], &["--dns"], &["--https-port", "x"]] {
        assert_eq!(run(arguments).status.code(), Some(1), "{arguments:?}");
    }
}

#[test]
fn msc2284_a_client_finds_its_homeserver_without_the_identity_server() {
    let world = World::new(
        |_| vec![a("example.org"), a("matrix.example.org")],
        |port| {
            let base = format!("https://matrix.example.org:{port}");
            let body = format!(
                r#"{{"m.homeserver": {{"base_url": "{base}/"}}, "m.identity_server": {{"base_url": "{base}/is"}}}}"#
            );
            vec![
                json("example.org", "/.well-known/matrix/client", &body),
                json("matrix.example.org", "/_matrix/client/versions", r#"{"versions": ["v1.11", "v1.2"]}"#),
                status("matrix.example.org", "/is/_matrix/identity/v2", 502),
            ]
        },
    );
    let port = world.https.port;
    assert_lines(
        &world.found("@alice:example.org:8448"),
        &[
            "FAIL_PROMPT",
            &format!("homeserver https://matrix.example.org:{port}"),
            "supports versions up to v1.11",
            "because: status 502 instead of 200",
        ],
    );
    assert_lines(&world.found("@alice:nowhere.org"), &["FAIL_PROMPT", "because: no response"]);
}

#[test]
fn recorded_answers_are_replayed_without_arguments() {
    let output = run(&[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_lines(
        &text(&output.stdout),
        &[
            "step 3.2: Host matrix.example.org:443, certificate for matrix.example.org",
            "connect to [2001:db8::7]:443",
            "step 4: Host srv.example.net, certificate for srv.example.net",
            "failed: _matrix-fed._tcp.down.example.com says that there is no such service",
            "step 1: Host 192.0.2.7:8448, certificate for 192.0.2.7",
            "integration manager https://bots.example.org",
            "IGNORE",
        ],
    );
}
