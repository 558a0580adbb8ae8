use alloc::vec::Vec;

use super::entries::{self, Entries, Entry, Kind};
use super::tape::Range;
use super::{Flow, Key, Sink};
use crate::lex::{self, NumberClass};
use crate::{Names, Place, repr};

/// The sink that records the members of the root and of the objects that these have as values, and of everything
/// else only whether it is canonical.
pub(crate) struct Outliner<'t, const N: usize> {
    json: &'t [u8],
    names: &'t Names<N>,
    /// The places of the members of the root that have names.
    places: [Option<Place>; N],
    /// The name that the next key is likely to have.
    expected: usize,
    /// Whether the key that is being read is known to have a name.
    known: bool,
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

impl<'t, const N: usize> Outliner<'t, N> {
    pub(crate) fn new(json: &'t [u8], names: &'t Names<N>, entries: &'t mut Entries) -> Self {
        let Entries { members, inner, .. } = entries;
        members.clear();
        inner.clear();
        Self {
            json,
            names,
            places: [None; N],
            expected: 0,
            known: false,
            members,
            inner,
            depth: 0,
            inner_start: 0,
            sorted: true,
            inner_sorted: true,
            departures: 0,
        }
    }

    /// Notes that the member which comes next has a name, after which the next name is likely to come.
    #[inline]
    fn name_next(&mut self, name: usize) {
        self.expected = name + 1;
        if let Some(place) = self.places.get_mut(name) {
            *place = Place::new(self.members.len() as u32 + 1);
        }
    }

    /// Notes that escapes occur in the string that starts at an offset, if it is the value of a member.
    #[cold]
    fn escaped(&mut self, start: usize) {
        let entry = match self.depth {
            1 => self.members.last_mut(),
            2 => self.inner.last_mut(),
            _ => None,
        };
        if let Some(entry) = entry.filter(|entry| entry.value.start as usize == start) {
            entry.kind = Kind::Escaped;
        }
    }

    /// Returns what was found out besides the entries.
    pub(crate) fn finish(self) -> Findings<N> {
        Findings { is_canonical: self.departures == 0, sorted: self.sorted, places: self.places }
    }
}

/// What is known of a text after the pass.
pub(crate) struct Findings<const N: usize> {
    /// Whether the whole text is canonical.
    pub(crate) is_canonical: bool,
    /// Whether the members of the root are in order.
    pub(crate) sorted: bool,
    /// The places of those that have names, before they are sorted; of those with the same name, one.
    pub(crate) places: [Option<Place>; N],
}

impl<const N: usize> Sink for Outliner<'_, N> {
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
    fn expected_key(&mut self, bytes: &[u8], start: usize) -> Option<(Key, usize)> {
        if N == 0 || self.depth != 1 {
            return None;
        }
        let expected = self.expected;
        let found = self.names.read(expected, bytes, start)?;
        self.name_next(expected);
        self.known = true;
        Some(found)
    }

    #[inline]
    fn key(&mut self, key: Key, value: usize, in_order: bool) -> Flow {
        self.departures += u32::from(!in_order || key.needs_rewriting());
        match self.depth {
            1 => {
                self.sorted &= in_order;
                if !core::mem::replace(&mut self.known, false)
                    && let Some(name) = self.names.position_of(key, self.json)
                {
                    self.name_next(name);
                }
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

    #[inline]
    fn string(&mut self, start: usize, _end: usize, escaped: bool) {
        if escaped {
            self.escaped(start);
        }
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
                entry.kind = Kind::Object(inner);
            }
        }
        Ok(())
    }
}
