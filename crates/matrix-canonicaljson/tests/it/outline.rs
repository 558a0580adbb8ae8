use matrix_canonicaljson::{
    Canonicalizer, Mode, Name, Object, ObjectWriter, OutlineReader, Value, canonicalize_with,
};
use proptest::prelude::*;

use crate::generate::{json, style};

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
    writer.key(&Name::new("f\n")).extend_from_slice(b"null");
    writer.finish();
    assert_eq!(String::from_utf8(out).unwrap(), r#">{"b":{"x":2,"y":1},"c":"A","d":4,"e":5,"f\n":null}"#);
    let mut empty = Vec::new();
    ObjectWriter::new(text, &mut empty).finish();
    assert_eq!(empty, b"{}");
}
