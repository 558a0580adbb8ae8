use matrix_api::widget::{
    Action, ClientOpenId, Direction, FIRST_REPLY_TIMEOUT_MS, GetOpenId, MAX_PENDING_REQUESTS, Message,
    OpenIdOutcome, OpenIdState, OpenIdStep, Permission, Request, Response,
};
use matrix_api::{AccessToken, OpenIdToken};
use serde_json::{Value, json};

fn token() -> OpenIdToken {
    OpenIdToken::new(AccessToken::new("s3cr3t"), "example.org".try_into().unwrap(), 3600)
}

fn get_openid(request_id: &str) -> Request {
    GetOpenId::new(request_id, "w").request().clone()
}

fn state(response: &Response) -> &Value {
    &response.response["state"]
}

fn outcome(step: OpenIdStep) -> (OpenIdOutcome, Option<Response>) {
    let OpenIdStep::Done { outcome, acknowledge } = step else { panic!("{step:?}") };
    (outcome, acknowledge)
}

#[test]
fn msc1960_credentials_stand_beside_the_state() {
    let allowed = OpenIdState::Allowed(token()).to_object();
    assert_eq!(
        Value::Object(allowed.clone()),
        json!({"state": "allowed", "access_token": "s3cr3t", "token_type": "Bearer",
            "matrix_server_name": "example.org", "expires_in": 3600}),
    );
    assert_eq!(OpenIdState::read(&allowed).unwrap(), OpenIdState::Allowed(token()));
    for (state, name) in [(OpenIdState::Request, "request"), (OpenIdState::Blocked, "blocked")] {
        assert_eq!(Value::Object(state.to_object()), json!({"state": name}));
        assert_eq!(OpenIdState::read(&state.to_object()).unwrap(), state);
    }
    for wrong in [
        json!({}),
        json!({"state": "maybe"}),
        json!({"state": 1}),
        json!({"state": "allowed"}),
        json!({"state": "allowed", "access_token": "s", "token_type": "Bearer", "matrix_server_name": "a b", "expires_in": 1}),
        json!({"state": "allowed", "access_token": "s", "token_type": "Bearer", "matrix_server_name": "a", "expires_in": "1"}),
    ] {
        assert!(OpenIdState::read(wrong.as_object().unwrap()).is_err(), "{wrong}");
    }
}

#[test]
fn msc1960_a_remembered_decision_is_answered_at_once() {
    let mut client = ClientOpenId::new("w");
    for (permission, expected) in
        [(Permission::Allowed(token()), "allowed"), (Permission::Blocked, "blocked")]
    {
        let answer = client.on_request(&get_openid("1"), permission).unwrap();
        assert_eq!((state(&answer.response).as_str(), answer.ask), (Some(expected), false));
        assert_eq!(client.asking().count(), 0);
        // On the other side that is the end as well, with nothing to acknowledge.
        let step = GetOpenId::new("1", "w").sent(0).on_message(&Message::Response(answer.response));
        let (outcome, acknowledge) = outcome(step);
        assert_eq!(acknowledge, None);
        assert_eq!(matches!(outcome, OpenIdOutcome::Allowed(_)), expected == "allowed");
        assert_eq!(matches!(outcome, OpenIdOutcome::Blocked), expected == "blocked");
    }
}

