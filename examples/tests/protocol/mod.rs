//! The line protocol of the conformance example, as someone else's test suite speaks it.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// Runs lines through the conformance example, which is built beside the tests, and returns a response for each.
pub(crate) fn conformance(requests: &[Value]) -> Vec<Value> {
    let test = std::env::current_exe().unwrap();
    let example = test.parent().unwrap().parent().unwrap().join("examples/conformance");
    let mut child = Command::new(example).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let input: String = requests.iter().map(|request| format!("{request}\n")).collect();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).unwrap();
    let responses: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(responses.len(), requests.len());
    responses
}

/// Reads a file of vectors below `crates`.
pub(crate) fn vectors(path: &str) -> Value {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("crates");
    serde_json::from_str(&std::fs::read_to_string(crates.join(path)).unwrap()).unwrap()
}
