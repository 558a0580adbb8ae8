//! Reading one level at a time.

use std::collections::BTreeMap;

use matrix_canonicaljson::shallow;
use proptest::prelude::*;

use crate::generate;

fn members(text: &str) -> Vec<(String, String)> {
    let mut members = Vec::new();
    shallow::object(text, |key, value| members.push((key.into_owned(), value.to_owned())))
        .expect("an object");
    members
}

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).into()
}

#[test]
fn members_come_as_they_stand_and_as_often() {
    assert_eq!(members("{}"), []);
    assert_eq!(members(" { } "), []);
    let text = r#" { "b" : [1, {"c": 2}] , "a\u0041":"\"}", "b":{"b":{"b":1}} } "#;
    let expected = [("b", r#"[1, {"c": 2}]"#), ("aA", r#""\"}""#), ("b", r#"{"b":{"b":1}}"#)];
    assert_eq!(members(text), pairs(expected));
}

#[test]
fn numbers_of_any_size_are_left_to_the_reader() {
    let text = r#"{"a":-0,"b":1e999,"c":99999999999999999999}"#;
    assert_eq!(members(text), pairs([("a", "-0"), ("b", "1e999"), ("c", "99999999999999999999")]));
}

#[test]
fn what_is_no_object_is_refused() {
    for (text, kind) in [
        ("[]", "not_an_object"),
        ("\"{}\"", "not_an_object"),
        ("", "not_an_object"),
        ("{\"a\":1", "unexpected_end"),
        ("{} {}", "trailing_characters"),
        ("{\"a\":[}", "unexpected_character"),
    ] {
        let error = shallow::object(text, |_, _| {}).expect_err(text);
        assert_eq!(error.kind(), kind, "{text}");
    }
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000));
    assert_eq!(shallow::object(&deep, |_, _| {}).map_err(|error| error.kind()), Err("too_deep"));
}

#[test]
fn items_are_cut_at_their_own_commas_alone() {
    let items = |text| shallow::items(text).collect::<Vec<_>>();
    for text in ["[]", " [ ] ", "{}", r#""[1]""#, "", "["] {
        assert_eq!(items(text), [""; 0], "{text}");
    }
    // A line break within a string is no JSON, and no reason to lose the place.
    assert_eq!(items("[\"a\n,b\",2]"), ["\"a\n,b\"", "2"]);
    assert_eq!(
        items(r#"[1, "a,]\",\\", [2,3] , {"x":[4,{}],"y":"}"}]"#),
        ["1", r#""a,]\",\\""#, "[2,3]", r#"{"x":[4,{}],"y":"}"}"#]
    );
    assert!(shallow::is_array(" []") && !shallow::is_array("{}") && !shallow::is_array(""));
}

#[test]
fn strings_are_decoded() {
    assert_eq!(shallow::string(r#""a\n\u00e9\ud83d\ude00""#).as_deref(), Some("a\né😀"));
    for text in ["", "\"", "1", "null", "[\"a\"]"] {
        assert_eq!(shallow::string(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn every_level_is_that_of_serde_json(json in generate::json(), mut style in generate::style()) {
        let text = json.text(&mut style);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        if let Some(object) = value.as_object() {
            let last: BTreeMap<String, String> = members(&text).into_iter().collect();
            prop_assert_eq!(last.len(), object.len());
            for (key, value) in last {
                prop_assert_eq!(&serde_json::from_str::<serde_json::Value>(&value).unwrap(), &object[&key]);
            }
        }
        if let Some(array) = value.as_array() {
            let items: Vec<serde_json::Value> =
                shallow::items(&text).map(|item| serde_json::from_str(item).unwrap()).collect();
            prop_assert_eq!(&items, array);
        }
        let string = shallow::string(&text);
        prop_assert_eq!(string.as_deref(), value.as_str());
    }

    #[test]
    fn no_text_panics(text in "[\\[\\]{}\",:\\\\a1 ]{0,40}") {
        _ = shallow::object(&text, |_, _| {});
        let items = shallow::items(&text).count();
        prop_assert!(items <= text.len());
        _ = shallow::string(&text);
    }
}