#[test]
fn msc1960_both_sides_agree_when_the_user_has_decided() {
    for allow in [true, false] {
        let mut client = ClientOpenId::new("w");
        let widget = GetOpenId::new("AAABBB", "w");
        let asked = client.on_request(widget.request(), Permission::Ask).unwrap();
        assert!(asked.ask);
        assert_eq!(client.asking().collect::<Vec<_>>(), ["AAABBB"]);
        let step = widget.sent(5).on_message(&Message::Response(asked.response));
        let OpenIdStep::AwaitCredentials(widget) = step else { panic!("{step:?}") };

        let told = client.settle("AAABBB", allow.then(token), "EEEFFF").unwrap().request;
        assert_eq!((told.api, &told.action), (Direction::ToWidget, &Action::OpenIdCredentials));
        assert_eq!(told.data["original_request_id"], "AAABBB");
        assert_eq!(client.asking().count(), 0);
        // It is told once.
        assert_eq!(client.settle("AAABBB", None, "X"), None);

        let (outcome, acknowledge) = outcome(widget.on_message(&Message::Request(told)));
        let expected = if allow { OpenIdOutcome::Allowed(token()) } else { OpenIdOutcome::Blocked };
        assert_eq!(outcome, expected);
        let acknowledge = acknowledge.unwrap();
        assert_eq!(Value::Object(acknowledge.response.clone()), json!({}));
        assert!(client.on_response(&acknowledge));
        assert!(!client.on_response(&acknowledge));
        // The ID may be used again.
        assert!(client.on_request(&get_openid("AAABBB"), Permission::Ask).unwrap().ask);
    }
}

#[test]
fn msc1960_requests_are_told_apart_by_their_ids() {
    let mut client = ClientOpenId::new("w");
    for id in ["1", "2"] {
        assert!(client.on_request(&get_openid(id), Permission::Ask).unwrap().ask);
    }
    // The same again: the same answer, and no second question to the user.
    let again = client.on_request(&get_openid("1"), Permission::Ask).unwrap();
    assert_eq!((state(&again.response), again.ask), (&json!("request"), false));
    let OpenIdStep::AwaitCredentials(first) =
        GetOpenId::new("1", "w").sent(0).on_message(&Message::Response(again.response))
    else {
        panic!()
    };
    let told_second = client.settle("2", Some(token()), "x").unwrap().request;
    let step = first.on_message(&Message::Request(told_second));
    assert!(matches!(step, OpenIdStep::AwaitCredentials(_)));
    assert_eq!(client.asking().collect::<Vec<_>>(), ["1"]);
    assert_eq!(client.settle("3", None, "x"), None);
}

#[test]
fn msc1960_other_messages_are_not_the_clients() {
    let mut client = ClientOpenId::new("w");
    let other_widget = GetOpenId::new("1", "v").request().clone();
    assert_eq!(client.on_request(&other_widget, Permission::Ask), None);
    let mut other_action = get_openid("1");
    other_action.action = Action::ContentLoaded;
    assert_eq!(client.on_request(&other_action, Permission::Ask), None);
    let mut other_direction = get_openid("1");
    other_direction.api = Direction::ToWidget;
    assert_eq!(client.on_request(&other_direction, Permission::Ask), None);
    assert!(!client.on_response(&get_openid("1").acknowledge()));
}

#[test]
fn msc1960_a_widget_cannot_ask_the_user_without_end() {
    let mut client = ClientOpenId::new("w");
    for id in 0..MAX_PENDING_REQUESTS {
        assert!(client.on_request(&get_openid(&id.to_string()), Permission::Ask).unwrap().ask);
    }
    let more = client.on_request(&get_openid("more"), Permission::Ask).unwrap();
    assert_eq!((state(&more.response), more.ask), (&json!("blocked"), false));
    assert_eq!(client.settle("more", Some(token()), "x"), None);
}

#[test]
fn msc1960_a_widget_that_acknowledges_nothing_can_go_on_asking() {
    let mut client = ClientOpenId::new("w");
    for id in 0..3 * MAX_PENDING_REQUESTS {
        let id = id.to_string();
        assert!(client.on_request(&get_openid(&id), Permission::Ask).unwrap().ask, "{id}");
        assert!(client.settle(&id, Some(token()), "told").is_some());
    }
    // What was told last is still known, and those whom the user is being asked about are not forgotten.
    let told = Request::new(Direction::ToWidget, Action::OpenIdCredentials, "told", "w");
    assert!(client.on_response(&told.acknowledge()));
    for id in 0..=MAX_PENDING_REQUESTS {
        let asked = client.on_request(&get_openid(&format!("more {id}")), Permission::Ask).unwrap();
        assert_eq!(asked.ask, id < MAX_PENDING_REQUESTS);
    }
    assert_eq!(client.asking().count(), MAX_PENDING_REQUESTS);
}

