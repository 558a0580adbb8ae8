use matrix_events::glob::contains_word;
use matrix_events::{Case, Glob};
use proptest::prelude::*;

/// The definition, place by place: which prefixes of the text the pattern's prefixes match.
fn matches_by_table(pattern: &str, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut row: Vec<bool> = (0..=text.len()).map(|length| length == 0).collect();
    for wanted in pattern.chars() {
        let before = row.clone();
        for length in 0..=text.len() {
            row[length] = match wanted {
                '*' => before[length] || (length > 0 && row[length - 1]),
                '?' => length > 0 && before[length - 1],
                _ => length > 0 && before[length - 1] && text[length - 1] == wanted,
            };
        }
    }
    row[text.len()]
}

/// The definition of a match between word boundaries: every part is tried.
fn word_matches_by_table(pattern: &str, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let word = |at: usize| text.get(at).is_some_and(|c| c.is_ascii_alphanumeric() || *c == '_');
    let boundary = |at: usize| at == 0 || at == text.len() || !word(at - 1) || !word(at);
    (0..=text.len()).any(|start| {
        (start..=text.len()).any(|end| {
            let part: String = text[start..end].iter().collect();
            boundary(start) && boundary(end) && matches_by_table(pattern, &part)
        })
    })
}

#[test]
fn globs_of_the_vectors() {
    let vectors: serde_json::Value =
        serde_json::from_str(include_str!("../data/glob_acl_policy_cases.json")).unwrap();
    let cases = vectors["glob"].as_array().unwrap();
    assert_eq!(cases.len(), 11);
    for case in cases {
        let glob = Glob::new(case["pattern"].as_str().unwrap(), Case::Sensitive);
        assert_eq!(
            glob.is_match(case["input"].as_str().unwrap()),
            case["match"].as_bool().unwrap(),
            "{case}"
        );
    }
}

#[test]
fn a_question_mark_is_one_code_point_and_a_star_crosses_lines() {
    let glob = Glob::new("a?*z", Case::Sensitive);
    for (text, matches) in
        [("a😀z", true), ("a\n\nz", true), ("az", false), ("a😀é日z", true), ("aéz!", false)]
    {
        assert_eq!(glob.is_match(text), matches, "{text:?}");
    }
    // Two code points that look like one character stay two.
    assert!(!Glob::new("?", Case::Unicode).is_match("e\u{301}"));
    assert!(Glob::new("*é?", Case::Sensitive).is_match("日é本"));
    assert!(!Glob::new("*??", Case::Sensitive).is_match("本"));
}

#[test]
fn a_start_and_an_end_do_not_overlap() {
    assert!(!Glob::new("ab*ba", Case::Sensitive).is_match("aba"));
    assert!(Glob::new("ab*ba", Case::Sensitive).is_match("abba"));
    assert!(!Glob::new("a*a*a", Case::Sensitive).is_match("aa"));
}

#[test]
fn case_is_compared_as_asked() {
    let matches = |case, pattern, text| Glob::new(pattern, case).is_match(text);
    assert!(!matches(Case::Sensitive, "A*", "ab"));
    assert!(matches(Case::Ascii, "A*", "ab") && matches(Case::Ascii, "a*", "AB"));
    assert!(!matches(Case::Ascii, "É", "é"));
    for (pattern, text) in
        [("ÉTÉ", "été"), ("ΟΔΟΣ", "οδος"), ("ß", "ẞ"), ("Ꭰ", "ꭰ"), ("µ", "μ"), ("\u{212B}", "å")]
    {
        assert!(matches(Case::Unicode, pattern, text), "{pattern} {text}");
        assert!(matches(Case::Unicode, text, pattern), "{text} {pattern}");
    }
    // Full folding would change the number of characters, and a fold onto ASCII the words.
    for (pattern, text) in [("ß", "ss"), ("\u{212A}", "k"), ("ſ", "s"), ("ı", "i"), ("İ", "i")] {
        assert!(!matches(Case::Unicode, pattern, text), "{pattern} {text}");
    }
}

#[test]
fn words_end_at_anything_but_ascii_letters_digits_and_underscores() {
    let cases = [
        ("cake", "Cake is a lie", true),
        ("cake", "a\ncake\nb", true),
        ("cake", "cakes, cake", true),
        ("cake", "cheesecake", false),
        ("cake", "cake_1 2cake", false),
        ("ex*ple", "An exciting triple-whammy", true),
        ("ex*ple", "examples", false),
        ("foo?", "foo", false),
        ("foo?", "foo bar", true),
        ("@room", "hi@room!", true),
        ("@room", "@rooms", false),
        ("caf", "café", true),
        ("日本", "日本語", true),
        ("...", "a...b", true),
        ("*nan*", "banana", true),
        ("*nan", "banana", false),
        ("a*", "bab", false),
        ("b*n a", "ban an a", true),
        ("", "cake", true),
    ];
    for (pattern, text, matches) in cases {
        assert_eq!(Glob::new(pattern, Case::Unicode).is_word_match(text), matches, "{pattern:?} {text:?}");
    }
}

#[test]
fn a_word_that_is_no_pattern_is_found_as_it_is() {
    let cases = [
        ("hi ALICE!", "Alice", true),
        ("malice, alices", "alice", false),
        ("malice alice", "alice", true),
        ("a name: *?*", "*?*", true),
        ("a name: abc", "*?*", false),
        ("aaa aa", "aa", true),
        ("日本語", "本", true),
        ("anything", "", false),
        ("", "a", false),
    ];
    for (text, word, found) in cases {
        assert_eq!(contains_word(text, word, Case::Unicode), found, "{text:?} {word:?}");
    }
}

