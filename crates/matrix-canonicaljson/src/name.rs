use core::cmp::Ordering;
use core::num::NonZero;

use crate::scan::Key;

/// A key to look for; made as a constant, it costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'n> {
    /// The first eight bytes as a big-endian number, filled up with zeros.
    prefix: u64,
    /// The bits of these that are of the key.
    prefix_mask: u64,
    /// The last eight bytes, likewise; zero of a shorter key.
    suffix: u64,
    suffix_mask: u64,
    text: &'n str,
    is_plain: bool,
}

impl<'n> Name<'n> {
    /// Takes the decoded key.
    #[must_use]
    pub const fn new(text: &'n str) -> Self {
        let mut rest = text.as_bytes();
        let (mut prefix, mut suffix, mut count, mut is_plain) = (0, 0, 0, true);
        while let [first, others @ ..] = rest {
            suffix = (suffix << 8) | *first as u64;
            count += 1;
            if count <= 8 {
                prefix = suffix;
            }
            is_plain = is_plain && *first >= b' ' && *first != b'"' && *first != b'\\';
            rest = others;
        }
        let (mut prefix_mask, mut suffix_mask) = (u64::MAX, u64::MAX);
        if count < 8 {
            prefix_mask = if count == 0 { 0 } else { u64::MAX << (64 - 8 * count) };
            prefix = if count == 0 { 0 } else { prefix << (64 - 8 * count) };
            (suffix, suffix_mask) = (0, 0);
        }
        Self { prefix, prefix_mask, suffix, suffix_mask, text, is_plain }
    }

    /// Returns the decoded key.
    #[must_use]
    pub const fn as_str(&self) -> &'n str {
        self.text
    }

    /// Reads this key if it starts at an offset of a text, without escapes. Returns the key and the offset of the closing
    /// quote.
    ///
    /// Of a long name, and near the end of the text, it returns nothing.
    #[inline]
    fn read(&self, json: &[u8], start: usize) -> Option<(Key, usize)> {
        let first = u64::from_be_bytes(*json.get(start..)?.first_chunk()?);
        let end = start + self.text.len();
        let last = last_bytes(json, end)?;
        let differs = ((first & self.prefix_mask) ^ self.prefix) | ((last & self.suffix_mask) ^ self.suffix);
        let is_it = differs == 0 && json.get(end) == Some(&b'"') && self.is_plain && self.text.len() <= 16;
        is_it.then(|| (Key::known(self.prefix, start, end), end))
    }

    /// Whether it is this key of a text.
    #[inline]
    pub(crate) fn is(&self, key: &Key, json: &[u8]) -> bool {
        if key.prefix() != self.prefix {
            return false;
        }
        let length = self.text.len();
        if length > 16 || key.is_escaped() {
            return key.compare_str(self.text, json) == Ordering::Equal;
        }
        if key.end() - key.start() != length {
            return false;
        }
        // The first eight bytes are all there is of a short key, and with the last eight of one that is not long.
        length <= 8 || last_bytes(json, key.end()) == Some(self.suffix)
    }

    /// Compares a key of a text with this one.
    #[inline]
    pub(crate) fn compare_key(&self, key: &Key, json: &[u8]) -> Ordering {
        match key.prefix().cmp(&self.prefix) {
            Ordering::Equal if self.is(key, json) => Ordering::Equal,
            Ordering::Equal => key.compare_str(self.text, json),
            decided => decided,
        }
    }
}

impl<'n> AsRef<Name<'n>> for Name<'n> {
    fn as_ref(&self) -> &Name<'n> {
        self
    }
}

/// The eight bytes before an offset.
#[inline]
fn last_bytes(json: &[u8], end: usize) -> Option<u64> {
    let (_, last) = json.get(..end)?.split_last_chunk::<8>()?;
    Some(u64::from_be_bytes(*last))
}

