//! Why a state is as it is: the resolutions at the merges of a room, looked at again.

use std::fmt;

use matrix_authrules::Pdu;
use matrix_identifiers::{EventId, OwnedEventId};
use matrix_stateres::{Replay, Report, Resolution};
use serde_json::{Value, json};

/// What happened to a key where branches met.
pub(crate) struct Explanation {
    /// Where: the event that the branches meet in, or the current state.
    at: String,
    text: String,
    json: Value,
}

/// A state reset at a merge.
pub(crate) struct Reset {
    pub(crate) event_id: String,
    pub(crate) text: String,
    json: Value,
}

impl Explanation {
    pub(crate) fn json(&self) -> Value {
        json!({ "at": self.at, "explanation": self.json })
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:\n{}", self.at, self.text)
    }
}

impl Reset {
    pub(crate) fn json(&self) -> Value {
        json!({ "at": self.event_id, "reset": self.json })
    }
}

/// Explains a key (an event type, or a type, a space and a state key) at each merge where it was in question, and in
/// the current state.
pub(crate) fn key(replay: &Replay<Pdu>, merges: &[OwnedEventId], key: &str) -> Vec<Explanation> {
    let (event_type, state_key) = key.split_once(' ').unwrap_or((key, ""));
    let at_merges = merges.iter().filter_map(|id| Some((format!("before {id}"), replay.explain(id)?)));
    let current = replay.explain_current().map(|resolution| ("current state".to_owned(), resolution));
    let explain = |(at, resolution): (String, Resolution)| {
        let mut report = resolution.trace.report(replay.graph());
        report.keys.retain(|contest| (contest.event_type, contest.state_key) == (event_type, state_key));
        report.tried.retain(|tried| (tried.event_type, tried.state_key) == (event_type, state_key));
        if report.keys.is_empty() { None } else { Some(explanation(at, &report)) }
    };
    at_merges.chain(current).filter_map(explain).collect()
}

fn explanation(at: String, report: &Report<'_>) -> Explanation {
    let text = report.to_string().lines().map(|line| format!("  {line}\n")).collect();
    Explanation { at, text, json: serde_json::to_value(report).unwrap_or_default() }
}

/// Lists what merges took back.
pub(crate) fn resets(replay: &Replay<Pdu>, merges: &[OwnedEventId]) -> Vec<Reset> {
    let at_merge = |id: &OwnedEventId| -> Vec<Reset> {
        let resets = replay.state_resets(id);
        let reset = |reset: &matrix_stateres::StateReset<'_>| Reset {
            event_id: id.to_string(),
            text: reset.to_string(),
            json: serde_json::to_value(reset).unwrap_or_default(),
        };
        resets.iter().map(reset).collect()
    };
    merges.iter().flat_map(at_merge).collect()
}

/// Draws the resolution at a merge: the one that is named, or the one that tried most events.
pub(crate) fn dot(replay: &Replay<Pdu>, merges: &[OwnedEventId], at: Option<&str>) -> Result<String, String> {
    let tried = |resolution: &Resolution| resolution.trace.tried(replay.graph()).count();
    let resolution = match at {
        Some(id) => EventId::parse(id)
            .ok()
            .and_then(|id| replay.explain(id))
            .ok_or_else(|| format!("--at {id}: no such event was placed"))?,
        None => merges
            .iter()
            .filter_map(|id| replay.explain(id))
            .chain(replay.explain_current())
            .max_by_key(tried)
            .ok_or("there is nothing to draw: no event was placed")?,
    };
    Ok(resolution.trace.dot(replay.graph()))
}
