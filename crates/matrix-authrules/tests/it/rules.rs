//! Every rule of every version, one case that it allows and one that it refuses at least.

use std::collections::{BTreeMap, BTreeSet};

use matrix_authrules::Rule;
use matrix_roomversion::RoomVersion;

use crate::{cases, scene::Scene};

/// The numbers as they stand on the pages of the specification: version, then the rule's name.
fn numbers() -> BTreeMap<String, BTreeMap<String, String>> {
    serde_json::from_str(include_str!("../data/rule_numbers.json")).unwrap()
}

#[test]
fn every_rule_has_the_number_that_the_pages_show() {
    let numbers = numbers();
    assert_eq!(numbers.len(), RoomVersion::ALL.len());
    for version in RoomVersion::ALL {
        let numbering = version.rules().authorization.numbering;
        for rule in Rule::ALL {
            let expected = numbers[version.as_str()].get(&format!("{rule:?}"));
            assert_eq!(rule.number(numbering), expected.map(String::as_str), "{rule:?} in room {version}");
        }
    }
}

#[test]
fn rules_stand_in_the_order_of_their_numbers() {
    let key = |number: &str| -> Vec<u32> { number.split('.').map(|part| part.parse().unwrap()).collect() };
    for version in RoomVersion::ALL {
        let numbering = version.rules().authorization.numbering;
        let numbers: Vec<_> = Rule::ALL.iter().filter_map(|rule| rule.number(numbering)).map(key).collect();
        assert!(numbers.is_sorted(), "room {version}");
        let distinct: BTreeSet<_> = numbers.iter().collect();
        assert_eq!(distinct.len(), numbers.len(), "room {version}");
    }
}

#[test]
fn every_rule_of_every_version_allows_and_refuses() {
    let numbers = numbers();
    let (mut allowed, mut denied) = (BTreeSet::new(), BTreeSet::new());
    let mut ran = 0;
    let mut wrong = Vec::new();
    for case in cases::all() {
        for version in RoomVersion::ALL {
            let numbering = version.rules().authorization.numbering;
            if case.rule.number(numbering).is_none() || !case.rooms.contains(&version) {
                continue;
            }
            let mut scene = Scene::new(version);
            (case.change)(&mut scene);
            let (expected, tried) = match case.allowed {
                true => (None, &mut allowed),
                false => {
                    (Some((case.rule, &*numbers[version.as_str()][&format!("{:?}", case.rule)])), &mut denied)
                }
            };
            let denial = scene.verdict().err();
            if denial.map(|denial| (denial.kind(), denial.rule())) != expected {
                wrong.push(format!("room {version}, {:?}, {}: {denial:?}", case.rule, case.name));
            }
            tried.insert((case.rule, version));
            ran += 1;
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for version in RoomVersion::ALL {
        for rule in Rule::ALL {
            if rule.number(version.rules().authorization.numbering).is_some() {
                assert!(allowed.contains(&(*rule, version)), "{rule:?} allows nothing in room {version}");
                assert!(denied.contains(&(*rule, version)), "{rule:?} refuses nothing in room {version}");
            }
        }
    }
    assert!(ran > 2000, "{ran} cases");
}