#[test]
fn a_pattern_of_many_stars_takes_no_exponential_time() {
    let text = "a".repeat(50_000);
    let pattern = "*a".repeat(5_000) + "*b";
    assert!(!Glob::new(&pattern, Case::Sensitive).is_match(&text));
    assert!(!Glob::new(&pattern, Case::Unicode).is_word_match(&text));
    assert!(Glob::new(&"?*".repeat(5_000), Case::Sensitive).is_match(&text));
}

#[test]
fn a_compiled_pattern_shows_its_literal_parts() {
    let parts = |pattern| {
        let glob = Glob::new(pattern, Case::Ascii);
        (glob.literal_prefix().to_owned(), glob.literal_suffix().to_owned(), glob.as_literal().is_some())
    };
    assert_eq!(parts("@a*:Evil.org"), ("@a".to_owned(), ":evil.org".to_owned(), false));
    assert_eq!(parts("a?b*c?d"), ("a".to_owned(), "d".to_owned(), false));
    assert_eq!(parts("*"), (String::new(), String::new(), false));
    assert_eq!(parts("Evil.org"), ("evil.org".to_owned(), "evil.org".to_owned(), true));
    assert_eq!(Glob::new("A**?b*", Case::Ascii).to_string(), "a*?b*");
}

proptest! {
    #[test]
    fn the_whole_matches_as_defined(pattern in "[ab*?é😀]{0,9}", text in "[abé😀]{0,12}") {
        let glob = Glob::new(&pattern, Case::Sensitive);
        prop_assert_eq!(glob.is_match(&text), matches_by_table(&pattern, &text));
        prop_assert_eq!(Glob::new(&glob.to_string(), Case::Sensitive).is_match(&text), glob.is_match(&text));
    }

    #[test]
    fn words_match_as_defined(pattern in "[ab*?é -]{0,7}", text in "[abé -]{0,12}") {
        let found = Glob::new(&pattern, Case::Sensitive).is_word_match(&text);
        prop_assert_eq!(found, word_matches_by_table(&pattern, &text));
    }

    #[test]
    fn folding_twice_is_folding_once(text in ".{0,20}") {
        for case in [Case::Sensitive, Case::Ascii, Case::Unicode] {
            let folded = case.fold(&text).into_owned();
            prop_assert_eq!(&case.fold(&folded), &folded);
            prop_assert_eq!(folded.chars().count(), text.chars().count());
            prop_assert!(Glob::new(&text.replace(['*', '?'], ""), case).is_match(&case.fold(&text.replace(['*', '?'], ""))));
        }
    }
}

/// Where the characters of a long stretch stand, one by one: `?` is any.
fn stands(stretch: &[char], text: &[char], at: usize) -> bool {
    text.get(at..at + stretch.len())
        .is_some_and(|part| part.iter().zip(stretch).all(|(found, wanted)| *wanted == '?' || found == wanted))
}

#[test]
fn long_stretches_are_found_where_they_stand() {
    let text: String = (0..900).map(|at| ['a', 'b', 'é', '-', '😀', 'a', 'a'][at * at % 7]).collect();
    let text = format!("{text}?{}", "ab-".repeat(150));
    let characters: Vec<char> = text.chars().collect();
    for (at, length) in [(0, 300), (7, 257), (100, 640), (899, 452), (950, 400), (3, 64 * 5), (901, 300)] {
        for change in
            [None, Some((0, '?')), Some((length / 2, '?')), Some((length - 1, 'x')), Some((200, 'é'))]
        {
            let mut stretch = characters[at..at + length].to_vec();
            change.into_iter().for_each(|(place, c)| stretch[place] = c);
            let wanted: Vec<usize> =
                (0..characters.len()).filter(|at| stands(&stretch, &characters, *at)).collect();
            let pattern: String = stretch.iter().collect();
            let case = Case::Sensitive;
            assert_eq!(Glob::new(&format!("*{pattern}*"), case).is_match(&text), !wanted.is_empty());
            let is_word =
                |at: usize| characters.get(at).is_some_and(|c| c.is_ascii_alphanumeric() || *c == '_');
            let ends = |at: usize| at == 0 || !(is_word(at - 1) && is_word(at));
            let word = |at: &usize| ends(*at) && ends(*at + length);
            assert_eq!(
                Glob::new(&pattern, case).is_word_match(&text),
                wanted.iter().any(word),
                "{at} {length}"
            );
            let literal = |at: &usize| characters[*at..*at + length] == stretch;
            let found = wanted.iter().any(|at| literal(at) && word(at));
            assert_eq!(contains_word(&text, &pattern, case), found, "{at} {length} {change:?}");
        }
    }
}

#[test]
fn a_long_pattern_takes_no_time_that_grows_with_both_lengths() {
    let start = std::time::Instant::now();
    let (text, half) = ("a".repeat(60_000), "a".repeat(30_000));
    for pattern in [format!("{half}b"), format!("{}b", "?".repeat(30_000)), format!("*{half}?b*")] {
        let glob = Glob::new(&pattern, Case::Unicode);
        assert!(!glob.is_match(&text) && !glob.is_word_match(&text));
    }
    assert!(Glob::new(&format!("{half}?*"), Case::Unicode).is_word_match(&text));
    assert!(!contains_word(&"-".repeat(60_000), &format!("{}é", "-".repeat(30_000)), Case::Unicode));
    assert!(!contains_word(&text, &half, Case::Ascii), "it is within a word");
    // Comparing at each place would take billions of steps.
    assert!(start.elapsed() < std::time::Duration::from_secs(10), "{:?}", start.elapsed());
}
