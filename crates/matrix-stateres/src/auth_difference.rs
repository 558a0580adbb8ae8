//! The auth difference: what stands in the auth chain of one state and not of all.
//!
//! <https://spec.matrix.org/v1.19/rooms/v2/#definitions>. An event's auth chain counts the event itself among
//! its members, as Synapse and the Conduit family do: the specification's words leave it out, and the results
//! then differ from those of the servers that exist.

use crate::{
    conflict::{Conflict, SETS_IN_A_WORD, Unconflicted, all_marks},
    graph::EventGraph,
    node::NONE,
    table::Table,
};

/// Finds the auth difference by walking back from the conflicted events, deepest first. Events may occur more than
/// once.
///
/// Each event carries a mark for every set whose chain it was reached from. When an event's turn comes, all
/// that could reach it has had its turn, so its marks are final; one with every mark is in every chain, and the
/// walk ends when only such are left. What stands in every chain because an *unconflicted* event leads there is
/// found from below ([`Shared`]). Neither walk leaves the neighbourhood of the conflict.
///
/// A word has room for so many marks. Of more sets, as many at a time are compared together with the first set: what
/// is in some chain and not in all is in that of the first set and not in another's, or the other way round.
pub(crate) fn auth_difference(graph: &EventGraph, conflict: &Conflict<'_>) -> Vec<u32> {
    let mut shared = Shared::new(graph, conflict);
    let mut difference = Vec::new();
    for first in (1..conflict.sets.len()).step_by(SETS_IN_A_WORD) {
        let all = all_marks((conflict.sets.len() - first).min(SETS_IN_A_WORD));
        let mut walk = Walk::new(graph, all);
        for (event, marks) in conflict.marks(first) {
            walk.mark(event, marks);
        }
        while walk.partial > 0
            && let Some((event, mut marks)) = walk.next()
        {
            if marks != all {
                if shared.leads_to(event) {
                    marks = all;
                } else {
                    difference.push(event);
                }
            }
            for auth_event in graph.auth_events(event) {
                walk.mark(auth_event, marks);
            }
        }
    }
    difference
}

/// The events that a walk has seen, and those whose turn has not come, by auth depth.
struct Walk<'a> {
    graph: &'a EventGraph,
    all: u64,
    marks: Table<u64>,
    /// One more than the last event put in at each depth; 0 where there is none.
    heads: Table<u32>,
    /// One more than the event that was put in before, at the same depth.
    next: Table<u32>,
    /// No event that waits is deeper than this.
    depth: u32,
    /// How many events that wait lack a mark.
    partial: usize,
}

impl<'a> Walk<'a> {
    fn new(graph: &'a EventGraph, all: u64) -> Self {
        let count = graph.node_count();
        let heads = Table::new(count + 1);
        Self { graph, all, marks: Table::new(count), heads, next: Table::new(count), depth: 0, partial: 0 }
    }

    /// Gives marks to an event that has not had its turn.
    fn mark(&mut self, event: u32, marks: u64) {
        let before = self.marks.get(event);
        let after = before | marks;
        if after == before {
            return;
        }
        self.marks.replace(event, after);
        if before == 0 {
            let depth = self.graph.node(event).auth_depth;
            let below = self.heads.replace(depth, event + 1);
            self.next.replace(event, below);
            self.depth = self.depth.max(depth);
            self.partial += usize::from(after != self.all);
        } else {
            self.partial -= usize::from(after == self.all);
        }
    }

    /// Takes out the deepest event, with its marks.
    fn next(&mut self) -> Option<(u32, u64)> {
        loop {
            if let Some(event) = self.heads.get(self.depth).checked_sub(1) {
                self.heads.replace(self.depth, self.next.get(event));
                let marks = self.marks.get(event);
                self.partial -= usize::from(marks != self.all);
                return Some((event, marks));
            }
            self.depth = self.depth.checked_sub(1)?;
        }
    }
}

/// Tells which events stand in the auth chain of the unconflicted state, and so in that of every set.
///
/// The walk goes up from the event in question, through those that it authorizes, until it meets one that
/// stands in the unconflicted state: mostly at the first step, since what authorizes anything is mostly still
/// in force. Every answer is remembered, so that no link is followed twice.
struct Shared<'a> {
    graph: &'a EventGraph,
    unconflicted: Unconflicted<'a>,
    known: Table<u8>,
    path: Vec<(u32, u32)>,
}

/// The event, or one that it authorizes, stands in the unconflicted state.
const YES: u8 = 1;
/// Nothing above the event stands in the unconflicted state, or it is being looked at.
const NO: u8 = 2;

impl<'a> Shared<'a> {
    fn new(graph: &'a EventGraph, conflict: &'a Conflict<'a>) -> Self {
        let unconflicted = Unconflicted::new(graph, conflict);
        Self { graph, unconflicted, known: Table::new(graph.node_count()), path: Vec::new() }
    }

    fn leads_to(&mut self, event: u32) -> bool {
        if self.visit(event) {
            return true;
        }
        // Depth first, without recursion: each step of the path is an event and its next link to follow.
        while let Some((_, next)) = self.path.last_mut() {
            let Some(link) = self.graph.link(*next) else {
                self.path.pop();
                continue;
            };
            *next = link.next;
            if self.visit(link.from) {
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
                let stands = node.key != NONE && self.unconflicted.get(node.key) == Some(event);
                self.known.replace(event, if stands { YES } else { NO });
                if !stands {
                    self.path.push((event, node.dependents));
                }
                stands
            }
        }
    }
}