/// The place of a member among those of an [`Outline`](crate::Outline), found by
/// [`OutlineReader::read_naming`](crate::OutlineReader::read_naming).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(NonZero<u32>);

impl Place {
    /// Makes the place of a member counted from 1.
    #[inline]
    pub(crate) fn new(number: u32) -> Option<Self> {
        NonZero::new(number).map(Self)
    }

    /// The place counted from 0.
    #[inline]
    pub(crate) fn index(self) -> usize {
        (self.0.get() - 1) as usize
    }
}

/// Keys that are looked for again and again, each found in one step.
///
/// ```
/// use matrix_canonicaljson::{Mode, Name, Names, OutlineReader};
///
/// const NAMES: Names<3> = Names::new([Name::new("content"), Name::new("sender"), Name::new("type")]);
///
/// let mut reader = OutlineReader::new();
/// let json = br#"{"type":"m.room.topic","origin":"example.org","content":{}}"#;
/// let (event, places) = reader.read_naming(json, Mode::Strict, const { &NAMES })?;
/// let [Some(_), None, Some(place)] = places else { panic!() };
/// assert_eq!(event.field(place).unwrap().as_str().unwrap(), "m.room.topic");
/// # Ok::<(), matrix_canonicaljson::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Names<const N: usize> {
    names: [Name<'static>; N],
    /// What sends the first bytes of each name to a slot of its own.
    factor: u64,
    /// The place of the name in `names`; 0 also where there is none.
    slots: [u8; SLOTS],
}

const SLOTS: usize = 64;

/// How many factors are tried; of twenty names one in twenty will do.
const FACTORS: usize = 1000;

