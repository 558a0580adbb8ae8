//! A little room out of bytes: its layout is told in the README of the seeds.

use matrix_identifiers::{EventId, OwnedEventId, OwnedRoomId, OwnedUserId, RoomId, UserId};
use matrix_roomversion::{EventIdFormat, RoomIdFormat, RoomVersion, RoomVersionRules};
use matrix_stateres::Event;

use crate::bytes::Bytes;

const MAX_EVENTS: usize = 40;
const TYPES: [&str; 10] = [
    "m.room.create",
    "m.room.member",
    "m.room.power_levels",
    "m.room.join_rules",
    "m.room.third_party_invite",
    "m.room.topic",
    "m.room.aliases",
    "m.room.message",
    "m.room.redaction",
    "org.example.state",
];
const USERS: [&str; 4] = ["@a:a.example", "@b:a.example", "@c:b.example", "@d:c.example"];
const STATE_KEYS: [Option<&str>; 8] = [
    Some(""),
    Some(USERS[0]),
    Some(USERS[1]),
    Some(USERS[2]),
    Some(USERS[3]),
    Some("token"),
    Some("a.example"),
    None,
];
const LEVELS: [&str; 12] = [
    "0",
    "50",
    "100",
    "-1",
    "99",
    "49",
    "101",
    "9007199254740991",
    "9223372036854775807",
    "\"50\"",
    "1.5",
    "null",
];

/// One event of the room.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RoomEvent {
    pub(crate) rejected: bool,
    event_id: OwnedEventId,
    room_id: Option<OwnedRoomId>,
    sender: OwnedUserId,
    event_type: &'static str,
    state_key: Option<&'static str>,
    content: String,
    origin_server_ts: i64,
    depth: i64,
    prev_events: Vec<OwnedEventId>,
    auth_events: Vec<OwnedEventId>,
    redacts: Option<OwnedEventId>,
}

/// A room: its version, and its events in the order in which they arrive.
pub(crate) struct Room {
    pub(crate) rules: &'static RoomVersionRules,
    pub(crate) events: Vec<RoomEvent>,
    /// The place of each event before they were shuffled.
    pub(crate) places: Vec<usize>,
}

impl Room {
    pub(crate) fn read(bytes: &mut Bytes<'_>) -> Self {
        let rules = bytes.of(&RoomVersion::ALL).rules();
        let count = bytes.below(MAX_EVENTS + 1);
        let events: Vec<RoomEvent> = (0..count).map(|number| event(bytes, number, count, rules)).collect();
        let order = bytes.take(count);
        let mut places: Vec<usize> = (0..count).collect();
        places.sort_by_key(|place| order[*place]);
        Self { rules, events: places.iter().map(|place| events[*place].clone()).collect(), places }
    }
}

fn event(bytes: &mut Bytes<'_>, number: usize, count: usize, rules: &RoomVersionRules) -> RoomEvent {
    let event_type = bytes.of(&TYPES);
    let sender = user(bytes.of(&USERS));
    let state_key = bytes.of(&STATE_KEYS);
    let choices = [bytes.next(), bytes.next()];
    let origin_server_ts = i64::from(bytes.next());
    let flags = bytes.next();
    let names_room = event_type != "m.room.create" || rules.room_id_format == RoomIdFormat::Domain;
    let id_of = |number: usize| event_id(number, rules);
    let auth_count = bytes.below(12);
    let auth_events = (0..auth_count).map(|_| id_of(bytes.below(count + 1))).collect();
    let prev_count = bytes.below(4);
    let prev_events = (0..prev_count).map(|_| id_of(bytes.below(count + 1))).collect();
    RoomEvent {
        rejected: flags & 1 != 0,
        event_id: id_of(number),
        room_id: (names_room != (flags & 0x40 != 0)).then(|| room_id(flags & 0x80 != 0, rules)),
        sender,
        event_type,
        state_key,
        content: content(event_type, choices),
        origin_server_ts,
        depth: i64::from(flags >> 1 & 0x0F),
        prev_events,
        auth_events,
        redacts: (event_type == "m.room.redaction").then(|| id_of(usize::from(choices[0]) % (count + 1))),
    }
}

