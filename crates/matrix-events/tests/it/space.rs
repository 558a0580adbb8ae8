use matrix_authrules::{PowerLevels, RoomLevels};
use matrix_canonicaljson::Object;
use matrix_events::Wire;
use matrix_events::content::{RoomCreate, SpaceChild, SpaceParent};
use matrix_events::space::{ChildOrder, canonical_parent, is_parent};
use matrix_identifiers::{OwnedRoomId, RoomId};
use matrix_roomversion::RoomVersion;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{object, room, user};

/// The children among the state events of a space: state key, content, time.
fn read(children: &[(String, Object, Option<i64>)]) -> Vec<(OwnedRoomId, SpaceChild, Option<i64>)> {
    let children = children.iter();
    children
        .filter_map(|(key, content, at)| Some((key.parse().ok()?, SpaceChild::of(content)?, *at)))
        .collect()
}

fn ordered(children: &[(String, Object, Option<i64>)]) -> Vec<String> {
    let children = read(children);
    let mut keys: Vec<_> =
        children.iter().map(|(room_id, child, at)| ChildOrder::new(room_id, child, *at)).collect();
    keys.sort();
    keys.iter().map(|key| key.room_id.to_string()).collect()
}

fn sort(children: &[(&str, i64, Value)]) -> Vec<String> {
    let children = children.iter().map(|(key, at, content)| ((*key).to_owned(), object(content), Some(*at)));
    ordered(&children.collect::<Vec<_>>())
}

