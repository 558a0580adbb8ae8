//! Dot-separated property paths.

use matrix_push::PropertyPath;
use proptest::prelude::*;

use crate::object;

#[test]
fn dots_and_backslashes_are_escaped_and_nothing_else_is() {
    for (path, names) in [
        ("content.body", &["content", "body"][..]),
        (r"content.m\.relates_to", &["content", "m.relates_to"]),
        (r"content.m\\foo", &["content", r"m\foo"]),
        (r"a\xb", &[r"a\xb"]),
        (r"a\\.b", &[r"a\", "b"]),
        (r"a\", &[r"a\"]),
        (r"\\\.", &[r"\."]),
        ("", &[""]),
        ("a..b.", &["a", "", "b", ""]),
    ] {
        assert_eq!(PropertyPath::parse(path).names().collect::<Vec<_>>(), names, "{path}");
    }
}

#[test]
fn a_path_leads_through_objects_alone() {
    let event = object(r#"{"a": {"b.c": {"": 1}, "d": [{"e": 2}], "0": "x"}, "a.b.c": 3, "s": "text"}"#);
    let get = |path: &str| PropertyPath::parse(path).get(&event).map(ToString::to_string);
    assert_eq!(get(r"a.b\.c.").as_deref(), Some("1"));
    assert_eq!(get(r"a\.b\.c").as_deref(), Some("3"));
    assert_eq!(get("a.0").as_deref(), Some("\"x\""));
    for path in ["a.b.c", "a.d.e", "a.d.0", "a.d.0.e", "s.length", "s.0", "x", "", "."] {
        assert_eq!(get(path), None, "{path}");
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(path in r"[a.\\é]{0,8}") {
        let read = PropertyPath::parse(&path);
        prop_assert_eq!(PropertyPath::parse(&read.to_string()), read);
    }
}
