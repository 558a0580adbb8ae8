use http::StatusCode;
use matrix_api::uiaa::{
    Ability, Answer, AuthData, Flow, Next, Outcome, Stage, UiaaInfo, UserIdentifier, UserInteractiveAuth,
    fallback_url,
};
use matrix_api::{Errcode, MatrixError, Password};
use matrix_discovery::{EndpointVersion, HttpUrl};
use serde_json::{Value, json};

fn unauthorized(body: &Value) -> MatrixError {
    MatrixError::from_body(StatusCode::UNAUTHORIZED, body.to_string().as_bytes())
}

fn offer(flows: &[&[&str]], completed: &[&str]) -> MatrixError {
    let flows: Vec<Value> = flows.iter().map(|stages| json!({"stages": stages})).collect();
    unauthorized(&json!({"flows": flows, "completed": completed, "params": {}, "session": "xxxxxx"}))
}

fn begin(flows: &[&[&str]]) -> UserInteractiveAuth {
    UserInteractiveAuth::begin(&offer(flows, &[])).unwrap()
}

fn native(_: &Stage) -> Ability {
    Ability::Native
}

fn next_stage(auth: &mut UserInteractiveAuth, ability: impl Fn(&Stage) -> Ability) -> Option<Stage> {
    match auth.next(ability) {
        Next::Answer { stage, .. } | Next::Fallback { stage } => Some(stage.clone()),
        Next::Resubmit | Next::Stuck => None,
    }
}

#[test]
fn the_body_is_read_and_written_again() {
    let body = json!({
        "errcode": "M_FORBIDDEN", "error": "Invalid password", "completed": ["example.type.foo"],
        "flows": [{"stages": ["example.type.foo", "example.type.bar"]}, {"stages": ["example.type.foo", "example.type.baz"]}],
        "params": {"example.type.baz": {"example_key": "foobar"}}, "session": "xxxxxx", "org.example.more": 1,
    });
    let info = UiaaInfo::of(&unauthorized(&body)).unwrap();
    assert_eq!(info.errcode, Some(Errcode::Forbidden));
    assert_eq!(info.completed, [Stage::from("example.type.foo")]);
    assert_eq!(info.params[&Stage::from("example.type.baz")]["example_key"], "foobar");
    assert_eq!(info.session.as_deref(), Some("xxxxxx"));
    assert_eq!(serde_json::from_slice::<Value>(&info.to_error().to_body()).unwrap(), body);
}

#[test]
fn only_a_401_with_flows_asks_for_authentication() {
    let flows = json!({"flows": [{"stages": ["m.login.dummy"]}]});
    assert!(UiaaInfo::of(&unauthorized(&flows)).is_some());
    let forbidden = MatrixError::from_body(StatusCode::FORBIDDEN, flows.to_string().as_bytes());
    assert_eq!(UiaaInfo::of(&forbidden), None);
    assert_eq!(UiaaInfo::of(&unauthorized(&json!({"errcode": "M_UNKNOWN_TOKEN"}))), None);
    assert_eq!(UiaaInfo::of(&unauthorized(&json!({"flows": "m.login.dummy"}))), None);
}

#[test]
fn flows_that_nobody_could_complete_are_left_out() {
    let body = json!({"flows": [1, {"stages": "x"}, {"stages": [1]}, {}, {"stages": ["m.login.dummy"]}],
        "completed": "x", "params": [], "session": 5});
    let info = UiaaInfo::of(&unauthorized(&body)).unwrap();
    assert_eq!(info.flows, [Flow { stages: vec![Stage::Dummy] }]);
    assert!(info.completed.is_empty() && info.params.is_empty() && info.session.is_none());
}

#[test]
fn known_stages_are_read_as_what_they_are_written_as() {
    for stage in Stage::KNOWN {
        assert_eq!(Stage::from(stage.as_str()), stage);
    }
    assert_eq!(Stage::from("org.example.x"), Stage::Other("org.example.x".to_owned()));
}

#[test]
fn msc2610_msc2611_the_removed_types_have_no_names() {
    for removed in ["m.login.oauth2", "m.login.token"] {
        assert_eq!(Stage::from(removed), Stage::Other(removed.to_owned()));
        assert!(Stage::KNOWN.iter().all(|known| known.as_str() != removed));
        // Offered all the same, they are as any other unknown type: for the browser, if at all.
        let mut auth = begin(&[&[removed]]);
        let stage = Stage::from(removed);
        assert_eq!(auth.next(|_| Ability::None), Next::Stuck);
        assert_eq!(auth.next(|_| Ability::Fallback), Next::Fallback { stage: &stage });
    }
}

