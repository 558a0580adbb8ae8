//! Signed PDUs of all kinds, generated from a seed, as the bytes in which a server receives them.

use std::collections::BTreeMap;

use matrix_canonicaljson::{Mode, Object, Value};
use matrix_identifiers::{OwnedServerName, ServerName, UserId};
use matrix_roomversion::{EventFormat, RedactsLocation, RoomVersion};
use matrix_signatures::{KeyRing, SigningKey, VerifyKey, required_signers, sign_event, sign_json};
use serde_json::{Map, Value as Json, json};

use crate::rng::Rng;

/// The present, in milliseconds since 1970: all events are older, all keys valid for longer.
pub const NOW_MS: i64 = 1_700_100_000_000;

const SERVERS: [&str; 4] =
    ["matrix.example.org", "example.com", "chat.example.net:8448", "[2001:db8::1]:8448"];

/// PDUs and the keys of the servers that signed them.
#[derive(Debug)]
pub struct Corpus {
    /// The room version, 3 to 12.
    pub version: RoomVersion,
    /// The text of each event.
    pub pdus: Vec<Vec<u8>>,
    /// The public keys of the servers.
    pub keys: KeyRing,
    /// The secret halves.
    pub signers: BTreeMap<OwnedServerName, SigningKey>,
}

/// How an event is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As canonical JSON.
    Canonical,
    /// With keys in any order.
    Unsorted,
    /// With keys in any order, spaces, and escapes that canonical JSON does not have.
    Loose,
}

impl Corpus {
    /// Generates events: of ten, six in canonical form, three unsorted, one loose.
    ///
    /// # Panics
    ///
    /// For rooms 1 and 2.
    pub fn generate(seed: u64, version: RoomVersion, count: usize) -> Self {
        let mut rng = Rng::new(seed);
        let mut corpus = Self { version, pdus: Vec::new(), keys: KeyRing::new(), signers: BTreeMap::new() };
        for server in SERVERS {
            let key = SigningKey::from_seed("a_1", &rng.bytes()).expect("a version for a key");
            let server = ServerName::parse(server).expect("a server name");
            let valid_until_ts = Some(NOW_MS + 86_400_000);
            let public = VerifyKey { key: key.public_key(), valid_until_ts, expired_ts: None };
            corpus.keys.insert(server, key.key_id(), public);
            corpus.signers.insert(server.to_owned(), key);
        }
        for _ in 0..count {
            let event = corpus.event(&mut rng);
            let style = match rng.below(10) {
                0..6 => Style::Canonical,
                6..9 => Style::Unsorted,
                _ => Style::Loose,
            };
            corpus.pdus.push(write(&event, style, &mut rng));
        }
        corpus
    }

    /// Generates one event, hashed and signed by all who have to.
    ///
    /// # Panics
    ///
    /// Never, unless a crate does not take what it should.
    pub fn event(&self, rng: &mut Rng) -> Object {
        let json = unsigned_event(self.version, rng).to_string();
        let mut event = Object::parse(json.as_bytes(), Mode::Strict).expect("strict JSON");
        let sender = UserId::parse(event.get_str("sender").expect("a sender")).expect("a user ID").to_owned();
        self.sign(&mut event, sender.server_name());
        if rng.chance(30) {
            event.insert("unsigned", Object::from([("age", Value::from(i32::from(rng.chance(50)) * 4612))]));
        }
        event
    }

    /// Hashes an event and signs it for a server and for all others who have to.
    ///
    /// # Panics
    ///
    /// When the event cannot be redacted or a server has no key here.
    pub fn sign(&self, event: &mut Object, server: &ServerName) {
        let rules = self.version.rules();
        sign_event(event, server, &self.signers[server], rules).expect("an event to sign");
        let others: Vec<OwnedServerName> =
            required_signers(event, rules).expect("signers").into_iter().map(ToOwned::to_owned).collect();
        for other in others.iter().filter(|other| ***other != *server) {
            sign_event(event, other, &self.signers[other], rules).expect("an event to sign");
        }
    }
}

/// The text of an event.
pub fn write(event: &Object, style: Style, rng: &mut Rng) -> Vec<u8> {
    if style == Style::Canonical {
        return event.to_canonical();
    }
    let mut out = Vec::new();
    write_object(event, style, rng, &mut out);
    out
}

