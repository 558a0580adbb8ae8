//! The sink that records how the canonical form is gathered from the text.

use alloc::vec::Vec;

use super::{Flow, Key, Sink};
use crate::lex::{self, NumberClass};
use crate::mode::{Duplicates, Options};
use crate::{repr, write};

/// A range of bytes, or of the entries of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Range {
    fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    pub(crate) fn is_empty(self) -> bool {
        self.start >= self.end
    }

    pub(crate) fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// A piece of the canonical form.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Piece {
    /// Bytes of the text as they stand.
    Text(Range),
    /// Bytes of [`Tape::spare`], which stand for an escape or a number.
    Spare(Range),
    /// An object that is written member by member: a range of [`Tape::members`].
    Object(Range),
}

/// A member of an object whose members are kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) key: Key,
    /// The value as it stands in the text.
    pub(crate) value: Range,
    /// How the value is gathered, in [`Tape::pieces`]; empty when it is canonical as it stands.
    pub(crate) pieces: Range,
    /// The members of the value, when it is an object whose members are kept.
    pub(crate) members: Option<Range>,
}

impl Member {
    /// Whether key, colon and value stand in the text as canonical JSON writes them.
    pub(crate) fn is_canonical(&self) -> bool {
        self.pieces.is_empty()
            && !self.key.needs_rewriting()
            && self.value.start as usize == self.key.end() + 2
    }
}

/// A member of an object that is still open.
#[derive(Clone, Copy, Debug)]
struct Entry {
    key: Key,
    value: Range,
    /// The pending pieces from the one in which the value starts up to the one in which it ends.
    pending: Range,
    /// Where the piece in which the value ends starts.
    tail: u32,
    members: Option<Range>,
}

/// An object that is open.
#[derive(Clone, Copy, Debug)]
struct Open {
    /// The offset of its bracket.
    at: u32,
    /// The number of entries before its own.
    entries: u32,
    /// The number of pieces that were pending.
    pending: u32,
    sorted: bool,
    /// Whether all keys stand as canonical JSON writes them.
    keys_canonical: bool,
}

/// The record of a pass.
///
/// A stretch of text that is canonical is only remembered by its start. Where the text departs from the canonical
/// form the stretch becomes a pending piece, what replaces the departure another, and a new stretch begins. The
/// members of open objects are remembered as entries. When an object closes that is out of order or holds a
/// departure, its entries are sorted and move to `members`, and the pieces of their values to `pieces`; for what holds
/// the object, it is one piece. Every piece and entry moves once, so that the cost grows with the text, not
/// with the depth.
#[derive(Debug, Default)]
pub(crate) struct Tape {
    pub(crate) members: Vec<Member>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) spare: Vec<u8>,
    /// The members of the root, when it is an object and kept.
    pub(crate) root: Option<Range>,
    pending: Vec<Piece>,
    entries: Vec<Entry>,
    open: Vec<Open>,
}

impl Tape {
    /// Prepares for another text. The members of objects within fewer than `keep` others are kept in any case.
    pub(crate) fn sink<'a>(&'a mut self, text: &'a str, options: Options, keep: usize) -> Recorder<'a> {
        self.members.clear();
        self.pieces.clear();
        self.spare.clear();
        self.root = None;
        self.pending.clear();
        self.entries.clear();
        self.open.clear();
        Recorder { tape: self, text, options, keep, depth: 0, stretch: 0 }
    }

    /// Returns the pieces of the whole; none when the text is canonical as it stands.
    pub(crate) fn whole(&self) -> &[Piece] {
        &self.pending
    }
}
