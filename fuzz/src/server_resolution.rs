//! Server names resolved with arbitrary answers.

use std::net::IpAddr;

use matrix_discovery::{
    CertificateName, Connect, Destination, HttpResponse, MAX_ADDRESSES, MAX_REDIRECTS, MAX_SRV_RECORDS,
    Resolve, SrvRecord, Step, weighted_choice,
};
use matrix_identifiers::ServerName;

use crate::lines::Lines;

/// Checks that every resolution ends after a bounded number of questions, that it asks for nothing but HTTPS, and that
/// the name of the certificate and the `Host` header are those of the name or of the one it delegates to.
///
/// The first line is a server name. Each further line is the next answer: for a GET request the status and, of a
/// redirect, its location, otherwise the body; for SRV `priority weight port target`, separated by semicolons; for
/// addresses these, separated by spaces.
pub fn run(data: &[u8]) {
    let mut lines = Lines::new(data);
    let Some(name) = lines.next_text().and_then(|name| ServerName::parse(name).ok()) else { return };
    let mut state =
        data.iter().fold(1_u64, |hash, byte| hash.wrapping_mul(0x0100_0000_01B3) ^ u64::from(*byte));
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        state
    };
    let (mut requests, mut services, mut hosts) = (0, 0, 0);
    let mut next = Resolve::new(name);
    loop {
        let answered = match next {
            Resolve::WellKnown(question) => {
                requests += 1;
                assert!(question.url().is_https() && requests <= MAX_REDIRECTS + 1);
                let response = lines.next_response().map(|(status, rest)| {
                    let redirect = matches!(status, 300..400);
                    let location = str::from_utf8(rest).ok().filter(|_| redirect);
                    HttpResponse { status, location, body: if redirect { b"" } else { rest } }
                });
                Ok(question.answer(response))
            }
            Resolve::Srv(question) => {
                services += 1;
                assert!(services <= 2 && question.name().starts_with("_matrix"));
                let records = records(lines.next_text().unwrap_or_default());
                check_choices(&records, &mut random);
                question.answer(&records, &mut random)
            }
            Resolve::Addresses(question) => {
                hosts += 1;
                assert!(
                    hosts <= MAX_SRV_RECORDS && !question.host().is_empty() && question.port() > 0
                        || services == 0
                );
                assert_eq!(question.may_be_alias(), matches!(question.route().connect, Connect::Dns(_)));
                let addresses: Vec<IpAddr> =
                    lines.next_text().unwrap_or_default().split(' ').flat_map(str::parse).collect();
                question.answer(&addresses)
            }
            Resolve::Done(destination) => return check_destination(name, &destination, hosts),
        };
        match answered {
            Ok(question) => next = question,
            Err(error) => {
                assert!(matches!(error.kind(), "service_not_available" | "no_address"), "{error}");
                return;
            }
        }
    }
}

fn records(line: &str) -> Vec<SrvRecord> {
    let record = |text: &str| {
        let mut fields = text.splitn(4, ' ');
        let mut number = || fields.next()?.parse().ok();
        let (priority, weight, port) = (number()?, number()?, number()?);
        Some(SrvRecord { priority, weight, port, target: fields.next()?.to_owned() })
    };
    line.split(';').filter_map(record).collect()
}

fn check_choices(records: &[SrvRecord], random: &mut impl FnMut() -> u64) {
    let weights: Vec<u16> = records.iter().map(|record| record.weight).collect();
    for number in [random(), 0, u64::MAX] {
        match weighted_choice(&weights, number) {
            Some(place) if number == u64::MAX => assert_eq!(weights.get(place), weights.iter().max()),
            Some(place) => assert!(place < weights.len()),
            None => assert!(weights.is_empty()),
        }
    }
}

fn check_destination(name: &ServerName, destination: &Destination, hosts: usize) {
    let Destination { route, addresses } = destination;
    assert!(!addresses.is_empty() && addresses.len() <= MAX_ADDRESSES * hosts.max(1));
    let delegated = route.well_known.as_ref().and_then(|result| result.as_deref().ok());
    let used = delegated.unwrap_or(name);
    assert_eq!(route.host_header, used.as_str());
    match &route.certificate {
        CertificateName::Ip(address) => assert_eq!(used.ip_address(), Some(*address)),
        CertificateName::Dns(host) => {
            assert!(used.host() == host || used.host().strip_suffix('.') == Some(host));
        }
    }
    assert_eq!(delegated.is_some(), route.step.as_str().starts_with('3'), "{:?}", route.step);
    assert_eq!(route.well_known.is_none(), matches!(route.step, Step::IpLiteral | Step::ExplicitPort));
    if let Connect::Srv(targets) = &route.connect {
        assert_eq!(targets.first().map(|target| target.port), Some(route.port));
        assert!(targets.is_sorted_by_key(|target| target.priority));
    }
}
