//! Room state as a value that shares what it has in common with the states it came from.

use std::sync::Arc;

/// How many bits of a key's number choose among a node's children.
const BITS: u32 = 4;
/// How many children, or entries, a node has.
const WIDTH: usize = 1 << BITS;
/// Stands for "no event under this key".
const NONE: u32 = u32::MAX;

/// The state of a room at some point: which event stands under each pair of type and state key.
///
/// Made by an [`EventGraph`](crate::EventGraph) and of use only together with it. Cloning costs nothing;
/// changing one entry copies a path of a few hundred bytes; comparing two sets costs what they differ in, as
/// long as one came out of the other (or both out of a third).
#[derive(Clone, Debug)]
pub struct StateSet {
    graph: u64,
    root: Arc<Node>,
    /// The tree holds keys below `WIDTH.pow(height + 1)`.
    height: u32,
    len: usize,
}

/// A persistent tree over the numbers of keys. Its height is at most 7: recursion is bounded by that.
#[derive(Clone, Debug)]
enum Node {
    Branch([Option<Arc<Node>>; WIDTH]),
    Leaf([u32; WIDTH]),
}

impl StateSet {
    pub(crate) fn new(graph: u64) -> Self {
        Self { graph, root: Arc::new(Node::Leaf([NONE; WIDTH])), height: 0, len: 0 }
    }

    /// Returns how many entries the state has.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Tells whether the state has no entries.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(crate) fn graph(&self) -> u64 {
        self.graph
    }

    pub(crate) fn get(&self, key: u32) -> Option<u32> {
        if !self.holds(key) {
            return None;
        }
        let mut node = &*self.root;
        let mut level = self.height;
        loop {
            match node {
                Node::Branch(children) => {
                    node = children.get(slot(key, level))?.as_deref()?;
                    level = level.checked_sub(1)?;
                }
                Node::Leaf(entries) => {
                    return entries.get(slot(key, 0)).copied().filter(|event| *event != NONE);
                }
            }
        }
    }

    /// Puts `event` under `key`.
    pub(crate) fn insert(&mut self, key: u32, event: u32) {
        while !self.holds(key) {
            let mut children: [Option<Arc<Node>>; WIDTH] = Default::default();
            if let Some(first) = children.first_mut() {
                *first = Some(Arc::clone(&self.root));
            }
            self.root = Arc::new(Node::Branch(children));
            self.height += 1;
        }
        if set(&mut self.root, self.height, key, event) == NONE && event != NONE {
            self.len += 1;
        }
    }

    /// Leaves nothing under `key`.
    pub(crate) fn remove(&mut self, key: u32) {
        if self.get(key).is_some() {
            self.insert(key, NONE);
            self.len -= 1;
        }
    }

    /// Calls `found` with each key under which the two states differ, ascending, and what stands there.
    pub(crate) fn diff(&self, other: &Self, found: &mut impl FnMut(u32, Option<u32>, Option<u32>)) {
        self.diff_while(other, &mut |key, here, there| {
            found(key, here, there);
            true
        });
    }

    /// As [`StateSet::diff`], until `found` returns `false`. Returns whether it never did.
    fn diff_while(
        &self,
        other: &Self,
        found: &mut impl FnMut(u32, Option<u32>, Option<u32>) -> bool,
    ) -> bool {
        let (low, high) = if self.height <= other.height { (self, other) } else { (other, self) };
        let swapped = self.height > other.height;
        let mut found = |key, in_low, in_high| {
            if swapped { found(key, in_high, in_low) } else { found(key, in_low, in_high) }
        };
        // The lower tree stands at the left edge of the higher one; all to the right of it is only in that.
        let mut right_parts = Vec::new();
        let mut node = Some(&high.root);
        for level in (low.height + 1..=high.height).rev() {
            let Some(Node::Branch(children)) = node.map(|node| &**node) else { break };
            right_parts.push((children, level));
            node = children.first().and_then(Option::as_ref);
        }
        diff(Some(&low.root), node, low.height, 0, &mut found)
            && right_parts.into_iter().rev().all(|(children, level)| {
                children.iter().zip(0u32..).skip(1).all(|(child, index)| {
                    diff(None, child.as_ref(), level - 1, index << (level * BITS), &mut found)
                })
            })
    }

    /// Iterates over keys and events, by ascending key.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        let mut stack = vec![(&self.root, self.height, 0, 0)];
        core::iter::from_fn(move || {
            loop {
                let (node, level, first_key, at) = stack.last_mut()?;
                let here = *at;
                if here >= WIDTH {
                    stack.pop();
                    continue;
                }
                let key = *first_key + ((here as u32) << (*level * BITS));
                *at += 1;
                let child = match &***node {
                    Node::Leaf(entries) => match entries.get(here) {
                        Some(event) if *event != NONE => return Some((key, *event)),
                        _ => continue,
                    },
                    Node::Branch(children) => match children.get(here) {
                        Some(Some(child)) => (child, *level - 1, key, 0),
                        _ => continue,
                    },
                };
                stack.push(child);
            }
        })
    }

    fn holds(&self, key: u32) -> bool {
        // A tree of height 7 holds every 32-bit key.
        key.checked_shr((self.height + 1) * BITS).unwrap_or(0) == 0
    }
}

