//! Reading JSON text one level at a time, as the rules need it: numbers stay text until somebody asks for them.

use std::borrow::Cow;

use matrix_canonicaljson::shallow;

pub(crate) use matrix_canonicaljson::shallow::string;

/// Calls `entry` with each key and the JSON text of its value, in the order they stand. Returns whether
/// `text` is an object.
pub(crate) fn object<'a>(text: &'a str, entry: impl FnMut(Cow<'a, str>, &'a str)) -> bool {
    shallow::object(text, entry).is_ok()
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

/// Calls `item` with the JSON text of each item of a value that [`object`] or [`fields`] found. Returns whether it
/// is an array.
pub(crate) fn array<'a>(text: &'a str, item: impl FnMut(&'a str)) -> bool {
    shallow::items(text).for_each(item);
    shallow::is_array(text)
}