fn write_object(object: &Object, style: Style, rng: &mut Rng, out: &mut Vec<u8>) {
    let mut members: Vec<(&str, &Value)> = object.iter().collect();
    for at in (1..members.len()).rev() {
        members.swap(at, rng.below(at + 1));
    }
    let space: &[u8] = if style == Style::Loose { b" " } else { b"" };
    out.push(b'{');
    for (number, (key, value)) in members.into_iter().enumerate() {
        if number > 0 {
            out.push(b',');
            out.extend_from_slice(space);
        }
        write_string(key, style, out);
        out.push(b':');
        out.extend_from_slice(space);
        write_value(value, style, rng, out);
    }
    out.push(b'}');
}

fn write_value(value: &Value, style: Style, rng: &mut Rng, out: &mut Vec<u8>) {
    match value {
        Value::Object(object) => write_object(object, style, rng, out),
        Value::Array(items) => {
            out.push(b'[');
            for (number, item) in items.iter().enumerate() {
                if number > 0 {
                    out.push(b',');
                }
                write_value(item, style, rng, out);
            }
            out.push(b']');
        }
        Value::String(text) => write_string(text, style, out),
        other => other.write_canonical(out),
    }
}

fn write_string(text: &str, style: Style, out: &mut Vec<u8>) {
    if style != Style::Loose {
        Value::from(text).write_canonical(out);
        return;
    }
    out.push(b'"');
    for unit in text.chars() {
        match unit {
            '"' => out.extend_from_slice(b"\\\""),
            '\\' => out.extend_from_slice(b"\\\\"),
            '/' => out.extend_from_slice(b"\\/"),
            ' '..='~' => out.push(unit as u8),
            _ => {
                for half in unit.encode_utf16(&mut [0; 2]) {
                    out.extend_from_slice(format!("\\u{half:04x}").as_bytes());
                }
            }
        }
    }
    out.push(b'"');
}

/// The kinds of events, each as often as the number beside it says.
const KINDS: [(&str, usize); 17] = [
    ("m.room.message", 480),
    ("m.room.encrypted", 160),
    ("m.reaction", 60),
    ("m.room.member", 130),
    ("m.room.redaction", 30),
    ("m.room.topic", 20),
    ("m.room.name", 10),
    ("m.room.power_levels", 20),
    ("m.room.join_rules", 15),
    ("m.room.create", 10),
    ("m.room.history_visibility", 10),
    ("m.room.aliases", 10),
    ("m.room.canonical_alias", 10),
    ("m.room.server_acl", 10),
    ("m.room.third_party_invite", 10),
    ("m.room.tombstone", 5),
    ("org.example.custom", 10),
];

fn unsigned_event(version: RoomVersion, rng: &mut Rng) -> Json {
    let total: usize = KINDS.iter().map(|(_, weight)| weight).sum();
    let mut roll = rng.below(total);
    let kind = KINDS.iter().find(|(_, weight)| {
        let hit = roll < *weight;
        roll = roll.saturating_sub(*weight);
        hit
    });
    let kind = kind.map_or("m.room.message", |(kind, _)| kind);
    let sender = user(rng);
    let mut event = Map::new();
    event.insert("type".to_owned(), kind.into());
    event.insert("sender".to_owned(), sender.clone().into());
    if !(kind == "m.room.create" && version.rules().event_format == EventFormat::V12) {
        event.insert("room_id".to_owned(), room_id(version).into());
    }
    event
        .insert("origin_server_ts".to_owned(), (1_690_000_000_000 + rng.below(10_000_000_000) as i64).into());
    event.insert("depth".to_owned(), rng.between(1, 200_000).into());
    event.insert("prev_events".to_owned(), ids(rng, 1, 4));
    event.insert("auth_events".to_owned(), ids(rng, 3, 5));
    if rng.chance(60) {
        event.insert("origin".to_owned(), sender.split_once(':').map_or("", |(_, server)| server).into());
    }
    if let Some(state_key) = state_key(kind, &sender, rng) {
        event.insert("state_key".to_owned(), state_key.into());
    }
    let mut content = content(version, kind, rng);
    if kind == "m.room.redaction" {
        let target = event_id(rng);
        match version.rules().redaction.redacts_location {
            RedactsLocation::TopLevel => drop(event.insert("redacts".to_owned(), target.into())),
            RedactsLocation::Content => content["redacts"] = target.into(),
        }
    }
    event.insert("content".to_owned(), content);
    Json::Object(event)
}

