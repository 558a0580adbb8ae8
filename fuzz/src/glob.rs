//! Glob-style matching.

use matrix_events::{Case, Glob, GlobSet};

/// What takes more steps than these by the definition is matched, but not held against it. It is enough for patterns of
/// hundreds of characters, which are searched for in another way than short ones.
const MAX_STEPS: usize = 1_000_000;

/// Checks that a pattern matches as defined, whole values and words, in every way of comparing case, and that a set of
/// patterns finds what they find one by one.
///
/// The input is text: the first line is the text to match, each other line a pattern.
pub fn run(data: &[u8]) {
    let Ok(input) = str::from_utf8(data) else { return };
    let mut lines = input.split('\n');
    let text = lines.next().unwrap_or_default();
    let patterns: Vec<&str> = lines.take(20).collect();
    for case in [Case::Sensitive, Case::Ascii, Case::Unicode] {
        check_fold(text, case);
        patterns.iter().for_each(|pattern| check_glob(pattern, text, case));
        check_set(&patterns, text, case);
    }
}

fn check_fold(text: &str, case: Case) {
    let folded = case.fold(text);
    assert_eq!(case.fold(&folded), folded, "folding {text:?} twice is not folding once");
    assert_eq!(folded.chars().count(), text.chars().count());
    for (before, after) in text.chars().zip(folded.chars()) {
        assert_eq!(before.is_ascii(), after.is_ascii(), "{before:?} folds to {after:?}");
    }
}

fn check_glob(pattern: &str, text: &str, case: Case) {
    let glob = Glob::new(pattern, case);
    let (whole, words) = (glob.is_match(text), glob.is_word_match(text));
    assert!(words || !whole, "{glob:?} matches the whole of {text:?} and no part");
    let again = Glob::new(&glob.to_string(), case);
    assert_eq!((again.is_match(text), again.is_word_match(text)), (whole, words), "{glob:?}");
    let (pattern, text) = (case.fold(pattern), case.fold(text));
    assert!(!whole || (text.starts_with(glob.literal_prefix()) && text.ends_with(glob.literal_suffix())));
    assert_eq!(glob.as_literal().is_some(), !pattern.contains(['*', '?']));
    assert!(glob.as_literal().is_none_or(|literal| (literal == text) == whole));
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let starts: Vec<usize> = (0..=text.len()).filter(|start| is_boundary(&text, *start)).collect();
    if pattern.len().saturating_mul(text.len()).saturating_mul(starts.len()) > MAX_STEPS {
        return;
    }
    assert_eq!(whole, ends(&pattern, &text).last() == Some(&true), "{glob:?} and {text:?}");
    let found = starts.into_iter().any(|start| {
        let ends = ends(&pattern, &text[start..]);
        (start..=text.len()).any(|end| is_boundary(&text, end) && ends[end - start])
    });
    assert_eq!(words, found, "{glob:?} and words of {text:?}");
}

/// Where a match that begins with the text may end.
fn ends(pattern: &[char], text: &[char]) -> Vec<bool> {
    let mut row: Vec<bool> = (0..=text.len()).map(|length| length == 0).collect();
    for wanted in pattern {
        let before = row.clone();
        for length in 0..=text.len() {
            let shorter = length.checked_sub(1).map(|at| (before[at], row[at], text[at]));
            row[length] = match (wanted, shorter) {
                ('*', shorter) => before[length] || shorter.is_some_and(|(_, same, _)| same),
                (_, None) => false,
                ('?', Some((ends, ..))) => ends,
                (wanted, Some((ends, _, found))) => ends && *wanted == found,
            };
        }
    }
    row
}

fn is_boundary(text: &[char], at: usize) -> bool {
    let is_word = |at: usize| text.get(at).is_some_and(|c| c.is_ascii_alphanumeric() || *c == '_');
    at == 0 || at == text.len() || !is_word(at - 1) || !is_word(at)
}

fn check_set(patterns: &[&str], text: &str, case: Case) {
    let mut set = GlobSet::new(case);
    patterns.iter().enumerate().for_each(|(number, pattern)| set.insert(pattern, number));
    // Every third goes again.
    for (number, pattern) in patterns.iter().enumerate().step_by(3) {
        assert_eq!(set.remove(pattern, |known| *known == number), Some(number));
    }
    let mut found = Vec::new();
    set.each_match(text, |number| found.push(*number));
    found.sort_unstable();
    let one_by_one = patterns.iter().enumerate().filter(|(number, _)| number % 3 > 0);
    let one_by_one = one_by_one.filter(|(_, pattern)| Glob::new(pattern, case).is_match(text));
    let wanted: Vec<usize> = one_by_one.map(|(number, _)| number).collect();
    assert_eq!(found, wanted, "{patterns:?} and {text:?}");
    assert_eq!(
        (set.is_match(text), set.len()),
        (!wanted.is_empty(), patterns.len() - patterns.len().div_ceil(3))
    );
}
