//! What is told about a room, as text or as JSON.

use std::{collections::BTreeMap, fmt};

use matrix_authrules::Pdu;
use matrix_identifiers::{EventId, OwnedEventId};
use matrix_stateres::{Outcome, Replay};
use serde_json::{Value, json};

use crate::{
    explain::{Explanation, Reset},
    room_file::Refusal,
};

/// An event that was not accepted: its ID, what by, and the reason.
type Verdict = [String; 3];

/// What is told about a room.
pub(crate) struct Summary {
    room_id: String,
    pub(crate) version: String,
    events: usize,
    merges: usize,
    extremities: Vec<String>,
    state: Vec<[String; 4]>,
    dropped: Vec<Verdict>,
    rejected: Vec<Verdict>,
    soft_failed: Vec<Verdict>,
    unplaced: Vec<Verdict>,
    pub(crate) explanations: Option<Vec<Explanation>>,
    pub(crate) resets: Option<Vec<Reset>>,
}

impl Summary {
    pub(crate) fn new(
        replay: &Replay<Pdu>,
        events: usize,
        merges: usize,
        senders: &BTreeMap<OwnedEventId, String>,
        refused: Vec<(String, Refusal)>,
    ) -> Self {
        let (mut rejected, mut soft_failed, mut unplaced) = (Vec::new(), Vec::new(), Vec::new());
        for (id, outcome) in replay.outcomes() {
            let id = id.to_string();
            match outcome {
                Outcome::Rejected(denied) => {
                    rejected.push([id, format!("rule {}", denied.rule()), denied.to_string()]);
                }
                Outcome::SoftFailed(denied) => {
                    soft_failed.push([id, format!("rule {}", denied.rule()), denied.to_string()]);
                }
                Outcome::Unplaced(error) => unplaced.push([id, String::new(), error.to_string()]),
                Outcome::Accepted => {}
            }
        }
        let state =
            replay.graph().entries(replay.current_state()).into_iter().map(|(event_type, key, id)| {
                let sender = senders.get(id).cloned().unwrap_or_default();
                [event_type.to_owned(), key.to_owned(), id.to_string(), sender]
            });
        let dropped = refused.into_iter();
        Self {
            room_id: replay.graph().room_id().map_or("?", |id| id.as_str()).to_owned(),
            version: String::new(),
            events,
            merges,
            extremities: replay.forward_extremities().map(EventId::to_string).collect(),
            state: state.collect(),
            dropped: dropped
                .map(|(id, refusal)| [id, format!("check {}", refusal.check), refusal.reason])
                .collect(),
            rejected,
            soft_failed,
            unplaced,
            explanations: None,
            resets: None,
        }
    }

    /// The kinds of events that were not accepted, by title.
    fn verdicts(&self) -> [(&'static str, &Vec<Verdict>); 4] {
        [
            ("dropped on receipt", &self.dropped),
            ("rejected", &self.rejected),
            ("soft-failed", &self.soft_failed),
            ("not placed", &self.unplaced),
        ]
    }

    pub(crate) fn json(&self) -> Value {
        let mut value = json!({
            "room_id": self.room_id, "room_version": self.version, "events": self.events, "merges": self.merges,
            "forward_extremities": self.extremities, "state": self.state,
        });
        let verdicts = self.verdicts().map(|(title, events)| {
            let events =
                events.iter().map(|[id, by, reason]| json!({"event_id": id, "by": by, "reason": reason}));
            (title.replace([' ', '-'], "_"), events.collect())
        });
        let explanations = self.explanations.as_ref().map(|explanations| {
            ("explanations".to_owned(), explanations.iter().map(Explanation::json).collect())
        });
        let resets = self
            .resets
            .as_ref()
            .map(|resets| ("state_resets".to_owned(), resets.iter().map(Reset::json).collect()));
        if let Some(object) = value.as_object_mut() {
            object.extend(verdicts.into_iter().chain(explanations).chain(resets));
        }
        value
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "room {}, version {}: {} events, {} merges, {} forward extremities",
            self.room_id,
            self.version,
            self.events,
            self.merges,
            self.extremities.len(),
        )?;
        writeln!(f, "\ncurrent state, {} entries:", self.state.len())?;
        write_table(f, ["type", "state key", "event", "sender"], &self.state)?;
        for (title, events) in self.verdicts() {
            if !events.is_empty() || title == "rejected" {
                writeln!(f, "\n{title}, {} events:", events.len())?;
                write_table(f, ["event", "by", "reason"], events)?;
            }
        }
        for explanation in self.explanations.iter().flatten() {
            write!(f, "\n{explanation}")?;
        }
        if let Some(resets) = &self.resets {
            writeln!(f, "\nstate resets, {}:", resets.len())?;
            for reset in resets {
                writeln!(f, "  before {}: {}", reset.event_id, reset.text)?;
            }
        }
        Ok(())
    }
}

fn write_table<const N: usize>(
    f: &mut fmt::Formatter<'_>,
    head: [&str; N],
    rows: &[[String; N]],
) -> fmt::Result {
    let mut widths = head.map(str::len);
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let head = head.map(str::to_owned);
    for row in std::iter::once(&head).chain(rows) {
        let cells: Vec<String> =
            row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        writeln!(f, "  {}", cells.join("  ").trim_end())?;
    }
    Ok(())
}