impl PartialEq for StateSet {
    fn eq(&self, other: &Self) -> bool {
        self.graph == other.graph && self.len == other.len && self.diff_while(other, &mut |_, _, _| false)
    }
}

impl Eq for StateSet {}

fn slot(key: u32, level: u32) -> usize {
    (key >> (level * BITS)) as usize % WIDTH
}

/// Puts `event` under `key`, copying what is shared on the way, and returns what stood there.
fn set(node: &mut Arc<Node>, level: u32, key: u32, event: u32) -> u32 {
    match Arc::make_mut(node) {
        Node::Leaf(entries) => {
            entries.get_mut(slot(key, 0)).map_or(NONE, |entry| core::mem::replace(entry, event))
        }
        Node::Branch(children) => {
            let Some(child) = children.get_mut(slot(key, level)) else { return NONE };
            let empty = || {
                Arc::new(if level == 1 {
                    Node::Leaf([NONE; WIDTH])
                } else {
                    Node::Branch(Default::default())
                })
            };
            set(child.get_or_insert_with(empty), level - 1, key, event)
        }
    }
}

/// Compares two nodes that hold the same range of keys; `false` as soon as `found` says so.
fn diff(
    left: Option<&Arc<Node>>,
    right: Option<&Arc<Node>>,
    level: u32,
    first_key: u32,
    found: &mut impl FnMut(u32, Option<u32>, Option<u32>) -> bool,
) -> bool {
    match (left, right) {
        (None, None) => return true,
        (Some(left), Some(right)) if Arc::ptr_eq(left, right) => return true,
        _ => {}
    }
    let some = |event: u32| (event != NONE).then_some(event);
    (0..WIDTH).zip(0u32..).all(|(index, number)| {
        let key = first_key + (number << (level * BITS));
        if level == 0 {
            let (left, right) = (entry(left, index), entry(right, index));
            left == right || found(key, some(left), some(right))
        } else {
            diff(child(left, index), child(right, index), level - 1, key, found)
        }
    })
}

fn entry(node: Option<&Arc<Node>>, index: usize) -> u32 {
    match node.map(|node| &**node) {
        Some(Node::Leaf(entries)) => entries.get(index).copied().unwrap_or(NONE),
        _ => NONE,
    }
}

fn child(node: Option<&Arc<Node>>, index: usize) -> Option<&Arc<Node>> {
    match node.map(|node| &**node) {
        Some(Node::Branch(children)) => children.get(index)?.as_ref(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn set_of(entries: &BTreeMap<u32, u32>) -> StateSet {
        let mut set = StateSet::new(0);
        for (key, event) in entries {
            set.insert(*key, *event);
        }
        set
    }

    fn key() -> impl Strategy<Value = u32> {
        prop_oneof![0..40u32, 0..70_000u32, Just(u32::MAX), Just(0x1000_0000), Just(0x0fff_ffff)]
    }

    proptest! {
        #[test]
        fn behaves_like_a_map(changes in prop::collection::vec((key(), prop::option::of(0..9u32)), 0..60)) {
            let (mut set, mut map) = (StateSet::new(0), BTreeMap::new());
            for (key, event) in changes {
                match event {
                    Some(event) => { set.insert(key, event); map.insert(key, event); }
                    None => { set.remove(key); map.remove(&key); }
                }
                prop_assert_eq!(set.get(key), map.get(&key).copied());
            }
            prop_assert_eq!(set.len(), map.len());
            prop_assert_eq!(set.iter().collect::<Vec<_>>(), map.clone().into_iter().collect::<Vec<_>>());
            prop_assert_eq!(&set, &set_of(&map));
        }

        #[test]
        fn differences_are_those_of_maps(
            left in prop::collection::btree_map(key(), 0..3u32, 0..40),
            right in prop::collection::btree_map(key(), 0..3u32, 0..40),
        ) {
            let mut found = Vec::new();
            set_of(&left).diff(&set_of(&right), &mut |key, a, b| found.push((key, a, b)));
            let keys: std::collections::BTreeSet<_> = left.keys().chain(right.keys()).collect();
            let expected: Vec<_> = keys
                .into_iter()
                .map(|key| (*key, left.get(key).copied(), right.get(key).copied()))
                .filter(|(_, a, b)| a != b)
                .collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_changed_copy_shares_all_but_one_path() {
        let entries = (0..10_000).map(|key| (key, key)).collect();
        let old = set_of(&entries);
        let mut new = old.clone();
        new.insert(5_000, 1);
        let mut calls = 0;
        old.diff(&new, &mut |key, a, b| {
            assert_eq!((key, a, b), (5_000, Some(5_000), Some(1)));
            calls += 1;
        });
        assert_eq!(calls, 1);
        assert_eq!(old.get(5_000), Some(5_000));
    }
}
