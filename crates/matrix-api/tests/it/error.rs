use http::{Response, StatusCode};
use matrix_api::{
    Errcode, MAX_ERROR_BYTES, MAX_ERROR_TEXT, MatrixError, RetryAfter, invite_error_for_client,
    join_error_for_client,
};
use serde_json::{Value, json};

fn error(status: u16, body: &Value) -> MatrixError {
    MatrixError::from_body(StatusCode::from_u16(status).unwrap(), body.to_string().as_bytes())
}

fn limited(retry_after: Option<&str>, body: &str) -> MatrixError {
    let mut response = Response::builder().status(429);
    if let Some(value) = retry_after {
        response = response.header("Retry-After", value);
    }
    MatrixError::from_response(&response.body(body.as_bytes()).unwrap())
}

#[test]
fn every_known_code_is_read_as_what_it_is_written_as() {
    assert!(Errcode::KNOWN.len() > 60);
    for code in Errcode::KNOWN {
        assert_eq!(&Errcode::from(code.as_str()), code);
        assert_eq!(serde_json::from_value::<Errcode>(json!(code)).unwrap(), *code);
        assert!(code.as_str().starts_with("M_"));
    }
    let mut names: Vec<&str> = Errcode::KNOWN.iter().map(Errcode::as_str).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Errcode::KNOWN.len());
}

#[test]
fn an_unknown_code_is_kept_and_equals_itself_only() {
    let code = Errcode::from("ORG_EXAMPLE_TEAPOT");
    assert!(matches!(&code, Errcode::Other(other) if other.as_str() == "ORG_EXAMPLE_TEAPOT"));
    assert_eq!(code.to_string(), "ORG_EXAMPLE_TEAPOT");
    assert_ne!(code, Errcode::from("ORG_EXAMPLE_POT"));
    assert!(!Errcode::KNOWN.contains(&code));
}

#[test]
fn what_is_read_is_written_again() {
    let bodies = [
        json!({"errcode": "M_FORBIDDEN", "error": "no"}),
        json!({"errcode": "M_FORBIDDEN"}),
        json!({"error": "no"}),
        json!({}),
        json!({"errcode": 5, "error": ["no"], "org.example": {"a": [1, 2.5, null]}}),
        json!({"errcode": "ORG_EXAMPLE", "error": "", "flows": [], "session": "s"}),
    ];
    for body in bodies {
        let read = error(400, &body);
        assert_eq!(serde_json::from_slice::<Value>(&read.to_body()).unwrap(), body);
        assert_eq!(MatrixError::from_response(&read.to_response()), read);
    }
}

#[test]
fn a_body_that_is_no_json_object_is_kept_as_text_and_has_no_code() {
    for body in
        ["<html>502 Bad Gateway</html>", "[1]", "\"M_FORBIDDEN\"", "null", "{\"errcode\": \"M_", "\u{1}"]
    {
        let read = MatrixError::from_body(StatusCode::BAD_GATEWAY, body.as_bytes());
        assert_eq!(read.errcode, None, "{body}");
        assert_eq!(read.error.as_deref(), Some(body.trim()));
        assert!(read.fields.is_empty());
    }
    let read = MatrixError::from_body(StatusCode::BAD_GATEWAY, b" \n");
    assert_eq!((read.errcode, read.error), (None, None));
    let read = MatrixError::from_body(StatusCode::BAD_GATEWAY, b"\xff\xfe<html>");
    assert_eq!(read.error.as_deref(), Some("\u{fffd}\u{fffd}<html>"));
}

