//! Ops about rooms: authorization, state resolution, replay.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use matrix_authrules::{Denied, Event as _, Pdu, verify_signed};
use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{EventId, OwnedEventId};
use matrix_roomversion::RoomVersionRules;
use matrix_signatures::KeyRing;
use matrix_stateres::{EventGraph, Outcome, Replay, StateSet, resolve, resolve_with_trace};

use crate::{
    Answer,
    events::{key_ring, now},
    fields::{Failure, array, lines_of_file, nanoseconds, object, ok, rules, text, to_hex},
    room_file::{Row, pdu, receive},
};

/// An event of a request: its row, and what authorization reads of it.
struct Given {
    row: Row,
    pdu: Pdu,
    rejected: bool,
}

pub(crate) fn auth_check(request: &Object) -> Result<Answer, Failure> {
    let rules = rules(request)?;
    let id: OwnedEventId = text(request, "event_id")?.parse()?;
    let event = read_pdu(&object(request, "event")?, Some(&id), rules)?;
    let state = given_list(array(request, "state")?, rules)?;
    let state: Vec<Pdu> = state.into_iter().map(|given| given.pdu).collect();
    let rejected: BTreeSet<String> = match request.get_array("rejected") {
        Some(ids) => ids.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect(),
        None => BTreeSet::new(),
    };
    let check = move || {
        let is_rejected = |id: &EventId| rejected.contains(id.as_str());
        matrix_authrules::check(&event, rules, &state, is_rejected, verify_signed)
    };
    let mut result = ok("allowed", true);
    if let Err(denied) = check() {
        result = verdict(&denied);
        result.insert("allowed", false);
    }
    Ok(Answer::new(result, move || _ = black_box(check())))
}

pub(crate) fn auth_types(request: &Object) -> Result<Answer, Failure> {
    let rules = rules(request)?;
    let id = EventId::parse("$the-event")?;
    let event = read_pdu(&object(request, "event")?, Some(id), rules)?;
    let types = matrix_authrules::auth_types(&event, &rules.authorization);
    let types = types.iter().map(|(event_type, state_key)| {
        Value::Array(vec![(*event_type).into(), AsRef::<str>::as_ref(state_key).into()])
    });
    Ok(Answer::new(ok("auth_types", Value::Array(types.collect())), move || {
        _ = black_box(matrix_authrules::auth_types(black_box(&event), &rules.authorization));
    }))
}

pub(crate) fn resolve_states(request: &Object) -> Result<Answer, Failure> {
    let (graph, sets, load) = prepare(request)?;
    let start = Instant::now();
    let state = resolve(&graph, &sets)?;
    let cold = start.elapsed().as_nanos();
    let ok = ok("state", entries(&graph, &state));
    let mut answer = Answer::new(ok, move || _ = black_box(resolve(black_box(&graph), black_box(&sets))));
    answer.ns.insert("load", nanoseconds(load));
    answer.ns.insert("cold", nanoseconds(cold));
    Ok(answer)
}

pub(crate) fn explain(request: &Object) -> Result<Answer, Failure> {
    let (graph, sets, _) = prepare(request)?;
    let trace = resolve_with_trace(&graph, &sets)?.trace;
    let mut rejected = Object::new();
    for (id, result) in trace.tried(&graph) {
        if let Err(denied) = result {
            rejected.insert(id.as_str(), verdict(denied));
        }
    }
    let order = trace.tried(&graph).map(|(id, _)| id.as_str().into()).collect();
    let mut ok = ok("order", Value::Array(order));
    ok.insert("rejected", rejected);
    Ok(Answer::new(ok, move || _ = black_box(resolve_with_trace(black_box(&graph), black_box(&sets)))))
}

pub(crate) fn replay(request: &Object) -> Result<Answer, Failure> {
    let rules = rules(request)?;
    let mut rejected = Object::new();
    let mut events: Vec<Arc<Pdu>> = Vec::new();
    let keys = if request.contains_key("keys") { Some((key_ring(request)?, now(request)?)) } else { None };
    for given in events_of(request, rules)? {
        match received(given, rules, keys.as_ref()) {
            Ok(event) => events.push(Arc::new(event)),
            Err((id, verdict)) => _ = rejected.insert(id, verdict),
        }
    }
    let run = move || {
        let mut replay = Replay::new(rules);
        events.iter().for_each(|event| replay.feed(Arc::clone(event)));
        replay.run();
        replay
    };
    let replay = run();
    let (mut before, mut soft_failed) = (Object::new(), Vec::new());
    for (id, outcome) in replay.outcomes() {
        match outcome {
            Outcome::Rejected(denied) => _ = rejected.insert(id.as_str(), verdict(&denied)),
            Outcome::Unplaced(error) => {
                rejected.insert(id.as_str(), reasons("unplaced", &error.to_string()));
            }
            Outcome::SoftFailed(_) => soft_failed.push(id.as_str().into()),
            Outcome::Accepted => {}
        }
        if let Some(state) = replay.state_before(id) {
            let json = entries(replay.graph(), state).to_canonical();
            before.insert(id.as_str(), to_hex(matrix_signatures::Sha256Hash::of(&json).as_bytes()));
        }
    }
    let mut ok = ok("state_before_sha256", before);
    ok.insert("rejected", rejected);
    ok.insert("soft_failed", Value::Array(soft_failed));
    let extremities = replay.forward_extremities().map(|id| id.as_str().into()).collect();
    ok.insert("forward_extremities", Value::Array(extremities));
    ok.insert("state", entries(replay.graph(), replay.current_state()));
    Ok(Answer::new(ok, move || _ = black_box(run().current_state())))
}

