//! Generated JSON: values, and texts of them that are as far from canonical as JSON allows.

use matrix_canonicaljson::{Integer, Object, Value};
use proptest::prelude::*;

/// JSON that may repeat keys.
#[derive(Clone, Debug)]
pub(crate) enum Json {
    Scalar(Value),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Returns the value, of equal keys the last.
    pub(crate) fn value(&self) -> Value {
        match self {
            Self::Scalar(value) => value.clone(),
            Self::Array(items) => Value::Array(items.iter().map(Self::value).collect()),
            Self::Object(members) => {
                let members = members.iter().map(|(key, value)| (key.as_str(), value.value()));
                Value::Object(members.collect::<Object>())
            }
        }
    }

    /// Returns a text of it in which `style` decides about white space and escapes.
    pub(crate) fn text(&self, style: &mut Style) -> String {
        let mut out = style.space().to_owned();
        match self {
            Self::Scalar(Value::String(text)) => out += &style.string(text),
            Self::Scalar(value) => out += &value.to_string(),
            Self::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| item.text(style)).collect();
                out += &format!("[{}{}]", items.join(","), style.space());
            }
            Self::Object(members) => {
                let mut texts = Vec::new();
                for (key, value) in members {
                    let key = style.string(key);
                    texts.push(format!("{}{key}{}:{}", style.space(), style.space(), value.text(style)));
                }
                out += &format!("{{{}{}}}", texts.join(","), style.space());
            }
        }
        out + style.space()
    }
}

/// Random choices of how a text is written.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    seed: u64,
    plain: bool,
}

impl Style {
    fn next(&mut self) -> u64 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.seed >> 40
    }

    fn space(&mut self) -> &'static str {
        let spaces = ["", "", "", " ", "\n", "\t\r\n "];
        if self.plain { "" } else { spaces[self.next() as usize % spaces.len()] }
    }

    pub(crate) fn string(&mut self, text: &str) -> String {
        let mut out = String::from("\"");
        for char in text.chars() {
            let escape = !self.plain && self.next().is_multiple_of(8);
            match char {
                '/' if escape => out.push_str("\\/"),
                '\n' if escape => out.push_str("\\n"),
                '"' | '\\' if !escape => out.extend(['\\', char]),
                _ if escape || char < ' ' => {
                    for unit in char.encode_utf16(&mut [0; 2]) {
                        let upper = self.next().is_multiple_of(2);
                        out += &if upper { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") };
                    }
                }
                _ => out.push(char),
            }
        }
        out + "\""
    }
}

pub(crate) fn style() -> impl Strategy<Value = Style> {
    (any::<u64>(), any::<bool>()).prop_map(|(seed, plain)| Style { seed, plain })
}

/// Keys that repeat, share beginnings, and differ in what escapes hide.
fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ab]{0,3}",
        "abcdefg[h-j]{0,3}",
        "[\\x00-\\x20\"\\\\/\\[\\]~\\x7fé日\u{ffff}\u{10000}]{0,3}",
        "abcdefgh[\\x00!\"\\\\é]{0,2}",
        ".{0,6}"
    ]
}

pub(crate) fn json() -> impl Strategy<Value = Json> {
    let integer = prop_oneof![-20..20_i64, i64::from(Integer::MIN)..=i64::from(Integer::MAX)];
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        integer.prop_map(|integer| Value::from(Integer::new(integer).unwrap())),
        key().prop_map(Value::from),
        "\\PC{0,40}".prop_map(Value::from),
    ];
    scalar.prop_map(Json::Scalar).prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Json::Array),
            prop::collection::vec((key(), inner), 0..8).prop_map(Json::Object),
        ]
    })
}
