//! Counts what an event graph allocates: prints a Markdown table, and fails where an event of the room of 100,000 takes
//! more than 250 bytes beside the text of its ID.

use std::process::ExitCode;

use matrix_benches::rooms::{Options, Room};
use matrix_roomversion::RoomVersion;
use matrix_stateres::{EventGraph, StateSet};

const LIMIT: u64 = 250;

fn main() -> ExitCode {
    println!(
        "| room | bytes for each event, beside its ID | the IDs' text | with the states | after compaction |"
    );
    println!("|---|---|---|---|---|");
    let mut exceeded = false;
    for (events, listed_users) in [(1_000, 0), (10_000, 0), (100_000, 0), (10_000, 1_000)] {
        let room = Room::generate(Options { listed_users, ..Options::new(1, RoomVersion::V11, events, 8) });
        let text: u64 = room.events.iter().map(|event| event.event_id.as_str().len() as u64).sum();
        let count = room.events.len() as u64;
        let mut made: Option<(EventGraph, Vec<StateSet>)> = None;
        let graph = kept(|| {
            let mut graph = EventGraph::new(room.version.rules());
            for event in &room.events {
                graph.insert(event).expect("an event of the room");
            }
            made = Some((graph, Vec::new()));
        });
        let each = (graph - text) / count;
        let with_states = kept(|| made = Some(room.graph()));
        // What was made before is dropped inside, and counted as given back.
        let with_states = with_states.wrapping_add(graph);
        let mut removed = 0;
        let compacted = kept(|| {
            if let Some((graph, states)) = &mut made {
                removed = graph.compact(states).expect("states of the graph");
            }
        });
        let listed =
            if listed_users > 0 { format!(", {listed_users} more users with levels") } else { String::new() };
        println!(
            "| {events} events, 8 states{listed} | {each} | {} | {} | {} ({removed} events removed) |",
            text / count,
            megabytes(with_states),
            megabytes(with_states.wrapping_add(compacted)),
        );
        exceeded |= events == 100_000 && each > LIMIT;
    }
    if exceeded { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// The bytes that a work has taken and not given back: modulo 2⁶⁴, for it may give back more.
fn kept(work: impl FnOnce()) -> u64 {
    allocation_counter::measure(work).bytes_current as u64
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