#[test]
fn msc1960_only_the_first_reply_has_a_timeout() {
    let widget = GetOpenId::new("1", "w").sent(100);
    assert_eq!(widget.deadline_ms(), 100 + FIRST_REPLY_TIMEOUT_MS);
    assert_eq!(FIRST_REPLY_TIMEOUT_MS, 10_000);
    let OpenIdStep::AwaitReply(widget) = widget.on_timeout(10_099) else { panic!() };
    let asked = get_openid("1").answer(OpenIdState::Request.to_object());
    let step = widget.clone().on_message(&Message::Response(asked));
    assert!(matches!(step, OpenIdStep::AwaitCredentials(_)));
    assert_eq!(outcome(widget.on_timeout(10_100)), (OpenIdOutcome::TimedOut, None));
}

#[test]
fn msc1960_what_the_widget_does_not_wait_for_changes_nothing() {
    let widget = GetOpenId::new("1", "w").sent(0);
    let blocked = OpenIdState::Blocked.to_object();
    let mut data = blocked.clone();
    data.insert("original_request_id".to_owned(), json!("1"));
    let told = Request::new(Direction::ToWidget, Action::OpenIdCredentials, "9", "w").with_data(data.clone());
    let mut others = vec![
        Message::Response(get_openid("2").answer(blocked.clone())),
        Message::Response(GetOpenId::new("1", "v").request().answer(blocked)),
        Message::Response(told.acknowledge()),
    ];
    let mut from_widget = told.clone();
    from_widget.api = Direction::FromWidget;
    let mut other_widget = told.clone();
    other_widget.widget_id = "v".to_owned();
    let mut other_action = told.clone();
    other_action.action = Action::Capabilities;
    let mut nameless = told.clone();
    nameless.data.remove("original_request_id");
    others.extend([from_widget, other_widget, other_action, nameless].map(Message::Request));
    for other in &others {
        assert_eq!(widget.clone().on_message(other), OpenIdStep::AwaitReply(widget.clone()), "{other:?}");
    }
    // A decision before the reply counts.
    let (outcome, acknowledge) = outcome(widget.on_message(&Message::Request(told)));
    assert_eq!(outcome, OpenIdOutcome::Blocked);
    assert!(acknowledge.is_some());
}

#[test]
fn msc1960_answers_that_say_nothing_end_it() {
    let answer = |response: Value| {
        let response = get_openid("1").answer(response.as_object().unwrap().clone());
        outcome(GetOpenId::new("1", "w").sent(0).on_message(&Message::Response(response))).0
    };
    assert!(matches!(answer(json!({})), OpenIdOutcome::Unreadable(_)));
    assert!(matches!(answer(json!({"state": "allowed"})), OpenIdOutcome::Unreadable(_)));
    assert_eq!(
        answer(json!({"error": {"message": "unknown action"}})),
        OpenIdOutcome::Refused("unknown action".to_owned())
    );
    // `request` is no decision; it is acknowledged all the same.
    let told = Request::new(Direction::ToWidget, Action::OpenIdCredentials, "9", "w")
        .with_data(json!({"state": "request", "original_request_id": "1"}).as_object().unwrap().clone());
    let (decided, acknowledge) =
        outcome(GetOpenId::new("1", "w").sent(0).on_message(&Message::Request(told)));
    assert!(matches!(decided, OpenIdOutcome::Unreadable(_)) && acknowledge.is_some());
}

#[test]
fn msc1961_the_subject_belongs_to_the_server_that_was_named() {
    assert_eq!(token().check_subject("@alice:example.org").unwrap(), "@alice:example.org");
    for wrong in [
        "@alice:example.com",
        "@alice:example.org:8448",
        "@alice:sub.example.org",
        "alice",
        "",
        "@alice",
        "!r:example.org",
    ] {
        let error = token().check_subject(wrong).unwrap_err();
        assert_eq!(error.kind(), "foreign_subject", "{wrong}");
        assert!(!error.to_string().contains("s3cr3t"));
    }
    assert!(token().check_subject(&"x".repeat(10_000)).unwrap_err().to_string().len() < 400);
}
