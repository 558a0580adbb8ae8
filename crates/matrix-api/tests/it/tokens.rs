use http::StatusCode;
use matrix_api::session::{
    Access, AfterRefresh, LogoutDecision, REFRESH_EARLY_MS, RefreshedTokens, SentWith, TokenSession,
    TokenState, Tokens, Unauthorized,
};
use matrix_api::{AccessToken, Errcode, MatrixError, RefreshToken};
use proptest::prelude::*;
use serde_json::{Value, json};

fn tokens(access: &str, refresh: Option<&str>, expires_in_ms: Option<u64>) -> RefreshedTokens {
    RefreshedTokens {
        access_token: AccessToken::new(access),
        refresh_token: refresh.map(RefreshToken::new),
        expires_in_ms,
    }
}

fn session() -> TokenSession {
    TokenSession::new(Tokens::new(tokens("a1", Some("r1"), Some(300_000)), 0))
}

fn unknown_token(soft: bool) -> MatrixError {
    MatrixError::new(StatusCode::UNAUTHORIZED, Errcode::UnknownToken, "").with("soft_logout", soft)
}

fn send(session: &TokenSession, now_ms: u64) -> (String, SentWith, bool) {
    match session.access(now_ms) {
        Access::Send { access_token, with, refresh_due } => {
            (access_token.expose().to_owned(), with, refresh_due)
        }
        other => panic!("{other:?}"),
    }
}

fn refresh_token(session: &TokenSession) -> Option<&str> {
    session.tokens().refresh_token.as_ref().map(RefreshToken::expose)
}

#[test]
fn msc2918_the_example_of_a_refresh_is_read_and_written_again() {
    let body =
        json!({"access_token": "xxxxyyyyzzz", "expires_in_ms": 60000, "refresh_token": "eeeeffffgggghhhh"});
    let read: RefreshedTokens = serde_json::from_value(body.clone()).unwrap();
    assert_eq!(read, tokens("xxxxyyyyzzz", Some("eeeeffffgggghhhh"), Some(60_000)));
    assert_eq!(serde_json::to_value(&read).unwrap(), body);
    let least: RefreshedTokens = serde_json::from_value(json!({"access_token": "a"})).unwrap();
    assert_eq!(least, tokens("a", None, None));
}

#[test]
fn msc2918_tokens_are_not_shown() {
    let mut session = session();
    let refresh = session.refresh().unwrap();
    let shown =
        format!("{session:?} {refresh:?} {:?} {:?}", session.access(0), tokens("a1", Some("r1"), None));
    assert!(!shown.contains("a1") && !shown.contains("r1"), "{shown}");
}

#[test]
fn msc2918_stored_tokens_are_the_same() {
    let stored = serde_json::to_string(session().tokens()).unwrap();
    assert_eq!(&serde_json::from_str::<Tokens>(&stored).unwrap(), session().tokens());
}

#[test]
fn msc2918_without_a_lifetime_a_token_never_expires() {
    let session = TokenSession::new(Tokens::new(tokens("a1", Some("r1"), None), 0));
    assert_eq!(send(&session, u64::MAX), ("a1".to_owned(), send(&session, 0).1, false));
    assert_eq!(session.tokens().refresh_at_ms(), None);
}

#[test]
fn msc2918_a_refresh_is_due_before_the_token_expires() {
    for (lifetime, due_at) in [(300_000, 300_000 - REFRESH_EARLY_MS), (60_000, 45_000), (3, 3), (0, 0)] {
        let session = TokenSession::new(Tokens::new(tokens("a1", Some("r1"), Some(lifetime)), 1_000));
        assert_eq!(session.tokens().refresh_at_ms(), Some(1_000 + due_at));
        if due_at < lifetime {
            assert!(!send(&session, 1_000 + due_at - 1).2);
            assert!(send(&session, 1_000 + due_at).2);
        }
        assert_eq!(session.access(1_000 + lifetime), Access::RefreshFirst);
    }
    let forever = TokenSession::new(Tokens::new(tokens("a1", Some("r1"), Some(u64::MAX)), u64::MAX));
    assert!(!send(&forever, 0).2);
}

