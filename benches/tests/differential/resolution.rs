//! State resolution: the same rooms through both.

use matrix_benches::peer::{PeerRoom, PlainState, plain};
use matrix_benches::rooms::{Options, Room};
use matrix_roomversion::RoomVersion;
use matrix_stateres::resolve;

const ROOMS_FOR_EACH_VERSION: u64 = 60;

pub(crate) fn versions() -> impl Iterator<Item = RoomVersion> {
    RoomVersion::ALL.iter().copied().filter(|version| *version >= RoomVersion::V6)
}

/// Rooms of all sizes; every second one holds events that its states deny.
pub(crate) fn options(seed: u64, version: RoomVersion) -> Options {
    let branches = [2, 3, 4, 5, 8, 13, 21, 32][(seed % 8) as usize];
    let events = 40 + (seed as usize * 37) % 360;
    Options {
        honest: seed % 2 == 0,
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
    if found.is_empty() { Ok(room.events.len()) } else { Err(format!("{options:?}\n  {}", found.join("\n  "))) }
}

#[test]
fn states_resolve_alike_in_every_room() {
    let options = versions().flat_map(|version| (0..ROOMS_FOR_EACH_VERSION).map(move |seed| options(seed, version)));
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
