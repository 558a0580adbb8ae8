//! Events of many types as clients receive them, generated from a seed.

use serde_json::{Value, json};

use crate::rng::Rng;

const ROOM: &str = "!nqIiudGVTDzrtMEavL:matrix.example.org";

/// Generates the texts of client events, each as a homeserver sends it in `/messages`.
pub fn generate(seed: u64, count: usize) -> Vec<String> {
    let mut rng = Rng::new(seed);
    (0..count).map(|_| event(&mut rng).to_string()).collect()
}

fn event(rng: &mut Rng) -> Value {
    let (event_type, content, state_key) = match rng.below(100) {
        0..=24 => ("m.room.message", text(rng), None),
        25..=32 => ("m.room.message", reply(rng), None),
        33..=37 => ("m.room.message", edit(rng), None),
        38..=43 => ("m.room.message", image(rng), None),
        44..=46 => ("m.room.message", encrypted_file(rng), None),
        47..=58 => ("m.room.encrypted", encrypted(rng), None),
        59..=70 => ("m.reaction", reaction(rng), None),
        71..=72 => ("m.sticker", sticker(rng), None),
        73..=76 => return redaction(rng),
        77..=90 => return member(rng),
        91 => ("m.room.name", json!({"name": rng.text(20)}), Some("")),
        92 => ("m.room.topic", json!({"topic": rng.text(80)}), Some("")),
        93 => ("m.room.power_levels", power_levels(rng), Some("")),
        94 => ("m.room.join_rules", join_rules(rng), Some("")),
        95 => ("m.room.canonical_alias", alias(rng), Some("")),
        96 => ("m.room.history_visibility", json!({"history_visibility": "shared"}), Some("")),
        97 => ("m.room.pinned_events", json!({"pinned": [event_id(rng), event_id(rng)]}), Some("")),
        98 => ("m.room.server_acl", acl(rng), Some("")),
        _ => ("m.room.create", create(rng), Some("")),
    };
    envelope(rng, event_type, content, state_key)
}

fn envelope(rng: &mut Rng, event_type: &str, content: Value, state_key: Option<&str>) -> Value {
    let mut event = json!({
        "content": content,
        "event_id": event_id(rng),
        "origin_server_ts": 1_700_000_000_000_u64 + rng.below(100_000_000) as u64,
        "room_id": ROOM,
        "sender": user(rng),
        "type": event_type,
        "unsigned": {"age": rng.below(1_000_000)},
    });
    if let Some(state_key) = state_key {
        event["state_key"] = state_key.into();
    } else if rng.chance(20) {
        event["unsigned"]["transaction_id"] = format!("m{}.{}", rng.below(1 << 40), rng.below(100)).into();
    }
    event
}

fn event_id(rng: &mut Rng) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    (0..43).fold(String::from("$"), |id, _| id + &char::from(*rng.pick(LETTERS)).to_string())
}

fn user(rng: &mut Rng) -> String {
    format!(
        "@user-{}:{}",
        rng.below(200),
        rng.pick(&["matrix.example.org", "example.com", "chat.example.net:8448"])
    )
}

fn body(rng: &mut Rng) -> String {
    let length = rng.between(5, 160);
    let text = rng.text(length);
    if rng.chance(30) { format!("{text}\n“{}” 👍", rng.text(10)) } else { text }
}

fn text(rng: &mut Rng) -> Value {
    let body = body(rng);
    match rng.below(10) {
        0..6 => json!({"body": body, "m.mentions": {}, "msgtype": "m.text"}),
        6..8 => json!({
            "body": body, "format": "org.matrix.custom.html", "formatted_body": format!("<p>{body}</p>"),
            "m.mentions": {"user_ids": [user(rng)]}, "msgtype": "m.text",
        }),
        8 => json!({"body": body, "msgtype": "m.notice"}),
        _ => json!({"body": body, "m.mentions": {}, "msgtype": "m.emote"}),
    }
}

fn reply(rng: &mut Rng) -> Value {
    let mut content = text(rng);
    content["m.relates_to"] = if rng.chance(50) {
        json!({"m.in_reply_to": {"event_id": event_id(rng)}})
    } else {
        json!({
            "event_id": event_id(rng), "is_falling_back": true,
            "m.in_reply_to": {"event_id": event_id(rng)}, "rel_type": "m.thread",
        })
    };
    content
}

fn edit(rng: &mut Rng) -> Value {
    let new = text(rng);
    let mut content = new.clone();
    content["body"] = format!("* {}", new["body"].as_str().expect("a body")).into();
    content["m.new_content"] = new;
    content["m.relates_to"] = json!({"event_id": event_id(rng), "rel_type": "m.replace"});
    content
}

fn mxc(rng: &mut Rng) -> String {
    format!("mxc://matrix.example.org/{}", &event_id(rng)[1..25])
}

fn image_info(rng: &mut Rng) -> Value {
    json!({
        "h": rng.between(100, 3000), "w": rng.between(100, 3000), "mimetype": "image/jpeg",
        "size": rng.between(10_000, 4_000_000), "xyz.amorgan.blurhash": "LGF5?xYk^6#M@-5c,1J5@[or[Q6.",
        "thumbnail_info": {"h": 600, "mimetype": "image/jpeg", "size": rng.between(1000, 99_999), "w": 800},
        "thumbnail_url": mxc(rng),
    })
}