#[test]
fn msc2918_an_expired_token_that_cannot_be_refreshed_is_tried() {
    let mut session = TokenSession::new(Tokens::new(tokens("a1", None, Some(1_000)), 0));
    let (token, with, due) = send(&session, 5_000);
    assert_eq!((token.as_str(), due), ("a1", false));
    assert!(session.refresh().is_none());
    let soft = unknown_token(true);
    assert_eq!(session.on_error(with, &soft), Unauthorized::LoggedOut(LogoutDecision::KeepData));
    assert_eq!(session.state(), TokenState::SoftLoggedOut);
    assert_eq!(session.access(0), Access::LoggedOut(LogoutDecision::KeepData));
}

#[test]
fn msc2918_an_unknown_token_is_refreshed_before_it_counts_as_a_logout() {
    let mut session = session();
    let (_, with, _) = send(&session, 0);
    assert_eq!(session.on_error(with, &unknown_token(false)), Unauthorized::Refresh);
    assert_eq!(session.access(0), Access::RefreshFirst);
    let refresh = session.refresh().unwrap();
    assert_eq!(refresh.refresh_token().expose(), "r1");
    assert_eq!(session.state(), TokenState::Refreshing);
    assert_eq!(session.access(0), Access::Wait);
    assert!(session.refresh().is_none());
    assert_eq!(session.on_refreshed(refresh, tokens("a2", Some("r2"), None), 9), AfterRefresh::Store);
    assert_eq!(session.state(), TokenState::Active);
    assert_eq!(send(&session, 10).0, "a2");
    assert_eq!(session.tokens().received_at_ms, 9);
}

#[test]
fn msc2918_a_request_that_failed_with_an_old_token_is_sent_again_without_a_second_refresh() {
    let mut session = session();
    let (_, with, _) = send(&session, 0);
    let expired = unknown_token(true);
    assert_eq!(session.on_error(with, &expired), Unauthorized::Refresh);
    assert_eq!(session.on_error(with, &expired), Unauthorized::Refresh);
    let refresh = session.refresh().unwrap();
    assert_eq!(session.on_error(with, &expired), Unauthorized::Wait);
    let _ = session.on_refreshed(refresh, tokens("a2", Some("r2"), None), 0);
    for _ in 0..3 {
        assert_eq!(session.on_error(with, &expired), Unauthorized::SendAgain);
    }
    assert_eq!(session.state(), TokenState::Active);
    // The new token fails as well: that is a reason.
    let (_, newer, _) = send(&session, 0);
    assert!(newer > with);
    assert_eq!(session.on_error(newer, &expired), Unauthorized::Refresh);
    // And with the new one known to be bad, there is nothing to send the first request again with.
    assert_eq!(session.on_error(with, &expired), Unauthorized::Refresh);
}

#[test]
fn msc2918_a_refresh_that_is_due_does_not_stop_requests() {
    let mut session = session();
    assert!(send(&session, 290_000).2);
    let refresh = session.refresh().unwrap();
    assert_eq!((send(&session, 290_000).0.as_str(), send(&session, 290_000).2), ("a1", false));
    assert_eq!(session.access(300_000), Access::Wait);
    let _ = session.on_refreshed(refresh, tokens("a2", None, Some(300_000)), 290_500);
    assert_eq!(send(&session, 300_000).0, "a2");
}

#[test]
fn msc2918_a_missing_refresh_token_in_the_reply_keeps_the_old() {
    let mut session = session();
    let refresh = session.refresh().unwrap();
    let _ = session.on_refreshed(refresh, tokens("a2", None, Some(1)), 0);
    assert_eq!(refresh_token(&session), Some("r1"));
    assert_eq!(session.previous_refresh_token(), None);
    let refresh = session.refresh().unwrap();
    let _ = session.on_refreshed(refresh, tokens("a3", Some("r1"), Some(1)), 0);
    assert_eq!((refresh_token(&session), session.previous_refresh_token()), (Some("r1"), None));
}