impl<const N: usize> Names<N> {
    /// Takes the names, which have to be in ascending order and to differ in their first eight bytes.
    ///
    /// # Panics
    ///
    /// If they do not, or are more than about twenty: for the compiler, where the names are a constant.
    #[must_use]
    pub const fn new(names: [Name<'static>; N]) -> Self {
        assert!(ascend(&names), "names are in ascending order and differ in their first eight bytes");
        let mut factor: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut tried = 0;
        loop {
            if let Some(slots) = distribute(&names, factor) {
                return Self { names, factor, slots };
            }
            assert!(tried < FACTORS, "names are few");
            tried += 1;
            factor = factor.wrapping_mul(0xd134_2543_de82_ef95).wrapping_add(2);
        }
    }

    /// Returns the place of a name among the names.
    #[inline]
    #[must_use]
    pub fn position(&self, name: &Name<'_>) -> Option<usize> {
        let place = self.candidate(name.prefix)?;
        self.names.get(place).filter(|found| found.text == name.text).map(|_| place)
    }

    /// Returns the place of the name that a text is.
    #[inline]
    pub(crate) fn position_of_text(&self, text: &[u8]) -> Option<usize> {
        let place = self.candidate(Key::prefix_of_text(text))?;
        self.names.get(place).filter(|name| name.text.as_bytes() == text).map(|_| place)
    }

    /// Reads the key that starts at an offset of a text, if it is the name at a place and stands there without escapes.
    /// Returns the key and the offset of the closing quote; nothing also of a long name, or near the end of the text.
    #[inline]
    pub(crate) fn read(&self, place: usize, json: &[u8], start: usize) -> Option<(Key, usize)> {
        self.names.get(place)?.read(json, start)
    }

    /// Returns the place of the name that is a key of a text.
    #[inline]
    pub(crate) fn position_of(&self, key: Key, json: &[u8]) -> Option<usize> {
        let place = self.candidate(key.prefix())?;
        self.names.get(place).filter(|name| name.is(&key, json)).map(|_| place)
    }

    /// The place of the only name that can begin so.
    #[inline]
    fn candidate(&self, prefix: u64) -> Option<usize> {
        self.slots.get(slot(prefix, self.factor)).map(|place| usize::from(*place))
    }
}

/// Whether the first bytes of each name are less than those of the next.
const fn ascend(names: &[Name<'static>]) -> bool {
    let mut rest = names;
    while let [name, others @ ..] = rest {
        if let [next, ..] = others
            && name.prefix >= next.prefix
        {
            return false;
        }
        rest = others;
    }
    true
}

const fn slot(prefix: u64, factor: u64) -> usize {
    (prefix.wrapping_mul(factor) >> (64 - SLOTS.trailing_zeros())) as usize
}

/// Gives each name a slot, if no two get the same.
const fn distribute<const N: usize>(names: &[Name<'static>; N], factor: u64) -> Option<[u8; SLOTS]> {
    let (mut slots, mut taken) = ([0; SLOTS], 0_u64);
    let mut rest = names.as_slice();
    while let [name, others @ ..] = rest {
        let slot = slot(name.prefix, factor);
        if taken & (1 << slot) != 0 {
            return None;
        }
        taken |= 1 << slot;
        // At most as many names as slots came so far.
        set(&mut slots, slot, (N - rest.len()) as u8);
        rest = others;
    }
    Some(slots)
}

/// Sets an entry, in a constant and without an index that could lie outside.
const fn set(slots: &mut [u8], at: usize, place: u8) {
    if let Some((_, [entry, ..])) = slots.split_at_mut_checked(at) {
        *entry = place;
    }
}

#[cfg(test)]
mod tests {
    use alloc::boxed::Box;
    use alloc::format;
    use alloc::string::String;

    use super::*;

    /// What is not read is searched for, slower and to the same answer: other tests cannot tell.
    #[test]
    fn name_is_read_where_it_stands() {
        const TEXTS: [&str; 6] = ["", "a", "b23456_", "c234567_", "origin_server_ts", "ключ"];
        const NAMES: Names<6> = Names::new([
            Name::new(""),
            Name::new("a"),
            Name::new("b23456_"),
            Name::new("c234567_"),
            Name::new("origin_server_ts"),
            Name::new("ключ"),
        ]);
        for (place, text) in TEXTS.into_iter().enumerate() {
            for before in ["{ \"", "{\"sender\":1,\""] {
                let (start, json) = (before.len(), format!("{before}{text}\":123456}}"));
                let end = start + text.len();
                for other in 0..=TEXTS.len() {
                    let read = NAMES.read(other, json.as_bytes(), start);
                    let expected = (other == place && end >= 8).then_some((start, end, end));
                    assert_eq!(read.map(|(key, end)| (key.start(), key.end(), end)), expected, "{json}");
                }
            }
        }
        for text in ["of_more_than_16__", "quo\"ted", "line\n"] {
            let json = format!("{{\"sender\":1,\"{text}\":123456}}");
            assert!(Name::new(text).read(json.as_bytes(), 13).is_none(), "{json}");
        }
    }

    #[test]
    fn every_one_of_many_names_is_found() {
        for set in 0..500_u32 {
            // Sixteen numbers of six digits that ascend, as if at random.
            let mut number = set;
            let mut texts = [const { String::new() }; 16];
            for (place, text) in texts.iter_mut().enumerate() {
                number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *text = format!("{place:02}{:04}", number >> 20);
            }
            let texts = texts.map(|text| &*Box::leak(text.into_boxed_str()));
            let names = Names::new(texts.map(Name::new));
            for (place, text) in texts.into_iter().enumerate() {
                assert_eq!(names.position(&Name::new(text)), Some(place), "{texts:?}");
                assert_eq!(names.position_of_text(text.as_bytes()), Some(place), "{texts:?}");
            }
        }
    }

    #[test]
    #[should_panic = "ascending order"]
    fn names_have_to_ascend() {
        _ = Names::new([Name::new("b"), Name::new("a")]);
    }

    #[test]
    #[should_panic = "first eight bytes"]
    fn names_have_to_differ_in_their_first_bytes() {
        _ = Names::new([Name::new("prev_events"), Name::new("prev_eve")]);
    }
}
