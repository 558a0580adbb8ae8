use alloc::vec::Vec;
use core::cmp::Ordering;

use super::tape::{Member, Piece, Range, Tape};
use super::{Flow, Key, Sink};
use crate::lex::{self, NumberClass};
use crate::mode::{Duplicates, Options};
use crate::{Error, repr, write};

/// A member of an object that is still open.
#[derive(Clone, Copy, Debug)]
struct Entry {
    key: Key,
    value: Range,
    /// The pending pieces from the one in which the value starts up to the one in which it ends.
    pending: Range,
    /// Where the stretch in which the value ends starts.
    tail: u32,
    /// The members of the value, when it is an object whose members are kept.
    members: Option<Range>,
}

/// An object or array that is open.
#[derive(Clone, Copy, Debug)]
struct Open {
    /// The offset of its bracket.
    at: u32,
    /// The number of entries before its own.
    entries: u32,
    /// The number of pieces that were pending.
    pending: u32,
    is_object: bool,
    /// Whether the keys so far are sorted.
    sorted: bool,
    /// Whether the keys so far stand as canonical JSON writes them.
    keys_canonical: bool,
}

/// The room that a [`Recorder`] works in.
#[derive(Debug, Default)]
pub(crate) struct Room {
    entries: Vec<Entry>,
    open: Vec<Open>,
}

/// The sink that records how the canonical form is gathered from the text.
///
/// A stretch of text that is canonical is only remembered by its start. Where the text departs from the canonical
/// form the stretch becomes a pending piece, what replaces the departure another, and a new stretch begins. The
/// members of open objects are remembered as entries. When an object closes that is out of order or holds a
/// departure, its entries are sorted and move to [`Tape::members`], and the pieces of their values to
/// [`Tape::pieces`]; for what holds the object, it is one piece. Every piece and entry moves once, so that the
/// cost grows with the text and not with the depth.
pub(crate) struct Recorder<'a> {
    tape: &'a mut Tape,
    entries: &'a mut Vec<Entry>,
    open: &'a mut Vec<Open>,
    text: &'a str,
    options: Options,
    keep: usize,
    /// Where the stretch of canonical text starts.
    stretch: u32,
}

impl<'a> Recorder<'a> {
    /// Prepares for a text. The members of objects that stand within fewer than `keep` others are kept though the
    /// canonical form does not need them.
    pub(crate) fn new(
        tape: &'a mut Tape,
        room: &'a mut Room,
        text: &'a str,
        options: Options,
        keep: usize,
    ) -> Self {
        tape.clear();
        room.entries.clear();
        room.open.clear();
        let Room { entries, open } = room;
        Self { tape, entries, open, text, options, keep, stretch: 0 }
    }

    /// Ends a pass that came to the end of the text.
    pub(crate) fn finish(mut self) {
        if self.stretch > 0 {
            self.end_stretch(self.text.len());
        }
    }

    /// Makes the stretch up to `at` a pending piece.
    fn end_stretch(&mut self, at: usize) {
        let at = at as u32;
        if self.stretch < at {
            self.tape.whole.push(Piece::Text(Range { start: self.stretch, end: at }));
        }
    }

    /// Puts what was added to the spare bytes since `spare` in the place of a range of the text.
    #[cold]
    fn replace(&mut self, from: usize, to: usize, spare: usize) {
        self.end_stretch(from);
        self.stretch = to as u32;
        let added = Range::new(spare, self.tape.spare.len());
        // Runs of escapes share a piece; the end of the last piece may be compared because a piece of spare bytes is
        // the last one only when no text lies between.
        match self.tape.whole.last_mut() {
            Some(Piece::Spare(last)) if last.end == added.start => last.end = added.end,
            _ => self.tape.whole.push(Piece::Spare(added)),
        }
    }

    /// Closes an object whose members are kept, because it departs from the canonical form or on request.
    fn keep_members(&mut self, object: Open, end: usize, departs: bool) -> Flow {
        let first = object.entries as usize;
        if !object.sorted {
            self.sort(first)?;
        }
        let start = self.tape.members.len();
        for entry in self.entries.get(first..).unwrap_or_default() {
            let pieces = value_pieces(self.tape, entry);
            self.tape.members.push(Member {
                key: entry.key,
                value: entry.value,
                pieces,
                members: entry.members,
            });
        }
        let members = Range::new(start, self.tape.members.len());
        self.entries.truncate(first);
        if departs {
            cut_back(self.tape, object, self.stretch);
            self.tape.whole.push(Piece::Object(members));
            self.stretch = end as u32;
        }
        if self.open.len() < self.keep {
            match (self.open.last(), self.entries.last_mut()) {
                (Some(parent), Some(entry)) if parent.is_object => entry.members = Some(members),
                (None, _) => self.tape.root = Some(members),
                _ => {}
            }
        }
        Ok(())
    }

