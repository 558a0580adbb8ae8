//! Clients that look for their servers, with arbitrary answers.

use matrix_discovery::{
    Action, Discover, Discovered, FindManager, HttpResponse, HttpUrl, MAX_REDIRECTS, Parameter,
};
use matrix_identifiers::ServerName;

use crate::lines::Lines;

/// Checks that every discovery ends after a bounded number of questions, and that its action and what was found agree;
/// the same answers are given to the look-up of an integration manager.
///
/// The first line is what a user typed. Each further line is the next answer: the status and, of a redirect, its
/// location, otherwise the body.
pub fn run(data: &[u8]) {
    let mut lines = Lines::new(data);
    let Some(input) = lines.next_text() else { return };
    if let Ok(domain) = ServerName::parse(input) {
        find_manager(domain, Lines::new(data));
    }
    let mut next = Discover::from_input(input);
    let mut requests = 0;
    loop {
        next = match next {
            Discover::WellKnown(question) => {
                requests += 1;
                assert!(question.url().is_https() && requests <= MAX_REDIRECTS + 1);
                question.answer(response(&mut lines))
            }
            Discover::Homeserver(question) => {
                assert!(HttpUrl::parse(&question.url()).is_ok(), "{}", question.url());
                question.answer(response(&mut lines))
            }
            Discover::IdentityServer(question) => {
                assert!(HttpUrl::parse(&question.url()).is_ok(), "{}", question.url());
                question.answer(response(&mut lines))
            }
            Discover::Done(found) => return check(&found),
        };
    }
}

fn response<'a>(lines: &mut Lines<'a>) -> Option<HttpResponse<'a>> {
    lines.next_response().map(|(status, rest)| {
        let redirect = matches!(status, 300..400);
        let location = str::from_utf8(rest).ok().filter(|_| redirect);
        HttpResponse { status, location, body: if redirect { b"" } else { rest } }
    })
}

fn check(found: &Discovered) {
    let prompt_for = match found.action {
        Action::Success | Action::Ignore | Action::FailError => None,
        Action::FailPrompt if found.homeserver.is_some() => Some(Parameter::IdentityServer),
        Action::Prompt | Action::FailPrompt => Some(Parameter::Homeserver),
    };
    assert_eq!(found.prompt_for, prompt_for);
    assert_eq!(found.reason.is_none(), found.action == Action::Success);
    assert!(found.homeserver.is_some() || found.action != Action::Success);
    assert!(found.identity_server.is_none() || found.action == Action::Success);
    assert!(found.versions.is_none() || found.homeserver.is_some());
    for url in found.homeserver.iter().chain(&found.identity_server) {
        assert_eq!(HttpUrl::parse(url.as_str()).as_ref(), Ok(url));
    }
}

fn find_manager(domain: &ServerName, mut lines: Lines<'_>) {
    lines.next();
    let mut next = FindManager::new(domain);
    loop {
        match next {
            FindManager::WellKnown(question) => next = question.answer(response(&mut lines)),
            FindManager::Done(Ok(found)) => {
                let again = matrix_discovery::IntegrationManager::from_widget(found.widget.as_bytes());
                assert_eq!(again, Ok(found.manager));
                return;
            }
            FindManager::Done(Err(error)) => {
                assert!(!error.to_string().is_empty());
                return;
            }
        }
    }
}
