use matrix_canonicaljson::{Integer, Mode, Number, Object, Value};

#[test]
fn objects_are_sorted_by_code_point() {
    let object: Object = ["\u{1f600}", "\u{ffff}", "b", "a", "[", "\\", "\n", " ", ""]
        .into_iter()
        .map(|key| (key, 1))
        .collect();
    let keys: Vec<_> = object.keys().collect();
    assert_eq!(keys, ["", "\n", " ", "[", "\\", "a", "b", "\u{ffff}", "\u{1f600}"]);
    assert_eq!(
        String::from_utf8(object.to_canonical()).unwrap(),
        "{\"\":1,\"\\n\":1,\" \":1,\"[\":1,\"\\\\\":1,\"a\":1,\"b\":1,\"\u{ffff}\":1,\"\u{1f600}\":1}"
    );
}

#[test]
fn objects_can_be_edited() {
    let mut object: Object = r#"{"a":{"b":[1,"x",null,true]},"c":"d"}"#.parse().unwrap();
    assert_eq!(object.len(), 2);
    assert_eq!(object.get_str("c"), Some("d"));
    assert_eq!(object.get("a").unwrap().as_object().unwrap().get_array("b").unwrap().len(), 4);
    object.get_object_mut("a").unwrap().insert("e", Integer::MAX);
    assert_eq!(object.get_object("a").unwrap().get_integer("e"), Some(Integer::MAX));
    assert_eq!(object.remove("c"), Some("d".into()));
    assert!(!object.contains_key("c"));
    object.entry("f").or_insert_with(|| Object::from([("g", false)]).into());
    object.retain(|key, _| key != "a");
    assert_eq!(object.to_string(), r#"{"f":{"g":false}}"#);
    for (_, value) in object.iter_mut() {
        *value = Value::from(vec![Value::Null]);
    }
    assert_eq!(Value::from(object).to_string(), r#"{"f":[null]}"#);
}

#[test]
fn integers_keep_to_their_range() {
    assert_eq!(i64::from(Integer::MAX), 9_007_199_254_740_991);
    assert_eq!(i64::from(Integer::MIN), -9_007_199_254_740_991);
    assert_eq!(Integer::try_from(7_u64).unwrap(), Integer::from(7_u8));
    for error in [
        Integer::try_from(9_007_199_254_740_992_i64).unwrap_err(),
        Integer::try_from(i64::MIN).unwrap_err(),
        Integer::try_from(u64::MAX).unwrap_err(),
        Integer::try_from(u128::MAX).unwrap_err(),
    ] {
        assert_eq!(error.kind(), "integer_out_of_range");
    }
    assert_eq!(Integer::new(1 << 53), None);
    assert_eq!(u64::try_from(Integer::from(-1)).ok(), None);
}

#[test]
fn msc2540_check_strict_names_the_path_of_the_first_misfit() {
    let text = br#"{"content":{"users":{"@z:b":1,"@a:b":9007199254741000}},"depth":1.5,"a":[0,{"b":2}]}"#;
    let mut object = Object::parse(text, Mode::Lenient).unwrap();
    let error = object.check_strict().unwrap_err();
    assert_eq!(error.kind(), "integer_out_of_range");
    assert_eq!(error.path(), Some(r#"content.users."@a:b""#));
    assert_eq!(error.offset(), None);
    assert_eq!(error.to_string(), r#"integer outside ±(2^53 − 1): 9007199254741000 in content.users."@a:b""#);

    object.remove("content");
    assert_eq!(object.check_strict().unwrap_err().path(), Some("depth"));
    object.remove("depth");
    object.check_strict().unwrap();
    object.insert("a", vec![Value::from(0), Number::from_f64(0.5).unwrap().into()]);
    assert_eq!(object.check_strict().unwrap_err().path(), Some("a[1]"));
}

#[test]
fn integers_beyond_the_range_are_kept_exactly() {
    let value = Value::parse(b"[9007199254741000,9223372036854775808,-0,1e2]", Mode::Lenient).unwrap();
    let items = value.as_array().unwrap();
    assert_eq!(items[0].as_i64(), Some(9_007_199_254_741_000));
    assert_eq!(items[0].as_integer(), None);
    assert_eq!(items[1].as_i64(), None);
    assert_eq!(items[2], Value::from(0));
    assert!(items[..2].iter().all(|item| matches!(item, Value::Number(number) if number.is_integer())));
    let Value::Number(number) = &items[3] else { panic!("{value}") };
    assert_eq!((number.as_f64(), number.is_integer(), number.as_i64()), (Some(100.0), false, None));
    assert_eq!(value.to_string(), "[9007199254741000,9223372036854775808,0,100.0]");
}

#[test]
fn numbers_are_made_of_what_integers_cannot_hold() {
    assert_eq!(Number::try_from(1_i128 << 60).unwrap().to_string(), "1152921504606846976");
    assert_eq!(Number::try_from(5_i128).unwrap_err().kind(), "invalid_number");
    assert_eq!(Number::from_f64(f64::NAN).unwrap_err().kind(), "not_finite");
    assert_eq!(Number::from_f64(-0.0).unwrap().to_string(), "-0.0");
    assert_ne!(Number::from_f64(-0.0).unwrap(), Number::from_f64(0.0).unwrap());
}

#[test]
fn integers_are_shown_compared_and_converted() {
    let integer = Integer::from(-7);
    assert_eq!(integer.to_string(), "-7");
    assert_eq!((i128::from(integer), f64::from(integer)), (-7, -7.0));
    assert!(integer == -7_i64 && integer != 7_i64);
}

#[test]
fn values_are_asked_for_what_they_are() {
    let mut value: Value = "[null,true,false,1]".parse().unwrap();
    let items = value.as_array().unwrap();
    assert_eq!(items.iter().map(Value::is_null).collect::<Vec<_>>(), [true, false, false, false]);
    assert_eq!(items.iter().map(Value::as_bool).collect::<Vec<_>>(), [None, Some(true), Some(false), None]);
    value.as_array_mut().unwrap().push("x".into());
    assert_eq!(value.to_string(), r#"[null,true,false,1,"x"]"#);
    assert_eq!(Value::from(1).as_array_mut(), None);
    assert_eq!("[".parse::<Value>().unwrap_err().kind(), "unexpected_end");
}

#[test]
fn objects_are_iterated_extended_and_emptied() {
    let mut object = Object::from([("b", 2), ("a", 1)]);
    object.extend([("d", 4), ("c", 3)]);
    assert_eq!((object.iter().len(), object.iter().size_hint()), (4, (4, Some(4))));
    let backwards: Vec<&str> = object.iter().rev().map(|(key, _)| key).collect();
    assert_eq!(backwards, ["d", "c", "b", "a"]);
    let owned: Vec<(String, Value)> = object.clone().into_iter().collect();
    assert_eq!(owned.len(), 4);
    assert_eq!(owned[3], ("d".to_owned(), 4.into()));
    assert!(!object.is_empty());
    object.clear();
    assert!(object.is_empty() && object == Object::new());
}
