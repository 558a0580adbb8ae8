//! The lenient numbers of rooms 1 to 5.

use std::borrow::Cow;

use matrix_canonicaljson::{Mode, Value, canonicalize, canonicalize_with};

use crate::canonicalize::check_error;

/// Checks that the output is a fixed point of lenient mode, of the input's value, and that of strict mode where that
/// has one.
pub fn run(data: &[u8]) {
    let strict = canonicalize(data);
    let output = match canonicalize_with(data, Mode::Lenient) {
        Ok(output) => output,
        Err(error) => {
            check_error(&error, data);
            assert!(strict.is_err(), "strict mode takes what lenient mode refuses");
            assert!(Value::parse(data, Mode::Lenient).is_err());
            return;
        }
    };
    let again = canonicalize_with(&output, Mode::Lenient).expect("the output is refused");
    assert!(matches!(again, Cow::Borrowed(_)), "the output is copied");
    assert_eq!(again, output);
    if let Ok(strict) = strict {
        assert_eq!(strict, output);
    }
    let tree = Value::parse(data, Mode::Lenient).expect("the tree refuses what the rewriter takes");
    assert_eq!(tree.to_canonical(), *output);
    assert_eq!(Value::parse(&output, Mode::Lenient).as_ref(), Ok(&tree));
    if tree.check_strict().is_ok() {
        canonicalize(&output).expect("a strict tree is written in a form that is not");
    }
    let (Some(before), Some(after)) = (read(data), read(&output)) else { return };
    assert!(equal(&before, &after), "{before} has become {after}");
}

/// Reads JSON as doubles; `None` for integers that are beyond them, which lenient mode keeps.
fn read(json: &[u8]) -> Option<serde_json::Value> {
    match serde_json::from_slice(json) {
        Ok(value) => Some(value),
        Err(error) => {
            assert!(error.to_string().starts_with("number out of range"), "serde_json refuses it: {error}");
            None
        }
    }
}

/// Compares values, numbers as doubles: `-0` is written `0`, an integer of a float's value is that value.
fn equal(left: &serde_json::Value, right: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Number, Object};
    match (left, right) {
        (Number(left), Number(right)) => left.as_f64() == right.as_f64(),
        (Array(left), Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Object(left), Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, left)| right.get(key).is_some_and(|right| equal(left, right)))
        }
        _ => left == right,
    }
}
