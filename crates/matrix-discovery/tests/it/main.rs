//! Behaviour of discovery through the public names of the crate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod cache;
mod discover;
mod http_url;
mod integrations;
mod properties;
mod redirects;
mod resolve;
mod srv;
mod vectors;
mod versions;

use matrix_discovery::{HttpResponse, Resolve, Route, SrvRecord};
use matrix_identifiers::ServerName;

fn server(name: &str) -> &ServerName {
    ServerName::parse(name).unwrap()
}

fn record(priority: u16, weight: u16, port: u16, target: &str) -> SrvRecord {
    SrvRecord { priority, weight, port, target: target.to_owned() }
}

fn ok(body: &str) -> Option<HttpResponse<'_>> {
    Some(HttpResponse::new(200, body.as_bytes()))
}

fn redirect(location: &str) -> Option<HttpResponse<'_>> {
    Some(HttpResponse { status: 302, location: Some(location), body: b"" })
}

/// Takes a resolution to its route, with one answer for `.well-known` and none of DNS.
fn route(name: &str, well_known: Option<HttpResponse<'_>>) -> Route {
    let mut next = Resolve::new(server(name));
    loop {
        next = match next {
            Resolve::WellKnown(question) => question.answer(well_known),
            Resolve::Srv(question) => question.answer(&[], || 0).unwrap(),
            Resolve::Addresses(question) => return question.route().clone(),
            Resolve::Done(destination) => return destination.route,
        };
    }
}