fn room_id(version: RoomVersion) -> &'static str {
    match version.rules().event_format {
        EventFormat::V12 => "!Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg",
        EventFormat::V1 | EventFormat::V3 => "!cURbafjkfsMDVwdRDQ:matrix.example.org",
    }
}

fn user(rng: &mut Rng) -> String {
    format!("@user{:03}:{}", rng.below(500), rng.pick(&SERVERS))
}

fn event_id(rng: &mut Rng) -> String {
    matrix_identifiers::OwnedEventId::from_hash_v4(&rng.bytes()).to_string()
}

fn ids(rng: &mut Rng, low: usize, high: usize) -> Json {
    (0..rng.between(low, high)).map(|_| Json::from(event_id(rng))).collect()
}

fn state_key(kind: &str, sender: &str, rng: &mut Rng) -> Option<String> {
    match kind {
        "m.room.message" | "m.room.encrypted" | "m.reaction" | "m.room.redaction" => None,
        "m.room.member" if rng.chance(50) => Some(sender.to_owned()),
        "m.room.member" => Some(user(rng)),
        "m.room.third_party_invite" => Some(rng.text(20)),
        "m.room.aliases" => Some("example.com".to_owned()),
        _ => Some(String::new()),
    }
}

/// Text as people write it: some of it not ASCII, some with what JSON has to escape.
fn prose(rng: &mut Rng, length: usize) -> String {
    let mut text = rng.text(length);
    if rng.chance(25) {
        let more: &&str = rng.pick(&["Grüße aus Köln", "日本語の本文", "🎉 done 👍🏽", "naïve café", "Ω ≠ ω"]);
        text.push_str(more);
    }
    if rng.chance(20) {
        let more: &&str =
            rng.pick(&["\n> quoted\n", "she said \"no\"", "C:\\temp\\x", "tab\there", "\u{1}\u{1f}\u{7f}"]);
        text.push_str(more);
    }
    text
}

fn content(version: RoomVersion, kind: &str, rng: &mut Rng) -> Json {
    match kind {
        "m.room.message" => {
            let length = if rng.chance(20) { rng.between(300, 1500) } else { rng.between(10, 300) };
            let body = prose(rng, length);
            let formatted = format!("<p>{body}</p>");
            let mut content = json!({"msgtype": "m.text", "body": body});
            if rng.chance(30) {
                content["format"] = "org.matrix.custom.html".into();
                content["formatted_body"] = formatted.into();
            }
            if rng.chance(25) {
                content["m.relates_to"] =
                    json!({"rel_type": "m.thread", "event_id": event_id(rng), "is_falling_back": true});
            }
            if rng.chance(15) {
                content["info"] = json!({"w": rng.below(4000), "h": rng.below(4000), "size": rng.below(1 << 30), "mimetype": "image/png"});
                content["url"] = "mxc://example.com/AbCdEfGhIjKlMnOpQrStUvWx".into();
            }
            content["m.mentions"] = json!({});
            content
        }
        "m.room.encrypted" => json!({
            "algorithm": "m.megolm.v1.aes-sha2", "device_id": "QRSTUVWXYZ", "session_id": event_id(rng),
            "sender_key": event_id(rng), "ciphertext": (0..rng.between(6, 20)).map(|_| event_id(rng)).collect::<String>(),
        }),
        "m.reaction" => {
            json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": event_id(rng), "key": "👍"}})
        }
        "m.room.member" => member(version, rng),
        "m.room.topic" => json!({"topic": prose(rng, 80), "m.topic": {"m.text": [{"body": prose(rng, 80)}]}}),
        "m.room.name" => json!({"name": prose(rng, 20)}),
        "m.room.power_levels" => power_levels(rng),
        "m.room.join_rules" => json!({
            "join_rule": *rng.pick(&["public", "invite", "restricted", "knock"]),
            "allow": [{"type": "m.room_membership", "room_id": "!other:example.com"}],
        }),
        "m.room.create" => json!({
            "room_version": version.as_str(), "creator": user(rng), "m.federate": true, "type": "m.space",
            "predecessor": {"room_id": "!old:example.com", "event_id": event_id(rng)}, "org.example.extra": prose(rng, 9),
        }),
        "m.room.history_visibility" => json!({"history_visibility": "shared", "extra": 1}),
        "m.room.aliases" => json!({"aliases": ["#a:example.com", "#b:example.com"]}),
        "m.room.canonical_alias" => json!({"alias": "#größe:example.com", "alt_aliases": []}),
        "m.room.server_acl" => {
            json!({"allow": ["*"], "deny": ["*.evil.example", "bad.example"], "allow_ip_literals": false})
        }
        "m.room.third_party_invite" => json!({
            "display_name": prose(rng, 10), "key_validity_url": "https://id.example/valid", "public_key": event_id(rng),
            "public_keys": [{"public_key": event_id(rng)}],
        }),
        "m.room.tombstone" => json!({"body": "moved", "replacement_room": "!new:example.com"}),
        _ => json!({
            "numbers": [0, -1, 9_007_199_254_740_991_i64, -9_007_199_254_740_991_i64], "nothing": null, "yes": true,
            "deep": {"a": {"b": {"c": [[], {}, [{"é": prose(rng, 5), "z": 1, "\u{1F600}": 2, "\u{FF5E}": 3}]]}}},
        }),
    }
}