/// IDs whose order is not that of the numbers.
fn event_id(number: usize, rules: &RoomVersionRules) -> OwnedEventId {
    let scattered = (number * 149 % 256) as u8;
    match rules.event_id_format {
        EventIdFormat::Field => {
            let server = if number % 7 == 6 { "b.example" } else { "a.example" };
            format!("$e{scattered}:{server}").parse().expect("an event ID")
        }
        EventIdFormat::Hash => OwnedEventId::from_hash_v3(&[scattered; 32]),
        EventIdFormat::UrlSafeHash => OwnedEventId::from_hash_v4(&[scattered; 32]),
    }
}

fn room_id(other: bool, rules: &RoomVersionRules) -> OwnedRoomId {
    match rules.room_id_format {
        RoomIdFormat::Domain if other => "!other:a.example".parse().expect("a room ID"),
        RoomIdFormat::Domain => "!room:a.example".parse().expect("a room ID"),
        RoomIdFormat::CreateHash => RoomId::from_create_event_id(&event_id(usize::from(other), rules))
            .expect("a hash makes a room ID"),
    }
}

fn content(event_type: &str, [first, second]: [u8; 2]) -> String {
    let (one, two) = (usize::from(first), usize::from(second));
    let user = |number: usize| USERS[number % USERS.len()];
    let level = |number: usize| LEVELS[number % LEVELS.len()];
    match event_type {
        "m.room.create" => match one % 6 {
            0 => format!(r#"{{"creator":"{}"}}"#, user(two)),
            1 => "{}".to_owned(),
            2 => format!(r#"{{"creator":"{}","m.federate":false}}"#, user(two)),
            3 => format!(r#"{{"additional_creators":["{}"]}}"#, user(two)),
            4 => format!(r#"{{"creator":"{}","room_version":"{}"}}"#, user(0), two % 14),
            _ => r#"{"creator":7,"additional_creators":["x"],"room_version":[]}"#.to_owned(),
        },
        "m.room.member" => {
            let word = ["join", "invite", "leave", "ban", "knock", "other"][one % 6];
            match two % 5 {
                1 => format!(r#"{{"membership":"{word}","join_authorised_via_users_server":"{}"}}"#, user(two / 5)),
                2 => format!(
                    r#"{{"membership":"{word}","third_party_invite":{{"display_name":"x","signed":{{"mxid":"{}","token":"token","signatures":{{"a.example":{{"ed25519:0":"AA"}}}}}}}}}}"#,
                    user(two / 5)
                ),
                3 => r#"{"membership":3}"#.to_owned(),
                _ => format!(r#"{{"membership":"{word}"}}"#),
            }
        }
        "m.room.power_levels" => format!(
            r#"{{"users":{{"{}":100,"{}":{}}},"users_default":{},"events":{{"m.room.topic":{}}},"ban":{},"state_default":{}}}"#,
            user(0),
            user(one % 3 + 1),
            level(one / 3),
            ["0", "50", "100"][two % 3],
            level(two / 3),
            level(one / 36),
            level(two / 36),
        ),
        "m.room.join_rules" => {
            let words = ["public", "invite", "knock", "restricted", "knock_restricted", "private", "other"];
            format!(r#"{{"join_rule":"{}"}}"#, words[one % words.len()])
        }
        "m.room.third_party_invite" => {
            r#"{"public_key":"AAAA","public_keys":[{"public_key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}"#
                .to_owned()
        }
        _ => format!(r#"{{"body":"{one}"}}"#),
    }
}

fn user(id: &str) -> OwnedUserId {
    id.parse().expect("a user ID")
}

impl Event for RoomEvent {
    fn event_id(&self) -> &EventId {
        &self.event_id
    }

    fn room_id(&self) -> Option<&RoomId> {
        self.room_id.as_deref()
    }

    fn sender(&self) -> &UserId {
        &self.sender
    }

    fn event_type(&self) -> &str {
        self.event_type
    }

    fn state_key(&self) -> Option<&str> {
        self.state_key
    }

    fn content(&self) -> &str {
        &self.content
    }

    fn origin_server_ts(&self) -> i64 {
        self.origin_server_ts
    }

    fn depth(&self) -> i64 {
        self.depth
    }

    fn prev_events(&self) -> impl Iterator<Item = &EventId> {
        self.prev_events.iter().map(|id| &**id)
    }

    fn auth_events(&self) -> impl Iterator<Item = &EventId> {
        self.auth_events.iter().map(|id| &**id)
    }

    fn redacts(&self) -> Option<&EventId> {
        self.redacts.as_deref()
    }
}
