use core::cmp::Ordering;
use core::num::NonZero;

use crate::scan::Key;

/// A key to look for; made as a constant, it costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'n> {
    /// The first eight bytes as a big-endian number, filled up with zeros.
    prefix: u64,
    /// The last eight bytes, likewise; zero of a shorter key.
    suffix: u64,
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
        if count < 8 {
            prefix = if count == 0 { 0 } else { prefix << (64 - 8 * count) };
            suffix = 0;
        }
        Self { prefix, suffix, text, is_plain }
    }

    /// Returns the decoded key.
    #[must_use]
    pub const fn as_str(&self) -> &'n str {
        self.text
    }

    /// Whether canonical JSON writes the key without escapes.
    pub(crate) const fn is_plain(&self) -> bool {
        self.is_plain
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

/// Marks the lowest byte of a word that is zero, and nothing below it.
#[inline]
fn zeros(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    word.wrapping_sub(ONES) & !word & (ONES << 7)
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

    /// Reads the key that starts at an offset of a text, if it is one of the names and stands there without escapes.
    /// Returns the place of the name, the key, and the offset of the closing quote.
    ///
    /// It may return nothing of a long name, or near the end of the text.
    #[inline]
    pub(crate) fn read(&self, json: &[u8], start: usize) -> Option<(usize, Key, usize)> {
        const QUOTES: u64 = (u64::MAX / 255) * b'"' as u64;
        let first = json.get(start..)?.first_chunk::<8>()?;
        let found = zeros(u64::from_le_bytes(*first) ^ QUOTES);
        let length = (found.trailing_zeros() / 8) as usize;
        let prefix = Key::prefix_of(*first, length);
        let place = self.candidate(prefix)?;
        let name = self.names.get(place).filter(|name| name.prefix == prefix)?;
        let end = start + name.text.len();
        let is_whole = if length < 8 {
            // A key that goes on with a NUL begins with the same eight bytes.
            name.text.len() == length
        } else {
            let is_near = name.text.len() <= 16 && json.get(end) == Some(&b'"');
            is_near && last_bytes(json, end) == Some(name.suffix)
        };
        is_whole.then(|| (place, Key::known(prefix, start, end), end))
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
