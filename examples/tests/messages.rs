//! HTML and push rules through the conformance example: every published case, as someone else's test suite would ask.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod program;

use serde_json::{Value, json};

use program::{conformance, run, text, vectors};

/// The cases of a file, each with the response to the request that `request` makes of it.
fn answered(path: &str, list: &str, request: impl Fn(&Value) -> Value) -> Vec<(Value, Value)> {
    let cases = vectors(path)[list].as_array().unwrap().clone();
    let requests: Vec<Value> = cases.iter().map(request).collect();
    let responses = conformance(&requests);
    cases.into_iter().zip(responses).collect()
}

#[test]
fn html_is_sanitised_as_the_vectors_say() {
    let request = |case: &Value| json!({"op": "html.sanitize", "id": case["id"], "html": case["input"]});
    for (case, response) in answered("matrix-html/tests/data/html_cases.json", "cases", request) {
        let html = response["ok"]["html"].as_str().unwrap_or_else(|| panic!("{response}"));
        let parts = |field: &str| case[field].as_array().unwrap().clone();
        for part in parts("must_contain") {
            assert!(html.contains(part.as_str().unwrap()), "{case}: {html}");
        }
        for part in parts("must_not_contain") {
            assert!(!html.contains(part.as_str().unwrap()), "{case}: {html}");
        }
        if let Some(exact) = case["exact"].as_str() {
            assert_eq!(html, exact);
        }
    }
}

#[test]
fn conditions_apply_as_the_vectors_say() {
    let request = |case: &Value| {
        let mut context = case["ctx"].clone();
        if let Some(members) = context["members"].as_u64() {
            context = json!({"member_count": members});
        }
        json!({"op": "push.condition", "condition": case["condition"], "event": case["event"], "ctx": context})
    };
    for (case, response) in answered("matrix-push/tests/data/push_cases.json", "conditions", request) {
        assert_eq!(response["ok"]["applies"], case["applies"], "{case}");
    }
}

#[test]
fn the_context_of_a_condition_is_read_and_times_are_told() {
    let permission = json!({"kind": "sender_notification_permission", "key": "room"});
    let levels = json!({"users": {"@a:b": 50}, "notifications": {"room": 50}});
    let request = |sender: &str, context: Value| json!({"op": "push.condition", "condition": permission, "event": {"sender": sender}, "ctx": context, "repeat": 3});
    let responses = conformance(&[
        request("@a:b", json!({"power_levels": levels, "user_id": "@c:d"})),
        request("@c:d", json!({"power_levels": levels})),
        request("@a:b", json!({})),
        request("@a:b", json!({"power_levels": {"users": {"@a:b": "50"}}, "user_id": null})),
        request("@a:b", json!({"user_id": "nobody"})),
        request("@a:b", json!({"member_count": -1})),
        json!({"op": "push.condition", "condition": 5, "event": {}}),
        json!({"op": "html.sanitize"}),
    ]);
    let applies: Vec<_> = responses[..4].iter().map(|response| response["ok"]["applies"].as_bool()).collect();
    assert_eq!(applies, [Some(true), Some(false), Some(false), Some(true)]);
    assert!(responses[0]["ns"]["median"].is_u64());
    let kinds: Vec<_> =
        responses[4..].iter().map(|response| response["error"]["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["missing_sigil", "bad_input", "bad_input", "bad_input"]);
}

#[test]
fn read_message_shows_what_is_permitted_and_who_is_called() {
    let output = run("read_message", &[], "");
    assert!(output.status.success());
    let printed = text(&output.stdout);
    for part in [
        "override rule .m.rule.is_user_mention: notifies, with the sound \"default\", and stands out",
        "text: Bob: the [Spoiler for the end] of it",
        "hidden: cake is a lie (the end)",
        "link: matrix:u/bob:example.org as \"Bob\"",
        "content rule cake: notifies, with the sound \"oven.wav\"",
        "html: <span data-mx-color=\"#ff0000\">free</span> <a>cake</a><img>\n",
        "2. sugar & salt",
        "folded: recipe",
        "link: matrix:r/recipes:example.org as \"the room\"",
        "override rule .m.rule.suppress_notices: is silent",
        "180 &lt; 200 degrees<br>see <a href=\"https://example.org/oven?id=1&amp;unit=C\">",
        "override rule .m.rule.tombstone: notifies, and stands out",
        "m.room.topic from @alice:example.org\n  matches no rule",
    ] {
        assert!(printed.contains(part), "{part:?} is not in {printed}");
    }
    assert!(!printed.contains("alert"));
    let missing = run("read_message", &["/there/is/no/such/file"], "");
    assert!(!missing.status.success() && !missing.stderr.is_empty());
}
