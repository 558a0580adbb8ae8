//! State resolution: ours and ruma's side by side, everything prepared for both.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use matrix_benches::peer::PeerRoom;
use matrix_benches::rooms::{Options, Room};
use matrix_roomversion::RoomVersion;
use matrix_stateres::resolve;

fn resolution(criterion: &mut Criterion) {
    for events in [1_000, 10_000] {
        for sets in [2, 8] {
            let room = Room::generate(Options::new(1, RoomVersion::V11, events, sets));
            let (graph, states) = room.graph();
            let peer = PeerRoom::new(&room);
            let chains = peer.auth_chains();
            let mut group = criterion.benchmark_group(format!("resolve/{events} events/{sets} sets"));
            group.sample_size(20);
            group.bench_function("ours", |bencher| bencher.iter(|| resolve(&graph, black_box(&states))));
            group.bench_function("ruma", |bencher| {
                bencher.iter_batched(|| chains.clone(), |chains| peer.resolve(chains), BatchSize::LargeInput);
            });
            group.finish();
        }
    }
}

criterion_group!(benches, resolution);
criterion_main!(benches);
