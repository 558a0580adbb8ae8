//! Contents that honest servers do not write.

use serde_json::{Value, json};

use crate::rng::Rng;

/// Puts something into a content that honest servers do not write, or takes something out.
pub(super) fn odd_content(event_type: &str, content: &mut Value, rng: &mut Rng) {
    let value = odd_value(rng);
    let keys: &[&str] = match event_type {
        "m.room.power_levels" => &[
            "users",
            "events",
            "notifications",
            "users_default",
            "state_default",
            "ban",
            "kick",
            "invite",
            "redact",
        ],
        "m.room.member" => &["membership", "join_authorised_via_users_server", "third_party_invite"],
        "m.room.join_rules" => &["join_rule", "allow"],
        _ => return,
    };
    let key = *rng.pick(keys);
    let Value::Object(fields) = content else { return };
    match (fields.get_mut(key), rng.below(4)) {
        (_, 0) => drop(fields.remove(key)),
        (Some(Value::Object(levels)), 1 | 2) => {
            let user = if key == "users" { "@user0005:matrix.example.org" } else { "m.room.topic" };
            let name = if rng.chance(80) { user } else { "no user" };
            levels.insert(name.to_owned(), value);
        }
        _ => drop(fields.insert(key.to_owned(), value)),
    }
}

fn odd_value(rng: &mut Rng) -> Value {
    let values = [
        json!("50"),
        json!(" +5_0 "),
        json!("-1"),
        json!("fifty"),
        json!(""),
        json!("public"),
        json!("join"),
        json!("knock"),
        json!("@user0001:example.com"),
        json!(null),
        json!(true),
        json!([]),
        json!({}),
        json!({"signed": {"mxid": "@user0001:example.com", "token": "t", "signatures": {}}}),
        json!(9_007_199_254_740_991_i64),
        json!(-9_007_199_254_740_991_i64),
    ];
    rng.pick(&values).clone()
}
