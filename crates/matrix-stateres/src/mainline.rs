//! Mainline ordering.
//!
//! <https://spec.matrix.org/v1.19/rooms/v2/#definitions>; MSC1442, "Mainline". The mainline is the chain of
//! power levels events that led to the one in force; it cuts the room's life into epochs, and an event belongs
//! to the epoch of the closest mainline event below it.

use crate::{graph::EventGraph, node::NONE, table::Table};

/// Where an event stands in the mainline ordering, but for the event ID, which decides between equals.
pub(crate) type Position = (u32, i64);

/// Sorts events: oldest epoch first, within an epoch by `origin_server_ts`, then by event ID.
///
/// `power_levels` is the event in force, if there is one. An event that no mainline event leads to belongs
/// before the oldest epoch. Each event is returned with its position.
pub(crate) fn mainline_order(
    graph: &EventGraph,
    power_levels: Option<u32>,
    events: impl Iterator<Item = u32>,
) -> Vec<(Position, u32)> {
    let mut epochs = Epochs::new(graph, power_levels);
    let mut sorted: Vec<(Position, u32)> = events.map(|event| (epochs.position(event), event)).collect();
    sorted.sort_unstable_by(|(left, first), (right, second)| {
        left.cmp(right).then_with(|| graph.id_of(*first).cmp(graph.id_of(*second)))
    });
    sorted
}

/// The epochs, numbered from 1 at the oldest mainline event; 0 is the time before.
pub(crate) struct Epochs<'a> {
    graph: &'a EventGraph,
    /// One more than the epoch of a power levels event; 0 where it is not known yet.
    known: Table<u32>,
    path: Vec<u32>,
}

impl<'a> Epochs<'a> {
    pub(crate) fn new(graph: &'a EventGraph, power_levels: Option<u32>) -> Self {
        let mut known = Table::new(graph.node_count());
        let mut mainline = Vec::new();
        let mut next = power_levels.unwrap_or(NONE);
        while next != NONE {
            mainline.push(next);
            next = graph.node(next).power_levels;
        }
        for (event, epoch) in mainline.into_iter().rev().zip(1..) {
            known.replace(event, epoch + 1);
        }
        Self { graph, known, path: Vec::new() }
    }

    pub(crate) fn position(&mut self, event: u32) -> Position {
        let node = self.graph.node(event);
        (self.of(node.power_levels), node.origin_server_ts)
    }

    /// Returns the epoch of what has `power_levels` among its auth events, and remembers it for the whole
    /// chain below, so that each power levels event is passed once.
    fn of(&mut self, power_levels: u32) -> u32 {
        let mut next = power_levels;
        let epoch = loop {
            if next == NONE {
                break 0;
            }
            if let Some(epoch) = self.known.get(next).checked_sub(1) {
                break epoch;
            }
            self.path.push(next);
            next = self.graph.node(next).power_levels;
        };
        for passed in self.path.drain(..) {
            self.known.replace(passed, epoch + 1);
        }
        epoch
    }
}
