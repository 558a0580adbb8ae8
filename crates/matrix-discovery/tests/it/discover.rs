use matrix_discovery::{Action, BaseUrl, ClientWellKnown, Discover, Discovered, HttpResponse, Parameter};
use matrix_identifiers::UserId;

use crate::{ok, redirect, server};

const VERSIONS: &str = r#"{"versions": ["v1.11"]}"#;

fn start() -> Discover {
    Discover::from_user_id(UserId::parse("@alice:example.org:8448").unwrap())
}

/// Runs to the end; both checks have these answers.
fn run(
    document: Option<HttpResponse<'_>>,
    versions: Option<HttpResponse<'_>>,
    identity: Option<HttpResponse<'_>>,
) -> Discovered {
    let mut next = start();
    loop {
        next = match next {
            Discover::WellKnown(question) => question.answer(document),
            Discover::Homeserver(question) => question.answer(versions),
            Discover::IdentityServer(question) => question.answer(identity),
            Discover::Done(found) => return *found,
        };
    }
}

fn both(identity: &str) -> String {
    format!(r#"{{"m.homeserver": {{"base_url": "https://hs.org"}}, "m.identity_server": {identity}}}"#)
}

#[test]
fn discovery_asks_the_host_of_the_user_id_without_its_port() {
    let Discover::WellKnown(question) = start() else { panic!() };
    assert_eq!(question.url().as_str(), "https://example.org/.well-known/matrix/client");
    let Discover::WellKnown(question) = question.answer(redirect("https://www.example.org/c")) else {
        panic!()
    };
    assert_eq!(question.url().as_str(), "https://www.example.org/c");
}

#[test]
fn msc2284_a_bad_identity_server_is_a_prompt_and_keeps_the_homeserver() {
    let failing: [(&str, Option<HttpResponse<'_>>); 9] = [
        ("{}", ok("{}")),
        ("null", ok("{}")),
        ("7", ok("{}")),
        (r#"{"base_url": null}"#, ok("{}")),
        (r#"{"base_url": "is.org"}"#, ok("{}")),
        (r#"{"base_url": "https://is.org"}"#, None),
        (r#"{"base_url": "https://is.org"}"#, Some(HttpResponse::new(404, b"{}"))),
        (r#"{"base_url": "https://is.org"}"#, ok("<html>")),
        (r#"{"base_url": "https://is.org"}"#, ok("[]")),
    ];
    for (identity, answer) in failing {
        let found = run(ok(&both(identity)), ok(VERSIONS), answer);
        assert_eq!(
            (found.action, found.prompt_for),
            (Action::FailPrompt, Some(Parameter::IdentityServer)),
            "{identity}"
        );
        assert_eq!(found.homeserver.unwrap().as_str(), "https://hs.org");
        assert_eq!(found.identity_server, None);
        assert!(found.reason.is_some() && found.versions.is_some());
    }
    let found = run(ok(&both(r#"{"base_url": "https://is.org/"}"#)), ok(VERSIONS), ok("{}"));
    assert_eq!((found.action, found.prompt_for, found.reason), (Action::Success, None, None));
    assert_eq!(found.identity_server.unwrap().as_str(), "https://is.org");
}

#[test]
fn a_homeserver_that_does_not_answer_as_one_is_an_error() {
    for answer in [
        None,
        Some(HttpResponse::new(500, b"")),
        ok("{}"),
        ok(r#"{"versions": [1]}"#),
        ok(r#"{"versions": {}}"#),
    ] {
        let found = run(ok(&both(r#"{"base_url": "https://is.org"}"#)), answer, ok("{}"));
        assert_eq!((found.action, found.homeserver, found.identity_server), (Action::FailError, None, None));
        assert!(found.reason.is_some());
    }
    let found =
        run(ok(r#"{"m.homeserver": {"base_url": "https://hs.org"}}"#), ok(r#"{"versions": ["?"]}"#), None);
    assert_eq!(found.action, Action::Success);
}

#[test]
fn each_fault_of_the_document_has_its_action() {
    let large = format!(r#"{{"m.homeserver": {{"base_url": "https://hs.org"}}{}}}"#, " ".repeat(51_200));
    for (document, action) in [
        (None, Action::FailPrompt),
        (Some(HttpResponse::new(404, b"")), Action::Ignore),
        (Some(HttpResponse::new(204, b"")), Action::FailPrompt),
        (Some(HttpResponse::new(500, b"")), Action::FailPrompt),
        (ok(""), Action::FailPrompt),
        (ok("null"), Action::FailPrompt),
        (ok(&large), Action::FailPrompt),
        (ok("{}"), Action::FailPrompt),
        (ok(r#"{"m.homeserver": null}"#), Action::FailPrompt),
        (ok(r#"{"m.homeserver": {"base_url": 1}}"#), Action::FailPrompt),
        (ok(r#"{"m.homeserver": {"base_url": "hs.org"}}"#), Action::FailError),
        (ok(r#"{"m.homeserver": {"base_url": "ftp://hs.org"}}"#), Action::FailError),
        (ok(r#"{"m.homeserver": {"base_url": "https://"}}"#), Action::FailError),
        (redirect("http://example.org/"), Action::FailPrompt),
    ] {
        let found = run(document, ok(VERSIONS), ok("{}"));
        assert_eq!(found.action, action, "{document:?}");
        let prompt_for = (action == Action::FailPrompt).then_some(Parameter::Homeserver);
        assert_eq!(found.prompt_for, prompt_for);
        assert_eq!((found.homeserver, found.reason.is_some()), (None, true));
    }
}

#[test]
fn what_is_neither_user_nor_server_is_a_prompt() {
    for input in ["", "alice", " @alice ", "exam ple", "https://example.org"] {
        let next = Discover::from_input(input);
        match next {
            Discover::Done(found) => {
                assert_eq!(
                    (found.action, found.prompt_for),
                    (Action::Prompt, Some(Parameter::Homeserver)),
                    "{input}"
                );
                assert_eq!(found.action.as_str(), "PROMPT");
            }
            other => assert!(input == "alice" && matches!(other, Discover::WellKnown(_)), "{input}"),
        }
    }
    for input in ["@alice:example.org", " example.org:443 "] {
        let Discover::WellKnown(question) = Discover::from_input(input) else { panic!() };
        assert_eq!(question.url().host(), "example.org");
    }
    assert!(matches!(Discover::from_server_name(server("[::1]")), Discover::WellKnown(_)));
}

#[test]
fn checks_may_be_skipped() {
    let Discover::WellKnown(question) = start() else { panic!() };
    let document = both(r#"{"base_url": "https://is.org"}"#);
    let Discover::Homeserver(question) = question.answer(ok(&document)) else { panic!() };
    assert_eq!(question.url(), "https://hs.org/_matrix/client/versions");
    let Discover::IdentityServer(question) = question.skip() else { panic!() };
    assert_eq!(question.url(), "https://is.org/_matrix/identity/v2");
    let Discover::Done(found) = question.skip() else { panic!() };
    assert_eq!((found.action, found.versions), (Action::Success, None));
}

#[test]
fn msc1730_a_login_may_name_other_servers_and_never_fails_for_it() {
    let login = |well_known: &str| format!(r#"{{"user_id": "@a:b.org", "well_known": {well_known}}}"#);
    let good = login(&both(r#"{"base_url": "https://is.org/x/"}"#));
    let document = ClientWellKnown::from_login_response(good.as_bytes()).unwrap();
    assert_eq!(document.homeserver.url().unwrap().as_str(), "https://hs.org");
    assert_eq!(document.identity_server.url().unwrap().as_str(), "https://is.org/x");
    let Discover::Homeserver(question) = Discover::from_document(document) else { panic!() };
    assert_eq!(question.url(), "https://hs.org/_matrix/client/versions");
    for bad in ["null", "[]", "{}", r#"{"m.homeserver": {"base_url": "x"}}"#, r#"{"m.homeserver": 1}"#] {
        assert_eq!(ClientWellKnown::from_login_response(login(bad).as_bytes()), None, "{bad}");
    }
    for body in ["", "[]", "{}"] {
        assert_eq!(ClientWellKnown::from_login_response(body.as_bytes()), None);
    }
    // A bad identity server does not spoil the homeserver.
    let half = ClientWellKnown::from_login_response(login(&both("1")).as_bytes()).unwrap();
    assert_eq!(half.identity_server, BaseUrl::WithoutUrl);
}
