use matrix_identity::{Error, MAX_RESPONSE_BYTES, Response, Terms};

#[test]
fn msc2134_an_old_server_is_told_by_status_and_body() {
    for (status, body, old) in [
        (404, "", true),
        (400, "<html>", true),
        (404, r#"{"errcode": "M_UNRECOGNIZED", "error": ""}"#, true),
        (400, r#"{"errcode": "M_UNRECOGNIZED", "error": ""}"#, true),
        (404, r#"{"errcode": "M_NOT_FOUND", "error": ""}"#, true),
        (400, r#"{"errcode": 1, "error": ""}"#, true),
        (400, r#"{"errcode": "M_INVALID_PARAM"}"#, false),
        (400, r#"{"errcode": "M_INVALID_PARAM", "error": ""}"#, false),
        (400, r#"{"errcode": "M_INVALID_PEPPER", "error": ""}"#, false),
        (403, r#"{"errcode": "M_FORBIDDEN", "error": ""}"#, false),
        (200, "", false),
        (500, "", false),
    ] {
        let response = Response::new(status, body.as_bytes());
        assert_eq!(response.falls_back_to_v1(), old, "{status} {body}");
        assert_eq!(response.success() == Err(Error::TooOld), old);
    }
}

#[test]
fn msc2140_errors_say_what_to_do() {
    let kind = |status, body: &str| Response::new(status, body.as_bytes()).success().unwrap_err().kind();
    assert_eq!(kind(401, r#"{"errcode": "M_UNAUTHORIZED", "error": ""}"#), "unauthorized");
    assert_eq!(kind(401, ""), "unauthorized");
    assert_eq!(kind(403, r#"{"errcode": "M_TERMS_NOT_SIGNED", "error": ""}"#), "terms_not_signed");
    assert_eq!(kind(403, r#"{"errcode": "M_TERMS_NOT_SIGNED"}"#), "terms_not_signed");
    let error = Response::new(403, br#"{"errcode": "M_FORBIDDEN", "error": ""}"#).success().unwrap_err();
    assert_eq!(error, Error::Refused { status: 403, errcode: "M_FORBIDDEN".to_owned() });
    assert_eq!(error.to_string(), "status 403, M_FORBIDDEN");
    assert_eq!(Response::new(502, b"").success().unwrap_err().to_string(), "status 502, no error code");
}

#[test]
fn bodies_are_bounded() {
    let large = format!(r#"{{"policies": {{}}{}}}"#, " ".repeat(MAX_RESPONSE_BYTES));
    assert_eq!(Terms::parse(large.as_bytes()).unwrap_err().kind(), "body_too_large");
    let deep = "[".repeat(100_000);
    assert_eq!(Terms::parse(deep.as_bytes()).unwrap_err().kind(), "invalid_json");
}
