use matrix_identity::{
    AccountEndpoint, IdAccessToken, IdentityServerAccess, Medium, Purpose, add_body, bind_body, legacy_body,
    may_add_or_bind, read_add_body, read_bind_body, read_legacy_body, request_token_path,
};

use crate::{json, server, session, user};

#[test]
fn msc2290_each_purpose_has_its_endpoint() {
    assert_eq!(AccountEndpoint::of(Purpose::Add, true), Some(AccountEndpoint::Add));
    assert_eq!(AccountEndpoint::of(Purpose::Bind, true), Some(AccountEndpoint::Bind));
    assert_eq!(AccountEndpoint::of(Purpose::Add, false), Some(AccountEndpoint::Legacy));
    assert_eq!(AccountEndpoint::of(Purpose::Bind, false), None);
    for (endpoint, path, interactive) in [
        (AccountEndpoint::Add, "/account/3pid/add", true),
        (AccountEndpoint::Bind, "/account/3pid/bind", false),
        (AccountEndpoint::Legacy, "/account/3pid", false),
    ] {
        assert_eq!((endpoint.path(), endpoint.is_interactive()), (path, interactive));
    }
}

#[test]
fn msc2290_what_is_added_the_homeserver_validates_and_what_is_bound_the_identity_server() {
    assert_eq!(request_token_path(Purpose::Add, &Medium::Email), "/account/3pid/email/requestToken");
    assert_eq!(
        request_token_path(Purpose::Bind, &Medium::Msisdn),
        "/_matrix/identity/v2/validate/msisdn/requestToken"
    );
}

#[test]
fn msc2290_bodies_survive_reading() {
    let access = IdentityServerAccess {
        id_server: server("id.example.org").to_owned(),
        id_access_token: IdAccessToken::new("abc123_OpaqueString".to_owned()),
    };
    let add = r#"{"sid": "abc123", "client_secret": "monkeys_are_GREAT"}"#;
    assert_eq!(json(&add_body(&session())), json(add));
    assert_eq!(read_add_body(add.as_bytes()).unwrap(), session());
    let bind = bind_body(&session(), &access);
    let expected = r#"{"id_server": "id.example.org", "id_access_token": "abc123_OpaqueString", "sid": "abc123", "client_secret": "monkeys_are_GREAT"}"#;
    assert_eq!(json(&bind), json(expected));
    let (read, server) = read_bind_body(bind.as_bytes()).unwrap();
    assert_eq!(
        (read, server.id_server.as_str(), server.id_access_token.expose()),
        (session(), "id.example.org", "abc123_OpaqueString")
    );
    assert_eq!(read_bind_body(add.as_bytes()).unwrap_err().kind(), "missing_field");
    assert_eq!(read_legacy_body(legacy_body(&session()).as_bytes()).unwrap(), session());
    for bad in [
        "",
        "[]",
        "{}",
        r#"{"sid": "abc"}"#,
        r#"{"sid": "abc", "client_secret": "don'tT3ll"}"#,
        r#"{"sid": "", "client_secret": "a"}"#,
    ] {
        assert!(read_add_body(bad.as_bytes()).is_err(), "{bad}");
    }
}

#[test]
fn msc2290_the_old_endpoint_never_binds() {
    let creds = r#"{"sid": "abc123", "client_secret": "monkeys_are_GREAT", "id_server": "evil.example.org"}"#;
    for body in [
        format!(r#"{{"three_pid_creds": {creds}, "bind": true}}"#),
        format!(r#"{{"threePidCreds": {creds}, "bind": true}}"#),
        format!(r#"{{"three_pid_creds": {creds}, "threePidCreds": 1}}"#),
    ] {
        // All that comes out is the session: no binding, no identity server.
        assert_eq!(read_legacy_body(body.as_bytes()).unwrap(), session());
    }
    assert_eq!(read_legacy_body(b"{}").unwrap_err().kind(), "missing_field");
    assert!(!legacy_body(&session()).contains("bind") && !legacy_body(&session()).contains("id_server"));
}

#[test]
fn msc2290_an_address_is_added_to_one_account_and_bound_by_any() {
    let (alice, bob) = (user("@alice:b.org"), user("@bob:b.org"));
    assert!(may_add_or_bind(Purpose::Add, None, alice) && may_add_or_bind(Purpose::Add, Some(alice), alice));
    assert!(!may_add_or_bind(Purpose::Add, Some(bob), alice));
    for owner in [None, Some(alice), Some(bob)] {
        assert!(may_add_or_bind(Purpose::Bind, owner, alice));
    }
}
