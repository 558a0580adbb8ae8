//! State resolution.

use std::collections::BTreeSet;
use std::hint::black_box;

use matrix_benches::peer::PeerRoom;
use matrix_benches::rooms::{Options, Room, RoomEvent};
use matrix_benches::table::{Table, timed};
use matrix_roomversion::RoomVersion;
use matrix_stateres::{EventGraph, Method, Resolved, StateSet, resolve};

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
    room(table, "resolve 100000 events, 10 in conflict", small_conflict());
    growth(table);
    delta(table);
}

/// A room of 100,000 events that forked ten events ago.
fn small_conflict() -> Options {
    Options { before_fork: 99_990, ..Options::new(1, VERSION, 100_000, 2) }
}

/// Ours against ours: how the cost grows. The larger work stands on the right.
fn growth(table: &mut Table) {
    let listing = |listed_users| Options { listed_users, ..Options::new(1, VERSION, 10_000, 8) };
    let chains = |events| Options { power_percent: 60, ..Options::new(1, VERSION, events, 2) };
    for (name, small, large) in [
        ("growth: 10 and 1000 more users with levels, 10000 events", listing(10), listing(1_000)),
        ("growth: 20000 and 40000 events, long power-level chains", chains(20_000), chains(40_000)),
        (
            "growth: 10 in conflict and all, 100000 events",
            small_conflict(),
            Options::new(1, VERSION, 100_000, 8),
        ),
    ] {
        if table.wants(name) {
            let prepare = |options| Room::generate(options).graph();
            let (small, large) = (prepare(small), prepare(large));
            let work = |(graph, states): &(EventGraph, Vec<StateSet>)| {
                timed(|| resolve(graph, black_box(states)).expect("a resolution"))
            };
            table.row(name, || work(&small), || work(&large));
        }
    }
}

/// One more topic on one of eight branches: by the change, against in full.
fn delta(table: &mut Table) {
    let name = "delta of one topic and in full, 10000 events, 8 sets";
    if !table.wants(name) {
        return;
    }
    let room = Room::generate(Options::new(1, VERSION, 10_000, 8));
    let power_levels = |graph: &EventGraph, state: &StateSet| {
        graph.get(state, "m.room.power_levels", "").map(|id| id.to_owned())
    };
    // The branch whose power levels win, so that what is sent on it comes last in the order.
    let (graph, states) = room.graph();
    let winner = power_levels(&graph, &resolve(&graph, &states).expect("a resolution"));
    let branch = states.iter().position(|state| power_levels(&graph, state) == winner).unwrap_or(0);
    let state = &states[branch];
    // Whoever may set the topic by these power levels.
    let senders: BTreeSet<_> = room.events.iter().map(|event| event.sender.clone()).collect();
    let found = senders.into_iter().find_map(|sender| {
        let keys = [("m.room.create", ""), ("m.room.power_levels", ""), ("m.room.member", sender.as_str())];
        let auth = keys.map(|(kind, key)| graph.get(state, kind, key).map(|id| id.to_owned()));
        let topic = RoomEvent {
            event_id: "$a-topic".parse().expect("an event ID"),
            event_type: "m.room.topic".to_owned(),
            content: "{}".to_owned(),
            origin_server_ts: i64::MAX,
            auth_events: auth.into_iter().flatten().collect(),
            sender,
            ..room.events[0].clone()
        };
        let (mut graph, before) = room.graph();
        graph.insert(&topic).expect("an event of the room");
        let mut after = before.clone();
        graph.update(&mut after[branch], &topic.event_id).expect("an event of the graph");
        let resolved = Resolved::new(&graph, before).expect("a resolution");
        let updated = resolved.update(&graph, after.clone()).expect("a resolution");
        (updated.method() == Method::Delta).then_some((graph, resolved, after))
    });
    let (graph, resolved, after) = found.expect("somebody who may set the topic");
    table.row(
        name,
        || timed(|| resolved.update(&graph, black_box(after.clone())).expect("a resolution")),
        || timed(|| resolve(&graph, black_box(&after)).expect("a resolution")),
    );
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
