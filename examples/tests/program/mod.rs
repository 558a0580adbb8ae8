//! The examples, which are built beside the tests, as a user runs them; and the line protocol of one of them.
// Each of the tests needs some of this.
#![allow(dead_code)]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Prepares to run an example.
pub(crate) fn command(name: &str) -> Command {
    let test = std::env::current_exe().unwrap();
    Command::new(test.parent().unwrap().parent().unwrap().join("examples").join(name))
}

/// Runs an example on what is typed into it.
pub(crate) fn run(name: &str, arguments: &[&str], input: &str) -> Output {
    let pipe = Stdio::piped;
    let mut child =
        command(name).args(arguments).stdin(pipe()).stdout(pipe()).stderr(pipe()).spawn().unwrap();
    let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_owned());
    // Beside reading what it prints; and a program that fails before it asks does not read.
    let writer = std::thread::spawn(move || _ = stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// What a program printed.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Runs requests through the conformance example; returns its answers in their order.
pub(crate) fn conformance(requests: &[Value]) -> Vec<Value> {
    let input: String = requests.iter().map(|request| format!("{request}\n")).collect();
    let output = run("conformance", &[], &input);
    assert!(output.status.success());
    let printed = text(&output.stdout);
    let answers: Vec<Value> =
        printed.split_terminator('\n').map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), requests.len());
    answers
}

/// Reads a file of vectors below `crates`.
pub(crate) fn vectors(path: &str) -> Value {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("crates");
    serde_json::from_str(&std::fs::read_to_string(crates.join(path)).unwrap()).unwrap()
}