#[test]
fn large_bodies_are_cut() {
    let padding = "x".repeat(MAX_ERROR_BYTES);
    let body = json!({"errcode": "M_FORBIDDEN", "error": padding}).to_string();
    let read = MatrixError::from_body(StatusCode::FORBIDDEN, body.as_bytes());
    assert_eq!(read.errcode, None);
    assert_eq!(read.error.unwrap().chars().count(), MAX_ERROR_TEXT);

    let most = json!({"errcode": "M_FORBIDDEN", "error": ""}).to_string();
    let most = format!("{}{most}", " ".repeat(MAX_ERROR_BYTES - most.len()));
    assert_eq!(
        MatrixError::from_body(StatusCode::FORBIDDEN, most.as_bytes()).errcode,
        Some(Errcode::Forbidden)
    );
    let more = format!(" {most}");
    assert_eq!(MatrixError::from_body(StatusCode::FORBIDDEN, more.as_bytes()).errcode, None);

    let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
    assert_eq!(MatrixError::from_body(StatusCode::FORBIDDEN, deep.as_bytes()).errcode, None);
    // Characters are cut whole.
    let wide = "\u{1f98a}".repeat(2 * MAX_ERROR_TEXT);
    let read = MatrixError::from_body(StatusCode::FORBIDDEN, wide.as_bytes());
    assert_eq!(read.error.unwrap(), "\u{1f98a}".repeat(MAX_ERROR_TEXT));
}

#[test]
fn msc1466_soft_logout_is_false_when_missing_or_no_boolean() {
    for (soft_logout, expected) in [
        (json!(true), true),
        (json!(false), false),
        (json!("true"), false),
        (json!(1), false),
        (Value::Null, false),
    ] {
        let body = json!({"errcode": "M_UNKNOWN_TOKEN", "error": "", "soft_logout": soft_logout});
        assert_eq!(error(401, &body).soft_logout(), expected, "{body}");
    }
    assert!(!error(401, &json!({"errcode": "M_UNKNOWN_TOKEN"})).soft_logout());
    // The field belongs to that code.
    assert!(!error(401, &json!({"errcode": "M_FORBIDDEN", "soft_logout": true})).soft_logout());
}

#[test]
fn msc1219_wrong_version_names_the_current_one() {
    let body = json!({"errcode": "M_WRONG_ROOM_KEYS_VERSION", "error": "", "current_version": "42"});
    assert_eq!(error(403, &body).current_version(), Some("42"));
    let body = json!({"errcode": "M_WRONG_ROOM_KEYS_VERSION", "error": "", "current_version": 42});
    assert_eq!(error(403, &body).current_version(), None);
    assert_eq!(
        error(403, &json!({"errcode": "M_NOT_FOUND", "current_version": "42"})).current_version(),
        None
    );
}

#[test]
fn msc2134_invalid_pepper_names_the_new_one() {
    let body = |algorithm: &str, pepper: &str| json!({"errcode": "M_INVALID_PEPPER", "error": "", "algorithm": algorithm, "lookup_pepper": pepper});
    let new = error(400, &body("sha256", "matrixrocks")).new_pepper().unwrap();
    assert_eq!((new.algorithm.as_str(), new.lookup_pepper.as_str()), ("sha256", "matrixrocks"));
    assert_eq!(error(400, &body("sha1", "matrixrocks")).new_pepper(), None);
    assert_eq!(error(400, &body("sha256", "")).new_pepper(), None);
    assert_eq!(error(400, &json!({"errcode": "M_INVALID_PEPPER", "lookup_pepper": "a"})).new_pepper(), None);
}

#[test]
fn msc1794_incompatible_version_names_the_room_version() {
    let made = MatrixError::incompatible_room_version("org.example.try".try_into().unwrap());
    assert_eq!(made.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        serde_json::from_slice::<Value>(&made.to_body()).unwrap()["room_version"],
        json!("org.example.try"),
    );
    assert_eq!(made.room_version().unwrap().as_str(), "org.example.try");
    let odd = error(400, &json!({"errcode": "M_INCOMPATIBLE_ROOM_VERSION", "room_version": 3}));
    assert_eq!(odd.room_version(), None);
}

#[test]
fn msc1866_a_client_gets_the_code_of_its_own_api_for_an_invite() {
    let federation = MatrixError::incompatible_room_version("7".try_into().unwrap());
    let client = invite_error_for_client(&federation).unwrap();
    assert_eq!(client.status, StatusCode::BAD_REQUEST);
    assert_eq!(client.errcode, Some(Errcode::UnsupportedRoomVersion));
    assert!(client.error.unwrap().contains("version 7"));
    let bare = error(400, &json!({"errcode": "M_INCOMPATIBLE_ROOM_VERSION"}));
    assert_eq!(invite_error_for_client(&bare).unwrap().errcode, Some(Errcode::UnsupportedRoomVersion));
    for other in ["M_FORBIDDEN", "M_UNSUPPORTED_ROOM_VERSION", "M_NOT_FOUND"] {
        assert_eq!(invite_error_for_client(&error(400, &json!({"errcode": other}))), None);
    }
}

