use alloc::vec::Vec;
use core::cmp::Ordering;

use super::tape::Range;
use super::{Flow, Key, Sink};
use crate::lex::{self, NumberClass};
use crate::{Mode, repr};

/// A member and what is known of its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) key: Key,
    /// The value as it stands in the text.
    pub(crate) value: Range,
    /// The members of the value, among the inner ones; none of a value that is no object.
    pub(crate) inner: Option<Range>,
    /// How often the value departs from what canonical JSON writes; while it is read, how often what stands before it does.
    departures: u32,
}

impl Entry {
    fn new(key: Key, value: usize, departures: u32) -> Self {
        Self { key, value: Range::new(value, value), inner: None, departures }
    }

    /// Whether the value stands in the text as canonical JSON writes it.
    #[inline]
    pub(crate) fn is_canonical(&self) -> bool {
        self.departures == 0
    }

    /// Key, colon and value as they stand in the text, if that is as canonical JSON writes them.
    #[inline]
    pub(crate) fn whole(&self) -> Option<Range> {
        let tight = self.value.start as usize == self.key.end() + 2;
        (self.is_canonical() && tight && !self.key.needs_rewriting())
            .then(|| Range { start: self.key.start() as u32 - 1, end: self.value.end })
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

/// The sink that records the members of the root and of the objects that these have as values, and of everything
/// else only whether it is canonical.
pub(crate) struct Outliner<'t> {
    json: &'t [u8],
    members: &'t mut Vec<Entry>,
    inner: &'t mut Vec<Entry>,
    /// How many objects and arrays are open.
    depth: usize,
    /// Where the inner members of the open object begin.
    inner_start: usize,
    /// Whether the keys of the root are in order so far.
    sorted: bool,
    /// Whether those of the open object in it are.
    inner_sorted: bool,
    /// How often the text departed so far from what canonical JSON writes.
    departures: u32,
}

impl<'t> Outliner<'t> {
    pub(crate) fn new(json: &'t [u8], entries: &'t mut Entries) -> Self {
        let Entries { members, inner, .. } = entries;
        members.clear();
        inner.clear();
        Self {
            json,
            members,
            inner,
            depth: 0,
            inner_start: 0,
            sorted: true,
            inner_sorted: true,
            departures: 0,
        }
    }

    /// Returns whether the whole text is canonical, after the pass.
    pub(crate) fn is_canonical(&self) -> bool {
        self.departures == 0
    }
}

impl Sink for Outliner<'_> {
    #[inline]
    fn gap(&mut self, _from: usize, _to: usize) -> Flow {
        self.departures += 1;
        Ok(())
    }

    #[inline]
    fn open(&mut self, _at: usize, is_object: bool) {
        self.depth += 1;
        if self.depth == 2 && is_object {
            self.inner_start = self.inner.len();
            self.inner_sorted = true;
        }
    }

    #[inline]
    fn key(&mut self, key: Key, value: usize, in_order: bool) -> Flow {
        self.departures += u32::from(!in_order || key.needs_rewriting());
        match self.depth {
            1 => {
                self.sorted &= in_order;
                self.members.push(Entry::new(key, value, self.departures));
            }
            2 => {
                self.inner_sorted &= in_order;
                self.inner.push(Entry::new(key, value, self.departures));
            }
            _ => {}
        }
        Ok(())
    }

    #[cold]
    fn escape(&mut self, _from: usize, _to: usize, _char: char) -> Flow {
        self.departures += 1;
        Ok(())
    }

    #[inline]
    fn number(&mut self, start: usize, end: usize, class: NumberClass) -> Flow {
        match class {
            NumberClass::Integer | NumberClass::BigInteger => {}
            NumberClass::NegativeZero => self.departures += 1,
            NumberClass::Float => {
                let text = self.json.get(start..end).unwrap_or_default();
                let text = core::str::from_utf8(text).unwrap_or_default();
                let mut written = Vec::new();
                repr::write_float(lex::float(text, start)?, &mut written);
                if written != text.as_bytes() {
                    self.departures += 1;
                }
            }
        }
        Ok(())
    }

    #[inline]
    fn member_end(&mut self, at: usize) {
        let entry = match self.depth {
            1 => self.members.last_mut(),
            2 => self.inner.last_mut(),
            _ => return,
        };
        if let Some(entry) = entry {
            entry.value.end = at as u32;
            entry.departures = self.departures - entry.departures;
        }
    }

    #[inline]
    fn close(&mut self, _at: usize, is_object: bool) -> Flow {
        self.depth -= 1;
        match self.depth {
            0 if !self.sorted => sort(self.members, 0, self.json),
            1 if is_object => {
                if !self.inner_sorted {
                    sort(self.inner, self.inner_start, self.json);
                }
                let inner = Range::new(self.inner_start, self.inner.len());
                if let Some(entry) = self.members.last_mut() {
                    entry.inner = Some(inner);
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// Sorts entries from `first` on by key and keeps the last of those with the same key.
fn sort(entries: &mut Vec<Entry>, first: usize, bytes: &[u8]) {
    if sort_few(entries, first) {
        return;
    }
    let list = entries.get_mut(first..).unwrap_or_default();
    list.sort_unstable_by(|a, b| a.key.compare(&b.key, bytes).then(b.key.start().cmp(&a.key.start())));
    let repeats = |pair: &[Entry]| matches!(pair, [a, b] if a.key.compare(&b.key, bytes) == Ordering::Equal);
    if list.windows(2).any(repeats) {
        let (mut place, mut last) = (0, None::<Key>);
        entries.retain(|entry| {
            let repeats = last.is_some_and(|last| last.compare(&entry.key, bytes) == Ordering::Equal);
            last = (place >= first).then_some(entry.key);
            place += 1;
            !repeats
        });
    }
}

/// Sorts a few entries whose keys differ in their first bytes, and returns whether it did.
///
/// The place of an entry is the number of those before it. Counting them takes more comparisons than sorting does, but
/// none that the processor has to guess: of a dozen fields in any order it would guess half of them wrong.
fn sort_few(entries: &mut Vec<Entry>, first: usize) -> bool {
    const FEW: usize = 24;
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
    entries.reserve(order.len());
    for index in order.iter() {
        if let Some(entry) = entries.get(*index) {
            entries.push(*entry);
        }
    }
    entries.drain(first..first + order.len());
    true
}
