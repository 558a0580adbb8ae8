use matrix_events::{Case, Glob, GlobSet};
use proptest::prelude::*;

fn matches(set: &GlobSet<usize>, text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    set.each_match(text, |value| found.push(*value));
    found.sort_unstable();
    found
}

#[test]
fn equal_patterns_are_kept_apart_by_their_values() {
    let mut set = GlobSet::new(Case::Ascii);
    for (value, pattern) in ["a*", "A*", "a", "*", "*b", "a*"].into_iter().enumerate() {
        set.insert(pattern, value);
    }
    assert_eq!((matches(&set, "ab"), set.len()), (vec![0, 1, 3, 4, 5], 6));
    assert_eq!(set.remove("a*", |value| *value == 5), Some(5));
    assert_eq!(set.remove("a*", |value| *value == 5), None);
    assert_eq!(set.remove("b", |_| true), None);
    assert_eq!((matches(&set, "A"), set.len()), (vec![0, 1, 2, 3], 5));
    for (value, pattern) in [(0, "a*"), (1, "a*"), (2, "a"), (3, "*"), (4, "*b")] {
        assert_eq!(set.remove(pattern, |known| *known == value), Some(value));
    }
    assert!(set.is_empty() && !set.is_match("a"));
}

proptest! {
    #[test]
    fn a_set_finds_what_its_patterns_match_one_by_one(
        patterns in prop::collection::vec("[ab*?é:]{0,6}", 0..30),
        gone in prop::collection::vec(any::<bool>(), 30),
        texts in prop::collection::vec("[abé:]{0,8}", 1..6),
    ) {
        let mut set = GlobSet::new(Case::Sensitive);
        for (value, pattern) in patterns.iter().enumerate() {
            set.insert(pattern, value);
        }
        let mut left = Vec::new();
        for (value, pattern) in patterns.iter().enumerate() {
            if gone[value] {
                prop_assert_eq!(set.remove(pattern, |known| *known == value), Some(value));
            } else {
                left.push(value);
            }
        }
        prop_assert_eq!(set.len(), left.len());
        for text in &texts {
            let wanted: Vec<usize> = left
                .iter()
                .copied()
                .filter(|value| Glob::new(&patterns[*value], Case::Sensitive).is_match(text))
                .collect();
            prop_assert_eq!(set.is_match(text), !wanted.is_empty());
            prop_assert_eq!(matches(&set, text), wanted);
        }
    }
}
