//! State resolution: the same rooms through both.

use matrix_benches::peer::{PeerRoom, PlainState, plain};
use matrix_benches::rooms::{Options, Room, RoomEvent};
use matrix_roomversion::RoomVersion;
use matrix_stateres::{resolve, resolve_with_trace};
use serde_json::Value;

const ROOMS_FOR_EACH_VERSION: u64 = 60;

pub(crate) fn versions() -> impl Iterator<Item = RoomVersion> {
    RoomVersion::ALL.iter().copied().filter(|version| *version >= RoomVersion::V6)
}

/// Rooms of all sizes; every second one holds events that its states deny.
pub(crate) fn options(seed: u64, version: RoomVersion) -> Options {
    let branches = [2, 3, 4, 5, 8, 13, 21, 32][(seed % 8) as usize];
    let events = 40 + (seed as usize * 37) % 360;
    Options {
        honest: seed.is_multiple_of(2),
        users: 6 + (seed as usize % 5) * 5,
        power_percent: [4, 8, 30][(seed % 3) as usize],
        ..Options::new(seed, version, events, branches)
    }
}

fn ours(room: &Room) -> PlainState {
    let (graph, states) = room.graph();
    let resolved = resolve(&graph, &states).expect("states of the graph");
    graph
        .entries(&resolved)
        .into_iter()
        .map(|(event_type, key, id)| ((event_type.to_owned(), key.to_owned()), id.to_string()))
        .collect()
}

fn peers(room: &Room) -> PlainState {
    let peer = PeerRoom::new(room);
    plain(&peer.resolve(peer.auth_chains()).expect("ruma resolves"))
}

fn differences(ours: &PlainState, peers: &PlainState) -> Vec<String> {
    let keys: std::collections::BTreeSet<_> = ours.keys().chain(peers.keys()).collect();
    keys.into_iter()
        .filter(|key| ours.get(*key) != peers.get(*key))
        .map(|key| format!("{key:?}: ours {:?}, ruma's {:?}", ours.get(key), peers.get(key)))
        .collect()
}

fn compare(options: Options) -> Result<usize, String> {
    let room = Room::generate(options);
    let found = differences(&ours(&room), &peers(&room));
    if found.is_empty() {
        Ok(room.events.len())
    } else {
        Err(format!("{options:?}\n  {}", found.join("\n  ")))
    }
}

#[test]
fn states_resolve_alike_in_every_room() {
    let options =
        versions().flat_map(|version| (0..ROOMS_FOR_EACH_VERSION).map(move |seed| options(seed, version)));
    let failed: Vec<String> = options.filter_map(|options| compare(options).err()).collect();
    assert!(failed.is_empty(), "{} rooms differ:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn states_resolve_alike_in_rooms_that_are_not_federated() {
    let options = versions().flat_map(|version| {
        (0..12).map(move |seed| Options { unfederated: true, ..options(1_000 + seed, version) })
    });
    let failed: Vec<String> = options.filter_map(|options| compare(options).err()).collect();
    assert!(failed.is_empty(), "{} rooms differ:\n{}", failed.len(), failed.join("\n"));
}

/// Whether a difference about this event is accepted: `JoinRuleUnreadable` and `SelectionFromUnreadable`.
fn unreadable(event: &RoomEvent) -> bool {
    let content: Value = serde_json::from_str(&event.content).expect("JSON");
    let is_user = |value: &Value| value.as_str().is_some_and(|id| id.starts_with('@'));
    match &*event.event_type {
        "m.room.join_rules" => !content["join_rule"].is_string(),
        "m.room.member" => {
            content.get("third_party_invite").is_some()
                || content.get("join_authorised_via_users_server").is_some_and(|user| !is_user(user))
        }
        _ => false,
    }
}

/// Odd contents, as far as the rules let them into a room: from room 10 on, where nothing about power levels is
/// accepted to differ, and in rooms where no other accepted difference can show.
#[test]
fn states_resolve_alike_with_odd_contents() {
    let versions = versions().filter(|version| *version >= RoomVersion::V10);
    let rooms = versions
        .flat_map(|version| (0..100).map(move |seed| options(3_000 + seed, version)))
        .map(|options| Room::generate(Options { honest: true, odd_percent: 6, ..options }));
    let mut compared = 0;
    for room in rooms {
        if !room.events.iter().any(unreadable) {
            compared += 1;
            assert_eq!(differences(&ours(&room), &peers(&room)), Vec::<String>::new());
        }
    }
    assert!(compared >= 25, "{compared} rooms left");
}

/// The comparisons above say something only if there is something to resolve.
#[test]
fn generated_rooms_are_in_conflict_and_resolution_denies_events() {
    for version in versions() {
        let (mut tried, mut denied) = (0, 0);
        for seed in 0..ROOMS_FOR_EACH_VERSION {
            let room = Room::generate(options(seed, version));
            let (graph, states) = room.graph();
            let trace = resolve_with_trace(&graph, &states).expect("states of the graph").trace;
            tried += trace.tried(&graph).count();
            denied += trace.tried(&graph).filter(|(_, verdict)| verdict.is_err()).count();
        }
        let rooms = ROOMS_FOR_EACH_VERSION as usize;
        assert!(tried > 50 * rooms && denied > 10 * rooms, "{version:?}: {tried} tried, {denied} denied");
    }
}
