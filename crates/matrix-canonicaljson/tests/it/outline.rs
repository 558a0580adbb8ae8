use std::borrow::Cow;

use matrix_canonicaljson::{
    Canonicalizer, Mode, Name, Names, Object, ObjectWriter, OutlineReader, Value, canonicalize_with,
};
use proptest::prelude::*;

use crate::generate::{json, style};

fn quoted(text: &str) -> String {
    String::from_utf8(Value::from(text).to_canonical()).unwrap()
}

/// Compares fields with what the tree holds.
fn check<'a>(fields: impl Iterator<Item = matrix_canonicaljson::Field<'a>>, object: &Object) {
    let mut count = 0;
    let mut room = Canonicalizer::new();
    for (field, (key, value)) in fields.zip(object) {
        count += 1;
        assert_eq!(&*field.key(), key);
        assert!(field.is(&Name::new(key)));
        assert_eq!(&Value::parse(field.raw(), Mode::Strict).unwrap(), value);
        let mut out = Vec::new();
        field.write_value(&mut room, &mut out);
        assert_eq!(out, value.to_canonical());
        assert_eq!(field.as_str().as_deref(), value.as_str());
        assert_eq!(field.as_i64(), value.as_i64());
        assert_eq!(field.is_object(), value.as_object().is_some());
    }
    assert_eq!(count, object.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn two_levels_hold_what_the_tree_holds(json in json(), mut style in style()) {
        let text = json.text(&mut style);
        let mut reader = OutlineReader::new();
        let outline = reader.read(text.as_bytes(), Mode::Strict);
        let Value::Object(object) = json.value() else {
            prop_assert_eq!(outline.unwrap_err().kind(), "not_an_object");
            return Ok(());
        };
        let outline = outline.unwrap();
        prop_assert_eq!(outline.is_canonical(), text == object.to_string());
        check(outline.fields(), &object);
        for (field, (key, value)) in outline.fields().zip(&object) {
            prop_assert_eq!(outline.get(&Name::new(key)).unwrap().raw(), field.raw());
            prop_assert_eq!(field.fields().is_some(), value.as_object().is_some());
            if let (Some(fields), Some(inner)) = (field.fields(), value.as_object()) {
                check(fields, inner);
            }
        }
        let mut out = Vec::new();
        let mut writer = ObjectWriter::new(outline.json(), &mut out);
        outline.fields().for_each(|field| writer.field(&field, &mut Canonicalizer::new()));
        writer.finish();
        prop_assert_eq!(out, object.to_canonical());
    }

    #[test]
    fn outline_refuses_what_the_rewriter_refuses(
        json in json(), mut style in style(),
        place in any::<prop::sample::Index>(), cut in 0..3_usize, add in prop::collection::vec(any::<u8>(), 0..3),
    ) {
        let mut text = json.text(&mut style).into_bytes();
        let place = place.index(text.len());
        text.splice(place..(place + cut).min(text.len()), add);
        for mode in [Mode::Strict, Mode::Lenient] {
            let mut reader = OutlineReader::new();
            match (reader.read(&text, mode), canonicalize_with(&text, mode)) {
                (Ok(outline), Ok(canonical)) => prop_assert_eq!(outline.is_canonical(), *canonical == text),
                (Err(error), Ok(_)) => prop_assert_eq!(error.kind(), "not_an_object"),
                (outline, canonical) => prop_assert_eq!(outline.unwrap_err(), canonical.unwrap_err()),
            }
        }
    }
}

#[test]
fn fields_are_asked_for_what_they_are() {
    let mut reader = OutlineReader::new();
    let json = br#"{"a":1.5,"b":-9223372036854775808,"c":9223372036854775808,"d":"1","e":-0,"f":{"g":7},"h":9007199254740993}"#;
    let outline = reader.read(json, Mode::Lenient).unwrap();
    assert_eq!((outline.mode(), outline.fields().len()), (Mode::Lenient, 7));
    assert!(outline.fields().all(|field| field.mode() == Mode::Lenient));
    let integers: Vec<_> = outline.fields().map(|field| field.as_i64()).collect();
    assert_eq!(integers, [None, Some(i64::MIN), None, None, Some(0), None, Some(9_007_199_254_740_993)]);
    let field = |name: &'static str| outline.get(&Name::new(name)).unwrap();
    assert_eq!(field("f").get(&Name::new("g")).unwrap().as_i64(), Some(7));
    assert!(field("f").get(&Name::new("h")).is_none() && field("d").get(&Name::new("g")).is_none());
    assert_eq!(reader.read(b"{}", Mode::Strict).unwrap().mode(), Mode::Strict);
}

#[test]
fn members_within_members_within_members_are_in_their_places() {
    let mut reader = OutlineReader::new();
    let text = br#"{"a":{"a":1,"b":{"d":1,"c":2},"e":[{"z":1}],"f":3},"b":{"a":{"b":{"d":1,"c":[]}}}}"#;
    let outline = reader.read(text, Mode::Strict).unwrap();
    assert!(!outline.is_canonical());
    let object = Object::parse(text, Mode::Strict).unwrap();
    check(outline.fields(), &object);
    for (field, (_, value)) in outline.fields().zip(&object) {
        check(field.fields().unwrap(), value.as_object().unwrap());
    }
}

#[test]
fn numbers_that_are_not_as_python_writes_them_make_a_text_that_is_not_canonical() {
    let mut reader = OutlineReader::new();
    for (text, is_canonical) in
        [("{\"a\":1.5}", true), ("{\"a\":1.50}", false), ("{\"a\":100.0}", true), ("{\"a\":1e2}", false)]
    {
        let outline = reader.read(text.as_bytes(), Mode::Lenient).unwrap();
        assert_eq!(outline.is_canonical(), is_canonical, "{text}");
        let mut out = Vec::new();
        outline.get(&Name::new("a")).unwrap().write_value(&mut Canonicalizer::new(), &mut out);
        assert_eq!(out == text.as_bytes()[5..text.len() - 1], is_canonical, "{text}");
    }
}

#[test]
fn a_name_is_not_found_in_keys_that_only_begin_or_end_alike() {
    let mut reader = OutlineReader::new();
    let outline = reader.read(br#"{"auth_events":1,"\n":2}"#, Mode::Strict).unwrap();
    for name in ["auth_eve", "auth_ev", "auth_events\0", "\n\0", ""] {
        assert!(outline.get(&Name::new(name)).is_none(), "{name:?}");
    }
    for name in ["auth_events", "\n"] {
        assert!(outline.get(&Name::new(name)).is_some(), "{name:?}");
    }
}

const WANTED: [Name<'static>; 4] =
    [Name::new("auth_events"), Name::new("auth_eventz"), Name::new("b"), Name::new("content")];

#[test]
fn names_are_joined_in_order() {
    let text =
        br#"{"content":1,"auth_event":2,"\u0061uth_events":3,"auth_events_":4,"a":5,"b":6,"b\u0000":7}"#;
    let mut reader = OutlineReader::new();
    let outline = reader.read(text, Mode::Strict).unwrap();
    let mut found = Vec::new();
    outline.fields().join(&WANTED, |name, field| found.push((name.as_str(), field.as_i64().unwrap())));
    assert_eq!(found, [("auth_events", 3), ("b", 6), ("content", 1)]);
}

#[test]
fn an_object_is_written_of_chosen_members() {
    let text = br#"{"a":1,"b":{"y":1, "x":2},"c":"\u0041","d":4,"e":5}"#;
    let mut reader = OutlineReader::new();
    let outline = reader.read(text, Mode::Strict).unwrap();
    let (mut out, mut room) = (b">".to_vec(), Canonicalizer::new());
    let mut writer = ObjectWriter::new(outline.json(), &mut out);
    for field in outline.fields().filter(|field| field.key() != "a") {
        writer.field(&field, &mut room);
    }
    writer.finish();
    assert_eq!(String::from_utf8(out).unwrap(), r#">{"b":{"x":2,"y":1},"c":"A","d":4,"e":5}"#);
    let mut empty = Vec::new();
    ObjectWriter::new(text, &mut empty).finish();
    assert_eq!(empty, b"{}");
}

#[test]
fn each_departure_is_noticed_by_itself() {
    let canonical =
        ["0", "-1", "1.5", "9223372036854775808", r#""\n\"é""#, "[1,2]", r#"{"a":{"b":[]}}"#, "null"];
    let others = [
        "-0",
        "1e2",
        "1.50",
        r#""\u0041""#,
        r#""\/""#,
        " 1",
        "1 ",
        "[1, 2]",
        "[ ]",
        r#"{"b":1,"a":2}"#,
        r#"{"\u0061":1}"#,
        r#"{"a":1,"a":1}"#,
        r#"{"a":[{"b":-0}]}"#,
        "[[1.0e1]]",
    ];
    let mut reader = OutlineReader::new();
    for (text, is_canonical) in
        canonical.map(|text| (text, true)).into_iter().chain(others.map(|text| (text, false)))
    {
        for around in [r#"{"n":#}"#, r#"{"a":1,"n":#,"z":"z"}"#, r#"{"a":{"k":#}}"#] {
            let json = around.replace('#', text);
            let outline = reader.read(json.as_bytes(), Mode::Lenient).unwrap();
            assert_eq!(outline.is_canonical(), is_canonical, "{json}");
            let (mut out, mut room) = (Vec::new(), Canonicalizer::new());
            let mut writer = ObjectWriter::new(outline.json(), &mut out);
            outline.fields().for_each(|field| writer.field(&field, &mut room));
            writer.finish();
            assert_eq!(out, *canonicalize_with(json.as_bytes(), Mode::Lenient).unwrap(), "{json}");
        }
    }
}

#[test]
fn values_of_keys_that_are_copied_are_for_the_caller() {
    let text = br#"{"a":1,"b":{"y":1},"c" : 3,"d\/":4,"e\n":5,"f":6}"#;
    let mut reader = OutlineReader::new();
    let outline = reader.read(text, Mode::Strict).unwrap();
    for kept in 0..1_usize << 6 {
        let (mut out, mut room) = (Vec::new(), Canonicalizer::new());
        let mut writer = ObjectWriter::new(outline.json(), &mut out);
        let mut expected = Object::new();
        for (number, field) in outline.fields().enumerate() {
            // In all ways: before, after and between members that are copied together.
            if kept & 1 << number == 0 {
                writer.key_of(&field).extend_from_slice(b"null");
                expected.insert(field.key(), Value::Null);
            } else {
                writer.field(&field, &mut room);
                expected.insert(field.key(), Value::parse(field.raw(), Mode::Strict).unwrap());
            }
        }
        writer.finish();
        assert_eq!(out, expected.to_canonical());
    }
}

#[test]
fn strings_without_escapes_are_borrowed_and_others_decoded() {
    let text = br#"{"a":"x\n","b":["\n"],"c":{"d":"\"","e":["\n"],"f":"plain","g":{"h":"\n"},"i":"plain"},"j":"plain"}"#;
    let mut reader = OutlineReader::new();
    let outline = reader.read(text, Mode::Strict).unwrap();
    let mut strings = Vec::new();
    for field in outline.fields().chain(outline.fields().filter_map(|field| field.fields()).flatten()) {
        assert_eq!(field.is_string(), field.as_str().is_some());
        if let Some(text) = field.as_str() {
            assert_eq!(matches!(text, Cow::Borrowed(_)), text == "plain", "{text:?}");
            strings.push((field.key(), text));
        }
    }
    let expected = [("a", "x\n"), ("j", "plain"), ("d", "\""), ("f", "plain"), ("i", "plain")]
        .map(|(a, b)| (a.into(), b.into()));
    assert_eq!(strings, expected);
}

#[test]
fn strings_that_are_names_are_found_among_them() {
    let mut reader = OutlineReader::new();
    let mut place = |value: &str| {
        let text = format!(r#"{{"value":{value}}}"#);
        reader.read(text.as_bytes(), Mode::Strict).unwrap().fields().next().unwrap().position_in(&NAMED)
    };
    for (number, name) in NAMED_TEXTS.iter().enumerate() {
        assert_eq!(place(&quoted(name)), Some(number), "{name:?}");
        let escaped: String = name.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        assert_eq!(place(&format!("\"{escaped}\"")), Some(number), "{name:?}");
        for other in [format!("{name}x"), format!("{name}\0"), format!("x{name}")] {
            let other = if NAMED_TEXTS.contains(&&*other) { String::from("x") } else { other };
            assert_eq!(place(&quoted(&other)), None, "{other:?}");
        }
    }
    for other in ["1", "null", "[\"a\"]", "{\"a\":\"a\"}"] {
        assert_eq!(place(other), None);
    }
}

#[test]
fn key_that_resembles_the_name_expected_is_another() {
    let mut reader = OutlineReader::new();
    for (number, name) in NAMED_TEXTS.iter().enumerate() {
        let others = ["", "x", "_", "\0", "\\", "\"", "é"];
        let cuts = (0..=name.chars().count()).flat_map(|cut| {
            let kept: String = name.chars().take(cut).collect();
            // What follows is added to what is kept, or stands for one character of the name.
            let rest: String = name.chars().skip(cut + 1).collect();
            others
                .into_iter()
                .flat_map(move |other| [format!("{kept}{other}"), format!("{kept}{other}{rest}")])
        });
        for key in cuts {
            // All names before it, so that it is the next one, and enough behind it.
            let mut keys = NAMED_TEXTS[..number].to_vec();
            keys.extend([&*key, "so that the end is not near"]);
            let members: Vec<_> = keys.iter().map(|key| format!("{}:0", quoted(key))).collect();
            let text = format!("{{{}}}", members.join(","));
            let (outline, places) = reader.read_naming(text.as_bytes(), Mode::Strict, &NAMED).unwrap();
            for (name, place) in NAMED_TEXTS.iter().zip(places) {
                let found = place.and_then(|place| outline.field(place)).map(|field| field.key());
                assert_eq!(found.as_deref(), keys.contains(name).then_some(*name), "{text}");
            }
        }
    }
}

/// Names of all lengths around those that are compared as words: of none to more than sixteen bytes.
const NAMED: Names<9> = Names::new([
    Name::new(""),
    Name::new("a"),
    Name::new("b23456_"),
    Name::new("c234567_"),
    Name::new("d2345678_"),
    Name::new("e23456789012345_"),
    Name::new("f234567890123456_"),
    Name::new("g \" quoted"),
    Name::new("ключ"),
]);
const NAMED_TEXTS: [&str; 9] = [
    "",
    "a",
    "b23456_",
    "c234567_",
    "d2345678_",
    "e23456789012345_",
    "f234567890123456_",
    "g \" quoted",
    "ключ",
];

/// Keys that are names, and keys that resemble them.
fn similar() -> impl Strategy<Value = String> {
    let change = |(text, cut, end): (&str, usize, &str)| {
        let kept: String = text.chars().take(text.chars().count().saturating_sub(cut)).collect();
        kept + end
    };
    let name = || prop::sample::select(NAMED_TEXTS.to_vec());
    prop_oneof![
        3 => name().prop_map(str::to_owned),
        1 => (name(), 0..3_usize, prop::sample::select(vec!["", "x", "_", "\u{1}", "é"])).prop_map(change),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn names_are_found_wherever_they_stand(
        keys in prop::collection::vec(similar(), 0..12), mut style in style(), tail in "x{0,70}",
    ) {
        let mut text = String::from("{");
        let mut object = Object::new();
        for (number, key) in keys.iter().enumerate() {
            let value = if number + 1 == keys.len() { format!("{number}{tail}") } else { number.to_string() };
            let comma = if number == 0 { "" } else { "," };
            text += &format!("{comma}{}:\"{value}\"", style.string(key));
            object.insert(key.clone(), Value::from(value));
        }
        text.push('}');
        let mut reader = OutlineReader::new();
        let (outline, places) = reader.read_naming(text.as_bytes(), Mode::Strict, &NAMED).unwrap();
        check(outline.fields(), &object);
        for (name, place) in NAMED_TEXTS.iter().zip(places) {
            let field = place.map(|place| outline.field(place).unwrap());
            let found = field.map(|field| (field.key(), field.as_str().unwrap()));
            prop_assert_eq!(found, object.get_str(name).map(|value| ((*name).into(), value.into())));
            prop_assert_eq!(outline.get(&Name::new(name)).is_some(), place.is_some());
        }
    }
}

#[test]
fn position_of_a_name_is_that_among_the_names() {
    for (place, text) in NAMED_TEXTS.iter().enumerate() {
        assert_eq!(NAMED.position(&Name::new(text)), Some(place), "{text:?}");
    }
    for other in ["b", "b23456", "c234567_x", "d2345678", "f234567890123456x", "ключи"] {
        assert_eq!(NAMED.position(&Name::new(other)), None, "{other:?}");
    }
}

#[test]
fn place_of_another_outline_is_no_field_or_another() {
    let (mut one, mut other) = (OutlineReader::new(), OutlineReader::new());
    let (_, places) = one.read_naming(br#"{"":0,"a":1}"#, Mode::Strict, &NAMED).unwrap();
    let outline = other.read(br#"{"x":0}"#, Mode::Strict).unwrap();
    let fields: Vec<_> = places.iter().flatten().map(|place| outline.field(*place).is_some()).collect();
    assert_eq!(fields, [true, false]);
}

#[test]
fn key_that_goes_on_after_a_name_is_another() {
    let mut reader = OutlineReader::new();
    let mut read = |json: &str| {
        let read = reader.read_naming(json.as_bytes(), Mode::Strict, &NAMED);
        read.map(|(_, places)| places.iter().flatten().count())
            .map_err(|error| (error.kind().to_string(), error.offset()))
    };
    assert_eq!(read(r#"{"a":0,"tail":"so that the end is not near"}"#), Ok(1));
    assert_eq!(read(r#"{"a\u0000":0,"tail":"so that the end is not near"}"#), Ok(0));
    let control = Err(("control_character".to_owned(), Some(3)));
    assert_eq!(read("{\"a\0\":0,\"tail\":\"so that the end is not near\"}"), control);
}

#[test]
fn names_within_members_are_not_those_of_the_object() {
    let json =
        br#"{"content":{"a":1,"c234567_":{"":2}},"list":[{"a":3}],"tail":"so that the end is not near"}"#;
    let mut reader = OutlineReader::new();
    let (_, places) = reader.read_naming(json, Mode::Strict, &NAMED).unwrap();
    assert_eq!(places, [None; 9]);
}

#[test]
fn bytes_that_are_no_text_are_found_far_behind_an_escape() {
    for (before, after) in [("{\"", "\":0}"), ("{\"a\":\"", "\"}")] {
        let mut json = before.as_bytes().to_vec();
        json.extend_from_slice(b"\\n");
        json.resize(json.len() + 100, b'x');
        let bad = json.len();
        json.push(0xff);
        json.extend_from_slice(after.as_bytes());
        let error = OutlineReader::new().read(&json, Mode::Strict).unwrap_err();
        assert_eq!((error.kind().to_string().as_str(), error.offset()), ("invalid_utf8", Some(bad)));
    }
}

#[test]
fn members_that_repeat_keys_take_time_that_grows_with_the_text() {
    // Compared with all of the others, each as it closes, these took twelve seconds.
    let members: Vec<String> = (0..100_000).map(|number| format!(r#""{number}":{{"a":1,"a":2}}"#)).collect();
    let json = format!("{{{}}}", members.join(","));
    let mut reader = OutlineReader::new();
    let outline = reader.read(json.as_bytes(), Mode::Strict).unwrap();
    for field in outline.fields() {
        let kept: Vec<_> = field.fields().unwrap().map(|field| field.as_i64()).collect();
        assert_eq!(kept, [Some(2)]);
    }
}
