use matrix_crosssigning::{
    MIN_NEW_SESSION_INTERVAL_MS, OlmSessionTimes, Unwedge, on_undecryptable_message, session_to_send_with,
};

const HOUR: i64 = MIN_NEW_SESSION_INTERVAL_MS;

#[test]
fn msc1719_at_most_one_new_session_an_hour() {
    assert_eq!(HOUR, 3_600_000);
    assert_eq!(on_undecryptable_message(None, 0), Unwedge::NewSession);
    assert_eq!(on_undecryptable_message(Some(1_000), 1_000), Unwedge::NotBefore(1_000 + HOUR));
    assert_eq!(on_undecryptable_message(Some(1_000), 999 + HOUR), Unwedge::NotBefore(1_000 + HOUR));
    assert_eq!(on_undecryptable_message(Some(1_000), 1_000 + HOUR), Unwedge::NewSession);
    // The clock was set back: an hour from now, not from then.
    assert_eq!(on_undecryptable_message(Some(50 * HOUR), 7), Unwedge::NotBefore(7 + HOUR));
    assert_eq!(on_undecryptable_message(Some(i64::MAX), i64::MAX), Unwedge::NewSession);
}

#[test]
fn msc1719_the_session_last_decrypted_with_is_used_or_else_the_newest() {
    let session = |created_ms, last_decrypted_ms| OlmSessionTimes { created_ms, last_decrypted_ms };
    assert_eq!(session_to_send_with(&[]), None);
    assert_eq!(session_to_send_with(&[session(1, None), session(9, None)]), Some(1));
    assert_eq!(session_to_send_with(&[session(1, Some(20)), session(9, None)]), Some(0));
    assert_eq!(session_to_send_with(&[session(1, Some(5)), session(9, None)]), Some(1));
    assert_eq!(
        session_to_send_with(&[session(7, None), session(3, Some(7))]),
        Some(0),
        "the first of equals"
    );
}