#[test]
fn msc1772_orders_of_the_vectors() {
    let vectors: Value = serde_json::from_str(include_str!("../data/space_order_cases.json")).unwrap();
    let cases = vectors["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 3);
    for case in cases {
        let children = case["children"].as_array().unwrap().iter().map(|child| {
            let key = child["state_key"].as_str().unwrap().to_owned();
            (key, object(&child["content"]), child["origin_server_ts"].as_i64())
        });
        assert_eq!(json!(ordered(&children.collect::<Vec<_>>())), case["expect"], "{}", case["name"]);
    }
}

#[test]
fn msc1772_children_are_ordered_as_in_the_specification() {
    let children = [
        ("!d:x", 1640741000000, json!({"via": ["x"]})),
        ("!e:x", 1640641000000, json!({"via": ["x"]})),
        ("!c:x", 1640841000000, json!({"via": ["x"], "order": "first"})),
        ("!a:x", 1640141000000, json!({"via": ["x"], "order": "aaaa"})),
        ("!b:x", 1640341000000, json!({"via": ["x"], "order": " "})),
    ];
    assert_eq!(sort(&children), ["!b:x", "!a:x", "!c:x", "!e:x", "!d:x"]);
}

#[test]
fn msc1772_an_order_that_does_not_fit_is_none() {
    let long = "x".repeat(51);
    let orders = [json!(5), json!(null), json!(""), json!("a\u{7f}"), json!("é"), json!("\n"), json!(long)];
    for order in orders {
        let children =
            [("!z:x", 1, json!({"via": [], "order": order})), ("!a:x", 2, json!({"via": [], "order": "~"}))];
        assert_eq!(sort(&children), ["!a:x", "!z:x"], "{order}");
    }
    let longest = "~".repeat(50);
    assert!(SpaceChild::of(&object(&json!({"via": [], "order": longest}))).unwrap().order.is_some());
}

#[test]
fn msc1772_equal_orders_fall_back_to_time_and_room() {
    let at = |at, order| (at, json!({"via": ["x"], "order": order}));
    let children = [("!c:x", at(2, "a")), ("!b:x", at(2, "a")), ("!z:x", at(1, "a")), ("!y:x", at(9, "A"))];
    let children = children.map(|(key, (at, content))| (key, at, content));
    assert_eq!(sort(&children), ["!y:x", "!z:x", "!b:x", "!c:x"]);
    // A time that is not known comes last.
    let content = object(&json!({"via": []}));
    let children = [("!a:x".to_owned(), content.clone(), None), ("!b:x".to_owned(), content, Some(i64::MAX))];
    assert_eq!(ordered(&children), ["!b:x", "!a:x"]);
}

#[test]
fn msc1772_a_child_has_a_list_of_servers_and_a_room_id() {
    for content in [json!({}), json!({"via": "x"}), json!({"via": null}), json!({"via": {"0": "x"}})] {
        assert_eq!(SpaceChild::of(&object(&content)), None, "{content}");
        assert_eq!(SpaceParent::of(&object(&content)), None, "{content}");
    }
    let content = object(&json!({"via": ["a.org", "b org", 5, "c.org:80"], "suggested": "true"}));
    let child = SpaceChild::of(&content).unwrap();
    assert_eq!(child.via, ["a.org", "c.org:80"]);
    assert!(!child.is_suggested());
    assert!(SpaceChild::of(&object(&json!({"via": [], "suggested": true}))).unwrap().is_suggested());
    for key in ["", "!", "#a:x", "a"] {
        assert!(RoomId::parse(key).is_err(), "{key}");
    }
}

#[test]
fn msc1772_a_space_is_told_by_its_type() {
    let is_space = |content: &Value| RoomCreate::of(&object(content)).unwrap().is_space();
    assert!(is_space(&json!({"type": "m.space"})));
    for content in [json!({}), json!({"type": "m.room"}), json!({"type": ["m.space"]})] {
        assert!(!is_space(&content), "{content}");
    }
}

#[test]
fn msc1772_the_canonical_parent_is_the_lowest_room_id() {
    let parents = ["!b:x", "!a:x", "!Z:x", "!é:x"].map(room);
    assert_eq!(canonical_parent(parents), Some(room("!Z:x")));
    assert_eq!(canonical_parent([room("!😀:x"), room("!～:x")]), Some(room("!～:x")));
    assert_eq!(canonical_parent([]), None);
}

#[test]
fn msc1772_a_parent_is_believed_that_has_the_child_or_whose_administrator_claims_it() {
    let rules = &RoomVersion::V11.rules().authorization;
    let levels = r#"{"users": {"@admin:x": 100, "@mod:x": 60}, "events": {"m.space.child": 70}}"#;
    let levels = PowerLevels::parse(levels, rules);
    let levels = RoomLevels::new(rules, None, Some(&levels));
    let claim = SpaceParent::of(&object(&json!({"via": ["x"], "canonical": true}))).unwrap();
    let child = |content| SpaceChild::of(&object(&content));
    let (child, no_child) = (child(json!({"via": []})), child(json!({})));
    let (child, no_child) = (child.as_ref(), no_child.as_ref());
    let [admin, moderator] = ["@admin:x", "@mod:x"].map(user);
    assert!(claim.is_canonical());
    assert!(is_parent(&claim, moderator, child, None));
    assert!(is_parent(&claim, moderator, child, Some(&levels)));
    assert!(is_parent(&claim, admin, None, Some(&levels)));
    assert!(is_parent(&claim, admin, no_child, Some(&levels)));
    assert!(!is_parent(&claim, moderator, no_child, Some(&levels)));
    assert!(!is_parent(&claim, admin, None, None));
    let misfit = object(&json!({"via": [], "canonical": "true"}));
    assert!(!SpaceParent::of(&misfit).unwrap().is_canonical());
}

proptest! {
    #[test]
    fn msc1772_the_order_is_total_and_does_not_depend_on_the_input(
        children in prop::collection::vec(("![a-c]{1,2}:x", prop::option::of("[a-c ]{0,3}"), 0..4_i64), 0..12),
    ) {
        let mut children: Vec<_> = children
            .into_iter()
            .map(|(key, order, at)| (key, object(&json!({"via": [], "order": order})), Some(at)))
            .collect();
        let forward = ordered(&children);
        children.reverse();
        prop_assert_eq!(&ordered(&children), &forward);
        let children = read(&children);
        let keys: Vec<_> = children.iter().map(|(room_id, child, at)| ChildOrder::new(room_id, child, *at)).collect();
        for left in &keys {
            for right in &keys {
                prop_assert_eq!(left.cmp(right), right.cmp(left).reverse());
                prop_assert_eq!(left.cmp(right).is_eq(), left == right);
                // Children with an order precede those without.
                prop_assert!(left.order.is_none() || right.order.is_some() || left < right);
            }
        }
    }
}
