use std::collections::BTreeMap;

use matrix_events::Wire;
use matrix_events::content::SpaceChild;
use matrix_events::space::{Hierarchy, HierarchyChild, HierarchyLimits, HierarchyRoom, HierarchyStep};
use proptest::prelude::*;
use serde_json::json;

use crate::{object, room};

type Spaces = BTreeMap<String, Vec<String>>;

fn walk(spaces: &Spaces, root: &str, limits: HierarchyLimits) -> (Vec<HierarchyRoom>, usize, bool) {
    let content = SpaceChild::of(&object(&json!({"via": ["x.org"], "suggested": true}))).unwrap();
    let (mut rooms, mut asked) = (Vec::new(), 0);
    let mut walk = Hierarchy::new(room(root), limits);
    loop {
        match walk.next_step() {
            HierarchyStep::Room(room) => rooms.push(room),
            HierarchyStep::Ask(space) => {
                asked += 1;
                let children = spaces.get(space.as_str()).into_iter().flatten();
                let children = children.map(|key| HierarchyChild {
                    room_id: room(key),
                    content: &content,
                    timestamp: None,
                });
                walk.answer(&children.collect::<Vec<_>>());
            }
            HierarchyStep::Done => return (rooms, asked, walk.is_cut()),
        }
    }
}

fn spaces(of: &[(&str, &[&str])]) -> Spaces {
    of.iter()
        .map(|(space, rooms)| ((*space).to_owned(), rooms.iter().map(|room| (*room).to_owned()).collect()))
        .collect()
}

fn shown(rooms: &[HierarchyRoom]) -> String {
    let rows = rooms.iter().map(|room| {
        let again = if room.is_repeated { "*" } else { "" };
        format!("{}{}{again}", "-".repeat(room.depth), room.room_id.as_str().trim_start_matches('!'))
    });
    rows.collect::<Vec<_>>().join(" ")
}

#[test]
fn msc1772_a_tree_is_shown_room_by_room_with_what_is_in_it() {
    let spaces = spaces(&[("!s", &["!c", "!a", "!b"]), ("!a", &["!z", "!y"]), ("!z", &["!q"])]);
    let (rooms, asked, is_cut) = walk(&spaces, "!s", HierarchyLimits::DEFAULT);
    assert_eq!((shown(&rooms).as_str(), asked, is_cut), ("s -a --y --z ---q -b -c", 7, false));
    assert_eq!(rooms[1].parent.as_deref(), Some(room("!s")));
    assert!(rooms[1].suggested && rooms[1].via[0] == "x.org" && rooms[0].parent.is_none());
}

#[test]
fn msc1772_cycles_are_broken_and_rooms_in_two_spaces_are_shown_in_both() {
    let spaces =
        spaces(&[("!s", &["!a", "!b", "!s"]), ("!a", &["!b", "!s"]), ("!b", &["!a", "!c"]), ("!c", &["!a"])]);
    let (rooms, asked, _) = walk(&spaces, "!s", HierarchyLimits::DEFAULT);
    assert_eq!((shown(&rooms).as_str(), asked), ("s -a --b ---c -b*", 4));
}

#[test]
fn msc1772_limits_bound_depth_breadth_and_number() {
    let spaces = spaces(&[("!s", &["!a", "!b", "!c"]), ("!a", &["!d"]), ("!d", &["!e"])]);
    let limit = |depth, children, rooms| {
        let (rooms, _, is_cut) = walk(&spaces, "!s", HierarchyLimits { depth, children, rooms });
        (shown(&rooms), is_cut)
    };
    assert_eq!(limit(1, 9, 9), ("s -a -b -c".to_owned(), true));
    assert_eq!(limit(0, 9, 9), ("s".to_owned(), true));
    assert_eq!(limit(3, 1, 9), ("s -a --d ---e".to_owned(), true));
    assert_eq!(limit(9, 9, 3), ("s -a --d".to_owned(), true));
    assert_eq!(limit(3, 3, 6), ("s -a --d ---e -b -c".to_owned(), false));
}

#[test]
fn an_answer_nobody_asked_for_does_nothing() {
    let content = SpaceChild::new(Vec::new());
    let child = [HierarchyChild { room_id: room("!a"), content: &content, timestamp: None }];
    let mut walk = Hierarchy::new(room("!s"), HierarchyLimits::DEFAULT);
    walk.answer(&child);
    assert!(matches!(walk.next_step(), HierarchyStep::Room(_)));
    walk.answer(&child);
    assert_eq!(walk.next_step(), HierarchyStep::Ask(room("!s").to_owned()));
    assert_eq!(walk.next_step(), HierarchyStep::Ask(room("!s").to_owned()));
    walk.answer(&[]);
    walk.answer(&child);
    assert_eq!(walk.next_step(), HierarchyStep::Done);
    assert_eq!(walk.next_step(), HierarchyStep::Done);
}

#[test]
fn a_very_deep_tree_takes_no_stack() {
    let spaces: Spaces = (0..50_000).map(|at| (format!("!{at}"), vec![format!("!{}", at + 1)])).collect();
    let limits = HierarchyLimits { depth: 4_000, children: 10, rooms: usize::MAX };
    let (rooms, _, is_cut) = walk(&spaces, "!0", limits);
    assert_eq!((rooms.len(), is_cut), (4_001, true));
}

proptest! {
    #[test]
    fn msc1772_every_room_in_reach_is_walked_through_once(
        edges in prop::collection::vec((0..8_u8, 0..8_u8), 0..30),
    ) {
        let mut spaces = Spaces::new();
        for (from, to) in edges {
            let children = spaces.entry(format!("!{from}")).or_default();
            if !children.contains(&format!("!{to}")) {
                children.push(format!("!{to}"));
            }
        }
        let mut reach = vec!["!0".to_owned()];
        let mut at = 0;
        while at < reach.len() {
            for child in spaces.get(&reach[at]).cloned().unwrap_or_default() {
                if !reach.contains(&child) {
                    reach.push(child);
                }
            }
            at += 1;
        }
        let (rooms, asked, is_cut) = walk(&spaces, "!0", HierarchyLimits::DEFAULT);
        let mut once: Vec<_> = rooms.iter().filter(|room| !room.is_repeated).map(|room| room.room_id.to_string()).collect();
        once.sort();
        reach.sort();
        prop_assert_eq!(asked, reach.len());
        prop_assert_eq!(once, reach);
        prop_assert!(!is_cut);
        for (above, below) in rooms.iter().zip(&rooms[1..]) {
            prop_assert!(below.depth <= above.depth + 1 && (below.depth <= above.depth || !above.is_repeated));
        }
    }
}
