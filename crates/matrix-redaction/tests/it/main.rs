//! Behaviour of redactions through the public names of the crate.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod client;
mod event_bytes;
mod mass;
mod properties;
mod table;
mod target;

use matrix_canonicaljson::{Mode, Object};
use matrix_roomversion::{RedactionRules, RoomVersion};

fn object(json: &str) -> Object {
    Object::parse(json.as_bytes(), Mode::Lenient).unwrap()
}

fn rules(version: &str) -> &'static RedactionRules {
    &RoomVersion::try_from(version).unwrap().rules().redaction
}

/// Room 12 with lists of targets, as a room version of MSC2244 would have.
fn list_rules() -> RedactionRules {
    RedactionRules { redacts_list: true, ..RoomVersion::V12.rules().redaction }
}

/// A file of `tests/data`.
fn data(file: &str) -> serde_json::Value {
    let path = format!("{}/tests/data/{file}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}
