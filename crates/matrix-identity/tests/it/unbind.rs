use matrix_identity::{
    Response, UnbindOutcome, UnbindResult, delete_body, unbind_body, unbind_from, unbind_outcome,
};

use crate::{email, json, server, session, user};

const ERROR: &str = r#"{"errcode": "M_UNRECOGNIZED", "error": "Unrecognized request"}"#;

#[test]
fn msc1915_what_an_identity_servers_answer_means() {
    let outcome = |status, body: &str| unbind_outcome(Some(Response::new(status, body.as_bytes())));
    assert_eq!(outcome(200, "{}"), UnbindOutcome::Result(UnbindResult::Success));
    for status in [400, 404, 501] {
        for body in [
            "",
            "<html>",
            "{}",
            r#"{"errcode": "M_X"}"#,
            r#"{"error": "x"}"#,
            r#"{"errcode": 1, "error": "x"}"#,
        ] {
            assert_eq!(
                outcome(status, body),
                UnbindOutcome::Result(UnbindResult::NoSupport),
                "{status} {body}"
            );
        }
        assert_eq!(
            outcome(status, ERROR),
            UnbindOutcome::Relay { status, errcode: Some("M_UNRECOGNIZED".to_owned()) }
        );
    }
    for status in [401, 403, 500] {
        assert_eq!(outcome(status, ""), UnbindOutcome::Relay { status, errcode: None });
    }
    assert_eq!(unbind_outcome(None), UnbindOutcome::NoResponse);
}

#[test]
fn msc1915_the_server_named_comes_before_the_one_remembered() {
    let (named, remembered) = (server("a.org"), server("b.org"));
    assert_eq!(unbind_from(Some(named), Some(remembered)), Some(named));
    assert_eq!(unbind_from(None, Some(remembered)), Some(remembered));
    assert_eq!(unbind_from(None, None), None);
}

#[test]
fn msc1915_results_are_read_written_and_summed_up() {
    for (result, text) in [(UnbindResult::Success, "success"), (UnbindResult::NoSupport, "no-support")] {
        assert_eq!(json(&result.to_json()), serde_json::json!({"id_server_unbind_result": text}));
        assert_eq!(UnbindResult::parse(result.to_json().as_bytes()), Ok(result));
    }
    for bad in ["", "{}", r#"{"id_server_unbind_result": "maybe"}"#, r#"{"id_server_unbind_result": true}"#] {
        assert!(UnbindResult::parse(bad.as_bytes()).is_err());
    }
    use UnbindResult::{NoSupport, Success};
    assert_eq!(UnbindResult::all([]), Success);
    assert_eq!(UnbindResult::all([Success, Success]), Success);
    assert_eq!(UnbindResult::all([Success, NoSupport, Success]), NoSupport);
}

#[test]
fn msc1915_bodies_name_the_address_in_its_one_form() {
    let (bob, id) = (user("@foobar:example.com"), email("FooBar@example.com"));
    let signed = r#"{"mxid": "@foobar:example.com", "threepid": {"medium": "email", "address": "foobar@example.com"}}"#;
    assert_eq!(json(&unbind_body(bob, &id, None)), json(signed));
    let owned = json(&unbind_body(bob, &id, Some(&session())));
    assert_eq!((&owned["sid"], &owned["client_secret"]), (&"abc123".into(), &"monkeys_are_GREAT".into()));
    let expected = r#"{"medium": "email", "address": "foobar@example.com"}"#;
    assert_eq!(json(&delete_body(&id, None)), json(expected));
    assert_eq!(json(&delete_body(&id, Some(server("matrix.org"))))["id_server"], "matrix.org");
}
