//! Small changes to events, each of a kind that a faulty or hostile server could make.

use matrix_benches::rng::Rng;
use matrix_canonicaljson::{Object, Value};

/// Keys that mean something somewhere in an event.
const KEYS: [&str; 44] = [
    "type",
    "sender",
    "room_id",
    "state_key",
    "content",
    "hashes",
    "signatures",
    "unsigned",
    "depth",
    "prev_events",
    "auth_events",
    "origin_server_ts",
    "origin",
    "membership",
    "prev_state",
    "redacts",
    "event_id",
    "age_ts",
    "outlier",
    "destinations",
    "sha256",
    "creator",
    "join_rule",
    "allow",
    "users",
    "users_default",
    "events",
    "events_default",
    "state_default",
    "ban",
    "kick",
    "redact",
    "invite",
    "notifications",
    "history_visibility",
    "aliases",
    "third_party_invite",
    "signed",
    "join_authorised_via_users_server",
    "room_version",
    "body",
    "displayname",
    "ed25519:a_1",
    "org.example",
];

const TYPES: [&str; 9] = [
    "m.room.member",
    "m.room.create",
    "m.room.join_rules",
    "m.room.power_levels",
    "m.room.history_visibility",
    "m.room.aliases",
    "m.room.redaction",
    "m.room.message",
    "m.room.server_acl",
];

/// Changes an event in one place.
pub(crate) fn mutate(event: &mut Object, rng: &mut Rng) {
    match rng.below(12) {
        0 => drop(event.insert("type", *rng.pick(&TYPES))),
        1 => {
            let membership = *rng.pick(&["join", "invite", "leave", "ban", "knock", "", "JOIN"]);
            if let Some(content) = event.get_object_mut("content") {
                content.insert("membership", membership);
            }
        }
        2 => {
            let value = value(rng);
            if let Some(content) = event.get_object_mut("content") {
                content.insert(
                    *rng.pick(&["third_party_invite", "join_authorised_via_users_server", "redacts"]),
                    value,
                );
            }
        }
        3 => signature(event, rng),
        4..8 => inside(event, rng, 0),
        _ => inside(event, rng, 9),
    }
}

/// Changes, adds or removes a member of an object, at the top or further down.
fn inside(object: &mut Object, rng: &mut Rng, depth: usize) {
    let keys: Vec<String> = object.keys().map(str::to_owned).collect();
    if keys.is_empty() || rng.chance(15) {
        object.insert(*rng.pick(&KEYS), value(rng));
        return;
    }
    let key = rng.pick(&keys).clone();
    let deeper = depth < 6 && rng.chance(60);
    match object.get_mut(&key) {
        Some(Value::Object(child)) if deeper => inside(child, rng, depth + 1),
        _ if rng.chance(45) => drop(object.remove(&key)),
        _ => drop(object.insert(key, value(rng))),
    }
}

/// Spoils one signature, or puts another key's or server's beside it.
fn signature(event: &mut Object, rng: &mut Rng) {
    let text = value(rng);
    let Some(signatures) = event.get_object_mut("signatures") else { return };
    let servers: Vec<String> = signatures.keys().map(str::to_owned).collect();
    if servers.is_empty() {
        return;
    }
    let server = rng.pick(&servers).clone();
    match rng.below(5) {
        0 => drop(signatures.remove(&server)),
        1 => drop(signatures.insert(server, text)),
        2 => {
            let other = *rng.pick(&["example.com", "unknown.example", "matrix.example.org"]);
            if let Some(kept) = signatures.remove(&server) {
                signatures.insert(other, kept);
            }
        }
        _ => {
            let Some(keys) = signatures.get_object_mut(&server) else { return };
            let known = keys.get_str("ed25519:a_1").unwrap_or_default().to_owned();
            let at = rng.below(known.len().max(1));
            match rng.below(5) {
                0 => drop(keys.insert("ed25519:other", text)),
                1 => drop(keys.insert("x25519:a_1", text)),
                2 => drop(keys.insert("ed25519:a_1", text)),
                3 => {
                    let padded = format!("{known}==");
                    keys.insert("ed25519:a_1", padded);
                }
                _ => {
                    let spoilt: String =
                        known.chars().enumerate().map(|(n, c)| if n == at { 'A' } else { c }).collect();
                    keys.insert("ed25519:a_1", spoilt);
                }
            }
        }
    }
}

/// A value of any type.
fn value(rng: &mut Rng) -> Value {
    match rng.below(14) {
        0 => Value::Null,
        1 => Value::Bool(rng.chance(50)),
        2 => Value::from(*rng.pick(&[0, -1, 1, 50, 100, i32::MAX])),
        3 => Value::from(""),
        4 => Value::from(rng.text(6)),
        5 => Value::from("x".repeat(rng.between(250, 260))),
        6 => Value::from("é".repeat(rng.between(120, 135))),
        7 => Value::Array(Vec::new()),
        8 => Value::Array(vec![Value::from("$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]),
        9 => Value::Object(Object::new()),
        10 => Value::Object(Object::from([("signed", Value::from("x")), ("display_name", Value::Null)])),
        11 => Value::from("@user001:example.com"),
        12 => {
            Value::from(*rng.pick(&["@:example.com", "@a:b:c", "@user é:example.com", "user", "@a", "@a:"]))
        }
        _ => Value::from(*rng.pick(&["!room:example.com", "$event", "2", "12", "AAAA", "a+/_-"])),
    }
}

/// Changes one to three bytes of a text.
pub(crate) fn mutate_bytes(text: &mut Vec<u8>, rng: &mut Rng) {
    for _ in 0..rng.between(1, 4) {
        let at = rng.below(text.len());
        match rng.below(4) {
            0 => drop(text.remove(at)),
            1 => text[at] = *rng.pick(b"{}[]\",:\\/0123456789.eE+-unltrfasbx \n\t\x00\x1f\x7f\xc3\xff"),
            2 => text.insert(at, *rng.pick(b"{}[]\",:\\/0123456789.eE+-unltrfasbx \n\t\x00\x1f\x7f\xc3\xff")),
            _ => {
                let end = (at + rng.between(1, 9)).min(text.len());
                let copy = text[at..end].to_vec();
                text.splice(at..at, copy);
            }
        }
        if text.is_empty() {
            return;
        }
    }
}
