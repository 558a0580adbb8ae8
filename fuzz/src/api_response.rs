//! Requests and responses of every endpoint.

use http::{Request, Response, StatusCode};
use matrix_api::{AccessToken, Credentials, Error, Registered, endpoints};

/// Checks that what an endpoint reads, a request or a response, it writes in one form, which it reads and writes as it is;
/// that errors have a text; and that a refusal is never an answer.
///
/// The first line is a status and the end of an endpoint's name, and the rest the body of a response; or it is a method
/// and the path and query of a URI, and the rest the body of a request, which is given to every endpoint.
pub fn run(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (line, body) = (&data[..end], data.get(end + 1..).unwrap_or_default());
    let Ok(line) = str::from_utf8(line) else { return };
    let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
    match first.parse().ok().and_then(|status| StatusCode::from_u16(status).ok()) {
        Some(status) => response(status, rest, body),
        None => request(first, rest, body),
    }
}

fn response(status: StatusCode, name: &str, body: &[u8]) {
    let mut response = Response::new(body.to_vec());
    *response.status_mut() = status;
    if let Ok(location) = body.try_into() {
        response.headers_mut().insert("location", location);
    }
    for endpoint in endpoints().filter(|endpoint| endpoint.metadata.name.ends_with(name)) {
        let written = match endpoint.rewrite_response(&response) {
            Ok(written) => written,
            Err(error) => {
                check_error(&error, status);
                continue;
            }
        };
        assert!(status.is_success() || status.is_redirection());
        let again = endpoint.rewrite_response(&written);
        let again = again.unwrap_or_else(|error| panic!("{}: {error}", endpoint.metadata.name));
        assert_eq!(again.status(), written.status(), "{}", endpoint.metadata.name);
        assert_eq!(again.body(), written.body(), "{}", endpoint.metadata.name);
    }
}

fn check_error(error: &Error, status: StatusCode) {
    assert!(!error.to_string().is_empty() && !error.kind().is_empty());
    if let Error::Server(refused) = error {
        assert_eq!(refused.status, status);
    }
}

fn request(method: &str, uri: &str, body: &[u8]) {
    let Ok(request) = Request::builder().method(method).uri(uri).body(body.to_vec()) else { return };
    let token = AccessToken::new("t");
    for endpoint in endpoints() {
        match rewrite(endpoint, &request, &token) {
            Ok(written) => {
                let again = rewrite(endpoint, &written, &token);
                let again = again.unwrap_or_else(|error| panic!("{}: {error}", endpoint.metadata.name));
                assert_eq!(again.uri(), written.uri(), "{}", endpoint.metadata.name);
                assert_eq!(again.body(), written.body(), "{}", endpoint.metadata.name);
                assert_eq!(again.headers(), written.headers(), "{}", endpoint.metadata.name);
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

fn rewrite(
    endpoint: &Registered,
    request: &Request<Vec<u8>>,
    token: &AccessToken,
) -> Result<Request<Vec<u8>>, Error> {
    endpoint.rewrite_request(request, Credentials::Token(token))
}
