//! Every case of `tests/data/`.

use std::borrow::Cow;

use matrix_canonicaljson::{
    Duplicates, Error, Mode, Options, Value, canonicalize, canonicalize_with, is_canonical,
};

fn cases(json: &str) -> Vec<serde_json::Value> {
    let mut file: serde_json::Value = serde_json::from_str(json).unwrap();
    serde_json::from_value(file["cases"].take()).unwrap()
}

fn text<'a>(case: &'a serde_json::Value, field: &str) -> &'a str {
    case[field].as_str().unwrap_or_else(|| panic!("{case} has no {field}"))
}

/// Canonicalizes by the bytes and through a tree, which must agree.
fn both_ways(json: &str, mode: Mode) -> Result<String, Error> {
    let bytes = canonicalize_with(json.as_bytes(), mode);
    let tree = Value::parse(json.as_bytes(), mode).map(|value| value.to_canonical());
    assert_eq!(bytes.as_deref(), tree.as_deref(), "{json}");
    bytes.map(|bytes| String::from_utf8(bytes.into_owned()).unwrap())
}

fn assert_canonical_form(case: &serde_json::Value, mode: Mode) {
    let (input, canonical) = (text(case, "input"), text(case, "canonical"));
    assert_eq!(both_ways(input, mode).unwrap(), canonical, "{case}");
    let again = canonicalize_with(canonical.as_bytes(), mode);
    assert!(matches!(again, Ok(Cow::Borrowed(_))), "{case}");
    if canonicalize(input.as_bytes()).is_ok() {
        assert!(is_canonical(canonical.as_bytes()), "{case}");
        assert_eq!(is_canonical(input.as_bytes()), input == canonical, "{case}");
    }
}

#[test]
fn canonical_forms_of_the_specification_and_its_readers() {
    let cases = cases(include_str!("../data/canonical.json"));
    assert_eq!(cases.len(), 16);
    for case in cases {
        assert_canonical_form(&case, Mode::Strict);
        assert_canonical_form(&case, Mode::Lenient);
    }
}

#[test]
fn msc2540_canonical_forms_of_generated_events() {
    let cases = cases(include_str!("../data/diff_visible.json"));
    assert_eq!(cases.len(), 160);
    for case in cases {
        assert_canonical_form(&case, Mode::Lenient);
        // Events are named after their room version; those of versions 1 to 5 may hold other numbers.
        if !["r1-", "r2-", "r3-", "r4-", "r5-"].iter().any(|old| text(&case, "id").starts_with(old)) {
            assert_canonical_form(&case, Mode::Strict);
        }
    }
}

#[test]
fn msc2540_strict_takes_integers_in_range_only() {
    let cases = cases(include_str!("../data/numbers.json"));
    assert_eq!(cases.len(), 18);
    for case in cases {
        let token = text(&case, "token");
        assert_eq!(both_ways(token, Mode::Strict).is_ok(), case["strict_v6_integer_ok"], "{case}");
        let lenient = both_ways(token, Mode::Lenient).ok();
        assert_eq!(lenient.as_deref(), case["synapse_lenient_v1_v5"].as_str(), "{case}");
    }
}

#[test]
fn invalid_texts_are_refused_and_the_last_of_equal_keys_is_kept() {
    let cases = cases(include_str!("../data/invalid.json"));
    assert_eq!(cases.len(), 11);
    for case in cases {
        let input = text(&case, "input");
        let expected = case["synapse_result"].as_str();
        assert_eq!(both_ways(input, Mode::Strict).ok().as_deref(), expected, "{case}");
        assert_eq!(both_ways(input, Mode::Lenient).ok().as_deref(), expected, "{case}");
        if expected.is_some() {
            let options = Options::default().duplicates(Duplicates::Refuse);
            let bytes = canonicalize_with(input.as_bytes(), options).unwrap_err();
            assert_eq!(bytes.kind(), "duplicate_key");
            assert_eq!(bytes, Value::parse(input.as_bytes(), options).unwrap_err());
        }
    }
}

#[test]
fn lenient_writes_what_python_writes() {
    let pairs: Vec<(String, Option<String>)> =
        serde_json::from_str(include_str!("../data/python.json")).unwrap();
    assert!(pairs.len() > 600);
    for (input, expected) in pairs {
        assert_eq!(both_ways(&input, Mode::Lenient).ok(), expected, "{input}");
        if let Some(expected) = expected {
            let again = canonicalize_with(expected.as_bytes(), Mode::Lenient);
            assert!(matches!(again, Ok(Cow::Borrowed(_))), "{expected}");
        }
    }
}
