//! Whatever the order of additions and removals: the aggregate is that of what remains.

use std::collections::{BTreeMap, BTreeSet};

use matrix_events::relation::{EventKey, RelatedEvent, Relations, Viewer};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{event, object, room, user};

const EVENTS: usize = 8;
const SENDERS: [&str; 3] = ["@a:x", "@b:x", "@c:x"];
const TYPES: [&str; 2] = ["m.room.message", "m.reaction"];
const RELATIONS: [&str; 5] = ["m.annotation", "m.replace", "m.thread", "m.reference", "org.example.other"];

/// An event of a little room, which relates to one of the others or to none.
#[derive(Clone, Debug)]
struct Event {
    sender: usize,
    event_type: usize,
    is_state: bool,
    at: i64,
    relation: Option<(usize, usize, u8)>,
    new_content: bool,
}

fn any_event() -> impl Strategy<Value = Event> {
    let relation = prop::option::weighted(0.8, (0..RELATIONS.len(), 0..EVENTS, 0..2_u8));
    (
        0..SENDERS.len(),
        0..TYPES.len(),
        prop::bool::weighted(0.1),
        0..4_i64,
        relation,
        prop::bool::weighted(0.9),
    )
        .prop_map(|(sender, event_type, is_state, at, relation, new_content)| Event {
            sender,
            event_type,
            is_state,
            at,
            relation,
            new_content,
        })
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Add(usize),
    Remove(usize),
    Redact(usize),
    Withhold(usize),
    Restore(usize),
}

fn any_step() -> impl Strategy<Value = Step> {
    let event = 0..EVENTS;
    prop_oneof![
        4 => event.clone().prop_map(Step::Add),
        1 => event.clone().prop_map(Step::Remove),
        1 => event.clone().prop_map(Step::Redact),
        1 => event.clone().prop_map(Step::Withhold),
        1 => event.prop_map(Step::Restore),
    ]
}

fn id(at: usize) -> String {
    format!("${at}")
}

fn content(row: &Event) -> Value {
    let mut content = json!({});
    if let Some((rel_type, target, key)) = row.relation {
        content["m.relates_to"] =
            json!({"rel_type": RELATIONS[rel_type], "event_id": id(target), "key": format!("k{key}")});
    }
    if row.new_content {
        content["m.new_content"] = json!({});
    }
    content
}

fn add(relations: &mut Relations, at: usize, row: &Event) {
    let content = object(&content(row));
    relations.add(&RelatedEvent {
        key: event(&id(at)).into(),
        room_id: None,
        sender: user(SENDERS[row.sender]),
        event_type: TYPES[row.event_type],
        is_state: row.is_state,
        origin_server_ts: row.at,
        position: row.at,
        content: &content,
        decrypted: None,
    });
}

fn apply(relations: &mut Relations, step: Step, events: &[Event]) {
    match step {
        Step::Add(at) => add(relations, at, &events[at]),
        Step::Remove(at) => _ = relations.remove(&event(&id(at)).into()),
        Step::Redact(at) => relations.redact(event(&id(at))),
        Step::Withhold(at) => relations.withhold(event(&id(at)).into()),
        Step::Restore(at) => relations.restore(&event(&id(at)).into()),
    }
}

/// What remains after some steps.
#[derive(Default)]
struct Remaining {
    there: BTreeSet<usize>,
    redacted: BTreeSet<usize>,
    withheld: BTreeSet<usize>,
}

impl Remaining {
    fn after(steps: &[Step]) -> Self {
        let mut left = Self::default();
        for step in steps {
            match *step {
                Step::Add(at) => _ = left.there.insert(at),
                Step::Remove(at) => _ = left.there.remove(&at),
                Step::Redact(at) => _ = left.redacted.insert(at),
                Step::Withhold(at) => _ = left.withheld.insert(at),
                Step::Restore(at) => _ = left.withheld.remove(&at),
            }
        }
        left
    }
}

