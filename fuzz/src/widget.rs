//! Widgets: their URLs, and what they and clients say.

use matrix_api::widget::{
    ClientOpenId, GetOpenId, MAX_PENDING_REQUESTS, MAX_TEMPLATE_BYTES, MAX_WIDGET_URL_BYTES, Message,
    OpenIdState, OpenIdStep, Permission, TemplateVariables, fill_template, with_widget_id,
};
use matrix_api::{AccessToken, OpenIdToken};
use matrix_canonicaljson::{Mode, Object};
use matrix_identifiers::UserId;

use crate::lines::Lines;

/// Checks that a value stands in a URL encoded, in its place and nowhere else, and that whatever is said, both sides of the
/// OpenID exchange keep to it.
///
/// The first line is a template, the second the `data` of the widget, the third a display name; each other line is a
/// message.
pub fn run(data: &[u8]) {
    let mut lines = Lines::new(data);
    let template = lines.next_text().unwrap_or_default();
    let object = lines.next().and_then(|data| Object::parse(data, Mode::Lenient).ok()).unwrap_or_default();
    check_template(template, &object, lines.next_text().unwrap_or_default());
    let messages: Vec<Message> =
        core::iter::from_fn(|| lines.next()).filter_map(|line| Message::parse(line).ok()).take(64).collect();
    for message in &messages {
        let again = Message::parse(message.to_json().as_bytes());
        assert_eq!(again.as_ref(), Ok(message), "a message changes by being written");
    }
    check_client(&messages);
    check_widget(&messages);
}

fn check_template(template: &str, data: &Object, name: &str) {
    let user = UserId::parse("@alice:example.org").expect("a user ID");
    let variables = TemplateVariables::new(user, "w/1").display_name(name).data(data);
    let Ok(url) = fill_template(template, &variables) else { return };
    assert!(template.len() <= MAX_TEMPLATE_BYTES && url.len() <= MAX_WIDGET_URL_BYTES);
    assert_eq!(url, slowly(template, data, &variables), "a template is filled in otherwise");
    let scheme = url.split("://").next().unwrap_or_default().to_lowercase();
    assert!(scheme == "http" || scheme == "https");
    let with_id = with_widget_id(&url, "w/1");
    assert_eq!(with_widget_id(&with_id, "w/1"), with_id);
    assert!(with_id.contains("widgetId=w%2F1"));
    assert_eq!(
        with_id.split_once('#').map(|(_, fragment)| fragment),
        url.split_once('#').map(|(_, rest)| rest)
    );
}

/// Fills in as the definition says: at each `$`, the longest name of all.
fn slowly(template: &str, data: &Object, variables: &TemplateVariables<'_>) -> String {
    const STANDARD: [&str; 6] = [
        "matrix_user_id",
        "matrix_display_name",
        "matrix_avatar_url",
        "matrix_room_id",
        "matrix_widget_id",
        "org.matrix.msc2774_widget_id",
    ];
    let mut names: Vec<&str> = STANDARD.into_iter().chain(data.keys()).collect();
    names.retain(|name| !name.is_empty() && !name.contains('$') && variables.get(name).is_some());
    names.sort_by_key(|name| core::cmp::Reverse(name.len()));
    let (mut rest, mut url) = (template, String::new());
    while let Some((before, after)) = rest.split_once('$') {
        url.push_str(before);
        rest = match names.iter().find(|name| after.starts_with(**name)) {
            Some(name) => {
                for byte in variables.get(name).expect("a value").bytes() {
                    match byte {
                        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                            url.push(byte.into())
                        }
                        _ => url.push_str(&format!("%{byte:02X}")),
                    }
                }
                &after[name.len()..]
            }
            None => {
                url.push('$');
                after
            }
        };
    }
    url + rest
}

fn token() -> OpenIdToken {
    let server = "example.org".try_into().expect("a server name");
    OpenIdToken::new(AccessToken::new("s3cr3t"), server, 3600)
}

/// The user allows every second request, at the end.
fn check_client(messages: &[Message]) {
    let widget_id = messages.first().map_or("w", |message| &message.request().widget_id);
    let mut client = ClientOpenId::new(widget_id);
    for message in messages {
        match message {
            Message::Request(request) => {
                let Some(answer) = client.on_request(request, Permission::Ask) else { continue };
                assert!(answer.response.is_to(request));
                let state = OpenIdState::read(&answer.response.response).expect("a state");
                assert!(!matches!(state, OpenIdState::Allowed(_)), "credentials without asking");
                assert_eq!(client.asking().any(|id| id == request.request_id), state == OpenIdState::Request);
            }
            Message::Response(response) => assert!(!client.on_response(response)),
        }
        assert!(client.asking().count() <= MAX_PENDING_REQUESTS);
    }
    let asking: Vec<String> = client.asking().map(str::to_owned).collect();
    for (index, id) in asking.iter().enumerate() {
        let allowed = (index % 2 == 0).then(token);
        let settled =
            client.settle(id, allowed.clone(), &format!("answer {index}")).expect("the user was asked");
        assert!(client.settle(id, None, "again").is_none(), "a decision is told twice");
        let expected = allowed.map_or(OpenIdState::Blocked, OpenIdState::Allowed);
        assert_eq!(OpenIdState::read(&settled.request.data), Ok(expected.clone()));
        let waiting = GetOpenId::new(id, widget_id).sent(0);
        let OpenIdStep::Done { acknowledge, .. } = waiting.on_message(&Message::Request(settled.request))
        else {
            panic!("a decision that the widget does not understand")
        };
        assert!(client.on_response(&acknowledge.expect("an acknowledgement")));
    }
    assert_eq!(client, ClientOpenId::new(widget_id), "something is left");
}

/// The widget asks with the ID of the first message, and hears the others.
fn check_widget(messages: &[Message]) {
    let Some(first) = messages.first() else { return };
    let begin = GetOpenId::new(&first.request().request_id, &first.request().widget_id);
    let mut step = OpenIdStep::AwaitReply(begin.clone().sent(0));
    for message in messages {
        step = match step {
            OpenIdStep::AwaitReply(widget) => {
                let OpenIdStep::AwaitReply(widget) = widget.on_timeout(9_999) else { panic!("too early") };
                widget.on_message(message)
            }
            OpenIdStep::AwaitCredentials(widget) => {
                let belongs = matches!(message, Message::Request(request) if request.widget_id == begin.request().widget_id);
                let step = widget.on_message(message);
                assert!(belongs || matches!(step, OpenIdStep::AwaitCredentials(_)));
                step
            }
            OpenIdStep::Done { .. } => return,
        };
    }
    if let OpenIdStep::AwaitReply(widget) = step {
        assert!(matches!(widget.on_timeout(10_000), OpenIdStep::Done { .. }));
    }
}
