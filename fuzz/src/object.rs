//! Objects as trees.

use matrix_canonicaljson::{Mode, Object, canonicalize, canonicalize_with};

use crate::canonicalize::check_error;

/// Checks that reading an object and writing it is canonicalization, in both modes.
pub fn run(data: &[u8]) {
    for mode in [Mode::Strict, Mode::Lenient] {
        let text = canonicalize_with(data, mode);
        let object = match Object::parse(data, mode) {
            Ok(object) => object,
            Err(error) => {
                check_error(&error, data);
                assert!(text.is_err() || text.is_ok_and(|text| !text.starts_with(b"{")));
                continue;
            }
        };
        let text = text.expect("the rewriter refuses what the tree takes");
        assert_eq!(object.to_canonical(), *text);
        assert_eq!(object.to_string().as_bytes(), &*text);
        assert_eq!(Object::parse(&text, mode).as_ref(), Ok(&object));
        match (mode, object.check_strict()) {
            (_, Ok(())) => assert!(canonicalize(&text).is_ok()),
            (Mode::Lenient, Err(error)) => {
                assert!(!error.to_string().is_empty() && canonicalize(&text).is_err())
            }
            (Mode::Strict, Err(error)) => panic!("strict reading gives an object that is not: {error}"),
        }
        rebuild(&object);
    }
}

/// Takes an object apart and puts it together again.
fn rebuild(object: &Object) {
    let mut copy = Object::new();
    for (key, value) in object.iter().rev() {
        assert_eq!(object.get(key), Some(value));
        assert_eq!(copy.insert(key, value.clone()), None);
    }
    assert_eq!((&copy, copy.len()), (object, object.keys().count()));
    copy.retain(|key, _| object.get_str(key).is_some());
    for key in object.keys() {
        assert_eq!(copy.remove(key).is_some(), object.get_str(key).is_some());
    }
    assert!(copy.is_empty());
}