#[test]
fn msc2403_a_client_that_knocks_gets_the_same_code_with_the_version() {
    let federation = MatrixError::incompatible_room_version("7".try_into().unwrap()).with("secret", "x");
    let client = join_error_for_client(&federation).unwrap();
    assert_eq!(client.errcode, Some(Errcode::IncompatibleRoomVersion));
    assert_eq!(client.room_version().unwrap().as_str(), "7");
    assert_eq!(client.fields.len(), 1);
    assert_eq!(join_error_for_client(&error(403, &json!({"errcode": "M_FORBIDDEN"}))), None);
}

#[test]
fn the_retry_after_header_wins_over_the_field() {
    let body = r#"{"errcode": "M_LIMIT_EXCEEDED", "error": "", "retry_after_ms": 2000}"#;
    assert_eq!(limited(None, body).retry_after_ms(0), Some(2000));
    assert_eq!(limited(Some("120"), body).retry_after_ms(0), Some(120_000));
    assert_eq!(limited(Some("soon"), body).retry_after_ms(0), Some(2000));
    assert_eq!(limited(Some("-1"), body).retry_after_ms(0), Some(2000));
    assert_eq!(limited(Some("99999999999999999999999"), body).retry_after_ms(0), Some(u64::MAX));
    assert_eq!(limited(Some("7"), "<html>").retry_after_ms(0), Some(7000));
    assert_eq!(
        limited(None, r#"{"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": -5}"#).retry_after_ms(0),
        None
    );
    assert_eq!(limited(None, r#"{"errcode": "M_UNKNOWN", "retry_after_ms": 5}"#).retry_after_ms(0), None);
}

#[test]
fn a_date_to_retry_after_is_counted_from_now() {
    let at = RetryAfter::parse("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
    assert_eq!(at, RetryAfter::At(784_111_777_000));
    assert_eq!(at.wait_ms(784_111_770_000), 7000);
    assert_eq!(at.wait_ms(u64::MAX), 0);
    assert_eq!(RetryAfter::parse("Thu, 01 Jan 1970 00:00:00 GMT"), Some(RetryAfter::At(0)));
    for wrong in ["", " ", "+5", "1.5", "Sun", "١"] {
        assert_eq!(RetryAfter::parse(wrong), None, "{wrong:?}");
    }
    let mut error = limited(None, "{}");
    for value in [at, RetryAfter::Seconds(3)] {
        error.retry_after = Some(value);
        assert_eq!(MatrixError::from_response(&error.to_response()).retry_after, Some(value));
    }
    error.retry_after = Some(RetryAfter::At(u64::MAX));
    assert_eq!(MatrixError::from_response(&error.to_response()).retry_after, None);
}

#[test]
fn an_error_says_its_status_code_and_text() {
    let error = MatrixError::new(StatusCode::FORBIDDEN, Errcode::UserDeactivated, "gone").with("secret", "x");
    assert_eq!(error.to_string(), "status 403, M_USER_DEACTIVATED: gone");
}

#[test]
fn an_endpoint_is_missing_when_the_server_says_so_or_says_nothing() {
    for (status, body, expected) in [
        (404, json!({"errcode": "M_UNRECOGNIZED"}), true),
        (405, json!({"errcode": "M_UNRECOGNIZED"}), true),
        (400, json!({"errcode": "M_UNRECOGNIZED"}), true),
        (404, json!({}), true),
        (404, json!({"errcode": "M_NOT_FOUND"}), false),
        (403, json!({"errcode": "M_UNRECOGNIZED"}), false),
        (500, json!({}), false),
    ] {
        assert_eq!(error(status, &body).is_unrecognized(), expected, "{status} {body}");
    }
}
