//! What all endpoints have in common.

use matrix_api::client::knock::knock;
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
    let path = |versions: &str| {
        let server = HomeserverVersions::parse(versions.as_bytes()).unwrap();
        let token = AccessToken::new("t");
        let request = knock_at("!r:example.org");
        let http =
            request.into_http_request("https://hs.example", Credentials::Token(&token), Some(&server))?;
        Ok::<_, Error>(http.uri().path().to_owned())
    };
    assert_eq!(
        path(r#"{"versions":["r0.6.1","v1.1"]}"#).unwrap(),
        "/_matrix/client/v3/knock/%21r%3Aexample.org"
    );
    let unstable = path(r#"{"versions":["r0.6.1"],"unstable_features":{"xyz.amorgan.knock":true}}"#).unwrap();
    assert_eq!(unstable, "/_matrix/client/unstable/xyz.amorgan.knock/knock/%21r%3Aexample.org");
    let refused =
        path(r#"{"versions":["r0.6.1"],"unstable_features":{"xyz.amorgan.knock":false}}"#).unwrap_err();
    assert_eq!(refused, Error::NotServed("/_matrix/client/v3/knock/{roomIdOrAlias}"));
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
