//! An async server resolves state out of a database: events in SQLite, tokio around it, no callback anywhere.
//!
//!     cargo run --release -p examples --features sqlite --example resolve_sqlite
//!
//! The sample room's events are stored in a database (in memory, or in a file that is named on the command line). Then
//! its last big merge is resolved: the graph starts with the events of the states that meet, and asks, batch by batch,
//! for the auth events that it lacks. Nothing else is loaded.

mod sample_room;

use std::{
    collections::BTreeSet,
    io::Write as _,
    path::Path,
    process::ExitCode,
    sync::{Arc, Mutex},
};

use matrix_authrules::Pdu;
use matrix_canonicaljson::{Mode, Object, Value};
use matrix_identifiers::{EventId, OwnedEventId};
use matrix_stateres::{EventGraph, StateSet, resolve};
use rusqlite::{Connection, OptionalExtension as _};

use sample_room::Failure;

const EXPECTED: &str = include_str!("data/v12-main/expected.json");

/// How many events are asked for at a time.
const BATCH: usize = 16;

#[tokio::main]
async fn main() -> ExitCode {
    let (report, code) = match run().await {
        Ok(report) => (report, ExitCode::SUCCESS),
        Err(error) => (format!("error: {error}\n"), ExitCode::FAILURE),
    };
    // Nothing is left to be done where even this cannot be said.
    _ = std::io::stdout().write_all(report.as_bytes());
    code
}

async fn run() -> Result<String, Failure> {
    let path = std::env::args().nth(1);
    let store = Store::open(path.as_deref().map(Path::new)).await?;
    let stored = store.fill().await?;
    let merge = Merge::largest()?;

    let mut graph = EventGraph::new(sample_room::rules());
    let wanted: BTreeSet<OwnedEventId> = merge.sets.iter().flatten().cloned().collect();
    let mut batches = 0;
    let mut next: Vec<OwnedEventId> = wanted.into_iter().collect();
    while !next.is_empty() {
        for batch in next.chunks(BATCH) {
            batches += 1;
            for (id, found) in store.load(batch.to_vec()).await? {
                match found {
                    Some((event, rejected)) => {
                        graph.insert(&event)?;
                        graph.set_rejected(&id, rejected)?;
                    }
                    // Another server would be asked here.
                    None => _ = graph.set_unavailable(&id),
                }
            }
        }
        next = graph.missing().take(BATCH).map(EventId::to_owned).collect();
    }

    let sets = merge.sets.iter().map(|set| graph.state_set_of(set.iter().map(|id| &**id)));
    let sets: Vec<StateSet> = sets.collect::<Result<_, _>>()?;
    let loaded = graph.len();
    // Resolution computes: a busy server keeps it off the threads that serve requests.
    let (graph, state) = tokio::task::spawn_blocking(move || {
        let state = resolve(&graph, &sets);
        (graph, state)
    })
    .await?;
    let state: Vec<OwnedEventId> =
        graph.entries(&state?).into_iter().map(|(_, _, id)| id.to_owned()).collect();
    if state.iter().collect::<BTreeSet<_>>() != merge.resolved.iter().collect() {
        return Err("the resolution is not that of the servers that made the room".into());
    }
    Ok(format!(
        "{stored} events stored; for the merge at {}, {loaded} were loaded in {batches} batches; the resolved state has {} \
         entries, as expected\n",
        merge.at,
        state.len()
    ))
}

/// A merge of the sample room, as its servers resolved it.
struct Merge {
    at: String,
    sets: Vec<Vec<OwnedEventId>>,
    resolved: Vec<OwnedEventId>,
}

impl Merge {
    /// Finds the merge of which the most is said.
    fn largest() -> Result<Self, Failure> {
        let expected = Object::parse(EXPECTED.as_bytes(), Mode::Lenient)?;
        let merges = expected.get_array("merges").ok_or("no merges")?;
        let size = |merge: &&Object| merge.get_array("state_before").map_or(0, <[Value]>::len);
        let merge = merges.iter().filter_map(Value::as_object).max_by_key(size).ok_or("no merges")?;
        let sets = merge.get_array("state_sets").ok_or("no state sets")?;
        Ok(Self {
            at: merge.get_str("event_id").unwrap_or_default().to_owned(),
            sets: sets.iter().map(|set| ids(set.as_array())).collect::<Result<_, _>>()?,
            resolved: ids(merge.get_array("state_before"))?,
        })
    }
}

/// The event IDs of a list of `[type, state_key, event_id]`.
fn ids(entries: Option<&[Value]>) -> Result<Vec<OwnedEventId>, Failure> {
    let id = |entry: &Value| entry.as_array()?.last()?.as_str().map(str::parse);
    entries.into_iter().flatten().filter_map(id).map(|id| id.map_err(Into::into)).collect()
}

/// A database of events. SQLite blocks: what it does is done on tokio's threads for that.
#[derive(Clone)]
struct Store(Arc<Mutex<Connection>>);

/// An event that was asked for, and whether it was rejected on receipt; `None` where the store lacks it.
type Found = (OwnedEventId, Option<(Pdu, bool)>);

impl Store {
    async fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let path = path.map(Path::to_owned);
        let connection = tokio::task::spawn_blocking(move || {
            let connection = path.map_or_else(Connection::open_in_memory, Connection::open)?;
            connection.execute_batch(
                "CREATE TABLE IF NOT EXISTS events (
                     event_id TEXT PRIMARY KEY, json TEXT NOT NULL, rejected INTEGER NOT NULL
                 ) WITHOUT ROWID",
            )?;
            Ok::<_, rusqlite::Error>(connection)
        })
        .await??;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// Runs a work on the database, on a thread where it may block.
    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let connection = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || {
            let mut connection = connection.lock().map_err(|_| "another thread failed with the database")?;
            work(&mut connection)
        })
        .await?
    }

    /// Stores the events of the sample room, and returns how many there are.
    async fn fill(&self) -> Result<usize, Failure> {
        self.with(|connection| {
            let expected = Object::parse(EXPECTED.as_bytes(), Mode::Lenient)?;
            let rejected = expected.get_object("injected").ok_or("no injected events")?;
            let transaction = connection.transaction()?;
            let mut count = 0;
            for (id, json, _) in sample_room::events()? {
                transaction.execute(
                    "INSERT OR REPLACE INTO events VALUES (?1, ?2, ?3)",
                    (id.as_str(), json, rejected.contains_key(id.as_str())),
                )?;
                count += 1;
            }
            transaction.commit()?;
            Ok(count)
        })
        .await
    }

    /// Loads a batch of events.
    async fn load(&self, ids: Vec<OwnedEventId>) -> Result<Vec<Found>, Failure> {
        self.with(move |connection| {
            let mut query = connection.prepare("SELECT json, rejected FROM events WHERE event_id = ?1")?;
            let mut load = |id: OwnedEventId| -> Result<Found, Failure> {
                let row = query
                    .query_row([id.as_str()], |row| Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?)))
                    .optional()?;
                let event = match row {
                    Some((json, rejected)) => {
                        Some((Pdu::parse(&json, Some(&id), sample_room::rules())?, rejected))
                    }
                    None => None,
                };
                Ok((id, event))
            };
            ids.into_iter().map(&mut load).collect()
        })
        .await
    }
}
