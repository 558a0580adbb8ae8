//! Every example runs without arguments, on what ships with it.
#![allow(clippy::unwrap_used)]

mod program;

use std::process::{Output, Stdio};

const MANIFEST: &str = include_str!("../Cargo.toml");

/// What each example is known by, in what it prints.
const PRINTED: [(&str, &str); 12] = [
    ("conformance", ""),
    ("discover", "connect to 192.0.2.7:443"),
    ("house", "graph BT"),
    ("login_and_whoami", "logged out"),
    ("read_message", "override rule .m.rule.tombstone: notifies"),
    ("recover_secrets", "m.megolm_backup.v1  43 characters"),
    ("resolve_many", "1000 rooms"),
    ("resolve_room", "current state, 22 entries"),
    ("resolve_sqlite", "the resolved state has 22 entries"),
    ("restore_backup", "from message 0, verified"),
    ("verify_by_emoji", "@bob:example.net trusts @alice:example.org PHONE"),
    ("verify_by_qr", "both are done"),
];

fn run(name: &str) -> Output {
    // Examples that write files write them where the tests may.
    program::command(name).current_dir(std::env::temp_dir()).stdin(Stdio::null()).output().unwrap()
}

#[test]
fn every_example_is_run_here() {
    let examples = MANIFEST.split("[[example]]\nname = \"").skip(1).filter_map(|rest| rest.split('"').next());
    let known: Vec<&str> = PRINTED.iter().map(|(name, _)| *name).collect();
    assert_eq!(examples.collect::<Vec<_>>(), known);
}

#[test]
fn every_example_prints_what_it_is_about() {
    for (name, printed) in PRINTED {
        let output = run(name);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(text.contains(printed), "{name} printed: {text}");
    }
}
