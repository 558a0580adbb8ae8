//! Runs one resolution over and over, for a profiler.
use std::hint::black_box;
use std::time::Instant;
use matrix_benches::rooms::{Options, Room};
use matrix_roomversion::RoomVersion;
use matrix_stateres::resolve;
fn main() {
    let args: Vec<usize> = std::env::args().skip(1).map(|a| a.parse().unwrap()).collect();
    let [events, sets, power, listed, rounds] = args[..] else { panic!() };
    let mut o = Options::new(1, RoomVersion::V11, events, sets);
    o.power_percent = power; o.listed_users = listed;
    let room = Room::generate(o);
    let (graph, states) = room.graph();
    let mut t: Vec<f64> = (0..rounds).map(|_| { let s = Instant::now(); black_box(resolve(&graph, black_box(&states)).unwrap()); s.elapsed().as_secs_f64()*1e3 }).collect();
    t.sort_by(f64::total_cmp);
    println!("min {:.3} ms median {:.3} ms", t[0], t[t.len()/2]);
}
