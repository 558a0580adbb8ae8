//! Behaviour of third-party identifiers, look-ups, terms and bindings through the public names of the crate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod bind;
mod case_folding;
mod identity_server;
mod lookup;
mod properties;
mod responses;
mod service;
mod session;
mod terms;
mod threepid;
mod unbind;
mod vectors;

use matrix_identifiers::{ClientSecret, ServerName, UserId};
use matrix_identity::{Response, ThirdPartyId, ValidationSession};
use serde_json::Value;

fn ok(body: &str) -> Option<Response<'_>> {
    Some(Response::new(200, body.as_bytes()))
}

fn failed(status: u16, body: &str) -> Option<Response<'_>> {
    Some(Response::new(status, body.as_bytes()))
}

fn email(address: &str) -> ThirdPartyId {
    ThirdPartyId::email(address).unwrap()
}

fn server(name: &str) -> &ServerName {
    ServerName::parse(name).unwrap()
}

fn user(id: &str) -> &UserId {
    UserId::parse(id).unwrap()
}

fn session() -> ValidationSession {
    ValidationSession::new("abc123", ClientSecret::parse("monkeys_are_GREAT").unwrap()).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}
