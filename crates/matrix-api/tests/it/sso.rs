use http::StatusCode;
use matrix_api::session::{
    Appearance, Brand, IdentityProvider, LoginFlow, LoginType, LogoutDecision, SsoEndpoint,
    login_fallback_url, sso_redirect_url,
};
use matrix_api::{Errcode, MatrixError};
use matrix_discovery::{EndpointVersion, HttpUrl};
use matrix_identifiers::{DeviceId, OpaqueId};
use serde_json::{Value, json};

fn homeserver() -> HttpUrl {
    HttpUrl::parse_base("https://hs.example/base/").unwrap()
}

#[test]
fn msc1721_both_names_of_single_sign_on_are_known() {
    assert!(LoginType::from("m.login.sso").is_sso());
    assert!(LoginType::from("m.login.cas").is_sso());
    assert!(!LoginType::from("m.login.token").is_sso());
    for login_type in LoginType::KNOWN {
        assert_eq!(LoginType::from(login_type.as_str()), login_type);
    }
    let choose = |offered: &[&str]| {
        let offered: Vec<LoginType> = offered.iter().map(|name| LoginType::from(*name)).collect();
        SsoEndpoint::of(&offered)
    };
    assert_eq!(choose(&["m.login.cas", "m.login.sso"]), Some(SsoEndpoint::Sso));
    assert_eq!(choose(&["m.login.cas", "m.login.token"]), Some(SsoEndpoint::Cas));
    assert_eq!(choose(&["m.login.password", "m.login.token"]), None);
}

#[test]
fn msc1721_the_redirect_url_is_encoded_whole() {
    let url =
        |endpoint, version| sso_redirect_url(&homeserver(), version, endpoint, None, "app://x/?a=1&b=ü#f");
    let query = "redirectUrl=app%3A%2F%2Fx%2F%3Fa%3D1%26b%3D%C3%BC%23f";
    assert_eq!(
        url(SsoEndpoint::Sso, EndpointVersion::V3),
        format!("https://hs.example/base/_matrix/client/v3/login/sso/redirect?{query}"),
    );
    // The old name was never at another path.
    for version in [EndpointVersion::R0, EndpointVersion::V3] {
        assert_eq!(
            url(SsoEndpoint::Cas, version),
            format!("https://hs.example/base/_matrix/client/r0/login/cas/redirect?{query}"),
        );
    }
}

#[test]
fn msc2858_a_provider_goes_into_the_path() {
    let id = OpaqueId::parse("oidc-my_idp.1~").unwrap();
    let url =
        |endpoint| sso_redirect_url(&homeserver(), EndpointVersion::V3, endpoint, Some(id), "https://c");
    assert!(url(SsoEndpoint::Sso).contains("/login/sso/redirect/oidc-my_idp.1~?redirectUrl=https%3A%2F%2Fc"));
    assert!(url(SsoEndpoint::Cas).contains("/login/cas/redirect?redirectUrl="));
}

#[test]
fn msc2858_flows_with_providers_are_read_and_written_again() {
    let flows = json!([
        {"type": "m.login.sso", "identity_providers": [
            {"id": "google", "name": "Google", "icon": "mxc://example.org/abc", "brand": "google"},
            {"id": "github", "name": "Github", "brand": "github"},
        ]},
        {"type": "m.login.token", "get_login_token": true},
    ]);
    let read: Vec<LoginFlow> = serde_json::from_value(flows.clone()).unwrap();
    assert_eq!(read[0].login_type, LoginType::Sso);
    assert_eq!(read[0].identity_providers.len(), 2);
    assert!(
        read[0].identity_providers.iter().all(|provider| provider.brand.as_ref().unwrap().is_registered())
    );
    assert_eq!(serde_json::to_value(&read).unwrap(), flows);
}

#[test]
fn msc2858_the_names_of_before_are_read_and_todays_written() {
    let flow = |value: serde_json::Value| serde_json::from_value::<LoginFlow>(value).unwrap();
    let old = flow(json!({"type": "m.login.sso", "org.matrix.msc2858.identity_providers": [
        {"id": "gh", "name": "GitHub", "brand": "org.matrix.github"},
        {"id": "own", "name": "Own", "brand": "org.matrix.own"},
    ]}));
    let brands: Vec<_> =
        old.identity_providers.iter().map(|provider| provider.brand.as_ref().unwrap()).collect();
    assert_eq!(brands.iter().map(|brand| brand.as_str()).collect::<Vec<_>>(), ["github", "org.matrix.own"]);
    let written = serde_json::to_value(&old).unwrap();
    assert_eq!(written["identity_providers"][0]["brand"], "github");
    assert_eq!(written.as_object().unwrap().len(), 2);

    let both = flow(json!({"type": "m.login.sso", "identity_providers": [{"id": "new", "name": "New"}],
        "org.matrix.msc2858.identity_providers": [{"id": "old", "name": "Old"}]}));
    assert_eq!(both.identity_providers.len(), 1);
    assert_eq!(both.identity_providers[0].id.as_str(), "new");
}

