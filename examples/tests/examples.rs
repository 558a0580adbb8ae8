//! The examples as a user runs them: their output on good input, their words on bad.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]

mod program;

use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};

use program::{conformance, run, text};

const SAMPLE: &str = include_str!("../data/v12-main/pdus.jsonl");

/// Runs `resolve_room` on standard input; returns its exit code, output and errors.
fn resolve_room(arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let output = run("resolve_room", &[&["-"], arguments].concat(), input);
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn rows() -> Vec<Value> {
    SAMPLE
        .split('\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn lines(rows: &[Value]) -> String {
    rows.iter().map(|row| format!("{row}\n")).collect()
}

#[test]
fn resolve_room_reads_the_sample_without_arguments() {
    let output = run("resolve_room", &[], "");
    let printed = text(&output.stdout);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(printed.contains("version 12: 146 events"), "{printed}");
    assert!(printed.contains("current state, 22 entries"), "{printed}");
    assert!(printed.contains("rejected, 6 events"), "{printed}");
    assert!(printed.contains("$DAvAV3iIX51Rkc9IkmgJlfoT2V83HuY0Ef0OyiDI_HA  rule 5.3.2"), "{printed}");
}

#[test]
fn resolve_room_explains_a_key() {
    let printed = text(&run("resolve_room", &["--explain", "m.room.power_levels"], "").stdout);
    let explained = printed.split_once("\nbefore $").expect("a merge at which it was in question").1;
    assert!(explained.contains("m.room.power_levels"), "{explained}");
    assert!(explained.contains("  stands\n") && explained.contains("checked against"), "{explained}");
    let member = text(&run("resolve_room", &["--explain", "m.room.member @nobody:example.org"], "").stdout);
    assert!(!member.contains("\nbefore $"), "a key that was never in question: {member}");
}

#[test]
fn resolve_room_draws_a_merge() {
    let folder = std::env::temp_dir().join(format!("resolve-room-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("merge.dot");
    let path = path.to_str().unwrap();
    let output = run("resolve_room", &["--dot", path], "");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let dot = std::fs::read_to_string(path).unwrap();
    assert!(dot.starts_with("digraph resolution {") && dot.ends_with("}\n"), "{dot}");
    assert!(
        dot.contains("fillcolor=palegreen") && dot.contains("peripheries=2") && dot.contains(" -> "),
        "{dot}"
    );
    let merge = "$DAvAV3iIX51Rkc9IkmgJlfoT2V83HuY0Ef0OyiDI_HA";
    assert!(run("resolve_room", &["--dot", path, "--at", merge], "").status.success());
    assert_ne!(std::fs::read_to_string(path).unwrap(), dot);
    for (arguments, message) in [
        (&["--dot", path, "--at", "$nothing"][..], "no such event was placed"),
        (&["--dot", "/nonexistent/x.dot"], "/nonexistent/x.dot: "),
        (&["--dot"], "--dot needs a value"),
    ] {
        let output = run("resolve_room", arguments, "");
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains(message), "{}", text(&output.stderr));
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn resolve_room_prints_json() {
    let arguments = ["--json", "--explain", "m.room.power_levels", "--resets"];
    let printed: Value = serde_json::from_slice(&run("resolve_room", &arguments, "").stdout).unwrap();
    assert_eq!((&printed["room_version"], &printed["events"]), (&json!("12"), &json!(146)));
    assert_eq!(printed["state"].as_array().unwrap().len(), 22);
    assert_eq!(printed["state"][0].as_array().unwrap().len(), 4);
    assert_eq!(printed["rejected"].as_array().unwrap().len(), 6);
    assert!(printed["rejected"][0]["by"].as_str().unwrap().starts_with("rule "));
    let explanation = &printed["explanations"][0];
    assert!(explanation["at"].as_str().unwrap().starts_with("before $"));
    assert_eq!(explanation["explanation"]["keys"][0]["event_type"], "m.room.power_levels");
    for reset in printed["state_resets"].as_array().unwrap() {
        assert!(reset["reset"]["before"].as_str().unwrap().starts_with('$'));
        assert!(["lost", "ancestor"].contains(&reset["reset"]["kind"].as_str().unwrap()));
    }
    let plain: Value = serde_json::from_slice(&run("resolve_room", &["--json"], "").stdout).unwrap();
    assert!(plain.get("explanations").is_none() && plain.get("state_resets").is_none());
    assert_eq!(plain["state"], printed["state"]);
}

#[test]
fn resolve_room_does_not_mind_a_reader_that_leaves() {
    let mut child = program::command("resolve_room")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
}

#[test]
fn resolve_room_reads_lines_arrays_and_bare_pdus_alike() {
    let (_, wanted, _) = resolve_room(&["--no-verify"], SAMPLE);
    assert!(wanted.contains("current state, 22 entries"), "{wanted}");
    let array = Value::Array(rows()).to_string();
    assert_eq!(resolve_room(&["--no-verify"], &array).1, wanted);
    let bare: Vec<Value> = rows().into_iter().rev().map(|mut row| row["event"].take()).collect();
    assert_eq!(resolve_room(&["--no-verify", "--room-version", "12"], &lines(&bare)).1, wanted);
}

#[test]
fn resolve_room_names_what_is_wrong_with_a_room_that_it_cannot_read() {
    for (arguments, input, message) in [
        (&["--no-verify"][..], "{\"a\":", "line 1: "),
        (&["--no-verify"], "[1]", "item 0: not a JSON object"),
        (&["--no-verify"], "", "there is no m.room.create event"),
        (
            &["--no-verify"],
            "{\"type\":\"m.room.create\",\"content\":{\"room_version\":\"99\"}}",
            "\"99\" is not known",
        ),
        (&["--no-verify", "--room-version", "11x"], "", "--room-version"),
        (&[], SAMPLE, "--no-verify"),
        (&["--explain"], "", "--explain needs a value"),
        (&["--colour"], "", "unknown option --colour"),
    ] {
        let (code, _, errors) = resolve_room(arguments, input);
        assert_eq!(code, Some(1), "{input}");
        assert!(errors.contains(message), "{message:?} not in {errors:?}");
    }
}

#[test]
fn resolve_room_names_tampered_and_unplaceable_events() {
    let mut room = rows();
    room[20]["event"]["content"]["forged"] = json!(true);
    room[30]["event"]["depth"] = json!(7);
    let tampered = room[30]["event_id"].as_str().unwrap().to_owned();
    let keys = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/v12-main/keys.json");
    let (code, printed, _) = resolve_room(&["--keys", keys.to_str().unwrap()], &lines(&room));
    assert_eq!(code, Some(0));
    assert!(printed.contains(&format!("{tampered}  check 1")), "{printed}");
    assert!(printed.contains("was tampered with"), "{printed}");
    assert!(printed.contains(&format!("comes after {tampered}, which is missing")), "{printed}");
    // Without its create event, nothing of the room can be placed.
    let (code, _, errors) = resolve_room(&["--no-verify", "--room-version", "12"], &lines(&rows()[1..]));
    assert_eq!(code, Some(1));
    assert!(errors.contains("the room cannot be read"), "{errors}");
}

#[test]
fn resolve_room_survives_a_cycle() {
    let event = |id: &str, after: &str| {
        json!({"event_id": id, "event": {
            "event_id": id, "type": "m.room.topic", "state_key": "", "sender": "@a:b", "room_id": "!r:b", "content": {},
            "origin_server_ts": 1, "depth": 1, "prev_events": [[after, {}]], "auth_events": [[after, {}]]}})
    };
    let create = json!({"event_id": "$c:b", "event": {
        "event_id": "$c:b", "type": "m.room.create", "state_key": "", "sender": "@a:b", "room_id": "!r:b",
        "content": {"creator": "@a:b"}, "origin_server_ts": 1, "depth": 1, "prev_events": [], "auth_events": []}});
    let room = [create, event("$one:b", "$two:b"), event("$two:b", "$one:b")];
    let (code, printed, _) = resolve_room(&["--no-verify"], &lines(&room));
    assert_eq!(code, Some(0));
    assert!(printed.contains("event $one:b is part of a cycle"), "{printed}");
}

fn data(path: &str) -> String {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("crates");
    std::fs::read_to_string(crates.join(path)).unwrap()
}

fn requests(path: &str) -> Vec<Value> {
    data(path)
        .split('\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn conformance_resolves_and_authorizes_as_the_vectors_say() {
    for file in ["cases.jsonl", "v1.jsonl"] {
        let requests = requests(&format!("matrix-stateres/tests/data/{file}"));
        for (request, response) in requests.iter().zip(conformance(&requests)) {
            assert_eq!(response["ok"]["state"], request["_expected"], "{}", request["id"]);
        }
    }
    let requests = requests("matrix-authrules/tests/data/auth.jsonl");
    for (request, response) in requests.iter().zip(conformance(&requests)) {
        assert_eq!(response["ok"]["allowed"], request["_allow"], "{}", request["id"]);
    }
}

#[test]
fn conformance_replays_the_sample_room() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/v12-main");
    let read = |name: &str| -> Value {
        serde_json::from_str(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap()
    };
    let expected = read("expected.json");
    let request = json!({
        "op": "room.replay", "id": "x", "room_version": "12", "events_file": folder.join("pdus.jsonl"),
        "keys": read("keys.json"), "now_ms": expected["now_ms"], "repeat": 2,
    });
    let response = &conformance(&[request])[0];
    let home = &expected["servers"][expected["home"].as_str().unwrap()];
    for (ours, theirs) in [("state", "current_state"), ("state_before_sha256", "state_before_sha256")] {
        assert_eq!(response["ok"][ours], home[theirs]);
    }
    let rejected: Vec<&String> = response["ok"]["rejected"].as_object().unwrap().keys().collect();
    assert_eq!(rejected, home["rejected"].as_object().unwrap().keys().collect::<Vec<_>>());
    assert!(response["ns"]["min"].as_u64().unwrap() > 0);
}

#[test]
fn conformance_answers_every_line_and_never_stops() {
    let output = run(
        "conformance",
        &[],
        "\n{\"op\":\"no.such\",\"id\":[1]}\nnonsense\n[]\n{\"id\":{}}\n{\"op\":\"event.id\"}\n",
    );
    assert!(output.status.success());
    let printed = text(&output.stdout);
    let kinds: Vec<String> = printed
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["error"]["kind"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(kinds, ["unknown_op", "bad_line", "bad_line", "bad_input", "bad_input"]);
}

#[test]
fn the_readme_shows_the_house_as_it_is() {
    const BEGIN: &str = "<!-- house: written by the test -->\n```mermaid\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let house = text(&run("house", &[], "").stdout);
    assert!(house.starts_with("graph BT\n    ") && house.contains("stateres --> authrules"), "{house}");
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (shown, after) = rest.split_once("```\n").unwrap();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, [before, BEGIN, &house, "```\n", after].concat()).unwrap();
    } else {
        assert_eq!(shown, house, "run the tests with UPDATE_DOCS=1");
    }
}
