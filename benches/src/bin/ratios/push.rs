//! Push rules.

use std::hint::black_box;
use std::pin::pin;
use std::task::{Context as Polled, Poll, Waker};
use std::time::{Duration, Instant};

use matrix_authrules::{PowerLevels, RoomLevels};
use matrix_benches::table::Table;
use matrix_canonicaljson::{Mode, Object};
use matrix_identifiers::UserId;
use matrix_push::{CompiledRuleset, Context, Ruleset};
use matrix_roomversion::RoomVersion;
use ruma_common::push::{FlattenedJson, PushConditionPowerLevelsCtx, PushConditionRoomCtx};
use ruma_common::serde::Raw;

const ME: &str = "@me:example.org";
const TIMES: u32 = 20_000;

/// An event of each kind that a room has most of, and whether a rule is found for it.
const EVENTS: [(&str, &str); 4] = [
    (
        "a message",
        r#"{"type":"m.room.message","room_id":"!room:example.org","sender":"@alice:example.org","event_id":"$a",
        "origin_server_ts":1700000000000,"content":{"msgtype":"m.text","body":"The server is up again, thanks to Bob.",
        "format":"org.matrix.custom.html","formatted_body":"The server is up again, thanks to <b>Bob</b>.","m.mentions":{}}}"#,
    ),
    (
        "a mention",
        r#"{"type":"m.room.message","room_id":"!room:example.org","sender":"@alice:example.org","event_id":"$a",
        "origin_server_ts":1700000000000,"content":{"msgtype":"m.text","body":"Me: look at this",
        "m.mentions":{"user_ids":["@bob:example.org","@me:example.org"]}}}"#,
    ),
    (
        "a topic, which matches nothing",
        r#"{"type":"m.room.topic","room_id":"!room:example.org","sender":"@alice:example.org","event_id":"$a","state_key":"",
        "origin_server_ts":1700000000000,"content":{"topic":"What is up"}}"#,
    ),
    (
        "an encrypted event",
        r#"{"type":"m.room.encrypted","room_id":"!room:example.org","sender":"@alice:example.org","event_id":"$a",
        "origin_server_ts":1700000000000,"content":{"algorithm":"m.megolm.v1.aes-sha2","ciphertext":"AwgAEnACgAkLmt6qF84IK",
        "device_id":"ABCDEFGH","sender_key":"key","session_id":"session"}}"#,
    ),
];

pub(crate) fn rows(table: &mut Table) {
    let user = UserId::parse(ME).expect("a user ID");
    let rules = Ruleset::predefined(user).compile();
    let authorization = &RoomVersion::V11.rules().authorization;
    let levels = PowerLevels::parse("{}", authorization);
    let levels = RoomLevels::new(authorization, None, Some(&levels));
    let context = Context::new(user).with_display_name("Me").with_member_count(9).with_levels(levels);
    let peer = Peer::new();
    for (name, json) in EVENTS {
        let event = Object::parse(json.as_bytes(), Mode::Strict).expect("an event");
        let raw: Raw<serde_json::Value> = serde_json::from_str(json).expect("an event");
        let flat = FlattenedJson::from_raw(&raw);
        assert_eq!(rules.evaluate(&event, &context).is_some(), peer.of_flat(&flat), "{name}");
        table.row(
            &format!("push rules: {name}, read already"),
            || each(|| rules.evaluate(black_box(&event), &context).is_some()),
            || each(|| peer.of_flat(black_box(&flat))),
        );
        table.row(
            &format!("push rules: {name}, from its text"),
            || each(|| from_text(&rules, black_box(json), &context)),
            || each(|| peer.of_raw(black_box(&raw))),
        );
    }
}

/// The mean time of an evaluation.
fn each(work: impl Fn() -> bool) -> Duration {
    let start = Instant::now();
    for _ in 0..TIMES {
        black_box(work());
    }
    start.elapsed() / TIMES
}

fn from_text(rules: &CompiledRuleset, json: &str, context: &Context<'_>) -> bool {
    let event = Object::parse(json.as_bytes(), Mode::Strict).expect("an event");
    rules.evaluate(&event, context).is_some()
}

struct Peer {
    rules: ruma_common::push::Ruleset,
    context: PushConditionRoomCtx,
}

impl Peer {
    fn new() -> Self {
        let user: ruma_common::OwnedUserId = ME.try_into().expect("a user ID");
        let room: ruma_common::OwnedRoomId = "!room:example.org".try_into().expect("a room ID");
        let power_levels = PushConditionPowerLevelsCtx::new(
            [].into(),
            0_u8.into(),
            Default::default(),
            ruma_common::room_version_rules::RoomPowerLevelsRules::new(
                &ruma_common::room_version_rules::AuthorizationRules::V11,
                None,
            ),
        );
        Self {
            rules: ruma_common::push::Ruleset::server_default(&user),
            context: PushConditionRoomCtx::new(room, 9_u8.into(), user, "Me".to_owned())
                .with_power_levels(power_levels),
        }
    }

    /// What `get_match` does once it has read the event.
    fn of_flat(&self, event: &FlattenedJson) -> bool {
        now(async {
            for rule in &self.rules {
                if rule.applies(event, &self.context).await {
                    return true;
                }
            }
            false
        })
    }

    fn of_raw(&self, event: &Raw<serde_json::Value>) -> bool {
        now(self.rules.get_match(event, &self.context)).is_some()
    }
}

/// Runs what never waits.
fn now<T>(work: impl Future<Output = T>) -> T {
    match pin!(work).poll(&mut Polled::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("it waits"),
    }
}