#[test]
fn msc2858_an_invalid_provider_is_dropped_and_the_others_stay() {
    let long = "a".repeat(256);
    let flow = json!({"type": "m.login.sso", "identity_providers": [
        1, {}, {"id": "a"}, {"name": "A"}, {"id": "", "name": "A"}, {"id": "a/b", "name": "A"}, {"id": long, "name": "A"},
        {"id": 5, "name": "A"}, {"id": "a", "name": 5},
        {"id": "ok", "name": "", "icon": "https://x", "brand": "Google", "more": 1},
    ]});
    let read: LoginFlow = serde_json::from_value(flow).unwrap();
    let [provider] = &read.identity_providers[..] else { panic!("{read:?}") };
    assert_eq!((provider.id.as_str(), provider.name.as_str()), ("ok", ""));
    assert_eq!((&provider.icon, &provider.brand), (&None, &None));
    for list in [json!("google"), Value::Null, json!({})] {
        let flow: LoginFlow =
            serde_json::from_value(json!({"type": "m.login.sso", "identity_providers": list})).unwrap();
        assert!(flow.identity_providers.is_empty());
    }
}

#[test]
fn msc2858_brands_have_a_grammar() {
    let longest = "a".repeat(255);
    for right in ["a", "google", "org.matrix.gitlab", "a-b_c.9", &longest] {
        assert_eq!(Brand::parse(right).unwrap().as_str(), right);
    }
    let too_long = "a".repeat(256);
    for wrong in ["", "9a", "-a", ".a", "_a", "Google", "a b", "ä", "a/b", &too_long] {
        assert_eq!(Brand::parse(wrong), None, "{wrong}");
    }
    assert!(!Brand::parse("org.matrix.gitlab").unwrap().is_registered());
    assert!(Brand::REGISTERED.iter().all(|name| Brand::parse(name).unwrap().is_registered()));
}

#[test]
fn msc2858_a_known_brand_goes_before_the_icon() {
    let read = |provider: Value| IdentityProvider::read(&provider).unwrap();
    let both = read(json!({"id": "a", "name": "A", "icon": "mxc://x/y", "brand": "github"}));
    let brand = both.brand.clone().unwrap();
    assert_eq!(both.appearance(Brand::is_registered), Appearance::Brand(&brand));
    assert_eq!(both.appearance(|_| false), Appearance::Icon(both.icon.as_deref().unwrap()));
    let branded = read(json!({"id": "a", "name": "A", "brand": "unknown"}));
    assert_eq!(branded.appearance(Brand::is_registered), Appearance::Plain);
}

#[test]
fn msc2604_the_login_page_is_told_of_the_device() {
    let url = |device, name| login_fallback_url(&homeserver(), device, name);
    let page = "https://hs.example/base/_matrix/static/client/login/";
    assert_eq!(url(None, None), page);
    let device = <&DeviceId>::try_from("A/B&C").unwrap();
    assert_eq!(url(Some(device), None), format!("{page}?device_id=A%2FB%26C"));
    assert_eq!(
        url(Some(device), Some("Alice's ☎")),
        format!("{page}?device_id=A%2FB%26C&initial_device_display_name=Alice%27s%20%E2%98%8E"),
    );
}

#[test]
fn msc1466_what_a_logout_means_for_local_data() {
    let error = |status: u16, body: Value| {
        MatrixError::from_body(StatusCode::from_u16(status).unwrap(), body.to_string().as_bytes())
    };
    let soft = error(401, json!({"errcode": "M_UNKNOWN_TOKEN", "soft_logout": true}));
    let hard = error(401, json!({"errcode": "M_UNKNOWN_TOKEN", "soft_logout": false}));
    let silent = error(401, json!({"errcode": "M_UNKNOWN_TOKEN"}));
    let odd = error(401, json!({"errcode": "M_UNKNOWN_TOKEN", "soft_logout": "true"}));
    assert_eq!(LogoutDecision::of(&soft, false), LogoutDecision::KeepData);
    for error in [&hard, &silent, &odd] {
        assert_eq!(LogoutDecision::of(error, false), LogoutDecision::DestroyData);
    }
    for error in [&soft, &hard, &silent, &odd] {
        assert_eq!(LogoutDecision::of(error, true), LogoutDecision::Refresh);
    }
    for other in [
        error(403, json!({"errcode": "M_UNKNOWN_TOKEN"})),
        error(401, json!({"errcode": Errcode::MissingToken})),
        error(401, json!({"errcode": Errcode::UserLocked, "soft_logout": true})),
        error(401, json!({"flows": []})),
        error(502, json!({})),
    ] {
        assert_eq!(LogoutDecision::of(&other, true), LogoutDecision::StayLoggedIn, "{other}");
    }
    assert!(LogoutDecision::KeepData.keeps_data() && LogoutDecision::KeepData.is_logged_out());
    assert!(!LogoutDecision::DestroyData.keeps_data() && LogoutDecision::DestroyData.is_logged_out());
    assert!(LogoutDecision::Refresh.keeps_data() && !LogoutDecision::Refresh.is_logged_out());
}
