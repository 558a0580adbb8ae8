//! Identifiers and links as rooms and messages hold them, the same in every run.

use crate::rng::Rng;

const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
const LOCALPART: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789._=-";
const HASH: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn word(rng: &mut Rng, alphabet: &[u8], from: usize, to: usize) -> String {
    (0..rng.between(from, to)).map(|_| char::from(*rng.pick(alphabet))).collect()
}

/// DNS names mostly; one in ten with a port, one in twenty an IP address.
fn server_name(rng: &mut Rng) -> String {
    let host = match rng.below(20) {
        0 if rng.chance(50) => format!("{}.{}.0.1", rng.between(1, 256), rng.below(256)),
        0 => format!("[2001:db8::{:x}]", rng.below(0xFFFF)),
        1..8 => format!("matrix.{}.{}", word(rng, LOWER, 3, 12), word(rng, LOWER, 2, 4)),
        _ => format!("{}.{}", word(rng, LOWER, 3, 14), word(rng, LOWER, 2, 4)),
    };
    if rng.chance(10) { format!("{host}:{}", rng.between(80, 9000)) } else { host }
}

/// One in fifty historical, with capitals.
fn user_id(rng: &mut Rng) -> String {
    let localpart = match rng.below(50) {
        0 => format!("Old_{}", word(rng, LOCALPART, 3, 8)),
        1..10 => format!("_bridge_{}", word(rng, LOCALPART, 9, 18)),
        _ => word(rng, LOCALPART, 3, 14),
    };
    format!("@{localpart}:{}", server_name(rng))
}

fn hash(rng: &mut Rng) -> String {
    format!("{}A", word(rng, HASH, 42, 43))
}

fn many(seed: u64, count: usize, make: impl Fn(&mut Rng) -> String) -> Vec<String> {
    let mut rng = Rng::new(seed);
    (0..count).map(|_| make(&mut rng)).collect()
}

/// User IDs, as those that send and receive.
pub fn user_ids(seed: u64, count: usize) -> Vec<String> {
    many(seed, count, user_id)
}

/// Server names.
pub fn server_names(seed: u64, count: usize) -> Vec<String> {
    many(seed, count, server_name)
}

/// Event IDs: nine in ten of rooms of version 4 and later, the others of rooms 1 and 2.
pub fn event_ids(seed: u64, count: usize) -> Vec<String> {
    many(seed, count, |rng| match rng.below(10) {
        0 => format!("${}:{}", word(rng, HASH, 18, 24).replace(['-', '_'], "x"), server_name(rng)),
        _ => format!("${}", hash(rng)),
    })
}

/// Room aliases.
pub fn room_aliases(seed: u64, count: usize) -> Vec<String> {
    many(seed, count, |rng| format!("#{}:{}", word(rng, LOCALPART, 3, 20), server_name(rng)))
}

/// What links lead to, as the type words and the parts without sigils: users, aliases, rooms, events in rooms.
fn parts(rng: &mut Rng) -> Vec<(&'static str, String)> {
    let domain = format!("{}.org", word(rng, LOWER, 3, 12));
    match rng.below(4) {
        0 => vec![("u", format!("{}:{domain}", word(rng, LOCALPART, 3, 14)))],
        1 => vec![("r", format!("{}:{domain}", word(rng, LOCALPART, 3, 20)))],
        2 => vec![("roomid", format!("{}:{domain}", word(rng, LOWER, 18, 19)))],
        _ => vec![("roomid", format!("{}:{domain}", word(rng, LOWER, 18, 19))), ("e", hash(rng))],
    }
}

/// `matrix:` URIs; those of rooms and events have up to three `via`, some of those of rooms and users an action.
///
/// IPv6 names are left out, because ruma writes and reads them without percent-encoding.
pub fn uris(seed: u64, count: usize) -> Vec<String> {
    many(seed, count, |rng| {
        let parts = parts(rng);
        let path: Vec<String> = parts.iter().map(|(kind, id)| format!("{kind}/{id}")).collect();
        let (mut query, action) = arguments(rng, &parts);
        query.extend(action.map(|action| format!("action={action}")));
        join(&format!("matrix:{}", path.join("/")), &query)
    })
}

/// matrix.to links to the same things, a third of them with `:` and sigils encoded.
pub fn links(seed: u64, count: usize) -> Vec<String> {
    many(seed, count, |rng| {
        let parts = parts(rng);
        let encoded = rng.chance(33);
        let path: Vec<String> = parts.iter().map(|(kind, id)| with_sigil(kind, id, encoded)).collect();
        let query = arguments(rng, &parts).0;
        join(&format!("https://matrix.to/#/{}", path.join("/")), &query)
    })
}

fn with_sigil(kind: &str, id: &str, encoded: bool) -> String {
    let (bare, code) = match kind {
        "u" => ("@", "%40"),
        "r" => ("%23", "%23"),
        "roomid" => ("!", "%21"),
        _ => ("$", "%24"),
    };
    if encoded { format!("{code}{}", id.replace(':', "%3A")) } else { format!("{bare}{id}") }
}

fn arguments(rng: &mut Rng, parts: &[(&'static str, String)]) -> (Vec<String>, Option<&'static str>) {
    let (servers, action) = match parts {
        [("u", _)] => (0, "chat"),
        [("r", _)] => (0, "join"),
        [_] => (rng.below(4), "join"),
        _ => return ((0..rng.below(4)).map(|_| via(rng)).collect(), None),
    };
    ((0..servers).map(|_| via(rng)).collect(), rng.chance(30).then_some(action))
}

fn via(rng: &mut Rng) -> String {
    format!("via={}.{}", word(rng, LOWER, 3, 14), word(rng, LOWER, 2, 4))
}

fn join(base: &str, query: &[String]) -> String {
    if query.is_empty() { base.to_owned() } else { format!("{base}?{}", query.join("&")) }
}