/// The aggregate of one event, by the definitions, from the whole of what remains.
fn by_definition(target: usize, events: &[Event], left: &Remaining, viewer: &Viewer) -> Value {
    let parent = left.there.contains(&target).then(|| &events[target]);
    // Nothing relates to itself, and what is redacted to nothing.
    let relation =
        |at: usize| events[at].relation.filter(|(_, to, _)| *to != at && !left.redacted.contains(&at));
    let own = parent.and_then(|_| relation(target)).map(|(rel_type, ..)| RELATIONS[rel_type]);
    let children = |wanted: &'static str| {
        let mut children: Vec<usize> = left
            .there
            .iter()
            .copied()
            .filter(|at| !left.withheld.contains(at))
            .filter(|at| {
                relation(*at).is_some_and(|(rel_type, to, _)| to == target && RELATIONS[rel_type] == wanted)
            })
            .filter(|at| !viewer.ignored.contains(user(SENDERS[events[*at].sender])))
            .collect();
        children.sort_by_key(|at| (events[*at].at, id(*at)));
        children
    };
    let mut annotations: BTreeMap<(usize, u8), BTreeSet<usize>> = BTreeMap::new();
    if !matches!(own, Some("m.annotation" | "m.replace")) {
        for at in children("m.annotation") {
            let name = (events[at].event_type, relation(at).unwrap().2);
            annotations.entry(name).or_default().insert(events[at].sender);
        }
    }
    let mut counts: Vec<Value> = annotations
        .iter()
        .map(|((event_type, key), senders)| {
            let mine = senders.iter().any(|sender| viewer.user_id.as_deref() == Some(user(SENDERS[*sender])));
            json!([TYPES[*event_type], format!("k{key}"), senders.len(), mine])
        })
        .collect();
    counts.sort_by_key(|row| (row[0].to_string(), row[1].to_string()));
    let edit = parent
        .filter(|parent| own != Some("m.replace") && !parent.is_state && !left.redacted.contains(&target));
    let edit = edit.and_then(|parent| {
        let valid = |at: &usize| {
            let row = &events[*at];
            row.sender == parent.sender
                && row.event_type == parent.event_type
                && !row.is_state
                && row.new_content
        };
        children("m.replace").into_iter().rfind(valid)
    });
    let thread = children("m.thread");
    let summary = thread.last().filter(|_| own.is_none()).map(|latest| {
        let me = viewer.user_id.as_deref();
        let is_me = |sender: usize| me == Some(user(SENDERS[sender]));
        let participated = parent.is_some_and(|parent| is_me(parent.sender))
            || thread.iter().any(|at| is_me(events[*at].sender));
        json!([thread.len(), id(*latest), participated])
    });
    let references: Vec<String> = children("m.reference").into_iter().map(id).collect();
    json!([counts, edit.map(id), summary, references])
}

fn found(target: usize, relations: &Relations, viewer: &Viewer) -> Value {
    let related = relations.of(&event(&id(target)).into());
    let name = |key: &EventKey| match key {
        EventKey::Sent(id) => id.to_string(),
        EventKey::Pending(id) => id.to_string(),
    };
    let annotations = related.annotations(viewer);
    let counts: Vec<Value> =
        annotations.iter().map(|row| json!([row.event_type, row.key, row.count, row.mine])).collect();
    let thread = related.thread(viewer);
    let thread = thread
        .map(|thread| json!([thread.count, name(thread.latest_event), thread.current_user_participated]));
    let references: Vec<String> = related.references(viewer).into_iter().map(name).collect();
    let mut counts = counts;
    counts.sort_by_key(|row| (row[0].to_string(), row[1].to_string()));
    json!([counts, related.latest_edit(viewer).map(name), thread, references])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn msc2675_any_order_of_additions_and_removals_gives_the_aggregate_of_what_remains(
        events in prop::collection::vec(any_event(), EVENTS),
        steps in prop::collection::vec(any_step(), 0..40),
        ignored in prop::collection::vec(any::<bool>(), SENDERS.len() - 1),
    ) {
        let mut relations = Relations::new(room("!room:x").to_owned());
        for step in &steps {
            apply(&mut relations, *step, &events);
        }
        let left = Remaining::after(&steps);
        // The viewer is the last of the senders and ignores some of the others.
        let ignored = SENDERS.iter().zip(ignored).filter(|(_, ignored)| *ignored).map(|(id, _)| user(id).into());
        let viewer = Viewer { user_id: Some(user(SENDERS[2]).into()), ignored: ignored.collect() };

        // The same remainder, told in another way and order.
        let mut direct = Relations::new(room("!room:x").to_owned());
        left.redacted.iter().for_each(|at| direct.redact(event(&id(*at))));
        left.there.iter().rev().for_each(|at| add(&mut direct, *at, &events[*at]));
        left.withheld.iter().for_each(|at| direct.withhold(event(&id(*at)).into()));

        for target in 0..EVENTS {
            let wanted = by_definition(target, &events, &left, &viewer);
            prop_assert_eq!(&found(target, &relations, &viewer), &wanted);
            prop_assert_eq!(&found(target, &direct, &viewer), &wanted);
        }
    }
}
