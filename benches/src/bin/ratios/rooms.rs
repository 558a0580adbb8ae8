//! State resolution.

use std::hint::black_box;

use matrix_benches::peer::PeerRoom;
use matrix_benches::rooms::{Options, Room};
use matrix_benches::table::{Table, timed};
use matrix_roomversion::RoomVersion;
use matrix_stateres::resolve;

const VERSION: RoomVersion = RoomVersion::V11;

pub(crate) fn rows(table: &mut Table) {
    for events in [1_000, 10_000] {
        for sets in [2, 8] {
            let options = Options::new(1, VERSION, events, sets);
            room(table, &format!("resolve {events} events, {sets} sets"), options);
        }
    }
    room(table, "resolve 100000 events, 8 sets", Options::new(1, VERSION, 100_000, 8));
    for events in [10_000, 100_000] {
        let name = format!("build and resolve {events} events, 8 sets");
        cold(table, &name, Options::new(1, VERSION, events, 8));
    }
    for listed_users in [10, 1_000] {
        let options = Options { listed_users, ..Options::new(1, VERSION, 10_000, 8) };
        room(table, &format!("resolve 10000 events, 8 sets, {listed_users} more users with levels"), options);
    }
    for events in [20_000, 40_000] {
        let options = Options { power_percent: 60, ..Options::new(1, VERSION, events, 2) };
        room(table, &format!("resolve {events} events, 2 sets, long power-level chains"), options);
    }
}

/// A room with everything prepared: ours has its graph and states, ruma its events, states and auth chains.
fn room(table: &mut Table, name: &str, options: Options) {
    if !table.wants(name) {
        return;
    }
    let room = Room::generate(options);
    let (graph, states) = room.graph();
    let peer = PeerRoom::new(&room);
    let chains = peer.auth_chains();
    table.row(
        name,
        || timed(|| resolve(&graph, black_box(&states)).expect("a resolution")),
        || {
            let chains = chains.clone();
            timed(|| peer.resolve(black_box(chains)).expect("a resolution"))
        },
    );
}

/// A room with its events alone prepared: ours builds graph and states, ruma's caller the auth chains.
fn cold(table: &mut Table, name: &str, options: Options) {
    if !table.wants(name) {
        return;
    }
    let room = Room::generate(options);
    let peer = PeerRoom::new(&room);
    table.row(
        name,
        || {
            timed(|| {
                let (graph, states) = black_box(&room).graph();
                let resolved = resolve(&graph, &states).expect("a resolution");
                (graph, states, resolved)
            })
        },
        || timed(|| peer.resolve(black_box(&peer).auth_chains()).expect("a resolution")),
    );
}
