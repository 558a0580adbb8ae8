//! Replay of rooms.

use std::collections::{BTreeMap, BTreeSet};

use matrix_authrules::Pdu;
use matrix_canonicaljson::{Mode, Object};
use matrix_identifiers::{EventId, OwnedEventId};
use matrix_roomversion::{RoomVersion, RoomVersionRules};
use matrix_signatures::event_id;
use matrix_stateres::{Event, Outcome, Replay};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{bytes::Bytes, room::Room};

/// More would only be slow.
const MAX_EVENTS: usize = 64;

/// Checks that each event has an outcome, and that the order in which events are fed changes none of them.
///
/// Input that begins with a digit is text: a line with the room version, then a PDU on each line, bare or as
/// `{"event_id": …, "event": …}`. Any other input is a little room, as for state resolution.
pub fn run(data: &[u8]) {
    if data.first().is_some_and(u8::is_ascii_digit) {
        let Ok(text) = str::from_utf8(data) else { return };
        let mut lines = text.lines();
        let Some(Ok(version)) = lines.next().map(RoomVersion::try_from) else { return };
        let rules = version.rules();
        check(rules, lines.filter_map(|line| pdu(line, rules)).take(MAX_EVENTS));
    } else {
        let room = Room::read(&mut Bytes::new(data));
        check(room.rules, room.events.iter());
    }
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    event: &'a RawValue,
    event_id: OwnedEventId,
}

fn pdu(line: &str, rules: &RoomVersionRules) -> Option<Pdu> {
    if let Ok(line) = serde_json::from_str::<Line<'_>>(line) {
        return Pdu::parse(line.event.get(), Some(&line.event_id), rules).ok();
    }
    let object = Object::parse(line.as_bytes(), Mode::Lenient).ok()?;
    Pdu::parse(line, Some(&*event_id(&object, rules).ok()?), rules).ok()
}

fn check<E: Event>(rules: &RoomVersionRules, events: impl Iterator<Item = E>) {
    let mut by_id = BTreeMap::new();
    let mut order: Vec<OwnedEventId> = Vec::new();
    for event in events {
        let id = event.event_id().to_owned();
        if by_id.insert(id.clone(), event).is_none() {
            order.push(id);
        }
    }
    let ids: BTreeSet<&EventId> = order.iter().map(|id| &**id).collect();
    let events: Vec<&E> = order.iter().filter_map(|id| by_id.get(id)).collect();
    let forwards = replay(rules, &events, false);
    assert_eq!(forwards.outcomes().into_keys().collect::<BTreeSet<_>>(), ids, "an event has no outcome");
    check_outcomes(&forwards, &ids);
    let reversed: Vec<&E> = events.iter().rev().copied().collect();
    let backwards = replay(rules, &reversed, false);
    assert_eq!(forwards.outcomes(), backwards.outcomes(), "the order of feeding shows");
    assert_eq!(states(&forwards, &ids), states(&backwards, &ids), "the order of feeding shows in a state");
    if !forwards.outcomes().into_values().any(|outcome| matches!(outcome, Outcome::Unplaced(_))) {
        check_one_by_one(&forwards, &replay(rules, &reversed, true), &ids);
    }
}

fn replay<'a, E: Event>(rules: &RoomVersionRules, events: &[&'a E], one_by_one: bool) -> Replay<&'a E> {
    let mut replay = Replay::new(rules);
    for event in events {
        replay.feed(*event);
        if one_by_one {
            replay.run();
        }
    }
    replay.run();
    replay
}

fn check_outcomes<E: Event>(replay: &Replay<E>, ids: &BTreeSet<&EventId>) {
    let graph = replay.graph();
    for id in ids {
        let outcome = replay.outcome(id).expect("an event has no outcome");
        let is_placed = !matches!(outcome, Outcome::Unplaced(_));
        assert_eq!(
            (replay.state_before(id).is_some(), replay.state_after(id).is_some()),
            (is_placed, is_placed)
        );
        if let Outcome::Unplaced(error) = outcome {
            assert!(!error.to_string().is_empty() && !error.kind().is_empty());
            continue;
        }
        let explained = replay.explain(id).expect("a placed event is not explained");
        assert_eq!(Some(&explained.state), replay.state_before(id), "another state is explained");
        for reset in replay.state_resets(id) {
            assert_ne!(reset.after, Some(reset.before));
        }
        if let Outcome::Rejected(_) = outcome {
            assert!(graph.is_rejected(id));
            assert_eq!(replay.state_before(id), replay.state_after(id));
        }
    }
    let current = replay.explain_current().expect("the current state is not explained");
    assert_eq!(current.state, *replay.current_state(), "another current state is explained");
    for id in replay.forward_extremities() {
        assert_eq!(replay.outcome(id), Some(Outcome::Accepted));
    }
    for (_, _, id) in graph.entries(replay.current_state()) {
        assert!(!graph.is_rejected(id));
    }
}

/// The states before and after each event.
fn states<'a, E: Event>(
    replay: &'a Replay<E>,
    ids: &BTreeSet<&EventId>,
) -> Vec<Vec<(&'a str, &'a str, &'a EventId)>> {
    let both = ids.iter().flat_map(|id| [replay.state_before(id), replay.state_after(id)]);
    both.flatten().map(|state| replay.graph().entries(state)).collect()
}

/// What arrives one by one may fail softly at other places; states and rejections are the same.
fn check_one_by_one<E: Event>(whole: &Replay<E>, parts: &Replay<E>, ids: &BTreeSet<&EventId>) {
    for id in ids {
        let (whole, parts) = (whole.outcome(id), parts.outcome(id));
        let is_rejected = |outcome: &Option<Outcome>| matches!(outcome, Some(Outcome::Rejected(_)));
        assert!(
            !matches!(parts, None | Some(Outcome::Unplaced(_))),
            "{id} has its turn only in company: {parts:?}"
        );
        assert_eq!(is_rejected(&whole), is_rejected(&parts), "{id}: {whole:?}, one by one {parts:?}");
    }
    assert_eq!(states(whole, ids), states(parts, ids));
}