#[test]
fn the_flow_with_the_fewest_pages_then_the_fewest_stages_then_the_first_is_followed() {
    let flows: &[&[&str]] = &[
        &["org.example.page"],
        &["m.login.password", "m.login.dummy", "m.login.terms"],
        &["m.login.recaptcha", "m.login.dummy"],
        &["m.login.password", "m.login.dummy"],
    ];
    let ability = |stage: &Stage| match stage {
        Stage::Other(_) => Ability::Fallback,
        _ => Ability::Native,
    };
    assert_eq!(next_stage(&mut begin(flows), ability), Some(Stage::Recaptcha));
    let no_captcha = |stage: &Stage| if *stage == Stage::Recaptcha { Ability::None } else { ability(stage) };
    assert_eq!(next_stage(&mut begin(flows), no_captcha), Some(Stage::Password));
    let only_page =
        |stage: &Stage| if stage.as_str() == "org.example.page" { Ability::Fallback } else { Ability::None };
    assert_eq!(next_stage(&mut begin(flows), only_page), Some(Stage::from("org.example.page")));
    assert_eq!(begin(flows).next(|_| Ability::None), Next::Stuck);
    assert_eq!(begin(&[]).next(native), Next::Stuck);
    // A flow without stages is complete.
    assert_eq!(begin(&[&["m.login.password"], &[]]).next(native), Next::Resubmit);
}

#[test]
fn stages_are_completed_in_order_and_the_flow_is_kept() {
    let flows: &[&[&str]] = &[
        &["m.login.recaptcha", "m.login.terms", "m.login.dummy"],
        &["m.login.recaptcha", "m.login.email.identity", "m.login.msisdn"],
    ];
    // At first this client has the phone at hand, and so follows the second flow.
    let without_dummy = |stage: &Stage| if *stage == Stage::Dummy { Ability::None } else { Ability::Native };
    let mut auth = begin(flows);
    assert_eq!(next_stage(&mut auth, without_dummy), Some(Stage::Recaptcha));
    let Outcome::Continue(mut auth) = auth.on_error(&offer(flows, &["m.login.recaptcha"])) else { panic!() };
    assert_eq!(next_stage(&mut auth, native), Some(Stage::EmailIdentity));
    let Outcome::Continue(mut auth) =
        auth.on_error(&offer(flows, &["m.login.recaptcha", "m.login.email.identity"]))
    else {
        panic!()
    };
    assert_eq!(next_stage(&mut auth, native), Some(Stage::Msisdn));
    let all = ["m.login.recaptcha", "m.login.email.identity", "m.login.msisdn"];
    let Outcome::Continue(mut auth) = auth.on_error(&offer(flows, &all)) else { panic!() };
    assert_eq!(auth.next(native), Next::Resubmit);
    assert!(auth.info().is_complete());
}

#[test]
fn a_flow_that_is_no_longer_offered_is_left() {
    let mut auth = begin(&[&["m.login.password"]]);
    assert_eq!(next_stage(&mut auth, native), Some(Stage::Password));
    let Outcome::Continue(mut auth) = auth.on_error(&offer(&[&["m.login.terms"]], &[])) else { panic!() };
    assert_eq!(next_stage(&mut auth, native), Some(Stage::Terms));
}

#[test]
fn params_are_given_with_their_stage() {
    let body = json!({"flows": [{"stages": ["m.login.recaptcha"]}],
        "params": {"m.login.recaptcha": {"public_key": "k"}, "m.login.terms": {}}});
    let mut auth = UserInteractiveAuth::begin(&unauthorized(&body)).unwrap();
    let params = json!({"public_key": "k"});
    assert_eq!(auth.next(native), Next::Answer { stage: &Stage::Recaptcha, params: Some(&params) });
}

