//! What identity servers answer, in the types of `matrix-identity`.

use http::Response;
use matrix_api::appservice::{LoginCaller, LoginUser, check_login, login_unsupported};
use matrix_api::identity::{association::unbind, lookup::hash_details, terms, versions};
use matrix_api::{Credentials, Endpoint, EndpointResponse, Errcode, Error, endpoints};
use matrix_identity::{Algorithm, Medium, RequestTokenResponse, Submission, UnbindOutcome, UnbindResult};

#[test]
fn msc1915_what_an_unbinding_ends_in() {
    let answer = |status: u16, body: &str| {
        let response = Response::builder().status(status).body(body.as_bytes().to_vec()).unwrap();
        unbind::outcome(Some(&response))
    };
    assert_eq!(answer(200, "{}"), UnbindOutcome::Result(UnbindResult::Success));
    for status in [400, 404, 501] {
        assert_eq!(answer(status, "<html>"), UnbindOutcome::Result(UnbindResult::NoSupport));
        assert_eq!(
            answer(status, r#"{"errcode": "M_UNRECOGNIZED"}"#),
            UnbindOutcome::Result(UnbindResult::NoSupport)
        );
        let relay = UnbindOutcome::Relay { status, errcode: Some("M_UNRECOGNIZED".to_owned()) };
        assert_eq!(answer(status, r#"{"errcode": "M_UNRECOGNIZED", "error": ""}"#), relay);
    }
    assert_eq!(answer(500, "<html>"), UnbindOutcome::Relay { status: 500, errcode: None });
    assert_eq!(unbind::outcome::<Vec<u8>>(None), UnbindOutcome::NoResponse);
}

#[test]
fn msc1915_a_homeserver_unbinds_without_a_token() {
    let threepid = matrix_api::identity::association::Threepid {
        medium: "email".to_owned(),
        address: "a@b.c".to_owned(),
    };
    let request = unbind::Request::new("@a:example.org".parse().unwrap(), threepid);
    let http = request.into_http_request("https://is.example", Credentials::None, None).unwrap();
    assert_eq!(http.body(), br#"{"mxid":"@a:example.org","threepid":{"medium":"email","address":"a@b.c"}}"#);
    assert!(!http.headers().contains_key("authorization"));
}

#[test]
fn msc2134_the_algorithms_that_are_known_are_chosen_from() {
    let body = br#"{"lookup_pepper": "matrixrocks", "algorithms": ["none", "sha3", "sha256"]}"#;
    let details =
        hash_details::Response::from_http_response(&Response::new(body)).unwrap().details().unwrap();
    assert_eq!(details.negotiate(), Ok(Algorithm::Sha256));
    let empty = hash_details::Response::new(String::new(), Vec::new());
    assert!(empty.details().is_err());
}

#[test]
fn msc2140_terms_are_read_and_refusals_say_that_there_are_some() {
    let body =
        br#"{"policies": {"privacy": {"version": "1", "en": {"name": "P", "url": "https://x.example/p"}}}}"#;
    let terms = terms::get::Response::from_http_response(&Response::new(body)).unwrap().terms().unwrap();
    assert_eq!(terms.policies[0].documents["en"].url, "https://x.example/p");
    let refusal = br#"{"errcode": "M_TERMS_NOT_SIGNED", "error": "Please accept our updated terms"}"#;
    let refusal = Response::builder().status(403).body(refusal).unwrap();
    let Err(Error::Server(error)) = hash_details::Response::from_http_response(&refusal) else { panic!() };
    assert!(error.is(&Errcode::TermsNotSigned));
}

#[test]
fn msc2320_versions_of_an_identity_server_need_no_token() {
    let http = versions::get::Request::new()
        .into_http_request("https://is.example", Credentials::None, None)
        .unwrap();
    assert_eq!(http.uri(), "https://is.example/_matrix/identity/versions");
    let body = br#"{"versions": ["r0.1.0", "r0.2.0", "v1.1", "x"]}"#;
    let read = versions::get::Response::from_http_response(&Response::new(body)).unwrap();
    assert_eq!(read.versions.len(), 4);
    assert_eq!(read.versions().unwrap().latest().unwrap().to_string(), "v1.1");
}

#[test]
fn msc2078_the_code_goes_where_the_homeserver_says() {
    use matrix_api::client::validation::register_email;
    let body = br#"{"sid": "123abc", "submit_url": "https://example.org/path/to/submitToken"}"#;
    let response = register_email::Response::from_http_response(&Response::new(body)).unwrap();
    let same = RequestTokenResponse::parse(&response.into_http_response().unwrap().into_body()).unwrap();
    let to = Submission::PostTo("https://example.org/path/to/submitToken".to_owned());
    assert_eq!(same.submission(&Medium::Email, true), to);
    let silent = RequestTokenResponse::parse(br#"{"sid": "123abc"}"#).unwrap();
    assert_eq!(silent.submission(&Medium::Msisdn, true), Submission::ToIdentityServer);
}

#[test]
fn msc2713_the_first_version_is_gone() {
    let paths = || endpoints().flat_map(|endpoint| endpoint.metadata.paths).map(|path| path.template);
    assert!(paths().any(|path| path == "/_matrix/identity/v2/3pid/bind"));
    assert!(paths().all(|path| !path.starts_with("/_matrix/identity/api")));
}

#[test]
fn msc2451_query_auth_is_gone() {
    let federation: Vec<&str> = endpoints()
        .flat_map(|endpoint| endpoint.metadata.paths)
        .map(|path| path.template)
        .filter(|path| path.starts_with("/_matrix/federation/"))
        .collect();
    assert!(federation.len() > 15);
    assert!(federation.iter().all(|path| !path.contains("query_auth")));
}

#[test]
fn msc2778_who_may_log_in_for_an_application_service() {
    for (caller, user, expected) in [
        (LoginCaller::None, LoginUser::Registered, Some(Errcode::Forbidden)),
        (LoginCaller::None, LoginUser::Foreign, Some(Errcode::Forbidden)),
        (LoginCaller::User, LoginUser::Registered, Some(Errcode::Forbidden)),
        (LoginCaller::User, LoginUser::Foreign, Some(Errcode::Forbidden)),
        (LoginCaller::ApplicationService, LoginUser::Foreign, Some(Errcode::Exclusive)),
        (LoginCaller::ApplicationService, LoginUser::Unregistered, Some(Errcode::Forbidden)),
        (LoginCaller::ApplicationService, LoginUser::Registered, None),
    ] {
        let error = check_login(caller, user).err();
        assert_eq!(error.as_ref().and_then(|error| error.errcode.clone()), expected, "{caller:?} {user:?}");
        assert!(error.is_none_or(|error| error.status == 403));
    }
    assert_eq!(login_unsupported().status, 400);
    assert_eq!(login_unsupported().errcode, Some(Errcode::AppserviceLoginUnsupported));
}
