use alloc::vec::Vec;
use core::cmp::Ordering;

use super::tape::Range;
use super::{Flow, Key, Sink};
use crate::lex::{self, NumberClass};
use crate::repr;

/// A member and what is known of its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) key: Key,
    /// The value as it stands in the text.
    pub(crate) value: Range,
    /// The members of the value, among the inner ones; none of a value that is no object.
    pub(crate) inner: Option<Range>,
    /// Whether the value stands in the text as canonical JSON writes it.
    pub(crate) is_canonical: bool,
}

impl Entry {
    fn new(key: Key, value: usize) -> Self {
        Self { key, value: Range::new(value, value), inner: None, is_canonical: true }
    }

    /// Key, colon and value as they stand in the text, if that is as canonical JSON writes them.
    #[inline]
    pub(crate) fn whole(&self) -> Option<Range> {
        let tight = self.value.start as usize == self.key.end() + 2;
        (self.is_canonical && tight && !self.key.needs_rewriting())
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
    /// Whether the keys of the root, and of the open object in it, are in order.
    sorted: [bool; 2],
    /// Whether the whole text, the value of the last member and that of the last inner member are canonical so far.
    is_canonical: [bool; 3],
}

impl<'t> Outliner<'t> {
    pub(crate) fn new(json: &'t [u8], entries: &'t mut Entries) -> Self {
        let Entries { members, inner } = entries;
        members.clear();
        inner.clear();
        Self { json, members, inner, depth: 0, inner_start: 0, sorted: [true; 2], is_canonical: [true; 3] }
    }

    /// Returns whether the whole text is canonical, after the pass.
    pub(crate) fn is_canonical(&self) -> bool {
        self.is_canonical.first() == Some(&true)
    }

    /// Notes that what was read is not as canonical JSON writes it, and so is everything that holds it.
    #[cold]
    fn departs(&mut self) {
        self.is_canonical = [false; 3];
    }
}

impl Sink for Outliner<'_> {
    #[inline]
    fn gap(&mut self, _from: usize, _to: usize) -> Flow {
        self.departs();
        Ok(())
    }

    #[inline]
    fn open(&mut self, _at: usize, is_object: bool) {
        self.depth += 1;
        if self.depth == 2 && is_object {
            self.inner_start = self.inner.len();
            let [_, sorted] = &mut self.sorted;
            *sorted = true;
        }
    }

    #[inline]
    fn key(&mut self, key: Key, value: usize, in_order: bool) -> Flow {
        let in_place = in_order && !key.needs_rewriting();
        let [whole, member, inner] = &mut self.is_canonical;
        let [sorted, inner_sorted] = &mut self.sorted;
        *whole &= in_place;
        match self.depth {
            1 => {
                *sorted &= in_order;
                *member = true;
                self.members.push(Entry::new(key, value));
            }
            2 => {
                *inner_sorted &= in_order;
                *member &= in_place;
                *inner = true;
                self.inner.push(Entry::new(key, value));
            }
            _ => {
                *member &= in_place;
                *inner &= in_place;
            }
        }
        Ok(())
    }

    #[cold]
    fn escape(&mut self, _from: usize, _to: usize, _char: char) -> Flow {
        self.departs();
        Ok(())
    }

    #[inline]
    fn number(&mut self, start: usize, end: usize, class: NumberClass) -> Flow {
        match class {
            NumberClass::Integer(_) | NumberClass::BigInteger => {}
            NumberClass::NegativeZero => self.departs(),
            NumberClass::Float => {
                let text = self.json.get(start..end).unwrap_or_default();
                let text = core::str::from_utf8(text).unwrap_or_default();
                let mut written = Vec::new();
                repr::write_float(lex::float(text, start)?, &mut written);
                if written != text.as_bytes() {
                    self.departs();
                }
            }
        }
        Ok(())
    }

    #[inline]
    fn member_end(&mut self, at: usize) {
        let [_, member, inner] = self.is_canonical;
        let (entry, is_canonical) = match self.depth {
            1 => (self.members.last_mut(), member),
            2 => (self.inner.last_mut(), inner),
            _ => return,
        };
        if let Some(entry) = entry {
            entry.value.end = at as u32;
            entry.is_canonical = is_canonical;
        }
    }

    #[inline]
    fn close(&mut self, _at: usize, is_object: bool) -> Flow {
        self.depth -= 1;
        let [sorted, inner_sorted] = self.sorted;
        match self.depth {
            0 if !sorted => sort(self.members, 0, self.json),
            1 if is_object => {
                if !inner_sorted {
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
