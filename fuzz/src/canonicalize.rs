//! Strict canonical JSON.

use std::borrow::Cow;

use matrix_canonicaljson::{
    Duplicates, Error, Mode, Options, Value, canonicalize, canonicalize_with, is_canonical, to_vec,
};

/// Checks that the output is a fixed point and, to another JSON reader, equal to the input; that an error lies
/// within the input; and that the ways of reading agree.
pub fn run(data: &[u8]) {
    let refusing = canonicalize_with(data, Options::from(Mode::Strict).duplicates(Duplicates::Refuse));
    let tree = Value::parse(data, Mode::Strict);
    let output = match canonicalize(data) {
        Ok(output) => output,
        Err(error) => {
            check_error(&error, data);
            assert!(!is_canonical(data), "refused text passes for canonical");
            let same = tree.expect_err("the tree takes what the rewriter refuses");
            assert_eq!((error.error_kind(), error.offset()), (same.error_kind(), same.offset()));
            check_error(&refusing.expect_err("refusing duplicates lets more pass"), data);
            return;
        }
    };
    assert_eq!(is_canonical(data), *output == *data);
    assert!(is_canonical(&output));
    let again = canonicalize(&output).expect("canonical JSON is refused");
    assert!(matches!(again, Cow::Borrowed(_)), "canonical JSON is copied");
    assert_eq!(again, output);
    let before: serde_json::Value = serde_json::from_slice(data).expect("serde_json refuses the input");
    let after: serde_json::Value = serde_json::from_slice(&output).expect("serde_json refuses the output");
    assert_eq!(before, after);
    assert_eq!(to_vec(&before).as_ref(), Ok(&output.to_vec()), "the serializer writes something else");
    let tree = tree.expect("the tree refuses what the rewriter takes");
    assert_eq!(tree.to_canonical(), *output);
    tree.check_strict().expect("strict reading gives a tree that is not strict");
    match refusing {
        Ok(same) => assert_eq!(same, output),
        Err(error) => {
            check_error(&error, data);
            assert_eq!(error.kind(), "duplicate_key");
        }
    }
}

/// Checks that an error can be shown and lies within its input.
pub(crate) fn check_error(error: &Error, data: &[u8]) {
    assert!(error.offset().is_none_or(|offset| offset <= data.len()), "{error} is beyond {}", data.len());
    assert!(!error.to_string().is_empty() && !error.kind().is_empty());
}