/// Puts an event through the checks before authorization, if there are keys to do it with.
fn received(
    given: Given,
    rules: &RoomVersionRules,
    keys: Option<&(KeyRing, i64)>,
) -> Result<Pdu, (String, Object)> {
    let Some((keys, now_ms)) = keys else { return Ok(given.pdu) };
    let id = given.pdu.event_id().to_string();
    receive(&given.row, rules, keys, *now_ms)
        .map_err(|refusal| (id, reasons(&format!("receipt {}", refusal.check), &refusal.reason)))
}

/// The graph of a request and its state sets, and how long the graph took to build, in nanoseconds.
fn prepare(request: &Object) -> Result<(EventGraph, Vec<StateSet>, u128), Failure> {
    let rules = rules(request)?;
    let events = events_of(request, rules)?;
    let start = Instant::now();
    let mut graph = EventGraph::new(rules);
    for given in &events {
        graph.insert(&given.pdu)?;
    }
    for given in events.iter().filter(|given| given.rejected) {
        graph.set_rejected(given.pdu.event_id(), true)?;
    }
    let load = start.elapsed().as_nanos();
    let sets = match lines_of_file(request, "state_sets_file")? {
        Some(lines) => lines,
        None => array(request, "state_sets")?.to_vec(),
    };
    // A file may hold one line for each set, or all sets in one line.
    let nested = |sets: &[Value]| {
        let first = sets.first().and_then(Value::as_array).and_then(<[Value]>::first);
        sets.len() == 1
            && first
                .and_then(Value::as_array)
                .is_some_and(|entry| entry.first().is_none_or(|e| e.as_str().is_none()))
    };
    let sets = match sets.as_slice() {
        [Value::Array(inner)] if nested(&sets) => inner.clone(),
        _ => sets,
    };
    let sets = sets.iter().map(|set| state_set(&graph, set)).collect::<Result<_, _>>()?;
    Ok((graph, sets, load))
}

fn state_set(graph: &EventGraph, set: &Value) -> Result<StateSet, Failure> {
    let bad = || Failure::new("bad_input", "a state set is not a list of [type, state_key, event_id]");
    let mut entries = Vec::new();
    for entry in set.as_array().ok_or_else(bad)? {
        match entry.as_array() {
            Some([Value::String(event_type), Value::String(state_key), Value::String(id)]) => {
                entries.push((event_type.as_str(), state_key.as_str(), EventId::parse(id)?));
            }
            _ => return Err(bad()),
        }
    }
    Ok(graph.state_set(entries)?)
}

fn events_of(request: &Object, rules: &RoomVersionRules) -> Result<Vec<Given>, Failure> {
    match lines_of_file(request, "events_file")? {
        Some(lines) => given_list(&lines, rules),
        None => given_list(array(request, "events")?, rules),
    }
}

fn given_list(values: &[Value], rules: &RoomVersionRules) -> Result<Vec<Given>, Failure> {
    values
        .iter()
        .map(|value| {
            let rejected = value.as_object().and_then(|o| o.get("rejected")).and_then(Value::as_bool);
            let row = Row::from_value(value.clone()).map_err(|error| Failure::new("bad_input", error))?;
            let id = row.event_id.as_deref().map(EventId::parse).transpose()?;
            let pdu = read_pdu(&row.event, id, rules)?;
            Ok(Given { row, pdu, rejected: rejected.unwrap_or(false) })
        })
        .collect()
}

/// Reads an event; without an ID, its own is worked out.
fn read_pdu(event: &Object, id: Option<&EventId>, rules: &RoomVersionRules) -> Result<Pdu, Failure> {
    let own = match id {
        Some(id) => id.to_owned(),
        None => matrix_signatures::event_id(event, rules)?,
    };
    pdu(event, &own, rules).map_err(|refusal| Failure::new("bad_input", format!("{own}: {}", refusal.reason)))
}

fn entries(graph: &EventGraph, state: &StateSet) -> Value {
    let entry = |(event_type, state_key, id): (&str, &str, &EventId)| {
        Value::Array(vec![event_type.into(), state_key.into(), id.as_str().into()])
    };
    Value::Array(graph.entries(state).into_iter().map(entry).collect())
}

fn verdict(denied: &Denied) -> Object {
    reasons(denied.rule(), &denied.to_string())
}

fn reasons(rule: &str, reason: &str) -> Object {
    let mut object = ok("rule", rule);
    object.insert("reason", reason);
    object
}