#[test]
fn attempts_that_complete_nothing_are_counted_and_the_session_is_kept() {
    let flows: &[&[&str]] = &[&["m.login.password", "m.login.terms"]];
    let mut auth = begin(flows);
    for failures in 1..=3 {
        let failed = json!({"errcode": "M_FORBIDDEN", "error": "Invalid password",
            "flows": [{"stages": ["m.login.password", "m.login.terms"]}]});
        let Outcome::Continue(next) = auth.on_error(&unauthorized(&failed)) else { panic!() };
        auth = next;
        assert_eq!(auth.failures(), failures);
        assert_eq!(auth.info().errcode, Some(Errcode::Forbidden));
        assert_eq!(auth.resubmit().session.as_deref(), Some("xxxxxx"));
        assert_eq!(next_stage(&mut auth, native), Some(Stage::Password));
    }
    let Outcome::Continue(auth) = auth.on_error(&offer(flows, &["m.login.password"])) else { panic!() };
    assert_eq!(auth.failures(), 0);
}

#[test]
fn another_error_ends_it() {
    let error = MatrixError::new(StatusCode::BAD_REQUEST, Errcode::InvalidParam, "wrong");
    assert_eq!(begin(&[&["m.login.dummy"]]).on_error(&error), Outcome::Refused(error.clone()));
    let logged_out = MatrixError::new(StatusCode::UNAUTHORIZED, Errcode::UnknownToken, "gone");
    assert_eq!(begin(&[&["m.login.dummy"]]).on_error(&logged_out), Outcome::Refused(logged_out.clone()));
}

#[test]
fn msc2454_single_sign_on_is_for_the_browser_and_resubmits_only_the_session() {
    let mut auth = begin(&[&["m.login.sso"]]);
    assert_eq!(auth.next(native), Next::Fallback { stage: &Stage::Sso });
    assert_eq!(auth.next(|_| Ability::None), Next::Stuck);
    assert_eq!(serde_json::to_value(auth.resubmit()).unwrap(), json!({"session": "xxxxxx"}));
    let mut old = begin(&[&["org.matrix.login.sso"]]);
    let stage = Stage::from("org.matrix.login.sso");
    assert!(stage.is_sso());
    assert_eq!(old.next(native), Next::Fallback { stage: &stage });
    // Done in the browser: the server says so, and nothing is left.
    let Outcome::Continue(mut auth) = auth.on_error(&offer(&[&["m.login.sso"]], &["m.login.sso"])) else {
        panic!()
    };
    assert_eq!(auth.next(native), Next::Resubmit);
}

#[test]
fn msc2454_the_page_of_single_sign_on_has_the_session_in_its_url() {
    let homeserver = HttpUrl::parse_base("https://homeserver/").unwrap();
    let session = "dTKfsLHSAJeAhqfxUsvrIVJd";
    let url = fallback_url(&homeserver, EndpointVersion::R0, &Stage::Sso, session);
    let path = "/_matrix/client/r0/auth/m.login.sso/fallback/web?session=dTKfsLHSAJeAhqfxUsvrIVJd";
    assert_eq!(url, format!("https://homeserver{path}"));
    let odd = fallback_url(&homeserver, EndpointVersion::V3, &Stage::from("a/b?c"), "#/&=+ ü");
    assert_eq!(
        odd,
        "https://homeserver/_matrix/client/v3/auth/a%2Fb%3Fc/fallback/web?session=%23%2F%26%3D%2B%20%C3%BC",
    );
}

#[test]
fn the_stage_of_oauth_is_for_the_browser_at_the_url_that_the_server_gives() {
    let offer = |params: Value| {
        let body = json!({"flows": [{"stages": ["m.oauth"]}], "params": {"m.oauth": params}, "session": "s"});
        UserInteractiveAuth::begin(&unauthorized(&body)).unwrap()
    };
    let mut auth = offer(json!({"url": "https://example.org/account?action=reset"}));
    assert_eq!(auth.next(native), Next::Fallback { stage: &Stage::OAuth });
    assert_eq!(auth.info().oauth_url().unwrap().as_str(), "https://example.org/account?action=reset");
    assert_eq!(serde_json::to_value(auth.resubmit()).unwrap(), json!({"session": "s"}));
    assert_eq!(auth.next(|_| Ability::None), Next::Stuck);
    for params in [json!({}), json!({"url": 5}), json!({"url": "javascript:alert(1)"}), json!("https://x")] {
        assert_eq!(offer(params.clone()).info().oauth_url(), None, "{params}");
    }
}