#[test]
fn msc2918_the_old_refresh_token_is_kept_until_the_new_tokens_are_used() {
    let mut session = session();
    let (_, old, _) = send(&session, 0);
    let refresh = session.refresh().unwrap();
    let _ = session.on_refreshed(refresh, tokens("a2", Some("r2"), None), 0);
    let previous =
        |session: &TokenSession| session.previous_refresh_token().map(|token| token.expose().to_owned());
    assert_eq!(previous(&session).as_deref(), Some("r1"));
    // A success with the old access token says nothing of the new.
    session.on_success(old);
    assert_eq!(previous(&session).as_deref(), Some("r1"));
    let (_, new, _) = send(&session, 0);
    session.on_success(new);
    assert_eq!(previous(&session), None);
}

#[test]
fn msc2918_the_old_refresh_token_helps_when_the_new_tokens_are_unknown() {
    let mut session = session();
    let refresh = session.refresh().unwrap();
    let _ = session.on_refreshed(refresh, tokens("a2", Some("r2"), None), 0);
    let (_, with, _) = send(&session, 0);
    assert_eq!(session.on_error(with, &unknown_token(false)), Unauthorized::Refresh);
    let refresh = session.refresh().unwrap();
    assert_eq!(refresh.refresh_token().expose(), "r2");
    let again = session.on_refresh_error(refresh, &unknown_token(false), 0);
    assert_eq!(again, AfterRefresh::TryAgain { after_ms: None });
    let refresh = session.refresh().unwrap();
    assert_eq!(refresh.refresh_token().expose(), "r1");
    assert_eq!(session.on_refreshed(refresh, tokens("a3", Some("r3"), None), 0), AfterRefresh::Store);
    assert_eq!((send(&session, 0).0.as_str(), refresh_token(&session)), ("a3", Some("r3")));
}

#[test]
fn msc2918_when_both_refresh_tokens_are_unknown_the_session_has_ended() {
    let stored = Tokens::new(tokens("a2", Some("r2"), None), 0);
    let mut session = TokenSession::with_previous(stored, Some(RefreshToken::new("r1")));
    for expected in
        [AfterRefresh::TryAgain { after_ms: None }, AfterRefresh::LoggedOut(LogoutDecision::DestroyData)]
    {
        let refresh = session.refresh().unwrap();
        assert_eq!(session.on_refresh_error(refresh, &unknown_token(false), 0), expected);
    }
    assert_eq!(session.state(), TokenState::LoggedOut);
    assert!(session.refresh().is_none());
    assert_eq!((refresh_token(&session), session.previous_refresh_token()), (None, None));
    assert_eq!(session.tokens().access_token.expose(), "");
}

#[test]
fn msc2918_a_refused_refresh_honours_soft_logout() {
    for (soft, decision, state) in [
        (true, LogoutDecision::KeepData, TokenState::SoftLoggedOut),
        (false, LogoutDecision::DestroyData, TokenState::LoggedOut),
    ] {
        let mut session = session();
        let (_, with, _) = send(&session, 0);
        let refresh = session.refresh().unwrap();
        let after = session.on_refresh_error(refresh, &unknown_token(soft), 0);
        assert_eq!(after, AfterRefresh::LoggedOut(decision));
        assert_eq!(session.state(), state);
        assert_eq!(session.access(0), Access::LoggedOut(decision));
        // Whatever still comes in ends the same way.
        assert_eq!(session.on_error(with, &unknown_token(!soft)), Unauthorized::LoggedOut(decision));
    }
}

#[test]
fn msc2918_trouble_on_the_way_leaves_the_session_as_it_is() {
    let mut session = session();
    let limited =
        MatrixError::new(StatusCode::TOO_MANY_REQUESTS, Errcode::LimitExceeded, "").with("retry_after_ms", 7);
    let broken = MatrixError::from_body(StatusCode::BAD_GATEWAY, b"<html>");
    for (error, after_ms) in [(&limited, Some(7)), (&broken, None)] {
        let refresh = session.refresh().unwrap();
        assert_eq!(session.on_refresh_error(refresh, error, 0), AfterRefresh::TryAgain { after_ms });
        assert_eq!((session.state(), refresh_token(&session)), (TokenState::Active, Some("r1")));
    }
    let refresh = session.refresh().unwrap();
    assert_eq!(session.on_refresh_lost(refresh), AfterRefresh::TryAgain { after_ms: None });
    assert_eq!(session.refresh().unwrap().refresh_token().expose(), "r1");
}

