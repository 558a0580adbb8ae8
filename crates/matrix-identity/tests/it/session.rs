use matrix_identifiers::ClientSecret;
use matrix_identity::{
    IdAccessToken, IdentityServerAccess, Medium, RequestTokenRefusal, RequestTokenResponse, Response,
    Submission, ValidationSession, requires_identity_server,
};

use crate::{json, session};

#[test]
fn msc2078_a_code_goes_to_the_submit_url() {
    let read = |body: &str| RequestTokenResponse::parse(body.as_bytes());
    let url = "https://homeserver.tld/_homeserver/msisdn/submitToken";
    let with = read(&format!(r#"{{"sid": "123abc", "submit_url": "{url}"}}"#)).unwrap();
    let without = read(r#"{"sid": "123abc", "submit_url": null}"#).unwrap();
    for medium in [Medium::Email, Medium::Msisdn] {
        for named in [true, false] {
            assert_eq!(
                with.submission(&medium, named),
                Submission::PostTo(url.to_owned()),
                "whatever was named"
            );
        }
        assert_eq!(without.submission(&medium, false), Submission::OutOfBand);
    }
    assert_eq!(without.submission(&Medium::Msisdn, true), Submission::ToIdentityServer);
    assert_eq!(without.submission(&Medium::Email, true), Submission::OutOfBand);
    let expected = r#"{"sid": "abc123", "client_secret": "monkeys_are_GREAT", "token": "123456"}"#;
    assert_eq!(json(&session().submit_token_body("123456")), json(expected));
    for (bad, kind) in [
        ("", "invalid_json"),
        ("{}", "missing_field"),
        (r#"{"sid": ""}"#, "invalid_field"),
        (r#"{"sid": "a b"}"#, "invalid_field"),
        (r#"{"sid": "a", "submit_url": 1}"#, "invalid_field"),
        (r#"{"sid": "a", "submit_url": "javascript://x"}"#, "invalid_field"),
        (r#"{"sid": "a", "submit_url": "/relative"}"#, "invalid_field"),
        (r#"{"sid": "a", "submit_url": "https://a b"}"#, "invalid_field"),
    ] {
        assert_eq!(read(bad).unwrap_err().kind(), kind, "{bad}");
    }
}

#[test]
fn msc2263_the_identity_server_is_needed_only_by_old_homeservers() {
    assert!(requires_identity_server(false, None));
    assert!(requires_identity_server(false, Some(true)));
    assert!(!requires_identity_server(false, Some(false)));
    assert!(!requires_identity_server(true, None) && !requires_identity_server(true, Some(true)));
}

#[test]
fn msc2263_server_and_token_come_together() {
    let read = |body: &str| IdentityServerAccess::parse(body.as_bytes());
    let access =
        read(r#"{"id_server": "example.org:8090", "id_access_token": "secret-token"}"#).unwrap().unwrap();
    assert_eq!(access.id_server, *"example.org:8090");
    assert_eq!(access.id_access_token.expose(), "secret-token");
    for none in ["{}", r#"{"id_server": null}"#, r#"{"id_access_token": "x"}"#] {
        assert!(read(none).unwrap().is_none(), "{none}");
    }
    for (bad, kind) in [
        (r#"{"id_server": "example.org"}"#, "missing_field"),
        (r#"{"id_server": "example.org", "id_access_token": 1}"#, "invalid_field"),
        (r#"{"id_server": "https://example.org", "id_access_token": "x"}"#, "invalid_field"),
        (r#"{"id_server": 1, "id_access_token": "x"}"#, "invalid_field"),
    ] {
        assert_eq!(read(bad).unwrap_err().kind(), kind, "{bad}");
    }
}

#[test]
fn secrets_are_not_shown() {
    let token = IdAccessToken::new("secret-token".to_owned());
    assert_eq!(format!("{token:?}"), "IdAccessToken(..)");
    let access = IdentityServerAccess { id_server: "example.org".parse().unwrap(), id_access_token: token };
    assert_eq!(
        format!("{access:?}"),
        "IdentityServerAccess { id_server: \"example.org\", id_access_token: IdAccessToken(..) }"
    );
    let shown = format!("{:?}", session());
    assert!(!shown.contains("monkeys") && shown.contains("abc123"), "{shown}");
}

#[test]
fn sessions_have_the_grammar_of_secrets() {
    let secret = ClientSecret::parse("s").unwrap();
    assert!(ValidationSession::new("A-z0_9.=", secret).is_ok());
    for sid in ["", "don'tT3ll", "é", &"x".repeat(256)] {
        assert_eq!(ValidationSession::new(sid, secret).unwrap_err().kind(), "invalid_field");
    }
}

#[test]
fn msc2229_msc2263_refusals_are_told_apart() {
    let of = |status, errcode: &str, own| {
        let body = format!(r#"{{"errcode": "{errcode}", "error": ""}}"#);
        RequestTokenRefusal::of(Response::new(status, body.as_bytes()), own)
    };
    assert_eq!(of(400, "M_SERVER_NOT_TRUSTED", false), RequestTokenRefusal::ServerNotTrusted);
    assert_eq!(of(400, "M_THREEPID_IN_USE", false), RequestTokenRefusal::InUse);
    assert_eq!(of(400, "M_THREEPID_IN_USE", true), RequestTokenRefusal::InUseByOneself);
    for (status, errcode, kind) in [
        (403, "M_TERMS_NOT_SIGNED", "terms_not_signed"),
        (400, "M_OTHER", "refused"),
        (200, "M_ODD", "refused"),
    ] {
        let RequestTokenRefusal::Other(error) = of(status, errcode, true) else { panic!() };
        assert_eq!(error.kind(), kind);
    }
}
