//! Behaviour through the public API.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod building;
mod matrix_scheme;
mod matrix_to;
mod properties;
mod routing;
mod vectors;

use matrix_uri::{Error, MatrixUri};

/// The identifiers of a link, with a space before that of an event.
fn ids(text: &str) -> String {
    let uri = MatrixUri::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let target = uri.target();
    let user = target.user_id().map(|id| id.as_str());
    let room = target.room_id().map(|id| id.as_str());
    let alias = target.alias().map(|id| id.as_str());
    let event = target.event_id().map(|id| id.as_str());
    [user, room, alias, event].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn error(text: &str) -> Error {
    MatrixUri::parse(text).expect_err(text)
}