#[test]
fn a_server_takes_a_stage_only_when_it_comes_next() {
    let mut info = UiaaInfo::of(&offer(&[&["a", "b", "a"], &["c"]], &[])).unwrap();
    let stage = |name: &str| Stage::from(name);
    assert!(!info.complete(&stage("b")));
    assert!(!info.complete(&stage("x")));
    assert!(info.complete(&stage("a")));
    assert!(!info.complete(&stage("a")));
    assert!(info.complete(&stage("b")));
    assert!(!info.is_complete());
    assert!(info.complete(&stage("a")));
    assert!(info.is_complete());
    assert_eq!(info.completed.len(), 3);
}

#[test]
fn answers_are_read_and_written_again() {
    let answers = [
        json!({"type": "m.login.password", "identifier": {"type": "m.id.user", "user": "alice"}, "password": "s3cr3t", "session": "s"}),
        json!({"type": "m.login.password", "identifier": {"type": "m.id.thirdparty", "medium": "email", "address": "a@b.c"}, "password": "s3cr3t"}),
        json!({"type": "m.login.password", "identifier": {"type": "m.id.phone", "country": "GB", "phone": "07700 900001"}, "password": "s3cr3t"}),
        json!({"type": "m.login.password", "identifier": {"type": "org.example.id", "x": 1}, "password": "s3cr3t"}),
        json!({"type": "m.login.recaptcha", "response": "captcha", "session": "s"}),
        json!({"type": "m.login.email.identity", "threepid_creds": {"sid": "1", "client_secret": "monkeys",
            "id_server": "matrix.org:8090", "id_access_token": "t"}, "session": "s"}),
        json!({"type": "m.login.msisdn", "threepid_creds": {"sid": "1", "client_secret": "monkeys"}, "session": "s"}),
        json!({"type": "m.login.dummy", "session": "s"}),
        json!({"type": "m.login.registration_token", "token": "fBVFdqVE", "session": "s"}),
        json!({"type": "m.login.terms", "session": "s"}),
        json!({"type": "example.type.foo", "session": "s", "example_credential": "verypoorsharedsecret"}),
        json!({"session": "s"}),
        json!({}),
    ];
    for answer in answers {
        let read: AuthData = serde_json::from_value(answer.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), answer);
        assert_eq!(read.stage().as_ref().map(Stage::as_str), answer.get("type").and_then(Value::as_str));
        assert_eq!(read, read.clone());
        let shown = format!("{read:?}");
        assert!(
            !["s3cr3t", "verypoor", "monkeys", "captcha\""].iter().any(|secret| shown.contains(secret)),
            "{shown}"
        );
    }
}

#[test]
fn answers_that_lack_something_are_refused() {
    for wrong in [
        json!({"type": "m.login.password", "password": "x"}),
        json!({"type": "m.login.password", "user": "alice", "password": "x"}),
        json!({"type": "m.login.password", "identifier": {"type": "m.id.user", "user": "a"}}),
        json!({"type": "m.login.password", "password": "x", "identifier": "alice"}),
        json!({"type": "m.login.password", "password": "x", "identifier": {"user": "alice"}}),
        json!({"type": "m.login.password", "password": "x", "identifier": {"type": "m.id.user"}}),
        json!({"type": "m.login.password", "password": "x", "identifier": {"type": "m.id.user", "user": 5}}),
        json!({"type": "m.login.password", "password": "x",
            "identifier": {"type": "m.id.thirdparty", "medium": "email"}}),
        json!({"type": "m.login.password", "password": "x", "identifier": {"type": "m.id.phone", "phone": "1"}}),
        json!({"type": "m.login.recaptcha"}),
        json!({"type": "m.login.registration_token", "token": 5}),
        json!({"type": "m.login.email.identity", "threepid_creds": {"sid": "1"}}),
        json!({"type": "m.login.email.identity", "threepid_creds": {"sid": "1", "client_secret": "a b"}}),
        json!({"type": "m.login.msisdn", "threepid_creds": {"sid": "1", "client_secret": "a", "id_server": "x"}}),
        json!({"type": 5}),
        json!({"session": 5}),
        json!("session"),
    ] {
        assert!(serde_json::from_value::<AuthData>(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn an_answer_carries_the_session() {
    let auth = begin(&[&["m.login.password"]]);
    let answer =
        Answer::Password { identifier: UserIdentifier::user("alice"), password: Password::new("s3cr3t") };
    let sent = serde_json::to_value(auth.answer(answer)).unwrap();
    assert_eq!(
        sent,
        json!({"type": "m.login.password", "session": "xxxxxx", "password": "s3cr3t",
            "identifier": {"type": "m.id.user", "user": "alice"}}),
    );
}
