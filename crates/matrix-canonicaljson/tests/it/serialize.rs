use std::collections::BTreeMap;

use matrix_canonicaljson::{Value, canonicalize, to_value, to_vec};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::json;
use serde_json::value::RawValue;

use crate::generate::{json, style};

fn kind<T: Serialize>(value: &T) -> &'static str {
    to_vec(value).unwrap_err().kind()
}

fn text<T: Serialize>(value: &T) -> String {
    String::from_utf8(to_vec(value).unwrap()).unwrap()
}

/// One of everything that serde's data model has and JSON can hold.
#[derive(Clone, Debug, Serialize)]
struct Everything {
    z_string: String,
    character: char,
    #[serde(rename = "\"\\\u{1f600}\n")]
    odd_key: bool,
    integers: (i8, i16, i32, u8, u16, u32),
    large: i64,
    option: Option<u8>,
    unit: (),
    sequence: Vec<Variant>,
    integer_keys: BTreeMap<i64, u8>,
    bool_keys: BTreeMap<bool, Newtype>,
    char_keys: BTreeMap<char, u8>,
    enum_keys: BTreeMap<Unit, u8>,
    #[serde(flatten)]
    flattened: BTreeMap<String, u8>,
    a_last: Box<Option<Everything>>,
}

#[derive(Clone, Debug, Serialize)]
struct Newtype(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
enum Unit {
    B,
    A,
}

#[derive(Clone, Debug, Serialize)]
enum Variant {
    Unit,
    Newtype(Newtype),
    Tuple(u8, String),
    Struct { z: u8, a: Vec<u8> },
}

fn variant() -> impl Strategy<Value = Variant> {
    prop_oneof![
        Just(Variant::Unit),
        any::<String>().prop_map(|text| Variant::Newtype(Newtype(text))),
        any::<(u8, String)>().prop_map(|(a, b)| Variant::Tuple(a, b)),
        any::<(u8, Vec<u8>)>().prop_map(|(z, a)| Variant::Struct { z, a }),
    ]
}

prop_compose! {
    fn leaf()(
        z_string in any::<String>(), character in any::<char>(), odd_key in any::<bool>(),
        integers in any::<(i8, i16, i32, u8, u16, u32)>(), large in -9_007_199_254_740_991..9_007_199_254_740_991_i64,
        option in any::<Option<u8>>(), sequence in prop::collection::vec(variant(), 0..4),
        integer_keys in any::<BTreeMap<i64, u8>>(),
        bool_keys in prop::collection::btree_map(any::<bool>(), any::<String>().prop_map(Newtype), 0..3),
        char_keys in any::<BTreeMap<char, u8>>(),
        enum_keys in prop::collection::btree_map(prop_oneof![Just(Unit::A), Just(Unit::B)], any::<u8>(), 0..3),
        flattened in prop::collection::btree_map("[a-z_]{1,3}|large|option", any::<u8>(), 0..6),
    ) -> Everything {
        Everything {
            z_string, character, odd_key, integers, large, option, unit: (), sequence, integer_keys, bool_keys,
            char_keys, enum_keys, flattened, a_last: Box::new(None),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn serialized_equals_canonicalized(outer in leaf(), inner in leaf()) {
        let value = Everything { a_last: Box::new(Some(inner)), ..outer };
        let json = serde_json::to_vec(&value).unwrap();
        prop_assert_eq!(canonicalize(&json).unwrap(), to_vec(&value).unwrap());
    }

    #[test]
    fn serialized_values_equal_their_canonical_form(json in json(), mut style in style()) {
        let value = json.value();
        prop_assert_eq!(to_vec(&value).unwrap(), value.to_canonical());
        prop_assert_eq!(to_value(&value).unwrap(), value);
        let text = json.text(&mut style);
        let theirs: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(canonicalize(text.as_bytes()).unwrap(), to_vec(&theirs).unwrap());
    }
}

#[test]
fn msc2540_numbers_that_do_not_fit_are_refused() {
    assert_eq!(kind(&9_007_199_254_740_992_i64), "integer_out_of_range");
    assert_eq!(kind(&i64::MIN), "integer_out_of_range");
    assert_eq!(kind(&u64::MAX), "integer_out_of_range");
    assert_eq!(kind(&i128::MAX), "integer_out_of_range");
    assert_eq!(kind(&u128::MAX), "integer_out_of_range");
    assert_eq!(kind(&1.0_f64), "not_an_integer");
    assert_eq!(kind(&0.5_f32), "not_an_integer");
    assert_eq!(kind(&f64::NAN), "not_finite");
    assert_eq!(kind(&json!(1e3)), "not_an_integer");
    assert_eq!(text(&[9_007_199_254_740_991_u64, 0]), "[9007199254740991,0]");
}

#[test]
fn errors_of_serialization_carry_the_path() {
    let error = to_vec(&json!({"content": {"users": {"@a:b": [0, 1.5]}}})).unwrap_err();
    assert_eq!(error.path(), Some(r#"content.users."@a:b"[1]"#));
    assert_eq!(error.to_string(), r#"not an integer: 1.5 in content.users."@a:b"[1]"#);

    #[derive(Serialize)]
    enum Float {
        Newtype(f64),
        Tuple(u8, f64),
        Struct { field: f64 },
    }
    let path = |value: Float| to_vec(&[value]).unwrap_err().path().unwrap().to_owned();
    assert_eq!(path(Float::Newtype(0.5)), "[0].Newtype");
    assert_eq!(path(Float::Tuple(1, 0.5)), "[0].Tuple[1]");
    assert_eq!(path(Float::Struct { field: 0.5 }), "[0].Struct.field");
}

#[test]
fn keys_that_are_no_strings_are_refused() {
    assert_eq!(kind(&BTreeMap::from([(vec![1], 1)])), "key_not_a_string");
    assert_eq!(kind(&BTreeMap::from([((), 1)])), "key_not_a_string");
    assert_eq!(kind(&BTreeMap::from([(None::<u8>, 1)])), "key_not_a_string");
    assert_eq!(text(&BTreeMap::from([(u128::MAX, 1)])), format!("{{\"{}\":1}}", u128::MAX));

    struct FloatKey;
    impl Serialize for FloatKey {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map([(1.5, 1)])
        }
    }
    assert_eq!(kind(&FloatKey), "key_not_a_string");
}

#[test]
fn of_equal_keys_the_last_value_stays() {
    struct Repeated;
    impl Serialize for Repeated {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map([("b", 1), ("a", 2), ("b", 3), ("\n", 4), ("a", 5), ("a", 6)])
        }
    }
    assert_eq!(text(&[Repeated, Repeated]), r#"[{"\n":4,"a":6,"b":3},{"\n":4,"a":6,"b":3}]"#);
}

#[test]
fn bytes_become_an_array() {
    struct Bytes;
    impl Serialize for Bytes {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(&[0, 255])
        }
    }
    assert_eq!(text(&Bytes), "[0,255]");
}

#[test]
fn a_unit_struct_is_null_and_depth_is_not_length() {
    #[derive(Serialize)]
    struct Unit;
    assert_eq!(text(&[Unit, Unit]), "[null,null]");
    let many: Vec<Vec<BTreeMap<&str, u8>>> = vec![vec![BTreeMap::from([("a", 1)])]; 300];
    assert_eq!(text(&many), format!("[{}]", vec![r#"[{"a":1}]"#; 300].join(",")));
}

#[test]
fn errors_of_the_type_itself_are_passed_on() {
    struct Failing;
    impl Serialize for Failing {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("no form of this"))
        }
    }
    let error = to_vec(&BTreeMap::from([("a", Failing)])).unwrap_err();
    assert_eq!((error.kind(), error.to_string().as_str()), ("custom", "no form of this in a"));
}

#[test]
fn raw_json_takes_its_canonical_form() {
    let raw = RawValue::from_string(r#"{ "b": [1, "\u0061"], "a": null }"#.to_owned()).unwrap();
    assert_eq!(text(&BTreeMap::from([("z", &raw), ("y", &raw)])), {
        let canonical = r#"{"a":null,"b":[1,"a"]}"#;
        format!(r#"{{"y":{canonical},"z":{canonical}}}"#)
    });
    let float = RawValue::from_string(r#"{"b":[1.5]}"#.to_owned()).unwrap();
    let error = to_vec(&BTreeMap::from([("a", &float)])).unwrap_err();
    assert_eq!((error.kind(), error.path(), error.offset()), ("not_an_integer", Some("a.b[0]"), None));
}

#[test]
fn numbers_kept_as_text_are_read() {
    // What `serde_json::Number` does when its feature `arbitrary_precision` is on.
    struct Number(&'static str);
    impl Serialize for Number {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            use serde::ser::SerializeStruct as _;
            let name = "$serde_json::private::Number";
            let mut number = serializer.serialize_struct(name, 1)?;
            number.serialize_field(name, self.0)?;
            number.end()
        }
    }
    assert_eq!(text(&[Number("-7"), Number("9007199254740991")]), "[-7,9007199254740991]");
    assert_eq!(kind(&Number("1.5")), "not_an_integer");
    assert_eq!(kind(&Number("9007199254740992")), "integer_out_of_range");
}

#[test]
fn depth_of_serialized_values_is_limited() {
    let nested = |depth: usize| {
        let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        RawValue::from_string(text).unwrap()
    };
    assert_eq!(to_vec(&[nested(126)]).unwrap().len(), 254);
    assert_eq!(kind(&[nested(127)]), "too_deep");
    let mut value = Value::from(0);
    for _ in 0..128 {
        value = Value::Array(vec![value]);
    }
    assert_eq!(kind(&value), "too_deep");
}
