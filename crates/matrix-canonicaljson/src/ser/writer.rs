use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::scan::{self, Key};
use crate::special::special;
use crate::{Canonicalizer, Error, ErrorKind, MAX_DEPTH, Mode, lex};

/// What was written, and where the members of open objects stand in it.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) out: Vec<u8>,
    members: Vec<Member>,
    depth: usize,
}

/// A member of an object that is open, from its key's opening quote to the end of its value.
#[derive(Clone, Copy, Debug)]
struct Member {
    key: Key,
    end: usize,
}

/// An object that is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Object {
    /// The number of members of the objects around it.
    first: usize,
    /// Where its first member starts.
    start: usize,
    /// The number of members up to its last one.
    last: usize,
    sorted: bool,
}

impl Writer {
    pub(super) fn finish(self) -> Result<Vec<u8>, Error> {
        scan::check_length(&self.out)?;
        Ok(self.out)
    }

    /// Writes the bracket that opens an array or object.
    pub(super) fn open(&mut self, bracket: u8) -> Result<(), Error> {
        if self.depth >= MAX_DEPTH {
            return Err(Error::new(ErrorKind::TooDeep));
        }
        self.depth += 1;
        self.out.push(bracket);
        Ok(())
    }

    /// Writes the bracket that closes an array or object.
    pub(super) fn close(&mut self, bracket: u8) {
        self.depth -= 1;
        self.out.push(bracket);
    }

    pub(super) fn open_object(&mut self) -> Result<Object, Error> {
        self.open(b'{')?;
        let first = self.members.len();
        Ok(Object { first, start: self.out.len(), last: first, sorted: true })
    }

    /// Writes the comma that is due before another member, and returns where its key is to be written.
    pub(super) fn before_key(&mut self, object: Object) -> usize {
        if self.members.len() > object.first {
            self.out.push(b',');
        }
        self.out.len()
    }

    /// Takes note of the key, a string with its quotes, that was written from `start` on, and writes the colon.
    pub(super) fn after_key(&mut self, object: &mut Object, start: usize) -> Result<(), Error> {
        scan::check_length(&self.out)?;
        let end = special(&self.out, start + 1);
        let key = if self.out.get(end) == Some(&b'"') {
            Key::plain(&self.out, start + 1, end)
        } else {
            Key::escaped(&self.out, start + 1, end)?
        };
        if let Some(last) = self.members.get(object.first..).and_then(<[Member]>::last) {
            object.sorted &= last.key.compare(&key, &self.out) == Ordering::Less;
        }
        self.members.push(Member { key, end: 0 });
        object.last = self.members.len();
        self.out.push(b':');
        Ok(())
    }

    /// Takes note that the value of the last key was written.
    pub(super) fn after_value(&mut self) {
        let end = self.out.len();
        if let Some(member) = self.members.last_mut() {
            member.end = end;
        }
    }

    /// Adds the last key of an object to the path of an error in its value.
    #[cold]
    pub(super) fn within_member(&self, object: Object, error: Error) -> Error {
        match self.members.get(..object.last).and_then(<[Member]>::last) {
            Some(member) => error.within_key(&member.key.decoded(&self.out)),
            None => error,
        }
    }

    /// Sorts the members of an object where they stand and writes its closing bracket.
    pub(super) fn close_object(&mut self, object: Object) {
        if !object.sorted {
            self.sort(object);
        }
        self.members.truncate(object.first);
        self.close(b'}');
    }

    #[cold]
    fn sort(&mut self, object: Object) {
        let Self { out, members, .. } = self;
        let members = members.get_mut(object.first..).unwrap_or_default();
        members.sort_unstable_by(|a, b| a.key.compare(&b.key, out).then(a.end.cmp(&b.end)));
        // The sorted members are first written behind the unsorted ones, whose place they then take.
        let end = out.len();
        for (index, member) in members.iter().enumerate() {
            let next = members.get(index + 1);
            if next.is_some_and(|next| next.key.compare(&member.key, out) == Ordering::Equal) {
                continue;
            }
            if out.len() > end {
                out.push(b',');
            }
            out.extend_from_within(member.key.start() - 1..member.end);
        }
        out.copy_within(end.., object.start);
        out.truncate(out.len() - (end - object.start));
    }

    /// Replaces the string that was written from `start` on by the canonical form of the JSON text it holds.
    pub(super) fn unwrap_json(&mut self, start: usize) -> Result<(), Error> {
        let wrapped = self.out.get(start + 1..self.out.len().saturating_sub(1)).unwrap_or_default();
        let json = lex::unescape(core::str::from_utf8(wrapped).unwrap_or_default()).into_owned();
        self.out.truncate(start);
        Canonicalizer::new()
            .scan_within(json.as_bytes(), Mode::Strict.into(), 0, MAX_DEPTH - self.depth)
            .map(|document| document.write_canonical(&mut self.out))
            .map_err(Error::without_offset)
    }
}
