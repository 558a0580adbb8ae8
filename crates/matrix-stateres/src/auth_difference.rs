//! The auth difference: what stands in the auth chain of one state and not of all.
//!
//! <https://spec.matrix.org/v1.19/rooms/v2/#definitions>. An event's auth chain counts the event itself among
//! its members, as Synapse and the Conduit family do: the specification's words leave it out, and the results
//! then differ from those of the servers that exist.

use std::collections::BinaryHeap;

use crate::{conflict::Conflict, graph::EventGraph, node::NONE, table::Table};

/// Finds the auth difference by walking back from the conflicted events, deepest first.
///
/// Each event carries a mark for every set whose chain it was reached from. When an event's turn comes, all
/// that could reach it has had its turn, so its marks are final; one with every mark is in every chain, and the
/// walk ends when only such are left. What stands in every chain because an *unconflicted* event leads there is
/// found from below ([`Shared`]). Neither walk leaves the neighbourhood of the conflict.
pub(crate) fn auth_difference(graph: &EventGraph, conflict: &Conflict<'_>) -> Vec<u32> {
    let mut walk = Walk::new(graph, conflict.sets.len());
    let mut shared = Shared::new(graph, conflict);
    for (set, event) in conflict.events() {
        walk.mark_one(event, set);
    }
    let mut difference = Vec::new();
    while walk.partial > 0
        && let Some((_, event)) = walk.queue.pop()
    {
        let marks = walk.take(event);
        if !walk.is_full(marks) {
            walk.partial -= 1;
            if shared.leads_to(event) {
                walk.fill(marks);
            } else {
                difference.push(event);
            }
        }
        for auth_event in graph.auth_events(event) {
            walk.mark_all(auth_event, marks);
        }
    }
    difference
}

/// The events that the walk has seen, each with a row of marks, one bit for each set.
struct Walk<'a> {
    graph: &'a EventGraph,
    sets: usize,
    words: usize,
    /// One more than the number of an event's row; 0 for events not seen.
    rows: Table<u32>,
    marks: Vec<u64>,
    /// Events whose turn has not come, by auth depth.
    queue: BinaryHeap<(u32, u32)>,
    /// How many events in the queue lack a mark.
    partial: usize,
}

impl<'a> Walk<'a> {
    fn new(graph: &'a EventGraph, sets: usize) -> Self {
        let words = sets.div_ceil(64);
        let rows = Table::new(graph.node_count());
        Self { graph, sets, words, rows, marks: Vec::new(), queue: BinaryHeap::new(), partial: 0 }
    }

    /// Returns the row of an event, putting the event into the queue if it is new.
    fn row(&mut self, event: u32) -> usize {
        match self.rows.get(event) {
            0 => {
                let row = self.marks.len() / self.words;
                self.marks.resize(self.marks.len() + self.words, 0);
                self.rows.replace(event, row as u32 + 1);
                self.queue.push((self.graph.node(event).auth_depth, event));
                self.partial += 1;
                row
            }
            row => row as usize - 1,
        }
    }

    fn take(&mut self, event: u32) -> usize {
        (self.rows.get(event) as usize).saturating_sub(1)
    }

    fn words(&self, row: usize) -> &[u64] {
        self.marks.get(row * self.words..(row + 1) * self.words).unwrap_or_default()
    }

    fn is_full(&self, row: usize) -> bool {
        self.words(row).iter().map(|word| word.count_ones() as usize).sum::<usize>() == self.sets
    }

    fn mark_one(&mut self, event: u32, set: usize) {
        let row = self.row(event);
        self.or(row, set / 64, 1 << (set % 64));
    }

    /// Gives an event the marks in the row `from`.
    fn mark_all(&mut self, event: u32, from: usize) {
        let row = self.row(event);
        for word in 0..self.words {
            let bits = self.words(from).get(word).copied().unwrap_or(0);
            self.or(row, word, bits);
        }
    }

    fn or(&mut self, row: usize, word: usize, bits: u64) {
        let was_full = self.is_full(row);
        if let Some(place) = self.marks.get_mut(row * self.words + word) {
            *place |= bits;
        }
        self.partial -= usize::from(!was_full && self.is_full(row));
    }

    /// Gives an event that has had its turn every mark.
    fn fill(&mut self, row: usize) {
        for word in 0..self.words {
            let bits = (self.sets - word * 64).min(64);
            if let Some(place) = self.marks.get_mut(row * self.words + word) {
                *place = u64::MAX >> (64 - bits);
            }
        }
    }
}

/// Tells which events stand in the auth chain of the unconflicted state, and so in that of every set.
///
/// The walk goes up from the event in question, through those that it authorizes, until it meets one that
/// stands in the unconflicted state: mostly at the first step, since what authorizes anything is mostly still
/// in force. Every answer is remembered, so that no edge is walked twice.
struct Shared<'a> {
    graph: &'a EventGraph,
    conflict: &'a Conflict<'a>,
    known: Table<u8>,
    path: Vec<(u32, u32)>,
}

/// The event, or one that it authorizes, stands in the unconflicted state.
const YES: u8 = 1;
/// Nothing above the event stands in the unconflicted state, or it is being looked at.
const NO: u8 = 2;

impl<'a> Shared<'a> {
    fn new(graph: &'a EventGraph, conflict: &'a Conflict<'a>) -> Self {
        Self { graph, conflict, known: Table::new(graph.node_count()), path: Vec::new() }
    }

    fn leads_to(&mut self, event: u32) -> bool {
        if self.visit(event) {
            return true;
        }
        // Depth first, without recursion: each step of the path is an event and its next edge to follow.
        while let Some((_, next)) = self.path.last_mut() {
            let Some(edge) = self.graph.edge(*next) else {
                self.path.pop();
                continue;
            };
            *next = edge.next;
            if self.visit(edge.from) {
                for (below, _) in self.path.drain(..) {
                    self.known.replace(below, YES);
                }
                return true;
            }
        }
        false
    }

    /// Answers for an event if that can be done at once, or else puts it on the path.
    fn visit(&mut self, event: u32) -> bool {
        match self.known.get(event) {
            YES => true,
            NO => false,
            _ => {
                let node = self.graph.node(event);
                let stands = node.key != NONE && self.conflict.unconflicted(node.key) == Some(event);
                self.known.replace(event, if stands { YES } else { NO });
                if !stands {
                    self.path.push((event, node.dependents));
                }
                stands
            }
        }
    }
}
