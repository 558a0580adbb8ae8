use matrix_identity::{AcceptedTerms, Authentication, Service, UseService};

use crate::{failed, json, ok};

const TERMS: &str = r#"{"policies": {
    "a": {"version": "1", "en": {"name": "A", "url": "https://a/en"}, "de": {"name": "A", "url": "https://a/de"}},
    "b": {"version": "1", "en": {"name": "B", "url": "https://b/en"}}}}"#;

fn start(accepted: &str, registered: bool) -> UseService {
    let accepted = AcceptedTerms::parse(accepted.as_bytes()).unwrap();
    let UseService::Terms(question) = UseService::new(Service::IdentityServer, accepted, registered) else {
        panic!()
    };
    assert_eq!(question.path(), "/_matrix/identity/v2/terms");
    question.answer(ok(TERMS)).unwrap()
}

#[test]
fn msc2140_agreement_is_stored_before_registration_and_sent_after() {
    let UseService::Ask(question) = start("{}", false) else { panic!() };
    assert_eq!(question.pending().iter().map(|policy| policy.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    let Some(UseService::Store(question)) =
        question.agree(["https://a/de", "https://b/en", "https://b/en", "https://stray"])
    else {
        panic!()
    };
    assert_eq!(question.accepted().urls(), ["https://a/de", "https://b/en"]);
    let UseService::Register(question) = question.stored() else { panic!() };
    assert_eq!(question.path(), "/_matrix/identity/v2/account/register");
    let UseService::Send(question) = question.registered() else { panic!() };
    assert_eq!(question.path(), "/_matrix/identity/v2/terms");
    assert_eq!(json(&question.body()), json(r#"{"user_accepts": ["https://a/de", "https://b/en"]}"#));
    assert_eq!(question.answer(ok("{}")).unwrap(), UseService::Ready);
}

#[test]
fn msc2140_without_new_documents_there_is_nothing_to_store_or_send() {
    let all = r#"{"accepted": ["https://a/en", "https://b/en"]}"#;
    let UseService::Register(question) = start(all, false) else { panic!() };
    assert_eq!(question.registered(), UseService::Ready);
    assert_eq!(start(all, true), UseService::Ready);
}

#[test]
fn msc2140_new_terms_of_a_service_in_use_need_no_new_token() {
    let UseService::Ask(question) = start(r#"{"accepted": ["https://a/en"]}"#, true) else { panic!() };
    assert_eq!(question.pending().len(), 1);
    let Some(UseService::Store(question)) = question.agree(["https://b/en"]) else { panic!() };
    assert_eq!(question.accepted().urls(), ["https://a/en", "https://b/en"]);
    let UseService::Send(question) = question.stored() else { panic!() };
    assert_eq!(json(&question.body()), json(r#"{"user_accepts": ["https://b/en"]}"#), "only what is new");
    assert_eq!(question.clone().answer(failed(401, "")).unwrap_err().kind(), "unauthorized");
    assert_eq!(question.answer(None).unwrap_err().kind(), "no_response");
}

#[test]
fn msc2140_a_user_may_agree_to_some_but_not_to_none() {
    let UseService::Ask(question) = start("{}", false) else { panic!() };
    assert_eq!(question.clone().agree([]), None);
    assert_eq!(question.clone().agree(["https://other"]), None);
    assert!(matches!(question.agree(["https://a/en"]), Some(UseService::Store(_))));
}

#[test]
fn terms_that_cannot_be_had_are_an_error() {
    for (response, kind) in [
        (None, "no_response"),
        (ok("x"), "invalid_json"),
        (failed(404, ""), "too_old"),
        (failed(500, ""), "refused"),
    ] {
        let UseService::Terms(question) =
            UseService::new(Service::IntegrationManager, AcceptedTerms::default(), false)
        else {
            panic!()
        };
        assert_eq!(question.path(), "/_matrix/integrations/v1/terms");
        assert_eq!(question.answer(response).unwrap_err().kind(), kind);
    }
}

#[test]
fn msc2140_msc1961_which_endpoints_need_authentication() {
    use Authentication::{AccessToken, AccessTokenOrSignature, None};
    let identity = Service::IdentityServer;
    for (method, path, expected) in [
        ("GET", "/_matrix/identity/v2", None),
        ("GET", "/_matrix/identity/versions", None),
        ("GET", "/_matrix/identity/v2/pubkey/ed25519:0", None),
        ("GET", "/_matrix/identity/v2/pubkey/isvalid", None),
        ("GET", "/_matrix/identity/v2/pubkey/ephemeral/isvalid", None),
        ("POST", "/_matrix/identity/v2/account/register", None),
        ("GET", "/_matrix/identity/v2/terms", None),
        ("OPTIONS", "/_matrix/identity/v2/lookup", None),
        ("POST", "/_matrix/identity/v2/terms", AccessToken),
        ("GET", "/_matrix/identity/v2/account", AccessToken),
        // MSC2140 exempts it, but which token is to end would not be known without one.
        ("POST", "/_matrix/identity/v2/account/logout", AccessToken),
        ("GET", "/_matrix/identity/v2/hash_details", AccessToken),
        ("POST", "/_matrix/identity/v2/lookup", AccessToken),
        ("POST", "/_matrix/identity/v2/validate/email/requestToken", AccessToken),
        ("GET", "/_matrix/identity/v2/validate/msisdn/submitToken", AccessToken),
        ("GET", "/_matrix/identity/v2/3pid/getValidated3pid", AccessToken),
        ("POST", "/_matrix/identity/v2/store-invite", AccessToken),
        ("POST", "/_matrix/identity/v2/sign-ed25519", AccessToken),
        ("POST", "/_matrix/identity/v2/3pid/bind", AccessToken),
        ("GET", "/_matrix/identity/v2/pubkey", AccessToken),
        ("GET", "/_matrix/identity/v2/pubkey/", AccessToken),
        ("POST", "/_matrix/identity/v2/pubkey/../lookup", AccessToken),
        ("GET", "/_matrix/identity/v2/pubkey/ephemeral/../../terms", AccessToken),
        ("POST", "/_matrix/identity/v2/3pid/unbind", AccessTokenOrSignature),
        ("GET", "/_matrix/identity/v20/lookup", None),
        ("GET", "/elsewhere", None),
    ] {
        assert_eq!(identity.authentication(method, path), expected, "{method} {path}");
    }
    let manager = Service::IntegrationManager;
    for (method, path, expected) in [
        ("POST", "/_matrix/integrations/v1/account/register", None),
        ("GET", "/_matrix/integrations/v1/terms", None),
        ("POST", "/_matrix/integrations/v1/terms", AccessToken),
        ("GET", "/_matrix/integrations/v1/account", AccessToken),
        ("POST", "/_matrix/integrations/v1/account/logout", AccessToken),
        ("GET", "/_matrix/integrations/v1", AccessToken),
        ("GET", "/_matrix/integrations/v1/pubkey/x", AccessToken),
    ] {
        assert_eq!(manager.authentication(method, path), expected, "{method} {path}");
    }
}
