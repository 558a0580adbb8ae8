//! The cases that ship with this project.

use serde_json::Value;

use crate::checker::sanitized;

fn strings<'a>(case: &'a Value, field: &str) -> Vec<&'a str> {
    case[field].as_array().unwrap().iter().map(|item| item.as_str().unwrap()).collect()
}

#[test]
fn every_case_is_sanitised_as_it_says() {
    let file: Value = serde_json::from_str(include_str!("../data/html_cases.json")).unwrap();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 90);
    for case in cases {
        let (name, input) = (&case["name"], case["input"].as_str().unwrap());
        let clean = sanitized(input);
        for part in strings(case, "must_contain") {
            assert!(clean.contains(part), "{name}: {part:?} is not in {clean:?}");
        }
        for part in strings(case, "must_not_contain") {
            assert!(!clean.contains(part), "{name}: {part:?} is in {clean:?}");
        }
        if let Some(exact) = case["exact"].as_str() {
            assert_eq!(clean, exact, "{name}");
        }
    }
}
