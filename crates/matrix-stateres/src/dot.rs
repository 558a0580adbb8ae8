//! A trace as a picture.

use std::{collections::BTreeSet, fmt::Write as _};

use crate::{graph::EventGraph, node::REJECTED, trace::Trace};

impl Trace {
    /// Draws the conflicted part of the auth graph, in the language of Graphviz (`dot -Tsvg`).
    ///
    /// An event that stands in the end is green, one that passed and lost yellow, one that a rule refused red with the
    /// rule's number, one that was not tried white. Events of the mainline have a double border; one that is not in
    /// conflict is drawn, grey, where a drawn event names it. Arrows lead from an event to its auth events.
    pub fn dot(&self, graph: &EventGraph) -> String {
        let winners: BTreeSet<u32> = self.keys.iter().filter_map(|decided| decided.winner).collect();
        let mainline: BTreeSet<u32> = self.mainline.iter().copied().collect();
        let tried = self.steps.iter().map(|step| step.event);
        let losers = self.keys.iter().flat_map(|decided| decided.losers.iter().copied());
        let winning = self.keys.iter().filter(|decided| decided.is_conflicted);
        let conflicted: BTreeSet<u32> =
            tried.chain(losers).chain(winning.filter_map(|decided| decided.winner)).collect();
        let cited = conflicted.iter().flat_map(|event| graph.auth_events(*event));
        let beside: BTreeSet<u32> =
            cited.filter(|event| mainline.contains(event) && !conflicted.contains(event)).collect();

        let verdicts = self.verdicts();
        let mut dot = "digraph resolution {\n  rankdir=BT;\n  node [shape=box, style=filled];\n".to_owned();
        for event in conflicted.iter().chain(&beside) {
            let verdict = verdicts.get(event).copied();
            let colour = match verdict {
                _ if beside.contains(event) => "lightgrey",
                Some(Err(_)) => "salmon",
                _ if winners.contains(event) => "palegreen",
                Some(Ok(())) => "khaki",
                None => "white",
            };
            let (event_type, state_key) = graph.key(graph.node(*event).key).unwrap_or_default();
            let mut label =
                format!("{}\n{event_type} {}", graph.id_of(*event), state_key.unwrap_or_default());
            if let Some(Err(denied)) = verdict {
                // Writing to a string does not fail.
                _ = write!(label, "\nrule {}: {denied}", denied.rule());
            }
            if graph.node(*event).has(REJECTED) {
                label.push_str("\nrejected on receipt");
            }
            let borders = if mainline.contains(event) { 2 } else { 1 };
            let (id, label) = (quoted(graph.id_of(*event)), quoted(&label));
            _ = writeln!(dot, "  {id} [label={label}, fillcolor={colour}, peripheries={borders}];");
        }
        for event in conflicted.iter().chain(&beside) {
            for auth_event in graph.auth_events(*event) {
                if conflicted.contains(&auth_event) || beside.contains(&auth_event) {
                    let (from, to) = (quoted(graph.id_of(*event)), quoted(graph.id_of(auth_event)));
                    _ = writeln!(dot, "  {from} -> {to};");
                }
            }
        }
        dot.push_str("}\n");
        dot
    }
}

/// A quoted string of the language, in which a line break starts a new line of the label.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            character if character.is_control() => quoted.push('\u{FFFD}'),
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}
