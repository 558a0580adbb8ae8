//! Reading JSON text one level at a time, as the rules need it.
//!
//! Values stay text ([`RawValue`]) until somebody asks for them, so that numbers are never read by `serde_json`,
//! whose features (which any crate in the build may switch on) change what it makes of them.

use std::{borrow::Cow, fmt};

use serde::de::{Deserialize, Deserializer as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Deserializer, value::RawValue};

/// Calls `entry` with each key and the JSON text of its value, in the order they stand. Returns whether
/// `text` is an object.
pub(crate) fn object<'a>(text: &'a str, mut entry: impl FnMut(Cow<'a, str>, &'a str)) -> bool {
    let mut reader = Deserializer::from_str(text);
    reader.deserialize_map(Entries(&mut entry)).is_ok() && reader.end().is_ok()
}

/// Returns the JSON text of the values under `names` in an object, `None` where `text` is no object. Of a
/// name that stands there twice, the last value counts.
pub(crate) fn fields<'a, const N: usize>(text: &'a str, names: [&str; N]) -> Option<[Option<&'a str>; N]> {
    let mut values = [None; N];
    object(text, |key, value| {
        if let Some((_, place)) = names.iter().zip(&mut values).find(|(name, _)| key == **name) {
            *place = Some(value);
        }
    })
    .then_some(values)
}

/// Calls `item` with the JSON text of each item. Returns whether `text` is an array.
pub(crate) fn array<'a>(text: &'a str, mut item: impl FnMut(&'a str)) -> bool {
    let mut reader = Deserializer::from_str(text);
    reader.deserialize_seq(Items(&mut item)).is_ok() && reader.end().is_ok()
}

/// Reads a string.
pub(crate) fn string(text: &str) -> Option<Cow<'_, str>> {
    serde_json::from_str::<Text<'_>>(text).ok().map(|text| text.0)
}

struct Entries<'f, F>(&'f mut F);

impl<'de, F: FnMut(Cow<'de, str>, &'de str)> Visitor<'de> for Entries<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((key, value)) = map.next_entry::<Text<'de>, &'de RawValue>()? {
            (self.0)(key.0, value.get());
        }
        Ok(())
    }
}

struct Items<'f, F>(&'f mut F);

impl<'de, F: FnMut(&'de str)> Visitor<'de> for Items<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(value) = seq.next_element::<&'de RawValue>()? {
            (self.0)(value.get());
        }
        Ok(())
    }
}

/// A string that is borrowed where it holds no escape.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Text(Cow::Owned(text)))
    }
}
