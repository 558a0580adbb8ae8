//! The members of an outline, and their order.

use alloc::vec::Vec;
use core::cmp::Ordering;

use super::Key;
use super::tape::Range;
use crate::{Mode, Names, Place};

/// A member and what is known of its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) key: Key,
    /// The value as it stands in the text.
    pub(crate) value: Range,
    pub(crate) kind: Kind,
    /// How often the value departs from what canonical JSON writes; while it is read, how often the text before it does.
    pub(super) departures: u32,
}

/// What is known of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It is an object; its members are these of the inner ones.
    Object(Range),
    /// It is a string in which escapes occur.
    Escaped,
    Other,
}

impl Entry {
    pub(super) fn new(key: Key, value: usize, departures: u32) -> Self {
        Self { key, value: Range::new(value, value), kind: Kind::Other, departures }
    }

    /// Whether the value stands in the text as canonical JSON writes it.
    #[inline]
    pub(crate) fn is_canonical(&self) -> bool {
        self.departures == 0
    }

    /// Key, colon and value as they stand in the text, if that is as canonical JSON writes them.
    #[inline]
    pub(crate) fn whole(&self) -> Option<Range> {
        let key = self.whole_key().filter(|_| self.is_canonical())?;
        Some(Range { start: key.start, end: self.value.end })
    }

    /// Key and colon as they stand in the text, if that is as canonical JSON writes them.
    #[inline]
    pub(crate) fn whole_key(&self) -> Option<Range> {
        let tight = self.value.start as usize == self.key.end() + 2;
        (tight && !self.key.needs_rewriting())
            .then(|| Range { start: self.key.start() as u32 - 1, end: self.value.start })
    }
}

/// The members that were found, each object's together and in order.
#[derive(Debug, Default)]
pub(crate) struct Entries {
    /// Those of the root.
    pub(crate) members: Vec<Entry>,
    /// Those of the objects that these have as values.
    pub(crate) inner: Vec<Entry>,
    /// How the text was read.
    pub(crate) mode: Mode,
    /// Whether the whole text is canonical.
    pub(crate) is_canonical: bool,
}

impl Entries {
    /// Sorts the members of the root and returns the new places of those with names, whose old ones are given.
    pub(crate) fn sort<const N: usize>(
        &mut self,
        names: &Names<N>,
        places: [Option<Place>; N],
        json: &[u8],
    ) -> [Option<Place>; N] {
        // If every member has a name of its own, the order of the names is theirs.
        if places.iter().flatten().count() < self.members.len() {
            sort(&mut self.members, 0, json);
            return self.places(names, json);
        }
        rearrange(&mut self.members, 0, places.iter().flatten().map(|place| place.index()));
        let mut number = 0;
        places.map(|place| {
            number += u32::from(place.is_some());
            place.and_then(|_| Place::new(number))
        })
    }

    /// Returns the places of the members of the root with these names.
    fn places<const N: usize>(&self, names: &Names<N>, json: &[u8]) -> [Option<Place>; N] {
        let mut places = [None; N];
        for (number, entry) in (1..).zip(&self.members) {
            if let Some(found) = names.position_of(entry.key, json).and_then(|name| places.get_mut(name)) {
                *found = Place::new(number);
            }
        }
        places
    }
}

/// Sorts entries from `first` on by key and keeps the last of those with the same key.
pub(super) fn sort(entries: &mut Vec<Entry>, first: usize, bytes: &[u8]) {
    if sort_few(entries, first) {
        return;
    }
    let list = entries.get_mut(first..).unwrap_or_default();
    list.sort_unstable_by(|a, b| a.key.compare(&b.key, bytes).then(b.key.start().cmp(&a.key.start())));
    let mut kept = first;
    for index in first..entries.len() {
        let Some(entry) = entries.get(index).copied() else { break };
        let last = entries.get(..kept).unwrap_or_default().get(first..).and_then(<[Entry]>::last);
        if last.is_some_and(|last| last.key.compare(&entry.key, bytes) == Ordering::Equal) {
            continue;
        }
        if let Some(place) = entries.get_mut(kept) {
            *place = entry;
        }
        kept += 1;
    }
    entries.truncate(kept);
}

/// Sorts a few entries whose keys differ in their first bytes, and returns whether it did.
///
/// The place of an entry is the number of those before it. Counting them takes more comparisons than sorting does, but
/// none that the processor has to guess: of a dozen fields in any order it would guess half of them wrong.
fn sort_few(entries: &mut Vec<Entry>, first: usize) -> bool {
    const FEW: usize = 16;
    let (mut prefixes, mut order) = ([0; FEW], [usize::MAX; FEW]);
    let list = entries.get(first..).unwrap_or_default();
    let (Some(prefixes), Some(order)) = (prefixes.get_mut(..list.len()), order.get_mut(..list.len())) else {
        return false;
    };
    prefixes.iter_mut().zip(list).for_each(|(prefix, entry)| *prefix = entry.key.prefix());
    for (index, prefix) in prefixes.iter().enumerate() {
        let before = prefixes.iter().map(|other| usize::from(other < prefix)).sum::<usize>();
        if let Some(place) = order.get_mut(before) {
            *place = first + index;
        }
    }
    // Of those with the same first bytes only the last got a place, and others are left.
    if order.contains(&usize::MAX) {
        return false;
    }
    rearrange(entries, first, order.iter().copied());
    true
}

/// Replaces the entries from `first` on by the same in the order of the places given.
fn rearrange(entries: &mut Vec<Entry>, first: usize, order: impl Iterator<Item = usize>) {
    let end = entries.len();
    for index in order {
        if let Some(entry) = entries.get(index) {
            entries.push(*entry);
        }
    }
    entries.drain(first..end);
}
