//! The record from which the canonical form of a text is gathered.

use alloc::vec::Vec;
use core::ops;

use super::Key;

/// A range of bytes, or of the entries of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Range {
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    pub(crate) fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Takes the first entry off.
    fn advance<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        let first = self.of(list).first();
        self.start += 1;
        first
    }

    pub(crate) fn of<T>(self, list: &[T]) -> &[T] {
        list.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

impl From<Range> for ops::Range<usize> {
    fn from(range: Range) -> Self {
        range.start as usize..range.end as usize
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

    /// Key, colon and value as they stand in the text.
    pub(crate) fn whole(&self) -> Range {
        Range { start: self.key.start() as u32 - 1, end: self.value.end }
    }
}

/// The record of a pass, which [`Recorder`](super::Recorder) makes.
#[derive(Debug, Default)]
pub(crate) struct Tape {
    /// The members of objects that are kept, each object's together and in order.
    pub(crate) members: Vec<Member>,
    /// The pieces of the values of those members.
    pub(crate) pieces: Vec<Piece>,
    /// What stands in place of departures from the canonical form.
    pub(crate) spare: Vec<u8>,
    /// The pieces of the whole; none when the text is canonical as it stands.
    pub(crate) whole: Vec<Piece>,
    /// The members of the root, when it is an object and kept.
    pub(crate) root: Option<Range>,
}

/// What is left to write of a list of pieces or of an object.
#[derive(Clone, Copy, Debug)]
enum Left {
    /// Entries of `whole`.
    Whole(Range),
    /// Entries of `pieces`.
    Pieces(Range),
    /// Entries of `members`, and whether a comma is due.
    Members(Range, bool),
}

/// The levels at which something is left. The first few stand on the machine's stack, so that documents of
/// the usual depth allocate nothing; there is one for each list of pieces and one for each object within it.
struct Stack {
    first: [Left; 16],
    more: Vec<Left>,
    len: usize,
}

impl Stack {
    fn new(root: Left) -> Self {
        Self { first: [root; 16], more: Vec::new(), len: 1 }
    }

    #[inline]
    fn top(&mut self) -> Option<&mut Left> {
        self.more.last_mut().or_else(|| self.first.get_mut(self.len.checked_sub(1)?))
    }

    #[inline]
    fn push(&mut self, left: Left) {
        match self.first.get_mut(self.len) {
            Some(place) => {
                *place = left;
                self.len += 1;
            }
            None => self.more.push(left),
        }
    }

    #[inline]
    fn pop(&mut self) {
        if self.more.pop().is_none() {
            self.len = self.len.saturating_sub(1);
        }
    }
}

/// How writing goes on after a piece or member.
enum Step {
    On,
    Into(Left),
    Done,
}

impl Tape {
    /// Forgets the last text.
    pub(super) fn clear(&mut self) {
        self.members.clear();
        self.pieces.clear();
        self.spare.clear();
        self.whole.clear();
        self.root = None;
    }

    /// Whether the text is canonical as it stands.
    pub(crate) fn is_canonical(&self) -> bool {
        self.whole.is_empty()
    }

    /// Appends the canonical form of the whole text.
    pub(crate) fn gather_whole(&self, text: &str, out: &mut Vec<u8>) {
        if self.is_canonical() {
            out.extend_from_slice(text.as_bytes());
            return;
        }
        out.reserve(text.len());
        self.gather(Left::Whole(Range::new(0, self.whole.len())), text, out);
    }

    /// Appends the canonical form of the value of a member.
    pub(crate) fn gather_value(&self, member: &Member, text: &str, out: &mut Vec<u8>) {
        if member.pieces.is_empty() {
            out.extend_from_slice(member.value.of(text.as_bytes()));
        } else {
            self.gather(Left::Pieces(member.pieces), text, out);
        }
    }

    /// Appends the canonical form of a member.
    pub(crate) fn gather_member(&self, member: &Member, text: &str, out: &mut Vec<u8>) {
        if let Some(value) = write_member(member, text, out) {
            self.gather(value, text, out);
        }
    }

    /// Writes what the record says, with a stack of what is left instead of recursion.
    fn gather(&self, root: Left, text: &str, out: &mut Vec<u8>) {
        let mut stack = Stack::new(root);
        while let Some(left) = stack.top() {
            match self.step(left, text, out) {
                Step::Done => stack.pop(),
                Step::Into(left) => stack.push(left),
                Step::On => {}
            }
        }
    }

    /// Writes the next piece or member of what is left of a list.
    #[inline]
    fn step(&self, left: &mut Left, text: &str, out: &mut Vec<u8>) -> Step {
        let piece = match left {
            Left::Whole(range) => range.advance(&self.whole),
            Left::Pieces(range) => range.advance(&self.pieces),
            Left::Members(range, comma) => {
                let Some(member) = range.advance(&self.members) else {
                    out.push(b'}');
                    return Step::Done;
                };
                if core::mem::replace(comma, true) {
                    out.push(b',');
                }
                return write_member(member, text, out).map_or(Step::On, Step::Into);
            }
        };
        match piece {
            Some(Piece::Text(range)) => out.extend_from_slice(range.of(text.as_bytes())),
            Some(Piece::Spare(range)) => out.extend_from_slice(range.of(&self.spare)),
            Some(Piece::Object(members)) => {
                out.push(b'{');
                return Step::Into(Left::Members(*members, false));
            }
            None => return Step::Done,
        }
        Step::On
    }
}

/// Writes a key, the colon, and the value unless that is left to be gathered.
fn write_member(member: &Member, text: &str, out: &mut Vec<u8>) -> Option<Left> {
    if member.is_canonical() {
        out.extend_from_slice(member.whole().of(text.as_bytes()));
        return None;
    }
    member.key.write(text.as_bytes(), out);
    out.push(b':');
    if member.pieces.is_empty() {
        out.extend_from_slice(member.value.of(text.as_bytes()));
        return None;
    }
    Some(Left::Pieces(member.pieces))
}
