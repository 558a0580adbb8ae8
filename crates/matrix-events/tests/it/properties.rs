//! What holds of every content: it is written as it was read, and lenient reading loses no more than it says.

use matrix_canonicaljson::{Mode, Object, Value, canonicalize_with};
use matrix_events::Error;
use matrix_events::content::{
    AccountDataContent, EduContent, EphemeralContent, RoomContent, ToDeviceContent,
};
use proptest::prelude::*;

use crate::samples;

/// A kind of event: its name, its contents, and what holds of reading one of them.
struct Kind {
    types: &'static [&'static str],
    samples: Vec<(&'static str, String)>,
    check: fn(&str, &str) -> Result<(), Error>,
}

/// Makes the check of a kind. It returns what strict reading says.
macro_rules! check {
    ($content:ident) => {
        |event_type, json| {
            let canonical = canonicalize_with(json.as_bytes(), Mode::Lenient).unwrap().into_owned();
            let canonical = String::from_utf8(canonical).unwrap();
            let strict = $content::read_strict(event_type, json.as_bytes());
            let lenient = $content::read_lenient(event_type, json.as_bytes()).unwrap();
            assert_eq!(lenient.value.event_type(), event_type);
            let written = String::from_utf8(lenient.value.to_canonical()).unwrap();
            match strict {
                Ok(strict) => {
                    assert!(lenient.is_lossless(), "{json}: {:?}", lenient.dropped);
                    assert_eq!(strict, lenient.value);
                    // What may be left out of what is written: nothing but `null` and an alias that is empty.
                    if !canonical.contains("null") && !canonical.contains(r#""alias":"""#) {
                        assert_eq!(written, canonical);
                    }
                    assert_eq!($content::read_strict(event_type, written.as_bytes()).as_ref(), Ok(&strict));
                    Ok(())
                }
                Err(error) => {
                    assert!(!lenient.is_lossless(), "{json}: {error}");
                    assert!(error.path().is_some(), "{error}");
                    if let $content::Unreadable(raw) = &lenient.value {
                        assert_eq!(raw.content.to_string(), canonical);
                    } else {
                        let again = $content::read_strict(event_type, written.as_bytes());
                        assert_eq!(again.as_ref(), Ok(&lenient.value), "{json}\n{written}");
                    }
                    Err(error)
                }
            }
        }
    };
}

fn kinds() -> [Kind; 5] {
    let table = |samples: &'static [(&'static str, &'static str)]| {
        samples.iter().map(|(kind, json)| (*kind, (*json).to_owned())).collect::<Vec<_>>()
    };
    let with = |mut samples: Vec<_>, more| {
        samples.extend::<Vec<(&'static str, String)>>(more);
        samples
    };
    [
        Kind {
            types: RoomContent::TYPES,
            samples: with(table(samples::ROOM), samples::in_room()),
            check: check!(RoomContent),
        },
        Kind {
            types: ToDeviceContent::TYPES,
            samples: with(table(samples::TO_DEVICE), samples::to_device()),
            check: check!(ToDeviceContent),
        },
        Kind {
            types: AccountDataContent::TYPES,
            samples: table(samples::ACCOUNT_DATA),
            check: check!(AccountDataContent),
        },
        Kind {
            types: EphemeralContent::TYPES,
            samples: table(samples::EPHEMERAL),
            check: check!(EphemeralContent),
        },
        Kind { types: EduContent::TYPES, samples: table(samples::EDU), check: check!(EduContent) },
    ]
}

#[test]
fn every_type_has_a_sample_that_is_read_and_written_back() {
    for kind in kinds() {
        for event_type in kind.types {
            assert!(kind.samples.iter().any(|(sample, _)| sample == event_type), "no sample of {event_type}");
        }
        for (event_type, json) in &kind.samples {
            (kind.check)(event_type, json).unwrap_or_else(|error| panic!("{event_type}: {error}"));
        }
    }
}

#[test]
fn every_field_of_every_sample_may_be_missing_or_of_another_type() {
    let wrong =
        [Value::Null, Value::Bool(true), 7.into(), "?".into(), Value::Array(vec![]), Object::new().into()];
    for kind in kinds() {
        for (event_type, json) in &kind.samples {
            let content = Object::parse(json.as_bytes(), Mode::Lenient).unwrap();
            for key in content.keys() {
                let mut without = content.clone();
                without.remove(key);
                let _ = (kind.check)(event_type, &without.to_string());
                for value in &wrong {
                    let mut changed = content.clone();
                    changed.insert(key, value.clone());
                    let _ = (kind.check)(event_type, &changed.to_string());
                }
            }
        }
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Null),
        any::<i32>().prop_map(Value::from),
        "[a-z@:$!#.\"\\\\é\n]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::btree_map("[a-z.]{0,4}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A change somewhere in a value: the way there, as numbers to choose by, and what to put there.
type Change = (Vec<prop::sample::Index>, Option<Value>, bool);

fn apply(value: &mut Value, (way, new, unknown): &Change) {
    let Some((step, rest)) = way.split_first() else {
        match (value, new, unknown) {
            (Value::Object(object), Some(new), true) => {
                drop(object.insert("org.example.unknown", new.clone()))
            }
            (value, Some(new), _) => *value = new.clone(),
            (value, None, _) => *value = Value::Null,
        }
        return;
    };
    let rest = (rest.to_vec(), new.clone(), *unknown);
    match value {
        Value::Object(object) if !object.is_empty() => {
            let key = object.keys().nth(step.index(object.len())).unwrap().to_owned();
            if rest.0.is_empty() && new.is_none() {
                object.remove(&key);
            } else {
                apply(object.get_mut(&key).unwrap(), &rest);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let index = step.index(items.len());
            apply(&mut items[index], &rest);
        }
        value => apply(value, &(vec![], new.clone(), *unknown)),
    }
}

fn change() -> impl Strategy<Value = Change> {
    (
        prop::collection::vec(any::<prop::sample::Index>(), 1..6),
        prop::option::weighted(0.7, any_json()),
        any::<bool>(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn changed_contents_are_written_as_they_were_read_or_lose_what_is_reported(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec(change(), 1..4),
    ) {
        let kinds = kinds();
        let all: Vec<_> =
            kinds.iter().flat_map(|kind| kind.samples.iter().map(move |sample| (kind.check, sample))).collect();
        let (check, (event_type, json)) = all[which.index(all.len())];
        let mut content = Value::parse(json.as_bytes(), Mode::Lenient).unwrap();
        for change in &changes {
            apply(&mut content, change);
        }
        if content.as_object().is_some() {
            let _ = check(event_type, &content.to_string());
        }
    }

    #[test]
    fn unknown_members_survive(which in any::<prop::sample::Index>(), value in any_json(), key in "[a-zé\"]{1,9}") {
        let kinds = kinds();
        let all: Vec<_> =
            kinds.iter().flat_map(|kind| kind.samples.iter().map(move |sample| (kind.check, sample))).collect();
        let (check, (event_type, json)) = all[which.index(all.len())];
        let mut content = Object::parse(json.as_bytes(), Mode::Lenient).unwrap();
        content.insert(format!("org.example.{key}"), value);
        // Contents whose every member is of the same kind have none that are unknown.
        if !matches!(event_type, &("m.direct" | "m.receipt" | "m.widgets")) {
            check(event_type, &content.to_string()).unwrap();
        }
    }
}
