use matrix_identity::{
    IdentityServerChoice, IdentityServerSetting, IdentityServerUrl, identity_server_to_use,
};

use crate::{json, server};

fn url(text: &str) -> IdentityServerUrl {
    IdentityServerUrl::parse(text).unwrap()
}

fn setting(content: &str) -> IdentityServerSetting {
    IdentityServerSetting::parse(Some(content.as_bytes()))
}

#[test]
fn msc2230_account_data_has_three_states_and_two_more() {
    assert_eq!(
        setting(r#"{"base_url": "https://id.org/"}"#),
        IdentityServerSetting::Chosen(url("https://id.org"))
    );
    assert_eq!(setting(r#"{"base_url": null}"#), IdentityServerSetting::Disabled);
    for absent in ["{}", r#"{"url": "https://id.org"}"#, "[]", "x"] {
        assert_eq!(setting(absent), IdentityServerSetting::Absent, "{absent}");
    }
    assert_eq!(IdentityServerSetting::parse(None), IdentityServerSetting::Absent);
    for unusable in
        [r#"{"base_url": ""}"#, r#"{"base_url": 1}"#, r#"{"base_url": false}"#, r#"{"base_url": "id.org"}"#]
    {
        assert_eq!(setting(unusable), IdentityServerSetting::Unusable, "{unusable}");
    }
}

#[test]
fn msc2230_disabling_writes_null() {
    assert_eq!(IdentityServerSetting::content(None), r#"{"base_url":null}"#);
    let content = IdentityServerSetting::content(Some(&url("https://id.org/")));
    assert_eq!(json(&content), json(r#"{"base_url": "https://id.org"}"#));
    assert_eq!(setting(&content), IdentityServerSetting::Chosen(url("https://id.org")));
    assert_eq!(IdentityServerSetting::TYPE, "m.identity_server");
}

#[test]
fn msc2230_msc2284_account_data_before_well_known_before_default() {
    use IdentityServerChoice as Choice;
    let (user, homeserver, default) = (url("https://u.org"), url("https://h.org"), url("https://d.org"));
    let all = (Some(&homeserver), Some(&default));
    let choose =
        |setting: &IdentityServerSetting,
         (well_known, default): (Option<&IdentityServerUrl>, Option<&IdentityServerUrl>)| {
            format!("{:?}", identity_server_to_use(setting, well_known, default))
        };
    let shown = |choice: Choice<'_>| format!("{choice:?}");
    assert_eq!(choose(&IdentityServerSetting::NotSynced, all), shown(Choice::Wait));
    assert_eq!(choose(&IdentityServerSetting::Disabled, all), shown(Choice::None));
    assert_eq!(choose(&IdentityServerSetting::Unusable, all), shown(Choice::None));
    assert_eq!(choose(&IdentityServerSetting::Chosen(user.clone()), all), shown(Choice::OfUser(&user)));
    let absent = IdentityServerSetting::Absent;
    assert_eq!(choose(&absent, all), shown(Choice::OfHomeserver(&homeserver)));
    assert_eq!(choose(&absent, (None, Some(&default))), shown(Choice::Default(&default)));
    assert_eq!(choose(&absent, (None, None)), shown(Choice::None));
}

#[test]
fn base_urls_are_those_of_servers() {
    for (text, base, id_server) in [
        ("https://id.org", "https://id.org", "id.org"),
        ("https://id.org/", "https://id.org", "id.org"),
        ("https://id.org///", "https://id.org", "id.org"),
        ("http://localhost:8090/x/", "http://localhost:8090/x", "localhost:8090"),
        ("HTTPS://[::1]:1", "HTTPS://[::1]:1", "[::1]:1"),
    ] {
        let url = url(text);
        assert_eq!((url.as_str(), url.id_server()), (base, Some(server(id_server))));
        assert_eq!(url.with_path("/_matrix/identity/v2"), format!("{base}/_matrix/identity/v2"));
        assert_eq!((url.to_string(), format!("{url:?}")), (base.to_owned(), format!("{base:?}")));
    }
    let long = format!("https://id.org/{}", "x".repeat(2048));
    for text in [
        "",
        "/",
        "id.org",
        "ftp://id.org",
        "https://",
        "https:///",
        "https://u@id.org",
        "https://u:p@id.org",
        "https://id.org:99999",
        "https://id.org?x",
        "https://id.org/#",
        "https://id org",
        "https://id%20.org",
        "https://[::1",
        &long,
    ] {
        assert_eq!(IdentityServerUrl::parse(text).unwrap_err().kind(), "invalid_url", "{text:.40}");
    }
}
