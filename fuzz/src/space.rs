//! Spaces.

use std::collections::{BTreeMap, BTreeSet};

use matrix_canonicaljson::{Mode, Object, Value};
use matrix_events::Wire;
use matrix_events::content::{SpaceChild, SpaceParent};
use matrix_events::space::{
    ChildOrder, Hierarchy, HierarchyChild, HierarchyLimits, HierarchyStep, canonical_parent,
};
use matrix_identifiers::{OwnedRoomId, RoomId, ServerName, SpaceOrder};

use crate::bytes::Bytes;

/// Checks that the order of children is one and does not depend on the order in which they come, and that a walk through
/// spaces of any shape ends within its limits and shows every room that it reaches.
///
/// The input is text, or a few spaces in bytes after a byte 0. A line of text is a state key, a space, and JSON.
pub fn run(data: &[u8]) {
    match data.split_first() {
        Some((0, data)) => walk(&mut Bytes::new(data)),
        _ => order(data),
    }
}

fn order(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let lines = text.split('\n').take(30).filter_map(|line| line.split_once(' '));
    let children = lines.filter_map(|(key, json)| {
        let content = Object::parse(json.as_bytes(), Mode::Lenient).ok()?;
        let timestamp = content.get("ts").and_then(Value::as_i64);
        Some((key.parse::<OwnedRoomId>().ok()?, child(&content)?, timestamp))
    });
    let children: Vec<_> = children.collect();
    let keys = children.iter().map(|(room_id, child, at)| ChildOrder::new(room_id, child, *at));
    let mut keys: Vec<ChildOrder<'_>> = keys.collect();
    let mut backwards: Vec<_> = keys.iter().rev().copied().collect();
    keys.sort();
    backwards.sort();
    assert_eq!(keys, backwards);
    for (at, left) in keys.iter().enumerate() {
        for right in &keys[at..] {
            assert!(left <= right && left.cmp(right) == right.cmp(left).reverse());
            assert!(left.order.is_some() || right.order.is_none(), "an order comes after none");
        }
    }
    let parents = keys.iter().map(|key| key.room_id);
    assert_eq!(canonical_parent(parents.clone()), parents.min());
}

/// Reads a child and checks that it is what the proposal makes of the content.
fn child(content: &Object) -> Option<SpaceChild> {
    let child = SpaceChild::of(content);
    assert_eq!(child.is_some(), content.get_array("via").is_some());
    assert_eq!(SpaceParent::of(content).is_some(), child.is_some());
    let child = child?;
    let order = content.get_str("order").and_then(|order| SpaceOrder::parse(order).ok());
    assert_eq!(child.order.as_deref(), order);
    assert_eq!(child.is_suggested(), content.get("suggested") == Some(&Value::Bool(true)));
    let servers = content.get_array("via").unwrap_or_default().iter().filter_map(Value::as_str);
    assert!(
        child.via.iter().map(|server| &**server).eq(servers.filter_map(|name| ServerName::parse(name).ok()))
    );
    Some(child)
}

fn walk(bytes: &mut Bytes<'_>) {
    let limits = HierarchyLimits { depth: bytes.below(8), children: bytes.below(8), rooms: bytes.below(40) };
    let mut edges: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for _ in 0..bytes.below(48) {
        edges.entry(bytes.below(9)).or_default().insert(bytes.below(9));
    }
    let name = |number: usize| format!("!{number}");
    let content = SpaceChild::new(Vec::new());
    let mut hierarchy = Hierarchy::new(RoomId::parse("!0").expect("a room ID"), limits);
    let (mut shown, mut asked) = (Vec::new(), BTreeSet::new());
    loop {
        match hierarchy.next_step() {
            HierarchyStep::Done => break,
            HierarchyStep::Room(room) => {
                assert!(room.depth <= limits.depth && (room.depth == 0) == room.parent.is_none());
                assert_eq!(room.is_repeated, asked.contains(&room.room_id));
                shown.push(room);
            }
            HierarchyStep::Ask(space) => {
                let keys: Vec<OwnedRoomId> = edges
                    .iter()
                    .filter(|(from, _)| name(**from) == *space.as_str())
                    .flat_map(|(_, to)| to.iter().map(|to| name(*to).parse().expect("a room ID")))
                    .collect();
                let children = keys.iter().map(|key| HierarchyChild {
                    room_id: key,
                    content: &content,
                    timestamp: None,
                });
                hierarchy.answer(&children.collect::<Vec<_>>());
                assert!(asked.insert(space), "a space is asked for twice");
            }
        }
    }
    assert_eq!(hierarchy.next_step(), HierarchyStep::Done);
    assert!(shown.len() <= limits.rooms);
    for pair in shown.windows(2) {
        assert!(pair[1].depth <= pair[0].depth + 1);
    }
    if !hierarchy.is_cut() {
        let mut reach = vec![0];
        while let Some(next) =
            reach.iter().flat_map(|from| edges.get(from).into_iter().flatten()).find(|to| !reach.contains(to))
        {
            reach.push(*next);
        }
        let rooms: BTreeSet<String> = shown.iter().map(|room| room.room_id.to_string()).collect();
        assert_eq!(rooms, reach.into_iter().map(name).collect());
    }
}
