use std::borrow::Cow;

use matrix_canonicaljson::{
    Canonicalizer, Duplicates, Mode, Number, Options, Value, canonicalize, canonicalize_with, is_canonical,
};
use proptest::prelude::*;

use crate::generate::{json, style};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn canonical_form_is_that_of_the_tree(json in json(), mut style in style()) {
        let text = json.text(&mut style);
        let expected = json.value().to_canonical();
        let canonical = canonicalize(text.as_bytes()).unwrap();
        prop_assert_eq!(&*canonical, &*expected, "{}", text);
        prop_assert_eq!(matches!(canonical, Cow::Borrowed(_)), text.as_bytes() == expected);
        prop_assert_eq!(is_canonical(text.as_bytes()), text.as_bytes() == expected);
        prop_assert_eq!(Value::parse(text.as_bytes(), Mode::Strict).unwrap(), json.value());
    }

    #[test]
    fn canonicalizing_is_idempotent(json in json(), mut style in style()) {
        let text = json.text(&mut style);
        let once = canonicalize(text.as_bytes()).unwrap();
        prop_assert!(matches!(canonicalize(&once).unwrap(), Cow::Borrowed(again) if again == &*once));
        let lenient = canonicalize_with(text.as_bytes(), Mode::Lenient).unwrap();
        prop_assert_eq!(once, lenient);
    }

    #[test]
    fn canonical_form_reads_back_equal_in_serde_json(json in json(), mut style in style()) {
        let text = json.text(&mut style);
        let canonical = canonicalize(text.as_bytes()).unwrap();
        let ours: serde_json::Value = serde_json::from_slice(&canonical).unwrap();
        let theirs: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn members_hold_what_the_tree_holds(json in json(), mut style in style(), levels in 0..4_usize) {
        let text = json.text(&mut style);
        let mut canonicalizer = Canonicalizer::new();
        let document = canonicalizer.scan(text.as_bytes(), Mode::Strict, levels).unwrap();
        if let (Some(members), Value::Object(object)) = (document.members(), json.value()) {
            prop_assert_eq!(members.len(), object.len());
            for (member, (key, value)) in members.clone().zip(&object) {
                prop_assert_eq!(&*member.key(), key);
                prop_assert_eq!(members.get(key).unwrap().range(), member.range());
                prop_assert_eq!(Value::parse(member.raw().as_bytes(), Mode::Strict).unwrap(), value.clone());
                let mut out = Vec::new();
                member.write_value(&mut out);
                prop_assert_eq!(&out, &value.to_canonical());
                prop_assert_eq!(member.value_is_canonical(), member.raw().as_bytes() == out);
                prop_assert!(member.as_str().as_deref() == value.as_str());
                prop_assert_eq!(member.as_i64(), value.as_i64());
                if levels > 1 {
                    let inner = member.members().map(|members| members.len());
                    prop_assert_eq!(inner, value.as_object().map(|object| object.len()));
                }
            }
        } else {
            prop_assert!(levels == 0 || !matches!(json.value(), Value::Object(_)));
        }
    }

    #[test]
    fn bytes_and_tree_agree_on_any_input(
        json in json(), mut style in style(),
        place in any::<prop::sample::Index>(), cut in 0..3_usize, add in "[\\[\\]{},:\"\\\\ 0-9.eEutfné\\-\\x00]{0,3}",
    ) {
        let mut text = json.text(&mut style).into_bytes();
        let place = place.index(text.len());
        text.splice(place..(place + cut).min(text.len()), add.bytes());
        for mode in [Mode::Strict, Mode::Lenient] {
            for options in [mode.into(), Options::from(mode).duplicates(Duplicates::Refuse)] {
                let tree = Value::parse(&text, options).map(|value| value.to_canonical());
                let bytes = canonicalize_with(&text, options);
                prop_assert_eq!(bytes.as_deref(), tree.as_deref());
            }
        }
        if serde_json::from_slice::<serde_json::Value>(&text).is_err() {
            prop_assert!(canonicalize_with(&text, Mode::Lenient).is_err());
        }
        prop_assert_eq!(is_canonical(&text), canonicalize(&text).is_ok_and(|canonical| *canonical == *text));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = canonicalize(&bytes);
        let _ = canonicalize_with(&bytes, Mode::Lenient);
    }

    #[test]
    fn lenient_numbers_read_back_as_the_same_double(bits in any::<u64>()) {
        let value = f64::from_bits(bits);
        if let Ok(number) = Number::from_f64(value) {
            let text = number.to_string();
            prop_assert_eq!(text.parse::<f64>().unwrap().to_bits(), bits);
            prop_assert_eq!(Value::parse(text.as_bytes(), Mode::Lenient).unwrap(), Value::Number(number));
        }
    }

    #[test]
    fn lenient_integers_are_kept_digit_by_digit(digits in "-?[1-9][0-9]{0,60}") {
        prop_assert!(matches!(canonicalize_with(digits.as_bytes(), Mode::Lenient), Ok(Cow::Borrowed(_))));
        prop_assert_eq!(Value::parse(digits.as_bytes(), Mode::Lenient).unwrap().to_string(), digits);
    }
}