    /// Sorts the entries of an object by key and keeps the last of those with the same key.
    fn sort(&mut self, first: usize) -> Result<(), Error> {
        let bytes = self.text.as_bytes();
        let entries = self.entries.get_mut(first..).unwrap_or_default();
        entries.sort_unstable_by(|a, b| a.key.compare(&b.key, bytes).then(a.key.start().cmp(&b.key.start())));
        let mut kept = 0;
        let mut repeated: Option<Key> = None;
        for index in 0..entries.len() {
            let [before @ .., entry] = entries.get_mut(..=index).unwrap_or_default() else { break };
            let entry = *entry;
            let same = |last: &Entry| last.key.compare(&entry.key, bytes) == Ordering::Equal;
            if before.get(..kept).and_then(|kept| kept.last()).is_some_and(same) {
                kept -= 1;
                repeated = repeated.filter(|first| first.start() < entry.key.start()).or(Some(entry.key));
            }
            if let Some(place) = entries.get_mut(kept) {
                *place = entry;
            }
            kept += 1;
        }
        self.entries.truncate(first + kept);
        match repeated {
            Some(key) if self.options.duplicates == Duplicates::Refuse => Err(key.duplicate(bytes)),
            _ => Ok(()),
        }
    }
}

impl Sink for Recorder<'_> {
    #[inline]
    fn gap(&mut self, from: usize, to: usize) -> Flow {
        self.end_stretch(from);
        self.stretch = to as u32;
        Ok(())
    }

    #[inline]
    fn open(&mut self, at: usize, is_object: bool) {
        self.open.push(Open {
            at: at as u32,
            entries: self.entries.len() as u32,
            pending: self.tape.whole.len() as u32,
            is_object,
            sorted: true,
            keys_canonical: true,
        });
    }

    #[inline]
    fn key(&mut self, key: Key, value: usize, in_order: bool) -> Flow {
        if let Some(object) = self.open.last_mut() {
            object.sorted &= in_order;
            object.keys_canonical &= !key.needs_rewriting();
        }
        let pending = self.tape.whole.len();
        self.entries.push(Entry {
            key,
            value: Range::new(value, value),
            pending: Range::new(pending, pending),
            tail: 0,
            members: None,
        });
        Ok(())
    }

    #[cold]
    fn escape(&mut self, from: usize, to: usize, char: char) -> Flow {
        let spare = self.tape.spare.len();
        write::character(char, &mut self.tape.spare);
        self.replace(from, to, spare);
        Ok(())
    }

    #[inline]
    fn number(&mut self, start: usize, end: usize, class: NumberClass) -> Flow {
        let spare = self.tape.spare.len();
        match class {
            NumberClass::Integer | NumberClass::BigInteger => {}
            NumberClass::NegativeZero => {
                self.tape.spare.push(b'0');
                self.replace(start, end, spare);
            }
            NumberClass::Float => {
                let text = self.text.get(start..end).unwrap_or_default();
                repr::write_float(lex::float(text, start)?, &mut self.tape.spare);
                if self.tape.spare.get(spare..) == Some(text.as_bytes()) {
                    self.tape.spare.truncate(spare);
                } else {
                    self.replace(start, end, spare);
                }
            }
        }
        Ok(())
    }

    #[inline]
    fn member_end(&mut self, at: usize) {
        let pending = self.tape.whole.len() as u32;
        if let Some(entry) = self.entries.last_mut() {
            entry.value.end = at as u32;
            entry.pending.end = pending;
            entry.tail = self.stretch;
        }
    }

    #[inline]
    fn close(&mut self, at: usize, is_object: bool) -> Flow {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        if !is_object {
            return Ok(());
        }
        let departs = !open.sorted || !open.keys_canonical || self.tape.whole.len() > open.pending as usize;
        if departs || self.open.len() < self.keep {
            return self.keep_members(open, at + 1, departs);
        }
        self.entries.truncate(open.entries as usize);
        Ok(())
    }
}

/// Moves the pieces of a value to where those of kept members are; none when it is canonical as it stands.
fn value_pieces(tape: &mut Tape, entry: &Entry) -> Range {
    let start = tape.pieces.len();
    if entry.pending.is_empty() {
        return Range::new(start, start);
    }
    // The first piece may start before the value and the last one end behind it.
    let tail = Piece::Text(Range { start: entry.tail, end: entry.value.end });
    let pieces = entry.pending.of(&tape.whole).iter().chain([&tail]);
    tape.pieces.extend(pieces.filter_map(|piece| match *piece {
        Piece::Text(range) => {
            let within = Range { start: range.start.max(entry.value.start), end: range.end };
            (!within.is_empty()).then_some(Piece::Text(within))
        }
        other => Some(other),
    }));
    Range::new(start, tape.pieces.len())
}

/// Takes back what is pending of an object, whose bracket `stretch` reaches when nothing is.
fn cut_back(tape: &mut Tape, object: Open, stretch: u32) {
    let before = object.pending as usize;
    let start = match tape.whole.get(before) {
        Some(Piece::Text(first)) => first.start,
        _ => stretch,
    };
    tape.whole.truncate(before);
    if start < object.at {
        tape.whole.push(Piece::Text(Range { start, end: object.at }));
    }
}
