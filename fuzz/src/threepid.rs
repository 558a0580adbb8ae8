//! Third-party identifiers and the small bodies about them.

use matrix_identifiers::UserId;
use matrix_identity::{
    IdentityServerAccess, IdentityServerSetting, IdentityServerUrl, Medium, Pepper, RequestTokenRefusal,
    RequestTokenResponse, Response, ThirdPartyId, UnbindOutcome, UnbindResult, add_body, bind_body,
    fold_email, legacy_body, msisdn, read_add_body, read_bind_body, read_legacy_body, unbind_body,
    unbind_outcome,
};

/// Checks that the one form of an address is its own, and that each body that is read says the same when it is written
/// and read again.
pub fn run(data: &[u8]) {
    if let Ok(text) = str::from_utf8(data) {
        check_addresses(text);
        check_url(text);
    }
    check_bodies(data);
    for status in [200, 400, 403, 404, 500] {
        let response = Response::new(status, data);
        assert_eq!(response.success().is_ok(), status == 200);
        match unbind_outcome(Some(response)) {
            UnbindOutcome::Result(result) => assert_eq!(result == UnbindResult::Success, status == 200),
            UnbindOutcome::Relay { errcode, .. } => assert_eq!(errcode, response.errcode()),
            UnbindOutcome::NoResponse => panic!("a response is no response"),
        }
        assert!(!format!("{:?}", RequestTokenRefusal::of(response, true)).is_empty());
    }
}

fn check_addresses(text: &str) {
    let folded = fold_email(text);
    assert_eq!(fold_email(&folded), folded);
    let user = UserId::parse("@a:b").expect("a user ID");
    for id in [ThirdPartyId::email(text), ThirdPartyId::phone(text)].into_iter().flatten() {
        assert_eq!(ThirdPartyId::new(id.medium().clone(), id.address()).as_ref(), Ok(&id));
        assert!(!id.address().contains(char::is_whitespace));
        let body: serde_json::Value = serde_json::from_str(&unbind_body(user, &id, None)).expect("JSON");
        assert_eq!(body["threepid"]["address"], id.address());
    }
    if let Ok(digits) = msisdn(text) {
        assert!((1..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()));
        assert_eq!(msisdn(&format!("+{digits}")).as_ref(), Ok(&digits));
    }
    if let Ok(medium) = Medium::parse(text) {
        assert_eq!(medium.as_str(), text);
    }
    if let Ok(pepper) = Pepper::parse(text) {
        assert_eq!(pepper.as_str(), text);
    }
}

fn check_url(text: &str) {
    let Ok(url) = IdentityServerUrl::parse(text) else { return };
    assert!(url.id_server().is_some(), "{text:?}");
    let content = IdentityServerSetting::content(Some(&url));
    let again = IdentityServerSetting::parse(Some(content.as_bytes()));
    assert_eq!(again, IdentityServerSetting::Chosen(url));
}

fn check_bodies(data: &[u8]) {
    if let Ok(session) = read_add_body(data) {
        assert_eq!(read_add_body(add_body(&session).as_bytes()).as_ref(), Ok(&session));
        assert_eq!(read_legacy_body(legacy_body(&session).as_bytes()).as_ref(), Ok(&session));
        if let Ok(Some(access)) = IdentityServerAccess::parse(data) {
            let (again, server) =
                read_bind_body(bind_body(&session, &access).as_bytes()).expect("a body of ours");
            assert_eq!((again, server.id_server), (session, access.id_server));
        }
    }
    if let Ok(response) = RequestTokenResponse::parse(data) {
        assert!(response.submit_url.is_none_or(|url| url.to_ascii_lowercase().starts_with("http")));
    }
    if let IdentityServerSetting::Chosen(url) = IdentityServerSetting::parse(Some(data)) {
        assert!(!url.as_str().is_empty());
    }
    if let Ok(result) = UnbindResult::parse(data) {
        assert_eq!(UnbindResult::parse(result.to_json().as_bytes()), Ok(result));
    }
}
