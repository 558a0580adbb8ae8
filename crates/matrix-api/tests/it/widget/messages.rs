use matrix_api::Error;
use matrix_api::widget::{
    Action, Capabilities, CapabilityExchange, Direction, MAX_MESSAGE_BYTES, Message, Request,
    SUPPORTED_API_VERSIONS, avatar_url,
};
use matrix_events::Wire as _;
use matrix_events::content::Widget;
use serde_json::{Value, json};

fn parse(message: &Value) -> Message {
    Message::parse(message.to_string().as_bytes()).unwrap()
}

#[test]
fn msc1960_messages_are_read_and_written_again() {
    let examples: Vec<Value> =
        serde_json::from_str(include_str!("../../data/msc1960_messages.json")).unwrap();
    assert_eq!(examples.len(), 7);
    for example in examples {
        let message = parse(&example);
        assert_eq!(serde_json::from_str::<Value>(&message.to_json()).unwrap(), example);
        assert_eq!(matches!(message, Message::Response(_)), example.get("response").is_some());
        assert_eq!(message.request().widget_id, "CCCDDD");
        assert!(!format!("{message:?}").contains("s3cr3t"));
    }
}

#[test]
fn unknown_actions_and_fields_are_kept() {
    let message = json!({"api": "toWidget", "action": "org.example.x", "requestId": "1", "widgetId": "w",
        "data": {"a": [1]}, "org.example": {"b": 2}});
    let Message::Request(request) = parse(&message) else { panic!() };
    assert_eq!(request.action, Action::Other("org.example.x".to_owned()));
    assert_eq!(request.fields["org.example"], json!({"b": 2}));
    assert_eq!(serde_json::from_str::<Value>(&request.to_json()).unwrap(), message);
    for action in Action::KNOWN {
        assert_eq!(Action::from(action.as_str()), action);
    }
}

#[test]
fn what_is_no_message_is_refused_with_the_place() {
    let whole = json!({"api": "toWidget", "action": "x", "requestId": "1", "widgetId": "w", "data": {}});
    assert!(Message::parse(whole.to_string().as_bytes()).is_ok());
    for (field, value) in [
        ("api", Some(json!("fromNobody"))),
        ("api", None),
        ("action", Some(json!(5))),
        ("action", None),
        ("requestId", None),
        ("requestId", Some(json!(1))),
        ("widgetId", None),
        ("data", Some(json!([]))),
        ("response", Some(json!("ok"))),
    ] {
        let mut message = whole.clone();
        match value {
            Some(value) => message[field] = value,
            None => drop(message.as_object_mut().unwrap().remove(field)),
        }
        let error = Message::parse(message.to_string().as_bytes()).unwrap_err();
        assert_eq!(error.kind(), "invalid_body", "{message}");
    }
    assert_eq!(Message::parse(b"[]").unwrap_err().kind(), "invalid_body");
    assert_eq!(Message::parse(b"{").unwrap_err().kind(), "invalid_json");
    let large = vec![b' '; MAX_MESSAGE_BYTES + 1];
    assert_eq!(
        Message::parse(&large).unwrap_err(),
        Error::BodyTooLarge { bytes: MAX_MESSAGE_BYTES + 1, max: MAX_MESSAGE_BYTES },
    );
}

#[test]
fn a_response_is_to_one_request_only() {
    let request = Request::new(Direction::ToWidget, Action::Visibility, "1", "w");
    assert!(request.acknowledge().is_to(&request));
    let mut others = vec![request.clone(); 4];
    others[0].request_id = "2".to_owned();
    others[1].widget_id = "v".to_owned();
    others[2].action = Action::Screenshot;
    others[3].api = Direction::FromWidget;
    for other in others {
        assert!(!request.acknowledge().is_to(&other));
    }
    let refused = request.refuse("no");
    assert_eq!(refused.error(), Some("no"));
    assert_eq!(request.acknowledge().error(), None);
}

#[test]
fn a_widget_gets_of_what_it_wants_what_it_may_have() {
    let exchange = CapabilityExchange::new("1", "w");
    assert_eq!(exchange.request().api, Direction::ToWidget);
    let wanted: Capabilities = ["m.sticker", "m.always_on_screen", "org.example"].map(str::to_owned).into();
    let response = CapabilityExchange::want(exchange.request(), &wanted);
    let allowed = exchange.answer(&response, |name| name.starts_with("m.")).unwrap();
    assert_eq!(allowed.into_iter().collect::<Vec<_>>(), ["m.always_on_screen", "m.sticker"]);
    assert_eq!(exchange.answer(&exchange.request().acknowledge(), |_| true), Some(Capabilities::new()));
    let other = CapabilityExchange::new("2", "w");
    assert_eq!(other.answer(&response, |_| true), None);
    assert!(SUPPORTED_API_VERSIONS.contains(&"0.0.1"));
}

#[test]
fn msc2765_the_avatar_is_read_by_both_names() {
    let example = include_str!("../../data/msc2765_widget.json");
    let widget = Widget::read_strict(example.as_bytes()).unwrap();
    assert_eq!(avatar_url(&widget).unwrap().as_str(), "mxc://example.org/abc123");
    let unstable = example.replace("\"avatar_url\"", "\"org.matrix.msc2765.avatar_url\"");
    let widget = Widget::read_strict(unstable.as_bytes()).unwrap();
    assert_eq!(avatar_url(&widget).unwrap().as_str(), "mxc://example.org/abc123");
    for odd in ["https://example.org/abc123", ""] {
        let widget =
            Widget::read_lenient(example.replace("mxc://example.org/abc123", odd).as_bytes()).unwrap();
        assert_eq!(avatar_url(&widget.value), None);
    }
}
