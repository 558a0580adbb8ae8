use alloc::vec::Vec;

use super::entries::{self, Entries, Entry};
use super::tape::Range;
use super::{Flow, Key, Sink};
use crate::lex::{self, NumberClass};
use crate::repr;

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
    /// Whether the keys of the root are in order so far; if not, sorting them is left to others.
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

    /// Returns whether the whole text is canonical, after the pass, and whether the members of the root are in order.
    pub(crate) fn finish(&self) -> (bool, bool) {
        (self.departures == 0, self.sorted)
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
        if self.depth == 1 && is_object {
            if !self.inner_sorted {
                entries::sort(self.inner, self.inner_start, self.json);
            }
            let inner = Range::new(self.inner_start, self.inner.len());
            if let Some(entry) = self.members.last_mut() {
                entry.inner = Some(inner);
            }
        }
        Ok(())
    }
}
