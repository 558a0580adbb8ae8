//! Behaviour through the public API.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod canonical_alias;
mod contents;
mod display_name;
mod envelopes;
mod glob;
mod glob_set;
mod hierarchy;
mod lenient;
mod membership;
mod policy;
mod power_levels;
mod properties;
mod relation;
mod relation_properties;
mod relation_vectors;
mod samples;
mod secrets;
mod server_acl;
mod space;
mod strict;
mod upgrade;
mod withheld;

use matrix_canonicaljson::{Mode, Object};
use matrix_identifiers::{EventId, RoomId, UserId};

/// The object that `json!` makes.
fn object(json: &serde_json::Value) -> Object {
    Object::parse(json.to_string().as_bytes(), Mode::Lenient).unwrap()
}

fn user(id: &str) -> &UserId {
    UserId::parse(id).unwrap()
}

fn room(id: &str) -> &RoomId {
    RoomId::parse(id).unwrap()
}

fn event(id: &str) -> &EventId {
    EventId::parse(id).unwrap()
}
