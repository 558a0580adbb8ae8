//! Resolves a thousand rooms over all cores. Rooms have nothing to do with each other, and resolution is pure: rayon
//! needs no help.
//!
//!     cargo run --release -p examples --features rayon --example resolve_many
//!     cargo run --release -p examples --features rayon --example resolve_many -- 200
//!
//! Each room is the one that ships in `examples/data/v12-main`, its last merges resolved anew.

mod sample_room;

use std::{
    io::Write as _,
    process::ExitCode,
    time::{Duration, Instant},
};

use matrix_authrules::{Event as _, Pdu};
use matrix_identifiers::OwnedEventId;
use matrix_stateres::{EventGraph, Replay, StateSet, resolve};
use rayon::prelude::*;

use sample_room::Failure;

/// A room that waits to be resolved: its graph, and the states of branches that meet.
struct Room {
    graph: EventGraph,
    merges: Vec<Vec<StateSet>>,
}

fn main() -> ExitCode {
    let (report, code) = match run() {
        Ok(report) => (report, ExitCode::SUCCESS),
        Err(error) => (format!("error: {error}\n"), ExitCode::FAILURE),
    };
    // Nothing is left to be done where even this cannot be said.
    _ = std::io::stdout().write_all(report.as_bytes());
    code
}

fn run() -> Result<String, Failure> {
    let count = std::env::args().nth(1).map_or(Ok(1_000), |count| count.parse())?;
    let room = Sample::read()?;
    // A graph of its own for each room, as a server has it.
    let rooms: Vec<Room> = (0..count).into_par_iter().map(|_| room.rebuilt()).collect::<Result<_, _>>()?;
    let (one_by_one, alone) = timed(|| rooms.iter().map(Room::resolve).collect::<Vec<_>>());
    let (side_by_side, together) = timed(|| rooms.par_iter().map(Room::resolve).collect::<Vec<_>>());
    if one_by_one != side_by_side {
        return Err("the number of threads shows in a resolution".into());
    }
    let entries: usize = side_by_side.iter().flatten().map(StateSet::len).sum();
    let merges: usize = rooms.iter().map(|room| room.merges.len()).sum();
    Ok(format!(
        "{count} rooms, {merges} merges, {entries} entries of state\none by one    {alone:?}\non {} threads  {together:?}\n",
        rayon::current_num_threads()
    ))
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// The IDs of the events of a state.
type Entries = Vec<OwnedEventId>;

fn entries(graph: &EventGraph, state: &StateSet) -> Entries {
    graph.entries(state).into_iter().map(|(_, _, id)| id.to_owned()).collect()
}

/// The sample room as a store would hold it.
struct Sample {
    events: Vec<Pdu>,
    merges: Vec<Vec<Entries>>,
}

impl Sample {
    fn read() -> Result<Self, Failure> {
        let events: Vec<Pdu> = sample_room::events()?.into_iter().map(|(_, _, event)| event).collect();
        let mut replay = Replay::new(sample_room::rules());
        events.iter().for_each(|event| replay.feed(event));
        replay.run();
        let states = |event: &Pdu| -> Vec<Entries> {
            let states = event.prev_events().filter_map(|id| replay.state_after(id));
            states.map(|state| entries(replay.graph(), state)).collect()
        };
        let merges = events.iter().filter(|event| event.prev_events().count() > 1).map(states).collect();
        Ok(Self { merges, events })
    }

    fn rebuilt(&self) -> Result<Room, Failure> {
        let mut graph = EventGraph::new(sample_room::rules());
        for event in &self.events {
            graph.insert(event)?;
        }
        let state = |entries: &Entries| graph.state_set_of(entries.iter().map(|id| &**id));
        let merge = |states: &Vec<Entries>| states.iter().map(state).collect::<Result<Vec<_>, _>>();
        let merges = self.merges.iter().map(merge).collect::<Result<_, _>>()?;
        Ok(Room { graph, merges })
    }
}

impl Room {
    fn resolve(&self) -> Vec<StateSet> {
        self.merges.iter().filter_map(|states| resolve(&self.graph, states).ok()).collect()
    }
}
