//! A trace in words.

use std::fmt;

use matrix_authrules::Denied;

use crate::{
    graph::EventGraph,
    trace::{Phase, Source, Trace},
};

/// The account of a resolution in words: what was tried, in order, and how each key ended.
///
/// `Display` makes tables for a terminal of it, control characters escaped. With the feature `serde` it serializes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Report<'a> {
    /// The events that were tried, in order.
    pub tried: Vec<Tried<'a>>,
    /// The keys that were in conflict or that an event was tried for, by type, then state key.
    pub keys: Vec<Contest<'a>>,
}

/// An event that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Tried<'a> {
    /// Its place in the order, from 0.
    pub place: usize,
    /// Its event ID.
    pub event_id: &'a str,
    /// Its type.
    pub event_type: &'a str,
    /// Its state key; empty also for an event that is no state, which a hostile room's auth chains may hold.
    pub state_key: &'a str,
    /// When it was tried.
    pub phase: Phase,
    /// What refused it; `None`: it passed.
    pub denied: Option<Denial>,
    /// The auth state that it was checked against, by type, then state key.
    pub against: Vec<Against<'a>>,
}

/// The refusal of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Denial {
    /// The rule's number in the text of the room's version.
    pub rule: &'static str,
    /// The reason in words.
    pub reason: String,
}

/// An event that another was checked against.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Against<'a> {
    /// Its event ID.
    pub event_id: &'a str,
    /// Its type.
    pub event_type: &'a str,
    /// Its state key.
    pub state_key: &'a str,
    /// Where it came from.
    pub source: Source,
}

/// How one key of the state ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Contest<'a> {
    /// The type.
    pub event_type: &'a str,
    /// The state key.
    pub state_key: &'a str,
    /// Whether the states disagreed on the key.
    pub is_conflicted: bool,
    /// The event that stands under the key in the end.
    pub winner: Option<&'a str>,
    /// The events that it won over.
    pub losers: Vec<Loser<'a>>,
}

/// An event that lost its key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Loser<'a> {
    /// Its event ID.
    pub event_id: &'a str,
    /// Why it lost.
    pub loss: Loss,
}

/// Why an event does not stand under its key in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Loss {
    /// A rule refused it.
    Rule(Denial),
    /// It passed, or in version 1 was not tried, and another has the later place in the order.
    Order,
    /// It passed, but all states agree on another, which is laid over what passed.
    Unconflicted,
    /// It stood in none of the states and in no difference of their auth chains.
    NotInStates,
}

impl From<&Denied> for Denial {
    fn from(denied: &Denied) -> Self {
        Self { rule: denied.rule(), reason: denied.to_string() }
    }
}

impl Trace {
    /// Puts the trace into words.
    pub fn report<'a>(&self, graph: &'a EventGraph) -> Report<'a> {
        let verdicts = self.verdicts();
        let tried = self.steps.iter().enumerate().map(|(place, step)| {
            let (event_type, state_key) = kind(graph, step.event);
            let against = step.against.iter().map(|(event, source)| {
                let (event_type, state_key) = kind(graph, *event);
                Against { event_id: graph.id_of(*event), event_type, state_key, source: *source }
            });
            let mut against: Vec<Against<'_>> = against.collect();
            against.sort_unstable_by_key(|event| (event.event_type, event.state_key));
            Tried {
                place,
                event_id: graph.id_of(step.event),
                event_type,
                state_key,
                phase: step.phase,
                denied: step.verdict.as_ref().err().map(Denial::from),
                against,
            }
        });
        let keys = self.keys.iter().map(|decided| {
            let (event_type, state_key) = graph.key(decided.key).unwrap_or_default();
            let losers = decided.losers.iter().map(|event| Loser {
                event_id: graph.id_of(*event),
                loss: loss(verdicts.get(event).copied(), decided.is_conflicted),
            });
            Contest {
                event_type,
                state_key: state_key.unwrap_or_default(),
                is_conflicted: decided.is_conflicted,
                winner: decided.winner.map(|event| graph.id_of(event)),
                losers: losers.collect(),
            }
        });
        let mut keys: Vec<Contest<'_>> = keys.collect();
        keys.sort_unstable_by_key(|contest| (contest.event_type, contest.state_key));
        Report { tried: tried.collect(), keys }
    }
}

/// Why an event lost that was tried with this verdict, if at all.
pub(crate) fn loss(verdict: Option<&Result<(), Denied>>, is_conflicted: bool) -> Loss {
    match verdict {
        Some(Err(denied)) => Loss::Rule(denied.into()),
        _ if is_conflicted => Loss::Order,
        _ => Loss::Unconflicted,
    }
}

fn kind(graph: &EventGraph, event: u32) -> (&str, &str) {
    let (event_type, state_key) = graph.key(graph.node(event).key).unwrap_or_default();
    (event_type, state_key.unwrap_or_default())
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tried = self.tried.iter().map(|tried| {
            let against: Vec<String> = tried.against.iter().map(ToString::to_string).collect();
            [
                tried.place.to_string(),
                shown(tried.event_id),
                shown(tried.event_type),
                shown(tried.state_key),
                tried.phase.to_string(),
                tried.denied.as_ref().map_or_else(|| "allowed".to_owned(), ToString::to_string),
                against.join(" "),
            ]
        });
        let head = ["place", "event", "type", "state key", "when", "verdict", "checked against"];
        write_table(f, head, &tried.collect::<Vec<_>>())?;
        writeln!(f)?;
        let mut rows = Vec::new();
        for contest in &self.keys {
            let key = [shown(contest.event_type), shown(contest.state_key)];
            let row = |event: &str, outcome: String| {
                let [event_type, state_key] = key.clone();
                [event_type, state_key, shown(event), outcome]
            };
            rows.push(match contest.winner {
                Some(winner) => row(winner, "stands".to_owned()),
                None => row("", "nothing stands".to_owned()),
            });
            rows.extend(contest.losers.iter().map(|loser| row(loser.event_id, loser.loss.to_string())));
        }
        write_table(f, ["type", "state key", "event", "outcome"], &rows)
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PowerEvents => f.write_str("power"),
            Self::Mainline { epoch } => write!(f, "mainline {epoch}"),
            Self::Version1 => f.write_str("version 1"),
        }
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule {}: {}", self.rule, self.reason)
    }
}

impl fmt::Display for Against<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(self.event_id))?;
        f.write_str(match self.source {
            Source::Resolved => "",
            Source::Unconflicted => " (unconflicted)",
            Source::AuthEvents => " (own auth event)",
        })
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(denial) => denial.fmt(f),
            Self::Order => f.write_str("an event later in the order took its place"),
            Self::Unconflicted => f.write_str("the states agree on another"),
            Self::NotInStates => f.write_str("it was in none of the states"),
        }
    }
}

/// Text that a terminal may be shown.
pub(crate) fn shown(text: &str) -> String {
    let escaped = |character: char| match character {
        character if character.is_control() => character.escape_default().collect::<String>(),
        character => character.to_string(),
    };
    text.chars().map(escaped).collect()
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
    for row in core::iter::once(&head).chain(rows) {
        let cells: Vec<String> =
            row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        writeln!(f, "{}", cells.join("  ").trim_end())?;
    }
    Ok(())
}
