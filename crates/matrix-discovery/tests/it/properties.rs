//! What holds for any input.

use std::net::IpAddr;

use matrix_discovery::{
    CertificateName, HttpResponse, HttpUrl, MAX_REDIRECTS, MatrixVersion, Resolve, SrvRecord,
};
use matrix_identifiers::ServerName;
use proptest::prelude::*;

fn response() -> impl Strategy<Value = Option<(u16, Option<String>, Vec<u8>)>> {
    let status = prop_oneof![Just(200_u16), Just(302), Just(404), any::<u16>()];
    let location = prop::option::of("(https://[a-z.]{1,9})?(/[a-z./]{0,9}|\\PC{0,9})");
    let name =
        "[a-z0-9.:\\[\\]_]{0,12}".prop_map(|name| format!("{{\"m.server\": \"{name}\"}}").into_bytes());
    let body = prop_oneof![name, prop::collection::vec(any::<u8>(), 0..20)];
    prop::option::of((status, location, body))
}

fn records() -> impl Strategy<Value = Vec<SrvRecord>> {
    let record = (0_u16..3, any::<u16>(), any::<u16>(), "[a-z.]{0,6}")
        .prop_map(|(priority, weight, port, target)| SrvRecord { priority, weight, port, target });
    prop::collection::vec(record, 0..6)
}

proptest! {
    #[test]
    fn every_resolution_ends_soon_and_as_its_name(
        name in "([a-z]{1,5}(\\.[a-z]{1,4})?|[0-9]{1,3}\\.1\\.2\\.3|\\[::[0-9]?\\])(:[0-9]{1,5})?",
        responses in prop::collection::vec(response(), 8),
        answers in prop::collection::vec(records(), 2),
        addresses in prop::collection::vec(any::<IpAddr>(), 0..3),
        random: u64,
    ) {
        let Ok(name) = ServerName::parse(&name) else { return Ok(()) };
        let (mut responses, mut answers) = (responses.iter(), answers.iter());
        let mut next = Resolve::new(name);
        let mut requests = 0;
        let destination = loop {
            let result = match next {
                Resolve::WellKnown(question) => {
                    requests += 1;
                    prop_assert!(question.url().is_https() && requests <= MAX_REDIRECTS + 1);
                    let response = responses.next().cloned().flatten();
                    let response = response.as_ref().map(|(status, location, body)| HttpResponse {
                        status: *status, location: location.as_deref(), body,
                    });
                    Ok(question.answer(response))
                }
                Resolve::Srv(question) => question.answer(answers.next().unwrap(), || random),
                Resolve::Addresses(question) => question.answer(&addresses),
                Resolve::Done(destination) => break destination,
            };
            match result {
                Ok(question) => next = question,
                Err(error) => {
                    prop_assert!(["service_not_available", "no_address"].contains(&error.kind()));
                    return Ok(());
                }
            }
        };
        prop_assert!(!destination.addresses.is_empty());
        let route = destination.route;
        let used = ServerName::parse(&route.host_header).unwrap();
        let expected = route.well_known.as_ref().and_then(|result| result.as_deref().ok()).unwrap_or(name);
        prop_assert_eq!(used, expected);
        match route.certificate {
            CertificateName::Ip(address) => prop_assert_eq!(used.ip_address(), Some(address)),
            CertificateName::Dns(host) => prop_assert_eq!(used.host().trim_end_matches('.'), host.trim_end_matches('.')),
        }
    }

    #[test]
    fn versions_survive_writing(text in "[rv][0-9]{1,5}\\.[0-9]{1,3}(\\.[0-9])?(-[!-~]{1,5})?") {
        if let Ok(version) = text.parse::<MatrixVersion>() {
            prop_assert_eq!(version.to_string(), text);
        }
    }

    #[test]
    fn urls_of_any_text_are_refused_or_kept(text in "(https?://)?\\PC{0,30}") {
        if let Ok(url) = HttpUrl::parse(&text) {
            prop_assert_eq!(url.as_str(), &text);
            prop_assert!(!url.host().is_empty());
        }
        if let Ok(base) = HttpUrl::parse_base(&text) {
            prop_assert!(HttpUrl::parse(&base.with_path("/x")).is_ok());
        }
    }
}
