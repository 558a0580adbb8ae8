use matrix_discovery::{Error, HttpResponse, MAX_REDIRECTS, Resolve, WellKnownQuery};

use crate::{ok, redirect, server};

fn question() -> WellKnownQuery {
    match Resolve::new(server("example.org")) {
        Resolve::WellKnown(question) => question,
        other => panic!("{other:?}"),
    }
}

/// Follows the redirect to the next question.
fn follow(question: WellKnownQuery, location: &str) -> WellKnownQuery {
    match question.answer(redirect(location)) {
        Resolve::WellKnown(question) => question,
        other => panic!("{location}: {other:?}"),
    }
}

/// The reason for which a redirect is not followed.
fn refused(question: WellKnownQuery, location: Option<&str>) -> Error {
    let mut next = question.answer(Some(HttpResponse { status: 307, location, body: b"" }));
    loop {
        next = match next {
            Resolve::Srv(question) => question.answer(&[], || 0).unwrap(),
            Resolve::Addresses(question) => return question.route().well_known.clone().unwrap().unwrap_err(),
            other => panic!("{location:?}: {other:?}"),
        };
    }
}

#[test]
fn msc1708_redirects_are_followed() {
    for (location, url) in [
        ("https://www.example.org/x", "https://www.example.org/x"),
        ("//b.org/y?z#f", "https://b.org/y?z"),
        ("/root", "https://example.org/root"),
        ("../other", "https://example.org/.well-known/other"),
        ("client", "https://example.org/.well-known/matrix/client"),
        ("?q", "https://example.org/.well-known/matrix/server?q"),
        ("HTTPS://B.org", "https://B.org"),
    ] {
        let next = follow(question(), location);
        assert!(next.url().as_str().eq_ignore_ascii_case(url), "{location} leads to {}", next.url());
        let Resolve::Addresses(end) = next.answer(ok(r#"{"m.server": "c.org:1"}"#)) else { panic!() };
        assert_eq!(end.host(), "c.org");
    }
    for status in [301, 302, 303, 307, 308] {
        let response = HttpResponse { status, location: Some("/x"), body: b"" };
        assert!(matches!(question().answer(Some(response)), Resolve::WellKnown(_)));
    }
}

#[test]
fn msc1708_redirect_loops_are_noticed() {
    let own = "https://example.org/.well-known/matrix/server";
    assert_eq!(refused(question(), Some(own)), Error::RedirectLoop(own.to_owned()));
    assert_eq!(refused(follow(question(), "/a"), Some(own)), Error::RedirectLoop(own.to_owned()));
    let third = follow(follow(question(), "/a"), "/b");
    assert_eq!(refused(third, Some("a#x")).kind(), "redirect_loop");
}

#[test]
fn redirects_are_bounded() {
    let mut next = question();
    for number in 0..MAX_REDIRECTS {
        next = follow(next, &format!("/{number}"));
    }
    assert_eq!(refused(next, Some("/last")), Error::TooManyRedirects);
}

#[test]
fn redirects_that_lead_nowhere_are_failures() {
    let long = format!("/{}", "x".repeat(9000));
    for location in [
        "http://example.org/",
        "ftp://b.org/",
        "https://u:p@b.org/",
        "https://[::1",
        "a b",
        "mailto:x",
        "",
        &long,
    ] {
        assert_eq!(refused(question(), Some(location)).kind(), "invalid_redirect", "{location:.40}");
    }
    assert_eq!(refused(question(), None).kind(), "invalid_redirect");
}
