//! Behaviour through the public API.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod allocations;
mod change;
mod conditions;
mod evaluate;
mod merge;
mod paths;
mod predefined;
mod properties;
mod reading;
mod vectors;

use matrix_canonicaljson::{Mode, Object, Value};
use matrix_identifiers::UserId;
use matrix_push::{Condition, Context};

const ME: &str = "@me:example.org";

fn me() -> &'static UserId {
    UserId::parse(ME).unwrap()
}

fn value(json: &str) -> Value {
    Value::parse(json.as_bytes(), Mode::Lenient).unwrap()
}

fn object(json: &str) -> Object {
    value(json).into_object().unwrap()
}

#[track_caller]
fn applies(condition: &str, event: &str, context: &Context<'_>) -> bool {
    Condition::from_value(&value(condition)).applies(&object(event), context)
}