fn image(rng: &mut Rng) -> Value {
    json!({
        "body": "IMG_20260114_101520.jpg", "filename": "IMG_20260114_101520.jpg", "info": image_info(rng),
        "m.mentions": {}, "msgtype": "m.image", "url": mxc(rng),
    })
}

fn encrypted_file(rng: &mut Rng) -> Value {
    json!({
        "body": "report.pdf",
        "file": {
            "hashes": {"sha256": "BjfUcsu9C1PWDDmvJaOM7qHVtSlzqYKvbmhsJfCcYYA"},
            "iv": "9rt31pzNnzMAAAAAAAAAAA",
            "key": {
                "alg": "A256CTR", "ext": true, "k": "XK7DPSvSkGsGBJ3PoHdUnE9EFJRXyGKpCzqzUQdZyMk",
                "key_ops": ["encrypt", "decrypt"], "kty": "oct",
            },
            "url": mxc(rng), "v": "v2",
        },
        "filename": "report.pdf",
        "info": {"mimetype": "application/pdf", "size": rng.between(1000, 9_999_999)},
        "msgtype": "m.file",
    })
}

fn encrypted(rng: &mut Rng) -> Value {
    let length = rng.between(200, 900);
    let ciphertext = (0..length / 40).fold(String::new(), |text, _| text + &event_id(rng)[1..41]);
    let mut content = json!({
        "algorithm": "m.megolm.v1.aes-sha2", "ciphertext": ciphertext, "device_id": "RJYKSTBOIE",
        "sender_key": "IlRMeOPX2e0MurIyfWEucYBRVOEEUMrOHqn/8mLqMjA",
        "session_id": "X3lUlvLELLYxeTx4yOVu6UDpasGEVO0Jbu+QFnm0cKQ",
    });
    if rng.chance(30) {
        content["m.relates_to"] = json!({"m.in_reply_to": {"event_id": event_id(rng)}});
    }
    content
}

fn reaction(rng: &mut Rng) -> Value {
    let key = *rng.pick(&["👍️", "❤️", "😂", "🎉", "+1"]);
    json!({"m.relates_to": {"event_id": event_id(rng), "key": key, "rel_type": "m.annotation"}})
}

fn sticker(rng: &mut Rng) -> Value {
    json!({"body": "Landing", "info": image_info(rng), "url": mxc(rng)})
}

fn redaction(rng: &mut Rng) -> Value {
    let redacts = event_id(rng);
    let mut event = envelope(rng, "m.room.redaction", json!({"reason": "spam", "redacts": redacts}), None);
    event["redacts"] = redacts.into();
    event
}

fn member(rng: &mut Rng) -> Value {
    let user = user(rng);
    let join = json!({
        "avatar_url": mxc(rng), "displayname": rng.text(12), "membership": "join",
    });
    let content = match rng.below(10) {
        0..6 => join.clone(),
        6 | 7 => json!({"membership": "leave", "reason": "the server is shut down"}),
        8 => json!({"displayname": "Ann", "is_direct": true, "membership": "invite"}),
        _ => json!({"membership": "ban", "reason": "spam"}),
    };
    let mut event = envelope(rng, "m.room.member", content, Some(&user));
    if rng.chance(40) {
        event["unsigned"]["prev_content"] = join;
        event["unsigned"]["replaces_state"] = event_id(rng).into();
        event["unsigned"]["prev_sender"] = user.clone().into();
    }
    event["sender"] = user.into();
    event
}

fn power_levels(rng: &mut Rng) -> Value {
    let users = (0..rng.between(1, 12)).map(|_| (user(rng), json!(rng.between(1, 101)))).collect();
    json!({
        "ban": 50, "events": {
            "m.room.avatar": 50, "m.room.canonical_alias": 50, "m.room.encryption": 100,
            "m.room.history_visibility": 100, "m.room.name": 50, "m.room.power_levels": 100,
            "m.room.server_acl": 100, "m.room.tombstone": 100,
        },
        "events_default": 0, "invite": 0, "kick": 50, "notifications": {"room": 50}, "redact": 50,
        "state_default": 50, "users": Value::Object(users), "users_default": 0,
    })
}

fn join_rules(rng: &mut Rng) -> Value {
    if rng.chance(50) {
        return json!({"join_rule": "invite"});
    }
    let allow = json!([{"room_id": "!space:example.org", "type": "m.room_membership"}]);
    json!({"allow": allow, "join_rule": "restricted"})
}

fn alias(rng: &mut Rng) -> Value {
    json!({
        "alias": format!("#room-{}:matrix.example.org", rng.below(99)),
        "alt_aliases": ["#other:matrix.example.org", "#third:example.com"],
    })
}

fn acl(rng: &mut Rng) -> Value {
    let deny: Vec<String> = (0..rng.between(1, 9)).map(|n| format!("*.bad-{n}.example")).collect();
    json!({"allow": ["*"], "allow_ip_literals": false, "deny": deny})
}

fn create(rng: &mut Rng) -> Value {
    json!({
        "creator": user(rng), "m.federate": true, "room_version": "10", "type": "m.space",
        "predecessor": {"event_id": event_id(rng), "room_id": "!old:example.org"},
    })
}
