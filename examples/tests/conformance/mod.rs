//! The conformance example as anybody runs it.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

/// Runs requests through the example, which is built beside the tests; returns its answers in their order.
pub(crate) fn conformance(requests: &[Value]) -> Vec<Value> {
    let test = std::env::current_exe().unwrap();
    let example = test.parent().unwrap().parent().unwrap().join("examples/conformance");
    let mut child =
        Command::new(example).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the example");
    let mut stdin = child.stdin.take().unwrap();
    let input: String = requests.iter().map(|request| format!("{request}\n")).collect();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    let lines = output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let answers: Vec<Value> = lines.map(|line| serde_json::from_slice(line).unwrap()).collect();
    assert_eq!(answers.len(), requests.len());
    answers
}