fn member(version: RoomVersion, rng: &mut Rng) -> Json {
    let membership = *rng.pick(&["join", "join", "join", "leave", "invite", "ban", "knock"]);
    let mut content = json!({"membership": membership});
    if rng.chance(70) {
        content["displayname"] = prose(rng, 8).into();
        content["avatar_url"] = "mxc://example.com/AbCdEfGhIjKlMnOpQrStUvWx".into();
    }
    if membership == "join" && rng.chance(25) {
        content["join_authorised_via_users_server"] = user(rng).into();
    }
    if membership == "invite" && rng.chance(30) && version >= RoomVersion::V3 {
        let mut signed = Object::new();
        signed.insert("mxid", user(rng));
        signed.insert("token", rng.text(12));
        let key = SigningKey::from_seed("0", &rng.bytes()).expect("a version for a key");
        sign_json(&mut signed, "id.example", &key).expect("an object to sign");
        let signed: Json = serde_json::from_slice(&signed.to_canonical()).expect("JSON");
        content["third_party_invite"] = json!({"display_name": "somebody", "signed": signed});
    }
    content
}

fn power_levels(rng: &mut Rng) -> Json {
    let users: Map<String, Json> =
        (0..rng.between(1, 25)).map(|_| (user(rng), rng.below(101).into())).collect();
    json!({
        "users": users, "users_default": 0, "events_default": 0, "state_default": 50, "ban": 50, "kick": 50,
        "redact": 50, "invite": 0, "historical": 100, "notifications": {"room": 50},
        "events": {"m.room.name": 50, "m.room.power_levels": 100, "m.room.tombstone": 100},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_about_1200_bytes_and_both_forms_occur() {
        let corpus = Corpus::generate(1, RoomVersion::V11, 3_000);
        let mean = corpus.pdus.iter().map(Vec::len).sum::<usize>() / corpus.pdus.len();
        assert!((1_100..1_300).contains(&mean), "{mean}");
        let canonical = corpus.pdus.iter().filter(|pdu| matrix_canonicaljson::is_canonical(pdu)).count();
        assert!((1_600..2_000).contains(&canonical), "{canonical}");
    }

    #[test]
    fn styles_differ_in_form_alone() {
        let corpus = Corpus::generate(2, RoomVersion::V12, 0);
        let mut rng = Rng::new(3);
        for _ in 0..300 {
            let event = corpus.event(&mut rng);
            for style in [Style::Unsorted, Style::Loose] {
                let text = write(&event, style, &mut rng);
                let read = Object::parse(&text, Mode::Strict).expect("strict JSON");
                assert_eq!(read, event);
            }
        }
    }
}
