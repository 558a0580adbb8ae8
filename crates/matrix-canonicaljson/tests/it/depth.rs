use matrix_canonicaljson::{Canonicalizer, MAX_DEPTH, Mode, Value, canonicalize, is_canonical};

fn nested(open: &str, inner: &str, close: &str, depth: usize) -> String {
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn depth_127_passes_and_128_is_an_error() {
    for (open, inner, close) in
        [("[", "", "]"), ("{\"a\":", "1", "}"), ("[{\"\":", "1", "}]"), ("{ \"b\":0,\"a\":", "1", "}")]
    {
        let containers = open.matches(['[', '{']).count();
        let deepest = nested(open, inner, close, MAX_DEPTH / containers);
        canonicalize(deepest.as_bytes()).unwrap();
        Value::parse(deepest.as_bytes(), Mode::Strict).unwrap().check_strict().unwrap();

        let too_deep = nested(open, inner, close, MAX_DEPTH / containers + 1);
        let error = canonicalize(too_deep.as_bytes()).unwrap_err();
        assert_eq!(error.kind(), "too_deep");
        assert_eq!(Value::parse(too_deep.as_bytes(), Mode::Lenient).unwrap_err(), error);
        assert!(!is_canonical(too_deep.as_bytes()));
    }
    let error = canonicalize("[".repeat(200).as_bytes()).unwrap_err();
    assert_eq!(error.offset(), Some(127));
}

#[test]
fn depth_is_never_recursed_on() {
    for json in ["[", "{\"a\":", "[{\"a\":"] {
        let json = json.repeat(1_000_000);
        assert_eq!(canonicalize(json.as_bytes()).unwrap_err().kind(), "too_deep");
        assert_eq!(Value::parse(json.as_bytes(), Mode::Strict).unwrap_err().kind(), "too_deep");
    }
}

#[test]
fn depth_of_values_is_checked_and_written_without_recursion() {
    let mut value = Value::from(1);
    for _ in 0..MAX_DEPTH {
        value = Value::Array(vec![value]);
    }
    value.check_strict().unwrap();
    let value = Value::Array(vec![value]);
    assert_eq!(value.check_strict().unwrap_err().kind(), "too_deep");
    assert_eq!(value.to_canonical().len(), 257);
}

#[test]
fn deep_objects_out_of_order_are_gathered_once_at_each_level() {
    // Every level is out of order, so that the innermost text is part of 127 rewritten objects.
    let filler = "x".repeat(60_000);
    let json = nested("{\"b\":0,\"a\":", &format!("\"{filler}\""), "}", MAX_DEPTH);
    let canonical = nested("{\"a\":", &format!("\"{filler}\""), ",\"b\":0}", MAX_DEPTH);
    let mut out = Vec::new();
    let mut canonicalizer = Canonicalizer::new();
    for _ in 0..100 {
        out.clear();
        canonicalizer.canonicalize_into(json.as_bytes(), Mode::Strict, &mut out).unwrap();
    }
    assert_eq!(out, canonical.as_bytes());
}
