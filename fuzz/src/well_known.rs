//! Bodies of `.well-known` documents and logins, and URLs.

use matrix_discovery::{
    BaseUrl, CacheHeaders, ClientWellKnown, Error, HttpUrl, IntegrationManager, MAX_INTEGRATION_MANAGERS,
    MAX_TTL_S, read_integrations_well_known, read_server_well_known, result_ttl_s,
};

/// Checks each reader of bodies on the same input: what is read is a server name or a URL that is read again as it is;
/// a login with the document in it says the same; errors have a kind.
pub fn run(data: &[u8]) {
    match read_server_well_known(data) {
        Ok(name) => assert_eq!(name.as_str().parse().as_ref(), Ok(&name)),
        Err(error) => check_error(&error),
    }
    match ClientWellKnown::parse(data) {
        Ok(document) => check_client(data, &document),
        Err(error) => check_error(&error),
    }
    for widget in
        [read_integrations_well_known(data).map(|found| found.manager), IntegrationManager::from_widget(data)]
    {
        match widget {
            Ok(manager) => check_manager(&manager),
            Err(error) => check_error(&error),
        }
    }
    if let Ok(text) = str::from_utf8(data) {
        check_url(text);
        check_cache(text);
    }
}

fn login(data: &[u8]) -> Vec<u8> {
    [br#"{"well_known":"#, data, b"}"].concat()
}

fn check_client(data: &[u8], document: &ClientWellKnown) {
    for base in [&document.homeserver, &document.identity_server] {
        match base {
            BaseUrl::Url(url) => assert_eq!(HttpUrl::parse(url.as_str()).as_ref(), Ok(url)),
            BaseUrl::Invalid(error) => assert_eq!(error.kind(), "invalid_url"),
            BaseUrl::Absent | BaseUrl::WithoutUrl => assert_eq!(base.url(), None),
        }
    }
    assert!(document.integration_managers.len() <= MAX_INTEGRATION_MANAGERS);
    document.integration_managers.iter().for_each(check_manager);
    // In a login all of the document is read, which some fields may be too deep or too large for.
    if let Some(login) = ClientWellKnown::from_login_response(&login(data)) {
        assert_eq!(&login, document);
        assert!(document.homeserver.url().is_some());
    }
}

fn check_manager(manager: &IntegrationManager) {
    for url in [&manager.api_url, &manager.ui_url] {
        assert_eq!(HttpUrl::parse(url.as_str()).as_ref(), Ok(url));
    }
}

fn check_url(text: &str) {
    if let Ok(url) = HttpUrl::parse(text) {
        assert_eq!(url.as_str(), text);
        assert!(!url.host().is_empty() && text.contains(url.host()));
        assert!(text.to_ascii_lowercase().starts_with(if url.is_https() { "https://" } else { "http://" }));
        assert!(!text.contains(|c: char| c.is_control() || c == ' '));
        _ = url.port();
    }
    if let Ok(base) = HttpUrl::parse_base(text) {
        assert_eq!(base.as_str(), text.trim_end_matches('/'));
        assert_eq!(HttpUrl::parse_base(base.as_str()).as_ref(), Ok(&base));
        assert!(HttpUrl::parse(&base.with_path("/x")).is_ok() || text.len() > 8180);
    }
}

fn check_cache(text: &str) {
    let (one, other) = text.split_once('\n').unwrap_or((text, ""));
    for (cache_control, expires) in [(Some(one), None), (None, Some(one)), (Some(one), Some(other))] {
        for (date, age) in [(None, None), (Some(other), Some(other))] {
            let headers = CacheHeaders { cache_control, expires, date, age };
            assert!(result_ttl_s(1_700_000_000, &headers) <= MAX_TTL_S);
            let failure = matrix_discovery::failure_ttl_s(1_700_000_000, &headers, 3);
            assert!((1200..=3600).contains(&failure));
        }
    }
}

pub(crate) fn check_error(error: &Error) {
    assert!(!error.kind().is_empty() && !error.to_string().is_empty());
    assert!(error.to_string().len() < 20_000);
}