#[test]
fn msc2918_a_refresh_that_was_given_up_is_ignored() {
    let mut session = session();
    let first = session.refresh().unwrap();
    session.abandon_refresh();
    let second = session.refresh().unwrap();
    let ignored = session.on_refreshed(first, tokens("x", Some("x"), None), 0);
    assert_eq!((ignored, session.state()), (AfterRefresh::Ignored, TokenState::Refreshing));
    assert_eq!(session.on_refreshed(second, tokens("a2", Some("r2"), None), 0), AfterRefresh::Store);

    let third = session.refresh().unwrap();
    session.log_out();
    assert_eq!(session.on_refresh_lost(third), AfterRefresh::Ignored);
    assert_eq!(session.state(), TokenState::LoggedOut);
}

#[test]
fn msc2918_other_errors_are_the_requests_own() {
    let mut session = session();
    let (_, with, _) = send(&session, 0);
    let missing = json!({"errcode": "M_MISSING_TOKEN"});
    for (status, body) in [
        (403, json!({"errcode": "M_FORBIDDEN"})),
        (401, missing),
        (401, json!({"flows": []})),
        (500, Value::Null),
    ] {
        let error =
            MatrixError::from_body(StatusCode::from_u16(status).unwrap(), body.to_string().as_bytes());
        assert_eq!(session.on_error(with, &error), Unauthorized::Other);
    }
    assert_eq!(session.state(), TokenState::Active);
    assert_eq!(send(&session, 0).0, "a1");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// Against a server that keeps to MSC2918, with answers that get lost and requests in any order, a session never ends,
    /// and every access token is refreshed once at most.
    #[test]
    fn msc2918_a_session_survives_lost_answers(steps in prop::collection::vec(0_u8..6, 1..80)) {
        let mut server = Server { issued: 1, access: 1, refresh: vec![1], expired: false };
        let mut session = session();
        let mut sent: Vec<(u64, SentWith)> = Vec::new();
        for step in steps {
            match step {
                // A request goes out.
                0 | 1 => if let Access::Send { access_token, with, .. } = session.access(0) {
                    sent.push((number(access_token.expose()), with));
                },
                // An answer comes in, for the oldest request.
                2 => if !sent.is_empty() {
                    let (token, with) = sent.remove(0);
                    if server.takes(token) {
                        session.on_success(with);
                    } else {
                        prop_assert!(!matches!(session.on_error(with, &unknown_token(false)), Unauthorized::LoggedOut(_)));
                    }
                },
                3 => server.expired = true,
                // A refresh, whose answer arrives, or is lost.
                lost => if let Some(refresh) = session.refresh() {
                    let answer = server.refresh(number(refresh.refresh_token().expose()));
                    match answer {
                        None => {
                            let after = session.on_refresh_error(refresh, &unknown_token(false), 0);
                            prop_assert!(!matches!(after, AfterRefresh::LoggedOut(_)));
                        }
                        Some(_) if lost == 5 => { session.on_refresh_lost(refresh); }
                        Some(new) => {
                            let new = tokens(&format!("a{new}"), Some(&format!("r{new}")), None);
                            prop_assert_eq!(session.on_refreshed(refresh, new, 0), AfterRefresh::Store);
                        }
                    }
                },
            }
        }
        prop_assert!(matches!(session.state(), TokenState::Active));
    }
}

fn number(token: &str) -> u64 {
    token.trim_start_matches(['a', 'r']).parse().unwrap()
}

/// A homeserver as MSC2918 describes it: the refresh token before the last ones holds until one of those is used.
struct Server {
    issued: u64,
    access: u64,
    /// The refresh token that was used last, and those that it gave.
    refresh: Vec<u64>,
    expired: bool,
}

impl Server {
    fn takes(&mut self, access: u64) -> bool {
        let good = access == self.access && !self.expired;
        if good {
            self.refresh = vec![access];
        }
        good
    }

    fn refresh(&mut self, token: u64) -> Option<u64> {
        if !self.refresh.contains(&token) {
            return None;
        }
        self.issued += 1;
        self.refresh = vec![token, self.issued];
        (self.access, self.expired) = (self.issued, false);
        Some(self.issued)
    }
}
