//! What all endpoints have in common.

use matrix_api::client::knock;
use matrix_api::{AccessToken, Credentials, Endpoint, EndpointResponse, Error, bearer_token};
use matrix_discovery::HomeserverVersions;

fn knock_at(room: &str) -> knock::Request {
    let mut request = knock::Request::new(room.parse().unwrap());
    request.via = vec!["a.example".try_into().unwrap(), "b.example:8448".try_into().unwrap()];
    request.reason = Some("let me in".to_owned());
    request
}

#[test]
fn msc2403_a_knock_is_written_and_read() {
    let token = AccessToken::new("secret");
    let request = knock_at("#a/b%20 ü?:example.org");
    let http = request
        .clone()
        .into_http_request("https://hs.example/base/", Credentials::Token(&token), None)
        .unwrap();
    assert_eq!(
        http.uri(),
        "https://hs.example/base/_matrix/client/v3/knock/%23a%2Fb%2520%20%C3%BC%3F%3Aexample.org\
         ?via=a.example&via=b.example%3A8448"
    );
    assert_eq!(http.body(), br#"{"reason":"let me in"}"#);
    assert_eq!(http.headers()["content-type"], "application/json");
    assert_eq!(bearer_token(&http), Some(token));
    let (mut parts, body) = http.into_parts();
    parts.uri = parts.uri.path_and_query().unwrap().as_str().replacen("/base", "", 1).parse().unwrap();
    assert_eq!(knock::Request::from_http_request(&http::Request::from_parts(parts, body)), Ok(request));
}

#[test]
fn msc2844_the_path_is_chosen_by_the_versions_of_the_server() {
    use matrix_api::client::rooms::aliases;

    let path = |versions: &str| {
        let server = HomeserverVersions::parse(versions.as_bytes()).unwrap();
        let token = AccessToken::new("t");
        let request = aliases::Request::new("!r:example.org".parse().unwrap());
        let http =
            request.into_http_request("https://hs.example", Credentials::Token(&token), Some(&server))?;
        Ok::<_, Error>(http.uri().path().to_owned())
    };
    let newest = path(r#"{"versions":["r0.6.1","v1.1"]}"#).unwrap();
    assert_eq!(newest, "/_matrix/client/v3/rooms/%21r%3Aexample.org/aliases");
    let old = path(r#"{"versions":["r0.6.1"],"unstable_features":{"org.matrix.msc2432":true}}"#).unwrap();
    assert_eq!(old, "/_matrix/client/r0/rooms/%21r%3Aexample.org/aliases");
    let unstable =
        path(r#"{"versions":["r0.6.0"],"unstable_features":{"org.matrix.msc2432":true}}"#).unwrap();
    assert_eq!(unstable, "/_matrix/client/unstable/org.matrix.msc2432/rooms/%21r%3Aexample.org/aliases");
    let refused =
        path(r#"{"versions":["r0.6.0"],"unstable_features":{"org.matrix.msc2432":false}}"#).unwrap_err();
    assert_eq!(refused, Error::NotServed("/_matrix/client/v3/rooms/{roomId}/aliases"));
}

/// Whether a feature is there, as `matrix-discovery` says it, and whether the endpoint that it is has a path.
#[test]
fn msc2290_msc2403_msc2918_an_endpoint_is_served_where_its_feature_is_supported() {
    use matrix_api::client::{backup, keys, relations, session, threepid};
    use matrix_api::{VersionedPath, select_path};
    use matrix_discovery::HomeserverFeature as Feature;

    fn paths<E: Endpoint>() -> &'static [VersionedPath] {
        E::PATHS
    }
    let endpoints = [
        (Feature::SeparateAddAndBind, paths::<threepid::add::Request>()),
        (Feature::SeparateAddAndBind, paths::<threepid::bind::Request>()),
        (Feature::KeyBackup, paths::<backup::latest_version::Request>()),
        (Feature::CrossSigning, paths::<keys::upload_cross_signing::Request>()),
        (Feature::Knock, paths::<knock::Request>()),
        (Feature::SsoIdentityProviders, paths::<session::sso_redirect_with_provider::Request>()),
        (Feature::RefreshTokens, paths::<session::refresh::Request>()),
        (Feature::Relations, paths::<relations::all::Request>()),
    ];
    for versions in [
        r#"{"versions": ["r0.5.0"]}"#,
        r#"{"versions": ["r0.5.0"], "unstable_features": {"m.separate_add_and_bind": true}}"#,
        r#"{"versions": ["r0.5.0"], "unstable_features": {"m.separate_add_and_bind": false}}"#,
        r#"{"versions": ["r0.6.0"]}"#,
        r#"{"versions": ["r0.6.1", "v1.1"]}"#,
        r#"{"versions": ["v1.2"]}"#,
        r#"{"versions": ["v1.3"]}"#,
        r#"{"versions": ["v1.19"]}"#,
    ] {
        let server = HomeserverVersions::parse(versions.as_bytes()).unwrap();
        for (feature, paths) in &endpoints {
            let path = select_path(paths, Some(&server));
            assert_eq!(path.is_ok(), server.supports(*feature), "{versions} {feature:?} {path:?}");
        }
    }
}

#[test]
fn a_base_url_is_a_place_to_append_a_path_to() {
    let token = AccessToken::new("t");
    let url = |base: &str| {
        let http = knock_at("!r").into_http_request(base, Credentials::Token(&token), None);
        http.map(|http| http.uri().path().to_owned())
    };
    for right in ["https://hs.example", "https://hs.example/", "http://[::1]:8008", "https://hs.example/a/b/"]
    {
        assert!(url(right).unwrap().ends_with("/_matrix/client/v3/knock/%21r"), "{right}");
    }
    for wrong in [
        "https://hs.example?",
        "https://hs.example/?a=b",
        "https://hs.example/#",
        "hs.example",
        "https://",
        "https:",
        "https:///",
        "/path",
        "ftp://hs.example",
        "https://a b",
    ] {
        assert_eq!(url(wrong).unwrap_err().kind(), "invalid_url", "{wrong}");
    }
    assert_eq!(url("").unwrap(), "/_matrix/client/v3/knock/%21r");
    let mut long = matrix_api::client::sync::Request::new();
    for (length, expected) in [(65_000, true), (66_000, false)] {
        long.filter = Some("x".repeat(length));
        let http = long.clone().into_http_request("https://hs.example", Credentials::Token(&token), None);
        assert_eq!(http.is_ok(), expected, "{length}");
        if let Err(error) = http {
            assert_eq!(error.to_string(), "invalid URL: longer than 65534 bytes");
        }
    }
}

#[test]
fn errors_and_parts_do_not_show_secrets() {
    use matrix_api::client::account::change_password;
    use matrix_api::client::session::{login, refresh};
    use matrix_api::federation::openid::userinfo;

    let error = |path: &str, body: &'static str| {
        let request = http::Request::builder().method("POST").uri(path).body(body).unwrap();
        let errors = [
            change_password::Request::from_http_request(&request).map(drop),
            login::Request::from_http_request(&request).map(drop),
            refresh::Request::from_http_request(&request).map(drop),
        ];
        let error = errors.into_iter().find(|read| !matches!(read, Err(Error::OtherPath(_))));
        error.unwrap().unwrap_err().to_string()
    };
    for (path, body) in [
        ("/_matrix/client/v3/account/password", r#"{"new_password": 271828}"#),
        ("/_matrix/client/v3/account/password", r#"{"new_password": -271828}"#),
        ("/_matrix/client/v3/account/password", r#"{"new_password": 271828.5}"#),
        ("/_matrix/client/v3/account/password", r#"{"new_password": ["271828"]}"#),
        ("/_matrix/client/v3/refresh", r#"{"refresh_token": 271828}"#),
        (
            "/_matrix/client/v3/login",
            r#"{"type": "m.login.password", "password": 271828, "identifier": {"type": "m.id.user", "user": "a"}}"#,
        ),
        ("/_matrix/client/v3/login", r#"{"type": "m.login.token", "token": 271828}"#),
    ] {
        let error = error(path, body);
        assert!(error.contains("string") && !error.contains("271828"), "{error}");
    }
    let parts = userinfo::Request::new(AccessToken::new("hunter2")).into_parts().unwrap();
    assert!(parts.query.contains("hunter2"));
    assert!(!format!("{parts:?}").contains("hunter2"));
}

#[test]
fn errors_say_where() {
    let read = |uri: &str, body: &'static [u8]| {
        let request = http::Request::builder().method("POST").uri(uri).body(body).unwrap();
        knock::Request::from_http_request(&request).map(drop).unwrap_err()
    };
    let path = "/_matrix/client/v3/knock/%21r%3Aexample.org";
    assert!(matches!(read(path, br#"{"reason":5}"#), Error::InvalidBody { path, .. } if path == "reason"));
    assert!(matches!(read(path, br#"{"reason":"#), Error::InvalidJson { .. }));
    assert!(
        matches!(read(&format!("{path}?via=a&via=%20"), b"{}"), Error::InvalidQuery { name, .. } if name == "via[1]")
    );
    for (encoded, name) in [("%2", "room_id_or_alias"), ("%zz", "roomIdOrAlias"), ("%ff", "roomIdOrAlias")] {
        let error = read(&format!("/_matrix/client/v3/knock/{encoded}"), b"");
        assert!(matches!(&error, Error::InvalidParameter { .. }), "{name}: {error}");
    }
    assert!(matches!(read("/_matrix/client/v3/knock", b""), Error::OtherPath(_)));
    assert!(matches!(read("/_matrix/client/v3/knock/a/b", b""), Error::OtherPath(_)));
}

#[test]
fn a_refusal_is_an_error_of_the_server() {
    let answer =
        http::Response::builder().status(403).body(r#"{"errcode":"M_FORBIDDEN","error":"no"}"#).unwrap();
    let Err(Error::Server(error)) = knock::Response::from_http_response(&answer) else { panic!("no error") };
    assert_eq!((error.status.as_u16(), error.errcode), (403, Some(matrix_api::Errcode::Forbidden)));
}

#[test]
fn secrets_are_not_shown() {
    use matrix_api::client::session::login;
    use matrix_api::client::{LoginInfo, account::change_password};
    use matrix_api::uiaa::UserIdentifier;
    use matrix_api::{LoginToken, Password, RefreshToken};

    let identifier = UserIdentifier::user("alice");
    let password = Password::new("hunter2");
    let login = login::Request::new(LoginInfo::Password { identifier, password: password.clone() });
    let shown = [
        format!("{:?}", AccessToken::new("hunter2")),
        format!("{:?}", RefreshToken::new("hunter2")),
        format!("{:?}", LoginToken::new("hunter2")),
        format!("{login:?}"),
        format!("{:?}", change_password::Request::new(password, false)),
    ];
    assert!(shown.iter().all(|text| !text.contains("hunter2")), "{shown:?}");
    // Nor does the header of a request show it.
    let token = AccessToken::new("hunter2");
    let http =
        knock_at("!r:example.org").into_http_request("https://a.example", Credentials::Token(&token), None);
    assert!(!format!("{:?}", http.unwrap()).contains("hunter2"));
}

#[test]
fn a_token_is_sent_where_it_is_wanted_and_nowhere_else() {
    use matrix_api::client::{directory::get_alias, session::login_types};

    let token = AccessToken::new("t");
    let base = "https://a.example";
    let knock = knock_at("!r:example.org").into_http_request(base, Credentials::None, None);
    assert_eq!(knock.unwrap_err(), Error::MissingToken);
    let types =
        login_types::Request::new().into_http_request(base, Credentials::Token(&token), None).unwrap();
    assert!(bearer_token(&types).is_none());
    let alias = get_alias::Request::new("#a:example.org".try_into().unwrap());
    assert!(
        bearer_token(&alias.into_http_request(base, Credentials::Token(&token), None).unwrap()).is_none()
    );
    let broken = AccessToken::new("a\nb");
    let knock = knock_at("!r:example.org").into_http_request(base, Credentials::Token(&broken), None);
    assert_eq!(knock.unwrap_err(), Error::InvalidToken);
    // Clients of before send it in the query.
    let old =
        http::Request::builder().uri("/_matrix/client/r0/sync?since=s&access_token=t%2B").body(()).unwrap();
    assert_eq!(bearer_token(&old), Some(AccessToken::new("t+")));
}

#[test]
fn bodies_beyond_the_limit_are_refused() {
    let body = vec![b' '; matrix_api::MAX_REQUEST_BYTES + 1];
    let uri = "/_matrix/client/v3/knock/%21r%3Aexample.org";
    let request = http::Request::builder().method("POST").uri(uri).body(body).unwrap();
    assert!(matches!(knock::Request::from_http_request(&request), Err(Error::BodyTooLarge { .. })));
    // As deep as it likes: refused, not recursed into.
    let deep = "[".repeat(100_000);
    let request =
        http::Request::builder().method("POST").uri(uri).body(format!("{{\"reason\":{deep}")).unwrap();
    assert!(knock::Request::from_http_request(&request).is_err());
}

#[test]
fn msc2844_a_server_of_old_is_called_by_its_old_paths() {
    use matrix_api::client::session::{login_types, logout_all};

    let server = HomeserverVersions::parse(br#"{"versions": ["r0.3.0"]}"#).unwrap();
    let token = AccessToken::new("t");
    let path = |http: Result<http::Request<Vec<u8>>, Error>| http.map(|http| http.uri().path().to_owned());
    let sync = matrix_api::client::sync::Request::new();
    let sync = sync.into_http_request("https://a.example", Credentials::Token(&token), Some(&server));
    assert_eq!(path(sync).unwrap(), "/_matrix/client/r0/sync");
    // That came with r0.4.0 into the specification.
    let all = logout_all::Request::new();
    let all = all.into_http_request("https://a.example", Credentials::Token(&token), Some(&server));
    assert_eq!(path(all), Err(Error::NotServed("/_matrix/client/v3/logout/all")));
    let newest = HomeserverVersions::parse(br#"{"versions": ["v1.1", "v1.19"]}"#).unwrap();
    let types =
        login_types::Request::new().into_http_request("https://a.example", Credentials::None, Some(&newest));
    assert_eq!(path(types).unwrap(), "/_matrix/client/v3/login");
}

#[test]
fn msc2801_a_malformed_event_keeps_no_other_from_being_read() {
    use matrix_api::client::sync;

    let body = br#"{"next_batch": "n", "rooms": {"join": {"!r:example.org": {"timeline": {"events": [
        {"type": "m.room.topic", "content": 5}, 7,
        {"type": "m.room.message", "sender": "@a:example.org", "event_id": "$e", "origin_server_ts": 1.5e0,
         "content": {"msgtype": "m.text", "body": "hi"}}]}}}}}"#;
    let read = sync::Response::from_http_response(&http::Response::new(body)).unwrap();
    let events = &read.rooms.join.values().next().unwrap().timeline.events;
    let readable: Vec<bool> = events.iter().map(|event| event.read_lenient().is_ok()).collect();
    assert_eq!(readable, [false, false, true]);
}

#[test]
fn msc1730_a_bad_document_fails_no_login() {
    use matrix_api::client::session::login;

    let read = |well_known: &str| {
        let body = format!(
            r#"{{"user_id":"@a:example.org","access_token":"t","device_id":"D","well_known":{well_known}}}"#
        );
        login::Response::from_http_response(&http::Response::new(body)).unwrap().client_well_known()
    };
    for bad in ["null", "5", "[]", "{}", r#"{"m.homeserver":{}}"#, r#"{"m.homeserver":{"base_url":"x"}}"#] {
        assert_eq!(read(bad), None, "{bad}");
    }
    let found = read(r#"{"m.homeserver":{"base_url":"https://new.example/"}}"#).unwrap();
    assert_eq!(found.homeserver.url().unwrap().as_str(), "https://new.example");
}

#[test]
fn msc2778_an_application_service_names_its_user_by_an_identifier() {
    use matrix_api::client::session::login;

    let read = |body: &'static str| {
        let request =
            http::Request::builder().method("POST").uri("/_matrix/client/v3/login").body(body).unwrap();
        login::Request::from_http_request(&request)
    };
    assert!(
        read(r#"{"type":"m.login.application_service","identifier":{"type":"m.id.user","user":"_a"}}"#)
            .is_ok()
    );
    let refused = read(r#"{"type":"m.login.application_service","user":"_a"}"#).unwrap_err();
    assert!(refused.to_string().contains("identifier"), "{refused}");
}

#[test]
fn msc1219_msc2732_one_bad_key_keeps_no_other_from_being_restored() {
    use matrix_api::client::backup_keys::all;

    let good = r#"{"first_message_index":1,"forwarded_count":0,"is_verified":true,"session_data":{}}"#;
    let body = format!(r#"{{"rooms":{{"!r:example.org":{{"sessions":{{"good":{good},"bad":{{}}}}}}}}}}"#);
    let read = all::Response::from_http_response(&http::Response::new(body)).unwrap();
    let (keys, misfits) = read.keys.read().unwrap();
    assert_eq!((keys.len(), misfits.len()), (1, 1));
}
